//! Link reference definitions: `[label]: destination "title"`, alone on their lines.

use super::address;
use super::blocks::{Blocks, Leaf, Within};
use super::scan::{trim, trim_end, trim_start};

/// The most characters of a label, as CommonMark says.
pub(super) const MAX_LABEL: usize = 999;

/// The lines in which definitions follow each other, copied and measured once, so that a
/// thousand of them do not each look for the end of all.
#[derive(Default)]
pub(super) struct Run {
    /// The line that the next definition would begin on.
    line: usize,
    /// The line after the last.
    end: usize,
    /// Where the next definition would begin in the plain text, and where the run ends.
    text: Option<Leaf>,
}

/// Reads one definition.
pub(super) fn block(blocks: &mut Blocks, line: usize) -> bool {
    let here = blocks.at(line);
    if blocks.is_indented(here) || blocks.byte(here.first) != Some(b'[') || here.is_empty() {
        return false;
    }
    if !may_be_definition(blocks.text(here.first, here.end)) {
        return false;
    }
    let (end, text) = match blocks.reference_run {
        Run { line: expected, end, text: Some(text) } if expected == line => (end, text),
        _ => {
            let end = blocks.paragraph_end(line, Within::Reference);
            let start = blocks.plain.end();
            blocks.copy_lines(line, end);
            (end, Leaf { start, end: blocks.plain.end() })
        }
    };
    let whole = blocks.plain.slice(text.start, text.end);
    let trimmed = trim_start(whole);
    let shift = (whole.len() - trimmed.len()) as u32;
    let Some((length, lines)) = definition(trim_end(trimmed)) else {
        blocks.reference_run = Run::default();
        return false;
    };
    let count = whole.get(..shift as usize).unwrap_or_default().matches('\n').count() + lines;
    let mut ends = whole.match_indices('\n').map(|(at, _)| at as u32);
    let next = ends.nth(count - 1).map_or(text.end, |end| text.start + end + 1);
    let definition = Leaf { start: text.start + shift, end: text.start + shift + length as u32 };
    blocks.definitions.push(definition);
    blocks.line = line + count;
    blocks.reference_run = Run { line: blocks.line, end, text: Some(Leaf { start: next, end: text.end }) };
    if blocks.line >= end {
        blocks.reference_run = Run::default();
    }
    true
}

/// Whether the first line does not already say that this is none.
fn may_be_definition(line: &str) -> bool {
    let bytes = line.as_bytes();
    for (at, pair) in bytes.windows(2).enumerate() {
        if pair[1] == b']' && pair[0] != b'\\' {
            return bytes.get(at + 2) == Some(&b':');
        }
    }
    true
}

/// The length of the definition that a text begins with, and the number of its lines. One that
/// ends within its address, after a backslash, is not counted: as Markdoc, we read the rest of
/// the address again.
fn definition(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let label_end = label_end(bytes)?;
    let label = text.get(1..label_end)?;
    // pulldown-cmark reads no longer ones.
    if label.chars().count() > MAX_LABEL {
        return None;
    }
    if trim(label).is_empty() || bytes.get(label_end + 1) != Some(&b':') {
        return None;
    }
    let start = skip_white(bytes, label_end + 2);
    let destination = destination_end(bytes, start)?;
    if address::is_script(text.get(start..destination)?.trim_matches(['<', '>'])) {
        return None;
    }
    let address_lines = text.get(start..destination)?.matches('\n').count();
    let with_lines = |end: usize| Some((end, text.get(..end)?.matches('\n').count() + 1 - address_lines));
    let title_start = skip_white(bytes, destination);
    if title_start > destination
        && let Some(title_end) = title_end(bytes, title_start)
    {
        if ends_line(bytes, title_end) {
            return with_lines(title_end);
        }
        if title_end == title_start + 2 {
            return None;
        }
    }
    if ends_line(bytes, destination) { with_lines(destination) } else { None }
}

fn label_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'[' => return None,
            b']' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// The end of a link's destination, pointed or not.
pub(super) fn destination_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    if bytes.get(at) == Some(&b'<') {
        loop {
            at += 1;
            match bytes.get(at)? {
                b'\n' | b'<' => return None,
                b'>' => return Some(at + 1),
                b'\\' => at += 1,
                _ => {}
            }
        }
    }
    let mut open = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            0..=b' ' | 127 => break,
            b'\\' if bytes.get(at + 1) == Some(&b' ') => break,
            b'\\' if at + 1 < bytes.len() => at += 1,
            b'(' if open == 32 => return None,
            b'(' => open += 1,
            b')' if open == 0 => break,
            b')' => open -= 1,
            _ => {}
        }
        at += 1;
    }
    (at > start && open == 0).then_some(at.min(bytes.len()))
}

/// The end of a link's title with its quotes.
pub(super) fn title_end(bytes: &[u8], start: usize) -> Option<usize> {
    let close = match bytes.get(start)? {
        b'(' => b')',
        quote @ (b'"' | b'\'') => *quote,
        _ => return None,
    };
    let mut at = start + 1;
    loop {
        match *bytes.get(at)? {
            byte if byte == close => return Some(at + 1),
            b'(' if close == b')' => return None,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

pub(super) fn skip_white(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n')).count()
}

fn ends_line(bytes: &[u8], start: usize) -> bool {
    let rest = bytes.get(start..).unwrap_or_default();
    matches!(rest.iter().find(|byte| !matches!(byte, b' ' | b'\t')), None | Some(b'\n'))
}
