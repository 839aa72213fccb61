//! A guide goes in, a runbook to carry elsewhere comes out: Markdown for a ticket, plain
//! text, a shell script, JSON for another program.
//!
//! Start with [`render`]. Each format is one file and one function; all of them show
//! what is still open as open, and say of a command that cannot be written why.

mod json;
mod markdown;
mod script;
mod tasks;
mod text;

use crate::guide::{Guide, Input, InputKind, Numbered, Snippet};
use crate::markdoc::Source;

pub use tasks::{Task, tasks};

/// The formats of a runbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// GitHub's Markdown; each step is an item of a task list.
    Markdown,
    /// Plain text, 80 columns wide where nothing has to be copied.
    Text,
    /// A bash script that stops at the first failure and asks before each change.
    Script,
    /// For other programs.
    Json,
}

/// The guide as a file of that format. The sources are the page's own, to name the places
/// of its problems; a page that was parsed when the program was built has none.
pub fn render(guide: &Guide, format: Format, sources: &[Source]) -> String {
    match format {
        Format::Markdown => markdown::markdown(guide),
        Format::Text => text::text(guide),
        Format::Script => script::script(guide),
        Format::Json => json::json(guide, sources),
    }
}

/// What stands for an input in this runbook, in the reader's words.
enum Said<'a> {
    /// The reader's answer: a choice by its label.
    Answer(&'a str),
    /// The page's default.
    Default(&'a str),
    /// Nothing yet.
    Open,
}

fn said(input: &Input) -> Said<'_> {
    let answer = input.answer.as_deref().filter(|_| input.is_answered());
    match (&input.kind, answer) {
        (InputKind::Choice(options), Some(answer)) => {
            let label = options.iter().find(|option| option.value == answer).map(|option| &*option.label);
            Said::Answer(label.unwrap_or(answer))
        }
        (InputKind::Value { .. }, Some(answer)) => Said::Answer(answer),
        (InputKind::Value { defaults, .. }, None) => match defaults.as_slice() {
            [default] if !default.value.is_empty() => Said::Default(&default.value),
            _ => Said::Open,
        },
        (InputKind::Choice(_), None) => Said::Open,
    }
}

/// `Database: PostgreSQL`, `Host: localhost (default)`, `Hosting: not chosen`,
/// `Port: 3306 (MySQL) or 5432 (PostgreSQL)`.
fn said_in_words(input: &Input) -> String {
    let value = match (said(input), &input.kind) {
        (Said::Answer(answer), _) => answer.to_owned(),
        (Said::Default(default), _) => [default, " (default)"].concat(),
        (Said::Open, InputKind::Choice(_)) => "not chosen".to_owned(),
        (Said::Open, InputKind::Value { defaults, .. }) => {
            let defaults = defaults.iter().filter(|default| !default.value.is_empty());
            let defaults = defaults.map(|default| labelled(&default.value, Some(&default.label)));
            let defaults: Vec<String> = defaults.collect();
            if defaults.is_empty() { "not given".to_owned() } else { defaults.join(" or ") }
        }
    };
    [&labelled(&input.label, input.only.as_deref()), ": ", &value].concat()
}

/// A text, and whom it is for where that is not everyone.
fn labelled(text: &str, only: Option<&str>) -> String {
    match only.filter(|label| !label.is_empty()) {
        Some(label) => [text.trim(), " (", label, ")"].concat(),
        None => text.trim().to_owned(),
    }
}

/// A text that announces what comes after it.
fn announcing(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', ':', '?', '!']) { text.to_owned() } else { [text, ":"].concat() }
}

/// What the author of a snippet says about it, as short remarks. The title and the
/// caution are not among them: they stand apart.
fn remarks(snippet: &Snippet) -> Vec<String> {
    let facts = &snippet.facts;
    let mut remarks = Vec::new();
    for (number, first, last) in snippet.marked_lines() {
        let (number, first, last) = (number.to_string(), first.to_string(), last.to_string());
        remarks.push(match first == last {
            true => ["Line ", &first, ": see ", &number].concat(),
            false => ["Lines ", &first, " to ", &last, ": see ", &number].concat(),
        });
    }
    let mut say = |label: &str, what: &str| remarks.push([label, ": ", what].concat());
    if let Some(scope) = &facts.scope {
        say("Changes", scope);
    }
    match facts.restart {
        Some(true) => say("Restart", "needed"),
        Some(false) => say("Restart", "not needed"),
        None => {}
    }
    match facts.reconnect {
        Some(true) => say("Reaches", "new connections only"),
        Some(false) => say("Reaches", "open connections too"),
        None => {}
    }
    if let Some(expect) = &facts.expect {
        say("Expect", expect);
    }
    if let Some(verified) = &facts.verified {
        say("Verified", verified);
    }
    remarks
}

/// What stands before a passage with a number: `(1) Title`.
fn numbered(passage: &Numbered) -> String {
    let number = passage.number.map(|number| ["(", &number.to_string(), ")"].concat());
    let words = [number.as_deref().unwrap_or_default(), &passage.title];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What was added to a page, in a few words. No full stop follows an address.
fn added_in_words(reason: Option<&str>, source: Option<&str>) -> String {
    let mut words = "Added to the original page".to_owned();
    if let Some(reason) = reason {
        words.push_str(": ");
        words.push_str(reason.trim_end_matches('.'));
    }
    words.push('.');
    if let Some(source) = source {
        words.push_str(" Source: ");
        words.push_str(source);
    }
    words
}
