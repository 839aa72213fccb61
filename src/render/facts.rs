//! What an author says about a step or a snippet, in the reader's words: the same on the page
//! and in every runbook.

use crate::guide::{Guide, Snippet, Step};

/// What a snippet changes.
pub fn scope(scope: &str) -> String {
    match scope {
        "session" => "Changes this session only".to_owned(),
        "role" => "Changes one role in one database".to_owned(),
        "database" => "Changes one database".to_owned(),
        "server" => "Changes the whole server".to_owned(),
        "files" => "Writes files".to_owned(),
        "nothing" => "Changes nothing".to_owned(),
        other => ["Changes: ", other].concat(),
    }
}

/// Whether the server must be restarted.
pub fn restart(restart: bool) -> &'static str {
    if restart { "Needs a restart" } else { "No restart" }
}

/// Whether open connections see it.
pub fn reconnect(reconnect: bool) -> &'static str {
    if reconnect { "New connections only" } else { "Open connections too" }
}

/// How a snippet was verified.
pub fn verified(verified: &str) -> String {
    match verified {
        "ran" => "Run in our tests".to_owned(),
        "parsed" => "Accepted by the vendor’s tool, not run".to_owned(),
        "documented" => "From the documentation".to_owned(),
        other => other.to_owned(),
    }
}

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
    remarks.extend(facts.scope.as_deref().map(scope));
    remarks.extend(facts.restart.map(|needed| restart(needed).to_owned()));
    remarks.extend(facts.reconnect.map(|only_new| reconnect(only_new).to_owned()));
    remarks.extend(facts.expect.as_deref().map(|expect| ["Expect: ", expect].concat()));
    remarks.extend(facts.verified.as_deref().map(verified));
    remarks
}

/// What the author of a step says about it: `Required`, `About 5 minutes`, `After: Back up`.
pub(super) fn of_step(step: &Step, guide: &Guide) -> Vec<String> {
    let mut remarks = Vec::new();
    remarks.extend(step.severity.as_deref().map(capitalized));
    remarks.extend(step.minutes.map(|minutes| match minutes {
        1 => "About a minute".to_owned(),
        _ => ["About ", &minutes.to_string(), " minutes"].concat(),
    }));
    let steps = guide.steps();
    let needs = step.needs.iter().filter_map(|id| steps.iter().find(|step| step.id == *id));
    let needs: Vec<String> = needs.map(|step| step.title_text().trim().to_owned()).collect();
    if !needs.is_empty() {
        remarks.push(["After: ", &needs.join("; ")].concat());
    }
    remarks
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
