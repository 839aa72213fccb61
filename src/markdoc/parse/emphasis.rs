//! Emphasis: which `*`, `_` and `~~` belong together.
//!
//! pulldown-cmark could tell, but does so by CommonMark's newest rules, and knows
//! nothing of tags, which emphasis never crosses. So it is not shown these marks, and
//! they are paired here, separately in each tag and each link, by the rules of Markdoc's
//! own parser: every mark that may close is joined with the nearest before it that may
//! open, if the two lengths fit.

use super::extract::Extract;
use super::punctuation::flanking;
use super::stack::{Height, Mark, Role, Stack, give, push_text, span};
use super::{Kind, Node, Value};

/// How deep emphasis may stand in itself, in a text; half as deep in a tag or link there, and so
/// on, so that all of them together are bounded. What is deeper stays as it is written.
const MAX_DEPTH: usize = 32;

/// A mark while its pair is looked for.
pub(super) struct Candidate {
    /// Its place among the marks.
    mark: usize,
    /// Its place among nodes and marks.
    item: usize,
    marker: u8,
    /// The length that decides whether two marks fit; tildes always do.
    length: u32,
    opens: bool,
    closes: bool,
    pair: Option<usize>,
    /// How many before this one need not be looked at: they are taken.
    jump: usize,
}

impl Stack {
    /// Takes off what is above a height, with its emphasis, around which `outer` other things are
    /// open. The text begins at `start` and ends at `end`: what is beyond counts as a space.
    pub fn resolve(
        &mut self,
        height: Height,
        plain: &Extract,
        (start, end): (u32, u32),
        outer: usize,
    ) -> Vec<Node> {
        self.joins = false;
        if self.marks.iter().skip(height.marks).all(|mark| mark.role == Role::Gap) {
            self.marks.truncate(height.marks);
            return self.take(height.nodes);
        }
        let max_depth = MAX_DEPTH >> outer.min(MAX_DEPTH.ilog2() as usize);
        self.find(height, plain, (start, end));
        pair(&mut self.candidates);
        self.assign();
        if self.candidates.drain(..).any(|candidate| candidate.marker == b'~') {
            move_lone_tildes(self.marks.get_mut(height.marks..).unwrap_or_default());
        }
        self.build(height, plain, max_depth)
    }

    /// Finds the marks that may be emphasis.
    fn find(&mut self, height: Height, plain: &Extract, (start, end): (u32, u32)) {
        let mut known: Option<(u32, (bool, bool))> = None;
        for (index, mark) in self.marks.iter().enumerate().skip(height.marks) {
            if mark.role != Role::Text {
                continue;
            }
            let (opens, closes) = match known {
                Some((run, flags)) if run == mark.run.start => flags,
                _ => {
                    let before = plain.slice(start, mark.run.start).chars().next_back().unwrap_or(' ');
                    let after = plain.slice(mark.run.end, end).chars().next().unwrap_or(' ');
                    let flags = flanking(mark.marker, before, after);
                    known = Some((mark.run.start, flags));
                    flags
                }
            };
            let length = if mark.marker == b'~' { 0 } else { mark.run.end - mark.run.start };
            self.candidates.push(Candidate {
                mark: index,
                item: mark.at + index,
                marker: mark.marker,
                length,
                opens,
                closes,
                pair: None,
                jump: 0,
            });
        }
    }

