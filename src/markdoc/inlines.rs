//! The inline structure: pulldown-cmark reads the masked texts, and its events become
//! the children of the inline nodes.

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag};

use super::blocks::Parsed;
use super::extract::Extract;
use super::mask::{self, Hidden, Masked};
use super::tag::Attribute;
use super::{Kind, Node, Problem, Span, Value, attributes, url};

/// How deep emphasis and links may stand in each other; what is deeper is flattened.
const MAX_DEPTH: usize = 64;

/// Attributes for the node around a text, and where they stand.
type Annotations = Vec<(Vec<Attribute>, u32)>;

/// Fills the inline nodes of a page.
pub(super) fn fill(parsed: &mut Parsed, problems: &mut Vec<Problem>) {
    let masked = mask::mask(&parsed.plain, &parsed.leaves, &parsed.definitions, problems);
    let contents = read(masked, &parsed.plain, parsed.leaves.len());
    let mut contents = contents.into_iter();
    for node in &mut parsed.children {
        fill_node(node, &mut contents, &parsed.plain, problems);
    }
}

/// The contents come in the order of the inline nodes.
fn fill_node(
    node: &mut Node,
    contents: &mut impl Iterator<Item = (Vec<Node>, Annotations)>,
    plain: &Extract,
    problems: &mut Vec<Problem>,
) {
    let mut annotations = Vec::new();
    for child in &mut node.children {
        if child.kind == Kind::Inline {
            if let Some((children, found)) = contents.next() {
                child.children = children;
                annotations.extend(found);
            }
        } else {
            fill_node(child, contents, plain, problems);
        }
    }
    annotations.sort_by_key(|(_, start)| *start);
    for (found, start) in annotations {
        attributes::annotate(node, found, start, plain, problems);
    }
}

/// The children of each inline node, and the annotations among them.
fn read(masked: Masked, plain: &Extract, leaves: usize) -> Vec<(Vec<Node>, Annotations)> {
    let Masked { text, frames, marks } = masked;
    let mut contents: Vec<(Vec<Node>, Annotations)> =
        std::iter::repeat_with(Default::default).take(leaves).collect();
    let mut inner: Vec<Vec<Node>> = Vec::with_capacity(frames.len());
    let mut annotations = Annotations::new();
    let mut marks = marks.into_iter().peekable();
    let mut events = Parser::new_ext(&text.text, Options::ENABLE_STRIKETHROUGH).into_offset_iter().peekable();
    for (index, frame) in frames.iter().enumerate() {
        let end = frames.get(index + 1).map_or(u32::MAX, |next| next.start);
        let mut builder = Builder {
            text: &text,
            plain,
            stack: vec![Open::new(Node::new(Kind::Inline, Span::default()), frame.content, false)],
            annotations: Vec::new(),
            is_after_annotation: false,
        };
        while let Some((event, range)) = events.next_if(|(_, range)| (range.start as u32) < end) {
            let range = (range.start as u32, range.end as u32);
            // The paragraph itself, and its lead.
            if range.0 < frame.content {
                continue;
            }
            if matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
                while marks.next_if(|mark| mark.start < range.0).is_some() {}
                if let Some(mark) = marks.next_if(|mark| mark.start == range.0) {
                    builder.mark(mark.hidden, &mut inner, range);
                    continue;
                }
            }
            builder.event(event, range);
        }
        let (children, found) = builder.finish();
        annotations.extend(found);
        match frame.leaf {
            Some(leaf) => {
                let found = std::mem::take(&mut annotations);
                if let Some(content) = contents.get_mut(leaf) {
                    *content = (children, found);
                }
                inner.push(Vec::new());
            }
            None => inner.push(children),
        }
    }
    contents
}

/// Makes nodes of one frame's events.
struct Builder<'a> {
    /// What pulldown-cmark reads.
    text: &'a Extract,
    /// What the page says there.
    plain: &'a Extract,
    /// The frame itself, then the nodes that are open.
    stack: Vec<Open>,
    annotations: Annotations,
    /// Whether an annotation stands between the last text and what follows.
    is_after_annotation: bool,
}

