//! What the texts of a page are put together on: nodes, and marks that may turn out to be emphasis.

use super::emphasis::Candidate;
use super::extract::Extract;
use super::{Kind, Node, Span, Value};

/// What a text consists of so far: nodes, and marks of which nobody knows yet what they are. What
/// belongs to something that is open stands above what was there before it.
#[derive(Default)]
pub(super) struct Stack {
    pub(super) nodes: Vec<Node>,
    pub(super) marks: Vec<Mark>,
    /// Whether the next text goes on with the text on top.
    pub(super) joins: bool,
    /// An empty list with room.
    pub(super) candidates: Vec<Candidate>,
}

/// A height of the stack.
#[derive(Clone, Copy, Default)]
pub(super) struct Height {
    pub(super) nodes: usize,
    pub(super) marks: usize,
}

/// What stands between two nodes and is none yet: mostly one `*` or `_`, or two `~`, which may turn
/// out to be emphasis.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    /// The node that follows it, by its place in the stack.
    pub(super) at: usize,
    pub(super) marker: u8,
    /// Where it stands in the plain text.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The run that it belongs to.
    pub(super) run: Run,
    /// What became of it.
    pub(super) role: Role,
}

/// A run of equal marks, as a range of the plain text.
#[derive(Clone, Copy)]
pub(super) struct Run {
    pub start: u32,
    pub end: u32,
}

/// What became of a mark.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Role {
    Text,
    /// It belongs to the mark beside it.
    Joined,
    Opens {
        strong: bool,
    },
    Closes {
        strong: bool,
    },
    /// It never was one: a tilde that is a text of its own.
    Tilde,
    /// It never was one: an annotation stands here, and the texts around it stay apart.
    Gap,
}

impl Stack {
    /// How high it is now.
    pub fn height(&self) -> Height {
        Height { nodes: self.nodes.len(), marks: self.marks.len() }
    }

    /// What follows is not joined with what is there.
    pub fn part(&mut self) {
        self.joins = false;
    }

    /// Adds a node.
    pub fn push(&mut self, node: Node) {
        self.nodes.push(node);
        self.joins = false;
    }

    /// Adds a text that was read from a range of the plain text.
    pub fn push_text(&mut self, text: &str, range: (u32, u32), plain: &Extract) {
        if text.is_empty() {
            return;
        }
        if text == "~" && !self.joins && !self.ends_with_tilde() {
            let run = Run { start: range.0, end: range.1 };
            return self.push_mark(b'~', run, run, Role::Tilde);
        }
        push_text(&mut self.nodes, text, span(plain, range.0, range.1), self.joins);
        self.joins = true;
    }

    /// Whether a tilde is on top.
    fn ends_with_tilde(&self) -> bool {
        self.marks.last().is_some_and(|mark| mark.role == Role::Tilde && mark.at == self.nodes.len())
    }

    /// Adds the marks of a run.
    pub fn push_run(&mut self, run: Run, plain: &Extract) {
        let Some(&marker) = plain.text.as_bytes().get(run.start as usize) else { return };
        let width = width(marker);
        let odd = (run.end - run.start) % width;
        if odd == 1 {
            self.push_mark(marker, Run { start: run.start, end: run.start + 1 }, run, Role::Tilde);
        }
        for start in (run.start + odd..run.end).step_by(width as usize) {
            self.push_mark(marker, Run { start, end: start + width }, run, Role::Text);
        }
    }

    /// Keeps the texts before and after this apart.
    pub fn push_gap(&mut self) {
        let nowhere = Run { start: 0, end: 0 };
        self.push_mark(0, nowhere, nowhere, Role::Gap);
    }

    fn push_mark(&mut self, marker: u8, place: Run, run: Run, role: Role) {
        let at = self.nodes.len();
        self.marks.push(Mark { at, marker, start: place.start, end: place.end, run, role });
        self.joins = false;
    }

    /// Takes away what is above a height.
    pub fn truncate(&mut self, height: Height) {
        self.nodes.truncate(height.nodes);
        self.marks.truncate(height.marks);
        self.joins = false;
    }

    /// Puts a text below what is above a height. `joins` is whether it goes on with the text there.
    pub fn insert_text(&mut self, height: Height, joins: bool, range: (u32, u32), plain: &Extract) {
        let nodes = self.take(height.nodes);
        let marks: Vec<Mark> = self.marks.drain(height.marks..).collect();
        self.joins = joins;
        self.push_text(plain.slice(range.0, range.1), range, plain);
        let (mut nodes, mut at) = (nodes.into_iter(), height.nodes);
        for mark in marks {
            nodes
                .by_ref()
                .take(mark.at - at)
                .for_each(|node| self.joins = give(&mut self.nodes, node, self.joins));
            at = mark.at;
            self.marks.push(Mark { at: self.nodes.len(), ..mark });
            self.joins = false;
        }
        nodes.for_each(|node| self.joins = give(&mut self.nodes, node, self.joins));
    }

    /// Takes off the nodes above a height.
    pub fn take(&mut self, height: usize) -> Vec<Node> {
        self.nodes.split_off(height)
    }
}

/// Adds a finished node, if it is a text to the text before it where it joins. Whether the next may
/// join.
pub(super) fn give(nodes: &mut Vec<Node>, node: Node, joins: bool) -> bool {
    let text = if matches!(node.kind, Kind::Text) { node.string("content") } else { None };
    match text {
        Some(text) if joins => push_text(nodes, text, node.span, joins),
        Some(_) => nodes.push(node),
        None => {
            nodes.push(node);
            return false;
        }
    }
    true
}

/// Adds text, to the text before it where it joins.
pub(super) fn push_text(nodes: &mut Vec<Node>, text: &str, span: Span, joins: bool) {
    if let Some(last) = nodes.last_mut().filter(|_| joins)
        && let Some((_, Value::String(before))) = last.attributes.first_mut()
    {
        before.push_str(text);
        last.span.end = last.span.end.max(span.end);
    } else {
        nodes.push(Node::new(Kind::Text, span).with("content", Value::String(text.to_owned())));
    }
}

pub(super) fn width(marker: u8) -> u32 {
    if marker == b'~' { 2 } else { 1 }
}

pub(super) fn span(plain: &Extract, start: u32, end: u32) -> Span {
    let (start, end) = plain.range(start, end);
    Span { source: 0, start, end }
}
