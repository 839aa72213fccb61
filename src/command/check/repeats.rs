//! Partials that stand on a page twice: what is there twice because of that, as an id, is told of them
//! and not of itself, which stands in its file once.

use std::collections::HashSet;

use crate::markdoc::{Document, Node, Problem, Span};

/// Puts what is wrong with the ids and questions of a repeated partial to where it is repeated.
pub(super) fn settle(document: &Document, problems: &mut Vec<Problem>) {
    let mut repeats = Repeats::default();
    document.children.iter().for_each(|node| repeats.visit(node));
    let doubles: HashSet<u32> =
        problems.iter().filter(|problem| is_double(problem)).map(|problem| problem.span.source).collect();
    repeats.found.retain(|repeat| !repeat.sources.is_disjoint(&doubles));
    problems.retain(|problem| {
        let is_told = repeats.found.iter().any(|repeat| repeat.sources.contains(&problem.span.source));
        !(is_told && is_double(problem))
    });
    problems.extend(repeats.found.iter().map(|Repeat { file, span, .. }| {
        let message = format!(
            "`{file}` stands on this page before, and its steps and questions can only once: take one of the two \
             away"
        );
        Problem::error(*span, message).coded("partial-repeated").about(file, None)
    }));
}

/// Whether something is there twice that can be there once.
fn is_double(problem: &Problem) -> bool {
    matches!(problem.code, Some("id-duplicate" | "input-duplicate"))
}

#[derive(Default)]
struct Repeats<'a> {
    /// The files that were put in their places, by their numbers among the sources.
    seen: HashSet<u32>,
    found: Vec<Repeat<'a>>,
}

/// A partial whose file stands above it, too.
struct Repeat<'a> {
    file: &'a str,
    span: Span,
    /// That file, and those that it includes.
    sources: HashSet<u32>,
}

impl<'a> Repeats<'a> {
    fn visit(&mut self, node: &'a Node) {
        let content = node.children.last().filter(|last| last.span.source != node.span.source);
        match (node.tag(), content) {
            // In branches, each may be for other readers.
            (Some("if"), _) => {}
            (Some("partial"), Some(content)) if !self.seen.insert(content.span.source) => {
                let sources = node.descendants().map(|inner| inner.span.source).collect();
                let file = node.string("file").unwrap_or_default();
                self.found.push(Repeat { file, span: node.span, sources });
            }
            _ => node.children.iter().for_each(|child| self.visit(child)),
        }
    }
}
