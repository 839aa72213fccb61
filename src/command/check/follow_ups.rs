//! Problems that only follow from others: to mend them as they are told would lead astray.
//!
//! Start with [`settle`]. A tag that cannot be read is not open where it is closed, a tag that
//! closes itself need not be closed, what a faulty question asks for is declared, and what a faulty
//! annotation gives its id to has that.

use std::collections::BTreeSet;

use super::foreign::TAG;
use super::halves;
use super::links;
use super::open_fences;
use super::parts::PART;
use super::repeats;
use super::slips::{ENDLESS, QUOTE};
use super::tags::VARIABLE;
use super::text::text_of;
use crate::command::front_matter;
use crate::environment::value::ValueType;
use crate::guide::{declares, name_of, schemas};
use crate::markdoc::{Document, Kind, Node, Problem, Span};

/// The problems without those that follow from others.
pub(super) fn settle(document: &Document, mut problems: Vec<Problem>) -> Vec<Problem> {
    open_fences::settle(document, &mut problems);
    repeats::settle(document, &mut problems);
    problems.sort_by_key(place);
    let problems = without_broken(document, problems);
    let problems = with_indentation(document, problems);
    let mut problems = with_bounds(document, problems);
    halves::settle(document, &mut problems);
    let problems = without_closing(document, problems);
    let problems = said_once(document, problems);
    let broken = broken_tags(document, &problems);
    let mut faulty = faulty_questions(document);
    faulty.extend(broken.iter().filter_map(|tag| name_in(tag)));
    let is_broken = |name: &str| broken.iter().any(|tag| tag.split_whitespace().next() == Some(name));
    let (choice, condition) = (is_broken("choice"), is_broken("if"));
    let endless = problems.iter().filter(|problem| matches!(problem.code, Some(VARIABLE | TAG)));
    let endless: BTreeSet<(u32, u32)> = endless.map(place).collect();
    // A front matter that has no end takes what the page below it declares.
    let is_swallowed = problems.iter().any(|problem| problem.code == Some(front_matter::UNCLOSED));
    let follows = |problem: &Problem| match problem.code {
        Some("variable-undefined" | "missing-opening" | "step-undefined" | links::DEAD) if is_swallowed => {
            true
        }
        Some("variable-undefined") => {
            problem.word.as_ref().is_some_and(|word| faulty.contains(word.given.as_str()))
        }
        Some("step-undefined" | links::DEAD) => {
            problem.word.as_ref().is_some_and(|word| broken.iter().any(|tag| gives_id(tag, &word.given)))
        }
        Some("option-outside") => choice,
        Some("else-outside") => condition,
        Some("missing-closing") => endless.contains(&place(problem)),
        _ => false,
    };
    problems.into_iter().filter(|problem| !follows(problem)).collect()
}

/// What the guide lacks because of a mistake that is told where it stands, by its code, with the
/// codes of what it follows from.
const LACKS: [(&str, &[&str]); 7] = [
    ("input-unnamed", &["attribute-missing-required", "attribute-undefined"]),
    ("option-unnamed", &["attribute-missing-required", "attribute-undefined"]),
    ("partial-unnamed", &["attribute-missing-required", "attribute-undefined"]),
    ("input-type", &["attribute-value-invalid"]),
    ("address-refused", &["address-unsafe"]),
    ("value-nothing", &["variable-undefined", PART]),
    ("value-unquotable", &["fence-language", "language-undefined"]),
];

/// Without what the guide lacks, where it is told why.
fn said_once(document: &Document, problems: Vec<Problem>) -> Vec<Problem> {
    let follows = |problem: &Problem| {
        let Some((_, codes)) = LACKS.iter().find(|(code, _)| problem.code == Some(code)) else {
            return false;
        };
        let Span { source, start, .. } = problem.span;
        let tag = text_of(document, source).get(start as usize..).unwrap_or_default();
        let end = start + tag.find("%}").unwrap_or_default() as u32;
        problems.iter().filter(|other| other.code.is_some_and(|code| codes.contains(&code))).any(|other| {
            let is_in_it = (start..=end).contains(&other.span.start);
            let is_around = other.span.start <= start && start < other.span.end;
            other.span.source == source && (is_in_it || is_around)
        })
    };
    let are_kept: Vec<bool> = problems.iter().map(|problem| !follows(problem)).collect();
    let kept = problems.into_iter().zip(are_kept).filter(|(_, is_kept)| *is_kept);
    kept.map(|(problem, _)| problem).collect()
}

