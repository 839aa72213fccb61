//! The page's own address: what a link hands over in it, and the address that links are made
//! of. Only a page that is ours asks for it.

use crate::saved::read_link;
use gloo::events::EventListener;
use wasm_bindgen::JsValue;

/// The address without what stands behind its `#`.
pub fn plain() -> Option<String> {
    let href = web_sys::window()?.location().href().ok()?;
    Some(href.split('#').next().unwrap_or_default().to_owned())
}

/// The answers in the address, which is plain afterwards: they are taken once.
pub fn take_answers() -> Option<Vec<(String, String)>> {
    let window = web_sys::window()?;
    let answers = read_link(&window.location().hash().ok()?)?;
    let history = window.history().ok()?;
    // Where the address cannot be changed, the reader is asked again at the next visit.
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&plain()?));
    Some(answers)
}

/// Calls back when the part behind the `#` changes, for as long as the result lives.
pub fn listen(changed: impl Fn() + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "hashchange", move |_| changed()))
}
