//! The block structure: lines go in, a tree comes out whose inline nodes are still
//! empty, each with a [`Leaf`] of text that the inline stage reads.
//!
//! Markdoc's block rules are those of its Markdown parser without indented code, setext
//! headings and HTML, and with tags as blocks of their own. They differ from
//! CommonMark's in what ends what, so they are written out here, one function a rule, in
//! the order in which they are tried ([`Blocks::block`] is the function to read first).
//! Every rule answers how a line begins: it takes lines and moves [`Blocks::line`] on,
//! or declines. "Does such a block begin here?" is a separate question, asked while a
//! paragraph, a quote or a list is looking for its end.
//!
//! Nesting is bounded: beyond [`MAX_DEPTH`] a container is plain text and a tag is left
//! out around its content, and the author is told.

use std::borrow::Cow;

use super::extract::Extract;
use super::lines::{self, Line};
use super::scan::{TagEnds, find, is_space};
use super::tag::{self, Body};
use super::{Kind, Node, Problem, Span, Value};
use super::{attributes, fence, pipe_table, references};

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
    /// Whether there may be `{% table %}` somewhere.
    pub has_table_tags: bool,
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
        has_table_tags: blocks.has_table_tags(),
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

    // --- Front matter ---

    fn front_matter(&mut self) {
        let is_fence = |line: &Line| self.text(line.start, line.end).trim_matches(is_space) == "---";
        if !self.lines.first().is_some_and(is_fence) {
            return;
        }
        let close = self.lines.iter().take(self.line_limit).skip(1).position(is_fence).map(|index| index + 1);
        if let Some(close) = close {
            let (from, to) = (self.at(0).end, self.at(close).start);
            self.front_matter = Some(self.text(from, to).trim_matches(is_space).to_owned());
            self.line = close + 1;
        }
    }

    // --- Fences ---

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

    // --- Blockquotes ---

    fn starts_quote(&self, line: usize) -> bool {
        let here = self.at(line);
        !self.is_indented(here) && !here.is_empty() && self.byte(here.first) == Some(b'>')
    }

    fn quote(&mut self, line: usize, end: usize) -> bool {
        if !self.starts_quote(line) || self.is_full(line) {
            return false;
        }
        let saved_limit = self.line_limit;
        let saved_within = std::mem::replace(&mut self.within, Within::Quote);
        let mut saved = Vec::new();
        let open = self.at(line).first;
        let mut last_is_empty = false;
        let mut next = line;
        while next < end {
            let here = self.at(next);
            let is_outdented = next > line && here.indent < self.indent;
            if here.is_empty() {
                break;
            }
            if self.byte(here.first) == Some(b'>') && !is_outdented {
                saved.push(here);
                let inner = self.without_quote_marker(here);
                last_is_empty = inner.is_empty();
                self.set(next, inner);
            } else if last_is_empty {
                break;
            } else if self.is_interrupted(next, end) {
                self.line_limit = next;
                if self.indent != 0 {
                    saved.push(here);
                    self.set(next, Line { indent: here.indent - self.indent, ..here });
                }
                break;
            } else {
                // It can only continue a paragraph.
                saved.push(here);
                self.set(next, Line { indent: -1, ..here });
            }
            next += 1;
        }
        let saved_indent = std::mem::replace(&mut self.indent, 0);
        self.open(Node::new(Kind::Blockquote, span(open, open)));
        self.content(line, next);
        self.close(self.end_before(self.line));
        self.line_limit = saved_limit;
        self.within = saved_within;
        for (index, old) in saved.into_iter().enumerate() {
            self.set(line + index, old);
        }
        self.indent = saved_indent;
        true
    }

    /// What a `>` and the space after it leave of a line.
    fn without_quote_marker(&self, line: Line) -> Line {
        let bytes = self.source.as_bytes();
        let mut start = line.first + 1;
        // The column after the marker; the rest of the line is measured from there.
        let mut column = line.indent + 1;
        let (mut cut_tab, mut has_space) = (0, false);
        match self.byte(start) {
            Some(b' ') if start < line.end => {
                has_space = true;
                start += 1;
                column += 1;
            }
            Some(b'\t') if start < line.end => {
                has_space = true;
                if (line.base + column).rem_euclid(4) == 3 {
                    start += 1;
                    column += 1;
                } else {
                    // The tab's first column is the marker's space, the rest stays.
                    cut_tab = 1;
                }
            }
            _ => {}
        }
        let shift = line.base + cut_tab;
        let (first, reached) = lines::skip_indent(bytes, start as usize, line.end as usize, column + shift);
        Line {
            start,
            first: first as u32,
            end: line.end,
            indent: reached - shift - column,
            base: line.indent + 1 + i32::from(has_space),
        }
    }

    // --- Rules (`---`) ---

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

    // --- Lists ---

    /// The marker of an item, if one begins here.
    fn marker(&self, line: usize) -> Option<Marker> {
        let here = self.at(line);
        let text = self.text(here.first, here.end).as_bytes();
        let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (length, number) = match text.get(digits) {
            Some(b'*' | b'-' | b'+') if digits == 0 => (1, None),
            Some(b'.' | b')') if (1..=9).contains(&digits) => {
                let number = self.text(here.first, here.first + digits as u32).parse().ok()?;
                (digits + 1, Some(number))
            }
            _ => return None,
        };
        let sign = *text.get(length - 1)?;
        matches!(text.get(length), None | Some(b' ' | b'\t')).then_some(Marker {
            sign,
            number,
            end: here.first + length as u32,
        })
    }

    fn starts_list(&self, line: usize) -> Option<Marker> {
        let here = self.at(line);
        if self.is_indented(here) || here.is_empty() {
            return None;
        }
        if self.list_indent >= 0 && here.indent - self.list_indent >= 4 && here.indent < self.indent {
            return None;
        }
        let marker = self.marker(line)?;
        if self.within == Within::Paragraph && here.indent >= self.indent {
            let is_blank = self.text(marker.end, here.end).bytes().all(|byte| byte == b' ' || byte == b'\t');
            if is_blank || marker.number.is_some_and(|number| number != 1) {
                return None;
            }
        }
        Some(marker)
    }

    fn list(&mut self, line: usize, end: usize) -> bool {
        let Some(mut marker) = self.starts_list(line) else { return false };
        if self.is_full(line) {
            return false;
        }
        let sign = marker.sign;
        let first = self.at(line).first;
        let mut list =
            Node::new(Kind::List, span(first, first)).with("ordered", Value::Bool(marker.number.is_some()));
        if let Some(number) = marker.number.filter(|number| *number > 1) {
            list = list.with("start", Value::Number(f64::from(number)));
        }
        list = list.with("marker", Value::String(char::from(sign).to_string()));
        self.open(list);
        let saved_within = std::mem::replace(&mut self.within, Within::List);
        let mut tight = true;
        let mut ends_empty = false;
        let mut next = line;
        while next < end {
            let item_tight = self.item(next, end, marker);
            tight &= item_tight && !ends_empty;
            ends_empty = self.line > next + 1 && self.at(self.line - 1).is_empty();
            next = self.line;
            let here = self.at(next);
            if next >= end
                || here.indent < self.indent
                || self.is_indented(here)
                || self.is_interrupted(next, end)
            {
                break;
            }
            match self.marker(next) {
                Some(found) if found.sign == sign && found.number.is_some() == marker.number.is_some() => {
                    marker = found;
                }
                _ => break,
            }
        }
        self.line = next;
        self.within = saved_within;
        if tight {
            self.tighten();
        }
        self.close(self.end_before(next));
        true
    }

    /// Reads one item; whether there is no empty line between its blocks.
    fn item(&mut self, line: usize, end: usize, marker: Marker) -> bool {
        let here = self.at(line);
        let after = here.indent + (marker.end - here.first) as i32;
        let bytes = self.source.as_bytes();
        let (content, reached) =
            lines::skip_indent(bytes, marker.end as usize, here.end as usize, after + here.base);
        let (content, column) = (content as u32, reached - here.base);
        let padding = if content >= here.end || column - after > 4 { 1 } else { column - after };
        self.open(Node::new(Kind::Item, span(here.first, here.first)));
        let saved_tight = std::mem::replace(&mut self.tight, true);
        let saved_list_indent = std::mem::replace(&mut self.list_indent, self.indent);
        let saved_indent = std::mem::replace(&mut self.indent, after + padding);
        self.set(line, Line { first: content, indent: column, ..here });
        self.line = line;
        if content >= here.end && self.at(line + 1).is_empty() {
            // An item that begins with an empty line and has nothing after it is empty.
            self.line = (line + 2).min(end);
        } else {
            self.content(line, end);
        }
        let tight = std::mem::replace(&mut self.tight, saved_tight);
        self.indent = saved_indent;
        self.list_indent = saved_list_indent;
        self.set(line, here);
        self.close(self.end_before(self.line).max(marker.end));
        tight
    }

    /// Takes the paragraphs off the items of the list on top of the stack.
    fn tighten(&mut self) {
        let Some(list) = self.stack.last_mut() else { return };
        for item in &mut list.node.children {
            for child in &mut item.children {
                if child.kind == Kind::Paragraph
                    && let Some(inline) = child.children.pop()
                {
                    *child = inline;
                }
            }
        }
    }

    // --- Headings ---

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

    // --- Tags ---

    /// The line after a tag that stands alone on its lines, and the place of its `%}`.
    fn starts_tag(&self, line: usize) -> Option<(usize, u32)> {
        let here = self.at(line);
        let rest = self.source.get(here.first as usize..)?;
        if here.is_empty() || !rest.starts_with("{%") {
            return None;
        }
        let close = self.tag_ends.end(here.first)?;
        if close < here.end && !self.text(close + 2, here.end).trim_matches(is_space).is_empty() {
            return None;
        }
        let body = self.source.get(here.first as usize + 2..(close as usize).max(here.first as usize + 2))?;
        if body.trim_start_matches(is_space).starts_with('$') {
            return None;
        }
        let last = self.lines.partition_point(|other| other.end < close + 2);
        Some((last.max(line) + 1, close))
    }

    fn tag(&mut self, line: usize) -> bool {
        let Some((mut next, close)) = self.starts_tag(line) else { return false };
        let here = self.at(line);
        let start = self.plain.end();
        let body_start = here.first + 2;
        let source = self.source;
        let mut body = Cow::Borrowed(source.get(body_start as usize..close as usize).unwrap_or_default());
        if next == line + 1 {
            self.plain.push(&body, body_start);
        } else {
            // A tag over several lines is read without what its containers put before each.
            self.plain.push(
                self.source.get(body_start as usize..here.end as usize).unwrap_or_default(),
                body_start,
            );
            for index in line + 1..next {
                let inner = self.at(index);
                self.plain.push("\n", inner.start.saturating_sub(1));
                let text = self.source.get(inner.start as usize..inner.end.min(close) as usize);
                self.plain.push(text.unwrap_or_default(), inner.start);
            }
            // What follows on the tag's last line is read as a line of its own.
            let last = self.at(next - 1);
            if !self.text(close + 2, last.end).trim_matches(is_space).is_empty() {
                let bytes = self.source.as_bytes();
                let (first, _) = lines::skip_indent(bytes, close as usize + 2, last.end as usize, 0);
                let rest = Line { start: close + 2, first: first as u32, indent: self.indent, ..last };
                self.set(next - 1, rest);
                let place = span(rest.first, rest.end);
                self.problems.push(Problem::warning(place, "put this on a line of its own, after the tag"));
                next -= 1;
            }
            body = Cow::Owned(self.plain.slice(start, self.plain.end()).to_owned());
        }
        self.line = next;
        let whole = span(here.first, close + 2);
        match tag::parse(&body) {
            Ok(Body::Interpolation(value)) => {
                self.add(Node::new(Kind::Text, whole).with("content", value));
            }
            Ok(Body::Annotation(_)) => {
                let message = "this annotates nothing: put it on the line that it is for";
                self.problems.push(Problem::error(whole, message).coded("no-inline-annotations"));
            }
            Ok(Body::Open { name, attributes, closes }) => {
                let mut node = Node::new(Kind::Tag(name.to_owned()), whole);
                attributes::annotate(&mut node, attributes, start, &self.plain, self.problems);
                if closes {
                    self.add(node);
                } else {
                    self.open_tag(node);
                }
            }
            Ok(Body::Close(name)) => self.close_tag(name, whole),
            Err(error) => {
                let (at, _) = self.plain.range(start + error.at as u32, start + error.at as u32 + 1);
                let place = span(at.clamp(here.first, close), close + 2);
                self.problems.push(Problem::error(place, error.message).coded("parse-error"));
                self.add(Node::new(Kind::Error, whole));
            }
        }
        true
    }

    /// Whether a tag of the page may be a table.
    fn has_table_tags(&self) -> bool {
        // A tag's name stands before whatever looks like a tag within it.
        let mut next = u32::MAX;
        self.tag_ends.places().any(|(start, end)| {
            let end = std::mem::replace(&mut next, start).min(end);
            find(self.text(start, end), "table").is_some()
        })
    }

    fn open_tag(&mut self, node: Node) {
        if self.stack.len() < MAX_DEPTH {
            self.stack.push(Frame { node, is_tag: true, left_out: Vec::new() });
            return;
        }
        let message = "tags are nested too deeply: this one is left out, its content is kept";
        self.problems.push(Problem::error(node.span, message));
        if let (Kind::Tag(name), Some(top)) = (node.kind, self.stack.last_mut()) {
            top.left_out.push(name);
        }
    }

    fn close_tag(&mut self, name: &str, whole: Span) {
        if let Some(top) = self.stack.last_mut()
            && top.left_out.last().is_some_and(|left_out| left_out == name)
        {
            top.left_out.pop();
            return;
        }
        let tags = self.stack.iter().rev().take_while(|frame| frame.is_tag);
        let Some(above) = tags.map(|frame| &frame.node).position(|node| node.tag() == Some(name)) else {
            let message = ["nothing named `", name, "` is open here"].concat();
            self.problems.push(Problem::error(whole, message).coded("missing-opening"));
            self.add(Node::new(Kind::Error, whole));
            return;
        };
        for _ in 0..above {
            self.close_unclosed(whole.start);
        }
        self.pop(whole.end);
    }

    /// Closes the tags that the innermost container has left open.
    fn close_tags(&mut self) {
        while self.stack.last().is_some_and(|frame| frame.is_tag) {
            self.close_unclosed(0);
        }
    }

    fn close_unclosed(&mut self, end: u32) {
        if let Some(Frame { node, .. }) = self.stack.last() {
            let name = node.tag().unwrap_or_default();
            let message = ["`", name, "` is never closed: write `{% /", name, " %}` where it ends"].concat();
            self.problems.push(Problem::error(node.span, message).coded("missing-closing"));
        }
        self.pop(end);
    }

    // --- Paragraphs ---

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
        let trimmed = text.trim_end_matches(is_space).len();
        let skipped = text.len() - text.trim_start_matches(is_space).len();
        let leaf = Leaf { start: start + skipped.min(trimmed) as u32, end: start + trimmed as u32 };
        let (from, to) =
            if text.is_empty() { (place, place) } else { self.plain.range(leaf.start, leaf.end) };
        self.leaves.push(leaf);
        Node::new(Kind::Inline, span(from, to))
    }

    // --- The tree ---

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

    // --- Lines ---

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

/// The marker of a list item.
#[derive(Clone, Copy)]
struct Marker {
    sign: u8,
    number: Option<u32>,
    end: u32,
}

/// A span of the page that is being read.
pub(super) fn span(start: u32, end: u32) -> Span {
    Span { source: 0, start, end }
}
