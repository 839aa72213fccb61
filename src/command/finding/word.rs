//! Where the wrong word of a problem stands in what is wrong: the same word may stand there as
//! well in a heading, in a link's words or as the value of another attribute.

use std::ops::Range;

use crate::markdoc::Problem;

/// What stands before the wrong word of a problem of this kind.
fn before(code: Option<&str>) -> &'static [&'static str] {
    match code {
        Some("step-undefined" | "step-later" | "needs-section") => &["needs=", "failed="],
        Some("alias-taken" | "alias-invalid") => &["aliases="],
        Some("name-invalid" | "name-capital" | "name-hidden" | "input-duplicate") => &["name="],
        Some("input-bound") => &["min=", "max="],
        Some("attribute-value-invalid") => &["="],
        Some("partial-missing") => &["file="],
        Some("variable-undefined") => &["$"],
        Some("option-undefined") => &["\""],
        // Where its author gave it; else it is made of the words.
        Some("id-duplicate" | "id-invalid") => &["#", "id=", ""],
        Some("link-dead" | "address-unsafe") => &["](", "href=", "src=", "link=", "<"],
        _ => &[""],
    }
}

/// Where the wrong word of a problem stands by itself, in the part of its file that is wrong.
pub(super) fn place(problem: &Problem, text: &str, whole: &Range<usize>) -> Option<Range<usize>> {
    let word = &problem.word.as_ref()?.given;
    let slice = text.get(whole.clone()).filter(|_| !word.is_empty())?;
    let is_call = problem.code == Some("function-undefined");
    let mut words = before(problem.code).iter().flat_map(|before| after(slice, before, word));
    let found =
        words.find(|found| !is_call || slice.get(found.end..).is_some_and(|rest| rest.starts_with('(')))?;
    Some(whole.start + found.start..whole.start + found.end)
}

/// The whole words that stand behind a mark: in the value of an attribute, anywhere in it.
fn after<'a>(text: &'a str, mark: &'a str, word: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
    // A sign may stand at a word.
    let (has_start, has_end) = (word.starts_with(is_part), word.ends_with(is_part));
    let is_whole = move |found: &Range<usize>| {
        let (before, after) = (text.get(..found.start), text.get(found.end..));
        before.is_some_and(|before| !has_start || !before.ends_with(is_part))
            && after.is_some_and(|after| !has_end || !after.starts_with(is_part))
    };
    let words = text.match_indices(word).map(|(at, _)| at..at + word.len()).filter(is_whole);
    words.filter(move |found| match text.get(..found.start).unwrap_or_default() {
        before if mark.ends_with('=') => before.rfind(mark).is_some_and(|at| {
            let value = before.get(at + mark.len()..).unwrap_or_default();
            is_in_value(value)
        }),
        // The file of an address may stand before the id.
        before if mark == "](" => before.rfind(mark).is_some_and(|at| !before[at..].contains([' ', '\n'])),
        before => before.ends_with(mark),
    })
}

/// Whether a value that begins so is not at its end yet.
fn is_in_value(begun: &str) -> bool {
    match begun.strip_prefix('"') {
        Some(text) => !text.contains('"'),
        None => begun.starts_with('[') && !begun.contains(']'),
    }
}
