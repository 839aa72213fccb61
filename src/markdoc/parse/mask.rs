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
    Mask::new(plain.slice(leaf.start, leaf.end), leaf.start, out).write();
}

/// One text while it is masked, from its start to its end. The method for each construct says how
/// many bytes it takes up.
struct Mask<'a> {
    text: &'a str,
    /// Where the text begins in the plain text.
    start: u32,
    /// The byte that is looked at.
    at: usize,
    out: &'a mut Masked,
    /// How much of the text is written.
    written: usize,
    tags: TagEnds,
    code: Backticks,
    stray: Option<StrayBackticks>,
    brackets: Brackets,
    has_addresses: bool,
    /// Where the last image's label ends, of those with brackets in them.
    image_end: usize,
    /// Where the last escape ends.
    escape_end: usize,
    /// Where the white space ends that was last looked through, and whether its line ends there.
    white: (usize, bool),
}

impl<'a> Mask<'a> {
    fn new(text: &'a str, start: u32, out: &'a mut Masked) -> Self {
        let tags = TagEnds::new(text);
        let code = Backticks::new(text.as_bytes());
        Self {
            stray: StrayBackticks::find(text, &code.runs, &tags),
            has_addresses: find(text, "](").is_some(),
            brackets: Brackets::default(),
            text,
            start,
            out,
            tags,
            code,
            at: 0,
            written: 0,
            image_end: 0,
            escape_end: 0,
            white: (0, false),
        }
    }

    fn write(mut self) {
        while let Some(byte) = self.byte(0) {
            self.at += match byte {
                b'[' | b']' if self.is_plain_bracket() => self.put("+"),
                b'[' => self.opening_bracket(),
                b']' => self.closing_bracket(),
                b'\\' => self.escape(),
                b'`' => self.backticks(),
                b'<' => self.angle_bracket(),
                b'\x0b' | b'\x0c' | b'\t' => self.white_space(byte),
                b'*' | b'_' | b'~' => self.emphasis(byte),
                b'{' if self.byte(1) == Some(b'%') => self.tag(),
                _ => 1,
            };
        }
        self.flush(self.text.len());
    }

    /// The byte that stands so many after the one that is looked at.
    fn byte(&self, after: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + after).copied()
    }

    /// Whether a bracket is text. An image's label is kept as it is written: no link is in it.
    fn is_plain_bracket(&self) -> bool {
        self.at < self.image_end || self.stray.as_ref().is_some_and(|stray| stray.hides_bracket(self.at))
    }

    fn opening_bracket(&mut self) -> usize {
        let is_image = self.at > self.escape_end && self.text.as_bytes().get(self.at - 1) == Some(&b'!');
        self.brackets.open(self.at, is_image);
        if is_image && self.has_addresses {
            self.image_end = links::nested_image(self.text, self.at, &self.tags).unwrap_or(self.image_end);
        }
        1
    }

    fn closing_bracket(&mut self) -> usize {
        let after = self.at + 1;
        if !self.is_label() && links::is_nested_label(self.text, after, &self.tags) {
            self.brackets.close();
            return self.put("+");
        }
        match self.brackets.close().then(|| links::address(self.text, after)).flatten() {
            // A tag cannot begin in an address.
            Some(address) if !address.is_script => {
                self.brackets.make_link();
                self.address(address.end);
                address.end - self.at
            }
            // What Markdoc takes for no address, pulldown-cmark must not.
            _ if self.byte(1) == Some(b'(') => {
                self.at = after;
                self.put("+")
            }
            _ => 1,
        }
    }

    /// Whether the innermost of the open brackets is that of a label, which follows a link's text.
    fn is_label(&self) -> bool {
        let innermost = self.brackets.places().next_back();
        let before = innermost.and_then(|at| self.text.as_bytes().get(at.checked_sub(1)?));
        before == Some(&b']')
    }

    /// Writes the entities of an address, and what is before each.
    fn address(&mut self, end: usize) {
        let start = self.at;
        for (place, read) in entities(self.text.get(start..end).unwrap_or_default()) {
            self.flush(start + place.start);
            self.out.text.push_instead(&read, self.start + self.written as u32, place.len() as u32);
            self.written = start + place.end;
        }
    }

    /// Nothing of what is escaped is special, nor, below, what stands in code or in `<https://…>`.
    fn escape(&mut self) -> usize {
        self.escape_end = self.at + 2;
        match self.byte(1) {
            Some(b'<' | b'\t' | b'\x0b' | b'\x0c') => 1,
            _ => 2,
        }
    }

    fn backticks(&mut self) -> usize {
        let bytes = self.text.as_bytes();
        let length = run(bytes, self.at);
        let is_stray = self.stray.as_ref().is_some_and(|stray| stray.is_text(self.at, length));
        match self.code.code(bytes, self.at, length).filter(|_| !is_stray) {
            Some(end) => end - self.at,
            None => self.put(&"+".repeat(length)),
        }
    }

    fn angle_bracket(&mut self) -> usize {
        match autolink(self.text, self.at) {
            Some(length) => length,
            None if begins_html(self.text, self.at) => self.put("="),
            None => 1,
        }
    }

    /// pulldown-cmark drops all white space before a line's end, Markdoc only spaces. What stands
    /// there instead is no sign that an escape could be for.
    fn white_space(&mut self, byte: u8) -> usize {
        if self.white.0 <= self.at {
            self.white = white_end(self.text.as_bytes(), self.at);
        }
        if byte != b'\t' || self.white.1 { self.put("\x01") } else { 1 }
    }

    fn emphasis(&mut self, byte: u8) -> usize {
        let length = run(self.text.as_bytes(), self.at);
        let start = self.start + self.at as u32;
        // A single tilde strikes nothing through.
        if byte != b'~' || length > 1 {
            self.out.runs.push(Run { start, end: start + length as u32 });
        }
        let mask = match byte {
            b'*' => ",",
            b'_' => "%",
            _ => "+",
        };
        self.put(&mask.repeat(length))
    }

    fn tag(&mut self) -> usize {
        let Some(close) = self.tags.end(self.at as u32) else { return 2 };
        self.flush(self.at);
        let length = close as usize + 2 - self.at;
        let start = self.start + self.at as u32;
        self.out.tags.push(Tag { mask: self.out.text.end(), start, end: start + length as u32 });
        // Only `{%}` is shorter than an instruction can be.
        self.put(&match length.checked_sub(4) {
            Some(inner) => ["<?", &"<".repeat(inner), "?>"].concat(),
            None => "<a>".to_owned(),
        })
    }

    /// Writes a mask over as many bytes as it has itself, from the one that is looked at on.
    fn put(&mut self, mask: &str) -> usize {
        self.flush(self.at);
        self.out.text.push(mask, self.start + self.written as u32);
        self.written += mask.len();
        mask.len()
    }

    /// Writes what is not masked, up to `at`.
    fn flush(&mut self, at: usize) {
        let text = self.text.get(self.written..at).unwrap_or_default();
        push_lines(text, self.start + self.written as u32, &mut self.out.text);
        self.written = at.max(self.written);
    }
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