/// Without the ends of tags whose beginning cannot be read.
fn without_broken(document: &Document, problems: Vec<Problem>) -> Vec<Problem> {
    let mut broken: Vec<(u32, &str)> = Vec::new();
    let mut kept = Vec::new();
    for problem in problems {
        let Span { source, start, .. } = problem.span;
        match problem.code {
            Some("parse-error" | QUOTE) => {
                let before = text_of(document, source).get(..start as usize).unwrap_or_default();
                broken.extend(before.rfind("{%").map(|at| (source, name(document, source, at as u32))));
            }
            Some("missing-opening") => {
                let own = (source, name(document, source, start));
                if let Some(place) = broken.iter().rposition(|tag| *tag == own) {
                    broken.remove(place);
                    continue;
                }
            }
            _ => {}
        }
        kept.push(problem);
    }
    kept
}

/// What stands in the tags that cannot be read, from their names to the ends of their lines.
fn broken_tags<'a>(document: &'a Document, problems: &[Problem]) -> Vec<&'a str> {
    let codes = ["parse-error", QUOTE, ENDLESS];
    let broken = problems.iter().filter(|problem| problem.code.is_some_and(|code| codes.contains(&code)));
    let tags = broken.filter_map(|problem| {
        let page = text_of(document, problem.span.source);
        let (before, here) = page.split_at_checked(problem.span.start as usize)?;
        let start = if here.starts_with("{%") { before.len() } else { before.rfind("{%")? };
        page.get(start + 2..)?.trim_start_matches('-').lines().next()
    });
    tags.collect()
}

/// Whether a tag that cannot be read gives this id to what it annotates.
fn gives_id(tag: &str, id: &str) -> bool {
    let mut words = tag.split([' ', '\t', ',', '%', '}']);
    words.any(|word| {
        let given = word.strip_prefix('#').or_else(|| Some(word.strip_prefix("id=")?.trim_matches(QUOTES)));
        given == Some(id)
    })
}

/// The signs that an author may take for the quotes of a value.
const QUOTES: [char; 4] = ['"', '\'', '“', '”'];

/// The name that a question or a `let` gives, as far as it can be read.
fn name_in(tag: &str) -> Option<&str> {
    tag.split_whitespace().next().filter(|tag| declares(tag))?;
    let (_, name) = tag.split_once("name=")?;
    name.trim_start_matches('"').split(['"', ' ', '/', '%']).next().filter(|name| !name.is_empty())
}

/// The name of an end that nothing opens, and what is said of the last tag of that name before it which
/// is never closed, if that is all.
fn opening_of<'d, 'k>(
    document: &'d Document,
    kept: &'k mut [Problem],
    end: &Problem,
) -> Option<(&'d str, &'k mut Problem)> {
    if end.code != Some("missing-opening") {
        return None;
    }
    let Span { source, start, .. } = end.span;
    let own = name(document, source, start);
    let is_open = |other: &&mut Problem| {
        other.code == Some("missing-closing")
            && other.message.ends_with(NEVER_CLOSED)
            && other.span.source == source
            && name(document, source, other.span.start) == own
    };
    Some((own, kept.iter_mut().rev().find(is_open)?))
}

/// What the parser's sentence of a tag that is never closed ends in.
const NEVER_CLOSED: &str = "where it ends";

/// Of a tag whose end is indented so far that it is text, the indentation.
fn with_indentation(document: &Document, problems: Vec<Problem>) -> Vec<Problem> {
    let mut kept: Vec<Problem> = Vec::new();
    for problem in problems {
        let Span { source, start, .. } = problem.span;
        if is_indented(text_of(document, source), start)
            && let Some((own, opening)) = opening_of(document, &mut kept, &problem)
        {
            opening.message = format!(
                "the `{{% /{own} %}}` of this tag is indented so far that it is text: begin both in the \
                 column of the text around them"
            );
        } else {
            kept.push(problem);
        }
    }
    kept
}

