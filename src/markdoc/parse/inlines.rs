//! The inline structure: what stands in a text becomes the children of its inline node.
//! Plain texts are read first, by their pieces; the others then, masked, by pulldown-cmark.
//!
//! From the events come links, images, code, entities and line breaks; from the masks,
//! tags; from the runs of marks, emphasis. [`Builder`] puts them together, one scope for
//! each link and tag that is open.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag};

use super::attributes::Annotator;
use super::blocks::{Leaf, Parsed};
use super::extract::Extract;
use super::mask::{self, Masked};
use super::plain::{self, Label, Piece, PieceKind, Reading};
use super::stack::{Height, Run, Stack};
use super::tag::{self, Attribute, Body};
use super::{Attributes, Kind, Node, Problem, Span, Value, address, attributes, links, table_tag};

/// How deep links and tags may stand in each other within one text.
const MAX_DEPTH: usize = 32;

/// Attributes for the node around a text, and where they stand in the plain text.
type Annotations<'a> = Vec<(Vec<Attribute<'a>>, u32)>;

/// The children of an inline node, and the annotations among them.
type Content<'a> = (Vec<Node>, Annotations<'a>);

/// Fills the inline nodes of a page.
pub(super) fn fill(parsed: &mut Parsed, problems: &mut Vec<Problem>) {
    let Parsed { children, plain, leaves, definitions, .. } = parsed;
    let plain: &Extract = plain;
    let (mut contents, unread) = read_plain(plain, leaves, !definitions.is_empty(), problems);
    if !unread.is_empty() {
        let masked = mask::mask(plain, unread.iter().map(|(_, leaf)| *leaf), definitions);
        read_masked(&masked, plain, &unread, &mut contents, problems);
    }
    let mut contents = contents.into_iter();
    for node in children {
        fill_node(node, &mut contents, plain, problems);
    }
}

/// Gives a node's inline nodes their contents, which come in the order of the page, and makes a
/// table of a tag that is one.
fn fill_node<'a>(
    node: &mut Node,
    contents: &mut impl Iterator<Item = Content<'a>>,
    plain: &Extract,
    problems: &mut Vec<Problem>,
) {
    let mut annotations = Vec::new();
    for child in &mut node.children {
        if matches!(child.kind, Kind::Inline) {
            if let Some((children, found)) = contents.next() {
                child.children = children;
                annotations.extend(found);
            }
        } else {
            fill_node(child, contents, plain, problems);
        }
    }
    if !annotations.is_empty() {
        let mut annotator = Annotator::new(node, plain, problems);
        annotations.into_iter().for_each(|(found, start)| annotator.add(found, start));
    }
    table_tag::transform(node, problems);
}

/// Reads the texts that need no Markdown parser. The others, with their numbers, are left over,
/// their contents empty.
fn read_plain<'a>(
    plain: &'a Extract,
    leaves: &[Leaf],
    has_definitions: bool,
    problems: &mut Vec<Problem>,
) -> (Vec<Content<'a>>, Vec<(usize, Leaf)>) {
    let nothing = Masked::default();
    let mut builder = Builder::new(&nothing, plain, problems);
    let (mut contents, mut unread) = (Vec::with_capacity(leaves.len()), Vec::new());
    let mut pieces = Vec::new();
    for (number, leaf) in leaves.iter().enumerate() {
        contents.push(match plain::read(plain.slice(leaf.start, leaf.end), has_definitions, &mut pieces) {
            Reading::Text => (text_node(plain, *leaf).into_iter().collect(), Vec::new()),
            Reading::Pieces => {
                builder.begin(*leaf, 0);
                pieces.drain(..).for_each(|piece| builder.piece(piece));
                builder.finish()
            }
            Reading::Markdown => {
                unread.push((number, *leaf));
                Content::default()
            }
        });
    }
    (contents, unread)
}

