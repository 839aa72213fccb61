//! Single keys that go through the checklist: what is pressed goes to the view, which knows what
//! it means.

use super::fields;
use super::run::Run;
use crate::view::{PREFIX, Pressed, press};
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, KeyboardEvent};

/// Listens in a checklist, or in its whole page where that is its own, until the result is
/// dropped.
pub fn listen(root: &Element, run: Rc<Run>, has_page: bool) -> EventListener {
    let target: EventTarget = match root.owner_document().filter(|_| has_page) {
        Some(document) => document.into(),
        None => root.clone().into(),
    };
    let root = root.clone();
    // Where the keyboard was when the list of keys was asked for by a key.
    let left = RefCell::<Option<Element>>::default();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&target, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let at = event.composed_path().get(0).dyn_into::<Element>().ok();
        // A key that is held goes on and on, and must not undo what it just did.
        let is_held = event.repeat() && !matches!(&*event.key(), "j" | "k");
        let is_other = event.ctrl_key() || event.meta_key() || event.alt_key();
        if is_held || is_other || event.default_prevented() || at.as_ref().is_some_and(is_typed_in) {
            return;
        }
        let around = |at: &Option<Element>, what| at.as_ref().and_then(|at| at.closest(what).ok()?);
        let key = event.key();
        let list = around(&at, ".uc-keys");
        let at = match &list {
            // The list is not a place to be: from it the keys go on where it was asked for.
            Some(list) => {
                if key == "Escape" || key == "?" && run.store.has_keys() {
                    let _ = list.remove_attribute("open");
                    let left = left.take().and_then(|left| left.dyn_into::<HtmlElement>().ok());
                    let _ = left.map(|left| left.focus());
                    event.prevent_default();
                    return;
                }
                left.borrow().clone()
            }
            None => {
                if key == "?" {
                    left.replace(at.clone());
                }
                at
            }
        };
        let step = around(&at, "[data-step]").map(|step| step.id());
        let Some(pressed) = press(&run.store, PREFIX, &key, step.as_deref()) else { return };
        event.prevent_default();
        let place = match pressed {
            Pressed::Goes(place) => place,
            // Nor is anything done from it: nobody is in that step now.
            Pressed::Does(..) if list.is_some() => return,
            Pressed::Does(action, place) => {
                run.act(&action);
                place
            }
        };
        fields::focus(&root, &place);
    })
}

/// Whether keys mean text here.
fn is_typed_in(element: &Element) -> bool {
    let typed = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
    element.matches(typed).unwrap_or(false)
}
