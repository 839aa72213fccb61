//! Attributes and annotations, put on a node.

use std::collections::{HashMap, HashSet};

use super::extract::Extract;
use super::{Annotation, Node, Problem, Span, Value, tag};

/// Gives one node its attributes, which may come from several places.
pub(super) struct Annotator<'a> {
    node: &'a mut Node,
    plain: &'a Extract,
    problems: &'a mut Vec<Problem>,
    /// Where each attribute stands among the node's, and each class among its classes;
    /// looked up, as a page may write a hundred thousand.
    attributes: HashMap<String, usize>,
    classes: HashSet<String>,
}

/// Gives a node what was written for it. `start` is where what was read stands in
/// `plain`.
pub(super) fn annotate(
    node: &mut Node,
    attributes: Vec<tag::Attribute>,
    start: u32,
    plain: &Extract,
    problems: &mut Vec<Problem>,
) {
    if !attributes.is_empty() {
        Annotator::new(node, plain, problems).add(attributes, start);
    }
}

impl<'a> Annotator<'a> {
    pub fn new(node: &'a mut Node, plain: &'a Extract, problems: &'a mut Vec<Problem>) -> Self {
        let names = node.attributes.iter().enumerate();
        let attributes = names.map(|(index, (name, _))| (name.clone(), index)).collect();
        Self { node, plain, problems, attributes, classes: HashSet::new() }
    }

    /// Adds attributes that stand at `start` in the plain text.
    pub fn add(&mut self, attributes: Vec<tag::Attribute>, start: u32) {
        for attribute in attributes {
            let (from, to) = self.plain.range(start + attribute.start as u32, start + attribute.end as u32);
            let span = Span { source: 0, start: from, end: to };
            let tag::Attribute { name, value, class, .. } = attribute;
            if class {
                self.add_class(&name);
                let name = [".", &name].concat();
                self.node.annotations.push(Annotation { name, value, span });
                continue;
            }
            if self.set(&name, value.clone()) {
                let message = ["`", &name, "` is already set here: the last one counts"].concat();
                self.problems.push(Problem::warning(span, message));
            }
            self.node.annotations.push(Annotation { name, value, span });
        }
    }

    /// Sets an attribute; whether it was set before.
    fn set(&mut self, name: &str, value: Value) -> bool {
        let place = self.attributes.get(name).copied();
        if let Some((_, slot)) = place.and_then(|place| self.node.attributes.get_mut(place)) {
            *slot = value;
            return true;
        }
        self.attributes.insert(name.to_owned(), self.node.attributes.len());
        self.node.attributes.push((name.to_owned(), value));
        false
    }

    /// Classes gather in one object, each with the value `true`.
    fn add_class(&mut self, class: &str) {
        if !self.classes.insert(class.to_owned()) {
            return;
        }
        let entry = (class.to_owned(), Value::Bool(true));
        let place = self.attributes.get("class").copied();
        match place.and_then(|place| self.node.attributes.get_mut(place)) {
            Some((_, Value::Object(entries))) => entries.push(entry),
            Some((_, value)) => {
                let words = match value {
                    Value::String(text) => text.as_str(),
                    _ => "",
                };
                let words = words.split_whitespace().filter(|word| *word != class);
                let entries = words.map(|word| (word.to_owned(), Value::Bool(true)));
                *value = Value::Object(entries.chain([entry]).collect());
            }
            None => {
                self.set("class", Value::Object(vec![entry]));
            }
        }
    }
}
