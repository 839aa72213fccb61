//! Variables where nothing is filled in: between quotes, where a text is taken as it is written, and
//! as a part of a question, which is read before anybody answered.

use std::collections::HashSet;

use super::tags::declared;
use super::text::{each, variables};
use crate::markdoc::{Document, Kind, Node, Problem, Span, Value};

/// The variables of a page that stand where they are worth nothing.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut problems = Vec::new();
    let names = declared(document);
    each(&document.children, &mut |node| {
        for annotation in node.attributes.annotations() {
            let place = Attribute { node, attribute: &annotation.name, span: annotation.span };
            problems.extend(place.unread(&annotation.value));
            place.texts(&annotation.value, &names, &mut problems);
        }
    });
    problems
}

/// An attribute that an author wrote.
struct Attribute<'a> {
    node: &'a Node,
    attribute: &'a str,
    span: Span,
}

impl Attribute<'_> {
    /// A part of a question that would have to be worked out.
    fn unread(&self, value: &Value) -> Option<Problem> {
        let is_of_question = matches!(self.node.tag()?, "choice" | "option" | "input")
            && matches!(self.attribute, "label" | "hint" | "type" | "default" | "min" | "max");
        let written = match value {
            Value::Variable(variable) => format!("${}", variable.name()),
            Value::Function(_) => "…".to_owned(),
            _ => return None,
        };
        let cure = match self.attribute {
            "default" => format!(": what follows from other answers is a `suggest={written}`"),
            _ => String::new(),
        };
        let message = format!("a `{}` must be written out{cure}", self.attribute);
        Some(Problem::error(self.span, message).coded("value-unread")).filter(|_| is_of_question)
    }

    /// The texts of a value that hold a variable.
    fn texts(&self, value: &Value, names: &HashSet<&str>, problems: &mut Vec<Problem>) {
        match value {
            Value::String(text) => problems.extend(self.text(text, names)),
            Value::Array(items) => items.iter().for_each(|item| self.texts(item, names, problems)),
            Value::Object(entries) => {
                entries.iter().for_each(|(_, value)| self.texts(value, names, problems));
            }
            Value::Function(function) => {
                function.parameters.iter().for_each(|(_, value)| self.texts(value, names, problems));
            }
            _ => {}
        }
    }

    fn text(&self, text: &str, names: &HashSet<&str>) -> Option<Problem> {
        let parts = parts(text, names)?;
        let shown = |part: &Part<'_>| match part {
            Part::Text(text) => format!("\"{text}\""),
            Part::Value(value) => (*value).to_owned(),
        };
        let meant: Vec<String> = parts.iter().map(shown).collect();
        let meant = match meant.as_slice() {
            [only] => only.clone(),
            _ => format!("join({})", meant.join(", ")),
        };
        let given = format!("\"{text}\"");
        let attribute = self.attribute;
        let problem = |message| Problem::warning(self.span, message).coded("value-quoted");
        Some(if self.node.tag() == Some("input") && attribute == "default" {
            problem(format!(
                "{given} is a text: what follows from other answers is no `default`, but a `suggest={meant}`"
            ))
        } else if self.is_worked_out() {
            let written = if attribute == "primary" { meant.clone() } else { format!("{attribute}={meant}") };
            problem(format!("{given} is a text, and nothing is filled in: write `{written}`"))
                .about(&given, Some(&meant))
        } else {
            problem(format!("readers see {given} as it is written: no value is filled into a `{attribute}`"))
        })
    }

    /// Whether a variable may stand in this attribute.
    fn is_worked_out(&self) -> bool {
        match self.node.tag() {
            Some("if" | "else") => true,
            Some("let") => self.attribute == "value",
            Some("input") => self.attribute == "suggest",
            Some("partial") => self.attribute == "variables",
            _ => self.node.kind == Kind::Fence,
        }
    }
}

/// A part of a text.
enum Part<'a> {
    Text(&'a str),
    /// A variable or a function with one.
    Value(&'a str),
}

/// The parts of a text with a variable of the page in it: all of it (`$host`), or as it would stand
/// in the page (`to {% $host %}`).
fn parts<'a>(text: &'a str, names: &HashSet<&str>) -> Option<Vec<Part<'a>>> {
    let has_variable = |value: &str| variables(value).any(|name| names.contains(name));
    if text.strip_prefix('$').is_some_and(|name| names.contains(name)) {
        return Some(vec![Part::Value(text)]);
    }
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some((before, (inside, after))) =
        rest.split_once("{%").and_then(|(before, tag)| Some((before, tag.split_once("%}")?)))
    {
        if !has_variable(inside) {
            return None;
        }
        parts.extend(Some(Part::Text(before)).filter(|_| !before.is_empty()));
        parts.push(Part::Value(inside.trim()));
        rest = after;
    }
    if parts.is_empty() {
        return None;
    }
    parts.extend(Some(Part::Text(rest)).filter(|_| !rest.is_empty()));
    Some(parts)
}
