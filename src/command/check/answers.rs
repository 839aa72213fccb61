//! Comparisons that hold for nobody: `equals($engine, "postgress")`, where the choice
//! `engine` has no such option.

use std::collections::{BTreeMap, BTreeSet};

use crate::markdoc::{Document, Function, Node, Problem, Span, Value, suggest};

/// The options of each choice of a page, by the choice's name.
type Choices<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// The comparisons with an answer that nobody can give.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut choices = Choices::new();
    let mut others = BTreeSet::new();
    for node in &document.children {
        collect(node, &mut choices, &mut others);
    }
    choices.retain(|name, _| !others.contains(name));
    let mut problems = Vec::new();
    if !choices.is_empty() {
        document.children.iter().for_each(|node| judge(node, &choices, &mut problems));
    }
    problems
}

/// Finds the choices, and the names that may stand for something else besides: those of
/// `let`, of `input`, and of what a partial is given.
fn collect<'a>(node: &'a Node, choices: &mut Choices<'a>, others: &mut BTreeSet<&'a str>) {
    let name = || node.string("name").or_else(|| node.string("primary"));
    match (node.tag(), node.attribute("variables")) {
        (Some("choice"), _) => {
            if let Some(name) = name() {
                options(&node.children, choices.entry(name).or_default());
            }
        }
        (Some("let" | "input"), _) => others.extend(name()),
        (Some("partial"), Some(Value::Object(values))) => {
            others.extend(values.iter().map(|(name, _)| name.as_str()));
        }
        _ => {}
    }
    node.children.iter().for_each(|child| collect(child, choices, others));
}

fn options<'a>(nodes: &'a [Node], values: &mut BTreeSet<&'a str>) {
    for node in nodes {
        match node.tag() {
            Some("option") => values.extend(node.string("value").or_else(|| node.string("primary"))),
            _ => options(&node.children, values),
        }
    }
}

fn judge(node: &Node, choices: &Choices<'_>, problems: &mut Vec<Problem>) {
    for (name, value) in &node.attributes {
        // As narrow a place as is known.
        let written = node.attributes.annotations().iter().find(|annotation| annotation.name == **name);
        comparisons(value, written.map_or(node.span, |written| written.span), choices, problems);
    }
    node.children.iter().for_each(|child| judge(child, choices, problems));
}

fn comparisons(value: &Value, span: Span, choices: &Choices<'_>, problems: &mut Vec<Problem>) {
    match value {
        Value::Function(function) => {
            problems.extend(impossible(function, span, choices));
            function.parameters.iter().for_each(|(_, value)| comparisons(value, span, choices, problems));
        }
        Value::Array(items) => items.iter().for_each(|item| comparisons(item, span, choices, problems)),
        Value::Object(entries) => {
            entries.iter().for_each(|(_, value)| comparisons(value, span, choices, problems));
        }
        _ => {}
    }
}

/// What is wrong with this one, if it compares a choice with what is none of its options.
fn impossible(function: &Function, span: Span, choices: &Choices<'_>) -> Option<Problem> {
    let [(_, one), (_, other)] = function.parameters.as_slice() else { return None };
    let (variable, given) = match (one, other) {
        (Value::Variable(variable), Value::String(given))
        | (Value::String(given), Value::Variable(variable)) => (variable, given),
        _ => return None,
    };
    let options = choices.get(variable.name()).filter(|_| function.name == "equals")?;
    if options.contains(given.as_str()) {
        return None;
    }
    let meant = suggest(given, options.iter().copied());
    let hint = meant.map_or_else(
        || format!(": it has {}", options.iter().copied().collect::<Vec<_>>().join(", ")),
        |meant| format!(": did you mean `{meant}`?"),
    );
    let message = format!("the choice `{}` has no option `{given}`{hint}", variable.name());
    Some(Problem::error(span, message).coded("option-undefined").about(given, meant))
}
