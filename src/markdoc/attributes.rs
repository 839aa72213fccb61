//! Attributes and annotations, put on a node.

use super::extract::Extract;
use super::{Annotation, Node, Problem, Span, Value, tag};

/// Gives a node what was written for it. `start` is where what was read stands in
/// `plain`.
pub(super) fn annotate(
    node: &mut Node,
    attributes: Vec<tag::Attribute>,
    start: u32,
    plain: &Extract,
    problems: &mut Vec<Problem>,
) {
    for attribute in attributes {
        let (from, to) = plain.range(start + attribute.start as u32, start + attribute.end as u32);
        let span = Span { source: 0, start: from, end: to };
        if attribute.class {
            add_class(node, &attribute.name);
            let name = [".", &attribute.name].concat();
            node.annotations.push(Annotation { name, value: attribute.value, span });
            continue;
        }
        match node.attributes.iter_mut().find(|(name, _)| *name == attribute.name) {
            Some((name, value)) => {
                let message = ["`", name, "` is already set here: the last one counts"].concat();
                problems.push(Problem::warning(span, message));
                *value = attribute.value.clone();
            }
            None => node.attributes.push((attribute.name.clone(), attribute.value.clone())),
        }
        node.annotations.push(Annotation { name: attribute.name, value: attribute.value, span });
    }
}

/// Classes gather in one object, each with the value `true`.
fn add_class(node: &mut Node, class: &str) {
    let entry = (class.to_owned(), Value::Bool(true));
    match node.attributes.iter_mut().find(|(name, _)| name == "class") {
        Some((_, Value::Object(entries))) => {
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
        Some((_, value)) => {
            let mut entries = Vec::new();
            if let Value::String(text) = value {
                entries.extend(text.split_whitespace().map(|word| (word.to_owned(), Value::Bool(true))));
            }
            entries.push(entry);
            *value = Value::Object(entries);
        }
        None => node.attributes.push(("class".to_owned(), Value::Object(vec![entry]))),
    }
}
