//! Times as the reader's own clock and calendar have them, in the language of what stands around
//! them.

use crate::progress::Timestamp;
use js_sys::{Array, Function, Intl::DateTimeFormat, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::JsValue;

thread_local! {
    /// By their languages. Each is made once, as making it takes a browser longer than all else
    /// that a tick does. Who moves to another time zone sees that when the page is loaded again.
    static FORMATS: RefCell<Vec<(&'static str, Function)>> = const { RefCell::new(Vec::new()) };
}

/// A day and a time of day, to the minute, in a language that is spoken here.
pub fn in_words(time: Timestamp, lang: &'static str) -> String {
    let format = FORMATS.with_borrow_mut(|formats| {
        let known = formats.iter().find(|(known, _)| *known == lang).map(|(_, format)| format.clone());
        known.unwrap_or_else(|| {
            let format = format(lang);
            formats.push((lang, format.clone()));
            format
        })
    });
    let words = format.call1(&JsValue::UNDEFINED, &JsValue::from_f64(time.0 as f64));
    // No time is later than `Timestamp::MAX`, and so each is one that browsers know.
    words.ok().and_then(|words| words.as_string()).unwrap_or_default()
}

fn format(lang: &str) -> Function {
    let style = Object::new();
    for (part, length) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // Setting a member of an object of one's own does not fail.
        let _ = Reflect::set(&style, &part.into(), &length.into());
    }
    // Where the language is the browser's, no locale: its own choice knows the reader's country.
    let locales = Array::new();
    let browsers = web_sys::window().and_then(|window| window.navigator().language());
    if browsers.is_none_or(|browsers| browsers.split('-').next() != Some(lang)) {
        locales.push(&lang.into());
    }
    DateTimeFormat::new(&locales, &style).format()
}
