//! A document as plain semantic HTML: the elements that Markdoc's own `html` renderer and
//! node schemas give, and those that a docs site's [`Config`] teaches.
//!
//! Without a configuration, the site is OpenMetadata's documentation (`docs_site`).
//!
//! Start with [`html`]. The names of elements and attributes come from here and from the
//! configuration, never from the page; every text is escaped; every address is checked.

mod config;
mod docs_site;

pub use config::{Attribute, AttributeName, Config, ElementName, Functions, Schema};

use super::docs_site::DocsTag;
use super::{Branch, Document, Kind, Node, Scope, Value, Variable, branches, heading_ids_of, safe_url, tree};
use crate::percent::decoded;

/// The page, its partials already included, as one `article`.
pub fn html(document: &Document, config: &Config) -> String {
    let fragments = fragments(document);
    let mut renderer =
        Renderer { config, locals: Vec::new(), named: Vec::new(), fragments, out: String::new() };
    let name = match config.nodes.get("document").and_then(|schema| schema.render.as_ref()) {
        Some(name) => name.as_str(),
        None => "article",
    };
    renderer.element(name, Attributes::default(), |renderer| renderer.nodes(&document.children));
    renderer.out
}

struct Renderer<'a> {
    config: &'a Config,
    /// The variables that the partials around were given, the innermost last.
    locals: Vec<(String, Value)>,
    /// What `let` has named so far.
    named: Vec<(String, Value)>,
    /// Where links within the page lead, and no heading was found yet.
    fragments: Vec<String>,
    out: String,
}

