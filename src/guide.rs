//! A document and an environment go in, a [`Guide`] comes out: phases, steps, blocks and
//! snippets as one reader needs them.
//!
//! Start with [`build`]. It reads the page's inputs (`declare`), works out which readers
//! the page still speaks to (`scenario`), cuts the page into phases and steps
//! (`structure`) and turns nodes into blocks (`blocks`, `snippets`). A guide does not
//! know what is ticked.

mod blocks;
mod branch;
pub mod bundle;
mod declare;
mod difference;
mod docs_site;
mod fingerprint;
#[cfg(feature = "parser")]
pub mod from_text;
mod links;
mod locals;
mod meta;
mod passages;
mod places;
mod scenario;
#[cfg(feature = "parser")]
mod schemas;
mod search;
mod snippets;
mod structure;
#[cfg(feature = "command")]
mod unreached;
#[cfg(feature = "command")]
mod written;

use std::rc::Rc;

use crate::environment::{Environment, Objection, value::ValueType};
use crate::markdoc::{Document, Problem};
use crate::snippet::{Language, Run};

pub use declare::function;
#[cfg(feature = "command")]
pub(crate) use declare::{declares, name_of};
pub use difference::{Piece, difference};
pub use links::{address_in, is_outside};
pub use meta::{Meta, WRONG_BASE, declares_id, rebased, slug};
#[cfg(feature = "command")]
pub(crate) use meta::{entry, worth};
pub use passages::{Change, MOST_READ, Passage};
pub use places::Place;
pub(crate) use scenario::both;
#[cfg(feature = "parser")]
pub use schemas::schemas;
pub(crate) use snippets::ANNOTATIONS;
#[cfg(feature = "command")]
pub(crate) use structure::{LAYOUT, annotated, ids_in, opening_strong, said_of_step, surrounds};
#[cfg(feature = "command")]
pub(crate) use unreached::{Reach, reach};
#[cfg(feature = "command")]
pub(crate) use written::written;

/// The code of the problem that the choices have too many combinations.
const TOO_MANY: &str = "choice-combinations";

/// A page as one reader needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guide {
    /// Names the guide in storage and on the command line.
    pub id: String,
    /// What the reader sees on top.
    pub title: String,
    /// The language that it is written in, if its front matter says so.
    pub lang: Option<String>,
    /// What the page asks of its reader, in its own order.
    pub inputs: Vec<Input>,
    /// What stands before the first phase.
    pub intro: Vec<Block>,
    /// The top headings.
    pub phases: Vec<Section>,
    /// What is wrong in the page, for its author. What stands in a passage that is written for
    /// several readers may be said for each.
    pub problems: Vec<Problem>,
}

/// A heading with what belongs to it: a phase, or a group of steps inside one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its path: `backward-incompatible-changes/1.4.0/ui`.
    pub id: String,
    /// Its heading.
    pub title: Vec<Inline>,
    /// Whom it is for, where that is not every reader.
    pub only: Option<String>,
    /// What stands before its first step.
    pub intro: Vec<Block>,
    /// Its steps and groups, in the page's order.
    pub entries: Vec<Entry>,
}

/// What a section holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A group of steps.
    Section(Section),
    /// A step.
    Step(Rc<Step>),
    /// What stands behind a step or a group and belongs to none: for all readers of the
    /// section, as one behind an `if`.
    Text(Vec<Block>),
}

/// One thing to do or to review, with everything needed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its path, or the id its author gave.
    pub id: String,
    /// Former ids, whose ticks are its own.
    pub aliases: Vec<String>,
    /// What to do.
    pub title: Vec<Inline>,
    /// Whom it is for, where that is not every reader.
    pub only: Option<String>,
    /// How much it matters, in the author's word: `required`, `recommended`, `optional`.
    pub severity: Option<String>,
    /// How long it takes, in minutes.
    pub minutes: Option<u32>,
    /// The ids of the steps to do before it.
    pub needs: Vec<String>,
    /// The id of the step that failed where this one is done.
    pub failed: Option<String>,
    /// After how many hours it is too long ago for the steps that need it, as a backup is.
    pub stale: Option<u32>,
    /// Whether the reader should see all that is open before it, as before what cannot be
    /// taken back.
    pub gate: bool,
    /// Whether it is one of a list of changes, which its reader looks through first for those
    /// that matter here.
    pub is_change: bool,
    /// Background, commands, checks.
    pub body: Vec<Block>,
    /// Changes when the author changes the step's text or commands, never with the reader.
    pub fingerprint: String,
    /// The same for what this reader is shown of it: changes when the author changes that, never
    /// with the reader's values.
    pub shown: String,
}

