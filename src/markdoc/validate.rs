//! Whether a page uses its tags, attributes, functions and addresses as they are meant.

use std::collections::HashMap;

use super::schema::{AttributeSchema, Schema, Schemas, Type};
use super::{Document, Kind, Node, Problem, Span, Value, safe_url, suggest};

/// Holds a page against the schemas of its site.
///
/// An unknown tag is a warning, as its content is kept. Attributes that are unknown, of
/// the wrong type or value, or missing are errors, and so are addresses that lead where a
/// page may not lead.
pub fn validate(document: &Document, schemas: &Schemas) -> Vec<Problem> {
    let mut checker = Checker { schemas, problems: Vec::new() };
    document.children.iter().for_each(|node| checker.node(node, node.kind.name()));
    checker.problems
}

struct Checker<'a> {
    schemas: &'a Schemas,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    /// Holds a node against what is known of its kind, or else of `owner`, whose annotations it has.
    fn node(&mut self, node: &Node, owner: &str) {
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
            let own = self.schemas.node(node.kind.name());
            let schema = own.or_else(|| self.schemas.node(owner)).cloned().unwrap_or_default();
            for annotation in node.attributes.annotations() {
                self.attribute(&schema, owner, &annotation.name, &annotation.value, annotation.span);
            }
        }
        for (_, value) in &node.attributes {
            self.functions(value, node.span);
        }
        for (place, child) in node.children.iter().enumerate() {
            // Where blank lines stand in a list, what is said of an item is its first paragraph's.
            let is_of_item = place == 0 && node.kind == Kind::Item && child.kind == Kind::Paragraph;
            self.node(child, if is_of_item { node.kind.name() } else { child.kind.name() });
        }
    }

    fn tag(&mut self, node: &Node, schema: &Schema) {
        let annotations = node.attributes.annotations().iter();
        let places: HashMap<_, _> =
            annotations.map(|annotation| (annotation.name.as_str(), annotation.span)).collect();
        let is_missing =
            |attribute: &&AttributeSchema| attribute.required && node.attribute(&attribute.name).is_none();
        let missing: Vec<&str> =
            schema.attributes.iter().filter(is_missing).map(|attribute| attribute.name.as_str()).collect();
        let unknown = node.attributes.iter().map(|(name, _)| &**name);
        let unknown: Vec<&str> =
            unknown.filter(|name| !is_of_all(name) && schema.attribute(name).is_none()).collect();
        // The one may be what was meant by the other.
        let mistaken = match (unknown.as_slice(), missing.as_slice()) {
            ([unknown], [missing]) if *unknown != "primary" && *missing != "primary" => {
                Some((*unknown, *missing))
            }
            _ => None,
        };
        for (name, value) in &node.attributes {
            let place = places.get(&**name).copied().unwrap_or(node.span);
            match mistaken.filter(|(unknown, _)| name == unknown) {
                Some((_, meant)) => self.unknown_attribute(&schema.name, name, Some(meant), place),
                None => self.attribute(schema, &schema.name, name, value, place),
            }
        }
        for name in missing.into_iter().filter(|_| mistaken.is_none()) {
            let what = if name == "primary" { "a value".to_owned() } else { ["`", name, "`"].concat() };
            let message = ["`", &schema.name, "` needs ", &what].concat();
            let problem = Problem::error(node.span, message).coded("attribute-missing-required");
            self.problems.push(problem.about(&schema.name, None));
        }
        // What a partial has included is not its own content.
        let has_content = node.children.iter().any(|child| child.span.source == node.span.source);
        if schema.self_closing && has_content {
            let message = ["`", &schema.name, "` has no content: write `{% ", &schema.name, " /%}`"].concat();
            self.problems.push(Problem::error(node.span, message).coded("tag-selfclosing-has-children"));
        }
    }

    fn unknown_tag(&mut self, node: &Node, name: &str) {
        let meant = suggest(name, self.schemas.tags());
        let hint = meant.map_or_else(|| "; its content is kept".to_owned(), did_you_mean);
        let message = ["no tag is named `", name, "`", &hint].concat();
        self.problems.push(Problem::warning(node.span, message).coded("tag-undefined").about(name, meant));
    }

    fn attribute(&mut self, schema: &Schema, owner: &str, name: &str, value: &Value, span: Span) {
        if is_of_all(name) {
            return;
        }
        let Some(attribute) = schema.attribute(name) else {
            let known = schema.attributes.iter().map(|attribute| attribute.name.as_str());
            return self.unknown_attribute(owner, name, suggest(name, known), span);
        };
        if matches!(value, Value::Variable(_) | Value::Function(_)) {
            return;
        }
        self.value(attribute, value, span);
    }

    fn unknown_attribute(&mut self, owner: &str, name: &str, meant: Option<&str>, span: Span) {
        let hint = meant.map(did_you_mean).unwrap_or_default();
        let what = if name == "primary" { "a value without a name" } else { &["`", name, "`"].concat() };
        let message = ["`", owner, "` does not understand ", what, &hint].concat();
        let problem = Problem::error(span, message).coded("attribute-undefined");
        self.problems.push(problem.about(name, meant));
    }

    fn value(&mut self, attribute: &AttributeSchema, value: &Value, span: Span) {
        let name = &attribute.name;
        if !attribute.types.is_empty() && !attribute.types.iter().any(|kind| kind.fits(value)) {
            let types: Vec<&str> = attribute.types.iter().map(|kind| kind.name()).collect();
            let message = ["`", name, "` must be of type ", &types.join(" or ")].concat();
            return self.problems.push(Problem::error(span, message).coded("attribute-type-invalid"));
        }
        if !attribute.allowed.is_empty() && !attribute.allowed.contains(value) {
            let words: Vec<&str> = attribute.allowed.iter().filter_map(as_text).collect();
            let given = as_text(value).unwrap_or_default();
            let meant = suggest(given, words.iter().copied()).filter(|_| !given.is_empty());
            let hint = meant.map(did_you_mean).unwrap_or_default();
            let message = ["`", name, "` must be one of ", &words.join(", "), &hint].concat();
            let problem = Problem::error(span, message).coded("attribute-value-invalid");
            return self.problems.push(problem.about(given, meant));
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
        self.problems.push(Problem::error(span, message).coded("address-unsafe").about(address, None));
    }

    fn functions(&mut self, value: &Value, span: Span) {
        match value {
            Value::Function(function) => {
                if !self.schemas.has_function(&function.name) {
                    let meant = suggest(&function.name, self.schemas.functions());
                    let hint = meant.map(did_you_mean).unwrap_or_default();
                    let message = ["no function is named `", &function.name, "`", &hint].concat();
                    let problem = Problem::error(span, message).coded("function-undefined");
                    self.problems.push(problem.about(&function.name, meant));
                }
                function.parameters.iter().for_each(|(_, value)| self.functions(value, span));
            }
            Value::Array(items) => items.iter().for_each(|item| self.functions(item, span)),
            Value::Object(entries) => entries.iter().for_each(|(_, value)| self.functions(value, span)),
            _ => {}
        }
    }
}

/// Whether every tag and node understands an attribute.
fn is_of_all(name: &str) -> bool {
    matches!(name, "id" | "class") || name.starts_with('.')
}

fn did_you_mean(known: &str) -> String {
    [": did you mean `", known, "`?"].concat()
}

fn as_text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}
