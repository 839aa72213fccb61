//! A docs site's own tags and nodes, told in Markdoc's shape as JSON.
//!
//! It is Markdoc's `Config` as far as JSON can write it: no functions, no `transform`, no
//! regular expressions. What is not used here (`inline`, `slots`, `description`) may
//! stand in it. Start with [`Config::read`].

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value as Json};

use crate::markdoc::{AttributeSchema, Base, Document, Kind, Problem, Schemas, Scope, Type, Value, Variable};

/// What a function of a name is worth with these parameters, if there is one.
pub type Functions = fn(&str, &[Value]) -> Option<Value>;

/// What a site teaches the renderer.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The values of `$name`.
    pub variables: Vec<(String, Value)>,
    /// The site's tags by their names.
    pub tags: BTreeMap<String, Schema>,
    /// Other elements for Markdoc's own types of node, by their names.
    pub nodes: BTreeMap<String, Schema>,
    /// What functions besides Markdoc's own are worth.
    pub functions: Option<Functions>,
    /// The texts that `{% partial file="…" /%}` stands for.
    pub partials: BTreeMap<String, String>,
    /// The site that the page's own links and images are relative to.
    pub base: Option<Base>,
    /// Whether the tags of OpenMetadata's documentation are known, too.
    pub is_docs_site: bool,
}

/// How a tag or a node is written.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// The element; without one only the content is written.
    pub render: Option<ElementName>,
    /// What content may say, in the order in which it is written.
    pub attributes: Vec<Attribute>,
    /// The types of node that may stand inside; anything if it is not said.
    pub children: Option<Vec<String>>,
    /// Whether it must be written `{% name /%}`.
    pub self_closing: bool,
}

/// One attribute of a schema.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name in the page.
    pub name: String,
    /// Its name in HTML, if it is written there.
    pub render: Option<AttributeName>,
    /// Its value where the author gives none.
    pub default: Option<Value>,
    /// One of these, or anything if there are none.
    pub types: Vec<Type>,
    /// Whether the author must give it.
    pub required: bool,
    /// The only texts that it may be.
    pub matches: Option<Vec<String>>,
}

/// The name of an element whose content is text and elements, so that escaped text in it
/// is only text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementName(String);

/// The name of an attribute whose value is never run or parsed as HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeName(String);

impl Config {
    /// OpenMetadata's documentation.
    pub fn docs_site() -> Self {
        Self { is_docs_site: true, ..Self::default() }
    }

    /// Reads a configuration; the error is a sentence for its author.
    pub fn read(json: &str) -> Result<Self, String> {
        let raw: RawConfig = serde_json::from_str(json).map_err(|error| error.to_string())?;
        Ok(Self {
            variables: raw.variables.iter().map(|(name, json)| (name.clone(), value(json))).collect(),
            tags: schemas("tag", raw.tags)?,
            nodes: schemas("node", raw.nodes)?,
            partials: raw.partials,
            ..Self::default()
        })
    }

    /// What a page may use: what it could before, and what is taught here.
    pub fn added_to(&self, mut schemas: Schemas) -> Schemas {
        self.tags.iter().for_each(|(name, schema)| schemas.add(schema.declared_as(name)));
        for (name, schema) in &self.nodes {
            let mut declared = schema.declared_as(name);
            // A page may still say of a node what it could before.
            if let Some(known) = schemas.node(name) {
                let is_new = |attribute: &&AttributeSchema| declared.attribute(&attribute.name).is_none();
                let others: Vec<AttributeSchema> = known.attributes.iter().filter(is_new).cloned().collect();
                declared.attributes.extend(others);
            }
            schemas.add_node(declared);
        }
        schemas
    }

    /// What stands in a tag or a node that may not hold its type, as Markdoc tells it.
    pub fn misplaced(&self, document: &Document) -> Vec<Problem> {
        let mut problems = Vec::new();
        for node in document.nodes() {
            let (name, schema) = match &node.kind {
                Kind::Tag(name) => (name.as_str(), self.tags.get(name)),
                kind => (kind.name(), self.nodes.get(kind.name())),
            };
            let Some(allowed) = schema.and_then(|schema| schema.children.as_ref()) else { continue };
            for child in &node.children {
                // What a partial has included is not its own content.
                let is_own = child.kind != Kind::Error && child.span.source == node.span.source;
                let kind = child.kind.name();
                if is_own && !allowed.iter().any(|allowed| allowed == kind) {
                    let message = format!("no `{kind}` may stand in `{name}`");
                    problems.push(Problem::warning(child.span, message).coded("child-invalid"));
                }
            }
        }
        problems
    }

    /// Gives a variable a text.
    pub fn set(&mut self, name: &str, text: &str) {
        self.variables.retain(|(key, _)| key != name);
        self.variables.push((name.to_owned(), Value::String(text.to_owned())));
    }

    /// Whether a variable has a value.
    pub fn knows(&self, name: &str) -> bool {
        self.variables.iter().any(|(key, _)| key == name)
    }
}

