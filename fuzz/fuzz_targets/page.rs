//! Any bytes, read as a page. What must hold of it is what the property tests check.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/markdoc/invariants.rs"]
mod invariants;

fuzz_target!(|bytes: &[u8]| {
    let page = String::from_utf8_lossy(bytes);
    if let Err(wrong) = invariants::check(&page) {
        panic!("{wrong}\n{page:?}");
    }
});
