//! The parser as a WebAssembly module of its own: the page fetches it only where a checklist
//! comes from an address. Text goes in, the same bytes come out that the app carries for the
//! pages that ship.

use upgrade_checklist::guide::bundle::Bundle;
use upgrade_checklist::guide::from_text::PageText;
use wasm_bindgen::prelude::wasm_bindgen;

/// Rust's own allocator is as fast, but larger.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A page while its partials are fetched.
#[wasm_bindgen]
pub struct Page(PageText);

#[wasm_bindgen]
impl Page {
    /// A page without its partials.
    #[wasm_bindgen(constructor)]
    pub fn new(address: String, text: String) -> Self {
        Self(PageText::new(address, text))
    }

    /// Adds a partial; without a text, that it cannot be had.
    pub fn add(&mut self, name: String, text: Option<String>) {
        self.0.add(name, text);
    }

    /// The names of the partials that are still missing.
    pub fn missing(&mut self) -> Vec<String> {
        self.0.missing()
    }

    /// What is wrong in the page, for its author.
    pub fn problems(&mut self) -> Vec<String> {
        self.0.problems()
    }
}

/// The guides of some pages, for the app.
#[wasm_bindgen]
pub fn bundle(pages: Vec<Page>) -> Vec<u8> {
    Bundle::new(pages.into_iter().map(|Page(mut page)| page.guide()).collect()).encode()
}

/// The module does nothing by itself.
fn main() {}