impl Renderer<'_> {
    fn nodes(&mut self, nodes: &[Node]) {
        nodes.iter().for_each(|node| self.node(node));
    }

    fn node(&mut self, node: &Node) {
        match &node.kind {
            Kind::Text => self.content(node),
            Kind::Softbreak => self.out.push(' '),
            Kind::Comment => {}
            Kind::Tag(name) => match (self.config.tags.get(name), name.as_str()) {
                (Some(schema), _) => self.by_schema(node, schema),
                (None, "if") => self.conditional(node),
                (None, "partial") if node.children.is_empty() => {
                    self.missing_partial(node.string("file").unwrap_or_default());
                }
                (None, "partial") => self.partial(node),
                (None, "let") if self.config.is_docs_site => self.named(node),
                (None, "verify" | "undo") if self.config.is_docs_site => self.labelled(name, node),
                (None, _) => match DocsTag::read(node, self).filter(|_| self.config.is_docs_site) {
                    Some(tag) => self.docs_tag(&tag, node),
                    None => self.nodes(&node.children),
                },
            },
            kind => match self.config.nodes.get(kind.name()) {
                Some(schema) => self.by_schema(node, schema),
                None => self.by_markdoc(node),
            },
        }
    }

    /// As the site's configuration says.
    fn by_schema(&mut self, node: &Node, schema: &Schema) {
        let Some(name) = &schema.render else { return self.inside(node) };
        let mut attributes = Attributes::default();
        for name in GLOBAL {
            if schema.attributes.iter().all(|attribute| attribute.name != name) {
                attributes.push(name, self.value(node, name));
            }
        }
        for attribute in &schema.attributes {
            if let Some(name) = &attribute.render {
                let value = self.value(node, &attribute.name).or_else(|| attribute.default.clone());
                attributes.push(name.as_str(), value);
            }
        }
        // The text of a fence or a code span is lost if the site does not write it as an
        // attribute, so then it stands inside.
        let is_written = |attribute: &Attribute| attribute.name == "content" && attribute.render.is_some();
        match schema.attributes.iter().any(is_written) {
            true => self.element(name.as_str(), attributes, |renderer| renderer.nodes(&node.children)),
            false => self.element(name.as_str(), attributes, |renderer| renderer.inside(node)),
        }
    }

    /// As Markdoc's own schemas say.
    fn by_markdoc(&mut self, node: &Node) {
        // The element, and the attributes that it takes.
        let (name, taken): (&str, &[&str]) = match node.kind {
            Kind::Heading => (heading(node), &[]),
            Kind::Paragraph if self.config.is_docs_site && self.holds_blocks(node) => ("div", &[]),
            Kind::Paragraph => ("p", &[]),
            Kind::Hardbreak => ("br", &[]),
            Kind::Fence => ("pre", &["language"]),
            Kind::Code => ("code", &[]),
            Kind::List if node.attribute("ordered").is_some_and(Value::is_truthy) => ("ol", &["start"]),
            Kind::List => ("ul", &[]),
            Kind::Item => ("li", &[]),
            Kind::Blockquote => ("blockquote", &[]),
            Kind::Hr => ("hr", &[]),
            Kind::Link => ("a", &["href", "title"]),
            Kind::Image => ("img", &["src", "alt", "title"]),
            Kind::Strong => ("strong", &[]),
            Kind::Em => ("em", &[]),
            Kind::S => ("s", &[]),
            Kind::Table => ("table", &[]),
            Kind::Thead => ("thead", &[]),
            Kind::Tbody => ("tbody", &[]),
            Kind::Tr => ("tr", &[]),
            Kind::Th => ("th", &["width", "align", "colspan", "rowspan"]),
            Kind::Td => ("td", &["align", "colspan", "rowspan"]),
            _ => return self.inside(node),
        };
        let mut attributes = Attributes::default();
        for attribute in GLOBAL.iter().chain(taken) {
            let written = if *attribute == "language" { "data-language" } else { attribute };
            attributes.push(written, self.value(node, attribute));
        }
        let ids = if node.kind == Kind::Heading { self.linked_ids(node) } else { Vec::new() };
        let own = node.string("id");
        let mut ids = ids.into_iter().filter(|id| own != Some(id));
        if node.attribute("id").is_none() {
            attributes.push("id", ids.next().map(Value::String));
        }
        self.element(name, attributes, |renderer| {
            for id in ids {
                let mut attributes = Attributes::default();
                attributes.push("id", Some(Value::String(id)));
                renderer.element("a", attributes, |_| {});
            }
            renderer.inside(node);
        });
    }

    /// The ids by which links within the page know a heading, be it as the docs site makes
    /// them or as GitHub does. One that nothing leads to has none, as in Markdoc.
    fn linked_ids(&mut self, heading: &Node) -> Vec<String> {
        let ids = heading_ids_of(heading);
        self.fragments.extract_if(.., |fragment| ids.contains(&fragment.to_lowercase())).collect()
    }

    /// The branch of an `if` that holds.
    fn conditional(&mut self, node: &Node) {
        let is_it = |branch: &Branch<'_>| branch.guards.iter().all(|guard| guard.lets_through(self));
        if let Some(branch) = branches(node).into_iter().find(is_it) {
            branch.children.into_iter().for_each(|child| self.node(child));
        }
    }

    /// A partial's nodes, which know the variables that it was given.
    fn partial(&mut self, node: &Node) {
        let outer = self.locals.len();
        if let Some(Value::Object(variables)) = self.value(node, "variables") {
            self.locals.extend(*variables);
        }
        self.nodes(&node.children);
        self.locals.truncate(outer);
    }

    /// A name for a value of the page's own.
    fn named(&mut self, node: &Node) {
        if let (Some(name), Some(value)) = (node.string("name"), self.value(node, "value")) {
            self.named.push((name.to_owned(), value));
        }
    }

    /// What a node holds: its nodes, or else the text in its `content`.
    fn inside(&mut self, node: &Node) {
        if node.children.is_empty() && matches!(node.kind, Kind::Fence | Kind::Code) {
            self.content(node);
        } else {
            self.nodes(&node.children);
        }
    }

    fn content(&mut self, node: &Node) {
        if let Some(value) = self.value(node, "content") {
            self.text(&value);
        }
    }

    /// Markdoc writes only what reads as text: no truth, no null, no object.
    fn text(&mut self, value: &Value) {
        match value {
            Value::String(text) => escape(text, &mut self.out),
            Value::Number(number) => escape(&number.to_string(), &mut self.out),
            Value::Array(items) => items.iter().for_each(|item| self.text(item)),
            _ => {}
        }
    }

    /// The value of an attribute; none if a variable in it has none.
    fn value(&self, node: &Node, name: &str) -> Option<Value> {
        let given = node.attribute(name)?;
        match given.evaluate(self) {
            Value::Null if *given != Value::Null => None,
            Value::String(address) if matches!(name, "href" | "src") => self.address(name, &address),
            value => Some(value),
        }
    }

    /// Where an address leads, from the site that the page belongs to.
    fn address(&self, name: &str, address: &str) -> Option<Value> {
        let address = safe_url(address)?;
        Some(Value::String(match (&self.config.base, name) {
            (None, _) => address.to_owned(),
            (Some(base), "src") => base.image(address),
            (Some(base), _) => base.link(address),
        }))
    }

    fn element(&mut self, name: &str, attributes: Attributes, inside: impl FnOnce(&mut Self)) {
        self.out.push('<');
        self.out.push_str(name);
        self.out.push_str(&attributes.out);
        self.out.push('>');
        if !VOID.contains(&name) {
            inside(self);
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }
}

