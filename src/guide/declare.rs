//! The inputs that a page declares with `choice`, `option` and `input`, what it names with
//! `let`, and what all of them are worth in each scenario.

mod asked;
mod bound;
mod once;
mod reading;

use std::cell::Cell;

use super::locals::{Locals, NO_LOCALS};
use super::scenario::{Audience, Scenario, describe};
use crate::environment::value::ValueType;
use crate::environment::{Environment, Objection};
use crate::markdoc::{Document, Guard, Node, Problem, Value};
pub use bound::function;
pub(super) use bound::{Bound, MOST_NAMES};
pub(super) use once::{Names, Once};
use reading::Range;
pub(super) use reading::report_undefined;

/// Whether a tag declares what a variable is worth.
pub(crate) fn declares(tag: &str) -> bool {
    matches!(tag, "choice" | "input" | "let")
}

/// The name that a declaration gives its variable, which its first value may be.
pub(crate) fn name_of(node: &Node) -> Option<&str> {
    node.string("name").or_else(|| node.string("primary"))
}

/// Whether a tag declares something, or is a part of one that does, and so stands for nothing
/// where it stands.
pub(super) fn asks(tag: &str) -> bool {
    declares(tag) || matches!(tag, "option" | "else")
}

/// Everything a page asks, with the reader's answers.
pub(super) struct Inputs<'a> {
    declared: Vec<Declared<'a>>,
    scenarios: Vec<Scenario>,
    /// How many names were looked behind for the variable that is looked at.
    names_behind: Cell<usize>,
}

/// One `choice`, `input` or `let` tag.
struct Declared<'a> {
    name: &'a str,
    label: &'a str,
    hint: Option<&'a str>,
    kind: DeclaredKind<'a>,
    answer: Option<&'a str>,
    error: Option<Objection>,
    /// For each scenario whether it is asked there.
    applies: Vec<bool>,
    /// For each scenario a number: its name is worth the same where that is the same.
    worth: Vec<u16>,
}

enum DeclaredKind<'a> {
    /// `index` counts the choices.
    Choice { index: usize, options: Vec<DeclaredOption<'a>> },
    Value {
        value_type: ValueType,
        default: String,
        range: Range,
        /// What the page works out for the reader.
        suggest: Option<&'a Value>,
    },
    /// A name for a value that the page works out; nobody is asked.
    Named(&'a Value),
}

struct DeclaredOption<'a> {
    value: &'a str,
    label: &'a str,
    hint: Option<&'a str>,
    guards: Vec<Guard<'a>>,
}

impl<'a> Inputs<'a> {
    /// Reads the declarations of a page and works out the scenarios that the answers
    /// leave open.
    pub(super) fn declared_in(
        document: &'a Document,
        environment: &'a Environment,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut inputs =
            Self { declared: Vec::new(), scenarios: vec![Scenario::default()], names_behind: Cell::new(0) };
        let mut guards = Vec::new();
        for node in &document.children {
            inputs.read(node, environment, &mut guards, problems);
        }
        inputs
    }

    /// Every scenario that is still open.
    pub(super) fn everyone(&self) -> Audience {
        Audience::everyone(self.scenarios.len())
    }

    /// Those for whom a condition is true, and the others.
    pub(super) fn split(
        &self,
        audience: &Audience,
        condition: &Value,
        locals: &Locals<'_>,
    ) -> (Audience, Audience) {
        let mut is_true = self.once(Names::in_value(condition), locals);
        audience.split(|scenario| {
            is_true.of(scenario, || {
                condition.evaluate(&Bound { in_condition: true, ..self.bound(scenario, locals) }).is_truthy()
            })
        })
    }

    /// What sets an audience apart from a larger one, in the reader's words.
    pub(super) fn describe(&self, audience: &Audience, whole: &Audience) -> String {
        let labels: Vec<Vec<&str>> = self
            .declared
            .iter()
            .filter_map(|declared| match &declared.kind {
                DeclaredKind::Choice { options, .. } => Some(options.iter().map(|o| o.label).collect()),
                DeclaredKind::Value { .. } | DeclaredKind::Named(_) => None,
            })
            .collect();
        describe(&self.scenarios, &labels, audience, whole)
    }

    /// The variables as they are in one scenario.
    pub(super) fn bound<'b>(&'b self, scenario: usize, locals: &'b Locals<'b>) -> Bound<'b> {
        Bound {
            inputs: self,
            scenario,
            locals,
            known: self.declared.len(),
            nested: false,
            in_condition: false,
        }
    }

    /// Whether a name is declared at all, in whatever scenario.
    pub(super) fn declares(&self, name: &str) -> bool {
        self.declared.iter().any(|declared| declared.name == name)
    }

    /// Every name that is declared.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.declared.iter().map(|declared| declared.name)
    }

    /// The values that a name stands for among the first declarations, for these readers or for
    /// any at all, each with how many declarations it knows itself.
    pub(super) fn named(
        &self,
        name: &str,
        known: usize,
        audience: Option<&Audience>,
    ) -> impl Iterator<Item = (usize, &'a Value)> {
        let declared = self.declared.iter().take(known).enumerate();
        declared.filter_map(move |(before, declared)| match declared.kind {
            DeclaredKind::Named(value)
                if declared.name == name
                    && audience
                        .is_none_or(|audience| audience.any(|scenario| declared.applies(scenario))) =>
            {
                Some((before, value))
            }
            _ => None,
        })
    }

    /// Adds a declaration. Its guards see only what was declared before it, so that no two
    /// can wait for each other.
    fn declare(&mut self, mut declared: Declared<'a>, guards: &[Guard<'a>]) {
        let mut once = self.once(Names::asked_by(guards), &NO_LOCALS);
        let applies = |scenario| once.of(scenario, || self.holds(guards, scenario));
        declared.applies = (0..self.scenarios.len()).map(applies).collect();
        declared.worth = self.number_worth(&declared);
        self.declared.push(declared);
    }

    fn holds(&self, guards: &[Guard<'_>], scenario: usize) -> bool {
        self.bound(scenario, &NO_LOCALS).meets(guards)
    }

    fn choices(&self) -> usize {
        self.declared.iter().filter(|declared| matches!(declared.kind, DeclaredKind::Choice { .. })).count()
    }
}

impl<'a> Declared<'a> {
    /// A declaration of which it is not known yet where it applies.
    fn new(
        name: &'a str,
        node: &'a Node,
        kind: DeclaredKind<'a>,
        answer: Option<&'a str>,
        error: Option<Objection>,
    ) -> Self {
        Self {
            name,
            label: node.string("label").unwrap_or(name),
            hint: node.string("hint"),
            kind,
            answer,
            error,
            applies: Vec::new(),
            worth: Vec::new(),
        }
    }

    fn applies(&self, scenario: usize) -> bool {
        self.applies.get(scenario).copied().unwrap_or(false)
    }

    fn worth(&self, scenario: usize) -> u16 {
        self.worth.get(scenario).copied().unwrap_or(0)
    }
}
