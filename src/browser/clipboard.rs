//! Copying a text, also where the browser offers no clipboard because the page came without
//! HTTPS or from a disk.

use super::fields;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlDocument, HtmlElement, HtmlTextAreaElement};

/// Copies a text and tells `done` whether that worked. `root` is the checklist that asks.
pub fn copy(root: &Element, text: String, done: impl FnOnce(bool) + 'static) {
    let Some(window) = web_sys::window() else { return done(false) };
    let clipboard = window.navigator().clipboard();
    // The bindings say that there always is a clipboard; an insecure page has none.
    if JsValue::is_undefined(clipboard.as_ref()) {
        return done(copy_selection(root, &text));
    }
    let root = root.clone();
    yew::platform::spawn_local(async move {
        let copied = clipboard.write_text(&text).await.is_ok();
        done(copied || copy_selection(&root, &text));
    });
}

/// Copies as a person would: the text is put in a box, selected and copied.
fn copy_selection(root: &Element, text: &str) -> bool {
    let focused = fields::focused(root);
    let copied = copy_from_box(root, text).unwrap_or(false);
    // Selecting has moved the keyboard's place in the page.
    if let Some(Ok(focused)) = focused.map(JsCast::dyn_into::<HtmlElement>) {
        let _ = focused.focus();
    }
    copied
}

fn copy_from_box(root: &Element, text: &str) -> Option<bool> {
    let document = root.owner_document()?;
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_value(text);
    area.set_read_only(true);
    // On the visible part of the page, so that selecting does not scroll, and unseen.
    let style = area.style();
    for (property, value) in [("position", "fixed"), ("top", "0"), ("opacity", "0")] {
        let _ = style.set_property(property, value);
    }
    root.append_child(&area).ok()?;
    area.select();
    let copied = document.dyn_ref::<HtmlDocument>().and_then(|page| page.exec_command("copy").ok());
    area.remove();
    copied
}
