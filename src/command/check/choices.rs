//! What is wrong in a guide for some combination of its choices.

use std::collections::{HashMap, HashSet};

use super::places::places;
use crate::command::combinations::visit;
use crate::command::coverage::{Coverage, Covered};
use crate::environment::Environment;
use crate::guide::build;
use crate::markdoc::{Document, Problem, Span};

/// The problems of every combination, each once.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let (mut problems, mut known) = (Vec::new(), HashSet::new());
    let was_whole = visit(document, &mut |combination| {
        for problem in &combination.guide.problems {
            if known.insert((problem.span, problem.message.clone())) {
                problems.push(problem.clone());
            }
        }
    });
    if !was_whole {
        let message = "the choices have so many combinations that only some of them were checked";
        problems.push(Problem::warning(Span::default(), message));
    }
    let coverage = Coverage::of(document);
    let places = places(document, &build(document, &Environment::default()));
    problems.extend(coverage.steps.iter().filter_map(|step| hole(&places, &coverage, step)));
    problems
}

/// A step that leaves some readers without a word.
fn hole(places: &HashMap<String, Span>, coverage: &Coverage, step: &Covered) -> Option<Problem> {
    let mut holes = step.holes();
    let first = coverage.combinations.get(holes.next()?.combination)?;
    let labels: Vec<&str> = first.iter().map(|answer| answer.label.as_str()).collect();
    let more = match holes.count() {
        0 => String::new(),
        more => format!(", nor for {more} other combinations"),
    };
    let (id, first) = (&step.id, labels.join(", "));
    let message = format!("the step `{id}` has commands for other readers, but nothing for {first}{more}");
    let place = places.get(id).copied().unwrap_or_default();
    Some(Problem::warning(place, message).coded("step-hole").about(id, None))
}