/// Reads the texts that are masked.
fn read_masked<'a>(
    masked: &Masked,
    plain: &'a Extract,
    leaves: &[(usize, Leaf)],
    contents: &mut [Content<'a>],
    problems: &mut Vec<Problem>,
) {
    let mut tags = masked.tags.iter().copied().peekable();
    let mut events = Parser::new_ext(&masked.text.text, Options::empty()).into_offset_iter().peekable();
    let mut builder = Builder::new(masked, plain, problems);
    for ((number, leaf), paragraph) in leaves.iter().zip(&masked.paragraphs) {
        builder.begin(*leaf, paragraph.content);
        while let Some((event, range)) = events.next_if(|(_, range)| (range.start as u32) < paragraph.end) {
            let range = (range.start as u32, range.end as u32);
            // The paragraph itself, and its lead.
            if range.0 < paragraph.content {
                continue;
            }
            if matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
                while tags.next_if(|tag| tag.mask < range.0).is_some() {}
                if let Some(tag) = tags.next_if(|tag| tag.mask == range.0) {
                    builder.tag((tag.start, tag.end));
                    builder.reach(range.1);
                    continue;
                }
            }
            builder.event(event, range);
        }
        if let Some(content) = contents.get_mut(*number) {
            *content = builder.finish();
        }
    }
}

/// A text that is nothing else.
fn text_node(plain: &Extract, leaf: Leaf) -> Option<Node> {
    let text = plain.slice(leaf.start, leaf.end);
    let (start, end) = plain.range(leaf.start, leaf.end);
    let node = Node::new(Kind::Text, Span { source: 0, start, end });
    (!text.is_empty()).then(|| node.with("content", Value::String(text.to_owned())))
}

/// Makes nodes of one text, of its pieces or of pulldown-cmark's events.
struct Builder<'a, 'b> {
    masked: &'b Masked,
    plain: &'a Extract,
    leaf: Leaf,
    /// The text, then the links, images and tags that are open.
    scopes: Vec<Scope>,
    annotations: Annotations<'a>,
    /// The names of the tags that are nested too deeply.
    left_out: Vec<String>,
    problems: &'b mut Vec<Problem>,
    stack: Stack,
}

/// Something open, within which emphasis is paired.
struct Scope {
    node: Node,
    within: Within,
    /// What is below it.
    below: Height,
    /// Whether its first text could have joined the one below.
    joins: bool,
    /// Where its content ends in the parsed text, as far as it is read.
    inner_end: u32,
    /// How many problems and annotations there were before it.
    problems: usize,
    annotations: usize,
}

/// What a scope is.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Text,
    Link,
    Image,
    Tag,
    /// A link or an image that is nested too deeply, and stays as it is written.
    Written,
    /// Something whose content is kept without it.
    Nothing,
}

impl<'a, 'b> Builder<'a, 'b> {
    fn new(masked: &'b Masked, plain: &'a Extract, problems: &'b mut Vec<Problem>) -> Self {
        Self {
            masked,
            plain,
            leaf: Leaf { start: 0, end: 0 },
            scopes: Vec::new(),
            annotations: Vec::new(),
            left_out: Vec::new(),
            problems,
            stack: Stack::default(),
        }
    }

    /// Begins a text, which stands at `start` in the parsed text.
    fn begin(&mut self, leaf: Leaf, start: u32) {
        self.leaf = leaf;
        self.open(Node::new(Kind::Inline, Span::default()), Within::Text, start);
    }

    /// Opens a scope, whose content begins at `start` in the parsed text.
    fn open(&mut self, node: Node, within: Within, start: u32) {
        let (problems, annotations) = (self.problems.len(), self.annotations.len());
        let (below, joins) = (self.stack.height(), self.stack.joins);
        if !matches!(within, Within::Written | Within::Nothing) {
            self.stack.part();
        }
        self.scopes.push(Scope { node, within, below, joins, inner_end: start, problems, annotations });
    }

    // --- Plain texts ---