/// Of a tag whose end stands outside of what the tag stands in, or inside of more, that.
fn with_bounds(document: &Document, problems: Vec<Problem>) -> Vec<Problem> {
    let is_unclosed = |problem: &&Problem| problem.code == Some("missing-closing");
    let unclosed: BTreeSet<_> = problems.iter().filter(is_unclosed).map(place).collect();
    let is_bound = |node: &&Node| match node.kind {
        Kind::Item | Kind::Blockquote => true,
        Kind::Tag(_) => !unclosed.contains(&(node.span.source, node.span.start)),
        _ => false,
    };
    let bounds: Vec<&Node> = document.nodes().filter(is_bound).collect();
    let mut kept: Vec<Problem> = Vec::new();
    for problem in problems {
        if let Some((own, opening)) = opening_of(document, &mut kept, &problem)
            && let Some(bound) = bound_between(&bounds, opening.span, problem.span)
        {
            let (place, cure) = match bound.tag() {
                Some(tag) => (format!("`{tag}`"), "close first what was opened last"),
                None if bound.kind == Kind::Item => {
                    ("item of a list".to_owned(), "indent both as its text, or neither")
                }
                None => ("quote".to_owned(), "begin the lines of both with `>`, or of neither"),
            };
            opening.message =
                format!("this `{own}` and its `{{% /{own} %}}` do not stand in the same {place}: {cure}");
        } else {
            kept.push(problem);
        }
    }
    kept
}

/// The innermost node that one of two places is in, and the other is not.
fn bound_between<'a>(bounds: &[&'a Node], one: Span, other: Span) -> Option<&'a Node> {
    let holds = |node: &Node, place: Span| (node.span.start..node.span.end).contains(&place.start);
    let between = bounds
        .iter()
        .copied()
        .filter(|node| node.span.source == one.source && holds(node, one) != holds(node, other));
    between.min_by_key(|node| node.span.end - node.span.start)
}

/// What is said of a tag that closes itself and is not closed is how it is written.
fn without_closing(document: &Document, problems: Vec<Problem>) -> Vec<Problem> {
    let told: BTreeSet<(u32, u32)> = problems
        .iter()
        .filter(|problem| problem.code == Some("tag-selfclosing-has-children"))
        .map(place)
        .collect();
    let is_unclosed = |problem: &&Problem| problem.code == Some("missing-closing");
    let unclosed: BTreeSet<_> = problems.iter().filter(is_unclosed).map(place).collect();
    let schemas = schemas();
    let mut kept = Vec::new();
    for mut problem in problems {
        let Span { source, start, .. } = problem.span;
        let own = name(document, source, start);
        let closes_itself = schemas.tag(own).is_some_and(|schema| schema.self_closing);
        if problem.code == Some("missing-closing") && closes_itself {
            if told.contains(&(source, start)) {
                continue;
            }
            problem.message = format!("`{own}` has no content: end it with `/%}}`");
        } else if problem.code == Some("missing-closing") && problem.message.ends_with(NEVER_CLOSED) {
            problem.message.push_str("; what follows was taken for its content");
        } else if problem.code == Some("tag-selfclosing-has-children") && unclosed.contains(&place(&problem))
        {
            problem.message = format!(
                "`{own}` is never closed, so what follows was taken for its content: end it with `/%}}`"
            );
        }
        kept.push(problem);
    }
    kept
}

/// The names that questions ask for which cannot be asked, as is said of them.
fn faulty_questions(document: &Document) -> BTreeSet<&str> {
    let faulty = document.nodes().filter(|node| match node.tag() {
        Some("choice") => !node.descendants().any(|inner| inner.tag() == Some("option")),
        Some("input") => node.string("type").is_some_and(|name| ValueType::from_name(name).is_none()),
        _ => false,
    });
    faulty.filter_map(name_of).collect()
}

/// Where a problem begins.
fn place(problem: &Problem) -> (u32, u32) {
    (problem.span.source, problem.span.start)
}

/// Whether a place is the first of its line but for a tab or four blanks.
fn is_indented(text: &str, at: u32) -> bool {
    let before = text.get(..at as usize).unwrap_or_default();
    let indent = before.rsplit('\n').next().unwrap_or_default();
    indent.trim().is_empty() && (indent.contains('\t') || indent.len() >= 4)
}

/// The name of the tag, or of its end, that begins here.
pub(super) fn name(document: &Document, source: u32, at: u32) -> &str {
    let tag = text_of(document, source).get(at as usize..).and_then(|rest| rest.strip_prefix("{%"));
    // Jinja's may begin with `{%-`.
    let name = tag.unwrap_or_default().trim_start_matches('-').trim_start();
    let name = name.strip_prefix('/').unwrap_or(name).trim_start();
    let end = name.find(|character: char| !(character.is_alphanumeric() || matches!(character, '_' | '-')));
    name.get(..end.unwrap_or(name.len())).unwrap_or_default()
}
