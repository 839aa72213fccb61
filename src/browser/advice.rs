//! What the author of a page, or of the one around it, is told in the browser's console.

use std::cell::RefCell;
use web_sys::console;

thread_local! {
    /// What was said already: whoever reads it needs it once.
    static SAID: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Says a sentence, if it was not said in this page before.
pub fn warn(sentence: &[&str]) {
    let sentence = ["upgrade-checklist: ", &sentence.concat()].concat();
    SAID.with_borrow_mut(|said| {
        if !said.contains(&sentence) {
            console::warn_1(&sentence.as_str().into());
            said.push(sentence);
        }
    });
}
