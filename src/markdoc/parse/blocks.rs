//! The block structure: lines go in, a tree comes out whose inline nodes are still
//! empty, each with a [`Leaf`] of text that the inline stage reads.
//!
//! Markdoc's block rules are those of its Markdown parser without indented code, setext
//! headings and HTML, and with tags as blocks of their own. They differ from
//! CommonMark's in what ends what, so they are written out here, one function a rule, in
//! the order in which they are tried ([`Blocks::block`] is the function to read first); those of
//! quotes, lists and tags have files of their own.
//! Every rule answers how a line begins: it takes lines and moves [`Blocks::line`] on,
//! or declines. "Does such a block begin here?" is a separate question, asked while a
//! paragraph, a quote or a list is looking for its end.
//!
//! Nesting is bounded: beyond [`MAX_DEPTH`] a container is plain text and a tag is left
//! out around its content, and the author is told.

mod list;
mod quote;
mod tags;

use super::extract::Extract;
use super::lines::{self, Line};
use super::scan::{TagEnds, trim, trim_end, trim_start};
use super::{Kind, Node, Problem, Span, Value};
use super::{fence, pipe_table, references};

/// How many containers and tags may stand in each other.
const MAX_DEPTH: usize = 100;

/// The text of one inline node, as a range of [`Parsed::plain`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaf {
    pub start: u32,
    pub end: u32,
}

/// What the block stage makes of a page.
pub(super) struct Parsed {
    pub front_matter: Option<String>,
    pub children: Vec<Node>,
    /// The leaves, in the order of the inline nodes.
    pub leaves: Vec<Leaf>,
    /// The contents of the blocks, without markers and indentation.
    pub plain: Extract,
    /// The link reference definitions, ranges of `plain`.
    pub definitions: Vec<Leaf>,
}

/// What a line may interrupt.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Within {
    Root,
    Paragraph,
    Quote,
    List,
    Reference,
    Table,
}

/// A container or tag that is open.
struct Frame {
    node: Node,
    is_tag: bool,
    /// The names of tags that were left out here because they are nested too deeply.
    left_out: Vec<String>,
}

pub(super) struct Blocks<'a> {
    pub source: &'a str,
    pub lines: Vec<Line>,
    /// The line at which the next block begins.
    pub line: usize,
    /// The first line that is not in the container.
    pub line_limit: usize,
    /// The column at which the container's content begins.
    pub indent: i32,
    /// The same for the container around the innermost list.
    list_indent: i32,
    /// Whether the container read last has no empty lines between its blocks.
    tight: bool,
    pub within: Within,
    pub tag_ends: TagEnds,
    stack: Vec<Frame>,
    front_matter: Option<String>,
    pub plain: Extract,
    leaves: Vec<Leaf>,
    pub definitions: Vec<Leaf>,
    /// The text in which link reference definitions were last looked for.
    pub reference_run: references::Run,
    pub problems: &'a mut Vec<Problem>,
}

/// Reads the block structure of a page.
pub(super) fn parse(source: &str, problems: &mut Vec<Problem>) -> Parsed {
    let lines = lines::split(source);
    let last = lines.len() - 1;
    let root = Frame { node: Node::new(Kind::Inline, Span::default()), is_tag: false, left_out: Vec::new() };
    let mut blocks = Blocks {
        source,
        lines,
        line: 0,
        line_limit: last,
        indent: 0,
        list_indent: -1,
        tight: false,
        within: Within::Root,
        tag_ends: TagEnds::new(source),
        stack: vec![root],
        front_matter: None,
        plain: Extract::with_capacity(source.len()),
        leaves: Vec::new(),
        definitions: Vec::new(),
        reference_run: references::Run::default(),
        problems,
    };
    blocks.front_matter();
    blocks.content(blocks.line, last);
    blocks.close_tags();
    let children = blocks.stack.pop().map(|frame| frame.node.children).unwrap_or_default();
    Parsed {
        front_matter: blocks.front_matter,
        children,
        leaves: blocks.leaves,
        plain: blocks.plain,
        definitions: blocks.definitions,
    }
}

