//! Tables drawn with pipes.

use super::blocks::{Blocks, Within, span};
use super::scan::{trim, trim_end, trim_start};
use super::{Kind, Node, Problem, Value};

/// Whether such a table begins at this line.
pub(super) fn starts(blocks: &Blocks, line: usize, end: usize) -> bool {
    header(blocks, line, end).is_some()
}

/// Reads such a table.
pub(super) fn block(blocks: &mut Blocks, line: usize, end: usize) -> bool {
    let Some((cells, alignments)) = header(blocks, line, end) else { return false };
    let here = blocks.at(line);
    let mut table = Node::new(Kind::Table, span(here.first, here.end));
    let mut head = Node::new(Kind::Thead, table.span);
    head.children = vec![row(blocks, line, Kind::Th, cells, &alignments)];
    table.children = vec![head];

    let saved = std::mem::replace(&mut blocks.within, Within::Table);
    let mut next = line + 2;
    let mut body: Option<Node> = None;
    let mut last = blocks.at(line + 1).end;
    while next < end {
        let here = blocks.at(next);
        if here.indent < blocks.indent || here.is_empty() || blocks.is_interrupted(next, end) {
            break;
        }
        let text = trim(blocks.text(here.first, here.end));
        if text.is_empty() || blocks.is_indented(here) {
            break;
        }
        let cells = split(blocks, next);
        let row = row(blocks, next, Kind::Td, cells, &alignments);
        last = here.end;
        body.get_or_insert_with(|| Node::new(Kind::Tbody, row.span)).children.push(row);
        next += 1;
    }
    blocks.within = saved;
    if let Some(mut body) = body {
        body.span.end = last;
        table.children.push(body);
    }
    table.span.end = last;
    blocks.add(table);
    blocks.line = next;
    true
}

/// A cell's text, as a range of the page.
struct Cell {
    start: u32,
    end: u32,
}

impl Cell {
    /// The ranges that are read: a `\|` is taken apart to leave out the `\`.
    fn parts(self, source: &str) -> impl Iterator<Item = (u32, u32)> {
        let Self { start, end } = self;
        let bytes = source.as_bytes().get(start as usize..end as usize).unwrap_or_default();
        let escapes = memchr::memchr_iter(b'|', bytes).map(move |pipe| start + pipe as u32 - 1);
        let mut from = start;
        let parts = escapes.chain([end]).map(move |to| (std::mem::replace(&mut from, to + 1), to));
        parts.filter(|(from, to)| from < to)
    }
}

/// The cells of the heading line and the alignments of the line below, if there are as
/// many of one as of the other.
fn header(blocks: &Blocks, line: usize, end: usize) -> Option<(Vec<Cell>, Vec<&'static str>)> {
    if line + 2 > end {
        return None;
    }
    let below = blocks.at(line + 1);
    if below.indent < blocks.indent || blocks.is_indented(below) || below.is_empty() {
        return None;
    }
    // Most lines are none of alignments.
    if !matches!(blocks.byte(below.first), Some(b'|' | b'-' | b':')) {
        return None;
    }
    let text = blocks.text(below.first, below.end);
    let mut bytes = text.bytes();
    let (first, second) = (bytes.next()?, bytes.next()?);
    if (first == b'-' && matches!(second, b' ' | b'\t'))
        || !text.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
    {
        return None;
    }
    let mut alignments = Vec::new();
    let columns = text.split('|').count();
    for (index, column) in text.split('|').enumerate() {
        let column = trim(column);
        if column.is_empty() {
            if index == 0 || index + 1 == columns {
                continue;
            }
            return None;
        }
        let dashes = column.strip_prefix(':').unwrap_or(column);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        if dashes.is_empty() || dashes.bytes().any(|byte| byte != b'-') {
            return None;
        }
        alignments.push(match (column.starts_with(':'), column.ends_with(':')) {
            (true, true) => "center",
            (false, true) => "right",
            (true, false) => "left",
            (false, false) => "",
        });
    }
    let here = blocks.at(line);
    if blocks.is_indented(here) || !blocks.text(here.first, here.end).contains('|') {
        return None;
    }
    let cells = split(blocks, line);
    (!cells.is_empty() && cells.len() == alignments.len()).then_some((cells, alignments))
}

/// Splits a line at its pipes.
fn split(blocks: &Blocks, line: usize) -> Vec<Cell> {
    let here = blocks.at(line);
    let line = trim_end(blocks.text(here.first, here.end));
    let text = trim_start(line);
    let start = here.first + (line.len() - text.len()) as u32;
    let mut cells = Vec::new();
    let mut from = start;
    for at in memchr::memchr_iter(b'|', text.as_bytes()) {
        if !text.get(..at).unwrap_or_default().ends_with('\\') {
            cells.push(Cell { start: from, end: start + at as u32 });
            from = start + at as u32 + 1;
        }
    }
    cells.push(Cell { start: from, end: start + text.len() as u32 });
    let is_empty = |cell: &Cell| cell.start == cell.end;
    if cells.first().is_some_and(is_empty) {
        cells.remove(0);
    }
    if cells.last().is_some_and(is_empty) {
        cells.pop();
    }
    cells
}

/// A row of as many cells as there are columns.
fn row(blocks: &mut Blocks, line: usize, kind: Kind, cells: Vec<Cell>, alignments: &[&str]) -> Node {
    let here = blocks.at(line);
    let mut row = Node::new(Kind::Tr, span(here.first, here.end));
    row.children.reserve_exact(alignments.len());
    let mut cells = cells.into_iter();
    for alignment in alignments {
        let start = blocks.plain.end();
        let cell = cells.next().unwrap_or(Cell { start: here.end, end: here.end });
        let place = cell.start;
        for (from, to) in cell.parts(blocks.source) {
            let text = blocks.source.get(from as usize..to as usize).unwrap_or_default();
            blocks.plain.push(text, from);
        }
        let inline = blocks.leaf(start, place);
        let mut cell = Node::new(kind.clone(), inline.span);
        if !alignment.is_empty() {
            cell = cell.with("align", Value::String((*alignment).to_owned()));
        }
        cell.children = vec![inline];
        row.children.push(cell);
    }
    let mut beyond = cells.flat_map(|cell| cell.parts(blocks.source));
    if let Some((from, to)) = beyond.next() {
        let place = span(from, beyond.last().map_or(to, |(_, to)| to));
        let message = "this row has more cells than its table has columns: these are left out";
        blocks.problems.push(Problem::warning(place, message));
    }
    row
}
