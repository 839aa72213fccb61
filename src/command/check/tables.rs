//! Tables made of lists whose rows do not fit their head, mostly as a `---` between two is missing.

use super::text::{each, written};
use crate::markdoc::{Document, Kind, Node, Problem, Value};

/// What is wrong with the rows of a page's tables.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut problems = Vec::new();
    each(&document.children, &mut |node| {
        let table = node.children.first().filter(|_| node.tag() == Some("table"));
        if let Some([head, body]) = table.map(|table| table.children.as_slice())
            && let Some(head) = head.children.first().filter(|head| is_list(document, head))
        {
            judge(head, body, &mut problems);
        }
    });
    problems
}

/// Whether a row is made of a list: those of other tables are all as long as their head.
fn is_list(document: &Document, row: &Node) -> bool {
    written(document, row.span).starts_with(|c: char| matches!(c, '*' | '-' | '+') || c.is_ascii_digit())
}

fn judge(head: &Node, body: &Node, problems: &mut Vec<Problem>) {
    let mut rows = Vec::new();
    collect(body, &mut rows);
    if let Some(dashes) = [head].into_iter().chain(rows.iter().copied()).find_map(dashes) {
        let given = dashes.string("content").unwrap_or_default();
        let message = format!("`{given}` is text of this cell: write `---`, behind which a row begins");
        let problem = Problem::warning(dashes.span, message).coded("row-text");
        return problems.push(problem.about(given, Some("---")));
    }
    if rows.is_empty() {
        let message = "this table has a head and no row: a line `---` stands between them";
        return problems.push(Problem::warning(head.span, message).coded("table-rows"));
    }
    if rows
        .iter()
        .chain([&head])
        .any(|row| row.children.iter().any(|cell| cell.attribute("rowspan").is_some()))
    {
        return;
    }
    let counted = |count: usize| if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") };
    let expected = width(head);
    for (row, width) in rows.iter().map(|row| (row, width(row))).filter(|(_, width)| *width != expected) {
        let message = format!("this row has {}, and its table's head {expected}", counted(width));
        problems.push(Problem::warning(row.span, message).coded("row-cells"));
    }
}

/// The rows, those that only some readers get included.
fn collect<'a>(node: &'a Node, rows: &mut Vec<&'a Node>) {
    for child in &node.children {
        match child.kind {
            Kind::Tr => rows.push(child),
            _ => collect(child, rows),
        }
    }
}

/// How many columns a row fills.
fn width(row: &Node) -> usize {
    let columns = row.children.iter().map(|cell| match cell.attribute("colspan") {
        Some(Value::Number(columns)) => *columns as usize,
        Some(Value::String(columns)) => columns.parse().unwrap_or(1),
        _ => 1,
    });
    columns.sum()
}

/// A line of a cell that was meant to be a rule.
fn dashes(row: &Node) -> Option<&Node> {
    row.descendants().filter(|node| node.kind == Kind::Inline).find_map(|inline| {
        let lines = inline.children.split(|child| child.kind == Kind::Softbreak).skip(1);
        let only = lines.filter_map(|line| line.first().filter(|_| line.len() == 1));
        only.filter(|text| text.kind == Kind::Text)
            .find(|text| matches!(text.string("content"), Some("-" | "--" | "–" | "—")))
    })
}
