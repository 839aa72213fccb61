//! What holds of every text that is read as a page, whatever it is.
//!
//! [`check`] is the function to call; the property tests and the fuzzer do. It says what is
//! wrong as a sentence, or nothing.

use upgrade_checklist::environment::Environment;
use upgrade_checklist::guide;
use upgrade_checklist::markdoc::encode::{decode, encode};
use upgrade_checklist::markdoc::html::{Config, html};
use upgrade_checklist::markdoc::{Document, Kind, Node, Problem, Span, Value, parse, validate};

/// How deep a tree may be: reading, drawing and dropping it recurse, in a browser too.
const MAX_DEPTH: usize = 256;

/// What pulldown-cmark is shown in a tag's place.
const MASK: &str = "<?<";

/// Reads a page and does with it all that the program can do.
pub fn check(page: &str) -> Result<(), String> {
    let (document, problems) = parse("page.md", page);
    let mut found = problems.clone();
    found.extend(validate(&document, &guide::schemas()));
    for problem in &found {
        is_in(page, problem.span).ok_or_else(|| format!("a problem lies outside: {problem:?}"))?;
    }
    let mut reading = Reading { page, covered: vec![false; page.len()] };
    let everything = Span { source: 0, start: 0, end: page.len() as u32 };
    reading.nodes(&document.children, &Node::new(Kind::Inline, everything), 1)?;
    reading.front_matter(&document);
    problems.iter().for_each(|problem| reading.cover(problem.span));
    reading.nothing_is_lost(&problems)?;
    no_mask(page, &document)?;
    comes_back(&document)?;
    let drawn = html(&document, &Config::default());
    if drawn.contains("<?") || drawn.contains("<!") || drawn.contains("<script") {
        return Err(format!("the HTML holds what is no element of ours: {drawn}"));
    }
    guide::build(&document, &Environment::default());
    Ok(())
}

/// The bytes of a page, and which of them a node or a problem accounts for.
struct Reading<'a> {
    page: &'a str,
    covered: Vec<bool>,
}