/// What the page asks of its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The variable that holds it.
    pub name: String,
    /// What the reader sees.
    pub label: String,
    /// A sentence of help.
    pub hint: Option<String>,
    /// Whom it is for, where that is not every reader.
    pub only: Option<String>,
    /// How it is asked.
    pub kind: InputKind,
    /// What the reader said.
    pub answer: Option<String>,
    /// Why the answer is not used.
    pub error: Option<Objection>,
}

/// How an input is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// One of a few.
    Choice(Vec<ChoiceOption>),
    /// A typed value.
    Value {
        /// What it must be.
        value_type: ValueType,
        /// What stands where nothing was typed; more than one, each with whom it is for,
        /// while the choice between them is open.
        defaults: Vec<Labelled<String>>,
        /// What the page works out for the reader from what they said elsewhere.
        suggestion: Option<Suggestion>,
    },
}

/// A value that the page suggests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// One that can be.
    pub value: String,
    /// What the page works out, where that is more than there can be.
    pub instead_of: Option<String>,
}

/// One answer to a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    /// The variable's value.
    pub value: String,
    /// What the reader sees.
    pub label: String,
    /// A sentence of help.
    pub hint: Option<String>,
}

/// Something that is only for some readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled<T> {
    /// Whom it is for; empty if for everyone.
    pub label: String,
    /// What is for them.
    pub value: T,
}

/// A block of a step or an introduction.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Block {
    Heading {
        level: u8,
        content: Vec<Inline>,
    },
    Paragraph(Vec<Inline>),
    List {
        /// The first number of an ordered list.
        start: Option<u32>,
        items: Vec<Vec<Block>>,
    },
    Quote(Vec<Block>),
    Rule,
    Table {
        head: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
    },
    Snippet(Rc<Snippet>),
    /// The docs site's `note`, with its kind: `Note`, `Tip`, `Warning`.
    Note {
        kind: String,
        body: Vec<Block>,
    },
    /// The docs site's cards: `inlineCallout`, `tile`, `connectorInfoCard`.
    Callouts(Vec<Callout>),
    /// Passages with numbers, which marked code or a picture is explained by.
    Numbered(Vec<Numbered>),
    /// An image, or a link to a film, with what stands below it.
    Figure {
        content: Vec<Inline>,
        caption: Option<String>,
    },
    /// How to see that the step took effect.
    Verify(Vec<Block>),
    /// How to take the step back.
    Undo(Vec<Block>),
    /// What was added to the original page.
    Added {
        /// Why, in a few words.
        reason: Option<String>,
        /// Where it was learnt: links or words.
        source: Option<String>,
        body: Vec<Block>,
    },
    /// Passages for different readers, while it is open which of them this one is.
    Variants(Vec<Labelled<Vec<Block>>>),
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it holds.
    pub body: Vec<Block>,
    /// `left`, `center` or `right`.
    pub align: Option<String>,
    /// How many columns it spans.
    pub columns: u32,
    /// How many rows it spans.
    pub rows: u32,
}

/// A card that leads to another page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callout {
    /// The card's title.
    pub title: String,
    /// Where it leads, if that is an address to follow.
    pub href: Option<String>,
    /// What it says.
    pub body: Vec<Block>,
}

/// A passage with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// The number that its code is marked with, if it has one.
    pub number: Option<u32>,
    /// What it is called; may be empty.
    pub title: String,
    /// What it says.
    pub body: Vec<Block>,
}

/// Text with its markup.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Inline {
    Text(String),
    Code(String),
    Strong(Vec<Inline>),
    Em(Vec<Inline>),
    Struck(Vec<Inline>),
    Link {
        /// Safe to follow: see [`crate::markdoc::safe_url`].
        href: String,
        title: Option<String>,
        content: Vec<Inline>,
    },
    Image {
        src: String,
        alt: String,
        title: Option<String>,
    },
    /// A line break that the author asked for.
    Break,
    /// A value of the reader's environment.
    Filled(String),
    /// Wordings for different readers, while it is open which of them this one is.
    Variants(Vec<Labelled<Vec<Inline>>>),
}

/// A block of code, with the reader's values in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Its step's id and its number in it: `raise-memory#2`, or the id its author gave.
    pub id: String,
    /// What it is for.
    pub role: Role,
    /// The fence's language, in the author's spelling.
    pub language: String,
    /// The code, or the reason why it cannot be written with the reader's values. What the author
    /// gave a name is no hole in it.
    pub code: Result<Vec<Run>, Objection>,
    /// Where nothing but values is missing, the code with lines to fill in by hand.
    pub blank: Vec<Run>,
    /// The names of the inputs whose values stand in it.
    pub inputs: Vec<String>,
    /// The numbers of the passages that explain the code, run by run. Empty where none does.
    pub marks: Vec<Option<u32>>,
    /// What its author says about it.
    pub facts: Facts,
    /// Which of these are made of what the reader answers: `title`, `expect`.
    pub answered: Vec<String>,
}

