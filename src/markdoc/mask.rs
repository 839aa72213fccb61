//! The text that pulldown-cmark reads: every inline text of a page as one paragraph,
//! with the tags masked.
//!
//! pulldown-cmark knows nothing of tags, and would read `{% a b="*x*" %}` as text with
//! emphasis. So each tag is overwritten, byte for byte, by an HTML processing
//! instruction:
//!
//! ```text
//! what the page says      Press {% icon name="go" /%} *now*
//! what is parsed          Press <?<<<<<<<<<<<<<<<<<?> *now*
//! ```
//!
//! pulldown-cmark passes such an instruction on as it is, lets nothing reach into it, and
//! gives it the precedence that tags have in Markdoc. Its place in the parsed text leads
//! to a [`Mark`] that says what stands there. Four more things make it read as Markdoc
//! does:
//!
//! - Markdoc has no HTML. Every other `<` that could begin some is overwritten by a comma.
//! - A text must not be taken for a block (`1. Overview` in a table's cell). So each is
//!   made the continuation of a paragraph: a line with a full stop stands before it, and
//!   four spaces before each of its lines. Nothing else can begin there.
//! - Emphasis does not reach from inside a tag to outside. So the content of a tag is a
//!   paragraph of its own, a [`Frame`], that ends up in the tag's node; where it came
//!   from, the opening tag alone is left.
//! - Two tildes strike through, one does not. A lone one is overwritten by a comma too.
//!
//! What was overwritten never reaches the page: all text is taken from the original, by
//! its place.

use super::blocks::Leaf;
use super::extract::Extract;
use super::scan::TagEnds;
use super::tag::{self, Attribute, Body};
use super::{Kind, Node, Problem, Span, attributes};

/// How deep tags may stand in each other within one text.
const MAX_DEPTH: usize = 64;

/// What stands before every text, and what before each of its lines.
const LEAD: &str = ".\n";
const LINE: &str = "    ";

/// What pulldown-cmark reads, and what it needs to be understood.
pub(super) struct Masked {
    /// The parsed text, made from the plain text.
    pub text: Extract,
    /// The paragraphs in it, in order. Those within a tag come before the one that the
    /// tag stands in.
    pub frames: Vec<Frame>,
    /// The masked tags, in order.
    pub marks: Vec<Mark>,
}

/// A paragraph: the text of an inline node, or the content of a tag in it.
pub(super) struct Frame {
    /// Where the paragraph begins, lead and all.
    pub start: u32,
    /// Where the text itself begins.
    pub content: u32,
    /// Which inline node's text this is, if it is not the content of a tag.
    pub leaf: Option<usize>,
}

/// What stands behind a mask.
pub(super) struct Mark {
    /// The mask's place in the parsed text.
    pub start: u32,
    /// What it hides.
    pub hidden: Hidden,
}

/// What a mask hides.
pub(super) enum Hidden {
    /// A node that is complete.
    Node(Node),
    /// A node whose children are those of a frame.
    Around(Node, usize),
    /// Attributes for the node around the text, and where they stand in the plain text.
    Annotation(Vec<Attribute>, u32),
    /// The opening or closing tag around a frame's content, or one that is left out.
    Edge,
}

/// Masks all texts.
pub(super) fn mask(
    plain: &Extract,
    leaves: &[Leaf],
    definitions: &[Leaf],
    problems: &mut Vec<Problem>,
) -> Masked {
    let mut masked = Masked { text: Extract::default(), frames: Vec::new(), marks: Vec::new() };
    for (index, leaf) in leaves.iter().enumerate() {
        mask_leaf(plain, *leaf, index, &mut masked, problems);
    }
    for definition in definitions {
        let text = plain.slice(definition.start, definition.end);
        let label_end = text.find("]:").unwrap_or_default();
        mask_text(plain, definition.start, definition.start + label_end as u32, &mut masked.text);
        masked.text.push(text.get(label_end..).unwrap_or_default(), definition.start + label_end as u32);
        masked.text.push_instead("\n\n", definition.end);
    }
    masked
}

/// A tag that is found in a text.
struct Found {
    start: u32,
    end: u32,
    /// What the mask hides; an opening tag has its frame's number among the text's own.
    hidden: Hidden,
    /// The index of the tag after the last one within.
    inner_end: usize,
    /// Where the content ends, and where the text goes on after the closing tag.
    content_end: u32,
    after: u32,
}

