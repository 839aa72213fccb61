//! The text that pulldown-cmark reads: every inline text of a page that
//! [`plain`](super::plain) leaves, as there are entities, tabs, or links of other kinds in it.
//! Each is one paragraph, with all masked that pulldown-cmark would not understand.
//!
//! pulldown-cmark knows nothing of tags, and would read `{% a b="[x](y)" %}` as text with
//! a link. So each tag is overwritten, byte for byte, by an HTML processing instruction:
//!
//! ```text
//! what the page says      Press {% icon name="go" /%} *now*, [here](/x)
//! what is parsed          Press <?<<<<<<<<<<<<<<<<<?> ,now,, [here](/x)
//! ```
//!
//! pulldown-cmark passes such an instruction on as it is, lets nothing reach into it, and
//! gives it the precedence that tags have in Markdoc. When one comes out, its place leads
//! back to the tag. Three more things are done so that the text reads as Markdoc reads
//! it:
//!
//! - Emphasis is left to [`emphasis`](super::emphasis): `*`, `_` and `~` are overwritten by
//!   characters that mean nothing, and remembered as [`Run`]s.
//! - Markdoc has no HTML: so is every other `<` that could begin some, and so is white
//!   space that pulldown-cmark would drop.
//! - A text must not be taken for a block (`1. Overview` in a table's cell). So each is
//!   made the continuation of a paragraph: a line with a full stop stands before it, and
//!   four spaces before each of its lines. No block can begin there.
//!
//! What was overwritten never reaches the page: all text is taken from the original, by
//! its place. A mask too many, inside of code or a link's title, does no harm either.

use super::address::entities;
use super::blocks::Leaf;
use super::code::{Backticks, code_end, run};
use super::extract::Extract;
use super::links::{self, Brackets};
use super::scan::{TagEnds, find};
use super::stack::Run;

/// What stands before every text, and what before each of its lines.
const LEAD: &str = ".\n";
const LINE: &str = "    ";

/// What pulldown-cmark reads, and what it needs to be understood.
#[derive(Default)]
pub(super) struct Masked {
    /// The parsed text, made from the plain text.
    pub text: Extract,
    /// Its paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
    /// The masked tags, in order.
    pub tags: Vec<Tag>,
    /// The marks of emphasis, in order.
    pub runs: Vec<Run>,
}

/// A paragraph, with the text of an inline node.
pub(super) struct Paragraph {
    /// Where the text begins, after its lead.
    pub content: u32,
    /// Where the next paragraph begins.
    pub end: u32,
}

/// A tag, and its mask.
#[derive(Clone, Copy)]
pub(super) struct Tag {
    /// Where the mask begins in the parsed text.
    pub mask: u32,
    /// The tag's place in the plain text.
    pub start: u32,
    pub end: u32,
}

/// Masks texts. `definitions` are those of links, which pulldown-cmark resolves.
pub(super) fn mask(plain: &Extract, leaves: impl Iterator<Item = Leaf>, definitions: &[Leaf]) -> Masked {
    let mut masked = Masked::default();
    for leaf in leaves {
        masked.text.push_instead(LEAD, leaf.start, 0);
        masked.text.push_instead(LINE, leaf.start, 0);
        let content = masked.text.end();
        mask_text(plain, leaf, &mut masked);
        masked.text.push_instead("\n\n", leaf.end, 0);
        masked.paragraphs.push(Paragraph { content, end: masked.text.end() });
    }
    for definition in definitions {
        let text = plain.slice(definition.start, definition.end);
        let label_end = definition.start + find(text, "]:").unwrap_or_default() as u32;
        // A label is found by what is read where it is used, so it is masked alike.
        let mut label = Masked::default();
        mask_text(plain, Leaf { start: definition.start, end: label_end }, &mut label);
        masked.text.push_instead(&label.text.text, definition.start, 0);
        let address = plain.slice(label_end, definition.end);
        let mut written = 0;
        for (place, read) in entities(address) {
            let (start, end) = (place.start as u32, place.end as u32);
            masked.text.push(plain.slice(label_end + written, label_end + start), label_end + written);
            masked.text.push_instead(&read, label_end + start, end - start);
            written = end;
        }
        masked.text.push(plain.slice(label_end + written, definition.end), label_end + written);
        masked.text.push_instead("\n\n", definition.end, 0);
    }
    masked
}

