//! Whether a page uses its tags, attributes, functions and addresses as they are meant.

use std::collections::HashMap;

use super::schema::{AttributeSchema, Schema, Schemas, Type};
use super::{Document, Kind, Node, Problem, Span, Value, safe_url};

/// Holds a page against the schemas of its site.
///
/// An unknown tag is a warning, as its content is kept. Attributes that are unknown, of
/// the wrong type or value, or missing are errors, and so are addresses that lead where a
/// page may not lead.
pub fn validate(document: &Document, schemas: &Schemas) -> Vec<Problem> {
    let mut checker = Checker { schemas, problems: Vec::new() };
    document.children.iter().for_each(|node| checker.node(node));
    checker.problems
}

/// The one of `names` that a misspelt name was most likely meant to be.
pub fn suggest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let distance = |other: &str| strsim::damerau_levenshtein(&lower, &other.to_lowercase());
    let nearest = names.map(|other| (distance(other), other)).min()?;
    (nearest.0 <= 1 + name.chars().count() / 5).then_some(nearest.1)
}

struct Checker<'a> {
    schemas: &'a Schemas,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    fn node(&mut self, node: &Node) {
        match &node.kind {
            Kind::Tag(name) => match self.schemas.tag(name) {
                Some(schema) => self.tag(node, schema),
                None => self.unknown_tag(node, name),
            },
            Kind::Link => self.address(node, "href"),
            Kind::Image => self.address(node, "src"),
            _ => {}
        }
        if !matches!(node.kind, Kind::Tag(_)) {
            let schema = self.schemas.node(node.kind.name()).cloned().unwrap_or_default();
            for annotation in &node.annotations {
                self.attribute(
                    &schema,
                    node.kind.name(),
                    &annotation.name,
                    &annotation.value,
                    annotation.span,
                );
            }
        }
        for (_, value) in &node.attributes {
            self.functions(value, node.span);
        }
        node.children.iter().for_each(|child| self.node(child));
    }

    fn tag(&mut self, node: &Node, schema: &Schema) {
        let annotations = node.annotations.iter();
        let places: HashMap<_, _> =
            annotations.map(|annotation| (annotation.name.as_str(), annotation.span)).collect();
        for (name, value) in &node.attributes {
            let place = places.get(&**name).copied().unwrap_or(node.span);
            self.attribute(schema, &schema.name, name, value, place);
        }
        for attribute in schema.attributes.iter().filter(|attribute| attribute.required) {
            if node.attribute(&attribute.name).is_none() {
                let what = if attribute.name == "primary" { "a value" } else { &attribute.name };
                self.error(node.span, &["`", &schema.name, "` needs ", what].concat());
            }
        }
        // What a partial has included is not its own content.
        let has_content = node.children.iter().any(|child| child.span.source == node.span.source);
        if schema.self_closing && has_content {
            let message = ["`", &schema.name, "` has no content: write `{% ", &schema.name, " /%}`"].concat();
            self.error(node.span, &message);
        }
    }

    fn unknown_tag(&mut self, node: &Node, name: &str) {
        let hint = match suggest(name, self.schemas.tags()) {
            Some(known) => [": did you mean `", known, "`?"].concat(),
            None => "; its content is kept".to_owned(),
        };
        let message = ["no tag is named `", name, "`", &hint].concat();
        self.problems.push(Problem::warning(node.span, message));
    }

    fn attribute(&mut self, schema: &Schema, owner: &str, name: &str, value: &Value, span: Span) {
        if matches!(name, "id" | "class") || name.starts_with('.') {
            return;
        }
        let Some(attribute) = schema.attribute(name) else {
            let known = schema.attributes.iter().map(|attribute| attribute.name.as_str());
            let hint = match suggest(name, known) {
                Some(known) => [": did you mean `", known, "`?"].concat(),
                None => String::new(),
            };
            let what = if name == "primary" { "a value without a name" } else { name };
            return self.error(span, &["`", owner, "` does not understand `", what, "`", &hint].concat());
        };
        if matches!(value, Value::Variable(_) | Value::Function(_)) {
            return;
        }
        self.value(attribute, value, span);
    }

    fn value(&mut self, attribute: &AttributeSchema, value: &Value, span: Span) {
        let name = &attribute.name;
        if !attribute.types.is_empty() && !attribute.types.iter().any(|kind| kind.fits(value)) {
            let types: Vec<&str> = attribute.types.iter().map(|kind| kind.name()).collect();
            return self.error(span, &["`", name, "` must be of type ", &types.join(" or ")].concat());
        }
        if !attribute.allowed.is_empty() && !attribute.allowed.contains(value) {
            let words: Vec<&str> = attribute.allowed.iter().filter_map(as_text).collect();
            let hint = match as_text(value).and_then(|text| suggest(text, words.iter().copied())) {
                Some(word) => [": did you mean `", word, "`?"].concat(),
                None => String::new(),
            };
            return self.error(span, &["`", name, "` must be one of ", &words.join(", "), &hint].concat());
        }
        if attribute.types.contains(&Type::Url)
            && let Some(address) = as_text(value)
            && safe_url(address).is_none()
        {
            self.unsafe_address(address, span);
        }
    }

    fn address(&mut self, node: &Node, name: &str) {
        if let Some(address) = node.string(name)
            && safe_url(address).is_none()
        {
            self.unsafe_address(address, node.span);
        }
    }

    fn unsafe_address(&mut self, address: &str, span: Span) {
        let message = ["a page may not lead to `", address, "`: it is shown, but not linked"].concat();
        self.error(span, &message);
    }

    fn functions(&mut self, value: &Value, span: Span) {
        match value {
            Value::Function(function) => {
                if !self.schemas.has_function(&function.name) {
                    let hint = match suggest(&function.name, self.schemas.functions()) {
                        Some(known) => [": did you mean `", known, "`?"].concat(),
                        None => String::new(),
                    };
                    self.error(span, &["no function is named `", &function.name, "`", &hint].concat());
                }
                function.parameters.iter().for_each(|(_, value)| self.functions(value, span));
            }
            Value::Array(items) => items.iter().for_each(|item| self.functions(item, span)),
            Value::Object(entries) => entries.iter().for_each(|(_, value)| self.functions(value, span)),
            _ => {}
        }
    }

    fn error(&mut self, span: Span, message: &str) {
        self.problems.push(Problem::error(span, message));
    }
}

fn as_text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}
