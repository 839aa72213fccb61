//! Tags of which one half cannot be read: the other half is not what is wrong, and neither is what
//! stands in a tag because its end is missing.
//!
//! Start with [`settle`].

use super::follow_ups::name;
use super::slips::ENDLESS;
use super::text::text_of;
use crate::markdoc::{Document, Problem, Severity, Span};

/// Takes away what only follows from a half of a tag that is missing, misspelt or without its `%}`.
pub(super) fn settle(document: &Document, problems: &mut Vec<Problem>) {
    contents(document, problems);
    let halves = Halves { document };
    let endless = problems.iter().filter(|problem| problem.code == Some(ENDLESS));
    let endless: Vec<Span> = endless.map(|problem| problem.span).collect();
    for span in endless {
        let others = halves.of_endless(span).into_iter();
        let others = others.filter_map(|half| halves.other(problems, half)).collect();
        follow(problems, (ENDLESS, span), others);
    }
    let misspelt = problems.iter().filter_map(|problem| halves.of_misspelt(problems, problem));
    let misspelt: Vec<(Span, Vec<Span>)> = misspelt.collect();
    for (span, others) in misspelt {
        follow(problems, ("tag-undefined", span), others);
    }
}

/// Takes away that tags are no pairs, and makes their cause as bad as that was.
fn follow(problems: &mut Vec<Problem>, (code, cause): (&str, Span), others: Vec<Span>) {
    let is_cause = |problem: &Problem| problem.code == Some(code) && problem.span == cause;
    if !others.is_empty() {
        let causes = problems.iter_mut().filter(|problem| is_cause(problem));
        causes.for_each(|problem| problem.severity = Severity::Error);
    }
    problems.retain(|problem| !(lacks_half(problem) && others.contains(&problem.span)));
}

/// Whether a problem is that one half of a tag lacks the other.
pub(super) fn lacks_half(problem: &Problem) -> bool {
    matches!(problem.code, Some("missing-opening" | "missing-closing"))
}

/// Takes away what is said of all that stands in a tag for the one reason that it is never closed.
fn contents(document: &Document, problems: &mut Vec<Problem>) {
    let is_open = |span: Span| {
        let places = problems.iter().filter(|problem| problem.code == Some("missing-closing"));
        places.map(|problem| problem.span).any(|open| (open.source, open.start) == (span.source, span.start))
    };
    let open = document.nodes().filter_map(|node| Some((node.tag()?, node.span)));
    let open: Vec<(String, Span)> = open
        .filter(|(_, span)| is_open(*span))
        .map(|(name, span)| (format!(" in a `{name}`"), span))
        .collect();
    problems.retain(|problem| {
        let is_no_row = problem.code == Some("table-content");
        let is_no_step = matches!(problem.code, Some("step-none" | "step-inner"));
        !open.iter().any(|(within, span)| {
            let is_within = problem.span.source == span.source
                && (span.start + 1..span.end).contains(&problem.span.start);
            let follows = is_no_row && within == " in a `table`"
                || is_no_step && problem.message.contains(within)
                || problem.code == Some("heading-empty");
            is_within && follows
        })
    });
}

/// A half of a tag: which, by its name, and where.
struct Half<'a> {
    name: &'a str,
    is_end: bool,
    span: Span,
}

struct Halves<'a> {
    document: &'a Document,
}

impl<'a> Halves<'a> {
    /// The tag that has no `%}`, and what it swallows up to that of another.
    fn of_endless(&self, span: Span) -> Vec<Half<'a>> {
        let Span { source, start, .. } = span;
        let rest = text_of(self.document, source).get(start as usize..).unwrap_or_default();
        let first = rest.find("{%").unwrap_or_default();
        let end = rest.find("%}").filter(|end| *end > first).unwrap_or(first + 2);
        let starts = rest.get(..end).unwrap_or_default().match_indices("{%").map(|(at, _)| at);
        let halves = starts.map(|at| {
            let is_end = rest.get(at + 2..).is_some_and(|tag| tag.trim_start().starts_with('/'));
            let start = start + at as u32;
            Half { name: name(self.document, source, start), is_end, span: Span { start, ..span } }
        });
        halves.collect()
    }

    /// The tag whose name is misspelt, with the end of what was meant.
    fn of_misspelt(&self, problems: &[Problem], problem: &'a Problem) -> Option<(Span, Vec<Span>)> {
        let word = problem.word.as_ref().filter(|_| problem.code == Some("tag-undefined"))?;
        let span = problem.span;
        let own = problems.iter().find(|other| {
            other.code == Some("missing-closing")
                && (other.span.source, other.span.start) == (span.source, span.start)
        })?;
        let end = self.other(problems, Half { name: word.meant.as_deref()?, is_end: false, span })?;
        Some((span, vec![own.span, end]))
    }

    /// The other half, which lacks this one: the next end, or the last opening before it.
    fn other(&self, problems: &[Problem], half: Half<'_>) -> Option<Span> {
        let code = if half.is_end { "missing-closing" } else { "missing-opening" };
        let is_other = |span: &Span| {
            span.source == half.span.source
                && (span.start < half.span.start) == half.is_end
                && name(self.document, span.source, span.start) == half.name
        };
        let lacking = problems.iter().filter(|problem| problem.code == Some(code));
        let others = lacking.map(|problem| problem.span).filter(is_other);
        others.min_by_key(|span| span.start.abs_diff(half.span.start))
    }
}
