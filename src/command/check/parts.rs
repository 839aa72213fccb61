//! Parts of values that have none: `{% $db.host %}`, where `db` is what a reader answers.

use crate::guide::declares;
use crate::markdoc::{Document, Node, Problem, Segment, Span, Value, Variable};

/// The code of a part of what has none, which is no value.
pub(super) const PART: &str = "variable-part";

/// The variables of a page that are followed by the name of a part.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut problems = Vec::new();
    for node in document.nodes() {
        for (name, value) in &node.attributes {
            let written = node.attributes.annotations().iter().find(|annotation| annotation.name == **name);
            let span = written.map_or(node.span, |written| written.span);
            value.variables(&mut |variable| problems.extend(part(document, variable, span)));
        }
    }
    problems
}

fn part(document: &Document, variable: &Variable, span: Span) -> Option<Problem> {
    let name = variable.name();
    // What nothing declares is the guide's own finding.
    let is_declared = |node: &Node| {
        node.tag().is_some_and(declares)
            && node.string("name").or_else(|| node.string("primary")) == Some(name)
            || passes(node, name)
    };
    if variable.path.len() == 1 || !document.nodes().any(is_declared) {
        return None;
    }
    let message = format!("`${name}` has no parts, so this is nothing: write `${name}`");
    Some(Problem::error(span, message).coded(PART).about(&written(variable), None))
}

/// Whether a partial is given a value of this name.
fn passes(node: &Node, name: &str) -> bool {
    matches!(node.attribute("variables"), Some(Value::Object(values)) if values.iter().any(|(key, _)| key == name))
}

/// A variable as its author most likely wrote it.
fn written(variable: &Variable) -> String {
    let segments = variable.path.iter().enumerate().map(|(place, segment)| match segment {
        Segment::Key(key) if place == 0 => format!("${key}"),
        Segment::Key(key) => format!(".{key}"),
        Segment::Index(index) => format!("[{index}]"),
    });
    segments.collect()
}
