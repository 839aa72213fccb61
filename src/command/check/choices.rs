//! What is wrong in a guide for some combination of its choices.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::spans::spans;
use crate::command::combinations::visit;
use crate::command::coverage::{Coverage, Covered};
use crate::environment::Objection;
use crate::guide::{Guide, InputKind, Snippet};
use crate::markdoc::{Document, Kind, Problem, Span};

/// The problems of every combination, each once; of the guide nothing is chosen in `open`.
pub(super) fn problems(document: &Document, open: &Guide) -> Vec<Problem> {
    let (mut problems, mut known) = (Vec::new(), HashSet::new());
    let mut unwritten = BTreeMap::new();
    let mut coverage = Coverage::default();
    let was_whole = visit(document, &mut |combination| {
        coverage.add(combination);
        if combination.is_whole {
            for step in combination.guide.steps() {
                let snippets = step.snippets().into_iter();
                let faults = snippets.filter_map(|snippet| {
                    Some((snippet.id.clone(), by_default(combination.guide, snippet)?))
                });
                faults.for_each(|(id, message)| {
                    unwritten.entry(id).or_insert((step.id.clone(), message));
                });
            }
        }
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
    let spans = spans(document, open);
    problems.extend(unwritten.into_iter().map(|(snippet, (step, message))| {
        let place = fence(document, &snippet, spans.get(&step).copied().unwrap_or_default());
        Problem::error(place, message).coded("default-unwritten")
    }));
    problems.extend(coverage.steps.iter().filter_map(|step| hole(&spans, &coverage, step)));
    problems
}

/// What is wrong with a command that is shown to nobody who keeps the defaults. That a default is
/// none, or that a language has no quotes, is told elsewhere.
fn by_default(guide: &Guide, snippet: &Snippet) -> Option<String> {
    let why = snippet.code.as_ref().err()?;
    if matches!(
        why,
        Objection::Missing(_)
            | Objection::Of(..)
            | Objection::Nothing
            | Objection::Unquotable
            | Objection::Author(_)
    ) {
        return None;
    }
    let names: Vec<String> = snippet.inputs.iter().map(|name| format!("`{name}`")).collect();
    let defaults = snippet.inputs.iter().filter_map(|name| match &guide.input(name)?.kind {
        InputKind::Value { defaults, .. } => defaults.iter().map(|default| default.value.as_str()).next(),
        InputKind::Choice(_) => None,
    });
    let defaults = defaults.map(|default| format!("`{default}`")).collect::<Vec<_>>().join(", ");
    let (names, which) = (names.join(", "), if names.len() == 1 { "the default" } else { "the defaults" });
    Some(format!(
        "with {which} of {names}, {defaults}, this cannot be written, and readers see no command: {why}"
    ))
}

/// Where a command stands, by its id, in a step that stands here.
fn fence(document: &Document, snippet: &str, step: Span) -> Span {
    let fences = || document.nodes().filter(|node| node.kind == Kind::Fence);
    let own = fences().find(|node| node.string("id") == Some(snippet));
    let numbered = || {
        let number: usize = snippet.rsplit_once('#')?.1.parse().ok()?;
        let of_step = document.nodes().skip_while(|node| node.span != step);
        of_step.filter(|node| node.kind == Kind::Fence).nth(number.checked_sub(1)?)
    };
    own.or_else(numbered).map_or(step, |fence| fence.span)
}

/// A step that leaves some readers without a word.
fn hole(spans: &HashMap<String, Span>, coverage: &Coverage, step: &Covered) -> Option<Problem> {
    let mut holes = step.holes();
    let first = coverage.combinations.get(holes.next()?.combination)?;
    let labels: Vec<&str> = first.iter().map(|answer| answer.label.as_str()).collect();
    let more = match holes.count() {
        0 => String::new(),
        more => format!(", nor for {more} other combinations"),
    };
    let (id, first) = (&step.id, labels.join(", "));
    let message = format!("the step `{id}` has commands for other readers, but nothing for {first}{more}");
    let place = spans.get(id).copied().unwrap_or_default();
    Some(Problem::warning(place, message).coded("step-hole").about(id, None))
}
