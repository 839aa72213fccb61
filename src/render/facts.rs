//! What an author says about a step or a snippet, as every runbook says it. A runbook is
//! handed on, so it speaks English, as the pages that ship do.

use super::said_in_words;
use crate::guide::{Guide, Snippet, Step};
use crate::words::ENGLISH;

/// What the author of a snippet says about it, as short remarks. The title and the
/// caution are not among them: they stand apart.
pub(super) fn of_snippet(snippet: &Snippet) -> Vec<String> {
    let facts = &snippet.facts;
    let mut remarks = Vec::new();
    for (number, first, last) in snippet.marked_lines() {
        let (number, first, last) = (number.to_string(), first.to_string(), last.to_string());
        remarks.push(match first == last {
            true => ["Line ", &first, ": see ", &number].concat(),
            false => ["Lines ", &first, " to ", &last, ": see ", &number].concat(),
        });
    }
    remarks.extend(facts.scope.as_deref().map(ENGLISH.scope));
    remarks.extend(facts.restart.map(|needed| (ENGLISH.restart)(needed).to_owned()));
    remarks.extend(facts.reconnect.map(|only_new| (ENGLISH.reconnect)(only_new).to_owned()));
    remarks.extend(facts.expect.as_deref().map(|expect| ["Expect: ", expect].concat()));
    remarks.extend(facts.verified.as_deref().map(ENGLISH.verified));
    remarks
}

/// What the author of a step says about it: `Required`, `About 5 minutes`, `After: Back up`; and
/// which value its commands have where the page suggests another.
pub(super) fn of_step(step: &Step, guide: &Guide) -> Vec<String> {
    let mut remarks = Vec::new();
    remarks.extend(step.severity.as_deref().map(ENGLISH.severity));
    remarks.extend(step.minutes.map(ENGLISH.about_minutes));
    let steps = guide.steps();
    let needs = step.needs.iter().filter_map(|id| steps.iter().find(|step| step.id == *id));
    let needs: Vec<String> = needs.map(|step| step.title_text().trim().to_owned()).collect();
    if !needs.is_empty() {
        remarks.push(["After: ", &needs.join("; ")].concat());
    }
    remarks.extend(guide.passed_over(step).iter().map(said_in_words));
    remarks
}