    /// Says what each mark is: two pairs side by side are one strong.
    fn assign(&mut self) {
        let Self { marks, candidates, .. } = self;
        let mut set = |candidate: &Candidate, role: Role| {
            if let Some(mark) = marks.get_mut(candidate.mark) {
                mark.role = role;
            }
        };
        let mut next = candidates.len();
        while let Some(index) = next.checked_sub(1) {
            next = index;
            let Some(opener) = candidates.get(index) else { break };
            let Some((pair, closer)) = opener.pair.and_then(|pair| Some((pair, candidates.get(pair)?)))
            else {
                continue;
            };
            let outer = index.checked_sub(1).and_then(|outer| candidates.get(outer)).filter(|outer| {
                opener.marker != b'~'
                    && outer.pair == Some(pair + 1)
                    && outer.marker == opener.marker
                    && outer.item + 1 == opener.item
            });
            let outer = outer.zip(candidates.get(pair + 1).filter(|mark| mark.item == closer.item + 1));
            let strong = outer.is_some();
            set(opener, Role::Opens { strong });
            set(closer, Role::Closes { strong });
            if let Some((outer_opener, outer_closer)) = outer {
                set(outer_opener, Role::Joined);
                set(outer_closer, Role::Joined);
                next -= 1;
            }
        }
    }

    /// Takes off the nodes above a height, those between marks that belong together as one.
    fn build(&mut self, height: Height, plain: &Extract, max_depth: usize) -> Vec<Node> {
        let mut at = height.nodes;
        let mut rest = self.take(at).into_iter();
        let Self { nodes, marks, .. } = self;
        let mut open: Vec<Open> = Vec::new();
        // Whether the next text may join the one before.
        let mut joins = false;
        for mark in marks.drain(height.marks..) {
            for node in rest.by_ref().take(mark.at - at) {
                joins = give(nodes, node, joins);
            }
            at = mark.at;
            joins = match mark.role {
                Role::Gap => false,
                Role::Joined => joins,
                Role::Opens { strong } => {
                    let node = element(mark, strong, plain);
                    let is_flat = open.len() >= max_depth;
                    if is_flat {
                        push_text(nodes, written(mark.marker, strong), node.span, joins);
                    }
                    open.push(Open { node, is_flat, below: nodes.len() });
                    false
                }
                Role::Closes { strong } if !open.is_empty() => {
                    let end = span(plain, mark.start, mark.end + u32::from(strong));
                    let is_flat = close(&mut open, nodes, end.end);
                    if is_flat {
                        push_text(nodes, written(mark.marker, strong), end, false);
                    }
                    is_flat
                }
                Role::Tilde => {
                    push_text(nodes, "~", span(plain, mark.start, mark.end), joins);
                    true
                }
                Role::Text | Role::Closes { .. } => {
                    let span = span(plain, mark.start, mark.end);
                    push_text(nodes, written(mark.marker, false), span, joins);
                    true
                }
            };
        }
        for node in rest {
            joins = give(nodes, node, joins);
        }
        while !open.is_empty() {
            close(&mut open, nodes, 0);
        }
        self.take(height.nodes)
    }
}

/// Joins each mark that closes with one before it.
fn pair(candidates: &mut [Candidate]) {
    // For each kind of closing mark, the place before which none that opens is left.
    let mut bottoms = [[-1_isize; 6]; 3];
    let mut run_start = 0;
    let mut last_item = None;
    for closer in 0..candidates.len() {
        let (marker, item, length, opens, closes) = match candidates.get(closer) {
            Some(mark) => (mark.marker, mark.item, mark.length, mark.opens, mark.closes),
            None => return,
        };
        // A mark never closes one of its own run.
        let same_marker = candidates.get(run_start).is_some_and(|first| first.marker == marker);
        if !same_marker || last_item.is_none_or(|last| last + 1 != item) {
            run_start = closer;
        }
        last_item = Some(item);
        if !closes {
            continue;
        }
        let row = match marker {
            b'*' => 0,
            b'_' => 1,
            _ => 2,
        };
        let class = usize::from(opens) * 3 + length as usize % 3;
        let Some(bottom) = bottoms.get_mut(row).and_then(|row| row.get_mut(class)) else { return };
        let jump = |index: usize| candidates.get(index).map_or(0, |mark| mark.jump);
        let step = |from: usize| from as isize - jump(from) as isize - 1;
        let first = step(run_start);
        let mut at = first;
        let mut found = None;
        while at > *bottom {
            let index = at as usize;
            let Some(opener) = candidates.get(index) else { break };
            let fits = |opener: &Candidate| {
                let is_three = |length: u32| length.is_multiple_of(3);
                let either = opener.closes || opens;
                !either || !is_three(opener.length + length) || (is_three(opener.length) && is_three(length))
            };
            if opener.marker == marker && opener.opens && opener.pair.is_none() && fits(opener) {
                found = Some(index);
                break;
            }
            at = step(index);
        }
        let Some(opener) = found else {
            *bottom = first;
            continue;
        };
        let before =
            opener.checked_sub(1).filter(|before| candidates.get(*before).is_some_and(|mark| !mark.opens));
        let skipped = before.map_or(0, |before| jump(before) + 1);
        if let Some(mark) = candidates.get_mut(closer) {
            mark.opens = false;
            mark.jump = closer - opener + skipped;
        }
        if let Some(mark) = candidates.get_mut(opener) {
            mark.pair = Some(closer);
            mark.closes = false;
            mark.jump = skipped;
        }
        last_item = None;
    }
}

