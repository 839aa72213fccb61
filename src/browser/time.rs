//! Times as the reader's own clock, calendar and language have them.

use crate::progress::Timestamp;
use js_sys::{Array, Function, Intl::DateTimeFormat, Object, Reflect};
use wasm_bindgen::JsValue;

thread_local! {
    /// Made once, as making it takes a browser longer than all else that a tick does. Who moves to
    /// another time zone sees that when the page is loaded again.
    static FORMAT: Function = format();
}

/// A day and a time of day, to the minute.
pub fn in_words(time: Timestamp) -> String {
    let words = FORMAT.with(|format| format.call1(&JsValue::UNDEFINED, &JsValue::from_f64(time.0 as f64)));
    // No time is later than `Timestamp::MAX`, and so each is one that browsers know.
    words.ok().and_then(|words| words.as_string()).unwrap_or_default()
}

fn format() -> Function {
    let style = Object::new();
    for (part, length) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // Setting a member of an object of one's own does not fail.
        let _ = Reflect::set(&style, &part.into(), &length.into());
    }
    // No locale is the browser's own choice. Naming the reader's language would throw where a
    // browser reports one that it does not take.
    DateTimeFormat::new(&Array::new(), &style).format()
}
