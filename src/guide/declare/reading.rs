//! Reads the declarations of a page, and works out the scenarios that their answers leave open.

use std::cmp::Ordering;

use super::bound::{MOST_NAMES, size};
use super::{Declared, DeclaredKind, DeclaredOption, Inputs, declares, name_of};
use crate::environment::value::{TypedValue, ValueType};
use crate::environment::{Environment, Objection};
use crate::guide::TOO_MANY;
use crate::guide::locals::{Locals, NO_LOCALS};
use crate::markdoc::{Guard, Node, Problem, Span, Value, branches, number_text, suggest};

/// More scenarios than any page for people has; beyond it, which is a problem, only the
/// first option of an open choice counts: a hostile page would take all memory, and a passage
/// that is another in each of them the square of their number in time.
const MOST_SCENARIOS: usize = 2048;

/// How many questions and names a page may have: each is looked for among all of them.
const MOST_DECLARED: usize = 1000;

/// As many as a scenario can count.
const MOST_OPTIONS: usize = u8::MAX as usize;

/// What a choice met among the scenarios before it.
#[derive(Default)]
struct Met {
    /// Whether anybody is asked.
    asked: bool,
    /// Whether the answer is possible for somebody.
    possible: bool,
    /// Whether more scenarios would be than there may.
    too_many: bool,
}

impl<'a> Inputs<'a> {
    pub(super) fn read(
        &mut self,
        node: &'a Node,
        environment: &'a Environment,
        guards: &mut Vec<Guard<'a>>,
        problems: &mut Vec<Problem>,
    ) {
        match node.tag() {
            Some(tag) if declares(tag) && self.declared.len() >= MOST_DECLARED => {
                let message =
                    format!("a page has at most {MOST_DECLARED} questions and names: this is left out");
                problems.push(Problem::error(node.span, message).coded("declared-many"));
            }
            Some("choice") => self.read_choice(node, environment, guards, problems),
            Some("input") => self.read_value(node, environment, guards, problems),
            Some("let") => self.read_named(node, guards, problems),
            _ => {}
        }
        match node.tag() {
            Some("if") => {
                let depth = guards.len();
                for branch in branches(node) {
                    for child in branch.children {
                        guards.extend(branch.guards.iter().cloned());
                        self.read(child, environment, guards, problems);
                        guards.truncate(depth);
                    }
                }
            }
            // Where its end was forgotten, a question holds those that follow.
            _ => node.children.iter().for_each(|child| self.read(child, environment, guards, problems)),
        }
    }

