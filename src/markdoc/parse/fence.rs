//! Fences: the tags and variables in a block of code.

use super::blocks::Leaf;
use super::extract::Extract;
use super::scan::{TagEnds, tag_start, trim};
use super::tag::{self, Body, SyntaxError};
use super::{Kind, Node, Problem, Span, Value, attributes};

/// How deep tags may stand in each other here.
const MAX_DEPTH: usize = 64;

/// A fence from its info string, which stands at `info` in the source, and its content.
pub(super) fn node(
    source: &str,
    info: (u32, u32),
    plain: &Extract,
    content: Leaf,
    span: Span,
    problems: &mut Vec<Problem>,
) -> Node {
    let text = plain.slice(content.start, content.end);
    let mut node = Node::new(Kind::Fence, span).with("content", Value::String(text.to_owned()));
    let info_text = source.get(info.0 as usize..info.1 as usize).unwrap_or_default();
    let language = info_text.split(' ').next().unwrap_or_default();
    if !language.is_empty() && language != "{%" {
        node = node.with("language", Value::String(language.to_owned()));
    }
    annotate(&mut node, info_text, info.0, problems);
    if !matches!(node.attribute("process"), Some(value) if !tag::is_true(value)) {
        node.children = children(&mut Parts { plain, content, span, problems });
    }
    node
}

fn annotate(node: &mut Node, info: &str, start: u32, problems: &mut Vec<Problem>) {
    let Some(open) = tag_start(info, 0) else { return };
    let whole = Span { source: 0, start: start + open as u32, end: start + info.len() as u32 };
    let Some(close) = TagEnds::new(info).end(open as u32) else {
        let problem = Problem::error(whole, "this annotation is never closed: write `%}` at its end");
        problems.push(problem.coded("annotation-unclosed"));
        return;
    };
    let body = info.get(open + 2..(close as usize).max(open + 2)).unwrap_or_default();
    let body_start = whole.start + 2;
    match tag::parse(body) {
        Ok(Body::Annotation(found) | Body::Open { attributes: found, .. }) => {
            let mut here = Extract::default();
            here.push(body, body_start);
            attributes::annotate(node, found, 0, &here, problems);
        }
        Ok(_) => problems.push(Problem::error(whole, "only attributes can stand after a fence's language")),
        Err(error) => {
            let place = Span { start: body_start + error.at as u32, ..whole };
            problems.push(Problem::error(place, error.message).coded("parse-error"));
        }
    }
}

struct Parts<'a> {
    plain: &'a Extract,
    content: Leaf,
    span: Span,
    problems: &'a mut Vec<Problem>,
}

/// The texts and tags that the content is made of.
fn children(parts: &mut Parts) -> Vec<Node> {
    let text = parts.plain.slice(parts.content.start, parts.content.end);
    let ends = TagEnds::new(text);
    // The root, then the tags that are open.
    let mut stack = vec![Node::new(Kind::Fence, parts.span)];
    let mut start = 0;
    let mut from = 0;
    while let Some(open) = tag_start(text, from) {
        let Some(close) = ends.end(open as u32) else {
            // Markdoc looks again only behind the byte after the mark.
            from = text.ceil_char_boundary(open + 3);
            continue;
        };
        let end = close as usize + 2;
        let body = tag::parse(text.get(open + 2..(close as usize).max(open + 2)).unwrap_or_default());
        // The line break before a tag that has its line to itself goes with the tag; Markdoc takes
        // it from a value too, which would be joined to the line before.
        let text_end = match text.get(..open).and_then(|before| before.rfind('\n')) {
            Some(line_start) if !matches!(body, Ok(Body::Interpolation(_))) => {
                let line_end = text.get(end..).and_then(|rest| rest.find('\n')).map(|length| end + length);
                // Markdoc misses the last character of a text without a last line break.
                let line_end = line_end.unwrap_or(text.floor_char_boundary(text.len().saturating_sub(1)));
                let line = text.get(line_start..line_end).unwrap_or_default();
                let is_alone = trim(line) == text.get(open..end).unwrap_or_default();
                if is_alone { line_start.max(start) } else { open }
            }
            _ => open,
        };
        push_text(parts, &mut stack, start, text_end);
        push_tag(parts, &mut stack, body, open, end);
        start = end;
        from = end;
    }
    push_text(parts, &mut stack, start, text.len());
    while stack.len() > 1 {
        if let Some(node) = stack.last() {
            let name = node.tag().unwrap_or_default();
            let message = ["`", name, "` is never closed: write `{% /", name, " %}` where it ends"].concat();
            parts.problems.push(Problem::error(node.span, message).coded("missing-closing"));
        }
        close_top(&mut stack, 0);
    }
    stack.pop().map(|root| root.children).unwrap_or_default()
}

fn push_text(parts: &Parts, stack: &mut [Node], start: usize, end: usize) {
    let (start, end) = (parts.content.start + start as u32, parts.content.start + end as u32);
    let text = parts.plain.slice(start, end);
    if text.is_empty() {
        return;
    }
    let (from, to) = parts.plain.range(start, end);
    let node = Node::new(Kind::Text, Span { source: 0, start: from, end: to });
    push(stack, node.with("content", Value::String(text.to_owned())));
}

fn push_tag(
    parts: &mut Parts,
    stack: &mut Vec<Node>,
    body: Result<Body<'_>, SyntaxError>,
    open: usize,
    end: usize,
) {
    let base = parts.content.start;
    let (from, to) = parts.plain.range(base + open as u32, base + end as u32);
    let whole = Span { source: 0, start: from, end: to };
    let body_start = base + open as u32 + 2;
    match body {
        Ok(Body::Interpolation(value)) => {
            push(stack, Node::new(Kind::Text, whole).with("content", value));
        }
        Ok(Body::Annotation(_)) => {
            let message = "attributes cannot stand in code: write them after the fence's language";
            parts.problems.push(Problem::error(whole, message));
        }
        Ok(Body::Open { name, attributes, closes }) => {
            let mut node = Node::new(Kind::Tag(name.to_owned()), whole);
            attributes::annotate(&mut node, attributes, body_start, parts.plain, parts.problems);
            if closes {
                push(stack, node);
            } else if stack.len() < MAX_DEPTH {
                stack.push(node);
            } else {
                let message = "tags are nested too deeply: this one is left out, its content is kept";
                parts.problems.push(Problem::error(whole, message));
            }
        }
        Ok(Body::Close(name)) => {
            let open_tags = stack.iter().skip(1).rev();
            match open_tags.map(Node::tag).position(|found| found == Some(name)) {
                Some(above) => (0..=above).for_each(|_| close_top(stack, to)),
                None => {
                    let message = ["nothing named `", name, "` is open here"].concat();
                    parts.problems.push(Problem::error(whole, message).coded("missing-opening"));
                    push(stack, Node::new(Kind::Error, whole));
                }
            }
        }
        Err(error) => {
            let at = body_start + error.at as u32;
            let place = Span { start: parts.plain.origin(at).clamp(from, to), ..whole };
            parts.problems.push(Problem::error(place, error.message).coded("parse-error"));
            push(stack, Node::new(Kind::Error, whole));
        }
    }
}

fn push(stack: &mut [Node], node: Node) {
    if let Some(top) = stack.last_mut() {
        top.children.push(node);
    }
}

fn close_top(stack: &mut Vec<Node>, end: u32) {
    if let Some(mut node) = stack.pop() {
        let inner = node.children.last().map_or(0, |child| child.span.end);
        node.span.end = node.span.end.max(end).max(inner);
        push(stack, node);
    }
}
