//! Times as the reader's own clock, calendar and language have them.

use crate::progress::Timestamp;
use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

/// A day and a time of day, to the minute.
pub fn in_words(time: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(time.0 as f64));
    let style = Object::new();
    for (part, length) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // Setting a member of an object of one's own does not fail.
        let _ = Reflect::set(&style, &part.into(), &length.into());
    }
    // "default" is the browser's own choice. Naming the reader's language would throw where a
    // browser reports one that it does not take.
    date.to_locale_string("default", &style).into()
}
