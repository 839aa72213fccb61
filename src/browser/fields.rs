//! A checklist's fields: what the reader typed, and where the keyboard is.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, ShadowRoot};
use yew::{Event, InputEvent};

/// The text in the field where an event happened; nothing, if that is no field.
pub fn text(event: &InputEvent) -> String {
    let Some(target) = event.target() else { return String::new() };
    if let Some(field) = target.dyn_ref::<HtmlInputElement>() {
        return field.value();
    }
    if let Some(choice) = target.dyn_ref::<HtmlSelectElement>() {
        return choice.value();
    }
    target.dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default()
}

/// Whether the box is ticked where an event happened.
pub fn is_ticked(event: &Event) -> bool {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    field.is_some_and(|field| field.checked())
}

/// Puts the keyboard's focus on the element with this id, if the checklist has it.
pub fn focus(root: &Element, id: &str) {
    let element = shadow(root).and_then(|shadow| shadow.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Whoever is led to what opens something wants to see it.
        if let Some(details) = element.parent_element().filter(|_| element.tag_name() == "SUMMARY") {
            let _ = details.set_attribute("open", "");
        }
        // An element that cannot take the focus leaves it where it is, which is all right.
        let _ = element.focus();
    }
}

/// The element of the checklist that has the keyboard's focus.
pub fn focused(root: &Element) -> Option<Element> {
    shadow(root)?.active_element()
}

/// The tree that the checklist has for itself.
fn shadow(root: &Element) -> Option<ShadowRoot> {
    root.get_root_node().dyn_into().ok()
}
