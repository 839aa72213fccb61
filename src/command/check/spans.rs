//! Where the sections and steps of a guide stand in the page.
//!
//! A guide knows no places. Its sections and steps come in the order of the headings, items
//! and `step` tags that they are made of, with ids that are theirs or made of their words.

use std::collections::HashMap;

use crate::guide::{Entry, Guide, Section, opening_strong, slug};
use crate::markdoc::docs_site::step_title;
use crate::markdoc::{Document, Kind, Node, Span};

/// What a section or a step may be made of.
struct Maker<'a> {
    id: Option<&'a str>,
    slug: String,
    span: Span,
}

/// The spans of a guide's sections and steps, by their ids.
pub(super) fn spans(document: &Document, guide: &Guide) -> HashMap<String, Span> {
    let mut makers = Vec::new();
    document.children.iter().for_each(|node| collect(node, &mut makers));
    let mut spans = HashMap::new();
    let mut rest = makers.as_slice();
    for id in guide.phases.iter().flat_map(ids) {
        if let Some(at) = rest.iter().position(|maker| maker.makes(id)) {
            spans.entry(id.to_owned()).or_insert(rest[at].span);
            rest = &rest[at + 1..];
        }
    }
    spans
}

fn collect<'a>(node: &'a Node, makers: &mut Vec<Maker<'a>>) {
    let words = match node.kind {
        Kind::Heading => Some(node.text()),
        Kind::Item => opening_strong(node).map(Node::text),
        _ if node.tag() == Some("step") => Some(step_title(node)),
        _ => None,
    };
    let id = node.string("id").filter(|_| !matches!(node.kind, Kind::Fence));
    if words.is_some() || id.is_some() {
        makers.push(Maker { id, slug: slug(&words.unwrap_or_default()), span: node.span });
    }
    node.children.iter().for_each(|child| collect(child, makers));
}

/// The ids of a section and of what it holds; a step that is all of its section has the same.
fn ids(section: &Section) -> Vec<&str> {
    let mut ids = vec![section.id.as_str()];
    for entry in &section.entries {
        match entry {
            Entry::Section(group) => ids.extend(self::ids(group)),
            Entry::Step(step) if step.id == section.id => {}
            Entry::Step(step) => ids.push(&step.id),
            Entry::Text(_) => {}
        }
    }
    ids
}

impl Maker<'_> {
    /// Whether an id is its own, or made of its words: with those of the sections around it
    /// before, and a number behind where it is taken.
    fn makes(&self, id: &str) -> bool {
        let is_numbered = |rest: &str| {
            rest.strip_prefix('-').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let is_made_of = |id: &str, words: &str| {
            id.strip_prefix(words).is_some_and(|rest| rest.is_empty() || is_numbered(rest))
        };
        match self.id {
            Some(own) => is_made_of(id, own),
            None => id.rsplit('/').next().is_some_and(|last| is_made_of(last, &self.slug)),
        }
    }
}
