//! Partials: `{% partial file="…" /%}` gets the content of that file as its children.

use std::collections::BTreeMap;

use super::encode::MAX_NESTED;
use super::{Document, Kind, Node, Problem, Source, Span, Value, parse};

/// How deep partials may include each other.
const MAX_DEPTH: usize = 8;

/// How many nodes partials may add to a page: files that include each other twice over
/// would otherwise grow without end.
const MAX_NODES: usize = 500_000;

/// The code of the problem that a partial is not there.
pub const MISSING_PARTIAL: &str = "partial-missing";

/// Puts partials in their places, and those that they include in turn.
///
/// `load` gives a file's text by the name that the page gives. A partial's own front
/// matter is dropped. Each file is read once and stands once among the document's
/// sources; the spans of what it holds point there. A file that is missing, or that
/// includes itself, or with which the page would nest deeper than any alone, is a problem
/// at the tag, which then gets no children.
pub fn include(
    mut document: Document,
    load: &mut dyn FnMut(&str) -> Option<String>,
) -> (Document, Vec<Problem>) {
    let chain = document.sources.first().map(|source| source.path.clone()).into_iter().collect();
    let mut partials = Partials {
        load,
        known: BTreeMap::new(),
        contents: Vec::new(),
        sources: &mut document.sources,
        chain,
        depth: 0,
        nodes: 0,
        problems: Vec::new(),
    };
    document.children.iter_mut().for_each(|node| partials.node(node));
    let problems = partials.problems;
    (document, problems)
}

struct Partials<'a> {
    load: &'a mut dyn FnMut(&str) -> Option<String>,
    /// The files read so far, those that are missing, too: which of the contents is theirs.
    known: BTreeMap<String, usize>,
    contents: Vec<Option<Vec<Node>>>,
    sources: &'a mut Vec<Source>,
    /// The files that are being put in place, each included by the one before.
    chain: Vec<String>,
    /// How many nodes are around the one that is looked at.
    depth: usize,
    nodes: usize,
    problems: Vec<Problem>,
}

impl Partials<'_> {
    fn node(&mut self, node: &mut Node) {
        // What stands in code is text.
        if matches!(node.kind, Kind::Fence) {
            return;
        }
        self.depth += 1;
        node.children.iter_mut().for_each(|child| self.node(child));
        if matches!(&node.kind, Kind::Tag(name) if name == "partial") {
            self.partial(node);
        }
        self.depth -= 1;
    }

    fn partial(&mut self, node: &mut Node) {
        let file = match node.attribute("file") {
            Some(Value::String(file)) => file.clone(),
            Some(_) => return self.problem(node.span, "the file of a partial must be written as a string"),
            None => {
                let problem = Problem::error(node.span, "a partial needs its file: `file=\"…\"`");
                return self.problems.push(problem.coded("partial-unnamed"));
            }
        };
        if self.chain.contains(&file) {
            let message = ["`", &file, "` includes itself"].concat();
            return self.problem(node.span, &message);
        }
        if self.chain.len() > MAX_DEPTH {
            return self.problem(node.span, "partials include each other too deeply");
        }
        let Some(mut children) = self.read(&file) else {
            let message = ["the partial `", &file, "` is not there"].concat();
            let problem = Problem::error(node.span, message).coded(MISSING_PARTIAL);
            return self.problems.push(problem.about(&file, None));
        };
        self.nodes += children.iter().map(count).sum::<usize>();
        if self.nodes > MAX_NODES {
            return self.problem(node.span, "the partials of this page are too much together");
        }
        if self.depth + height(&children) > MAX_NESTED {
            return self.problem(node.span, "with this partial the page nests too deep");
        }
        self.chain.push(file);
        children.iter_mut().for_each(|child| self.node(child));
        self.chain.pop();
        node.children.append(&mut children);
    }

    /// The content of a file, without its partials.
    fn read(&mut self, file: &str) -> Option<Vec<Node>> {
        if let Some(known) = self.known.get(file) {
            return self.contents.get(*known)?.clone();
        }
        let content = (self.load)(file).map(|text| {
            let (Document { mut children, sources, .. }, mut problems) = parse(file, &text);
            let source = self.sources.len() as u32;
            self.sources.extend(sources);
            children.iter_mut().for_each(|child| set_source(child, source));
            problems.iter_mut().for_each(|problem| problem.span.source = source);
            self.problems.append(&mut problems);
            children
        });
        self.known.insert(file.to_owned(), self.contents.len());
        self.contents.push(content.clone());
        content
    }

    fn problem(&mut self, span: Span, message: &str) {
        self.problems.push(Problem::error(span, message));
    }
}

fn set_source(node: &mut Node, source: u32) {
    node.span.source = source;
    node.attributes.annotations_mut().iter_mut().for_each(|annotation| annotation.span.source = source);
    node.children.iter_mut().for_each(|child| set_source(child, source));
}

fn count(node: &Node) -> usize {
    1 + node.children.iter().map(count).sum::<usize>()
}

/// How deep nodes nest.
fn height(nodes: &[Node]) -> usize {
    nodes.iter().map(|node| 1 + height(&node.children)).max().unwrap_or_default()
}
