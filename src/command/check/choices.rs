//! What is wrong in a guide for some combination of its choices.

use crate::command::combinations::visit;
use crate::command::coverage::{Coverage, Covered};
use crate::markdoc::{Document, Kind, Node, Problem, Span};

/// The problems of every combination, each once.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    let was_whole = visit(document, &mut |combination| {
        for problem in &combination.guide.problems {
            if !problems.contains(problem) {
                problems.push(problem.clone());
            }
        }
    });
    if !was_whole {
        let message = "the choices have so many combinations that only some of them were checked";
        problems.push(Problem::warning(Span::default(), message));
    }
    let coverage = Coverage::of(document);
    problems.extend(coverage.steps.iter().filter_map(|step| hole(document, &coverage, step)));
    problems
}

/// A step that leaves some readers without a word.
fn hole(document: &Document, coverage: &Coverage, step: &Covered) -> Option<Problem> {
    let mut holes = step.holes();
    let first = coverage.combinations.get(holes.next()?.combination)?;
    let labels: Vec<&str> = first.iter().map(|answer| answer.label.as_str()).collect();
    let more = match holes.count() {
        0 => String::new(),
        more => format!(", nor for {more} other combinations"),
    };
    let (id, first) = (&step.id, labels.join(", "));
    let message = format!("the step `{id}` has commands for other readers, but nothing for {first}{more}");
    let place = place(&document.children, id).unwrap_or_default();
    Some(Problem::warning(place, message).coded("step-hole").about(id, None))
}

/// Where a step's author gave it its id.
fn place(nodes: &[Node], id: &str) -> Option<Span> {
    nodes.iter().find_map(|node| {
        let is_it = node.string("id") == Some(id) && !matches!(node.kind, Kind::Fence);
        if is_it { Some(node.span) } else { place(&node.children, id) }
    })
}
