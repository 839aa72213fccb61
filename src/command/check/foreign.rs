//! What GitHub and other builders of sites read, and Markdoc does not: readers see it as it is
//! written.

use std::collections::HashSet;

use super::text::{each, written};
use crate::guide::schemas;
use crate::markdoc::{Document, Kind, Node, Problem, Severity, Span, Word};

/// What stands in a page for another builder.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut problems = Vec::new();
    let footnotes = footnotes(document);
    each(&document.children, &mut |node| match node.kind {
        Kind::Heading => problems.extend(heading_id(node)),
        Kind::List => problems.extend(task(node)),
        Kind::Blockquote => problems.extend(alert(node)),
        Kind::Link => problems.extend(footnote(document, node, &footnotes)),
        Kind::Text => {
            problems.extend(directive(node).or_else(|| attributes(node)).or_else(|| comment(node)));
            problems.extend(footnote(document, node, &footnotes));
        }
        _ => {}
    });
    problems
}

/// The code of a tag that is another language's. It is none that needs an end.
pub(super) const TAG: &str = "tag-foreign";

/// What Jinja and Liquid have, and a page has not.
const FOREIGN: [&str; 10] =
    ["for", "raw", "block", "macro", "set", "with", "unless", "comment", "filter", "capture"];

/// Says of the tags of Jinja, Liquid, GitBook and MkDocs' macros what to write instead: `{% endif %}`,
/// `{% elif … %}`, `{% include "x.md" %}`.
pub(super) fn judge(document: &Document, problems: &mut [Problem]) {
    let schemas = schemas();
    for problem in problems.iter_mut().filter(|problem| problem.code == Some("tag-undefined")) {
        let Some(given) = problem.word.as_ref().map(|word| word.given.clone()) else { continue };
        let node = || document.nodes().find(|node| node.span == problem.span);
        let (message, meant) = match given.as_str() {
            "elif" | "elsif" | "elseif" => {
                ("write `{% else … /%}` with the condition".to_owned(), Some("else".to_owned()))
            }
            "include" => {
                let named = || node().and_then(|node| node.string("primary"));
                let file = named().or_else(|| node()?.string("file")).unwrap_or("…");
                let meant = "partial".to_owned();
                (
                    format!("write `{{% partial file=\"{file}\" /%}}`"),
                    Some(meant).filter(|_| named().is_none()),
                )
            }
            name => match name.strip_prefix("end") {
                Some(name) if schemas.tag(name).is_some() => {
                    (format!("write `{{% /{name} %}}`"), Some(format!("/{name}")))
                }
                Some(name) if FOREIGN.contains(&name) => {
                    (format!("a page has no `{name}`, and what stands in it is shown once"), None)
                }
                Some("highlight") => ("write the code in a fence, ` ``` `".to_owned(), None),
                Some(name) if is_open(document, name, problem.span) => {
                    (format!("write `{{% /{name} %}}`"), Some(format!("/{name}")))
                }
                _ => continue,
            },
        };
        problem.severity = Severity::Error;
        problem.code = Some(TAG);
        problem.message = format!("no tag is named `{given}`: {message}");
        problem.word = Some(Word { given, meant });
    }
}

/// Whether a tag of this name is open where something stands.
fn is_open(document: &Document, name: &str, place: Span) -> bool {
    let mut open = document.nodes().filter(|node| node.tag() == Some(name));
    open.any(|node| node.descendants().any(|inner| inner.span == place))
}

/// Jinja's `{# … #}`.
fn comment(text: &Node) -> Option<Problem> {
    let content = text.string("content")?;
    let (_, inside) = content.split_once("{#")?;
    let (inside, _) = inside.split_once("#}")?;
    let given = format!("{{#{inside}#}}");
    let message =
        format!("`{given}` is text here, and readers see it: a page has no comments, so take it away");
    Some(Problem::warning(text.span, message).coded("comment-text").about(&given, None))
}

/// Docusaurus' way to give a heading its id is part of its words.
fn heading_id(heading: &Node) -> Option<Problem> {
    let words = heading.text();
    let (_, id) = words.trim_end().strip_suffix('}')?.rsplit_once("{#")?;
    if id.is_empty() || id.contains(char::is_whitespace) {
        return None;
    }
    let message = format!("`{{#{id}}}` is part of this heading's words: for its id write `{{% #{id} %}}`");
    let (given, meant) = (format!("{{#{id}}}"), format!("{{% #{id} %}}"));
    Some(Problem::warning(heading.span, message).coded("heading-id").about(&given, Some(&meant)))
}

