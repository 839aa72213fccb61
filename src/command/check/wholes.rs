//! Values between quotes of their author's, and values that are a part of one: what to write there, as
//! a value is quoted as a whole. `"http://{% $host %}/a"` is `{% join("http://", $host, "/a") %}`.
//!
//! Start with [`cure`]. What it says is tried first: it is held against the language once more.

use std::collections::BTreeSet;
use std::ops::Range;

use super::text::text_of;
use crate::environment::value::ValueType;
use crate::markdoc::{Document, Kind, Problem, Span};
use crate::snippet::{Fault, Language, PART_OF_VALUE, Part, Spelling, write};

/// Says of values that cannot stand where they do what to write in the place of them and of what is
/// around them, where that is known. Of several in one text it is said once.
pub(super) fn cure(document: &Document, problems: &mut Vec<Problem>) {
    let mut cured = BTreeSet::new();
    problems.retain_mut(|problem| {
        let is_it = PART_OF_VALUE.contains(&problem.message.as_str());
        let Some(place) = Some(&*problem).filter(|_| is_it).and_then(|problem| Hole::of(document, problem))
        else {
            return true;
        };
        let Some((whole, meant)) = place.cure() else { return true };
        let given = place.code.get(whole.clone()).unwrap_or_default().to_owned();
        let start = place.start + whole.start as u32;
        problem.span = Span { start, end: start + given.len() as u32, ..problem.span };
        let (why, _) = problem.message.split_once(':').unwrap_or((problem.message.trim_end_matches('.'), ""));
        problem.message = format!("{why}: for `{given}` write `{meant}`");
        *problem = problem.clone().about(&given, Some(&meant));
        cured.insert((problem.span.source, start))
    });
}

/// A value in a block of code.
struct Hole<'a> {
    language: Language,
    /// The block as it is written, without the lines of its fence.
    code: &'a str,
    /// Where it begins in its file.
    start: u32,
    /// Where the value stands in it.
    hole: usize,
}

impl<'a> Hole<'a> {
    fn of(document: &'a Document, problem: &Problem) -> Option<Self> {
        let Span { source, start, .. } = problem.span;
        let is_around = |span: Span| span.source == source && (span.start..span.end).contains(&start);
        let fence = document.nodes().find(|node| node.kind == Kind::Fence && is_around(node.span))?;
        let text = text_of(document, source).get(..fence.span.end as usize)?;
        let begins = fence.span.start as usize + text.get(fence.span.start as usize..)?.find('\n')? + 1;
        let code = text.get(begins..)?;
        let ends = code.trim_end().rfind('\n').unwrap_or(code.len());
        Some(Self {
            language: fence.string("language").map(Language::from_fence)?,
            code: code.get(..ends)?,
            start: begins as u32,
            hole: (start as usize).checked_sub(begins)?,
        })
    }

    /// A part of the code, and what to write in its place.
    fn cure(&self) -> Option<(Range<usize>, String)> {
        [Self::quoted, Self::word, Self::behind_name].into_iter().find_map(|part| {
            let whole = part(self)?;
            let written = self.joined(self.code.get(whole.clone())?)?;
            self.is_right(&whole, &written).then_some((whole, written))
        })
    }

    /// The line that the value stands in.
    fn line(&self) -> Option<Range<usize>> {
        let start = self.code.get(..self.hole)?.rfind('\n').map_or(0, |at| at + 1);
        let end = self.code.get(self.hole..)?.find('\n').map_or(self.code.len(), |at| self.hole + at);
        Some(start..end)
    }

    /// The text between quotes that the value stands in, with these.
    fn quoted(&self) -> Option<Range<usize>> {
        let line = self.line()?;
        let mut open: Option<(usize, char)> = None;
        let mut at = line.start;
        while let Some(c) = self.code.get(at..line.end)?.chars().next() {
            let next = at + tag(self.code.get(at..line.end)?).unwrap_or(c.len_utf8());
            match open {
                Some((start, quote)) if quote == c => {
                    if (start..next).contains(&self.hole) {
                        return Some(start..next);
                    }
                    open = None;
                }
                None if matches!(c, '"' | '\'' | '`') => open = Some((at, c)),
                _ => {}
            }
            at = next;
        }
        None
    }