/// What a snippet is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Does what the step is about.
    Apply,
    /// Shows that it took effect.
    Verify,
    /// Takes it back.
    Undo,
    /// A plain fence, of the original page to which something was added.
    Original,
}

/// What the author of a snippet says about it. The reader sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What it does, in a few words.
    pub title: Option<String>,
    /// What it changes: `session`, `role`, `database`, `server`, `files`, `nothing`.
    pub scope: Option<String>,
    /// Whether the server must be restarted.
    pub restart: Option<bool>,
    /// Whether it reaches only connections opened afterwards.
    pub reconnect: Option<bool>,
    /// How it was verified: `ran`, `parsed`, `documented`.
    pub verified: Option<String>,
    /// The output to expect.
    pub expect: Option<String>,
    /// Why it should not be used as it stands.
    pub caution: Option<String>,
}

/// Makes a guide of a page (its partials already included) for one environment.
pub fn build(document: &Document, environment: &Environment) -> Guide {
    let (meta, mut problems) = Meta::read(document);
    let inputs = declare::Inputs::declared_in(document, environment, &mut problems);
    let (intro, phases) = structure::cut(document, &meta, &inputs, &mut problems);
    let inputs = inputs.as_asked();
    let Meta { id, title, lang, .. } = meta;
    Guide { id, title, lang, inputs, intro, phases, problems }
}

impl Guide {
    /// Every step in the page's order.
    pub fn steps(&self) -> Vec<&Rc<Step>> {
        self.phases.iter().flat_map(Section::steps).collect()
    }

    /// An input by its name.
    pub fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.iter().find(|input| input.name == name)
    }

    /// The inputs of a step's commands for which the page suggests another value.
    pub fn passed_over(&self, step: &Step) -> Vec<Input> {
        let inputs = self.inputs.iter().filter(|input| input.passes_over().is_some());
        inputs.filter(|input| step.uses(&input.name)).cloned().collect()
    }
}

impl Input {
    /// Whether what the reader said is in use.
    pub fn is_answered(&self) -> bool {
        self.answer.is_some() && self.error.is_none()
    }

    /// What the page suggests, where another value is in use.
    pub fn passes_over(&self) -> Option<&Suggestion> {
        let InputKind::Value { value_type, defaults, suggestion } = &self.kind else { return None };
        let suggestion = suggestion.as_ref()?;
        let suggested = value_type.parse(&suggestion.value);
        let is_other = match &self.answer {
            Some(answer) => value_type.parse(answer) != suggested,
            None => defaults.iter().any(|default| value_type.parse(&default.value) != suggested),
        };
        is_other.then_some(suggestion)
    }

    /// What holds where nothing was answered: its default, with whom each is for while there
    /// are several, or this word for an open choice.
    pub fn default_in_words(&self, open: &str) -> String {
        let InputKind::Value { defaults, .. } = &self.kind else { return open.to_owned() };
        let mut words = String::new();
        for default in defaults.iter().filter(|default| !default.value.is_empty()) {
            if !words.is_empty() {
                words.push_str(", ");
            }
            words.push_str(&default.value);
            if !default.label.is_empty() {
                words.push_str(" (");
                words.push_str(&default.label);
                words.push(')');
            }
        }
        words
    }
}

impl Section {
    /// Whether it lists changes to be looked through.
    pub fn is_review(&self) -> bool {
        self.steps().iter().any(|step| step.is_change)
    }

    /// Every step in it and in its groups.
    pub fn steps(&self) -> Vec<&Rc<Step>> {
        let mut steps = Vec::new();
        for entry in &self.entries {
            match entry {
                Entry::Section(section) => steps.extend(section.steps()),
                Entry::Step(step) => steps.push(step),
                Entry::Text(_) => {}
            }
        }
        steps
    }
}

impl Step {
    /// Its title without markup.
    pub fn title_text(&self) -> String {
        plain(&self.title)
    }

    /// Whether nobody has to do it, unless they decide so.
    pub fn is_optional(&self) -> bool {
        self.severity.as_deref() == Some("optional")
    }

    /// Whether a command of it has this input's value in it.
    pub fn uses(&self, input: &str) -> bool {
        self.snippets().iter().any(|snippet| snippet.inputs.iter().any(|name| name == input))
    }

    /// Every snippet in its body, in order, those of every variant included.
    pub fn snippets(&self) -> Vec<&Rc<Snippet>> {
        let mut snippets = Vec::new();
        collect_snippets(&self.body, &mut snippets);
        snippets
    }
}