impl Reading<'_> {
    fn nodes(&mut self, nodes: &[Node], parent: &Node, depth: usize) -> Result<(), String> {
        if depth > MAX_DEPTH {
            return Err(format!("the tree is deeper than {MAX_DEPTH}"));
        }
        // What a table refuses stands after it, wherever it was written.
        let in_order = parent.tag() != Some("table");
        let mut before = parent.span.start;
        for node in nodes {
            let slice =
                is_in(self.page, node.span).ok_or_else(|| format!("a span lies outside: {node:?}"))?;
            if node.span.start < before || node.span.end > parent.span.end {
                return Err(format!("{:?} is not in its place in {:?}", summary(node), summary(parent)));
            }
            for annotation in node.attributes.annotations() {
                is_in(self.page, annotation.span).ok_or_else(|| format!("outside: {annotation:?}"))?;
                self.cover(annotation.span);
            }
            before = if in_order { node.span.end } else { before };
            self.node(node, slice)?;
            self.nodes(&node.children, node, depth + 1)?;
        }
        Ok(())
    }

    /// What a node says must be what stands in its place.
    fn node(&mut self, node: &Node, slice: &str) -> Result<(), String> {
        let says = |content: &str, place: &str| {
            // An entity, a percent escape or Punycode says something else than it is.
            let same =
                place.contains(['&', '%']) || place.contains("xn--") || letters(content) == letters(place);
            same.then_some(()).ok_or_else(|| format!("{place:?} became {content:?}"))
        };
        match (&node.kind, node.attribute("content")) {
            (Kind::Text | Kind::Code, Some(Value::String(content))) => {
                says(content, slice)?;
                self.cover(node.span);
            }
            (Kind::Text | Kind::Error, _) => self.cover(node.span),
            (Kind::Image, _) => {
                let label = node.string("alt").unwrap_or_default();
                if !letters(slice).starts_with(&letters(label)) {
                    return Err(format!("{slice:?} is described as {label:?}"));
                }
                self.cover(node.span);
            }
            (Kind::Fence, Some(Value::String(content))) => {
                let after = slice.find(['\n', '\r']).map_or(slice.len(), |end| end);
                says(content, slice.get(after..).unwrap_or_default())?;
                // Of the line that opens it, Markdoc keeps the first word.
                self.cover(Span { end: node.span.start + after as u32, ..node.span });
                if node.children.is_empty() {
                    self.cover(node.span);
                }
            }
            (Kind::Link, _) => {
                let from = node.children.last().map_or(node.span.start, |last| last.span.end);
                self.cover(Span { start: from, ..node.span });
            }
            (Kind::Tag(_), _) => {
                let opening = tag_end(slice).unwrap_or_default();
                self.cover(Span { end: node.span.start + opening as u32, ..node.span });
                if let Some(closing) = slice.rfind("{%").filter(|_| slice.ends_with("%}")) {
                    self.cover(Span { start: node.span.start + closing as u32, ..node.span });
                }
            }
            (Kind::Item | Kind::Th | Kind::Td, _) => {
                let digits = slice.bytes().take_while(u8::is_ascii_digit).count();
                self.cover(Span { end: node.span.start + digits as u32, ..node.span });
            }
            _ => {}
        }
        Ok(())
    }

    fn front_matter(&mut self, document: &Document) {
        if document.front_matter.is_some() {
            let lines = self.page.split_inclusive(['\n', '\r']);
            let mut end = 0;
            for (index, line) in lines.enumerate() {
                end += line.len();
                if index > 0 && line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}') == "---" {
                    break;
                }
            }
            self.cover(Span { source: 0, start: 0, end: end as u32 });
        }
    }

    fn cover(&mut self, span: Span) {
        if let Some(bytes) = self.covered.get_mut(span.start as usize..span.end as usize) {
            bytes.fill(true);
        }
    }

    /// Letters and digits are never markup, so each must be accounted for, but for those of
    /// a link's definition, and of a tag that closes one which is left out.
    fn nothing_is_lost(&self, problems: &[Problem]) -> Result<(), String> {
        let mut lost = String::new();
        let mut found = Vec::new();
        for (at, character) in self.page.char_indices() {
            if self.covered.get(at) == Some(&false) {
                lost.push(character);
            } else if !lost.is_empty() {
                found.push(std::mem::take(&mut lost));
            }
        }
        found.push(lost);
        let left_out = problems.iter().any(|problem| problem.message.contains("left out"));
        found.retain(|text| {
            let is_definition = text.contains("]:");
            let closes = left_out && text.contains("{%") && text.contains('/');
            text.contains(char::is_alphanumeric) && !is_definition && !closes
        });
        if found.is_empty() { Ok(()) } else { Err(format!("lost: {found:?}")) }
    }
}

/// No text of the tree holds what only pulldown-cmark was to see.
fn no_mask(page: &str, document: &Document) -> Result<(), String> {
    // Escapes and entities can spell it, too.
    if page.contains('&') || page.replace('\\', "").contains(MASK) {
        return Ok(());
    }
    let mut rest: Vec<&Node> = document.children.iter().collect();
    while let Some(node) = rest.pop() {
        for (_, value) in &node.attributes {
            if let Value::String(text) = value
                && text.contains(MASK)
            {
                return Err(format!("a mask came out: {text:?}"));
            }
        }
        rest.extend(&node.children);
    }
    Ok(())
}

/// What is encoded is decoded again, and is the same but for its places.
fn comes_back(document: &Document) -> Result<(), String> {
    let bytes = encode(document);
    let decoded = decode(&bytes).map_err(|error| format!("it is not decoded: {error}"))?;
    let same = decoded.front_matter == document.front_matter && encode(&decoded) == bytes;
    same.then_some(()).ok_or_else(|| "what is decoded is another document".to_owned())
}

fn is_in(page: &str, span: Span) -> Option<&str> {
    page.get(span.start as usize..span.end as usize)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The length of the tag that a text begins with.
fn tag_end(text: &str) -> Option<usize> {
    let (mut in_string, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate().skip(2) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'%' if !in_string && text.as_bytes().get(at + 1) == Some(&b'}') => return Some(at + 2),
            _ => {}
        }
    }
    // `{%}` is a tag whose two marks share a sign.
    text.starts_with("{%}").then_some(3)
}

fn summary(node: &Node) -> (Kind, Span) {
    (node.kind.clone(), node.span)
}
