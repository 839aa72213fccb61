//! Text that was meant to be something else: what a fence swallows that nobody closed, a fence
//! that is none, HTML, and a fence's language that is misspelt.

use std::collections::HashSet;

use super::slips::{QUOTE, open_quote};
use super::tags::declared;
use crate::markdoc::{Document, Kind, Node, Problem, Severity, Span, Value, suggest};
use crate::snippet::Language;

/// What an author would write HTML for.
const HTML: [&str; 46] = [
    "blockquote",
    "br",
    "center",
    "colgroup",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "iframe",
    "img",
    "ins",
    "kbd",
    "li",
    "nobr",
    "ol",
    "picture",
    "pre",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "svg",
    "tbody",
    "td",
    "tfoot",
    "thead",
    "tr",
    "ul",
    "wbr",
];

/// Names of HTML that are placeholders as well (`<table>`, `<a>.<b>`): they are HTML where they say
/// more than their name, or are closed.
const AMBIGUOUS: [&str; 31] = [
    "a", "abbr", "address", "article", "aside", "audio", "b", "button", "caption", "cite", "code", "footer",
    "form", "header", "i", "input", "label", "link", "main", "mark", "nav", "p", "q", "s", "script",
    "section", "style", "table", "th", "u", "video",
];

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
    let (names, closed) = (declared(document), closed(document));
    each(&document.children, &mut |node| match node.kind {
        Kind::Fence => {
            problems.extend(braces(node, &names));
            problems.extend(language(node));
            problems.extend(unread_annotation(document, node));
            problems.extend(node.children.iter().filter_map(unclosed));
        }
        Kind::Code => {
            problems.extend(indented_fence(document, node));
            problems.extend(unfilled(node, &names).or_else(|| braces(node, &names)));
        }
        Kind::Text => {
            problems.extend(braces(node, &names));
            problems.extend(html(node, &closed));
            problems.extend(open_tag(document, node));
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
    let (at, _) = written.match_indices("{%").find(|place| !is_meant(place))?;
    let page = document.sources.get(text.span.source as usize).map_or("", |source| &source.text);
    let tag = text.span.start as usize + at;
    let line = page.get(tag..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    if let Some((quote, message)) =
        open_quote(line).filter(|(quote, _)| line.get(*quote..).is_some_and(|value| value.contains("%}")))
    {
        let span = Span { start: (tag + quote) as u32, end: (tag + line.len()) as u32, ..text.span };
        return Some(Problem::error(span, message).coded(QUOTE));
    }
    if let Some((inside, _)) = line.split_once('}').filter(|(inside, _)| is_variable(inside)) {
        let at = (tag + inside.len()) as u32;
        let message = "this tag ends with `}`, and so readers see it as it is written: write `%}`";
        let problem = Problem::warning(Span { start: at, end: at + 1, ..text.span }, message);
        return Some(problem.coded("tag-unclosed").about("}", Some("%}")));
    }
    let message = "a `{%` here has no `%}`, and so readers see it as it is written";
    Some(Problem::warning(text.span, message).coded("tag-unclosed").about("{%", None))
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
pub(super) fn written(document: &Document, span: Span) -> &str {
    let source = document.sources.get(span.source as usize);
    source.and_then(|source| source.text.get(span.start as usize..span.end as usize)).unwrap_or_default()
}

/// The names that texts close as HTML is: `</table>`.
fn closed(document: &Document) -> HashSet<&str> {
    let mut closed = HashSet::new();
    each(&document.children, &mut |node| {
        let content = node.string("content").filter(|_| node.kind == Kind::Text).unwrap_or_default();
        let names = content.split("</").skip(1);
        closed.extend(names.filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next()));
    });
    closed
}

/// HTML is shown as it is written.
fn html(node: &Node, closed: &HashSet<&str>) -> Option<Problem> {
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
        let says_more = || after.split('>').next().is_some_and(|inside| inside.contains("=\""));
        let is_meant = is_known || AMBIGUOUS.contains(&name) && (says_more() || closed.contains(name));
        let is_html = is_meant && after.starts_with([' ', '>', '/']) && after.contains('>');
        is_html.then(|| text.get(at..text.len() - after.len()))?
    })?;
    let whole = if found == "<!--" { "<!-- … -->".to_owned() } else { format!("{found}>") };
    let message = format!("HTML is text here: readers see `{whole}` as it is written");
    Some(Problem::warning(node.span, message).coded("html-text").about(found, None))
}

/// Whether the beginning of a tag is `{% $name`.
fn is_variable(tag: &str) -> bool {
    let name = tag.strip_prefix("{%").and_then(|inside| inside.trim().strip_prefix('$'));
    name.is_some_and(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
}

/// A value in code in a line of text, where nothing is filled in.
fn unfilled(code: &Node, names: &HashSet<&str>) -> Option<Problem> {
    let content = code.string("content")?;
    let found = content.match_indices("{%").find_map(|(at, _)| {
        let tag = content.get(at..at + content.get(at..)?.find("%}")? + 2)?;
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let mut variables = tag.split('$').skip(1).filter_map(|rest| rest.split(|c| !is_name(c)).next());
        variables.any(|name| names.contains(name)).then_some(tag)
    })?;
    let message =
        format!("`{found}` is not filled in here: take it out of the backticks, or write a block of code");
    Some(Problem::warning(code.span, message).coded("value-unfilled").about(found, None))
}

/// A value as Jinja and others write it: `{{ host }}`.
fn braces(node: &Node, names: &HashSet<&str>) -> Option<Problem> {
    let content = node.string("content").filter(|_| node.attribute("process").is_none())?;
    let (found, name) = content.match_indices("{{").find_map(|(at, _)| {
        let found = content.get(at..at + content.get(at..)?.find("}}")? + 2)?;
        let name = found.trim_matches(['{', '}', ' ', '$']);
        names.contains(name).then_some((found, name))
    })?;
    let meant = format!("{{% ${name} %}}");
    let more = if node.kind == Kind::Code { ", outside of the backticks or in a block of code" } else { "" };
    let message = format!("`{found}` is not filled in: write `{meant}`{more}");
    let problem = Problem::warning(node.span, message).coded("value-unfilled");
    Some(problem.about(found, Some(&meant).filter(|_| node.kind != Kind::Code).map(String::as_str)))
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

/// Sees every node; what stands in a fence is code.
pub(super) fn each<'a>(nodes: &'a [Node], see: &mut dyn FnMut(&'a Node)) {
    for node in nodes {
        see(node);
        if node.kind != Kind::Fence {
            each(&node.children, see);
        }
    }
}
