//! The frames that checklists are drawn in. Yew never lets go of an element that it has drawn
//! into, nor of its listeners there, so a frame that became free is used again: there are never
//! more than were on the page at once.

use crate::view::{Checklist, ChecklistProps};
use std::cell::RefCell;
use web_sys::Element;
use yew::{AppHandle, Html, Properties, Renderer, component, html};

thread_local! {
    /// The frames that stand nowhere.
    static FREE: RefCell<Vec<Frame>> = const { RefCell::new(Vec::new()) };
}

/// An element that holds a checklist or nothing.
pub struct Frame {
    element: Element,
    handle: AppHandle<Drawing>,
}

impl Frame {
    /// A checklist at the end of `place`; nothing, if that is no place for an element.
    pub fn put(place: &Element, checklist: ChecklistProps) -> Option<Self> {
        let free = FREE.with_borrow_mut(Vec::pop);
        let element = match &free {
            Some(frame) => frame.element.clone(),
            None => place.owner_document()?.create_element("div").ok()?,
        };
        place.append_child(&element).ok()?;
        match free {
            Some(mut frame) => {
                frame.draw(checklist);
                Some(frame)
            }
            None => {
                let props = DrawingProps { checklist: Some(checklist) };
                let handle = Renderer::with_root_and_props(element.clone(), props).render();
                Some(Self { element, handle })
            }
        }
    }

    /// Draws a checklist in place of the one before.
    pub fn draw(&mut self, checklist: ChecklistProps) {
        self.handle.update(DrawingProps { checklist: Some(checklist) });
    }

    /// Takes the checklist away. What it was made of is let go.
    pub fn free(mut self) {
        self.element.remove();
        self.handle.update(DrawingProps { checklist: None });
        FREE.with_borrow_mut(|free| free.push(self));
    }
}

#[derive(PartialEq, Properties)]
struct DrawingProps {
    checklist: Option<ChecklistProps>,
}

#[component]
fn Drawing(props: &DrawingProps) -> Html {
    props.checklist.iter().map(|checklist| html! { <Checklist ..checklist.clone() /> }).collect()
}