impl Blocks<'_> {
    /// Reads the blocks of a container from line `start` up to `end`.
    fn content(&mut self, start: usize, end: usize) {
        let mut line = start;
        let mut has_empty_lines = false;
        while line < end {
            while line < self.line_limit && self.at(line).is_empty() {
                line += 1;
            }
            self.line = line;
            if line >= end || self.at(line).indent < self.indent {
                break;
            }
            self.block(line, end);
            // Whatever a rule did, the reading goes on.
            self.line = self.line.max(line + 1);
            self.tight = !has_empty_lines;
            has_empty_lines |= self.at(self.line.saturating_sub(1)).is_empty();
            line = self.line;
            if line < end && self.at(line).is_empty() {
                has_empty_lines = true;
                line += 1;
                self.line = line;
            }
        }
    }

    /// Reads one block, by the first rule that accepts the line. Most lines begin with a letter.
    fn block(&mut self, line: usize, end: usize) {
        let _ = pipe_table::block(self, line, end)
            || match self.byte(self.at(line).first) {
                Some(b'`' | b'~') => self.fence(line, end),
                Some(b'>') => self.quote(line, end),
                Some(b'*' | b'-' | b'_' | b'+' | b'0'..=b'9') => self.rule(line) || self.list(line, end),
                Some(b'[') => references::block(self, line),
                Some(b'#') => self.heading(line),
                Some(b'{') => self.tag(line),
                _ => false,
            }
            || self.paragraph(line);
    }

    /// Whether a block begins at this line that ends what is being read.
    pub fn is_interrupted(&self, line: usize, end: usize) -> bool {
        let within = self.within;
        let tables = matches!(within, Within::Paragraph | Within::Reference);
        let is_list = within == Within::List;
        (tables && pipe_table::starts(self, line, end))
            || match self.byte(self.at(line).first) {
                Some(b'`' | b'~') => self.starts_fence(line).is_some(),
                Some(b'>') => self.starts_quote(line),
                Some(b'*' | b'-' | b'_' | b'+' | b'0'..=b'9') => {
                    self.starts_rule(line) || !is_list && self.starts_list(line).is_some()
                }
                Some(b'#') => !is_list && self.starts_heading(line).is_some(),
                Some(b'{') => !is_list && within != Within::Reference && self.starts_tag(line).is_some(),
                _ => false,
            }
    }

    fn front_matter(&mut self) {
        let is_fence = |line: &Line| trim(self.text(line.start, line.end)) == "---";
        if !self.lines.first().is_some_and(is_fence) {
            return;
        }
        let close = self.lines.iter().take(self.line_limit).skip(1).position(is_fence).map(|index| index + 1);
        if let Some(close) = close {
            let (from, to) = (self.at(0).end, self.at(close).start);
            self.front_matter = Some(trim(self.text(from, to)).to_owned());
            self.line = close + 1;
        }
    }

    /// The marker, its length and the end of the opening run.
    fn starts_fence(&self, line: usize) -> Option<(u8, u32, u32)> {
        let here = self.at(line);
        if self.is_indented(here) {
            return None;
        }
        let marker = self.byte(here.first)?;
        if marker != b'`' && marker != b'~' || here.is_empty() {
            return None;
        }
        let after = self.skip(here.first, here.end, marker);
        let length = after - here.first;
        let info = self.text(after, here.end);
        (length >= 3 && !(marker == b'`' && info.contains('`'))).then_some((marker, length, after))
    }

    fn fence(&mut self, line: usize, end: usize) -> bool {
        let Some((marker, length, info_start)) = self.starts_fence(line) else { return false };
        let open = self.at(line);
        let mut next = line + 1;
        let mut closed = false;
        while next < end {
            let here = self.at(next);
            if !here.is_empty() && here.indent < self.indent {
                break;
            }
            if !self.is_indented(here) && self.byte(here.first) == Some(marker) && !here.is_empty() {
                let after = self.skip(here.first, here.end, marker);
                let rest = self.text(after, here.end);
                if after - here.first >= length && rest.bytes().all(|byte| byte == b' ' || byte == b'\t') {
                    closed = true;
                    break;
                }
            }
            next += 1;
        }
        self.line = next + usize::from(closed);
        let start = self.plain.end();
        for index in line + 1..next {
            lines::copy(self.source, self.at(index), open.indent, true, &mut self.plain);
        }
        let content = Leaf { start, end: self.plain.end() };
        let end = if closed { self.at(next).end } else { self.end_before(self.line) };
        let content_end = self.plain.range(content.start, content.end).1;
        let span = span(open.first, end.max(open.end).max(content_end));
        if !closed {
            let place = self::span(open.first, info_start);
            self.problems.push(Problem::warning(place, "this fence is never closed").coded("fence-unclosed"));
        }
        let node =
            fence::node(self.source, (info_start, open.end), &self.plain, content, span, self.problems);
        self.add(node);
        true
    }

    fn starts_rule(&self, line: usize) -> bool {
        let here = self.at(line);
        if self.is_indented(here) || here.is_empty() {
            return false;
        }
        let text = self.text(here.first, here.end).as_bytes();
        let Some(marker @ (b'*' | b'-' | b'_')) = text.first() else { return false };
        text.iter().all(|byte| byte == marker || *byte == b' ' || *byte == b'\t')
            && text.iter().filter(|byte| *byte == marker).count() >= 3
    }

    fn rule(&mut self, line: usize) -> bool {
        if !self.starts_rule(line) {
            return false;
        }
        let here = self.at(line);
        self.line = line + 1;
        self.add(Node::new(Kind::Hr, span(here.first, here.end)));
        true
    }

    /// The level, and where the marks end.
    fn starts_heading(&self, line: usize) -> Option<(u32, u32)> {
        let here = self.at(line);
        if self.is_indented(here) {
            return None;
        }
        let after = self.skip(here.first, here.end, b'#');
        let level = after - here.first;
        let is_free = after >= here.end || matches!(self.byte(after), Some(b' ' | b'\t'));
        ((1..=6).contains(&level) && is_free).then_some((level, after))
    }

    fn heading(&mut self, line: usize) -> bool {
        let Some((level, start)) = self.starts_heading(line) else { return false };
        let here = self.at(line);
        let text = self.text(start, here.end).trim_end_matches([' ', '\t']);
        let without = text.trim_end_matches('#');
        let text = if without.len() < text.len() && without.ends_with([' ', '\t']) { without } else { text };
        let end = start + text.len() as u32;
        self.line = line + 1;
        let mut node = Node::new(Kind::Heading, span(here.first, here.end))
            .with("level", Value::Number(f64::from(level)));
        let leaf_start = self.plain.end();
        let text = self.source.get(start as usize..end as usize).unwrap_or_default();
        self.plain.push(text, start);
        let inline = self.leaf(leaf_start, end);
        node.children = vec![inline];
        self.add(node);
        true
    }

    fn paragraph(&mut self, line: usize) -> bool {
        let next = self.paragraph_end(line, Within::Paragraph);
        self.line = next;
        let start = self.plain.end();
        self.copy_lines(line, next);
        let inline = self.leaf(start, self.at(line).first);
        let mut node = Node::new(Kind::Paragraph, inline.span);
        node.children = vec![inline];
        self.add(node);
        true
    }

    /// The first line after `line` that does not continue a paragraph.
    pub fn paragraph_end(&mut self, line: usize, within: Within) -> usize {
        let saved = std::mem::replace(&mut self.within, within);
        let limit = self.line_limit;
        let mut next = line + 1;
        while next < limit && !self.at(next).is_empty() {
            let here = self.at(next);
            if !self.is_indented(here) && here.indent >= 0 && self.is_interrupted(next, limit) {
                break;
            }
            next += 1;
        }
        self.within = saved;
        next
    }

    /// Copies lines into `plain`, without the container's indentation.
    pub fn copy_lines(&mut self, start: usize, end: usize) {
        for index in start..end {
            lines::copy(self.source, self.at(index), self.indent, index + 1 < end, &mut self.plain);
        }
    }

    /// An inline node for what `plain` holds from `start` on, trimmed. If that is nothing, it
    /// stands at `place` in the source.
    pub fn leaf(&mut self, start: u32, place: u32) -> Node {
        let text = self.plain.slice(start, self.plain.end());
        let trimmed = trim_end(text).len();
        let skipped = text.len() - trim_start(text).len();
        let leaf = Leaf { start: start + skipped.min(trimmed) as u32, end: start + trimmed as u32 };
        let (from, to) =
            if text.is_empty() { (place, place) } else { self.plain.range(leaf.start, leaf.end) };
        self.leaves.push(leaf);
        Node::new(Kind::Inline, span(from, to))
    }

    /// Adds a finished node.
    pub fn add(&mut self, node: Node) {
        if let Some(top) = self.stack.last_mut() {
            top.node.children.push(node);
        }
    }

    fn open(&mut self, mut node: Node) {
        // Most have one child.
        node.children.reserve_exact(1);
        self.stack.push(Frame { node, is_tag: false, left_out: Vec::new() });
    }

    /// Closes the innermost container, and what was left open in it.
    fn close(&mut self, end: u32) {
        self.close_tags();
        self.pop(end);
    }

    fn pop(&mut self, end: u32) {
        if self.stack.len() < 2 {
            return;
        }
        if let Some(Frame { mut node, .. }) = self.stack.pop() {
            let inner = node.children.last().map_or(0, |child| child.span.end);
            node.span.end = node.span.end.max(end).max(inner);
            self.add(node);
        }
    }

    /// Whether no more containers can be opened, which the author is told.
    fn is_full(&mut self, line: usize) -> bool {
        // A list opens two: itself and its item.
        let full = self.stack.len() + 2 > MAX_DEPTH;
        if full {
            let here = self.at(line);
            let message = "lists and quotes are nested too deeply: this is read as text";
            self.problems.push(Problem::error(span(here.first, here.end), message));
        }
        full
    }

    pub fn at(&self, line: usize) -> Line {
        self.lines.get(line).or(self.lines.last()).copied().unwrap_or_default()
    }

    fn set(&mut self, line: usize, value: Line) {
        if let Some(slot) = self.lines.get_mut(line) {
            *slot = value;
        }
    }

    /// Whether a line stands too far in for a block to begin on it.
    pub fn is_indented(&self, line: Line) -> bool {
        line.indent - self.indent >= 4
    }

    pub fn text(&self, start: u32, end: u32) -> &str {
        self.source.get(start as usize..end as usize).unwrap_or_default()
    }

    pub fn byte(&self, at: u32) -> Option<u8> {
        self.source.as_bytes().get(at as usize).copied()
    }

    fn skip(&self, start: u32, end: u32, byte: u8) -> u32 {
        let rest = self.source.as_bytes().get(start as usize..end as usize).unwrap_or_default();
        start + rest.iter().take_while(|found| **found == byte).count() as u32
    }

    /// The end of the last line before `line` that is not empty.
    fn end_before(&self, line: usize) -> u32 {
        let before = self.lines.get(..line).unwrap_or_default();
        before.iter().rev().find(|line| !line.is_empty()).map_or(0, |line| line.end)
    }
}

/// A span of the page that is being read.
pub(super) fn span(start: u32, end: u32) -> Span {
    Span { source: 0, start, end }
}