impl Block {
    /// What it says itself, beside what it holds that is made of blocks: text with its markup,
    /// and words without any. What stands here is searched, and pointed at when it changes.
    pub fn own_words(&self) -> (&[Inline], Vec<&str>) {
        match self {
            Self::Heading { content, .. } | Self::Paragraph(content) => (content, Vec::new()),
            Self::Figure { content, caption } => (content, caption.as_deref().into_iter().collect()),
            Self::Note { kind, .. } => (&[], vec![kind]),
            Self::Callouts(cards) => (&[], cards.iter().map(|card| &*card.title).collect()),
            Self::Numbered(passages) => (&[], passages.iter().map(|passage| &*passage.title).collect()),
            Self::Added { reason, source, .. } => {
                (&[], [reason, source].into_iter().filter_map(|words| words.as_deref()).collect())
            }
            Self::Snippet(snippet) => {
                let Facts { title, caution, expect, .. } = &snippet.facts;
                (&[], [title, caution, expect].into_iter().filter_map(|words| words.as_deref()).collect())
            }
            Self::List { .. } | Self::Quote(_) | Self::Rule | Self::Table { .. } => (&[], Vec::new()),
            // Whom a passage is for is no part of what it says.
            Self::Verify(_) | Self::Undo(_) | Self::Variants(_) => (&[], Vec::new()),
        }
    }

    /// What it holds that is made of blocks, in the page's order.
    pub fn bodies(&self) -> impl Iterator<Item = &[Block]> {
        let bodies: Vec<&[Block]> = match self {
            Self::Quote(body) | Self::Verify(body) | Self::Undo(body) => vec![body],
            Self::Note { body, .. } | Self::Added { body, .. } => vec![body],
            Self::List { items, .. } => items.iter().map(Vec::as_slice).collect(),
            Self::Table { head, rows } => {
                head.iter().chain(rows.iter().flatten()).map(|cell| cell.body.as_slice()).collect()
            }
            Self::Callouts(callouts) => callouts.iter().map(|callout| callout.body.as_slice()).collect(),
            Self::Numbered(passages) => passages.iter().map(|passage| passage.body.as_slice()).collect(),
            Self::Variants(variants) => variants.iter().map(|variant| variant.value.as_slice()).collect(),
            Self::Heading { .. } | Self::Paragraph(_) | Self::Rule | Self::Figure { .. } => Vec::new(),
            Self::Snippet(_) => Vec::new(),
        };
        bodies.into_iter()
    }
}

impl Snippet {
    /// The code as it is copied; `None` where it cannot be written.
    pub fn text(&self) -> Option<String> {
        let runs = self.code.as_ref().ok()?;
        Some(runs.iter().map(|run| run.text.as_str()).collect())
    }

    /// Whether it is there to be run and may change something: its author says so, or says nothing
    /// of a language of commands.
    pub fn may_change(&self) -> bool {
        let is_done = matches!(self.role, Role::Apply | Role::Original) && self.facts.caution.is_none();
        is_done
            && match self.facts.scope.as_deref() {
                Some(scope) => scope != "nothing",
                None => matches!(
                    Language::from_fence(&self.language),
                    Language::Shell | Language::Postgres | Language::MySql
                ),
            }
    }

    /// The lines that each number marks: the number, the first and the last line.
    pub fn marked_lines(&self) -> Vec<(u32, usize, usize)> {
        let mut before = 0;
        let runs = self.code.as_deref().unwrap_or_default().iter();
        let marked = runs.zip(&self.marks).filter_map(|(run, mark)| {
            let first = before + 1;
            before += run.text.matches('\n').count();
            let last = if run.text.ends_with('\n') { before } else { before + 1 };
            mark.map(|number| (number, first, last.max(first)))
        });
        marked.collect()
    }
}

impl Role {
    /// The name in the runbook's JSON and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Apply => "apply",
            Self::Verify => "verify",
            Self::Undo => "undo",
            Self::Original => "original",
        }
    }
}

/// The text of inlines without markup.
pub fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(words) | Inline::Code(words) | Inline::Filled(words) => text.push_str(words),
            Inline::Strong(inner) | Inline::Em(inner) | Inline::Struck(inner) => text.push_str(&plain(inner)),
            Inline::Link { content, .. } => text.push_str(&plain(content)),
            Inline::Image { alt, .. } => text.push_str(alt),
            Inline::Break => text.push(' '),
            Inline::Variants(variants) => {
                for (index, variant) in variants.iter().enumerate() {
                    if index > 0 {
                        text.push_str(", ");
                    }
                    text.push_str(&plain(&variant.value));
                    text.push_str(" (");
                    text.push_str(&variant.label);
                    text.push(')');
                }
            }
        }
    }
    text
}

fn collect_snippets<'a>(blocks: &'a [Block], snippets: &mut Vec<&'a Rc<Snippet>>) {
    for block in blocks {
        match block {
            Block::Snippet(snippet) => snippets.push(snippet),
            other => other.bodies().for_each(|body| collect_snippets(body, snippets)),
        }
    }
}
