//! Checklists as HTML, drawn without a browser.

use std::rc::Rc;

use upgrade_checklist::markdoc::Document;
use upgrade_checklist::state::State;
use upgrade_checklist::view::{ChecklistProps, Effects, Store, prerender};
use upgrade_checklist::words::{ENGLISH, Words};

/// The checklist as its reader would first see it.
pub fn html(document: Document, state: State) -> String {
    draw(&ENGLISH, Rc::new(Store::new(document, state)), Effects::none())
}

/// A checklist as it stands, in a language.
pub fn draw(words: &'static Words, store: Rc<Store>, effects: Effects) -> String {
    let effects = Rc::new(effects);
    prerender(yew::props!(ChecklistProps { store, effects, words }))
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
