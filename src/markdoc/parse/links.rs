//! Which `[` and `]` may make a link, and the address after it, as far as the mask must know.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::address::{is_script, with_entities};
use super::references::{MAX_LABEL, destination_end, skip_white, title_end};
use super::scan::TagEnds;

/// The `[` that are open in a text.
#[derive(Default)]
pub(super) struct Brackets {
    /// Each with its place, and whether it is that of an image.
    open: Vec<(usize, bool)>,
    first_image: Option<usize>,
    /// Those before this one, images aside, hold a link already, so they can be none.
    with_link: usize,
    /// Whether the one closed last is that of an image.
    closed_image: bool,
}

impl Brackets {
    pub fn open(&mut self, at: usize, is_image: bool) {
        if is_image && self.first_image.is_none() {
            self.first_image = Some(self.open.len());
        }
        self.open.push((at, is_image));
    }

    /// Closes the innermost. Whether a link or an image may end here.
    pub fn close(&mut self) -> bool {
        let Some((_, is_image)) = self.open.pop() else { return false };
        let holds_link = self.open.len() < self.with_link;
        self.with_link = self.with_link.min(self.open.len());
        self.first_image = self.first_image.filter(|image| *image < self.open.len());
        self.closed_image = is_image;
        is_image || !holds_link
    }

    /// The one closed last is a link, or an image.
    pub fn make_link(&mut self) {
        if !self.closed_image {
            self.with_link = self.open.len();
        }
    }

    /// The places of all that are open.
    pub fn places(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.open.iter().map(|(at, _)| *at)
    }

    /// The place of the first that may still be a link or an image.
    pub fn first(&self) -> Option<usize> {
        let first = self.first_image.map_or(self.with_link, |image| image.min(self.with_link));
        self.open.get(first).map(|(at, _)| *at)
    }
}

/// An address in its round brackets.
pub(super) struct Address {
    /// Its title with its quotes; empty where there is none.
    pub title: Range<usize>,
    /// The byte after the `)`.
    pub end: usize,
    /// Whether Markdoc makes no link of it.
    pub is_script: bool,
}

/// The address whose `(` stands at `start`.
pub(super) fn address(text: &str, start: usize) -> Option<Address> {
    let bytes = text.as_bytes();
    if bytes.get(start) != Some(&b'(') {
        return None;
    }
    let from = skip_white(bytes, start + 1);
    let to = destination_end(bytes, from).unwrap_or(from);
    let mut at = skip_white(bytes, to);
    let title = at..title_end(bytes, at).filter(|_| at > to).unwrap_or(at);
    at = skip_white(bytes, title.end);
    if bytes.get(at) != Some(&b')') {
        return None;
    }
    Some(Address { title, end: at + 1, is_script: is_refused(text.get(from..to)?) })
}

/// Whether a label begins at `start` that holds brackets. A link is not looked up by such a
/// one, nor, where one follows, by its own text.
pub(super) fn is_nested_label(text: &str, start: usize, tags: &TagEnds) -> bool {
    label(text, start, tags).is_some_and(|label| label.is_nested)
}

/// The end of an image's label that begins at `start`, if there are brackets in it.
pub(super) fn nested_image(text: &str, start: usize, tags: &TagEnds) -> Option<usize> {
    let label = label(text, start, tags).filter(|label| label.is_nested)?;
    address(text, label.end + 1).map(|_| label.end)
}

/// A text in square brackets.
struct Label {
    /// The place of its `]`.
    end: usize,
    /// Whether there are brackets in it.
    is_nested: bool,
}

/// The label that begins at `start`, if it is no longer than one may be.
fn label(text: &str, start: usize, tags: &TagEnds) -> Option<Label> {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut is_nested) = (start, 0_u32, false);
    while at < start + MAX_LABEL {
        match bytes.get(at)? {
            b'[' => {
                is_nested |= depth > 0;
                depth += 1;
            }
            b']' if depth == 1 => return Some(Label { end: at, is_nested }),
            b']' => depth = depth.checked_sub(1)?,
            b'\\' => at += 1,
            _ if depth == 0 => return None,
            b'{' => at = tags.end(at as u32).map_or(at, |close| close as usize + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Whether a link's destination is one that Markdoc refuses, whatever escapes hide it.
fn is_refused(destination: &str) -> bool {
    if !destination.contains(['\\', '&']) {
        return is_script(destination.trim_matches(['<', '>']));
    }
    let link = ["[x](", &with_entities(destination), ")"].concat();
    Parser::new(&link)
        .any(|event| matches!(event, Event::Start(Tag::Link { dest_url, .. }) if is_script(&dest_url)))
}
