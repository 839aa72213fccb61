//! What a page says of itself as a whole: in its front matter what the guide is called, its
//! language, where its links lead; and whether it is another's, to which something was added.

use std::borrow::Cow;

use crate::markdoc::{Base, Document, Kind, Node, Problem, Span};

/// The code of the problem that `base` is no address.
pub const WRONG_BASE: &str = "base-invalid";

/// What a page says of itself. Keys of the front matter that mean nothing to us (the docs site
/// has its own) are left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// `id`: names the guide in storage. A page without one takes its title's slug.
    pub id: String,
    /// `title`, or else the page's first heading: of its own level, and where it has none there,
    /// in a partial, say, in any.
    pub title: String,
    /// `lang`: the language that the page is written in.
    pub lang: Option<String>,
    /// `base`: the site that the page's own links and images are relative to.
    pub base: Option<Base>,
    /// Whether something is marked as `added`: then what is not is the original page's.
    pub is_added_to: bool,
}

impl Meta {
    /// Reads a page's front matter, and looks what it marks.
    pub fn read(document: &Document) -> (Self, Vec<Problem>) {
        let mut meta = Self { is_added_to: marks_added(&document.children), ..Self::default() };
        let mut problems = Vec::new();
        for (key, value) in entries(document) {
            match key {
                "id" => meta.id = value.into_owned(),
                "title" => meta.title = value.into_owned(),
                "lang" => meta.lang = Some(value.into_owned()).filter(|lang| !lang.is_empty()),
                "base" => match Base::new(&value) {
                    Some(base) => meta.base = Some(base),
                    None => {
                        let message =
                            ["`base` must be an address that starts with https://, not `", &value, "`"];
                        let problem = Problem::error(Span::default(), message.concat());
                        problems.push(problem.coded(WRONG_BASE));
                    }
                },
                _ => {}
            }
        }
        if meta.title.is_empty() {
            let is_heading = |node: &&Node| node.kind == Kind::Heading;
            let heading = document.children.iter().find(is_heading);
            let heading = heading.or_else(|| document.nodes().find(is_heading));
            meta.title = heading.map(|node| node.text()).unwrap_or_default();
        }
        if meta.id.is_empty() {
            meta.id = slug(&meta.title);
        }
        (meta, problems)
    }
}

fn marks_added(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| node.tag() == Some("added") || marks_added(&node.children))
}

/// The page as if its front matter named this base, which is its embedder's.
pub fn rebased(mut document: Document, base: &str) -> Document {
    let lines = document.front_matter.get_or_insert_default();
    lines.push_str("\nbase: ");
    lines.extend(base.lines().take(1));
    document
}

/// Whether a page is a guide of its own rather than a part of others: its front matter
/// has an `id`.
pub fn declares_id(page: &Document) -> bool {
    entries(page).filter(|(key, _)| *key == "id").last().is_some_and(|(_, id)| !id.is_empty())
}

/// The front matter's own keys, and what their values are worth.
fn entries(page: &Document) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    let mut lines = page.front_matter.as_deref().unwrap_or_default().lines();
    std::iter::from_fn(move || {
        let (key, value) = lines.find_map(entry)?;
        Some((key, worth(value, lines.clone())))
    })
}

/// The key and the value of a line `key: value` of a front matter. What is indented is none: it
/// belongs to the key above it.
pub(crate) fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':').filter(|_| !line.starts_with([' ', '\t', '#']))?;
    Some((key.trim_end(), value.trim()))
}

/// What the value of a line is worth: where that is `>` or `|`, what is indented below it.
pub(crate) fn worth<'a>(value: &'a str, below: impl Iterator<Item = &'a str>) -> Cow<'a, str> {
    let value = unquoted(value);
    if !is_folded(value) {
        return Cow::Borrowed(value);
    }
    let folded = below.take_while(|line| line.is_empty() || line.starts_with([' ', '\t']));
    Cow::Owned(folded.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" "))
}

/// Whether a value says that it stands in the lines below: `>`, `|`, `>-`.
fn is_folded(value: &str) -> bool {
    value.strip_prefix(['>', '|']).is_some_and(|rest| matches!(rest, "" | "-" | "+"))
}

/// A title as part of an id: lower case, with `-` between words. A title of symbols alone
/// has no word for it, and an id is never empty.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for character in title.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() || matches!(character, '_' | '.') {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches(['-', '.']).len());
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// A value without the quotes around it, and without a comment behind it.
fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some((inner, rest)) = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote))
            && (rest.trim().is_empty() || rest.trim_start().starts_with('#'))
        {
            return inner;
        }
    }
    let comment = value.match_indices('#').find(|(at, _)| *at == 0 || value[..*at].ends_with(' '));
    value[..comment.map_or(value.len(), |(at, _)| at)].trim_end()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn the_front_matter_names_the_guide_with_its_own_keys_alone() {
        for (front_matter, is_guide, id, title) in [
            ("id: tool-2\ntitle: Upgrade the tool", true, "tool-2", "Upgrade the tool"),
            ("title: Upgrade the tool\nid : 'tool-2'", true, "tool-2", "Upgrade the tool"),
            ("id: a # of ours\ntitle: \"C # 2: it's new\" # so", true, "a", "C # 2: it's new"),
            ("id: a\ntitle: One\nseo:\n  id: b\n\ttitle: Other", true, "a", "One"),
            ("title: One\nseo:\n  id: b\n", false, "one", "One"),
            ("#id: a\ntitle: One", false, "one", "One"),
            ("id: \"\"\ntitle: One", false, "one", "One"),
            ("id: # none yet\ntitle: One", false, "one", "One"),
            ("id:\ntitle: 🚀", false, "section", "🚀"),
            ("id: 5' or \"6\"\ntitle: 'One' or 'two'", true, "5' or \"6\"", "'One' or 'two'"),
            ("id: a\ntitle: >\n  Upgrade\n\n  the tool\nlang: en", true, "a", "Upgrade the tool"),
            ("title: |-\n\tOne: it's new\nid: a", true, "a", "One: it's new"),
            ("id: a\ntitle: > 1", true, "a", "> 1"),
            ("id: >\ntitle: One", false, "one", "One"),
            ("", false, "section", ""),
        ] {
            let page = Document { front_matter: Some(front_matter.to_owned()), ..Document::default() };
            let (meta, problems) = Meta::read(&page);
            let found = (declares_id(&page), meta.id.as_str(), meta.title.as_str(), problems.len());
            assert_eq!(found, (is_guide, id, title, 0), "{front_matter}");
        }
    }

    #[test]
    fn a_slug_is_never_empty() {
        for (title, expected) in [
            ("Backward Incompatible Changes", "backward-incompatible-changes"),
            ("1.4.0 (UI)", "1.4.0-ui"),
            ("Über_uns…", "über_uns"),
            ("🚀", "section"),
            ("...", "section"),
            ("", "section"),
        ] {
            assert_eq!(slug(title), expected);
        }
    }
}
