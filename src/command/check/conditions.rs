//! Conditions that compare what nobody may have typed yet: until somebody has, they do not hold,
//! and readers see the other branch as if they knew.

use std::collections::HashSet;

use crate::guide::name_of;
use crate::markdoc::{Document, Node, Problem, Value};

/// The comparisons of values that have no default.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let open: HashSet<&str> = document.nodes().filter(|node| is_open(node)).filter_map(name_of).collect();
    let compared = document.nodes().flat_map(|node| {
        let value = match node.tag() {
            Some("if" | "else") => node.attribute("primary"),
            Some("let") => node.attribute("value"),
            _ => None,
        };
        let mut names = Vec::new();
        value.into_iter().for_each(|value| collect(value, &mut names));
        names.into_iter().filter(|name| open.contains(*name)).map(move |name| {
            let message = format!(
                "nobody may have typed `${name}` yet, and until then this does not hold: give it a default, or ask with a `choice`"
            );
            Problem::warning(node.span, message).coded("condition-open").about(name, None)
        })
    });
    compared.collect()
}

/// Whether this asks for a value and has none to begin with.
fn is_open(node: &Node) -> bool {
    let default = node.attribute("default");
    node.tag() == Some("input")
        && default.is_none_or(|default| matches!(default, Value::String(text) if text.is_empty()))
}

/// The variables that a value compares. To ask whether there is one at all is another matter.
fn collect<'a>(value: &'a Value, names: &mut Vec<&'a str>) {
    let Value::Function(function) = value else { return };
    for (_, parameter) in &function.parameters {
        match parameter {
            Value::Variable(variable) if function.name == "equals" => names.push(variable.name()),
            inner => collect(inner, names),
        }
    }
}
