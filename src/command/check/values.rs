//! Values that are not filled in: in signs that are those of others, in a tag without its end, and
//! where nothing is.

use std::collections::HashSet;

use super::slips::{ENDLESS, QUOTE, open_quote};
use super::tags::declared;
use super::text::{each, is_of_name, text_of, variables, written};
use crate::markdoc::{Document, Kind, Node, Problem, Span};

/// What was meant to be a value, and is a text.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut problems = Vec::new();
    let names = declared(document);
    each(&document.children, &mut |node| match node.kind {
        Kind::Fence => problems.extend(braces(node, &names)),
        Kind::Code => problems.extend(unfilled(node, &names).or_else(|| braces(node, &names))),
        Kind::Text => {
            problems.extend(braces(node, &names).or_else(|| brace(node, &names)));
            problems.extend(open_tag(document, node));
        }
        _ => {}
    });
    problems
}

/// What begins like a tag and does not end like one is shown as it is written; `\{%` is meant so.
fn open_tag(document: &Document, text: &Node) -> Option<Problem> {
    text.string("content").filter(|content| content.contains("{%"))?;
    let written = written(document, text.span);
    let is_meant = |(at, _): &(usize, &str)| written.get(..*at).is_some_and(|before| before.ends_with('\\'));
    let (at, _) = written.match_indices("{%").find(|place| !is_meant(place))?;
    let page = text_of(document, text.span.source);
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
        return Some(problem.coded(ENDLESS).about("}", Some("%}")));
    }
    let message = "a `{%` here has no `%}`, and so readers see it as it is written";
    let span = Span { start: tag as u32, ..text.span };
    // What it gives an id to lacks it.
    let gives_id = line.get(2..).is_some_and(|tag| tag.trim_start().starts_with('#') || tag.contains(" id="));
    let problem = if gives_id { Problem::error(span, message) } else { Problem::warning(span, message) };
    Some(problem.coded(ENDLESS).about("{%", None))
}

/// Whether the beginning of a tag is `{% $name`.
fn is_variable(tag: &str) -> bool {
    let name = tag.strip_prefix("{%").and_then(|inside| inside.trim().strip_prefix('$'));
    name.is_some_and(|name| name.chars().all(is_of_name))
}

/// A value in code in a line of text, where nothing is filled in.
fn unfilled(code: &Node, names: &HashSet<&str>) -> Option<Problem> {
    let content = code.string("content")?;
    let found = content.match_indices("{%").find_map(|(at, _)| {
        let tag = content.get(at..at + content.get(at..)?.find("%}")? + 2)?;
        variables(tag).any(|name| names.contains(name)).then_some(tag)
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

/// A value as a shell or Svelte writes it, where no shell reads it: `${host}`, `{$host}`.
fn brace(text: &Node, names: &HashSet<&str>) -> Option<Problem> {
    let content = text.string("content")?;
    let (found, name) = content.match_indices('{').find_map(|(at, _)| {
        let inside = content.get(at + 1..at + content.get(at..)?.find('}')?)?;
        let (start, name) = match inside.strip_prefix('$') {
            Some(name) => (at, name),
            None => (content.get(..at)?.strip_suffix('$')?.len(), inside),
        };
        let found = content.get(start..at + inside.len() + 2)?;
        names.contains(name.trim()).then_some((found, name.trim()))
    })?;
    let meant = format!("{{% ${name} %}}");
    let message = format!("`{found}` is not filled in: write `{meant}`");
    let problem = Problem::warning(text.span, message).coded("value-unfilled");
    Some(problem.about(found, Some(&meant)))
}
