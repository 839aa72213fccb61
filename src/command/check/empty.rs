//! Headings with nothing below them, beside others that are steps or hold some: a step was meant,
//! mostly, and nobody can tick it.

use crate::guide::{said_of_step, surrounds};
use crate::markdoc::{Document, Kind, Node, Problem, Value};

/// The headings of a page that are no step though those beside them are.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut row = Vec::new();
    flatten(&document.children, &mut row);
    let is_empty = |at: usize| match (row.get(at), row.get(at + 1)) {
        (Some(Passage::Heading(_, level)), Some(Passage::Heading(_, next))) => next <= level,
        (Some(Passage::Heading(..)), None) => true,
        _ => false,
    };
    let is_beside = |at: usize, level: f64| match row.get(at) {
        Some(Passage::Heading(_, other)) => *other == level && !is_empty(at),
        _ => false,
    };
    let is_above =
        |at: &usize, level: f64| matches!(row.get(*at), Some(Passage::Heading(_, other)) if *other < level);
    let headings = row.iter().enumerate().filter_map(|(at, passage)| match passage {
        Passage::Heading(node, level) if is_empty(at) && said_of_step(node).next().is_none() => {
            Some((at, node, *level))
        }
        _ => None,
    });
    let alone = headings.filter(|(at, _, level)| {
        let before = (0..*at).rev().take_while(|at| !is_above(at, *level));
        let mut beside = before.chain((at + 1..row.len()).take_while(|at| !is_above(at, *level)));
        beside.any(|at| is_beside(at, *level))
    });
    let message = "nothing stands below this heading, and so it is no step: write below it what is to be done, or \
                   give it a `severity`";
    alone.map(|(_, node, _)| Problem::warning(node.span, message).coded("heading-empty")).collect()
}

/// What a page is made of, in one row.
enum Passage<'a> {
    /// A heading and its level.
    Heading(&'a Node, f64),
    /// Anything else.
    Other,
}

/// Opens the tags that stand around headings.
fn flatten<'a>(nodes: &'a [Node], row: &mut Vec<Passage<'a>>) {
    for node in nodes {
        match (&node.kind, node.attribute("level")) {
            (Kind::Heading, _) if node.text().trim().is_empty() => {}
            (Kind::Heading, Some(Value::Number(level))) => row.push(Passage::Heading(node, *level)),
            (Kind::Tag(_), _) if surrounds(node, is_heading) => flatten(&node.children, row),
            (Kind::Comment, _) => {}
            (Kind::Tag(name), _) if name == "else" => {}
            _ => row.push(Passage::Other),
        }
    }
}

fn is_heading(node: &Node) -> bool {
    node.kind == Kind::Heading
}
