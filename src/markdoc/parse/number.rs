//! A number of a page, exact to the last bit.

pub(super) use reading::number;

#[cfg(not(all(feature = "parser-module", target_arch = "wasm32")))]
mod reading {
    /// What `-1.25` says: digits, with a point among them and a minus before them at most.
    pub fn number(text: &str) -> Option<f64> {
        text.parse().ok()
    }
}

/// The module has JavaScript read numbers, which does so exactly as well: Rust brings a table
/// of 10 KB for that, which no compression makes smaller.
#[cfg(all(feature = "parser-module", target_arch = "wasm32"))]
mod reading {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = Number)]
        fn number_of(text: &str) -> f64;
    }

    pub fn number(text: &str) -> Option<f64> {
        Some(number_of(text))
    }
}
