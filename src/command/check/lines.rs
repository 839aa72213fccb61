//! Lines that were meant to begin a heading, an item or a row of a table, and are text: of the
//! step above them, mostly, so that what they were to begin is missing from the checklist.

use super::text::{each, text_of, written};
use crate::markdoc::{Document, Kind, Node, Problem, Span};

/// The lines of a page that begin nothing.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut problems = Vec::new();
    underlined(document, &document.children, &mut problems);
    each(&document.children, &mut |node| {
        if !matches!(node.kind, Kind::Paragraph | Kind::Item) {
            return;
        }
        for inline in node.children.iter().filter(|child| child.kind == Kind::Inline) {
            problems.extend(row(document, inline));
            let lines =
                inline.children.split(|child| matches!(child.kind, Kind::Softbreak | Kind::Hardbreak));
            for line in lines {
                problems.extend(heading(document, line).or_else(|| item(line)));
            }
            problems.extend(doubly_underlined(document, inline));
        }
    });
    problems
}

/// `###Missing`, or an unusual blank behind the signs.
fn heading(document: &Document, line: &[Node]) -> Option<Problem> {
    let first = line.first().filter(|first| first.kind == Kind::Text)?;
    let content = first.string("content")?;
    let words = content.trim_start_matches('#');
    let (signs, _) = content.split_at(content.len() - words.len());
    let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    let is_meant = match signs.len() {
        // `#channel` and `#1234` are written so.
        1 => words.starts_with(|c: char| c.is_uppercase() || is_blank(c)),
        2..=6 => words.starts_with(|c: char| c.is_alphanumeric() || is_blank(c) || c == '`'),
        _ => false,
    };
    let is_escaped = !written(document, first.span).starts_with('#');
    if !is_meant || is_escaped || words.trim_matches(is_blank).is_empty() {
        return None;
    }
    if words.starts_with(' ') {
        let message = format!(
            "this `{signs}` is indented so far that it is text, and no heading: begin it in the column of the text \
             around it"
        );
        return is_indented(document, first.span)
            .then(|| Problem::warning(first.span, message).coded("heading-text"));
    }
    let start = words.trim_start_matches(is_blank);
    let word = start.split(' ').next().unwrap_or_default();
    let (given, _) = content.split_at(signs.len() + words.len() - start.len() + word.len());
    let message = match words == start {
        true => format!("`{given}` is text here, and no heading: put a blank behind `{signs}`"),
        false => format!("behind this `{signs}` stands no ordinary blank, and so it is text, and no heading"),
    };
    let problem = Problem::warning(first.span, message).coded("heading-text");
    Some(problem.about(given, Some(&format!("{signs} {word}"))))
}

/// Whether blanks stand before a place that make code of a line elsewhere.
fn is_indented(document: &Document, span: Span) -> bool {
    let before = text_of(document, span.source).get(..span.start as usize).unwrap_or_default();
    before.ends_with("    ") || before.ends_with('\t')
}

/// `-**Third**`, below an item.
fn item(line: &[Node]) -> Option<Problem> {
    let [first, second, ..] = line else { return None };
    let mark = first.string("content").filter(|_| first.kind == Kind::Text)?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_mark = matches!(mark, "-" | "+" | "*") || mark.strip_suffix(['.', ')']).is_some_and(is_number);
    if !is_mark || second.kind != Kind::Strong {
        return None;
    }
    let message = format!("this begins no item of a list, and so is text: put a blank behind `{mark}`");
    let given = format!("{mark}**");
    let problem = Problem::warning(Span { end: second.span.end, ..first.span }, message).coded("item-text");
    Some(problem.about(&given, Some(&format!("{mark} **"))))
}

/// A paragraph that begins like a table.
fn row(document: &Document, inline: &Node) -> Option<Problem> {
    let mut lines = written(document, inline.span).lines().map(str::trim);
    let first = lines.next().filter(|line| line.starts_with('|'))?;
    // `|x| is` a word of mathematics.
    if first.matches('|').count() < if first.ends_with('|') { 2 } else { 3 } {
        return None;
    }
    let is_delimiter =
        |line: &&str| line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    let columns = |line: &str| line.trim_matches('|').split('|').count();
    let message = match lines.next().filter(is_delimiter) {
        Some(delimiter) if columns(delimiter) != columns(first) => format!(
            "this is no table, and readers see it as it is written: its first row has {} cells, and the line \
             below it {}",
            columns(first),
            columns(delimiter)
        ),
        _ => "this row is in no table, and readers see it as it is written: no tag may stand between the rows, \
              and below the first is a line as `|---|---|`; for rows that only some readers get write \
              `{% table %}`"
            .to_owned(),
    };
    Some(Problem::warning(inline.span, message).coded("row-text"))
}

/// A line above one of `=`, which other builders read as a heading.
fn doubly_underlined(document: &Document, inline: &Node) -> Option<Problem> {
    let lines: Vec<&str> = written(document, inline.span).lines().map(str::trim).collect();
    let [words, line] =
        lines.get(lines.iter().position(|line| is_all(line, '='))?.checked_sub(1)?..)?.get(..2)?
    else {
        return None;
    };
    let message = format!("`{line}` makes no heading of the line above it: write `# {words}`");
    Some(Problem::warning(inline.span, message).coded("heading-text").about(line, None))
}

/// A line above a rule, without a blank line between them, which other builders read as a heading.
fn underlined(document: &Document, nodes: &[Node], problems: &mut Vec<Problem>) {
    for (place, (node, next)) in nodes.iter().zip(nodes.iter().skip(1)).enumerate() {
        // Between two rules stands what was meant to be front matter.
        if place.checked_sub(1).and_then(|before| nodes.get(before)).is_some_and(|node| node.kind == Kind::Hr)
        {
            continue;
        }
        let words = written(document, node.span).trim();
        let line = written(document, next.span).trim();
        let gap = written(document, Span { start: node.span.end, end: next.span.start, ..node.span });
        let is_heading = node.kind == Kind::Paragraph
            && next.kind == Kind::Hr
            && is_all(line, '-')
            && gap.matches('\n').count() < 2
            && node.span.source == next.span.source
            && !words.contains('\n')
            && words.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '`'));
        if is_heading {
            let message = format!("`{line}` makes no heading of the line above it: write `## {words}`");
            problems.push(Problem::warning(next.span, message).coded("heading-text").about(line, None));
        }
    }
    nodes.iter().for_each(|node| underlined(document, &node.children, problems));
}

/// Whether a line is made of one sign.
fn is_all(line: &str, sign: char) -> bool {
    line.len() > 2 && line.chars().all(|c| c == sign)
}
