//! The front matter of a page as its author wrote it: each line with its place.
//!
//! Start with [`FrontMatter::of`], which also finds what was meant to be one and is not.

use std::borrow::Cow;

use crate::guide;
use crate::markdoc::{Document, Problem, Span};

/// The code of a front matter that has no end above the page.
pub(super) const UNCLOSED: &str = "front-matter-unclosed";

/// The lines of a front matter.
pub(super) struct FrontMatter<'a> {
    lines: Vec<Line<'a>>,
    /// Why it is none: it begins or ends as none does.
    pub(super) fault: Option<Problem>,
}

/// A line of the page.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    start: usize,
    /// The lines below it.
    below: &'a str,
}

impl<'a> FrontMatter<'a> {
    /// The front matter at the beginning of a page, or what was meant to be one.
    pub(super) fn of(document: &'a Document) -> Self {
        let page = document.sources.first().map_or("", |source| &source.text);
        let mut start = 0;
        let mut lines = page.split_inclusive('\n').map(|text| {
            let end = start + text.len();
            let line = Line { text, start, below: page.get(end..).unwrap_or_default() };
            start = end;
            line
        });
        let none = |fault| Self { lines: Vec::new(), fault };
        let Some(first) = lines.find(|line| !line.is_blank()).filter(Line::is_fence) else {
            return none(None);
        };
        let mut inside = Vec::new();
        let mut is_closed = false;
        for line in lines {
            if line.is_fence() {
                is_closed = true;
                break;
            }
            inside.push(line);
        }
        // A line may as well be drawn above a page, and a heading looks as a comment does.
        let is_whole = is_closed && first.start == 0;
        let is_silent = |line: &Line<'_>| line.is_blank() || is_whole && line.text.starts_with('#');
        if inside.iter().find(|line| !is_silent(line)).is_none_or(|line| !line.text.contains(':')) {
            return none(None);
        }
        let unclosed = |message| Some(Problem::error(first.span(), message).coded(UNCLOSED));
        if !is_closed {
            let message = "the front matter is never closed: write `---` on a line of its own where it ends";
            return none(unclosed(message));
        }
        if let Some(end) = inside.iter().position(Line::is_of_page) {
            let message = "the front matter takes the page up to the next `---`: write `---` on a line of its own \
                           where it ends";
            inside.truncate(end);
            return Self { lines: inside, fault: unclosed(message) };
        }
        if first.start > 0 {
            let message = "nothing may stand before the front matter: take the empty lines above it away";
            return none(Some(Problem::error(first.span(), message).coded("front-matter-late")));
        }
        Self { lines: inside, fault: None }
    }

    /// The lines that say something at the front matter's own level. What is indented belongs
    /// to the line above it, and so does a list.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'a>> {
        let is_own = |line: &Line<'_>| !line.is_blank() && !line.text.starts_with([' ', '\t', '#', '-']);
        self.lines.iter().copied().filter(is_own)
    }

    /// Where a key is given its value: the last time, as that is what counts.
    pub(super) fn place(&self, key: &str) -> Option<Span> {
        let is_it = |line: &Line<'_>| line.entry().is_some_and(|(found, _)| found == key);
        self.lines().filter(is_it).last().map(|line| line.span())
    }
}

impl<'a> Line<'a> {
    /// Its key and its value.
    pub(super) fn entry(&self) -> Option<(&'a str, &'a str)> {
        guide::entry(self.text)
    }

    /// What its value is worth, which may stand in the lines below it.
    pub(super) fn worth(&self) -> Cow<'a, str> {
        self.entry().map(|(_, value)| guide::worth(value, self.below.lines())).unwrap_or_default()
    }

    pub(super) fn span(&self) -> Span {
        let end = self.start + self.text.trim_end().len();
        Span { source: 0, start: self.start as u32, end: end as u32 }
    }

    /// Whether it begins with a tag or a heading, as only the page below does. A comment has one `#`.
    fn is_of_page(&self) -> bool {
        self.text.starts_with("{%") || self.text.starts_with("##")
    }

    /// A byte order mark is no text.
    fn is_blank(&self) -> bool {
        self.text.trim_start_matches('\u{feff}').trim().is_empty()
    }

    fn is_fence(&self) -> bool {
        self.text.trim_start_matches('\u{feff}').trim() == "---"
    }
}
