//! Attributes and annotations, put on a node.

use std::collections::BTreeMap;

use super::extract::Extract;
use super::{Annotation, Node, Problem, Span, Value, tag};

/// Gives one node its attributes, which may come from several places.
pub(super) struct Annotator<'a> {
    node: &'a mut Node,
    plain: &'a Extract,
    problems: &'a mut Vec<Problem>,
    /// Where each attribute stands among the node's, once they are more than [`FEW`], and
    /// each class among the classes: a page may write a hundred thousand.
    places: Places,
    classes: Places,
}

/// Where what has a name stands in its list. One type for all that is looked up while a page
/// is read, as each is 3 KB of WebAssembly.
pub(super) type Places = BTreeMap<String, usize>;

/// So many attributes are looked through faster than looked up.
const FEW: usize = 8;

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
        Self { node, plain, problems, places: Places::new(), classes: Places::new() }
    }

    /// Adds attributes that stand at `start` in the plain text.
    pub fn add(&mut self, attributes: Vec<tag::Attribute>, start: u32) {
        self.node.attributes.reserve(attributes.len());
        for attribute in attributes {
            let (from, to) = self.plain.range(start + attribute.start as u32, start + attribute.end as u32);
            let span = Span { source: 0, start: from, end: to };
            let tag::Attribute { name, value, class, .. } = attribute;
            if class {
                self.add_class(name);
                let name = [".", name].concat();
                self.node.attributes.annotate(Annotation { name, value, span });
                continue;
            }
            if self.set(name, value.clone()) {
                let message = ["`", name, "` is already set here: the last one counts"].concat();
                self.problems.push(Problem::warning(span, message).coded("duplicate-attribute"));
            }
            self.node.attributes.annotate(Annotation { name: name.to_owned(), value, span });
        }
    }

    /// Sets an attribute; whether it was set before.
    fn set(&mut self, name: &str, value: Value) -> bool {
        let place = self.place(name);
        if let Some((_, slot)) = place.and_then(|place| self.node.attributes.get_mut(place)) {
            *slot = value;
            return true;
        }
        self.node.attributes.push(name.to_owned(), value);
        false
    }

    /// Where an attribute stands among the node's.
    fn place(&mut self, name: &str) -> Option<usize> {
        let attributes = &self.node.attributes;
        if attributes.len() <= FEW {
            return attributes.iter().position(|(other, _)| other == name);
        }
        for (place, (name, _)) in attributes.iter().enumerate().skip(self.places.len()) {
            self.places.insert(name.to_string(), place);
        }
        self.places.get(name).copied()
    }

    /// Classes gather in one object, each with the value `true`.
    fn add_class(&mut self, class: &str) {
        if self.classes.contains_key(class) {
            return;
        }
        self.classes.insert(class.to_owned(), self.classes.len());
        let entry = (class.to_owned(), Value::Bool(true));
        let place = self.place("class");
        match place.and_then(|place| self.node.attributes.get_mut(place)) {
            Some((_, Value::Object(entries))) => entries.push(entry),
            Some((_, value)) => {
                let words = match value {
                    Value::String(text) => text.as_str(),
                    _ => "",
                };
                let words = words.split_whitespace().filter(|word| *word != class);
                let entries = words.map(|word| (word.to_owned(), Value::Bool(true)));
                *value = Value::Object(Box::new(entries.chain([entry]).collect()));
            }
            None => {
                self.set("class", Value::Object(Box::new(vec![entry])));
            }
        }
    }
}