/// Writes a text, masked.
fn mask_text(plain: &Extract, leaf: Leaf, out: &mut Masked) {
    let text = plain.slice(leaf.start, leaf.end);
    let bytes = text.as_bytes();
    let ends = TagEnds::new(text);
    let mut code = Backticks::new(bytes);
    let stray = StrayBackticks::find(text, &code.runs, &ends);
    let (mut at, mut written) = (0, 0);
    let mut brackets = Brackets::default();
    // An image's label is kept as it is written: no link is in it.
    let has_addresses = find(text, "](").is_some();
    let mut image_end = 0;
    // Where the last escape ends.
    let mut escape_end = 0;
    // Where the white space ends that was last looked through, and whether its line ends there.
    let mut white = (0, false);
    while let Some(&byte) = bytes.get(at) {
        let length = match byte {
            b'[' | b']' if at < image_end || stray.as_ref().is_some_and(|stray| stray.hides_bracket(at)) => {
                flush(text, leaf.start, &mut written, at, out);
                push_mask("+", leaf.start, &mut written, out);
                1
            }
            b'[' => {
                let is_image = at > escape_end && bytes.get(at - 1) == Some(&b'!');
                brackets.open(at, is_image);
                if is_image && has_addresses {
                    image_end = links::nested_image(text, at, &ends).unwrap_or(image_end);
                }
                1
            }
            b']' if !is_label(bytes, &brackets) && links::is_nested_label(text, at + 1, &ends) => {
                brackets.close();
                flush(text, leaf.start, &mut written, at, out);
                push_mask("+", leaf.start, &mut written, out);
                1
            }
            b']' => match brackets.close().then(|| links::address(text, at + 1)).flatten() {
                // A tag cannot begin in an address.
                Some(address) if !address.is_script => {
                    brackets.make_link();
                    let text = text.get(..address.end).unwrap_or_default();
                    push_address(text, at, leaf.start, &mut written, out);
                    address.end - at
                }
                // What Markdoc takes for no address, pulldown-cmark must not.
                _ if bytes.get(at + 1) == Some(&b'(') => {
                    flush(text, leaf.start, &mut written, at + 1, out);
                    push_mask("+", leaf.start, &mut written, out);
                    2
                }
                _ => 1,
            },
            // Nothing of what is escaped, in code or in `<https://…>` is special.
            b'\\' => {
                escape_end = at + 2;
                match bytes.get(at + 1) {
                    Some(b'<' | b'\t' | b'\x0b' | b'\x0c') => 1,
                    _ => 2,
                }
            }
            b'`' => {
                let length = run(bytes, at);
                let is_stray = stray.as_ref().is_some_and(|stray| stray.is_text(at, length));
                match code.code(bytes, at, length).filter(|_| !is_stray) {
                    Some(end) => end - at,
                    None => {
                        flush(text, leaf.start, &mut written, at, out);
                        push_mask(&"+".repeat(length), leaf.start, &mut written, out);
                        length
                    }
                }
            }
            b'<' if autolink(text, at).is_some() => autolink(text, at).unwrap_or(1),
            b'<' if begins_html(text, at) => {
                flush(text, leaf.start, &mut written, at, out);
                push_mask("=", leaf.start, &mut written, out);
                1
            }
            // pulldown-cmark drops all white space before a line's end, Markdoc only spaces. What
            // stands there instead is no sign that an escape could be for.
            b'\x0b' | b'\x0c' | b'\t' => {
                if white.0 <= at {
                    white = white_end(bytes, at);
                }
                if byte != b'\t' || white.1 {
                    flush(text, leaf.start, &mut written, at, out);
                    push_mask("\x01", leaf.start, &mut written, out);
                }
                1
            }
            b'*' | b'_' | b'~' => {
                let length = run(bytes, at);
                flush(text, leaf.start, &mut written, at, out);
                let mask = match byte {
                    b'*' => ",",
                    b'_' => "%",
                    _ => "+",
                };
                push_mask(&mask.repeat(length), leaf.start, &mut written, out);
                let start = leaf.start + at as u32;
                // A single tilde strikes nothing through.
                if byte != b'~' || length > 1 {
                    out.runs.push(Run { start, end: start + length as u32 });
                }
                length
            }
            b'{' if bytes.get(at + 1) == Some(&b'%') => match ends.end(at as u32) {
                Some(close) => {
                    flush(text, leaf.start, &mut written, at, out);
                    let length = close as usize + 2 - at;
                    let start = leaf.start + at as u32;
                    out.tags.push(Tag { mask: out.text.end(), start, end: start + length as u32 });
                    // Only `{%}` is shorter than an instruction can be.
                    let mask = match length.checked_sub(4) {
                        Some(inner) => ["<?", &"<".repeat(inner), "?>"].concat(),
                        None => "<a>".to_owned(),
                    };
                    push_mask(&mask, leaf.start, &mut written, out);
                    length
                }
                None => 2,
            },
            _ => 1,
        };
        at += length;
    }
    flush(text, leaf.start, &mut written, text.len(), out);
}

/// Writes what is not masked, up to `at`.
fn flush(text: &str, start: u32, written: &mut usize, at: usize, out: &mut Masked) {
    push_lines(text.get(*written..at).unwrap_or_default(), start + *written as u32, &mut out.text);
    *written = at.max(*written);
}

/// Writes the entities of the address that stands from `at` to the text's end, and what is before
/// each.
fn push_address(text: &str, at: usize, start: u32, written: &mut usize, out: &mut Masked) {
    for (place, read) in entities(text.get(at..).unwrap_or_default()) {
        flush(text, start, written, at + place.start, out);
        out.text.push_instead(&read, start + *written as u32, place.len() as u32);
        *written = at + place.end;
    }
}

fn push_mask(mask: &str, start: u32, written: &mut usize, out: &mut Masked) {
    out.text.push(mask, start + *written as u32);
    *written += mask.len();
}

