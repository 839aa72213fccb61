//! The places of a page that ask for a checklist.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element};

/// The page that ships has an element with this id; a page of others marks its own element
/// with the guide it asks for, or with where its own guides or pages are.
const PLACES: &str = "#upgrade-checklist, [data-guide], [data-guides], \
    div[data-src], main[data-src], section[data-src], article[data-src]";

/// The id of the element in the page that ships.
const ALONE: &str = "upgrade-checklist";

/// An element that asks for a checklist.
#[derive(Clone, Debug)]
pub struct Mount {
    /// The element itself.
    pub element: Element,
    /// The guide it names in `data-guide`; without one, it takes the newest.
    pub guide: Option<String>,
    /// Where its guides are, in `data-guides`: what the command `compile` wrote. Without it,
    /// they are those that ship.
    pub guides: Option<String>,
    /// Whether it names pages, in `data-src`, that are fetched and parsed before it is drawn.
    pub is_fetched: bool,
    /// The run it names in `data-run`; without one, it takes the one last shown.
    pub run: Option<String>,
    /// Whether it is the page that ships, rather than a part of somebody else's: only then is
    /// the page's address ours.
    pub is_alone: bool,
    /// The site that the page's own links lead to, in `data-base`; the guide's own, without.
    pub base: Option<String>,
    /// Stands before every DOM id in it, so that two checklists on one page do not meet.
    pub prefix: String,
}

impl Mount {
    /// Every such element of a page.
    pub fn all(document: &Document) -> Vec<Self> {
        let Ok(found) = document.query_selector_all(PLACES) else { return Vec::new() };
        let elements = (0..found.length()).filter_map(|index| found.get(index)?.dyn_into::<Element>().ok());
        elements.enumerate().map(|(index, element)| Self::new(element, index)).collect()
    }

    fn new(element: Element, index: usize) -> Self {
        let attribute = |name| element.get_attribute(name).filter(|value| !value.is_empty());
        let guide = attribute("data-guide");
        let guides = attribute("data-guides");
        let is_fetched = attribute("data-src").is_some();
        let run = attribute("data-run");
        let is_alone = guide.is_none() && element.id() == ALONE;
        let base = attribute("data-base");
        let prefix = if index == 0 { "uc".to_owned() } else { format!("uc{}", index + 1) };
        Self { element, guide, guides, is_fetched, run, is_alone, base, prefix }
    }

    /// Tells the reader why there is no checklist here. What the element holds already, as a
    /// page that was drawn beforehand, stays.
    pub fn explain(&self, sentence: &str) {
        let Some(paragraph) =
            self.element.owner_document().and_then(|document| document.create_element("p").ok())
        else {
            return;
        };
        let _ = paragraph.set_attribute("role", "alert");
        paragraph.set_text_content(Some(sentence));
        let _ = self.element.insert_adjacent_element("afterbegin", &paragraph);
    }
}
