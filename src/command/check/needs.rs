//! Steps that need what is none, or are done where what is none failed: which step was meant, and
//! sections, which nobody can tick.

use std::collections::HashSet;

use super::headings;
use super::spans::spans;
use crate::guide::{Entry, Guide, Section, ids_in};
use crate::markdoc::{Document, Node, Problem, suggest};

/// How many are looked for among all steps: in a page of thousands, one has its reason elsewhere.
const MOST_SUGGESTED: usize = 100;

/// Suggests another step than the one that asks.
pub(super) fn judge(document: &Document, guide: &Guide, problems: &mut Vec<Problem>) {
    let spans = spans(document, guide);
    let headings = headings::without_step(document);
    for problem in problems.iter_mut() {
        let is_it = matches!(problem.code, Some("step-undefined" | "step-later"));
        if let Some(word) = problem.word.as_ref().filter(|_| is_it)
            && document.nodes().any(|node| node.span == problem.span && is_failed(node, &word.given))
        {
            problem.message = problem.message.replacen("a step needs ", "`failed` names ", 1);
        }
    }
    let is_it = |problem: &&mut Problem| problem.code == Some("step-undefined");
    for problem in problems.iter_mut().filter(is_it).take(MOST_SUGGESTED) {
        let here = problem.span;
        let others = spans.iter().filter(|(_, span)| **span != here);
        if let Some(word) = &mut problem.word {
            if headings.contains_key(word.given.as_str()) {
                let (names, _) = problem.message.split_once(" `").unwrap_or_default();
                problem.message = format!(
                    "{names} steps, and `{}` is the id of a heading that is no step, so this is ignored",
                    word.given
                );
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
        let needs = step.needs.iter().map(|need| (need.as_str(), "a step needs"));
        let named = needs.chain(step.failed.iter().map(|failed| (failed.as_str(), "`failed` names")));
        for (need, names) in named.filter(|(need, _)| sections.contains(need) && !known.contains(need)) {
            let message = format!("{names} steps, and `{need}` is a section of them, so this is ignored");
            let place = spans.get(&step.id).copied().unwrap_or_default();
            problems.push(Problem::warning(place, message).coded("needs-section").about(need, None));
        }
    }
}

/// Whether a step has this id in its `failed`, and does not need it as well.
fn is_failed(node: &Node, id: &str) -> bool {
    node.string("failed") == Some(id) && !ids_in(node, "needs").iter().any(|need| need == id)
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