fn mask_leaf(plain: &Extract, leaf: Leaf, index: usize, masked: &mut Masked, problems: &mut Vec<Problem>) {
    let text = plain.slice(leaf.start, leaf.end);
    if text.is_empty() {
        return;
    }
    let mut found = match text.contains("{%") {
        true => find_tags(plain, leaf, problems),
        false => Vec::new(),
    };
    // A tag's frame is written before the one that it stands in, so that its nodes are
    // there when the tag is met. Opening tags come before those inside, so: backwards.
    for tag in (0..found.len()).rev() {
        if let Some(Found { hidden: Hidden::Around(_, frame), start, end, inner_end, content_end, after }) =
            found.get_mut(tag)
        {
            *frame = masked.frames.len();
            let (start, end, inner_end, content_end, after) =
                (*start, *end, *inner_end, *content_end, *after);
            let frame_start = begin_frame(start, None, masked);
            mask_tag(plain, start, end, &mut masked.text);
            masked.marks.push(Mark { start: frame_start, hidden: Hidden::Edge });
            mask_content(plain, (end, content_end), &mut found, tag + 1..inner_end, masked);
            if after > content_end {
                masked.marks.push(Mark { start: masked.text.end(), hidden: Hidden::Edge });
                mask_tag(plain, content_end, after, &mut masked.text);
            }
            masked.text.push_instead("\n\n", after);
        }
    }
    begin_frame(leaf.start, Some(index), masked);
    let count = found.len();
    mask_content(plain, (leaf.start, leaf.end), &mut found, 0..count, masked);
    masked.text.push_instead("\n\n", leaf.end);
}

/// Begins a paragraph; where its text begins.
fn begin_frame(origin: u32, leaf: Option<usize>, masked: &mut Masked) -> u32 {
    let start = masked.text.end();
    masked.text.push_instead(LEAD, origin);
    masked.text.push_instead(LINE, origin);
    let content = masked.text.end();
    masked.frames.push(Frame { start, content, leaf });
    content
}

/// Writes a range of the text with the tags in it, but not with what is inside of them.
fn mask_content(
    plain: &Extract,
    (start, end): (u32, u32),
    found: &mut [Found],
    tags: std::ops::Range<usize>,
    masked: &mut Masked,
) {
    let mut at = start;
    let mut next = tags.start;
    while next < tags.end {
        let Some(tag) = found.get_mut(next) else { break };
        mask_text(plain, at, tag.start, &mut masked.text);
        let hidden = std::mem::replace(&mut tag.hidden, Hidden::Edge);
        masked.marks.push(Mark { start: masked.text.end(), hidden });
        mask_tag(plain, tag.start, tag.end, &mut masked.text);
        at = tag.after;
        next = tag.inner_end.max(next + 1);
    }
    mask_text(plain, at, end, &mut masked.text);
}

/// Finds the tags of a text, matches those that open with those that close, and reports
/// those that do not match.
fn find_tags(plain: &Extract, leaf: Leaf, problems: &mut Vec<Problem>) -> Vec<Found> {
    let text = plain.slice(leaf.start, leaf.end);
    let mut found: Vec<Found> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    // How many tags were left out, by name, that are still to be closed.
    let mut left_out: Vec<String> = Vec::new();
    for (start, end) in active_tags(text) {
        let (start, end) = (leaf.start + start, leaf.start + end);
        let (from, to) = plain.range(start, end);
        let whole = Span { source: 0, start: from, end: to };
        let body_start = start + 2;
        let body = plain.slice(body_start, (end - 2).max(body_start));
        let hidden = match tag::parse(body) {
            Ok(Body::Interpolation(value)) => {
                let mut node = Node::new(Kind::Text, whole);
                node.attributes.push(("content".to_owned(), value));
                Hidden::Node(node)
            }
            Ok(Body::Annotation(attributes)) => Hidden::Annotation(attributes, body_start),
            Ok(Body::Open { name, attributes, closes }) => {
                if !closes && open.len() >= MAX_DEPTH {
                    let message = "tags are nested too deeply: this one is left out, its content is kept";
                    problems.push(Problem::error(whole, message));
                    left_out.push(name);
                    Hidden::Edge
                } else {
                    let mut node = Node::new(Kind::Tag(name), whole);
                    attributes::annotate(&mut node, attributes, body_start, plain, problems);
                    if closes {
                        Hidden::Node(node)
                    } else {
                        open.push(found.len());
                        Hidden::Around(node, 0)
                    }
                }
            }
            Ok(Body::Close(name)) => {
                if left_out.last() == Some(&name) {
                    left_out.pop();
                } else if let Some(above) = open.iter().rev().position(|index| is_open(&found, *index, &name))
                {
                    for level in (0..=above).rev() {
                        let Some(index) = open.pop() else { break };
                        let is_closed = level == 0;
                        close(plain, &mut found, index, start, if is_closed { end } else { start }, problems);
                    }
                    continue;
                } else {
                    let message = ["nothing named `", &name, "` is open in this text"].concat();
                    problems.push(Problem::error(whole, message));
                }
                match left_out.is_empty() {
                    true => Hidden::Node(Node::new(Kind::Error, whole)),
                    false => Hidden::Edge,
                }
            }
            Err(error) => {
                let place =
                    Span { start: plain.origin(body_start + error.at as u32).clamp(from, to), ..whole };
                problems.push(Problem::error(place, error.message));
                Hidden::Node(Node::new(Kind::Error, whole))
            }
        };
        found.push(Found { start, end, hidden, inner_end: 0, content_end: end, after: end });
    }
    while let Some(index) = open.pop() {
        close(plain, &mut found, index, leaf.end, leaf.end, problems);
    }
    found
}