impl Schema {
    fn declared_as(&self, name: &str) -> crate::markdoc::Schema {
        crate::markdoc::Schema {
            name: name.to_owned(),
            self_closing: self.self_closing,
            attributes: self.attributes.iter().map(Attribute::declared).collect(),
        }
    }
}

impl Attribute {
    fn declared(&self) -> AttributeSchema {
        AttributeSchema {
            name: self.name.clone(),
            types: self.types.clone(),
            required: self.required,
            allowed: self.matches.iter().flatten().cloned().map(Value::String).collect(),
        }
    }
}

impl Scope for Config {
    fn variable(&self, variable: &Variable) -> Option<Value> {
        let (_, value) = self.variables.iter().find(|(name, _)| name == variable.name())?;
        variable.reach(value).cloned()
    }
}

impl ElementName {
    /// The name, if it is one.
    pub fn new(name: &str) -> Result<Self, String> {
        /// HTML's elements in which markup is not escaped as it is elsewhere.
        const RAW: [&str; 10] = [
            "iframe",
            "noembed",
            "noframes",
            "noscript",
            "plaintext",
            "script",
            "style",
            "template",
            "title",
            "xmp",
        ];
        let well_formed = name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(|character| character.is_ascii_alphanumeric() || "-_.".contains(character));
        if !well_formed {
            Err(format!("`{name}` is not the name of an element"))
        } else if RAW.contains(&name.to_ascii_lowercase().as_str()) {
            Err(format!("a page's content cannot be rendered in `{name}`"))
        } else {
            Ok(Self(name.to_owned()))
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AttributeName {
    /// The name in lower case, as Markdoc writes it, if it is one.
    pub fn new(name: &str) -> Result<Self, String> {
        let lower = name.to_ascii_lowercase();
        let well_formed = lower
            .starts_with(|first: char| first.is_ascii_alphabetic() || "_:".contains(first))
            && lower.chars().all(|character| character.is_ascii_alphanumeric() || "-_.:".contains(character));
        if !well_formed {
            Err(format!("`{name}` is not the name of an attribute"))
        } else if lower.starts_with("on") || matches!(lower.as_str(), "srcdoc" | "style") {
            Err(format!("a page's content cannot set the attribute `{name}`; give it `\"render\": false`"))
        } else {
            Ok(Self(lower))
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RawConfig {
    variables: Map<String, Json>,
    tags: BTreeMap<String, RawSchema>,
    nodes: BTreeMap<String, RawSchema>,
    partials: BTreeMap<String, String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RawSchema {
    render: Option<String>,
    attributes: Map<String, Json>,
    children: Option<Vec<String>>,
    self_closing: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RawAttribute {
    #[serde(rename = "type")]
    types: Option<OneOrMany>,
    render: Option<RawRender>,
    default: Option<Json>,
    required: bool,
    matches: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected the name of a type, or a list of them")]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected true, false or a name for `render`")]
enum RawRender {
    Written(bool),
    As(String),
}

fn schemas(what: &str, raw: BTreeMap<String, RawSchema>) -> Result<BTreeMap<String, Schema>, String> {
    raw.into_iter()
        .map(|(name, raw)| match schema(raw) {
            Ok(schema) => Ok((name, schema)),
            Err(error) => Err(format!("{what} `{name}`: {error}")),
        })
        .collect()
}

fn schema(raw: RawSchema) -> Result<Schema, String> {
    Ok(Schema {
        render: raw.render.as_deref().map(ElementName::new).transpose()?,
        attributes: raw.attributes.into_iter().map(attribute).collect::<Result<_, _>>()?,
        children: raw.children,
        self_closing: raw.self_closing,
    })
}

fn attribute((name, json): (String, Json)) -> Result<Attribute, String> {
    let raw: RawAttribute =
        serde_json::from_value(json).map_err(|error| format!("attribute `{name}`: {error}"))?;
    let render = match raw.render {
        Some(RawRender::Written(false)) => None,
        Some(RawRender::As(other)) => Some(AttributeName::new(&other)?),
        Some(RawRender::Written(true)) | None => Some(AttributeName::new(&name)?),
    };
    let types = match raw.types {
        None => Vec::new(),
        Some(OneOrMany::One(one)) => vec![value_type(&one)?],
        Some(OneOrMany::Many(many)) => many.iter().map(|one| value_type(one)).collect::<Result<_, _>>()?,
    };
    let default = raw.default.as_ref().map(value);
    Ok(Attribute { name, render, default, types, required: raw.required, matches: raw.matches })
}

fn value_type(name: &str) -> Result<Type, String> {
    const TYPES: [Type; 5] = [Type::String, Type::Number, Type::Boolean, Type::Array, Type::Object];
    let found = TYPES.into_iter().find(|one| one.name() == name);
    found.ok_or_else(|| format!("`{name}` is not a type: write {}", TYPES.map(Type::name).join(", ")))
}

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => Value::Number(number.as_f64().unwrap_or_default()),
        Json::String(text) => Value::String(text.clone()),
        Json::Array(items) => Value::Array(items.iter().map(value).collect()),
        Json::Object(entries) => {
            Value::Object(Box::new(entries.iter().map(|(key, json)| (key.clone(), value(json))).collect()))
        }
    }
}
