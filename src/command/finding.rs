//! A problem as its author is shown it: with its place in the files, the line quoted as
//! compilers do, and what to write instead; for programs as JSON.
//!
//! Start with [`Finding::new`]. A place is as narrow as is known: the wrong word where it is
//! one word, else the first line of what is wrong.

mod word;

use std::cmp::Reverse;
use std::fmt::Write;
use std::ops::Range;
use std::rc::Rc;

use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use serde::Serialize;

use crate::markdoc::{Lines, Problem, Severity, Source, Word};

/// The most bytes that are quoted before and after what is wrong: no terminal shows more of a
/// line, and a page may be one line.
const QUOTED: usize = 400;

/// A file that has problems, and where its lines begin: a page may have thousands of both.
#[derive(Default)]
pub(super) struct File {
    path: String,
    text: Rc<str>,
    lines: Lines,
}

/// A problem in a file; its order is the order in which authors are shown them.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Finding {
    pub(super) path: String,
    span: Places,
    severity: Reverse<Severity>,
    message: String,
    code: Option<&'static str>,
    /// What was most likely meant: all of these at once.
    edits: Vec<Edit>,
    /// The file, to quote it.
    text: Rc<str>,
}

/// From where to where something stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Places {
    start: Place,
    end: Place,
}

/// A place in a file: an offset counts bytes from 0, a line and a column from 1, the column
/// in characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Place {
    offset: usize,
    line: usize,
    column: usize,
}

/// A text to put in the place of another.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Edit {
    span: Places,
    text: String,
}

/// The findings as a program reads them. The names are a contract.
#[derive(Serialize)]
struct Printed<'a> {
    problems: Vec<Entry<'a>>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    path: &'a str,
    span: &'a Places,
    severity: &'static str,
    code: Option<&'static str>,
    message: &'a str,
    suggestion: Option<Suggestion<'a>>,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    message: String,
    edits: &'a [Edit],
}

impl Finding {
    /// A problem of this file.
    pub(super) fn new(problem: &Problem, file: &File) -> Self {
        let text = &*file.text;
        let whole = within(text, problem.span.start as usize..problem.span.end as usize);
        let places =
            |range: Range<usize>| Places { start: file.place(range.start), end: file.place(range.end) };
        let named = word::place(problem, text, &whole);
        let edits = match (&problem.word, &named) {
            (Some(Word { given, meant: Some(meant) }), Some(range)) => [range.clone()]
                .into_iter()
                .chain(closing(text, &whole, given).filter(|_| problem.code == Some("tag-undefined")))
                .map(|range| Edit { span: places(range), text: meant.clone() })
                .collect(),
            _ => Vec::new(),
        };
        Self {
            path: file.path.clone(),
            span: places(named.unwrap_or_else(|| first_line(text, whole))),
            severity: Reverse(problem.severity),
            message: problem.message.replace('\n', " "),
            code: problem.code,
            edits,
            text: Rc::clone(&file.text),
        }
    }

    pub(super) fn is_error(&self) -> bool {
        self.severity.0 == Severity::Error
    }

    /// The finding as a command of a GitHub workflow: `::error file=…,line=…::message`.
    pub(super) fn annotation(&self) -> String {
        // A value's end is also a comma, and a file's name is anyone's.
        let message = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
        let value = |text: &str| message(text).replace(':', "%3A").replace(',', "%2C");
        let Places { start, end } = &self.span;
        // GitHub takes columns only within one line.
        let columns = match start.line == end.line {
            true => format!(",col={},endColumn={}", start.column, end.column),
            false => String::new(),
        };
        let (severity, path) = (self.severity.0.name(), value(&self.path));
        let lines = format!("line={},endLine={}", start.line, end.line);
        format!("::{severity} file={path},{lines}{columns}::{}\n", message(&self.message))
    }

