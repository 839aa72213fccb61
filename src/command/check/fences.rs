//! Blocks of code: one that is none, what stands behind its language, and a language that is misspelt.

use super::text::{each, written};
use crate::markdoc::{Document, Kind, Node, Problem, Span, Value, suggest};
use crate::snippet::Language;

/// What is meant by names of languages that values are not quoted for: none, where a name that is
/// near means something else.
const MEANT: [(&str, &[&str]); 12] = [
    ("sql", &["mysql", "pgsql"]),
    ("console", &["sh"]),
    ("shell-session", &["sh"]),
    ("shellsession", &["sh"]),
    ("terminal", &["sh"]),
    ("psql", &["pgsql"]),
    ("mariadb", &["mysql"]),
    ("docker-compose", &["compose"]),
    ("xml", &[]),
    ("csh", &[]),
    ("jsonnet", &[]),
    ("html", &[]),
];

/// What is wrong in the blocks of code of a page.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut problems = Vec::new();
    each(&document.children, &mut |node| match node.kind {
        Kind::Fence => {
            problems.extend(language(node));
            problems.extend(unread_annotation(document, node));
            problems.extend(node.children.iter().filter_map(unclosed));
            problems.extend(pasted(node));
            problems.extend(leaving(node));
        }
        Kind::Code => problems.extend(indented_fence(document, node)),
        _ => {}
    });
    indented_code(document, &document.children, 0, &mut problems);
    problems
}

/// What is code to other builders, as four blanks stand before it, and a paragraph to Markdoc: told
/// of the first of a block. `edge` is the column in which the text around it begins.
fn indented_code(document: &Document, nodes: &[Node], edge: usize, problems: &mut Vec<Problem>) {
    // What is indented below these may belong to them.
    let (mut is_below, mut is_told) = (false, false);
    for node in nodes {
        let first = beginning(node);
        let text = first.string("content").filter(|_| first.kind == Kind::Text).unwrap_or_default();
        let indent = before(document, node);
        let is_indented = indent.trim().is_empty() && columns(indent) >= edge + 4;
        if node.kind == Kind::Paragraph && is_indented {
            if !is_below && !is_told && !text.is_empty() && !text.starts_with(['#', '|', '<', '{']) {
                let message = "this is indented as code is, and so it is text here: write it in a fence, \
                               ` ``` `, or begin it in the column of the text around it";
                problems.push(Problem::warning(first.span, message).coded("code-indented"));
            }
            is_told = true;
            continue;
        }
        is_told = false;
        let is_passage = ["!!!", "???", "===", "[^", ": "].iter().any(|sign| text.starts_with(sign));
        is_below = node.kind == Kind::List || is_passage;
        let column = |node: &Node| columns(before(document, node));
        match node.kind {
            Kind::List => node.children.iter().for_each(|item| {
                let edge = item.children.first().map_or(0, column);
                indented_code(document, &item.children, edge, problems);
            }),
            // Authors indent what stands in a tag.
            Kind::Tag(_) => {
                let edge = node.children.iter().map(column).min().unwrap_or_default().max(column(node));
                indented_code(document, &node.children, edge, problems);
            }
            _ => {}
        }
    }
}

/// What the text of a block begins with.
fn beginning(node: &Node) -> &Node {
    match node.children.first() {
        Some(first) if matches!(node.kind, Kind::Paragraph | Kind::Inline) => beginning(first),
        _ => node,
    }
}

/// What stands before a block in its first line.
fn before<'a>(document: &'a Document, block: &Node) -> &'a str {
    let place = beginning(block).span;
    let before = written(document, Span { start: 0, end: place.start, ..place });
    before.rsplit('\n').next().unwrap_or_default()
}

/// How many columns a text takes; a tab takes four.
fn columns(text: &str) -> usize {
    text.chars().fold(0, |column, c| if c == '\t' { column / 4 * 4 + 4 } else { column + 1 })
}

/// A language of a fence with values in it that is none, where it is known which is meant.
fn language(fence: &Node) -> Option<Problem> {
    let given = fence.string("language").filter(|name| Language::from_fence(name) == Language::Other)?;
    let has_value =
        |node: &Node| matches!(node.attribute("content"), Some(Value::Variable(_) | Value::Function(_)));
    if !fence.descendants().any(has_value) {
        return None;
    }
    let known = MEANT.iter().find(|(name, _)| name.eq_ignore_ascii_case(given));
    let names = Language::NAMES.iter().flat_map(|(_, names)| names.iter().copied());
    let meant: Vec<&str> = match known {
        Some((_, meant)) => meant.to_vec(),
        None => suggest(given, names).into_iter().collect(),
    };
    let (first, rest) = meant.split_first()?;
    let quoted: Vec<String> = meant.iter().map(|name| format!("`{name}`")).collect();
    let message =
        format!("values are quoted in no language named `{given}`: did you mean {}?", quoted.join(" or "));
    let only = Some(*first).filter(|_| rest.is_empty());
    Some(Problem::warning(fence.span, message).coded("language-undefined").about(given, only))
}

/// In a fence that is processed, what begins like a value and does not end like one is part of the
/// command.
fn unclosed(text: &Node) -> Option<Problem> {
    text.string("content").filter(|content| content.contains("{%"))?;
    let message = "a `{%` in this fence has no `%}`, and so is part of the code";
    Some(Problem::error(text.span, message).coded("value-unclosed"))
}