    fn read_choice(
        &mut self,
        node: &'a Node,
        environment: &'a Environment,
        guards: &[Guard<'a>],
        problems: &mut Vec<Problem>,
    ) {
        let Some(name) = declared_name(node, problems) else { return };
        let mut options = Vec::new();
        read_options(&node.children, &mut Vec::new(), &mut options, problems);
        if let Some(twice) = twice(options.iter().map(|option| option.value)) {
            let message = format!("the choice `{name}` has two options with the value `{twice}`");
            problems.push(Problem::error(node.span, message));
        }
        if options.is_empty() {
            problems.push(Problem::error(node.span, format!("the choice `{name}` has no `option`")));
            return;
        }
        if options.len() > MOST_OPTIONS {
            let message = format!("the choice `{name}` has more than {MOST_OPTIONS} options");
            problems.push(Problem::error(node.span, message));
            options.truncate(MOST_OPTIONS);
        }
        let answer = environment.get(name);
        let answered = answer.and_then(|answer| options.iter().position(|option| option.value == answer));

        let met = self.multiply(&options, answered, guards);
        if met.too_many {
            let message =
                "the open choices have more combinations than can be shown, so some cases are missing";
            problems.push(Problem::error(node.span, message).coded(TOO_MANY));
        }
        let error = match (answer, answered) {
            (Some(answer), None) => Some(Objection::NoAnswer(answer.to_owned())),
            (Some(_), Some(option)) if met.asked && !met.possible => {
                let DeclaredOption { label, guards, .. } = &options[option];
                Some(Objection::Impossible((*label).to_owned(), self.answers_in(guards)))
            }
            _ => None,
        };
        let kind = DeclaredKind::Choice { index: self.choices(), options };
        self.declare(Declared::new(name, node, kind, answer, error), guards);
        self.report_twice(node.span, problems);
    }

    /// Makes of each scenario one for every option that is open in it, or for the one that was
    /// answered where that is.
    fn multiply(
        &mut self,
        options: &[DeclaredOption<'a>],
        answered: Option<usize>,
        guards: &[Guard<'a>],
    ) -> Met {
        // `parents` says from which scenario each came.
        let (mut scenarios, mut parents) = (Vec::new(), Vec::new());
        let mut met = Met::default();
        for (index, scenario) in self.scenarios.iter().enumerate() {
            let available: Vec<usize> = if self.holds(guards, index) {
                (0..options.len()).filter(|&option| self.holds(&options[option].guards, index)).collect()
            } else {
                Vec::new()
            };
            met.asked |= !available.is_empty();
            let taken: Vec<Option<u8>> = match answered.filter(|answered| available.contains(answered)) {
                Some(answered) => {
                    met.possible = true;
                    vec![u8::try_from(answered).ok()]
                }
                None if available.is_empty() => vec![None],
                None => available.iter().map(|&option| u8::try_from(option).ok()).collect(),
            };
            // Each of those that follow becomes at least one.
            let following = self.scenarios.len() - index - 1;
            let fits = scenarios.len() + taken.len() + following <= MOST_SCENARIOS;
            met.too_many |= !fits;
            for option in taken.into_iter().take(if fits { usize::MAX } else { 1 }) {
                scenarios.push(scenario.extended(option));
                parents.push(index);
            }
        }
        for declared in &mut self.declared {
            declared.applies = parents.iter().map(|&parent| declared.applies(parent)).collect();
            declared.worth = parents.iter().map(|&parent| declared.worth(parent)).collect();
        }
        self.scenarios = scenarios;
        met
    }

    fn read_value(
        &mut self,
        node: &'a Node,
        environment: &'a Environment,
        guards: &[Guard<'a>],
        problems: &mut Vec<Problem>,
    ) {
        let Some(name) = declared_name(node, problems) else { return };
        let type_name = node.string("type").unwrap_or("text");
        let Some(value_type) = ValueType::from_name(type_name) else {
            let message = format!("an input cannot be of the type `{type_name}`");
            problems.push(Problem::error(node.span, message).coded("input-type"));
            return;
        };
        let default = text_or_number(node, "default").unwrap_or_default();
        let range = Range::of(node, name, value_type, problems);
        let refused = match value_type.parse(&default) {
            Ok(value) => range.refuses(&value),
            Err(invalid) => Some(Objection::Invalid(invalid.0)),
        };
        if let Some(why) = refused.filter(|_| !default.is_empty()) {
            problems.push(Problem::error(node.span, format!("the default of `{name}` is not valid: {why}")));
        }
        if range.is_empty(value_type) {
            let message = format!("no value of `{name}` is at least its `min` and at most its `max`");
            problems.push(Problem::error(node.span, message));
        }
        let answer = environment.get(name).filter(|answer| !answer.trim().is_empty());
        let error = answer.and_then(|answer| match value_type.parse(answer) {
            Ok(value) => range.refuses(&value),
            Err(invalid) => Some(Objection::Invalid(invalid.0)),
        });
        let suggest = node.attribute("suggest");
        if let Some(value) = suggest {
            report_undefined(value, self, &NO_LOCALS, node.span, problems);
        }
        let kind = DeclaredKind::Value { value_type, default, range, suggest };
        self.declare(Declared::new(name, node, kind, answer, error), guards);
        self.report_twice(node.span, problems);
    }

    /// Reports that the last question is asked twice of the same reader, and asks it once.
    fn report_twice(&mut self, span: Span, problems: &mut Vec<Problem>) {
        let Some((last, before)) = self.declared.split_last_mut() else { return };
        let mut is_twice = false;
        for other in before.iter().filter(|other| other.name == last.name) {
            for (own, others) in last.applies.iter_mut().zip(&other.applies) {
                let is_both = *own && *others && !matches!(other.kind, DeclaredKind::Named(_));
                is_twice |= is_both;
                *own &= !is_both;
            }
        }
        if is_twice {
            let message = format!("`{}` is asked twice of the same reader: only the first counts", last.name);
            problems.push(Problem::error(span, message).coded("input-duplicate").about(last.name, None));
        }
    }

    fn read_named(&mut self, node: &'a Node, guards: &[Guard<'a>], problems: &mut Vec<Problem>) {
        let Some(name) = declared_name(node, problems) else { return };
        let value = node.attribute("value").unwrap_or(&Value::Null);
        report_undefined(value, self, &NO_LOCALS, node.span, problems);
        self.declare(Declared::new(name, node, DeclaredKind::Named(value), None, None), guards);
        let is_known = |scenario: &usize| self.declared.last().is_some_and(|named| named.applies(*scenario));
        let known_in = (0..self.scenarios.len()).find(is_known);
        if known_in.is_some_and(|scenario| self.bound(scenario, &NO_LOCALS).is_too_large(name)) {
            let message = format!("`{name}` is made of more than {MOST_NAMES} others, and so is nothing");
            problems.push(Problem::error(node.span, message).coded("let-large").about(name, None));
        }
    }

    /// The labels of the answers in use that these conditions ask for by their names.
    fn answers_in(&self, guards: &[Guard<'_>]) -> Vec<String> {
        let mut names = Vec::new();
        guards
            .iter()
            .for_each(|guard| guard.condition().variables(&mut |variable| names.push(variable.name())));
        let is_meant = |declared: &&Declared<'_>| declared.error.is_none() && names.contains(&declared.name);
        let asked_for = self.declared.iter().filter(is_meant);
        let label = |declared: &Declared<'_>| match &declared.kind {
            DeclaredKind::Choice { options, .. } => {
                let taken = options.iter().find(|option| declared.answer == Some(option.value))?;
                Some(taken.label.to_owned())
            }
            _ => None,
        };
        asked_for.filter_map(label).collect()
    }
}

/// What an attribute says of a value that is typed, where it does.
fn text_or_number(node: &Node, attribute: &str) -> Option<String> {
    match node.attribute(attribute)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number_text(*number)),
        _ => None,
    }
}

/// The sizes, numbers or versions that an input takes: from its `min` to its `max`, where these
/// are written.
pub(super) struct Range {
    min: Option<String>,
    max: Option<String>,
}

impl Range {
    /// The bounds that an input is declared with. What can be none is reported, and bounds nothing.
    fn of(input: &Node, name: &str, value_type: ValueType, problems: &mut Vec<Problem>) -> Self {
        let mut bound = |which| {
            let text = text_or_number(input, which)?;
            // A size without quotes has lost its unit, and 1.10 as a number would be 1.1.
            let is_written = value_type == ValueType::Number || input.string(which).is_some();
            if is_written && value_type.takes_bound(&text) {
                return Some(text);
            }
            let why = match value_type {
                ValueType::Size => "write a size, such as `64MB`",
                ValueType::Version if !is_written => "write a version between quotes, such as `\"1.4\"`",
                ValueType::Version => "write the numbers that a version begins with, such as `1.4`",
                ValueType::Number => "write a whole number, such as `3`",
                _ => "only a `size`, a `number` and a `version` have bounds",
            };
            let message = format!("the `{which}` of `{name}` cannot be `{text}`: {why}");
            let written = input.attributes.annotations().iter().find(|written| written.name == which);
            let span = written.map_or(input.span, |written| written.span);
            problems.push(Problem::error(span, message).coded("input-bound").about(&text, None));
            None
        };
        Self { min: bound("min"), max: bound("max") }
    }

