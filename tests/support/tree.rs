//! A tree as text, one node a line, to be compared and read.

use std::collections::BTreeMap;
use std::fmt::Write;

use upgrade_checklist::markdoc::{Document, Node, Segment, Value};

/// The tree, one node a line.
pub fn tree(document: &Document, with_places: bool) -> String {
    let mut out = String::new();
    for node in &document.children {
        write_node(node, 0, with_places.then_some(document), &mut out);
    }
    out
}

fn write_node(node: &Node, depth: usize, places: Option<&Document>, out: &mut String) {
    write!(out, "{:1$}{2}", "", depth * 2, node.kind.name()).unwrap();
    if let Some(tag) = node.tag() {
        write!(out, " {tag}").unwrap();
    }
    let sorted: BTreeMap<_, _> = node.attributes.iter().map(|(name, value)| (name, value)).collect();
    for (name, value) in sorted {
        write!(out, " {name}={}", json(value)).unwrap();
    }
    if let Some(document) = places {
        let source = &document.sources[node.span.source as usize];
        let (from, to) = (source.line_column(node.span.start), source.line_column(node.span.end));
        write!(out, " {}:{}-{}:{}", from.0, from.1, to.0, to.1).unwrap();
    }
    out.push('\n');
    for child in &node.children {
        write_node(child, depth + 1, places, out);
    }
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(value) if value.fract() == 0.0 => (*value as i64).into(),
        Value::Number(value) => (*value).into(),
        Value::String(value) => value.clone().into(),
        Value::Array(items) => items.iter().map(json).collect(),
        Value::Object(entries) => {
            let entries: BTreeMap<_, _> =
                entries.iter().map(|(key, value)| (key.clone(), json(value))).collect();
            entries.into_iter().collect()
        }
        Value::Variable(variable) => {
            let path = variable.path.iter().map(|segment| match segment {
                Segment::Key(key) => key.clone().into(),
                Segment::Index(index) => (*index).into(),
            });
            serde_json::json!({ "$variable": path.collect::<Vec<serde_json::Value>>() })
        }
        Value::Function(function) => {
            let parameters = function.parameters.iter().enumerate();
            let parameters: BTreeMap<_, _> = parameters
                .map(|(index, (name, value))| (name.clone().unwrap_or(index.to_string()), json(value)))
                .collect();
            serde_json::json!({ "$function": function.name, "parameters": parameters })
        }
    }
}
