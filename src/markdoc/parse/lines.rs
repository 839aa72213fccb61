//! The lines of a page, each with what its containers have left of it.

use super::extract::Extract;

/// A line. Blockquotes and list items take their markers off its front while their
/// content is read, and put it back afterwards.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Line {
    /// The first byte that the containers have left.
    pub start: u32,
    /// The first byte that is neither space nor tab.
    pub first: u32,
    /// The line's end, before the line break.
    pub end: u32,
    /// The column of `first`, counted from the container; below nought where the line
    /// only lazily continues a paragraph of a blockquote.
    pub indent: i32,
    /// The column of `start` within its tab stop.
    pub base: i32,
}

impl Line {
    /// Whether nothing but spaces and tabs is left.
    pub fn is_empty(&self) -> bool {
        self.first >= self.end
    }
}

/// Splits a page. A last line of no length stands after the page's end, so that
/// whoever looks one line ahead finds something empty.
pub(super) fn split(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    // Most lines are longer.
    let mut lines = Vec::with_capacity(bytes.len() / 32);
    let mut start = 0;
    let mut ends = memchr::memchr_iter(b'\n', bytes);
    while start < bytes.len() {
        let end = ends.next().unwrap_or(bytes.len());
        let (first, indent) = skip_indent(bytes, start, end, 0);
        if first == bytes.len() {
            // White space after the last line break is no line.
            break;
        }
        lines.push(Line { start: start as u32, first: first as u32, end: end as u32, indent, base: 0 });
        start = end + 1;
    }
    let end = bytes.len() as u32;
    lines.push(Line { start: end, first: end, end, indent: 0, base: 0 });
    lines
}

/// The first byte from `at` that is neither space nor tab, and its column when `at` has
/// the column `column`.
pub(super) fn skip_indent(bytes: &[u8], at: usize, end: usize, column: i32) -> (usize, i32) {
    let (mut at, mut column) = (at, column);
    while at < end {
        match bytes.get(at) {
            Some(b'\t') => column += 4 - column.rem_euclid(4),
            Some(b' ') => column += 1,
            _ => break,
        }
        at += 1;
    }
    (at, column)
}

/// Copies a line without its first `indent` columns; a tab that is cut leaves spaces.
pub(super) fn copy(source: &str, line: Line, indent: i32, with_break: bool, out: &mut Extract) {
    let bytes = source.as_bytes();
    let (mut at, mut column) = (line.start, 0);
    let end = if with_break { (line.end + 1).min(bytes.len() as u32) } else { line.end };
    while at < end && column < indent {
        match bytes.get(at as usize) {
            Some(b'\t') => column += 4 - (column + line.base).rem_euclid(4),
            Some(b' ') => column += 1,
            // A list marker, which the item has taken.
            _ if at < line.first => column += 1,
            _ => break,
        }
        at += 1;
    }
    while !source.is_char_boundary(at as usize) {
        at += 1;
    }
    for _ in indent..column {
        out.push_instead(" ", at.saturating_sub(1), 1);
    }
    out.push(source.get(at as usize..end as usize).unwrap_or_default(), at);
}
