//! HTML, which is shown as it is written.

use std::collections::HashSet;

use super::text::each;
use crate::markdoc::{Document, Kind, Node, Problem};

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

/// The texts of a page that were meant to be HTML.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut problems = Vec::new();
    let closed = closed(document);
    each(&document.children, &mut |node| {
        problems.extend(html(node, &closed).filter(|_| node.kind == Kind::Text));
    });
    problems
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
