//! Tags that stand alone on their lines: what opens one holds all blocks until what closes it.

use std::borrow::Cow;

use super::super::attributes;
use super::super::scan::{trim, trim_start};
use super::super::tag::{self, Body};
use super::{Blocks, Frame, Kind, Line, MAX_DEPTH, Node, Problem, Span, lines, span};

impl Blocks<'_> {
    /// The line after a tag that stands alone on its lines, and the place of its `%}`.
    pub(super) fn starts_tag(&self, line: usize) -> Option<(usize, u32)> {
        let here = self.at(line);
        let rest = self.source.get(here.first as usize..)?;
        if here.is_empty() || !rest.starts_with("{%") {
            return None;
        }
        let close = self.tag_ends.end(here.first)?;
        if close < here.end && !trim(self.text(close + 2, here.end)).is_empty() {
            return None;
        }
        let body = self.source.get(here.first as usize + 2..(close as usize).max(here.first as usize + 2))?;
        if trim_start(body).starts_with('$') {
            return None;
        }
        let last = self.lines.partition_point(|other| other.end < close + 2);
        Some((last.max(line) + 1, close))
    }

    pub(super) fn tag(&mut self, line: usize) -> bool {
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
            if !trim(self.text(close + 2, last.end)).is_empty() {
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
    pub(super) fn close_tags(&mut self) {
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
}
