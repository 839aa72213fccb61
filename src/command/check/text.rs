//! Text that was meant to be something else: what a fence swallows that nobody closed, HTML,
//! and a fence's language that is misspelt.

use crate::markdoc::{Document, Kind, Node, Problem, Severity, Span, Value, suggest};
use crate::snippet::Language;

/// What an author would write HTML for. Names that are placeholders as well (`<table>`) are not
/// among them.
const HTML: [&str; 12] =
    ["br", "center", "details", "div", "hr", "iframe", "img", "kbd", "p", "span", "summary", "sup"];

/// What a page of MDX would use. Others may be placeholders (`<Name>`).
const COMPONENTS: [&str; 8] =
    ["Admonition", "Callout", "CodeBlock", "Details", "Steps", "TabItem", "TabPanel", "Tabs"];

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

/// What is wrong in the texts of a page.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut problems = Vec::new();
    each(&document.children, &mut |node| match node.kind {
        Kind::Fence => {
            problems.extend(language(node));
            problems.extend(unread_annotation(document, node));
            problems.extend(node.children.iter().filter_map(unclosed));
        }
        Kind::Heading => problems.extend(foreign_id(node)),
        Kind::Text => {
            problems.extend(html(node));
            problems.extend(open_tag(document, node));
            problems.extend(directive(node));
        }
        _ => {}
    });
    problems
}

/// Makes an error of a fence that is never closed where it swallows a heading.
pub(super) fn judge(document: &Document, problems: &mut [Problem]) {
    let is_heading = |line: &&str| {
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        (2..=6).contains(&level) && line.get(level..).is_some_and(|rest| rest.starts_with(' '))
    };
    each(&document.children, &mut |node| {
        let Some(source) = document.sources.get(node.span.source as usize) else { return };
        let text = source.text.get(node.span.start as usize..node.span.end as usize).unwrap_or_default();
        let Some(heading) = text.lines().skip(1).find(is_heading).filter(|_| node.kind == Kind::Fence) else {
            return;
        };
        let begins_there = |span: &Span| (span.source, span.start) == (node.span.source, node.span.start);
        let unclosed = problems.iter_mut().filter(|problem| problem.code == Some("fence-unclosed"));
        for problem in unclosed.filter(|problem| begins_there(&problem.span)) {
            problem.severity = Severity::Error;
            problem.message = format!("this fence is never closed, and so `{}` is code", heading.trim_end());
        }
    });
}

/// A language of a fence with values in it that is none, where it is known which is meant.
fn language(fence: &Node) -> Option<Problem> {
    let given = fence.string("language").filter(|name| Language::from_fence(name) == Language::Other)?;
    let has_value =
        |node: &Node| matches!(node.attribute("content"), Some(Value::Variable(_) | Value::Function(_)));
    if !any(&fence.children, &has_value) {
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

/// Whether this holds for a node, or one in it.
fn any(nodes: &[Node], holds: &dyn Fn(&Node) -> bool) -> bool {
    nodes.iter().any(|node| holds(node) || any(&node.children, holds))
}

/// In a fence that is processed, what begins like a value and does not end like one is part of the
/// command.
fn unclosed(text: &Node) -> Option<Problem> {
    text.string("content").filter(|content| content.contains("{%"))?;
    let message = "a `{%` in this fence has no `%}`, and so is part of the code";
    Some(Problem::error(text.span, message).coded("value-unclosed"))
}

/// What begins like a tag and does not end like one is shown as it is written; `\{%` is meant so.
fn open_tag(document: &Document, text: &Node) -> Option<Problem> {
    text.string("content").filter(|content| content.contains("{%"))?;
    let written = written(document, text.span);
    let is_meant = |(at, _): &(usize, &str)| written.get(..*at).is_some_and(|before| before.ends_with('\\'));
    written.match_indices("{%").find(|place| !is_meant(place))?;
    let message = "a `{%` here has no `%}`, and so readers see it as it is written";
    Some(Problem::warning(text.span, message).coded("tag-unclosed").about("{%", None))
}

/// Docusaurus' way to give a heading its id is part of its words.
fn foreign_id(heading: &Node) -> Option<Problem> {
    let words = heading.text();
    let (_, id) = words.trim_end().strip_suffix('}')?.rsplit_once("{#")?;
    if id.is_empty() || id.contains(char::is_whitespace) {
        return None;
    }
    let message = format!("`{{#{id}}}` is part of this heading's words: for its id write `{{% #{id} %}}`");
    let (given, meant) = (format!("{{#{id}}}"), format!("{{% #{id} %}}"));
    Some(Problem::warning(heading.span, message).coded("heading-id").about(&given, Some(&meant)))
}

/// The passages of other builders: `:::note`, `!!! note`.
fn directive(text: &Node) -> Option<Problem> {
    let content = text.string("content")?.trim_start();
    let kind = content.strip_prefix(":::").or_else(|| content.strip_prefix("!!! "))?;
    if !kind.trim_start().starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let given = content.split_whitespace().next()?;
    let message = format!("`{given}` is text here: write `{{% note %}}`, and `{{% /note %}}` where it ends");
    Some(Problem::warning(text.span, message).coded("directive-text").about(given, None))
}

/// What other builders read behind a fence's language: `title="run.sh"`.
fn unread_annotation(document: &Document, fence: &Node) -> Option<Problem> {
    let line = written(document, fence.span).lines().next()?;
    let (_, info) = line.trim_start_matches(['`', '~']).trim_start().split_once(' ')?;
    let unread = info.split("{%").next().unwrap_or_default().trim();
    let (name, _) = unread.split_once('=')?;
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return None;
    }
    // Where more stands there, its author knows better what of it belongs between these signs.
    let is_all = info.trim() == unread && unread.ends_with('"') && unread.matches('"').count() == 2;
    let meant = Some(format!("{{% {unread} %}}")).filter(|_| is_all);
    let instead = meant.as_deref().unwrap_or("{% … %}");
    let message = format!("`{unread}` is not read: what is said of a fence stands in `{instead}`");
    let problem = Problem::warning(fence.span, message).coded("fence-annotation");
    Some(problem.about(unread, meant.as_deref()))
}

/// The text of the page in a place.
fn written(document: &Document, span: Span) -> &str {
    let source = document.sources.get(span.source as usize);
    source.and_then(|source| source.text.get(span.start as usize..span.end as usize)).unwrap_or_default()
}

/// HTML is shown as it is written.
fn html(node: &Node) -> Option<Problem> {
    let text = node.string("content")?;
    let found = text.match_indices('<').find_map(|(at, _)| {
        let rest = text.get(at + 1..)?;
        if rest.starts_with("!--") {
            return text.get(at..at + 4);
        }
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let end = name.find(|character: char| !character.is_ascii_alphanumeric())?;
        let (name, after) = name.split_at(end);
        let is_known = HTML.contains(&name) || COMPONENTS.contains(&name);
        let is_html = is_known && after.starts_with([' ', '>', '/']) && after.contains('>');
        is_html.then(|| text.get(at..text.len() - after.len()))?
    })?;
    let whole = if found == "<!--" { "<!-- … -->".to_owned() } else { format!("{found}>") };
    let message = format!("HTML is text here: readers see `{whole}` as it is written");
    Some(Problem::warning(node.span, message).coded("html-text").about(found, None))
}

/// Sees every node; what stands in a fence is code.
fn each<'a>(nodes: &'a [Node], see: &mut dyn FnMut(&'a Node)) {
    for node in nodes {
        see(node);
        if node.kind != Kind::Fence {
            each(&node.children, see);
        }
    }
}