/// A node that is open.
struct Open {
    node: Node,
    /// Where its last child ends in the parsed text.
    inner_end: u32,
    /// Whether only its children are kept.
    is_flat: bool,
}

impl Open {
    fn new(node: Node, start: u32, is_flat: bool) -> Self {
        Self { node, inner_end: start, is_flat }
    }
}

impl Builder<'_> {
    fn event(&mut self, event: Event, range: (u32, u32)) {
        match event {
            Event::Start(tag) => return self.start(tag, range),
            Event::End(_) => self.end(range),
            Event::Code(_) => self.code(range),
            Event::SoftBreak => self.push(Node::new(Kind::Softbreak, self.span(range))),
            Event::HardBreak => self.push(Node::new(Kind::Hardbreak, self.span(range))),
            Event::Text(text) => {
                let text = self.original(&text, range);
                self.push_text(&text, range);
            }
            _ => {
                let (start, end) = self.text_range(range);
                let text = self.plain.slice(start, end).to_owned();
                self.push_text(&text, range);
            }
        }
        if let Some(top) = self.stack.last_mut() {
            top.inner_end = top.inner_end.max(range.1);
        }
    }

    fn mark(&mut self, hidden: Hidden, inner: &mut [Vec<Node>], range: (u32, u32)) {
        match hidden {
            Hidden::Node(node) => self.push(node),
            Hidden::Around(mut node, frame) => {
                node.children = inner.get_mut(frame).map(std::mem::take).unwrap_or_default();
                self.push(node);
            }
            Hidden::Annotation(attributes, start) => {
                self.annotations.push((attributes, start));
                self.is_after_annotation = true;
            }
            Hidden::Edge => {}
        }
        if let Some(top) = self.stack.last_mut() {
            top.inner_end = top.inner_end.max(range.1);
        }
    }

    fn start(&mut self, tag: Tag, range: (u32, u32)) {
        let marker = |length: u32| {
            let text = self.text.slice(range.0, range.0 + length).to_owned();
            ("marker".to_owned(), Value::String(text))
        };
        let (kind, attributes, lead) = match tag {
            Tag::Emphasis => (Kind::Em, vec![marker(1)], 1),
            Tag::Strong => (Kind::Strong, vec![marker(2)], 2),
            Tag::Strikethrough => (Kind::S, Vec::new(), 2),
            Tag::Link { link_type, dest_url, title, .. } => {
                let address = match link_type {
                    LinkType::Email => ["mailto:", &dest_url].concat(),
                    _ => dest_url.to_string(),
                };
                (Kind::Link, link_attributes("href", &address, &title), 1)
            }
            Tag::Image { dest_url, title, .. } => (Kind::Image, link_attributes("src", &dest_url, &title), 2),
            // Nothing else can stand in a paragraph.
            _ => (Kind::Inline, Vec::new(), 0),
        };
        let is_flat = kind == Kind::Inline || self.stack.len() > MAX_DEPTH;
        let mut node = Node::new(kind, self.span(range));
        node.attributes = attributes;
        self.is_after_annotation = false;
        self.stack.push(Open::new(node, range.0 + lead, is_flat));
    }

    fn end(&mut self, range: (u32, u32)) {
        if self.stack.len() < 2 {
            return;
        }
        let Some(Open { mut node, inner_end, is_flat }) = self.stack.pop() else { return };
        let (start, label_end) = (self.text.origin(range.0), self.text.origin(inner_end));
        let end = self.text_range(range).1;
        match node.kind {
            Kind::Image => {
                let label = self.plain.slice(start + 2, label_end).to_owned();
                node.children.clear();
                if self.is_refused(&node, "src") {
                    let text = self.plain.slice(start, end).to_owned();
                    return self.push_text(&text, range);
                }
                node.attributes.insert(0, ("alt".to_owned(), Value::String(label)));
            }
            Kind::Link if self.is_refused(&node, "href") => {
                let tail = self.plain.slice(label_end, end).to_owned();
                self.push_text("[", (range.0, range.0 + 1));
                self.push_all(node.children);
                return self.push_text(&tail, (inner_end, range.1));
            }
            _ => {}
        }
        if is_flat {
            self.push_all(node.children);
        } else {
            self.push(node);
        }
    }

    /// Whether Markdoc makes no link of this address.
    fn is_refused(&self, node: &Node, attribute: &str) -> bool {
        node.string(attribute).is_some_and(url::is_script)
    }

    fn code(&mut self, range: (u32, u32)) {
        let (start, end) = self.text_range(range);
        let text = self.plain.slice(start, end);
        let ticks = text.bytes().take_while(|byte| *byte == b'`').count();
        let inner = text.get(ticks..text.len().saturating_sub(ticks)).unwrap_or_default().replace('\n', " ");
        let stripped = match inner.strip_prefix(' ').and_then(|rest| rest.strip_suffix(' ')) {
            Some(stripped) if !stripped.is_empty() => stripped,
            _ => &inner,
        };
        let mut node = Node::new(Kind::Code, self.span(range));
        node.attributes.push(("content".to_owned(), Value::String(stripped.to_owned())));
        self.push(node);
    }

    /// What the page says where pulldown-cmark found a text, unless it decoded it.
    fn original(&self, text: &CowStr, range: (u32, u32)) -> String {
        if self.text.slice(range.0, range.1) == &**text {
            let (start, end) = self.text_range(range);
            return self.plain.slice(start, end).to_owned();
        }
        text.to_string()
    }

    fn push(&mut self, node: Node) {
        self.is_after_annotation = false;
        if let Some(top) = self.stack.last_mut() {
            top.node.children.push(node);
        }
    }

    fn push_all(&mut self, nodes: Vec<Node>) {
        for node in nodes {
            match (&node.kind, node.string("content")) {
                (Kind::Text, Some(text)) => self.merge_text(text, node.span),
                _ => self.push(node),
            }
        }
    }

    fn push_text(&mut self, text: &str, range: (u32, u32)) {
        let span = self.span(range);
        self.merge_text(text, span);
    }

    /// Adds text, to the text before it if there is one.
    fn merge_text(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        let separate = std::mem::take(&mut self.is_after_annotation);
        let Some(top) = self.stack.last_mut() else { return };
        if let Some(last) = top.node.children.last_mut()
            && !separate
            && last.kind == Kind::Text
            && let Some((_, Value::String(before))) = last.attributes.first_mut()
        {
            before.push_str(text);
            last.span.end = span.end;
            return;
        }
        let mut node = Node::new(Kind::Text, span);
        node.attributes.push(("content".to_owned(), Value::String(text.to_owned())));
        top.node.children.push(node);
    }

    fn finish(mut self) -> (Vec<Node>, Annotations) {
        while self.stack.len() > 1 {
            let end = self.stack.last().map_or(0, |top| top.inner_end);
            self.end((end, end));
        }
        let children = self.stack.pop().map(|root| root.node.children).unwrap_or_default();
        (children, self.annotations)
    }

    /// A range of the parsed text in the plain text.
    fn text_range(&self, (start, end): (u32, u32)) -> (u32, u32) {
        self.text.range(start, end)
    }

    /// A range of the parsed text in the page.
    fn span(&self, range: (u32, u32)) -> Span {
        let (start, end) = self.text_range(range);
        let (start, end) = self.plain.range(start, end);
        Span { source: 0, start, end }
    }
}

fn link_attributes(name: &str, address: &str, title: &str) -> Vec<(String, Value)> {
    let mut attributes = vec![(name.to_owned(), Value::String(encode(address)))];
    if !title.is_empty() {
        attributes.push(("title".to_owned(), Value::String(title.to_owned())));
    }
    attributes
}

/// Percent-encodes what may not stand in an address, and nothing that already is.
fn encode(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = String::with_capacity(address.len());
    for (at, &byte) in bytes.iter().enumerate() {
        let is_escape = byte == b'%'
            && matches!(bytes.get(at + 1..at + 3), Some(digits) if digits.iter().all(u8::is_ascii_hexdigit));
        if is_escape || byte.is_ascii_alphanumeric() || b";/?:@&=+$,-_.!~*'()#".contains(&byte) {
            out.push(char::from(byte));
        } else {
            const DIGITS: [char; 16] =
                ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(DIGITS.get(usize::from(digit)).copied().unwrap_or('0'));
            }
        }
    }
    out
}
