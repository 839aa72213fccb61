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
    /// A page without its partials, from its text in UTF-8.
    #[wasm_bindgen(constructor)]
    pub fn new(address: String, text: Vec<u8>) -> Self {
        Self(PageText::new(address, text_of(text)))
    }

    /// Adds a partial; without a text, that it cannot be had.
    pub fn add(&mut self, name: String, text: Option<Vec<u8>>) {
        self.0.add(name, text.map(text_of));
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

/// What is no UTF-8 is U+FFFD.
fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// The guides of some pages, for the app.
#[wasm_bindgen]
pub fn bundle(pages: Vec<Page>) -> Vec<u8> {
    Bundle::new(pages.into_iter().map(|Page(mut page)| page.guide()).collect()).encode()
}

/// The module does nothing by itself.
fn main() {}
