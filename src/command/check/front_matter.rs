//! The front matter where it says nothing, or something else than its author may have meant.

use crate::command::front_matter::{FrontMatter, Line};
use crate::guide::slug;
use crate::markdoc::{Document, Problem, suggest};

/// The keys that mean something to a guide. A docs site has others of its own.
const KEYS: [&str; 4] = ["id", "title", "lang", "base"];

/// What is wrong in the front matter of a page; that of its partials counts nowhere.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let Some(page) = document.sources.first() else { return Vec::new() };
    let front_matter = FrontMatter::of(&page.text);
    let given: Vec<&str> = front_matter.lines().filter_map(|line| line.entry()).map(|(key, _)| key).collect();
    let wrong = front_matter.lines().filter_map(|line| wrong(&line, &given));
    let wrong: Vec<Problem> = wrong.collect();
    front_matter.fault.into_iter().chain(wrong).collect()
}

fn wrong(line: &Line<'_>, given: &[&str]) -> Option<Problem> {
    let Some((key, value)) = line.entry().filter(|(key, _)| !key.contains(char::is_whitespace)) else {
        let message = "this line says nothing: the front matter is made of lines `key: value`";
        return Some(Problem::warning(line.span(), message).coded("front-matter-line"));
    };
    if KEYS.contains(&key) {
        return wrong_id(line, value).filter(|_| key == "id");
    }
    let meant = suggest(key, KEYS.into_iter().filter(|known| !given.contains(known)))?;
    let message = format!("`{key}` means nothing to a guide: did you mean `{meant}`?");
    Some(Problem::warning(line.span(), message).coded("front-matter-key").about(key, Some(meant)))
}

/// An id stands in addresses, in attributes and on command lines.
fn wrong_id(line: &Line<'_>, value: &str) -> Option<Problem> {
    let id = value.trim_matches(['"', '\'']);
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
    if id.contains('#') || id.chars().all(is_plain) {
        return None;
    }
    let meant: String = slug(id).chars().filter(|character| is_plain(*character)).collect();
    let meant = meant.trim_matches('-');
    let message =
        "an id of letters from a to z, digits, `-`, `_` and `.` needs no quotes in an address or a command";
    let problem = Problem::warning(line.span(), message).coded("front-matter-id");
    Some(problem.about(id, Some(meant).filter(|meant| !meant.is_empty())))
}
