//! A guide goes in, a runbook to carry elsewhere comes out: Markdown for a ticket, plain
//! text, a shell script, JSON for another program.
//!
//! Start with [`render`]. Each format is one file and one function; all of them show
//! what is still open as open, and say of a command that cannot be written why.

pub mod facts;
mod json;
mod markdown;
mod script;
mod tasks;
mod text;

use crate::environment::Objection;
use crate::guide::{Block, Cell, Guide, Input, InputKind, Numbered, Step};
use crate::markdoc::Source;
use crate::words::ENGLISH;

pub use tasks::tasks;

/// The formats of a runbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// GitHub's Markdown; each step is an item of a task list.
    Markdown,
    /// Plain text, 80 columns wide where nothing has to be copied.
    Text,
    /// A POSIX script that stops at the first failure and asks before each change.
    Script,
    /// For other programs.
    Json,
}

/// The guide as a file of that format. The sources are the page's own, to name the places
/// of its problems; a page that was parsed when the program was built has none.
pub fn render(guide: &Guide, format: Format, sources: &[Source]) -> String {
    record(guide, format, sources, &|_| Task::default())
}

/// The same with what was done with each step. A script is there to be run, and says nothing of it.
pub fn record(guide: &Guide, format: Format, sources: &[Source], task: &dyn Fn(&Step) -> Task) -> String {
    match format {
        Format::Markdown => markdown::markdown(guide, task),
        Format::Text => text::text(guide, task),
        Format::Script => script::script(guide),
        Format::Json => json::json(guide, sources, task),
    }
}

/// How a step stands in a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// Whether there is nothing left to do.
    pub ticked: bool,
    /// Whether it is struck out, as what does not apply.
    pub struck: bool,
    /// How it stands in words and since when, where something was decided.
    pub remark: String,
    /// What the reader wrote beside it, and pasted.
    pub note: String,
}

/// The rows of a table, each cell in its column; what one spans besides its own place is empty.
fn in_columns(rows: &[Vec<Cell>]) -> Vec<Vec<Option<&Cell>>> {
    // For each column the row from which on no cell above reaches into it.
    let mut free = Vec::new();
    let mut lines = Vec::new();
    for (row, cells) in rows.iter().enumerate() {
        let mut line = Vec::new();
        for cell in cells {
            while free.get(line.len()).is_some_and(|free| *free > row) {
                line.push(None);
            }
            for place in 0..cell.columns {
                free.resize(free.len().max(line.len() + 1), 0);
                free[line.len()] = row + cell.rows as usize;
                line.push((place == 0).then_some(cell));
            }
        }
        lines.push(line);
    }
    lines
}

/// Whether no choice is left open, so that there can be a script.
pub fn is_decided(guide: &Guide) -> bool {
    !guide.inputs.iter().any(is_open)
}

/// Whether the reader has to choose, and has not.
fn is_open(input: &Input) -> bool {
    match &input.kind {
        InputKind::Choice(options) => !input.is_answered() && options.len() > 1,
        InputKind::Value { .. } => false,
    }
}

impl Format {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Markdown, Self::Text, Self::Script, Self::Json];

    /// How the name of such a file ends.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Text => "txt",
            Self::Script => "sh",
            Self::Json => "json",
        }
    }

    /// What such a file is.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Markdown => "text/markdown",
            Self::Text => "text/plain",
            Self::Script => "application/x-sh",
            Self::Json => "application/json",
        }
    }
}

/// What stands for an input in this runbook, in the reader's words.
enum Said<'a> {
    /// The reader's answer: a choice by its label.
    Answer(&'a str),
    /// An answer that is not in use, and why.
    Refused(&'a str, &'a Objection),
    /// The page's default.
    Default(&'a str),
    /// Nothing yet.
    Open,
}

fn said(input: &Input) -> Said<'_> {
    let answer = input.answer.as_deref().map(|answer| match &input.kind {
        InputKind::Choice(options) => {
            options.iter().find(|option| option.value == answer).map_or(answer, |option| &option.label)
        }
        InputKind::Value { .. } => answer,
    });
    match (answer, &input.error, &input.kind) {
        (Some(answer), None, _) => Said::Answer(answer),
        (Some(answer), Some(why), _) => Said::Refused(answer, why),
        (None, _, InputKind::Value { defaults, .. }) => match defaults.as_slice() {
            [default] if !default.value.is_empty() => Said::Default(&default.value),
            _ => Said::Open,
        },
        (None, _, InputKind::Choice(_)) => Said::Open,
    }
}

/// `Database: PostgreSQL`, `Host: localhost (default)`, `Hosting: not chosen`,
/// `Port: 3306 (MySQL), 5432 (PostgreSQL)`, `Memory: 20MB (default), where the page suggests 43MB`,
/// `Port: 33o6 (not used: A port is a whole number from 1 to 65535)`.
fn said_in_words(input: &Input) -> String {
    let value = match said(input) {
        Said::Answer(answer) => answer.to_owned(),
        Said::Refused(answer, why) => {
            [answer, " (not used: ", (ENGLISH.objection)(why).trim_end_matches('.'), ")"].concat()
        }
        Said::Default(default) => [default, " (default)"].concat(),
        Said::Open => match input.default_in_words("not chosen") {
            none if none.is_empty() => "not given".to_owned(),
            words => words,
        },
    };
    let mut words = [&labelled(&input.label, input.only.as_deref()), ": ", &value].concat();
    if let Some(suggestion) = input.passes_over() {
        words.push_str(&[", where the page suggests ", &suggestion.value].concat());
        if let Some(more) = &suggestion.instead_of {
            words.push_str(&[" (the most there can be) instead of ", more].concat());
        }
    }
    words
}

/// A text, and whom it is for where that is not everyone.
fn labelled(text: &str, only: Option<&str>) -> String {
    match only.filter(|label| !label.is_empty()) {
        Some(label) => [text.trim(), " (", label, ")"].concat(),
        None => text.trim().to_owned(),
    }
}

/// Whether there is a command in it.
fn has_snippet(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| matches!(block, Block::Snippet(_)) || block.bodies().any(has_snippet))
}

/// A text that announces what comes after it.
fn announcing(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', ':', '?', '!']) { text.to_owned() } else { [text, ":"].concat() }
}

/// What stands before the title of a passage that has a number: `(1) `.
fn number(passage: &Numbered) -> String {
    passage.number.map(|number| ["(", &number.to_string(), ") "].concat()).unwrap_or_default()
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
