//! What a site's tags are: their names, and the attributes that each understands.
//!
//! This is data. [`Schemas::docs_site`] knows the tags of OpenMetadata's documentation;
//! whoever adds tags of its own adds them with [`Schemas::add`].

use std::collections::{BTreeMap, BTreeSet};

use super::Value;

/// The tags, annotated nodes and functions that a page may use.
#[derive(Clone, Debug, PartialEq)]
pub struct Schemas {
    tags: BTreeMap<String, Schema>,
    nodes: BTreeMap<String, Schema>,
    functions: BTreeSet<String>,
}

/// What a tag or a node understands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// The tag's name, or the node's as Markdoc names it.
    pub name: String,
    /// Whether it has no content.
    pub self_closing: bool,
    /// Its attributes. Every tag and node understands `id` and `class` besides.
    pub attributes: Vec<AttributeSchema>,
}

/// What an attribute may be.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeSchema {
    /// Its name; `primary` for the value that stands without a name.
    pub name: String,
    /// The types that it may have; any, where none is given.
    pub types: Vec<Type>,
    /// Whether it must be written.
    pub required: bool,
    /// The values that it may have; any, where none is given.
    pub allowed: Vec<Value>,
}

/// The type of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are Markdoc's own")]
pub enum Type {
    String,
    Number,
    Boolean,
    Array,
    Object,
    /// A string that is an address, held to [`safe_url`](super::safe_url).
    Url,
}

impl Schemas {
    /// What Markdoc itself knows: `if`, `else`, `partial`, `table` and `slot`, its nodes
    /// and its functions.
    pub fn built_in() -> Self {
        let mut schemas = Self { tags: BTreeMap::new(), nodes: BTreeMap::new(), functions: BTreeSet::new() };
        schemas.add(Schema::new("if").with("primary", &[]));
        schemas.add(Schema::new("else").closing_itself().with("primary", &[]));
        schemas.add(
            Schema::new("partial")
                .closing_itself()
                .require("file", &[Type::String])
                .with("variables", &[Type::Object]),
        );
        schemas.add(Schema::new("table"));
        schemas.add(Schema::new("slot").require("primary", &[Type::String]));
        for cell in ["td", "th"] {
            let schema = Schema::new(cell)
                .with("align", &[Type::String])
                .with("colspan", &[Type::Number])
                .with("rowspan", &[Type::Number])
                .with("width", &[Type::String]);
            schemas.add_node(schema);
        }
        schemas.add_node(Schema::new("heading").with("level", &[Type::Number]));
        let fence = Schema::new("fence").with("language", &[Type::String]).with("process", &[Type::Boolean]);
        schemas.add_node(fence);
        for name in ["equals", "and", "or", "not", "default", "debug"] {
            schemas.add_function(name);
        }
        schemas
    }

    /// The tags of OpenMetadata's documentation, and Markdoc's own.
    pub fn docs_site() -> Self {
        use Type::{Array, Number, String as Text, Url};
        let mut schemas = Self::built_in();
        // Layout, without attributes.
        for name in [
            "apiInfoContainer",
            "apiPageContainer",
            "codeInfoContainer",
            "codePreview",
            "collateContent",
            "connectorsListContainer",
            "inlineCalloutContainer",
            "multiTablesWrapper",
            "ossContent",
            "roadmap",
            "stepVisualInfo",
            "stepsContainer",
            "tilesContainer",
            "apiDescription",
            "apiVisualInfo",
        ] {
            schemas.add(Schema::new(name));
        }
        schemas.add(Schema::new("divider").closing_itself());
        schemas.add(Schema::new("note").allow("noteType", &["Note", "Tip", "Warning", "Important"]));
        schemas.add(
            Schema::new("inlineCallout").with_each(&["color", "icon", "bold"], &[Text]).with("href", &[Url]),
        );
        schemas.add(
            Schema::new("tile")
                .closing_itself()
                .with_each(&["title", "description", "icon"], &[Text])
                .with("link", &[Url]),
        );
        schemas.add(Schema::new("icon").closing_itself().with("iconName", &[Text]));
        schemas.add(
            Schema::new("image")
                .closing_itself()
                .require("src", &[Url])
                .with_each(&["alt", "caption"], &[Text])
                .with_each(&["pure", "clean"], &[])
                .with_each(&["width", "height"], &[Text, Number]),
        );
        schemas.add(
            Schema::new("youtube")
                .closing_itself()
                .require("videoId", &[Text])
                .with("caption", &[Text])
                .with_each(&["start", "end", "width", "height"], &[Text, Number]),
        );
        schemas.add(
            Schema::new("storyLane")
                .closing_itself()
                .require("demoId", &[Text])
                .with_each(&["width", "caption"], &[]),
        );
        schemas.add(
            Schema::new("connectorInfoCard")
                .closing_itself()
                .with_each(&["name", "stage", "platform"], &[Text])
                .with("href", &[Url]),
        );
        schemas.add(
            Schema::new("connectorDetailsHeader")
                .closing_itself()
                .with_each(&["name", "stage", "platform"], &[Text])
                .with_each(
                    &["availableFeatures", "unavailableFeatures", "availableFeaturesCollate"],
                    &[Array],
                ),
        );
        schemas.add(Schema::new("codeInfo").with("srNumber", &[Number]));
        schemas.add(Schema::new("codeBlock").with_each(&["fileName", "theme"], &[Text]));
        schemas.add(
            Schema::new("codeWithLanguageSelector")
                .with_each(&["title", "id", "theme"], &[Text])
                .with("languagesArray", &[Array]),
        );
        schemas.add(Schema::new("step").with("srNumber", &[Number]));
        schemas.add(Schema::new("stepDescription").with("title", &[Text]));
        schemas.add(Schema::new("extraContent").with("parentTagName", &[Text]));
        let fence = Schema::new("fence").with("srNumber", &[Number]).with("isCodeBlock", &[Type::Boolean]);
        schemas.add_node(fence);
        schemas
    }