    fn piece(&mut self, Piece { kind, start, end }: Piece) {
        let range = (self.leaf.start + start as u32, self.leaf.start + end as u32);
        match kind {
            PieceKind::Text => self.push_text(range),
            PieceKind::Tag => self.tag(range),
            PieceKind::Code => self.code(range),
            PieceKind::Marks => self.stack.push_run(Run { start: range.0, end: range.1 }, self.plain),
            PieceKind::Link(label) => self.open_link(range, label),
            PieceKind::LinkEnd => self.close_link(range),
            PieceKind::Image(label) => self.image(range, label),
            PieceKind::Softbreak => self.stack.push(Node::new(Kind::Softbreak, self.plain_span(range))),
            PieceKind::Hardbreak => self.stack.push(Node::new(Kind::Hardbreak, self.plain_span(range))),
        }
    }

    /// A link that stands in a range of the plain text.
    fn open_link(&mut self, range: (u32, u32), label: Label) {
        let within = self.unless_too_deep(Within::Link, (range.0, range.0 + 1));
        let mut node = Node::new(Kind::Link, self.plain_span(range));
        node.attributes = self.address_attributes("href", label, range.1);
        self.open(node, within, 0);
    }

    /// A link ends, with what its label leaves of it.
    fn close_link(&mut self, rest: (u32, u32)) {
        let Some(Scope { mut node, within, below, .. }) = self.scopes.pop() else { return };
        if within == Within::Written {
            return self.push_text(rest);
        }
        node.children = self.resolve(below, rest.0);
        self.stack.push(node);
    }

    /// What a link or an image is, which begins with `lead`: too deep in others, it stays as it is
    /// written.
    fn unless_too_deep(&mut self, within: Within, lead: (u32, u32)) -> Within {
        if self.scopes.len() <= MAX_DEPTH {
            return within;
        }
        self.push_text(lead);
        Within::Written
    }

    fn image(&mut self, range: (u32, u32), label: Label) {
        let mut node = Node::new(Kind::Image, self.plain_span(range));
        node.attributes = self.address_attributes("src", label, range.1);
        let alt = self.plain.slice(range.0 + 2, self.leaf.start + label.end as u32).to_owned();
        node.attributes.insert_first("alt", Value::String(alt));
        self.stack.push(node);
    }

    /// The attributes that an address and its title are, of something that ends at `end`.
    fn address_attributes(&self, name: &'static str, label: Label, end: u32) -> Attributes {
        let in_plain = |place: usize| self.leaf.start + place as u32;
        let address_end = in_plain(label.address_end);
        let address = self.plain.slice(in_plain(label.end + 2), address_end);
        // A space and two quotes around the title, and the `)`.
        link_attributes(name, address, self.plain.slice(address_end + 2, end.saturating_sub(2)))
    }

    // --- Markdown ---

    fn event(&mut self, event: Event, range: (u32, u32)) {
        match event {
            Event::Start(tag) => return self.start(tag, range),
            Event::End(_) => self.end(range),
            Event::Code(_) => self.code(self.masked.text.range(range.0, range.1)),
            Event::SoftBreak => self.stack.push(Node::new(Kind::Softbreak, self.span(range))),
            Event::HardBreak => self.stack.push(Node::new(Kind::Hardbreak, self.span(range))),
            Event::Text(text) if self.is_decoded(&text, range) => {
                let is_number = self.masked.text.slice(range.0, range.1).starts_with("&#");
                let text = if is_number {
                    text.replace(address::is_no_character, "\u{fffd}")
                } else {
                    text.to_string()
                };
                let place = self.masked.text.range(range.0, range.1);
                self.stack.push_text(&text, place, self.plain);
            }
            _ => {
                let (start, end) = self.masked.text.range(range.0, range.1);
                self.push_original(start, end);
            }
        }
        self.reach(range.1);
    }

    /// What is open reaches up to here.
    fn reach(&mut self, end: u32) {
        if let Some(top) = self.scopes.last_mut() {
            top.inner_end = top.inner_end.max(end);
        }
    }

    /// Whether a text is not what stands there, but what an entity or escape means.
    fn is_decoded(&self, text: &CowStr, range: (u32, u32)) -> bool {
        self.masked.text.slice(range.0, range.1) != &**text
    }