/// What other builders read behind a fence's language: `title="run.sh"`.
fn unread_annotation(document: &Document, fence: &Node) -> Option<Problem> {
    let line = written(document, fence.span).lines().next()?;
    let all = line.trim_start_matches(['`', '~']);
    let word = all.split_whitespace().next()?;
    if all.starts_with(' ') && !word.starts_with("{%") {
        let message = format!("the blank before `{word}` leaves this fence without a language: take it away");
        let given = all.split_inclusive(word).next()?;
        return Some(Problem::warning(fence.span, message).coded("fence-language").about(given, Some(word)));
    }
    if let Some((language, _)) = word.split_once("{%").filter(|(language, _)| !language.is_empty()) {
        let message = format!("the language of this fence is `{word}`: put a blank before `{{%`");
        let problem = Problem::warning(fence.span, message).coded("fence-language");
        let given = format!("{language}{{%");
        return Some(problem.about(&given, Some(&format!("{language} {{%"))));
    }
    let (_, info) = all.split_once(' ')?;
    let unread = info.split("{%").next().unwrap_or_default().trim();
    // Docusaurus' way: `{title="run.sh"}`.
    let inside = unread.strip_prefix('{').and_then(|inside| inside.strip_suffix('}'));
    let said = inside.map_or(unread, str::trim);
    let (name, _) = said.split_once('=')?;
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return None;
    }
    // Where more stands there, its author knows better what of it belongs between these signs.
    let is_one = inside.is_some() || said.matches('"').count() == 2;
    let is_all = info.trim() == unread && said.ends_with('"') && is_one;
    let meant = Some(format!("{{% {said} %}}")).filter(|_| is_all);
    let instead = meant.as_deref().unwrap_or("{% … %}");
    let message = format!("`{unread}` is not read: what is said of a fence stands in `{instead}`");
    let problem = Problem::warning(fence.span, message).coded("fence-annotation");
    Some(problem.about(unread, meant.as_deref()))
}

/// What was meant to be a fence and is code in a line of text.
fn indented_fence(document: &Document, code: &Node) -> Option<Problem> {
    let written = written(document, code.span);
    if !written.starts_with("```") || !written.contains('\n') {
        return None;
    }
    let message =
        "this fence is indented so far that it is text: begin it in the column of the text around it";
    Some(Problem::warning(code.span, message).coded("fence-indented"))
}

/// What a shell does not read as it was meant, by the first in a block: a prompt that was copied
/// with its command, and the signs that a word processor makes of others.
fn pasted(fence: &Node) -> Option<Problem> {
    let language = fence.string("language").map(Language::from_fence)?;
    let content = fence.string("content").filter(|_| language == Language::Shell)?;
    let mut lines = content.lines().filter(|line| !line.trim_start().starts_with('#'));
    lines.find_map(|line| {
        let problem = |message| Problem::warning(fence.span, message).coded("code-pasted");
        if line.starts_with("$ ") {
            let message = "the `$` before a command is no part of it: whoever copies it gets an error";
            let given = line.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
            return Some(problem(message.to_owned()).about(&given, given.get(2..)));
        }
        let (sign, what) = line.char_indices().find_map(|(at, sign)| {
            let (before, after) = line.split_at(at);
            let begins_word = before.is_empty() || before.ends_with([' ', '\t', '=', '(']);
            let after = after.chars().nth(1);
            let what = match sign {
                '“' | '„' | '‘' if begins_word => "no quote to a shell: write `\"` or `'`",
                '–' | '—' if begins_word && after.is_some_and(char::is_alphanumeric) => {
                    "no `-` to a shell, and begins no option"
                }
                '\u{a0}' | '\u{202f}' | '\u{2007}' => {
                    "no blank to a shell, and a part of the word: write a blank"
                }
                _ => return None,
            };
            // What stands in quotes or in a comment may be words.
            let is_words = ['"', '\''].iter().any(|quote| before.matches(*quote).count() % 2 == 1);
            (!is_words && !before.contains(" #")).then_some((sign, what))
        })?;
        let name = if sign.is_whitespace() { "this unusual blank".to_owned() } else { format!("`{sign}`") };
        Some(problem(format!("{name} is {what}")).about(&sign.to_string(), None))
    })
}

/// What leaves the shell of whoever pastes a block or runs it in a saved script, or is to be done at
/// that shell's end. What does so only in a case means to stop there.
fn leaving(fence: &Node) -> Option<Problem> {
    let language = fence.string("language")?;
    if Language::from_fence(language) != Language::Shell || Language::is_bash(language) {
        return None;
    }
    let content = fence.string("content")?;
    let problem = |given: &str, message: &str| {
        let message = format!("{message} whoever pastes this, and of a saved script");
        Some(Problem::warning(fence.span, message).coded("code-leaves").about(given, None))
    };
    let last = content.lines().rfind(|line| !line.trim().is_empty())?.trim_end();
    if matches!(last, "exit" | "exit 0") {
        return problem(last, "this ends the shell of");
    }
    let becomes = |program: &str| program.starts_with(|c: char| c.is_alphabetic() || "/.\"$".contains(c));
    if last.strip_prefix("exec ").is_some_and(becomes) {
        return problem("exec", "this takes the place of the shell of");
    }
    // It may be a part of a file, or of a shell of its own.
    let is_within = content.contains("<<") || content.lines().any(|line| line.starts_with('('));
    let is_trap = |line: &&str| line.starts_with("trap ") && line.trim_end().ends_with(" EXIT");
    content.lines().find(is_trap).filter(|_| !is_within)?;
    problem("trap", "without parentheses around it this waits for the end of the shell of")
}
