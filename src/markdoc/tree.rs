//! The parsed tree as JSON, in the form and with the names of Markdoc's own AST.
//!
//! What Markdoc's tree does not have is added to each node: exact places. An offset
//! counts the bytes of the file from 0, a line and a column count from 1 (the column in
//! characters).

use serde_json::{Map, Value as Json, json};

use super::{Annotation, Document, Function, Lines, Node, Problem, Segment, Span, Value, Variable};

/// The tree, each problem on the innermost node that it falls on.
pub fn tree(document: &Document, problems: &[Problem]) -> Json {
    let places = Places::new(document);
    let mut problems: Vec<&Problem> = problems.iter().collect();
    let children = children(&document.children, &mut problems, &places);
    let end = document.sources.first().map_or(0, |source| source.text.len() as u32);
    let mut attributes = Map::new();
    if let Some(text) = &document.front_matter {
        attributes.insert("frontmatter".to_owned(), json!(text));
    }
    json!({
        "type": "document",
        "tag": null,
        "attributes": attributes,
        "annotations": [],
        "children": children,
        "location": places.location(Span { source: 0, start: 0, end }),
        "errors": errors(&problems, &places),
    })
}

/// Takes the problems that fall on one of the nodes out of the list.
fn children(nodes: &[Node], problems: &mut Vec<&Problem>, places: &Places) -> Vec<Json> {
    nodes
        .iter()
        .map(|child| {
            let mut inside = problems.extract_if(.., |problem| contains(child.span, problem.span)).collect();
            node(child, &mut inside, places)
        })
        .collect()
}

fn node(node: &Node, problems: &mut Vec<&Problem>, places: &Places) -> Json {
    let children = children(&node.children, problems, places);
    json!({
        "type": node.kind.name(),
        "tag": node.tag(),
        "attributes": entries(&node.attributes),
        "annotations": node.attributes.annotations().iter().map(annotation).collect::<Vec<_>>(),
        "children": children,
        "location": places.location(node.span),
        "errors": errors(problems, places),
    })
}

/// A class that was written `.name` is an annotation of a type of its own.
fn annotation(annotation: &Annotation) -> Json {
    match annotation.name.strip_prefix('.') {
        Some(class) => json!({ "type": "class", "name": class, "value": value(&annotation.value) }),
        None => json!({ "type": "attribute", "name": annotation.name, "value": value(&annotation.value) }),
    }
}

fn errors(problems: &[&Problem], places: &Places) -> Vec<Json> {
    problems
        .iter()
        .map(|problem| {
            json!({
                "id": problem.code,
                "level": problem.severity.name(),
                "message": problem.message,
                "location": places.location(problem.span),
            })
        })
        .collect()
}

/// A value as Markdoc's AST writes it.
pub(super) fn value(given: &Value) -> Json {
    match given {
        Value::Null => Json::Null,
        Value::Bool(truth) => json!(truth),
        Value::Number(number) => json_number(*number),
        Value::String(text) => json!(text),
        Value::Array(items) => items.iter().map(value).collect(),
        Value::Object(object) => Json::Object(entries(object)),
        Value::Variable(Variable { path }) => json!({
            "$$mdtype": "Variable",
            "path": path.iter().map(segment).collect::<Vec<_>>(),
        }),
        Value::Function(function) => {
            let Function { name, parameters } = &**function;
            let parameters = parameters.iter().enumerate().map(|(index, (name, given))| {
                (name.clone().unwrap_or_else(|| index.to_string()), value(given))
            });
            json!({
                "$$mdtype": "Function",
                "name": name,
                "parameters": parameters.collect::<Map<_, _>>(),
            })
        }
    }
}

fn entries<Key: ToString>(entries: &[(Key, Value)]) -> Map<String, Json> {
    entries.iter().map(|(key, given)| (key.to_string(), value(given))).collect()
}

fn segment(segment: &Segment) -> Json {
    match segment {
        Segment::Key(key) => json!(key),
        Segment::Index(index) => json!(index),
    }
}

/// JSON knows one type of number; a whole one is written without a fraction.
fn json_number(number: f64) -> Json {
    let whole = number as i64;
    if whole as f64 == number { json!(whole) } else { json!(number) }
}

fn contains(outer: Span, inner: Span) -> bool {
    outer.source == inner.source && outer.start <= inner.start && inner.end <= outer.end
}

/// The sources of a document, with the places in them.
struct Places<'a> {
    sources: Vec<(&'a str, Lines)>,
}

impl<'a> Places<'a> {
    fn new(document: &'a Document) -> Self {
        let texts = document.sources.iter().map(|source| source.text.as_str());
        Self { sources: texts.map(|text| (text, Lines::of(text))).collect() }
    }

    fn location(&self, span: Span) -> Json {
        json!({ "start": self.place(span.source, span.start), "end": self.place(span.source, span.end) })
    }

    fn place(&self, source: u32, offset: u32) -> Json {
        let Some((text, lines)) = self.sources.get(source as usize) else { return Json::Null };
        let (line, column) = lines.line_column(text, offset as usize);
        json!({ "offset": offset, "line": line, "column": column })
    }
}
