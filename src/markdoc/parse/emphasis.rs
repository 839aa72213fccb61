//! Emphasis: which `*`, `_` and `~~` belong together.
//!
//! pulldown-cmark could tell, but does so by CommonMark's newest rules, and knows
//! nothing of tags, which emphasis never crosses. So it is not shown these marks, and
//! they are paired here, separately in each tag and each link, by the rules of Markdoc's
//! own parser: every mark that may close is joined with the nearest before it that may
//! open, if the two lengths fit.

use std::borrow::Cow;

use super::extract::Extract;
use super::punctuation::flanking;
use super::{Kind, Node, Span, Value};

/// How deep emphasis may stand in itself, in a text; half as deep in a tag or link there, and so
/// on, so that all of them together are bounded. What is deeper stays as it is written.
const MAX_DEPTH: usize = 32;

/// A piece of a text.
pub(super) enum Item<'a> {
    /// Text, and the range of the plain text that it was read from.
    Text(Cow<'a, str>, (u32, u32)),
    Node(Node),
    /// A mark that may turn out to be emphasis.
    Mark(Mark),
    /// An annotation stands here: the texts around it stay apart.
    Gap,
}

/// One `*` or `_`, or two `~`.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub marker: u8,
    /// Where it stands in the plain text.
    pub start: u32,
    pub end: u32,
    /// The run that it belongs to.
    pub run: Run,
    /// What became of it.
    role: Role,
}

/// A run of equal marks, as a range of the plain text.
#[derive(Clone, Copy)]
pub(super) struct Run {
    pub start: u32,
    pub end: u32,
}

impl Run {
    /// Adds the marks of this run.
    pub fn push<'a>(self, plain: &'a Extract, out: &mut Vec<Item<'a>>) {
        let Some(&marker) = plain.text.as_bytes().get(self.start as usize) else { return };
        let width = width(marker);
        let odd = (self.end - self.start) % width;
        if odd == 1 {
            out.push(Item::Text("~".into(), (self.start, self.start + 1)));
        }
        let starts = (self.start + odd..self.end).step_by(width as usize);
        let mark = |start| Mark { marker, start, end: start + width, run: self, role: Role::Text };
        out.extend(starts.map(|start| Item::Mark(mark(start))));
    }
}

/// What became of a mark.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Text,
    /// It belongs to the mark beside it.
    Joined,
    Opens {
        strong: bool,
    },
    Closes {
        strong: bool,
    },
}

