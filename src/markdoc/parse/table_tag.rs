//! `{% table %}`: lists between rules become rows.
//!
//! What is no list is kept after the table, where Markdoc drops it.

use super::{Kind, Node, Problem, Span};

/// Makes a table of a node, if it is such a tag, once all that it holds is read.
pub(super) fn transform(node: &mut Node, problems: &mut Vec<Problem>) {
    let is_table_tag = matches!(&node.kind, Kind::Tag(name) if name == "table");
    if !is_table_tag || node.children.first().is_none_or(|first| first.kind == Kind::Table) {
        return;
    }
    let mut rows = std::mem::take(&mut node.children).into_iter();
    let Some(first) = rows.next() else { return };
    let mut refused = Vec::new();
    // What has no rows stands where they would begin.
    let mut head = Node::new(Kind::Thead, Span { end: first.span.start, ..first.span });
    match first.kind {
        Kind::List => {
            head.span = first.span;
            head.children.push(row(first, &Kind::Th));
        }
        _ => refuse(first, &mut refused, problems),
    }
    let mut body = Node::new(Kind::Tbody, Span { start: head.span.end, ..head.span });
    for mut child in rows {
        match &child.kind {
            Kind::List => body.children.push(row(child, &Kind::Td)),
            Kind::Tag(name) if name == "if" => {
                condition(&mut child, &mut refused, problems);
                body.children.push(child);
            }
            Kind::Hr | Kind::Comment => {}
            _ => refuse(child, &mut refused, problems),
        }
    }
    if let (Some(first), Some(last)) = (body.children.first(), body.children.last()) {
        body.span = Span { end: last.span.end, ..first.span };
    }
    let mut table = Node::new(Kind::Table, Span { end: body.span.end, ..head.span });
    table.attributes = node.attributes.iter().cloned().collect();
    table.children = vec![head, body];
    node.children.push(table);
    node.children.append(&mut refused);
}

/// Makes rows of the lists in a condition.
fn condition(node: &mut Node, refused: &mut Vec<Node>, problems: &mut Vec<Problem>) {
    for child in std::mem::take(&mut node.children) {
        match &child.kind {
            Kind::List => node.children.push(row(child, &Kind::Td)),
            Kind::Hr => {}
            Kind::Comment => node.children.push(child),
            Kind::Tag(name) if name == "if" || name == "else" => node.children.push(child),
            _ => refuse(child, refused, problems),
        }
    }
}

fn row(mut list: Node, cell: &Kind) -> Node {
    list.kind = Kind::Tr;
    list.attributes.clear();
    list.children.iter_mut().for_each(|item| item.kind = cell.clone());
    list
}

fn refuse(node: Node, refused: &mut Vec<Node>, problems: &mut Vec<Problem>) {
    let message = "a table's rows are lists: indent what belongs to a cell";
    problems.push(Problem::error(node.span, message).coded("table-content"));
    refused.push(node);
}