    /// The finding for people, in colours: one line `path:line:column: severity: message`,
    /// then the line quoted.
    pub(super) fn quoted(&self) -> String {
        let (level, color) = match self.severity.0 {
            Severity::Error => (Level::ERROR, AnsiColor::BrightRed),
            Severity::Warning => (Level::WARNING, AnsiColor::Yellow),
        };
        let bold = Style::new().effects(Effects::BOLD);
        let colored = color.on_default().effects(Effects::BOLD);
        let Place { line, column, .. } = self.span.start;
        let severity = self.severity.0.name();
        let mut out = String::new();
        // Writing to a text cannot fail.
        let _ = write!(out, "{bold}{}:{line}:{column}:{bold:#} ", self.path);
        let _ = writeln!(out, "{colored}{severity}:{colored:#} {bold}{}{bold:#}", self.message);
        if self.text.is_empty() {
            return out;
        }
        let Range { start, end } = self.span.range();
        let quote = self.quote(start..self.text.floor_char_boundary(end.min(start + QUOTED)));
        let primary = AnnotationKind::Primary.span(quote.place(&self.span));
        let quoted = Snippet::source(quote.text).line_start(line).annotation(primary);
        let mut groups = vec![Group::with_level(level).element(quoted)];
        if let Some(suggestion) = self.suggestion()
            && let (Some(first), Some(last)) = (self.edits.first(), self.edits.last())
        {
            let quote = self.quote(first.span.start.offset..last.span.end.offset);
            let patches =
                self.edits.iter().map(|edit| Patch::new(quote.place(&edit.span), edit.text.as_str()));
            let patched = Snippet::source(quote.text).line_start(first.span.start.line).patches(patches);
            groups.push(Level::HELP.secondary_title(suggestion.message).element(patched));
        }
        out.push_str(&Renderer::styled().render(&groups));
        out.push('\n');
        out
    }

    /// The lines in which a range lies, as far as they are near it.
    fn quote(&self, range: Range<usize>) -> Quote<'_> {
        let text = &*self.text;
        let from = text.floor_char_boundary(range.start.saturating_sub(QUOTED));
        let to = text.ceil_char_boundary((range.end + QUOTED).min(text.len()));
        let before = text.get(from..range.start).unwrap_or_default();
        let after = text.get(range.end..to).unwrap_or_default();
        let start = before.rfind('\n').map_or(from, |newline| from + newline + 1);
        let end = after.find('\n').map_or(to, |newline| range.end + newline);
        Quote { text: text.get(start..end).unwrap_or_default().trim_end_matches('\r'), start }
    }

    fn suggestion(&self) -> Option<Suggestion<'_>> {
        let meant = &self.edits.first()?.text;
        Some(Suggestion { message: format!("write `{meant}`"), edits: &self.edits })
    }
}

/// The findings as JSON.
pub(super) fn json<'a>(findings: impl Iterator<Item = &'a Finding>) -> String {
    let problems: Vec<Entry> = findings
        .map(|finding| Entry {
            path: &finding.path,
            span: &finding.span,
            severity: finding.severity.0.name(),
            code: finding.code,
            message: &finding.message,
            suggestion: finding.suggestion(),
        })
        .collect();
    let count = |severity| problems.iter().filter(|entry| entry.severity == severity).count();
    let report = Printed { errors: count("error"), warnings: count("warning"), problems };
    // Every key is a text, and a text takes all that is written to it.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

/// Some of a file's text.
struct Quote<'a> {
    text: &'a str,
    /// Where it begins in the file.
    start: usize,
}

impl Quote<'_> {
    /// Where something stands in it, as far as it does.
    fn place(&self, places: &Places) -> Range<usize> {
        let Range { start, end } = places.range();
        start.saturating_sub(self.start)..(end.saturating_sub(self.start)).min(self.text.len())
    }
}

impl Places {
    fn range(&self) -> Range<usize> {
        self.start.offset..self.end.offset
    }
}

impl File {
    pub(super) fn new(source: &Source) -> Self {
        let text = source.text.as_str();
        Self { path: source.path.clone(), text: text.into(), lines: Lines::of(text) }
    }

    fn place(&self, offset: usize) -> Place {
        let (line, column) = self.lines.line_column(&self.text, offset);
        Place { offset, line, column }
    }
}

/// A range that lies in the text and cuts no character.
fn within(text: &str, range: Range<usize>) -> Range<usize> {
    let end = text.floor_char_boundary(range.end.min(text.len()));
    text.floor_char_boundary(range.start.min(end))..end
}

/// The name in the tag that closes the one that the range begins with.
fn closing(text: &str, whole: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let slice = text.get(whole.clone())?;
    let body = slice.trim_end().strip_suffix("%}")?.trim_end();
    let end = body.len();
    let before = body.strip_suffix(name)?.trim_end();
    let is_closing = before.strip_suffix('/')?.trim_end().ends_with("{%");
    is_closing.then_some(whole.start + end - name.len()..whole.start + end)
}

fn first_line(text: &str, whole: Range<usize>) -> Range<usize> {
    let line = text.get(whole.clone()).and_then(|slice| slice.lines().next()).unwrap_or_default();
    whole.start..whole.start + line.trim_end().len()
}