    /// Adds a tag. If there is one of that name, it understands the attributes of both.
    pub fn add(&mut self, schema: Schema) {
        merge(&mut self.tags, schema);
    }

    /// Adds what may be annotated on a node: `heading`, `paragraph`, `item`, `fence`…
    pub fn add_node(&mut self, schema: Schema) {
        merge(&mut self.nodes, schema);
    }

    /// Adds a function.
    pub fn add_function(&mut self, name: &str) {
        self.functions.insert(name.to_owned());
    }

    /// What a tag understands.
    pub fn tag(&self, name: &str) -> Option<&Schema> {
        self.tags.get(name)
    }

    /// What may be annotated on a node.
    pub fn node(&self, name: &str) -> Option<&Schema> {
        self.nodes.get(name)
    }

    /// The names of all tags.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.keys().map(String::as_str)
    }

    /// The names of all functions.
    pub fn functions(&self) -> impl Iterator<Item = &str> {
        self.functions.iter().map(String::as_str)
    }

    /// Whether there is a function of that name.
    pub fn has_function(&self, name: &str) -> bool {
        self.functions.contains(name)
    }
}

impl Schema {
    /// A tag or node without attributes.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// It has no content: `{% name /%}`.
    pub fn closing_itself(mut self) -> Self {
        self.self_closing = true;
        self
    }

    /// An attribute of one of these types; of any, where none is given.
    pub fn with(mut self, name: &str, types: &[Type]) -> Self {
        self.attributes.push(AttributeSchema::new(name, types));
        self
    }

    /// Several attributes of the same types.
    pub fn with_each(self, names: &[&str], types: &[Type]) -> Self {
        names.iter().fold(self, |schema, name| schema.with(name, types))
    }

    /// An attribute that must be written.
    pub fn require(mut self, name: &str, types: &[Type]) -> Self {
        self.attributes.push(AttributeSchema { required: true, ..AttributeSchema::new(name, types) });
        self
    }

    /// An attribute that is one of these words.
    pub fn allow(mut self, name: &str, words: &[&str]) -> Self {
        let allowed = words.iter().map(|word| Value::String((*word).to_owned())).collect();
        self.attributes.push(AttributeSchema { allowed, ..AttributeSchema::new(name, &[Type::String]) });
        self
    }

    /// What is known of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&AttributeSchema> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

impl AttributeSchema {
    /// An attribute that need not be written.
    pub fn new(name: &str, types: &[Type]) -> Self {
        Self { name: name.to_owned(), types: types.to_vec(), required: false, allowed: Vec::new() }
    }
}

impl Type {
    /// Its name, as Markdoc has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Number => "Number",
            Self::Boolean => "Boolean",
            Self::Array => "Array",
            Self::Object => "Object",
            Self::Url => "URL",
        }
    }

    /// Whether a value has this type. What is computed may turn out to have any.
    pub fn fits(self, value: &Value) -> bool {
        match value {
            Value::Null => false,
            Value::Bool(_) => self == Self::Boolean,
            Value::Number(_) => self == Self::Number,
            Value::String(_) => matches!(self, Self::String | Self::Url),
            Value::Array(_) => self == Self::Array,
            Value::Object(_) => self == Self::Object,
            Value::Variable(_) | Value::Function(_) => true,
        }
    }
}

fn merge(schemas: &mut BTreeMap<String, Schema>, schema: Schema) {
    let Some(known) = schemas.get_mut(&schema.name) else {
        schemas.insert(schema.name.clone(), schema);
        return;
    };
    known.self_closing = schema.self_closing;
    for attribute in schema.attributes {
        match known.attributes.iter_mut().find(|other| other.name == attribute.name) {
            Some(other) => *other = attribute,
            None => known.attributes.push(attribute),
        }
    }
}