    fn start(&mut self, tag: Tag, range: (u32, u32)) {
        let (kind, within, attributes, lead) = match tag {
            Tag::Link { link_type, dest_url, title, .. } => {
                let address = match link_type {
                    LinkType::Email => ["mailto:", &dest_url].concat(),
                    _ => dest_url.to_string(),
                };
                (Kind::Link, Within::Link, link_attributes("href", &address, &title), 1)
            }
            Tag::Image { dest_url, title, .. } => {
                (Kind::Image, Within::Image, link_attributes("src", &dest_url, &title), 2)
            }
            // Nothing else can stand in a paragraph.
            _ => (Kind::Inline, Within::Nothing, Attributes::default(), 0),
        };
        let within = match within {
            Within::Nothing => within,
            _ => {
                let start = self.masked.text.origin(range.0);
                self.unless_too_deep(within, (start, start + lead))
            }
        };
        let mut node = Node::new(kind, self.span(range));
        node.attributes = attributes;
        self.open(node, within, range.0 + lead);
    }

    fn end(&mut self, range: (u32, u32)) {
        self.close_tags();
        let Some(Scope { mut node, within, below, joins, inner_end, problems, annotations }) =
            self.scopes.pop_if(|scope| scope.within != Within::Text)
        else {
            return;
        };
        let start = self.masked.text.origin(range.0);
        // White space before the end of a line or of a label is in no event.
        let left = self.masked.text.slice(inner_end, range.1);
        let inner_end = inner_end + (left.len() - left.trim_start_matches([' ', '\t', '\n']).len()) as u32;
        let label_end = self.masked.text.origin(inner_end);
        let end = self.masked.text.range(range.0, range.1).1;
        let (lead, address) = if within == Within::Image { (2, "src") } else { (1, "href") };
        // With tags in its address, it may be no link at all.
        let is_refused = matches!(within, Within::Image | Within::Link)
            && (!self.restore_address(&mut node, label_end, (inner_end, range.1))
                || is_refused(&node, address));
        match within {
            Within::Image | Within::Link if is_refused => {
                self.stack.insert_text(below, joins, (start, start + lead), self.plain);
                self.push_with_tags(label_end, end);
            }
            Within::Image => {
                // Its label is kept as it is written, whatever stands in it.
                self.problems.truncate(problems);
                self.annotations.truncate(annotations);
                self.stack.truncate(below);
                let label = self.plain.slice(start + 2, label_end).to_owned();
                node.attributes.insert_first("alt", Value::String(label));
                self.stack.push(node);
            }
            Within::Link => {
                node.children = self.resolve(below, label_end);
                if self.plain.slice(start, start + 1) == "<" {
                    decode_address(&mut node);
                }
                self.stack.push(node);
            }
            Within::Written => self.push_with_tags(label_end, end),
            Within::Text | Within::Tag | Within::Nothing => {}
        }
    }

    /// Where something in a link's address or title was masked, reads them again as the
    /// page has them. Whether it still is a link then.
    fn restore_address(&self, node: &mut Node, label_end: u32, masked: (u32, u32)) -> bool {
        let end = self.masked.text.range(masked.0, masked.1).1;
        let original = self.plain.slice(label_end, end);
        if self.masked.text.slice(masked.0, masked.1) == original || !original.starts_with("](") {
            return true;
        }
        let again = ["[x", &address::with_entities(&with_white_space(original))].concat();
        let link = Parser::new(&again).into_offset_iter().find_map(|(event, range)| match event {
            Event::Start(Tag::Link { dest_url, title, .. }) if range.len() == again.len() => {
                Some((dest_url, title))
            }
            _ => None,
        });
        let Some((address, title)) = link else { return false };
        let name = if node.kind == Kind::Image { "src" } else { "href" };
        node.attributes = link_attributes(name, &address, &title);
        true
    }