/// A mark while its pair is looked for.
pub(super) struct Candidate {
    /// Its index among the items.
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

/// Makes nodes of the items of one scope, around which `outer` others are open, and takes them out
/// of their list. The text begins at `start` and ends at `end`: what is beyond counts as a space.
/// `candidates` is an empty list with room.
pub(super) fn resolve(
    items: &mut Vec<Item<'_>>,
    candidates: &mut Vec<Candidate>,
    plain: &Extract,
    (start, end): (u32, u32),
    outer: usize,
) -> Vec<Node> {
    find(items, candidates, plain, (start, end));
    if candidates.is_empty() {
        return without_marks(items, plain);
    }
    let max_depth = (MAX_DEPTH >> outer.min(MAX_DEPTH)).max(1);
    pair(candidates);
    assign(candidates, items);
    let nodes = Vec::with_capacity(items.len() - candidates.len());
    if candidates.drain(..).any(|candidate| candidate.marker == b'~') {
        move_lone_tildes(items);
    }
    build(items, nodes, plain, max_depth)
}

/// Finds the marks among the items.
fn find(items: &[Item], candidates: &mut Vec<Candidate>, plain: &Extract, (start, end): (u32, u32)) {
    let mut known: Option<(u32, (bool, bool))> = None;
    for (item, mark) in items.iter().enumerate() {
        let Item::Mark(mark) = mark else { continue };
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
        candidates.push(Candidate { item, marker: mark.marker, length, opens, closes, pair: None, jump: 0 });
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

/// Says what each mark is: two pairs side by side are one strong.
fn assign(candidates: &[Candidate], items: &mut [Item]) {
    let mut set = |candidate: &Candidate, role: Role| {
        if let Some(Item::Mark(mark)) = items.get_mut(candidate.item) {
            mark.role = role;
        }
    };
    let mut next = candidates.len();
    while let Some(index) = next.checked_sub(1) {
        next = index;
        let Some(opener) = candidates.get(index) else { return };
        let Some((pair, closer)) = opener.pair.and_then(|pair| Some((pair, candidates.get(pair)?))) else {
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

/// A tilde that is a text of its own goes behind the `~~` that close after it.
///
/// Markdoc's parser means the one that is left over where their number is odd, but takes any
/// for it: an escaped one, an entity.
fn move_lone_tildes(items: &mut [Item]) {
    let lone: Vec<usize> = (0..items.len()).filter(|at| is_lone_tilde(items, *at)).collect();
    for first in lone {
        let Some(Item::Text(_, place)) = items.get(first) else { continue };
        let place = *place;
        let mut last = first;
        let (mut closes_at, mut end) = place;
        while closes(items, last + 1)
            && let Some(Item::Mark(mark)) = items.get_mut(last + 1)
        {
            end = mark.end;
            // A left-over tilde is one of its run, which then ends with it. Any other stands where
            // it stands, and reaches over the marks.
            let width = if is_left_over(mark, place) { mark.end - mark.start } else { 0 };
            (mark.start, mark.end) = (closes_at, closes_at + width);
            closes_at += width;
            last += 1;
        }
        if let Some(Item::Text(_, place)) = items.get_mut(first) {
            *place = (closes_at, end);
        }
        if let Some(items) = items.get_mut(first..=last) {
            items.rotate_left(1);
        }
    }
}

/// Whether there is nothing but a tilde, before `~~` that closes.
fn is_lone_tilde(items: &[Item], at: usize) -> bool {
    let (Some(Item::Text(text, place)), Some(Item::Mark(mark))) = (items.get(at), items.get(at + 1)) else {
        return false;
    };
    // One that is not left over is part of the text before it.
    let before = at.checked_sub(1).and_then(|before| items.get(before));
    let is_alone = is_left_over(mark, *place) || !matches!(before, Some(Item::Text(..)));
    text == "~" && closes(items, at + 1) && is_alone
}

/// Whether a text is what is left over from the run of this mark.
fn is_left_over(mark: &Mark, place: (u32, u32)) -> bool {
    mark.run.start == place.0
}

/// Whether this item is `~~` that closes.
fn closes(items: &[Item], at: usize) -> bool {
    let Some(Item::Mark(mark)) = items.get(at) else { return false };
    mark.marker == b'~' && matches!(mark.role, Role::Closes { .. })
}

/// The nodes where there is nothing to pair, as in most texts.
fn without_marks(items: &mut Vec<Item>, plain: &Extract) -> Vec<Node> {
    let mut nodes = Vec::with_capacity(items.len());
    let mut joins = false;
    for item in items.drain(..) {
        match item {
            Item::Text(text, (start, end)) => {
                joins = push_text(&mut nodes, text, span(plain, start, end), joins);
            }
            Item::Node(node) => {
                nodes.push(node);
                joins = false;
            }
            Item::Gap | Item::Mark(_) => joins = false,
        }
    }
    nodes
}

/// An element that is open.
struct Open {
    node: Node,
    is_flat: bool,
    /// What stands before it.
    before: Vec<Node>,
}

/// The nodes, in a list with room for about as many.
fn build(items: &mut Vec<Item>, mut nodes: Vec<Node>, plain: &Extract, max_depth: usize) -> Vec<Node> {
    let mut stack: Vec<Open> = Vec::new();
    // Whether the next text may join the one before.
    let mut joins = false;
    for item in items.drain(..) {
        match item {
            Item::Text(text, (start, end)) => {
                joins = push_text(&mut nodes, text, span(plain, start, end), joins);
            }
            Item::Gap => joins = false,
            Item::Node(node) => {
                nodes.push(node);
                joins = false;
            }
            Item::Mark(Mark { role: Role::Joined, .. }) => {}
            Item::Mark(mark @ Mark { role: Role::Opens { strong }, .. }) => {
                let node = element(mark, strong, plain);
                let is_flat = stack.len() >= max_depth;
                joins = is_flat && push_text(&mut nodes, written(mark, strong).into(), node.span, joins);
                // Most have one child.
                let before = std::mem::replace(&mut nodes, Vec::with_capacity(1));
                stack.push(Open { node, is_flat, before });
            }
            Item::Mark(mark @ Mark { role: Role::Closes { strong }, .. }) if !stack.is_empty() => {
                let end = span(plain, mark.start, mark.end + u32::from(strong));
                joins = close(&mut stack, &mut nodes, end.end)
                    && push_text(&mut nodes, written(mark, strong).into(), end, false);
            }
            Item::Mark(mark) => {
                let span = span(plain, mark.start, mark.end);
                joins = push_text(&mut nodes, written(mark, false).into(), span, joins);
            }
        }
    }
    while !stack.is_empty() {
        close(&mut stack, &mut nodes, 0);
    }
    nodes
}

/// Closes the innermost element, of which `nodes` are the children, and then those beside it.
/// Whether it is flat, so that its mark is text.
fn close(stack: &mut Vec<Open>, nodes: &mut Vec<Node>, end: u32) -> bool {
    let Some(Open { mut node, is_flat, before }) = stack.pop() else { return false };
    let children = std::mem::replace(nodes, before);
    if is_flat {
        nodes.extend(children);
    } else {
        node.children = children;
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
        _ => node.with("marker", Value::String(written(mark, strong))),
    }
}

/// Adds text, to the text before it where it joins. Whether the next may join.
fn push_text(nodes: &mut Vec<Node>, text: Cow<str>, span: Span, joins: bool) -> bool {
    if text.is_empty() {
        return joins;
    }
    if let Some(last) = nodes.last_mut().filter(|_| joins)
        && let Some((_, Value::String(before))) = last.attributes.first_mut()
    {
        before.push_str(&text);
        last.span.end = last.span.end.max(span.end);
        return true;
    }
    nodes.push(Node::new(Kind::Text, span).with("content", Value::String(text.into_owned())));
    true
}

/// A mark as it is written.
fn written(mark: Mark, strong: bool) -> String {
    String::from(char::from(mark.marker)).repeat(if strong { 2 } else { width(mark.marker) as usize })
}

fn width(marker: u8) -> u32 {
    if marker == b'~' { 2 } else { 1 }
}

fn span(plain: &Extract, start: u32, end: u32) -> Span {
    let (start, end) = plain.range(start, end);
    Span { source: 0, start, end }
}
