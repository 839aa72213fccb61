//! Steps that need another one that is not there, and which one was meant.

use super::places::places;
use crate::environment::Environment;
use crate::guide::build;
use crate::markdoc::{Document, Problem, suggest};

/// Suggests another step than the one that asks.
pub(super) fn judge(document: &Document, problems: &mut [Problem]) {
    let is_it = |problem: &Problem| problem.code == Some("step-undefined");
    if !problems.iter().any(is_it) {
        return;
    }
    let places = places(document, &build(document, &Environment::default()));
    for problem in problems.iter_mut().filter(|problem| is_it(problem)) {
        let here = problem.span;
        let others = places.iter().filter(|(_, span)| **span != here);
        if let Some(word) = &mut problem.word {
            word.meant = suggest(&word.given, others.map(|(id, _)| id.as_str())).map(str::to_owned);
        }
    }
}