/// GitHub's list of tasks, `- [ ] …`: told of its first.
fn task(list: &Node) -> Option<Problem> {
    const BOXES: [&str; 3] = ["[ ]", "[x]", "[X]"];
    list.children.iter().find_map(|item| {
        let text = first_text(item)?;
        let content = text.string("content")?;
        let found = BOXES.into_iter().find(|shown| {
            content.strip_prefix(shown).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })?;
        let message = format!(
            "`{found}` is text here: take it away, as each step has a box of its own. An item is a step where \
             all open in bold: `- **…**`"
        );
        Some(Problem::warning(text.span, message).coded("task-text").about(found, None))
    })
}

/// GitHub's alerts, `> [!WARNING]`.
fn alert(quote: &Node) -> Option<Problem> {
    let text = first_text(quote)?;
    let (kind, _) = text.string("content")?.strip_prefix("[!")?.split_once(']')?;
    if kind.is_empty() || !kind.chars().all(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let note = match kind.to_ascii_lowercase().as_str() {
        "tip" => "Tip",
        "important" => "Important",
        "warning" | "caution" | "danger" => "Warning",
        _ => "Note",
    };
    let given = format!("[!{kind}]");
    let message = format!(
        "`{given}` is text here: write `{{% note noteType=\"{note}\" %}}`, and `{{% /note %}}` where it ends"
    );
    Some(Problem::warning(text.span, message).coded("alert-text").about(&given, None))
}

/// The footnotes that are said: `[^1]` of a line `[^1]: …`.
fn footnotes(document: &Document) -> HashSet<&str> {
    let lines = document.sources.iter().flat_map(|source| source.text.lines().map(str::trim_start));
    let said = lines.filter(|line| line.starts_with("[^"));
    said.filter_map(|line| line.get(..line.find("]:")? + 1)).collect()
}

/// `[^1]`, which is a text, or a link where it is said in one word.
fn footnote(document: &Document, node: &Node, footnotes: &HashSet<&str>) -> Option<Problem> {
    let here = written(document, node.span);
    let found = here.match_indices("[^").find_map(|(at, _)| {
        let found = here.get(at..=at + here.get(at..)?.find(']')?)?;
        let is_said_here = here.get(at + found.len()..)?.starts_with(':');
        (!is_said_here && footnotes.contains(found)).then_some(found)
    })?;
    let message =
        format!("`{found}` is no footnote here: say what it says in the text, or in `{{% note %}}`");
    Some(Problem::warning(node.span, message).coded("footnote-text").about(found, None))
}

/// The passages of other builders: `:::note`, `!!! note`, `=== "Tab"`, `--8<-- "file.md"`.
fn directive(text: &Node) -> Option<Problem> {
    let content = text.string("content")?.trim_start();
    let given = content.split_whitespace().next()?;
    let rest = content.get(given.len()..)?.trim_start();
    let is_word = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_quoted = rest.starts_with('"');
    let instead = match given {
        "!!!" | "???" | "???+" | ":::" if is_word(rest) => NOTE.to_owned(),
        _ if given.strip_prefix(":::").is_some_and(is_word) => NOTE.to_owned(),
        "===" | "===!" if is_quoted => {
            "write a heading for each tab, or `{% if … %}` where an answer of the reader's says which"
                .to_owned()
        }
        "--8<--" if is_quoted => {
            let file = rest.trim_matches('"');
            format!("write `{{% partial file=\"{file}\" /%}}`")
        }
        _ => return None,
    };
    let message = format!("`{given}` is text here: {instead}");
    Some(Problem::warning(text.span, message).coded("directive-text").about(given, None))
}

const NOTE: &str = "write `{% note %}`, and `{% /note %}` where it ends";

/// `{: #its-id .class }`, behind what it is said of or on a line of its own.
fn attributes(text: &Node) -> Option<Problem> {
    let content = text.string("content")?;
    let start = content.find("{:")?;
    let given = content.get(start..=start + content.get(start..)?.find('}')?)?;
    let said = given.get(2..given.len() - 1)?.trim();
    if !said.starts_with(['#', '.']) && !said.contains('=') {
        return None;
    }
    let meant = format!("{{% {said} %}}");
    let message = format!("`{given}` is text here: write `{meant}`, in the line of what it is said of");
    Some(Problem::warning(text.span, message).coded("attributes-text").about(given, None))
}

/// The text that something begins with.
fn first_text(node: &Node) -> Option<&Node> {
    let first = node.children.first()?;
    match first.kind {
        Kind::Text => Some(first),
        Kind::Paragraph | Kind::Inline => first_text(first),
        _ => None,
    }
}
