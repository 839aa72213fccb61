//! The front matter where it says nothing, or something else than its author may have meant.

use crate::command::front_matter::{FrontMatter, Line};
use crate::guide::{declares_id, slug};
use crate::markdoc::{Document, Problem, suggest};

/// The keys that mean something to a guide. A docs site has others of its own.
const KEYS: [&str; 4] = ["id", "title", "lang", "base"];

/// What is wrong in the front matter of a page; that of its partials counts nowhere.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let front_matter = FrontMatter::of(document);
    let given: Vec<&str> = front_matter.lines().filter_map(|line| line.entry()).map(|(key, _)| key).collect();
    let mut problems: Vec<Problem> = front_matter.fault.iter().cloned().collect();
    problems.extend(front_matter.lines().filter_map(|line| wrong(&line, &given)));
    problems.extend(untitled(document, &front_matter));
    problems.extend(KEYS.into_iter().filter_map(|key| {
        let place =
            front_matter.place(key).filter(|_| given.iter().filter(|given| **given == key).count() > 1)?;
        let message = format!("`{key}` is given before: only this last one counts");
        Some(Problem::warning(place, message).coded("front-matter-twice").about(key, None))
    }));
    problems
}

/// A guide's title stands above its first phase.
fn untitled(document: &Document, front_matter: &FrontMatter<'_>) -> Option<Problem> {
    // One that is misspelt is told to be.
    let is_title = |key: &str| suggest(key, ["title"].into_iter()).is_some();
    let is_titled = |line: Line<'_>| {
        line.entry().is_some_and(|(key, _)| match key {
            "title" => !line.worth().is_empty(),
            _ => !KEYS.contains(&key) && is_title(key),
        })
    };
    if !declares_id(document) || front_matter.lines().any(is_titled) {
        return None;
    }
    let place = front_matter.place("title").or_else(|| front_matter.place("id"))?;
    let message = "this guide has no `title`: its first heading is taken for one, and readers see it twice";
    Some(Problem::warning(place, message).coded("front-matter-title"))
}

fn wrong(line: &Line<'_>, given: &[&str]) -> Option<Problem> {
    let Some((key, value)) = line.entry().filter(|(key, _)| !key.contains(char::is_whitespace)) else {
        let message = "this line says nothing: the front matter is made of lines `key: value`";
        return Some(Problem::warning(line.span(), message).coded("front-matter-line"));
    };
    if KEYS.contains(&key) {
        return open_quote(line, key, value).or_else(|| match key {
            "id" => wrong_id(line),
            "lang" => wrong_language(line),
            _ => None,
        });
    }
    let meant = suggest(key, KEYS.into_iter().filter(|known| !given.contains(known)))?;
    let message = format!("`{key}` means nothing to a guide: did you mean `{meant}`?");
    Some(Problem::warning(line.span(), message).coded("front-matter-key").about(key, Some(meant)))
}

/// A value that begins with a quote, and does not end with the next one.
fn open_quote(line: &Line<'_>, key: &str, value: &str) -> Option<Problem> {
    let quote = value.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    if !line.worth().starts_with(quote) {
        return None;
    }
    let message = format!(
        "the {quote} that `{key}` begins with is not closed at its end, and so is part of it: take all its quotes \
         away, or put it between quotes that it does not hold"
    );
    Some(Problem::warning(line.span(), message).coded("front-matter-quote"))
}

/// A browser knows languages by their tags: `en`, `pt-BR`.
fn wrong_language(line: &Line<'_>) -> Option<Problem> {
    let lang = line.worth();
    let mut parts = lang.split('-');
    let is_part = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let is_tag = parts.next().is_some_and(|first| first.len() > 1 && is_part(first, 3))
        && parts.all(|part| is_part(part, 8));
    if lang.is_empty() || is_tag {
        return None;
    }
    let message = format!("`{lang}` is no tag of a language: write it as `en`, `de` or `pt-BR`");
    Some(Problem::warning(line.span(), message).coded("front-matter-lang").about(&lang, None))
}

/// An id stands in addresses, in attributes and on command lines.
fn wrong_id(line: &Line<'_>) -> Option<Problem> {
    let id = line.worth();
    if id.is_empty() {
        let message = "this `id` is empty: write it in the same line, as in `id: upgrade-2.0`";
        return Some(Problem::warning(line.span(), message).coded("front-matter-id"));
    }
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
    if id.chars().all(is_plain) {
        return None;
    }
    let meant: String = slug(&id).chars().filter(|character| is_plain(*character)).collect();
    let meant = meant.trim_matches('-');
    let message =
        "an id of letters from a to z, digits, `-`, `_` and `.` needs no quotes in an address or a command";
    let problem = Problem::warning(line.span(), message).coded("front-matter-id");
    Some(problem.about(&id, Some(meant).filter(|meant| !meant.is_empty())))
}
