//! Parts of values that have none: `{% $db.host %}`, where `db` is what a reader answers.

use super::text::place_of;
use crate::guide::{declares, name_of};
use crate::markdoc::{Document, Node, Problem, Segment, Span, Value, Variable};

/// The code of a part of what has none, which is no value.
pub(super) const PART: &str = "variable-part";

/// The variables of a page that are followed by the name of a part.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut problems = Vec::new();
    for node in document.nodes() {
        for (name, value) in &node.attributes {
            let span = place_of(node, name);
            value.variables(&mut |variable| problems.extend(part(document, variable, span)));
        }
    }
    problems
}

fn part(document: &Document, variable: &Variable, span: Span) -> Option<Problem> {
    if variable.path.len() == 1 {
        return None;
    }
    let name = variable.name();
    let given: Vec<bool> = document.nodes().filter_map(|node| gives_parts(node, name)).collect();
    // What nothing declares is the guide's own finding.
    if given.is_empty() || given.contains(&true) {
        return None;
    }
    let message = format!("`${name}` has no parts, so this is nothing: write `${name}`");
    Some(Problem::error(span, message).coded(PART).about(&as_written(variable), None))
}

/// Whether a partial's variables, an input or a `let` give this name a value that may have parts;
/// nothing where they give it none.
fn gives_parts(node: &Node, name: &str) -> Option<bool> {
    if let Some(Value::Object(values)) = node.attribute("variables") {
        return values.iter().find(|(key, _)| key == name).map(|(_, value)| may_have_parts(value));
    }
    let is_declared = node.tag().is_some_and(declares) && name_of(node) == Some(name);
    is_declared.then(|| node.attribute("value").is_some_and(may_have_parts))
}

/// Whether a value is a list or an object, or may turn out to be one.
fn may_have_parts(value: &Value) -> bool {
    matches!(value, Value::Array(_) | Value::Object(_) | Value::Variable(_) | Value::Function(_))
}

/// A variable as its author most likely wrote it.
fn as_written(variable: &Variable) -> String {
    let segments = variable.path.iter().enumerate().map(|(place, segment)| match segment {
        Segment::Key(key) if place == 0 => format!("${key}"),
        Segment::Key(key) => format!(".{key}"),
        Segment::Index(index) => format!("[{index}]"),
    });
    segments.collect()
}
