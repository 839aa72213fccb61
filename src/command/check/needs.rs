//! Steps that need what is none, or are done where what is none failed: which step was meant, and
//! sections, which nobody can tick.

use std::collections::HashSet;

use super::headings;
use super::spans::spans;
use crate::guide::{Entry, Guide, Section};
use crate::markdoc::{Document, Problem, suggest};

/// How many are looked for among all steps: in a page of thousands, one has its reason elsewhere.
const MOST_SUGGESTED: usize = 100;

/// Suggests another step than the one that asks.
pub(super) fn judge(document: &Document, guide: &Guide, problems: &mut Vec<Problem>) {
    let spans = spans(document, guide);
    let headings = headings::without_step(document);
    let is_it = |problem: &&mut Problem| problem.code == Some("step-undefined");
    for problem in problems.iter_mut().filter(is_it).take(MOST_SUGGESTED) {
        let here = problem.span;
        let others = spans.iter().filter(|(_, span)| **span != here);
        if let Some(word) = &mut problem.word {
            if headings.contains_key(word.given.as_str()) {
                problem.message =
                    format!("`{}` is the id of a heading that is no step, so this is ignored", word.given);
                continue;
            }
            word.meant = suggest(&word.given, others.map(|(id, _)| id.as_str())).map(str::to_owned);
        }
    }
    let steps = guide.steps();
    let known: HashSet<&str> = steps.iter().map(|step| step.id.as_str()).collect();
    let mut sections = HashSet::new();
    guide.phases.iter().for_each(|phase| collect(phase, &mut sections));
    for step in steps {
        let named = step.needs.iter().chain(&step.failed).map(String::as_str);
        for id in named.filter(|id| sections.contains(id) && !known.contains(id)) {
            let message = format!("`{id}` is the id of a section, and not of a step, so this is ignored");
            let place = spans.get(&step.id).copied().unwrap_or_default();
            problems.push(Problem::warning(place, message).coded("needs-section").about(id, None));
        }
    }
}

/// The ids of a section and those in it.
fn collect<'a>(section: &'a Section, ids: &mut HashSet<&'a str>) {
    ids.insert(&section.id);
    for entry in &section.entries {
        if let Entry::Section(inner) = entry {
            collect(inner, ids);
        }
    }
}