/// A tilde that is a text of its own goes behind the `~~` that close after it.
///
/// Markdoc's parser means the one that is left over where their number is odd, but takes any
/// for it: an escaped one, an entity.
fn move_lone_tildes(marks: &mut [Mark]) {
    let is_tilde = |mark: &&Mark| mark.role == Role::Tilde;
    for first in 0..marks.len() {
        let Some(&tilde) = marks.get(first).filter(is_tilde) else { continue };
        let mut last = first;
        let (mut closes_at, mut end) = (tilde.start, tilde.end);
        while let Some(mark) = marks.get_mut(last + 1).filter(|mark| mark.at == tilde.at && closes(mark)) {
            end = mark.end;
            // A left-over tilde is one of its run, which then ends with it. Any other stands where
            // it stands, and reaches over the marks.
            let width = if mark.run.start == tilde.start { mark.end - mark.start } else { 0 };
            (mark.start, mark.end) = (closes_at, closes_at + width);
            closes_at += width;
            last += 1;
        }
        if last > first
            && let Some(moved) = marks.get_mut(first..=last)
        {
            moved.rotate_left(1);
            if let Some(tilde) = moved.last_mut() {
                (tilde.start, tilde.end) = (closes_at, end);
            }
        }
    }
}

/// Whether this is `~~` that closes.
fn closes(mark: &Mark) -> bool {
    mark.marker == b'~' && matches!(mark.role, Role::Closes { .. })
}

/// An element that is open.
struct Open {
    node: Node,
    is_flat: bool,
    /// How many nodes stand below its children.
    below: usize,
}

/// Closes the innermost element. Whether it is flat, so that its mark
/// is text.
fn close(open: &mut Vec<Open>, nodes: &mut Vec<Node>, end: u32) -> bool {
    let Some(Open { mut node, is_flat, below }) = open.pop() else { return false };
    if !is_flat {
        node.children = nodes.split_off(below);
        node.span.end = node.span.end.max(end);
        nodes.push(node);
    }
    is_flat
}

fn element(mark: Mark, strong: bool, plain: &Extract) -> Node {
    let start = if strong { mark.start.saturating_sub(1) } else { mark.start };
    let kind = match (mark.marker, strong) {
        (b'~', _) => Kind::S,
        (_, true) => Kind::Strong,
        (_, false) => Kind::Em,
    };
    let node = Node::new(kind, span(plain, start, mark.end));
    match mark.marker {
        b'~' => node,
        marker => node.with("marker", Value::String(written(marker, strong).to_owned())),
    }
}

/// A mark as it is written.
fn written(marker: u8, strong: bool) -> &'static str {
    match (marker, strong) {
        (b'~', _) => "~~",
        (b'*', true) => "**",
        (b'*', false) => "*",
        (_, true) => "__",
        (_, false) => "_",
    }
}
