//! The page: the library's browser part with the guides that ship, parsed when it was built.

use upgrade_checklist::browser;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

/// What `upgrade-checklist compile content -o target/guide.bin` wrote, as Trunk has it do
/// before it builds this.
const GUIDES: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/target/guide.bin"));

/// Draws pages that `source.js` fetched and the parser's module read.
#[wasm_bindgen]
pub fn show(place: &Element, bundle: &[u8]) {
    browser::show_fetched(place, bundle);
}

fn main() {
    browser::start(GUIDES);
}
