//! Checklists as HTML, drawn without a browser.

use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use upgrade_checklist::markdoc::Document;
use upgrade_checklist::state::State;
use upgrade_checklist::view::{Checklist, ChecklistProps, Effects, Store};
use upgrade_checklist::words::{ENGLISH, Words};
use yew::LocalServerRenderer;

/// The checklist as its reader would first see it.
pub fn html(document: Document, state: State) -> String {
    draw(&ENGLISH, Rc::new(Store::new(document, state)), Effects::none())
}

/// A checklist as it stands, in a language.
pub fn draw(words: &'static Words, store: Rc<Store>, effects: Effects) -> String {
    let props = ChecklistProps {
        store,
        effects,
        words,
        prefix: "uc".into(),
        heading_level: 1,
        guides: Rc::from([]),
        address: None,
    };
    now(LocalServerRenderer::<Checklist>::with_props(props).hydratable(false).render())
}

/// The text of a page of HTML.
pub fn text_of(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (entity, character)| text.replace(entity, character))
}

/// What a future gives that waits for nothing.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}