impl Scope for Renderer<'_> {
    fn variable(&self, variable: &Variable) -> Option<Value> {
        let known = self.named.iter().chain(&self.locals);
        match known.rev().find(|(name, _)| name == variable.name()) {
            Some((_, value)) => variable.reach(value).cloned(),
            None => self.config.variable(variable),
        }
    }

    /// `debug` shows a value as JSON.
    fn function(&self, name: &str, parameters: &[Value]) -> Option<Value> {
        match (name, parameters) {
            ("debug", [value, ..]) => {
                serde_json::to_string_pretty(&tree::value(value)).ok().map(Value::String)
            }
            _ => self.config.functions.and_then(|function| function(name, parameters)),
        }
    }
}

/// The attributes that any node takes.
const GLOBAL: [&str; 2] = ["class", "id"];

/// HTML's elements without an end.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// The attributes whose value is an address that a reader follows or a browser loads.
const ADDRESSES: [&str; 17] = [
    "action",
    "background",
    "cite",
    "data",
    "formaction",
    "href",
    "imagesrcset",
    "link",
    "longdesc",
    "manifest",
    "ping",
    "poster",
    "src",
    "srcset",
    "to",
    "url",
    "xlink:href",
];

/// The attributes of an element as they stand in its tag.
#[derive(Default)]
struct Attributes {
    out: String,
}

impl Attributes {
    fn push(&mut self, name: &str, value: Option<Value>) {
        let Some(value) = value else { return };
        let text = match (name, &value) {
            ("class", Value::Object(classes)) => class_names(classes),
            _ => attribute_text(&value),
        };
        if ADDRESSES.contains(&name) && safe_url(&text).is_none() {
            return;
        }
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(&text, &mut self.out);
        self.out.push('"');
    }
}

fn heading(node: &Node) -> &'static str {
    match node.attribute("level") {
        Some(Value::Number(2.0)) => "h2",
        Some(Value::Number(3.0)) => "h3",
        Some(Value::Number(4.0)) => "h4",
        Some(Value::Number(5.0)) => "h5",
        Some(Value::Number(6.0)) => "h6",
        _ => "h1",
    }
}

/// Where the links within the page lead, each once.
fn fragments(document: &Document) -> Vec<String> {
    let mut fragments = Vec::new();
    let links = document.nodes().filter_map(|node| node.string("href"));
    for fragment in links.filter_map(|href| href.strip_prefix('#')).map(decoded) {
        if !fragment.is_empty() && !fragments.contains(&fragment) {
            fragments.push(fragment);
        }
    }
    fragments
}

/// The classes that were written `.name`.
fn class_names(classes: &[(String, Value)]) -> String {
    let set = classes.iter().filter(|(_, value)| value.is_truthy());
    set.map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ")
}

/// A value as JavaScript writes it, since Markdoc's renderer does.
fn attribute_text(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(attribute_text).collect::<Vec<_>>().join(","),
        Value::Object(_) | Value::Variable(_) | Value::Function(_) => "[object Object]".to_owned(),
    }
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}