    /// Whether no value of this type is inside.
    fn is_empty(&self, value_type: ValueType) -> bool {
        // A version's bound may be the first of its numbers alone.
        let parsed = |min: &str| {
            let mut rests = ["", ".0", ".0.0"].into_iter();
            rests.find_map(|rest| value_type.parse(&[min, rest].concat()).ok())
        };
        let least = self.min.as_deref().and_then(parsed);
        least.is_some_and(|least| matches!(self.refuses(&least), Some(Objection::AtMost(_))))
    }

    /// Why a value is outside.
    pub(super) fn refuses(&self, value: &TypedValue) -> Option<Objection> {
        let compared = |bound: &str| match value {
            TypedValue::Size(given) => Some(given.cmp(&size(bound)?)),
            TypedValue::Number(given) => given.compared_with(bound),
            TypedValue::Version(given) => Some(given.compared_with(bound)),
            _ => None,
        };
        match (&self.min, &self.max) {
            (Some(min), _) if compared(min) == Some(Ordering::Less) => Some(Objection::AtLeast(min.clone())),
            (_, Some(max)) if compared(max) == Some(Ordering::Greater) => {
                Some(Objection::AtMost(max.clone()))
            }
            _ => None,
        }
    }
}

fn read_options<'a>(
    nodes: &'a [Node],
    guards: &mut Vec<Guard<'a>>,
    options: &mut Vec<DeclaredOption<'a>>,
    problems: &mut Vec<Problem>,
) {
    for node in nodes {
        match node.tag() {
            Some("option") => {
                match node.string("value").or_else(|| node.string("primary")) {
                    Some(value) => options.push(DeclaredOption {
                        value,
                        label: node.string("label").unwrap_or(value),
                        hint: node.string("hint"),
                        guards: guards.clone(),
                    }),
                    None => {
                        let problem = Problem::error(node.span, "an `option` needs a `value`");
                        problems.push(problem.coded("option-unnamed"));
                    }
                }
                // Those that follow, where its end was forgotten.
                read_options(&node.children, guards, options, problems);
            }
            // Its options are its own.
            Some("choice") => {}
            Some("if") => {
                let depth = guards.len();
                for branch in branches(node) {
                    guards.extend(branch.guards);
                    for child in branch.children {
                        read_options(std::slice::from_ref(child), guards, options, problems);
                    }
                    guards.truncate(depth);
                }
            }
            _ => read_options(&node.children, guards, options, problems),
        }
    }
}

/// A text that is there twice.
fn twice<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let mut before = texts.clone().enumerate();
    before.find(|(place, text)| texts.clone().take(*place).any(|other| other == *text)).map(|(_, text)| text)
}

fn declared_name<'a>(node: &'a Node, problems: &mut Vec<Problem>) -> Option<&'a str> {
    let name = name_of(node);
    if name.is_none() {
        let tag = node.tag().unwrap_or_default();
        let message = format!("`{tag}` needs a `name`, which its variable will have");
        problems.push(Problem::error(node.span, message).coded("input-unnamed"));
    }
    name
}

/// Reports the variables of a value that nothing declares.
pub(in crate::guide) fn report_undefined(
    value: &Value,
    inputs: &Inputs<'_>,
    locals: &Locals<'_>,
    span: Span,
    problems: &mut Vec<Problem>,
) {
    value.variables(&mut |variable| {
        let name = variable.name();
        if !inputs.declares(name) && !locals.declares(name) {
            let message = ["no `choice`, `input` or `let` declares the variable `$", name, "`"].concat();
            let problem = Problem::error(span, message).coded("variable-undefined");
            problems.push(problem.about(name, suggest(name, inputs.names())));
        }
    });
}
