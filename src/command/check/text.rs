//! The texts of a page, as they are read and as they are written.

use crate::markdoc::{Document, Kind, Node, Span};

/// Sees every node; what stands in a fence is code.
pub(super) fn each<'a>(nodes: &'a [Node], see: &mut dyn FnMut(&'a Node)) {
    for node in nodes {
        see(node);
        if node.kind != Kind::Fence {
            each(&node.children, see);
        }
    }
}

/// Whether a character may stand in the name of a variable.
pub(super) fn is_of_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

/// The names of the variables in a tag, which may be one that cannot be read.
pub(super) fn variables(tag: &str) -> impl Iterator<Item = &str> {
    tag.split('$').skip(1).filter_map(|rest| rest.split(|c| !is_of_name(c)).next())
}

/// The text of the page in a place.
pub(super) fn written(document: &Document, span: Span) -> &str {
    text_of(document, span.source).get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// The whole text of one of the page's sources.
pub(super) fn text_of(document: &Document, source: u32) -> &str {
    document.sources.get(source as usize).map_or("", |source| &source.text)
}

/// As narrow a place of an attribute as is known.
pub(super) fn place_of(node: &Node, attribute: &str) -> Span {
    let written = node.attributes.annotations().iter().find(|annotation| annotation.name == attribute);
    written.map_or(node.span, |written| written.span)
}
