//! A file that the reader chose.

use crate::saved::{MAX_BYTES, Unreadable};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

/// Reads the file that was chosen in the field where an event happened; one that is far too
/// long is refused unread. Nothing happens where none was chosen.
pub fn read(event: &Event, done: impl FnOnce(Result<String, Unreadable>) + 'static) {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(field) = field else { return };
    let Some(file) = field.files().and_then(|files| files.get(0)) else { return };
    // The same file can then be chosen once more.
    field.set_value("");
    if file.size() > MAX_BYTES as f64 {
        return done(Err(Unreadable::TooLarge { bytes: file.size() as usize }));
    }
    yew::platform::spawn_local(async move {
        let text = file.text().await.ok().and_then(|text| text.as_string());
        done(text.ok_or(Unreadable::NotJson));
    });
}
