//! Attributes whose values are of another type than they may have, with what to write instead:
//! `minutes="5"` is `minutes=5`. So is a condition that is written as an attribute: `engine="mysql"`.
//! And numbers of which readers would get another: `expect=1.10`.
//!
//! Start with [`cure`].

use super::text::written;
use crate::guide::schemas;
use crate::markdoc::{
    Annotation, AttributeSchema, Document, Node, Problem, Schemas, Type, Value, number_text,
};

/// Says of values of the wrong type what to write instead, where that is known.
pub(super) fn cure(document: &Document, problems: &mut [Problem]) {
    let schemas = schemas();
    for problem in problems {
        let cure = match problem.code {
            Some("attribute-type-invalid") => wrong_type(document, &schemas, problem),
            Some("attribute-undefined") => condition(document, problem),
            _ => None,
        };
        match cure {
            Some(Cure::Written(meant)) => {
                let given = written(document, problem.span).to_owned();
                problem.message.push_str(&format!(": write `{meant}`"));
                *problem = problem.clone().about(&given, Some(&meant));
            }
            Some(Cure::Said(message)) => problem.message = message,
            None => {}
        }
    }
}

/// The numbers that stand for a text, and would be another one.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let annotations = document.nodes().flat_map(|node| node.attributes.annotations());
    annotations.filter_map(|annotation| changed_number(document, annotation)).collect()
}

/// A number is known by what it is worth: 1.10 is 1.1. Bounds are asked for as versions already.
fn changed_number(document: &Document, annotation: &Annotation) -> Option<Problem> {
    let Annotation { name, value: Value::Number(number), span } = annotation else { return None };
    let is_text = matches!(name.as_str(), "default" | "expect" | "value");
    let given = written(document, *span);
    let (_, digits) = given.split_once('=').filter(|_| is_text)?;
    let (digits, read) = (digits.trim(), number_text(*number));
    if digits == read {
        return None;
    }
    let meant = format!("{name}=\"{digits}\"");
    let message = format!("`{name}` would be {read}, as {digits} is a number here: write `{meant}`");
    Some(Problem::error(*span, message).coded("number-changed").about(given, Some(&meant)))
}

enum Cure {
    /// What to write for all that is wrong.
    Written(String),
    /// What is said instead.
    Said(String),
}

fn wrong_type(document: &Document, schemas: &Schemas, problem: &Problem) -> Option<Cure> {
    let (node, name) = attribute(document, problem)?;
    let schema = match node.tag() {
        Some(tag) => schemas.tag(tag),
        None => schemas.node(node.kind.name()),
    };
    let schema = schema?.attribute(name)?;
    let (_, value) = written(document, problem.span).split_once('=')?;
    Some(match instead(schema, node.attribute(name)?, value) {
        Some(meant) => Cure::Written(format!("{name}={meant}")),
        None => Cure::Said(format!("{}, as in `{name}={}`", problem.message, example(schema)?)),
    })
}

/// The node that a problem is of, and the name of its attribute.
fn attribute<'a>(document: &'a Document, problem: &Problem) -> Option<(&'a Node, &'a str)> {
    document.nodes().find_map(|node| {
        let annotations = node.attributes.annotations();
        let annotation = annotations.iter().find(|annotation| annotation.span == problem.span)?;
        Some((node, annotation.name.as_str()))
    })
}

/// The same value as one that the attribute may have.
fn instead(schema: &AttributeSchema, value: &Value, given: &str) -> Option<String> {
    let has = |kind: Type| schema.types.contains(&kind);
    match value {
        Value::String(text) => {
            let text = text.trim();
            let is_number = text.parse::<f64>().is_ok_and(f64::is_finite);
            match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" if has(Type::Boolean) => Some("true".to_owned()),
                "false" | "no" | "off" if has(Type::Boolean) => Some("false".to_owned()),
                _ => Some(text.to_owned()).filter(|_| is_number && has(Type::Number)),
            }
        }
        Value::Number(_) | Value::Bool(_) if has(Type::String) => {
            let is_allowed =
                schema.allowed.is_empty() || schema.allowed.contains(&Value::String(given.into()));
            is_allowed.then(|| format!("\"{given}\""))
        }
        _ => None,
    }
}

/// A value that the attribute may have.
fn example(schema: &AttributeSchema) -> Option<String> {
    if let Some(Value::String(text)) = schema.allowed.first() {
        return Some(format!("\"{text}\""));
    }
    let example = match schema.types.first()? {
        Type::Number => "5",
        Type::Boolean => "true",
        Type::Array => "[\"…\"]",
        Type::Object => "{name: \"…\"}",
        Type::String | Type::Url => "\"…\"",
    };
    Some(example.to_owned())
}

/// `engine="mysql"`, where an `if` needs a condition.
fn condition(document: &Document, problem: &Problem) -> Option<Cure> {
    let (node, name) = attribute(document, problem)?;
    let (_, value) = written(document, problem.span).split_once('=')?;
    let is_condition = matches!(node.tag(), Some("if" | "else")) && node.attribute("primary").is_none();
    is_condition.then(|| Cure::Written(format!("equals(${name}, {value})")))
}
