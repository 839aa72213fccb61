//! Fences that are not closed where they were meant to end: a heading, the end of the tag around them
//! or the next fence is code, and missing from the checklist.
//!
//! Start with [`settle`].

use super::follow_ups::name;
use super::halves::lacks_half;
use super::text::{each, text_of, written};
use crate::markdoc::{Document, Kind, Node, Problem, Severity, Span};

/// The code of a fence that is not closed.
const CODE: &str = "fence-unclosed";

/// Says of each fence that is not closed what is code because of that, and nothing of what only
/// follows from it.
pub(super) fn settle(document: &Document, problems: &mut Vec<Problem>) {
    each(&document.children, &mut |node| {
        if node.kind == Kind::Fence {
            Fence { document, node }.settle(problems);
        }
    });
}

struct Fence<'a> {
    document: &'a Document,
    node: &'a Node,
}

impl Fence<'_> {
    fn settle(&self, problems: &mut Vec<Problem>) {
        let is_told = |problem: &Problem| problem.code == Some(CODE) && self.begins_at(problem.span);
        let told = problems.iter().position(is_told).map(|place| problems.remove(place));
        let next = self.next();
        let end = self.end(problems);
        let is_of_next = told.is_none() && next.is_some();
        let mut problem = match (told, next, &end) {
            (Some(told), ..) => told,
            (None, Some(_), _) => self.problem("this fence is not closed before the next one begins"),
            (None, None, Some(_)) => self.problem("this fence is not closed before the tag around it ends"),
            (None, None, None) => return,
        };
        let before_next = self.lines().take_while(|(at, _)| next.is_none_or(|next| *at < next));
        let heading = before_next.map(|(_, line)| line).find(|line| is_heading(line));
        if let Some(lost) = heading.or(end.as_ref().map(|(_, end)| written(self.document, *end))) {
            problem.severity = Severity::Error;
            problem.message.push_str(&format!(", and so `{}` is code", lost.trim_end()));
            if let Some(line) = self.before() {
                problem.message.push_str(&format!(
                    "; if it was meant to end one, the fence of line {line} is not closed where it should be"
                ));
            }
        } else if is_of_next {
            problem
                .message
                .push_str(": close it above that, or write more of its signs if that is a part of it");
        }
        let mut halves = self.begun(problems);
        halves.extend(end.into_iter().flat_map(|(opening, end)| [opening, end]));
        problems.retain(|other| {
            let is_in_next = next.is_some_and(|next| self.holds(other.span) && other.span.start >= next);
            let is_half = lacks_half(other) && halves.contains(&other.span);
            let is_row = other.code == Some("table-content") && self.holds(other.span);
            let follows = is_in_next || is_half || is_row;
            if follows {
                problem.severity = problem.severity.max(other.severity);
            }
            !follows
        });
        problems.push(problem);
    }

    fn problem(&self, message: &str) -> Problem {
        let Span { start, .. } = self.node.span;
        let place = Span { end: start + self.marks().len() as u32, ..self.node.span };
        Problem::warning(place, message).coded(CODE)
    }

    /// The signs that it begins with.
    fn marks(&self) -> &str {
        let line = written(self.document, self.node.span);
        let mark = line.chars().next().unwrap_or('`');
        line.get(..line.len() - line.trim_start_matches(mark).len()).unwrap_or_default()
    }

    /// The line in which the fence before it begins, where this one has no language: that one may
    /// have been ended by what was meant to begin the next.
    fn before(&self) -> Option<usize> {
        let Span { source, start, .. } = self.node.span;
        let is_bare = written(self.document, self.node.span).lines().next()?.trim_end() == self.marks();
        let others = self.document.nodes().filter(|other| {
            other.kind == Kind::Fence && other.span.source == source && other.span.start < start
        });
        let other = others.filter(|_| is_bare).max_by_key(|other| other.span.start)?;
        let before = text_of(self.document, source).get(..other.span.start as usize)?;
        Some(before.matches('\n').count() + 1)
    }

    /// The lines of its code, with where each begins in its file.
    fn lines(&self) -> impl Iterator<Item = (u32, &str)> {
        let mut at = self.node.span.start;
        let places = written(self.document, self.node.span).split_inclusive('\n').map(move |line| {
            at += line.len() as u32;
            at
        });
        places.zip(self.node.string("content").unwrap_or_default().lines())
    }

    /// Where a line of its code begins a fence with a language, which none within it could end.
    fn next(&self) -> Option<u32> {
        let marks = self.marks();
        let begins = |line: &str| {
            let text = line.trim_start_matches(' ');
            let info = text.strip_prefix(marks).filter(|_| line.len() - text.len() < 4)?;
            let info = info.trim_start_matches(marks.chars().next()?);
            let is_language = info.trim_start().starts_with(|c: char| c.is_ascii_alphabetic());
            Some(is_language && !info.contains(['`', '~']))
        };
        self.lines().find(|(_, line)| begins(line) == Some(true)).map(|(at, _)| at)
    }

    /// Where the tag around it begins, and where its end stands in the code.
    fn end(&self, problems: &[Problem]) -> Option<(Span, Span)> {
        let end = |problem: &&Problem| problem.code == Some("missing-opening") && self.holds(problem.span);
        problems.iter().filter(end).find_map(|end| {
            let is_before = |opening: &&Problem| opening.span.start < self.node.span.start;
            let openings = self.others(problems, "missing-closing", end.span);
            let opening = openings.filter(is_before).max_by_key(|opening| opening.span.start)?;
            Some((opening.span, end.span))
        })
    }

    /// The places of the tags that begin in its code and end below it, and of their ends.
    fn begun(&self, problems: &[Problem]) -> Vec<Span> {
        let open = |problem: &&Problem| problem.code == Some("missing-closing") && self.holds(problem.span);
        let pairs = problems.iter().filter(open).filter_map(|opening| {
            let is_below = |end: &&Problem| end.span.start >= self.node.span.end;
            let end = self.others(problems, "missing-opening", opening.span).find(is_below)?;
            Some([opening.span, end.span])
        });
        pairs.flatten().collect()
    }

    /// The tags of this file that lack a half, and have the name of the tag at a place.
    fn others<'p>(
        &self,
        problems: &'p [Problem],
        lack: &'p str,
        place: Span,
    ) -> impl Iterator<Item = &'p Problem> {
        let named = |span: Span| name(self.document, span.source, span.start);
        problems.iter().filter(move |problem| {
            problem.code == Some(lack)
                && problem.span.source == place.source
                && named(problem.span) == named(place)
        })
    }

    fn begins_at(&self, span: Span) -> bool {
        (span.source, span.start) == (self.node.span.source, self.node.span.start)
    }

    fn holds(&self, span: Span) -> bool {
        let Span { source, start, end } = self.node.span;
        span.source == source && (start + 1..end).contains(&span.start)
    }
}

/// Whether a line would begin a step or a section.
fn is_heading(line: &str) -> bool {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    (2..=6).contains(&level) && line.get(level..).is_some_and(|rest| rest.starts_with(' '))
}
