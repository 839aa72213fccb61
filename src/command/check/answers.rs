//! Comparisons that hold for nobody: `equals($engine, "postgress")`, where the choice
//! `engine` has no such option, `equals($port, 3306)`, as what a reader types is text, and
//! `equals($engine)`, which compares nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::text::{place_of, written};
use crate::guide::name_of;
use crate::markdoc::{Document, Function, Node, Problem, Span, Value, number_text, suggest};

/// The options of each choice of a page, by the choice's name.
type Choices<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// The comparisons with an answer that nobody can give.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut choices = Choices::new();
    let (mut inputs, mut others) = (BTreeSet::new(), BTreeSet::new());
    for node in document.nodes() {
        collect(node, &mut choices, &mut inputs, &mut others);
    }
    let mut texts: BTreeSet<&str> = choices.keys().copied().chain(inputs.iter().copied()).collect();
    texts.retain(|name| !others.contains(name));
    choices.retain(|name, _| texts.contains(name) && !inputs.contains(name));
    let mut problems = Vec::new();
    let answers = Answers { document, choices, texts };
    for node in document.nodes() {
        for (name, value) in &node.attributes {
            comparisons(value, place_of(node, name), &answers, &mut problems);
        }
    }
    problems
}

/// What the variables of a page can be.
struct Answers<'a> {
    document: &'a Document,
    choices: Choices<'a>,
    /// The names that stand for a text alone: a reader's answer.
    texts: BTreeSet<&'a str>,
}

/// Finds the choices, the inputs, and the names that may stand for something else besides:
/// those of `let`, and of what a partial is given.
fn collect<'a>(
    node: &'a Node,
    choices: &mut Choices<'a>,
    inputs: &mut BTreeSet<&'a str>,
    others: &mut BTreeSet<&'a str>,
) {
    match (node.tag(), node.attribute("variables")) {
        (Some("choice"), _) => {
            if let Some(name) = name_of(node) {
                let options = node.descendants().filter(|node| node.tag() == Some("option"));
                let values =
                    options.filter_map(|node| node.string("value").or_else(|| node.string("primary")));
                choices.entry(name).or_default().extend(values);
            }
        }
        (Some("input"), _) => inputs.extend(name_of(node)),
        (Some("let"), _) => others.extend(name_of(node)),
        (Some("partial"), Some(Value::Object(values))) => {
            others.extend(values.iter().map(|(name, _)| name.as_str()));
        }
        _ => {}
    }
}

fn comparisons(value: &Value, span: Span, answers: &Answers<'_>, problems: &mut Vec<Problem>) {
    match value {
        Value::Function(function) => {
            problems.extend(impossible(function, span, answers));
            function.parameters.iter().for_each(|(_, value)| comparisons(value, span, answers, problems));
        }
        Value::Array(items) => items.iter().for_each(|item| comparisons(item, span, answers, problems)),
        Value::Object(entries) => {
            entries.iter().for_each(|(_, value)| comparisons(value, span, answers, problems));
        }
        _ => {}
    }
}

/// What is wrong with this one, if it compares a choice with what is none of its options.
fn impossible(function: &Function, span: Span, answers: &Answers<'_>) -> Option<Problem> {
    if function.name != "equals" {
        return None;
    }
    let [(_, one), (_, other)] = function.parameters.as_slice() else { return alone(function, span) };
    let (variable, given) = match (one, other) {
        (Value::Variable(variable), Value::String(given))
        | (Value::String(given), Value::Variable(variable)) => (variable, given),
        (Value::Variable(variable), other) | (other, Value::Variable(variable)) => {
            return no_text(variable.name(), other, span, answers);
        }
        _ => return None,
    };
    let options = answers.choices.get(variable.name())?;
    if options.contains(given.as_str()) {
        return None;
    }
    let meant = suggest(given, options.iter().copied());
    let hint = meant.map_or_else(
        || format!(": it has {}", options.iter().copied().collect::<Vec<_>>().join(", ")),
        |meant| format!(": did you mean `{meant}`?"),
    );
    let message = format!("the choice `{}` has no option `{given}`{hint}", variable.name());
    let place = answers.place(span, variable.name(), &quoted(given));
    Some(Problem::error(place, message).coded("option-undefined").about(given, meant))
}

/// As it is written in a tag.
fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

/// What is wrong where one value is compared with no other.
fn alone(function: &Function, span: Span) -> Option<Problem> {
    let example = match function.parameters.as_slice() {
        [] => "equals($name, \"…\")".to_owned(),
        [(_, Value::Variable(variable))] => format!("equals(${}, \"…\")", variable.name()),
        [_] => "equals(…, …)".to_owned(),
        _ => return None,
    };
    let message = format!("`equals` compares two values: write `{example}`");
    Some(Problem::error(span, message).coded("equals-alone").about("equals", None))
}

/// What is wrong where an answer is compared with a number or a truth value.
fn no_text(name: &str, given: &Value, span: Span, answers: &Answers<'_>) -> Option<Problem> {
    let given = match given {
        Value::Number(number) => number_text(*number),
        Value::Bool(truth) => truth.to_string(),
        _ => return None,
    };
    answers.texts.get(name)?;
    let message = format!(
        "`${name}` is always a text, and so never equals {given}: write `equals(${name}, \"{given}\")`"
    );
    let place = answers.place(span, name, &given);
    Some(Problem::error(place, message).coded("equals-type").about(&given, Some(&quoted(&given))))
}

impl Answers<'_> {
    /// The comparison of a variable with this in a place, which may hold others.
    fn place(&self, span: Span, name: &str, given: &str) -> Span {
        let text = written(self.document, span);
        let variable = format!("${name}");
        let mut comparisons = text.match_indices("equals(").filter_map(|(at, _)| {
            let rest = text.get(at..)?;
            Some((at, rest.get(..rest.find(')')?)?))
        });
        let is_it = |(_, comparison): &(usize, &str)| {
            let inside = comparison.split(['(', ',']).map(str::trim);
            inside.clone().any(|part| part == variable) && inside.clone().any(|part| part == given)
        };
        comparisons.find(is_it).map_or(span, |(at, comparison)| {
            let start = span.start + at as u32;
            Span { start, end: start + comparison.len() as u32, ..span }
        })
    }
}
