//! Whom each step of a guide has commands for, and whom it leaves without a word.
//!
//! Start with [`Coverage::of`]. A step has a hole where it has commands for some readers, and
//! says to others nothing but what it says to all.

use std::collections::HashSet;

use super::combinations::{Answer, Combination, visit};
use crate::guide::{Block, ChoiceOption, Input, InputKind, Role, Snippet, Step};
use crate::markdoc::Document;

/// What each step says in each combination of choices.
#[derive(Default)]
pub(super) struct Coverage {
    /// In the page's order.
    pub(super) steps: Vec<Covered>,
    /// The names of the choices, in the page's order.
    pub(super) choices: Vec<String>,
    /// The combinations, in the order of their options; each with every choice that is made
    /// in it, those without an alternative too.
    pub(super) combinations: Vec<Vec<Answer>>,
}

/// A step, and what it says in the combinations that it applies to.
pub(super) struct Covered {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) variants: Vec<Variant>,
}

/// What a step says in one combination.
pub(super) struct Variant {
    /// The index of the combination.
    pub(super) combination: usize,
    pub(super) commands: Vec<Command>,
    /// Whether it does something, rather than only showing it.
    has_commands: bool,
    passages: HashSet<String>,
}

/// A command, statement or file of a step.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Command {
    snippet: String,
    code: Option<String>,
    /// How it was verified, where its author says so.
    pub(super) verified: Option<String>,
}

impl Coverage {
    /// Of a page, its partials included.
    pub(super) fn of(document: &Document) -> Self {
        let mut coverage = Self::default();
        visit(document, &mut |combination| coverage.add(combination));
        coverage
    }

    /// Adds the next combination of those that are [visited](visit).
    pub(super) fn add(&mut self, combination: &Combination<'_>) {
        let steps = combination.guide.steps();
        // The first guide has nothing chosen, and so every step in its place.
        if combination.answers.is_empty() {
            self.steps = steps.iter().map(|step| Covered::new(step)).collect();
            let choices = combination.guide.inputs.iter().filter(|input| is_choice(input));
            self.choices = choices.map(|input| input.name.clone()).collect();
        }
        if !combination.is_whole {
            return;
        }
        let index = self.combinations.len();
        self.combinations.push(combination.guide.inputs.iter().filter_map(made).collect());
        for step in steps {
            if let Some(covered) = self.steps.iter_mut().find(|covered| covered.id == step.id) {
                covered.variants.push(Variant::new(index, step));
            }
        }
    }
}

fn is_choice(input: &Input) -> bool {
    matches!(input.kind, InputKind::Choice(_))
}

/// The answer to a choice that was made, or that has only one.
fn made(input: &Input) -> Option<Answer> {
    let InputKind::Choice(options) = &input.kind else { return None };
    let is_made = |option: &&ChoiceOption| options.len() == 1 || input.answer.as_ref() == Some(&option.value);
    let option = options.iter().find(is_made)?;
    Some(Answer { name: input.name.clone(), label: option.label.clone() })
}

impl Covered {
    fn new(step: &Step) -> Self {
        Self { id: step.id.clone(), title: step.title_text().trim().to_owned(), variants: Vec::new() }
    }

    /// The variants that are left without a word.
    pub(super) fn holes(&self) -> impl Iterator<Item = &Variant> {
        let served: Vec<&Variant> = self.variants.iter().filter(|variant| variant.has_commands).collect();
        let says_nothing = move |variant: &&Variant| {
            !served.is_empty()
                && !variant.has_commands
                && served.iter().all(|other| variant.passages.is_subset(&other.passages))
        };
        self.variants.iter().filter(says_nothing)
    }
}

impl Variant {
    fn new(combination: usize, step: &Step) -> Self {
        let mut passages = HashSet::new();
        collect(&step.body, &mut passages);
        let snippets = step.snippets();
        let commands = snippets.iter().filter(|snippet| snippet.role != Role::Original);
        Self {
            combination,
            commands: commands.map(|snippet| Command::new(snippet)).collect(),
            has_commands: snippets.iter().any(|snippet| matches!(snippet.role, Role::Apply | Role::Undo)),
            passages,
        }
    }
}

impl Command {
    fn new(snippet: &Snippet) -> Self {
        Self { snippet: snippet.id.clone(), code: snippet.text(), verified: snippet.facts.verified.clone() }
    }
}

/// The blocks that hold no others, in a form that can be compared.
fn collect(blocks: &[Block], passages: &mut HashSet<String>) {
    for block in blocks {
        let mut bodies = block.bodies().peekable();
        match bodies.peek() {
            Some(_) => bodies.for_each(|body| collect(body, passages)),
            None => {
                passages.insert(format!("{block:?}"));
            }
        }
    }
}