    /// Code that stands in a range of the plain text.
    fn code(&mut self, range: (u32, u32)) {
        let text = self.plain.slice(range.0, range.1);
        let ticks = text.bytes().take_while(|byte| *byte == b'`').count();
        let inner = text.get(ticks..text.len().saturating_sub(ticks)).unwrap_or_default();
        let is_white = |c: char| c == ' ' || c == '\n';
        let stripped = match inner.strip_prefix(is_white).and_then(|rest| rest.strip_suffix(is_white)) {
            Some(stripped) if !stripped.is_empty() => stripped,
            _ => inner,
        };
        let node = Node::new(Kind::Code, self.plain_span(range));
        let content = if stripped.contains('\n') { stripped.replace('\n', " ") } else { stripped.to_owned() };
        self.stack.push(node.with("content", Value::String(content)));
    }

    // --- Tags ---

    /// The tag that stands in a range of the plain text.
    fn tag(&mut self, (start, end): (u32, u32)) {
        let whole = self.plain_span((start, end));
        let body_start = start + 2;
        match tag::parse(self.plain.slice(body_start, (end - 2).max(body_start))) {
            Ok(Body::Interpolation(value)) => {
                self.stack.push(Node::new(Kind::Text, whole).with("content", value));
            }
            Ok(Body::Annotation(attributes)) => {
                self.annotations.push((attributes, body_start));
                self.stack.push_gap();
            }
            Ok(Body::Open { name, attributes, closes }) => {
                if !closes && self.scopes.len() > MAX_DEPTH {
                    let message = "tags are nested too deeply: this one is left out, its content is kept";
                    self.problems.push(Problem::error(whole, message));
                    return self.left_out.push(name.to_owned());
                }
                let mut node = Node::new(Kind::Tag(name.to_owned()), whole);
                attributes::annotate(&mut node, attributes, body_start, self.plain, self.problems);
                if closes {
                    self.stack.push(node);
                } else {
                    self.open(node, Within::Tag, 0);
                }
            }
            Ok(Body::Close(name)) => self.close_tag(name, whole),
            Err(error) => {
                let at = self.plain.origin(body_start + error.at as u32).clamp(whole.start, whole.end);
                self.problems
                    .push(Problem::error(Span { start: at, ..whole }, error.message).coded("parse-error"));
                self.stack.push(Node::new(Kind::Error, whole));
            }
        }
    }

    fn close_tag(&mut self, name: &str, whole: Span) {
        if self.left_out.last().is_some_and(|left_out| left_out == name) {
            self.left_out.pop();
            return;
        }
        let open = self.scopes.iter().rev().take_while(|scope| scope.within == Within::Tag);
        let Some(above) = open.map(|scope| scope.node.tag()).position(|open| open == Some(name)) else {
            let message = ["nothing named `", name, "` is open in this text"].concat();
            self.problems.push(Problem::error(whole, message).coded("missing-opening"));
            return self.stack.push(Node::new(Kind::Error, whole));
        };
        (0..above).for_each(|_| self.close_unclosed());
        self.close_top(whole.end);
    }

    /// Closes the tags that the innermost link, or the text, has left open.
    fn close_tags(&mut self) {
        while self.scopes.last().is_some_and(|scope| scope.within == Within::Tag) {
            self.close_unclosed();
        }
    }

    fn close_unclosed(&mut self) {
        if let Some(Scope { node, .. }) = self.scopes.last() {
            let name = node.tag().unwrap_or_default();
            let message = ["`", name, "` is never closed in this text: write `{% /", name, " %}`"].concat();
            self.problems.push(Problem::error(node.span, message).coded("missing-closing"));
        }
        self.close_top(0);
    }

    fn close_top(&mut self, end: u32) {
        let Some(Scope { mut node, below, inner_end, .. }) = self.scopes.pop() else { return };
        node.children = self.resolve(below, self.leaf.end);
        let inner = node.children.last().map_or(0, |child| child.span.end);
        node.span.end = node.span.end.max(end).max(inner);
        table_tag::transform(&mut node, self.problems);
        self.stack.push(node);
        self.reach(inner_end);
    }

