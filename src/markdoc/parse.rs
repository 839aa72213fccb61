//! A page's text goes in, its tree and what is wrong with it come out.

mod address;
mod attributes;
mod blocks;
mod code;
mod emphasis;
mod extract;
mod fence;
mod inlines;
mod lines;
mod links;
mod mask;
mod number;
mod pipe_table;
mod plain;
mod punctuation;
mod references;
mod scan;
mod stack;
mod table_tag;
mod tag;

use std::collections::BinaryHeap;

use super::{
    Annotation, Attributes, Document, Function, Kind, Node, Problem, Segment, Source, Span, Value, Variable,
    number_text,
};
use extract::Extract;

/// Reads a page. It cannot fail: whatever is wrong is among the problems, and the text
/// is in the tree.
pub fn parse(path: &str, text: &str) -> (Document, Vec<Problem>) {
    let mut problems = Vec::new();
    let source = Source { path: path.to_owned(), text: text.to_owned() };
    let lines = normalize(text);
    let mut parsed = blocks::parse(lines.as_ref().map_or(text, |lines| &lines.text), &mut problems);
    inlines::fill(&mut parsed, &mut problems);
    let mut children = parsed.children;
    if let Some(lines) = lines {
        let place = |span: &mut Span| (span.start, span.end) = lines.range(span.start, span.end);
        children.iter_mut().for_each(|node| move_spans(node, &place));
        problems.iter_mut().for_each(|problem| place(&mut problem.span));
    }
    let document = Document { front_matter: parsed.front_matter, children, sources: vec![source] };
    (document, in_order(problems))
}

/// The problems in the order of their places.
fn in_order(problems: Vec<Problem>) -> Vec<Problem> {
    let places = problems.iter().enumerate();
    let places = places.map(|(index, problem)| (problem.span.start, problem.span.end, index));
    let order = places.collect::<BinaryHeap<_>>().into_sorted_vec();
    let mut problems: Vec<Option<Problem>> = problems.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, _, index)| problems.get_mut(index)?.take()).collect()
}

/// The text with `\n` for every line end and U+FFFD for every NUL, and without a byte
/// order mark; `None` where it is so already.
fn normalize(text: &str) -> Option<Extract> {
    const MARK: char = '\u{feff}';
    if !text.starts_with(MARK) && memchr::memchr2(b'\r', b'\0', text.as_bytes()).is_none() {
        return None;
    }
    let mut out = Extract::default();
    let mut at = if text.starts_with(MARK) { MARK.len_utf8() } else { 0 };
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = rest.find(['\r', '\0']).unwrap_or(rest.len());
        out.push(rest.get(..plain).unwrap_or_default(), at as u32);
        at += plain;
        let taken = match rest.get(plain..).unwrap_or_default().as_bytes() {
            [] => 0,
            [b'\r', b'\n', ..] => {
                out.push_instead("\n", at as u32, 2);
                2
            }
            [b'\r', ..] => {
                out.push_instead("\n", at as u32, 1);
                1
            }
            _ => {
                out.push_instead("\u{fffd}", at as u32, 1);
                1
            }
        };
        at += taken;
    }
    Some(out)
}

fn move_spans(node: &mut Node, place: &dyn Fn(&mut Span)) {
    place(&mut node.span);
    node.attributes.annotations_mut().iter_mut().for_each(|annotation| place(&mut annotation.span));
    node.children.iter_mut().for_each(|child| move_spans(child, place));
}
