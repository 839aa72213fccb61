//! What the author of a page, or of the one around it, is told in the browser's console.

use std::cell::RefCell;
use web_sys::console;

thread_local! {
    /// What was said already: whoever reads it needs it once.
    static SAID: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// How much is said: who has more to mend is not helped by a list without end.
const MOST_SAID: usize = 100;

/// Says a sentence, if it was not said in this page before.
pub fn warn(sentence: &[&str]) {
    let sentence = ["upgrade-checklist: ", &sentence.concat()].concat();
    SAID.with_borrow_mut(|said| {
        if said.len() <= MOST_SAID && !said.contains(&sentence) {
            let is_last = said.len() == MOST_SAID;
            let shown = if is_last {
                "upgrade-checklist: and more; `upgrade-checklist check` tells all"
            } else {
                &sentence
            };
            console::warn_1(&shown.into());
            said.push(sentence);
        }
    });
}
