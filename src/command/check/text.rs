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

/// The text of the page in a place.
pub(super) fn written(document: &Document, span: Span) -> &str {
    let source = document.sources.get(span.source as usize);
    source.and_then(|source| source.text.get(span.start as usize..span.end as usize)).unwrap_or_default()
}