    /// The word that the value stands in: what blanks, commas and brackets end.
    fn word(&self) -> Option<Range<usize>> {
        let line = self.line()?;
        let (mut start, mut at) = (line.start, line.start);
        while let Some(c) = self.code.get(at..line.end)?.chars().next() {
            let next = at + tag(self.code.get(at..line.end)?).unwrap_or(c.len_utf8());
            let is_tag = next > at + c.len_utf8();
            if !is_tag && (c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}')) {
                if (start..at).contains(&self.hole) {
                    return Some(start..at);
                }
                start = next;
            }
            at = next;
        }
        Some(start..line.end)
    }

    /// What follows the name in its line.
    fn behind_name(&self) -> Option<Range<usize>> {
        let line = self.line()?;
        let before = self.code.get(line.start..self.hole)?;
        let value = before.find('=').or_else(|| before.find(": ")).map(|at| line.start + at + 1)?;
        let text = self.code.get(value..line.end)?;
        let start = line.end - text.trim_start().len();
        Some(start..start + text.trim().len())
    }

    /// A text with values in it, as one value.
    fn joined(&self, whole: &str) -> Option<String> {
        let quote = whole.chars().next().filter(|quote| ['"', '\'', '`'].contains(quote));
        let text = match quote {
            Some(quote) => whole.strip_prefix(quote)?.strip_suffix(quote)?,
            None => whole,
        };
        let parts: Vec<&str> = parts(text).collect();
        if let [only] = parts.as_slice() {
            return (tag(only) == Some(only.len()) && only.len() < whole.len()).then(|| (*only).to_owned());
        }
        // Between these stands a name, and what is joined is a text.
        let is_name = match self.language {
            Language::Postgres => quote == Some('"'),
            _ => quote == Some('`'),
        };
        let texts = || parts.iter().filter(|part| tag(part).is_none());
        let is_value = |part: &&str| tag(part).is_none() || inside(part).contains('$') && !is_condition(part);
        if is_name || !parts.iter().all(is_value) || texts().any(|text| text.contains("%}")) {
            return None;
        }
        // What such signs mean in a text is its language's.
        let is_evaluated = texts().any(|text| text.contains(['$', '`', '\\']));
        if self.language == Language::Shell && quote == Some('"') && is_evaluated {
            let quoted = parts.iter().map(|part| match tag(part) {
                Some(_) => (*part).to_owned(),
                None => format!("\"{part}\""),
            });
            return Some(quoted.collect());
        }
        let written = parts.iter().map(|part| match tag(part) {
            Some(_) => inside(part).to_owned(),
            None => format!("\"{}\"", part.replace('"', "\\\"")),
        });
        let is_plain = !texts().any(|text| text.contains('\\'));
        is_plain.then(|| format!("{{% join({}) %}}", written.collect::<Vec<_>>().join(", ")))
    }

    /// Whether values may stand where they do in a text in the place of a part of the code.
    fn is_right(&self, whole: &Range<usize>, instead: &str) -> bool {
        let (Some(before), Some(after)) = (self.code.get(..whole.start), self.code.get(whole.end..)) else {
            return false;
        };
        let Ok(value) = ValueType::Text.parse("x") else { return false };
        let part = |part| match tag(part) {
            Some(_) if is_condition(part) => Part::Literal(""),
            Some(_) => Part::Hole { value: &value, spelling: Spelling::Plain },
            None => Part::Literal(part),
        };
        let start = parts(before).count();
        let place = start..start + parts(instead).count();
        let all = parts(before).chain(parts(instead)).chain(parts(after)).map(part);
        write(self.language, &all.collect::<Vec<_>>()).err().is_none_or(|errors| {
            !errors.iter().any(|error| place.contains(&error.part) && error.fault == Fault::Position)
        })
    }
}

/// Whether a tag is no value, but says for whom a text is.
fn is_condition(tag: &str) -> bool {
    ["if", "else", "/"].iter().any(|name| inside(tag).starts_with(name))
}

/// The length of the tag that a text begins with.
fn tag(text: &str) -> Option<usize> {
    text.strip_prefix("{%")?.find("%}").map(|at| at + 4)
}

/// What stands in a tag.
fn inside(tag: &str) -> &str {
    tag.trim_start_matches("{%").trim_end_matches("%}").trim()
}

/// The tags of a text, and what stands between them.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = tag(rest).or_else(|| rest.find("{%").filter(|at| *at > 0)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        Some(part).filter(|part| !part.is_empty())
    })
}