    // --- The stack ---

    /// Adds a range of the plain text, with the marks of emphasis in it.
    fn push_original(&mut self, start: u32, end: u32) {
        let first = self.masked.runs.partition_point(|run| run.start < start);
        let mut at = start;
        for run in self.masked.runs.iter().skip(first).take_while(|run| run.end <= end) {
            self.push_text((at, run.start));
            self.stack.push_run(*run, self.plain);
            at = run.end;
        }
        self.push_text((at, end));
    }

    fn push_text(&mut self, range: (u32, u32)) {
        self.stack.push_text(self.plain.slice(range.0, range.1), range, self.plain);
    }

    /// Adds a range of the plain text, with the tags in it.
    fn push_with_tags(&mut self, start: u32, end: u32) {
        let masked = self.masked;
        let first = masked.tags.partition_point(|tag| tag.start < start);
        let mut at = start;
        for tag in masked.tags.iter().skip(first).take_while(|tag| tag.end <= end) {
            self.push_original(at, tag.start);
            self.tag((tag.start, tag.end));
            at = tag.end;
        }
        self.push_original(at, end);
    }

    /// Ends the text.
    fn finish(&mut self) -> Content<'a> {
        self.close_tags();
        while self.scopes.len() > 1 {
            let end = self.scopes.last().map_or(0, |scope| scope.inner_end);
            self.end((end, end));
        }
        self.left_out.clear();
        let below = self.scopes.pop().map(|scope| scope.below).unwrap_or_default();
        (self.resolve(below, self.leaf.end), std::mem::take(&mut self.annotations))
    }

    /// The nodes of a scope that was taken off the others, and ends at `end` in the plain text.
    fn resolve(&mut self, below: Height, end: u32) -> Vec<Node> {
        self.stack.resolve(below, self.plain, (self.leaf.start, end), self.scopes.len())
    }

    /// A range of the parsed text in the page.
    fn span(&self, range: (u32, u32)) -> Span {
        self.plain_span(self.masked.text.range(range.0, range.1))
    }

    /// A range of the plain text in the page.
    fn plain_span(&self, range: (u32, u32)) -> Span {
        let (start, end) = self.plain.range(range.0, range.1);
        Span { source: 0, start, end }
    }
}

/// An address, from its `](` on, in which the lines of the title keep the white space that they
/// begin with.
fn with_white_space(original: &str) -> Cow<'_, str> {
    let place = links::address(original, 1).map(|address| address.title).unwrap_or_default();
    let (Some(before), Some(title), Some(after)) =
        (original.get(..place.start), original.get(place.clone()), original.get(place.end..))
    else {
        return Cow::Borrowed(original);
    };
    if !title.contains('\n') {
        return Cow::Borrowed(original);
    }
    let mut written = String::new();
    for line in title.split_inclusive('\n') {
        let text = if written.is_empty() { line } else { line.trim_start_matches([' ', '\t']) };
        let white = line.get(..line.len() - text.len()).unwrap_or_default();
        written.extend(white.chars().map(|c| if c == '\t' { "&#9;" } else { "&#32;" }));
        written.push_str(text);
    }
    Cow::Owned([before, &written, after].concat())
}

/// Whether Markdoc makes no link of this address.
fn is_refused(node: &Node, attribute: &str) -> bool {
    node.string(attribute).is_some_and(address::is_script)
}

fn link_attributes(name: &'static str, address: &str, title: &str) -> Attributes {
    let mut attributes = Attributes::default();
    attributes.push(name, Value::String(address::encode(address)));
    if !title.is_empty() {
        attributes.push("title", Value::String(title.to_owned()));
    }
    attributes
}

/// The text of `<https://…>` shows what its escapes mean.
fn decode_address(node: &mut Node) {
    for child in &mut node.children {
        if let Some((_, Value::String(text))) = child.attributes.first_mut() {
            *text = address::decode(text);
        }
    }
}