fn is_open(found: &[Found], index: usize, name: &str) -> bool {
    matches!(found.get(index), Some(Found { hidden: Hidden::Around(node, _), .. }) if node.tag() == Some(name))
}

/// Closes the tag at `index` where its content ends; the text goes on at `after`.
fn close(
    plain: &Extract,
    found: &mut [Found],
    index: usize,
    content_end: u32,
    after: u32,
    problems: &mut Vec<Problem>,
) {
    let inner_end = found.len();
    let Some(tag) = found.get_mut(index) else { return };
    (tag.inner_end, tag.content_end, tag.after) = (inner_end, content_end, after);
    if let Hidden::Around(node, _) = &mut tag.hidden {
        if after == content_end {
            let name = node.tag().unwrap_or_default();
            let message = ["`", name, "` is never closed in this text: write `{% /", name, " %}`"].concat();
            problems.push(Problem::error(node.span, message));
        }
        (node.span.start, node.span.end) = plain.range(tag.start, after);
    }
}

/// The tags of a text that nothing before them has taken: no escape, no code, no
/// `<address>`.
fn active_tags(text: &str) -> Vec<(u32, u32)> {
    let bytes = text.as_bytes();
    let ends = TagEnds::new(text);
    let runs = backtick_runs(bytes);
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'\\' => at + 2,
            b'`' => {
                let after = at + bytes.iter().skip(at).take_while(|byte| **byte == b'`').count();
                code_end(&runs, after - at, after).unwrap_or(after)
            }
            b'<' => autolink_end(text, at).unwrap_or(at + 1),
            b'{' if bytes.get(at + 1) == Some(&b'%') => match ends.end(at as u32) {
                Some(close) => {
                    tags.push((at as u32, close + 2));
                    close as usize + 2
                }
                None => at + 1,
            },
            _ => at + 1,
        };
    }
    tags
}

/// The runs of backticks, as pairs of length and place, sorted.
fn backtick_runs(bytes: &[u8]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes.iter().skip(at).take_while(|byte| **byte == b'`').count();
        if length > 0 {
            runs.push((length, at));
        }
        at += length.max(1);
    }
    runs.sort_unstable();
    runs
}

/// The end of the code that a run of `length` backticks before `from` opens.
fn code_end(runs: &[(usize, usize)], length: usize, from: usize) -> Option<usize> {
    let next = runs.partition_point(|run| *run < (length, from));
    runs.get(next).filter(|run| run.0 == length).map(|run| run.1 + length)
}

/// The end of `<https://…>` or `<name@host>`.
fn autolink_end(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start + 1..)?;
    let length = rest.find(['<', '>'])?;
    let inner = rest.get(..length)?;
    let is_closed = rest.as_bytes().get(length) == Some(&b'>');
    (is_closed && (is_absolute(inner) || is_email(inner))).then_some(start + length + 2)
}

fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut bytes = scheme.bytes();
    (2..=32).contains(&scheme.len())
        && bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-'))
        && !rest.bytes().any(|byte| byte <= b' ')
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte))
        && host.split('.').all(is_label)
}

/// Writes a tag's mask, as long as the tag.
fn mask_tag(plain: &Extract, start: u32, end: u32, out: &mut Extract) {
    let mask = match end.saturating_sub(start) {
        // Only `{%}` is as short as this.
        0..=3 => "<a>".to_owned(),
        length => ["<?", &"<".repeat(length as usize - 4), "?>"].concat(),
    };
    debug_assert_eq!(mask.len(), plain.slice(start, end).len());
    out.push(&mask, start);
}

/// Writes text, with what pulldown-cmark must not see overwritten.
fn mask_text(plain: &Extract, start: u32, end: u32, out: &mut Extract) {
    let text = plain.slice(start, end);
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let length = match byte {
            b'\n' => {
                out.push(text.get(from..=at).unwrap_or_default(), start + from as u32);
                out.push_instead(LINE, start + at as u32 + 1);
                from = at + 1;
                1
            }
            b'<' => {
                let link = autolink_end(text, at);
                if link.is_none() && begins_html(text, at) {
                    out.push(text.get(from..at).unwrap_or_default(), start + from as u32);
                    out.push(",", start + at as u32);
                    from = at + 1;
                }
                link.map_or(1, |end| end - at)
            }
            b'~' => {
                let length = bytes.iter().skip(at).take_while(|byte| **byte == b'~').count();
                if length % 2 == 1 {
                    out.push(text.get(from..at).unwrap_or_default(), start + from as u32);
                    out.push(",", start + at as u32);
                    from = at + 1;
                }
                length
            }
            _ => 1,
        };
        at += length;
    }
    out.push(text.get(from..).unwrap_or_default(), start + from as u32);
}

/// Whether pulldown-cmark could take this `<` for HTML.
fn begins_html(text: &str, at: usize) -> bool {
    let next = text.as_bytes().get(at + 1);
    let could = next.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'));
    // `](<address>)` is a link's destination.
    let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t', '\n']);
    could && !before.ends_with("](")
}