fn push_lines(text: &str, start: u32, out: &mut Extract) {
    let mut start = start;
    for line in text.split_inclusive('\n') {
        out.push(line, start);
        start += line.len() as u32;
        if line.ends_with('\n') {
            out.push_instead(LINE, start, 0);
        }
    }
}

/// Whether the innermost of the open brackets is that of a label, which follows a link's text.
fn is_label(bytes: &[u8], brackets: &Brackets) -> bool {
    brackets.places().next_back().is_some_and(|at| at > 0 && bytes.get(at - 1) == Some(&b']'))
}

/// A run of backticks that is never closed, after a `[` that is not closed before it.
///
/// Markdoc's parser, looking for the end of that `[`, comes upon the run, searches the
/// text in vain, and from then on believes that runs of that length are never closed: what
/// was to be code after the `[` is text.
struct StrayBackticks {
    bracket: usize,
    /// For each length of run that was seen in the search, the last place.
    seen: Vec<(usize, usize)>,
    /// The `[` before it whose search finds no end.
    never_closed: Vec<usize>,
    /// What the search took for code before it came upon the run: no bracket in it counts.
    skipped: Vec<(usize, usize)>,
}

impl StrayBackticks {
    fn find(text: &str, runs: &[(usize, usize)], ends: &TagEnds) -> Option<Self> {
        let bytes = text.as_bytes();
        if runs.is_empty() || !text.contains('[') {
            return None;
        }
        let mut brackets = Brackets::default();
        let mut found: Option<Self> = None;
        let mut skipped = Vec::new();
        let (mut at, mut escape_end) = (0, 0);
        while let Some(&byte) = bytes.get(at) {
            at += match byte {
                b'\\' => {
                    escape_end = at + 2;
                    2
                }
                b'[' => {
                    brackets.open(at, at > escape_end && bytes.get(at - 1) == Some(&b'!'));
                    1
                }
                b']' => match brackets.close().then(|| links::address(text, at + 1)).flatten() {
                    Some(address) if !address.is_script => {
                        brackets.make_link();
                        address.end - at
                    }
                    _ => 1,
                },
                b'<' => autolink(text, at).unwrap_or(1),
                b'{' => ends.end(at as u32).map_or(1, |close| close as usize + 2 - at),
                b'`' => {
                    let length = run(bytes, at);
                    let is_text = found.as_ref().is_some_and(|stray| stray.is_text(at, length));
                    match (code_end(runs, length, at + length), brackets.first()) {
                        (Some(end), bracket) if !is_text => {
                            let bracket = bracket.filter(|_| found.is_none());
                            skipped.extend(bracket.map(|bracket| (bracket, at, end)));
                            end - at
                        }
                        (None, Some(bracket)) if found.is_none() => {
                            let after = runs.iter().filter(|run| run.0 != length && run.1 > at);
                            let seen = after.copied().collect();
                            found =
                                Some(Self { bracket, seen, never_closed: Vec::new(), skipped: Vec::new() });
                            length
                        }
                        _ => length,
                    }
                }
                _ => 1,
            };
        }
        let mut found = found?;
        found.never_closed = brackets.places().collect();
        skipped.retain(|(bracket, _, _)| !found.is_never_closed(*bracket));
        found.skipped = skipped.into_iter().map(|(_, start, end)| (start, end)).collect();
        Some(found)
    }

    /// Whether a `[` or `]` is text for that reason.
    fn hides_bracket(&self, at: usize) -> bool {
        let next = self.skipped.partition_point(|(_, end)| *end <= at);
        self.is_never_closed(at) || self.skipped.get(next).is_some_and(|(start, _)| *start <= at)
    }

    /// Whether the search from this `[` finds no end.
    fn is_never_closed(&self, at: usize) -> bool {
        self.never_closed.binary_search(&at).is_ok()
    }

    /// Whether a run opens no code for that reason.
    fn is_text(&self, at: usize, length: usize) -> bool {
        // The runs are sorted by length, then by place.
        let last = self.seen.partition_point(|run| *run < (length + 1, 0));
        let seen = last.checked_sub(1).and_then(|last| self.seen.get(last)).filter(|run| run.0 == length);
        at > self.bracket && seen.is_none_or(|run| run.1 <= at)
    }
}

/// The length of `<https://…>` or `<name@host>`.
pub(super) fn autolink(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start + 1..)?;
    let length = rest.find(['<', '>'])?;
    let inner = rest.get(..length)?;
    let is_closed = rest.as_bytes().get(length) == Some(&b'>');
    (is_closed && (is_absolute(inner) || is_email(inner))).then_some(length + 2)
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

/// Where white space ends, and whether its line ends there.
fn white_end(bytes: &[u8], at: usize) -> (usize, bool) {
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\x0b' | b'\x0c')).count();
    (at + length, rest.get(length) == Some(&b'\n'))
}

/// Whether pulldown-cmark could take this `<` for HTML.
fn begins_html(text: &str, at: usize) -> bool {
    let next = text.as_bytes().get(at + 1);
    next.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
}
