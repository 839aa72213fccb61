//! The front matter of a page: what the guide is called and where its links lead.

use crate::markdoc::{Document, Problem, Span};

/// What the front matter says. It is lines of `key: value`; keys that mean nothing to
/// us (the docs site has its own) are left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// `id`: names the guide in storage. A page without one takes its title's slug.
    pub id: String,
    /// `title`, or else the page's first heading.
    pub title: String,
    /// `base`: what links that start with `/` are relative to.
    pub base: Option<String>,
}

impl Meta {
    /// Reads a page's front matter.
    pub fn read(document: &Document) -> (Self, Vec<Problem>) {
        let front_matter = document.front_matter.as_deref().unwrap_or_default();
        let mut meta = Self::default();
        let mut problems = Vec::new();
        for line in front_matter.lines() {
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = unquoted(value.trim());
            match key.trim() {
                "id" => meta.id = value.to_owned(),
                "title" => meta.title = value.to_owned(),
                "base" if value.starts_with("https://") || value.starts_with("http://") => {
                    meta.base = Some(value.trim_end_matches('/').to_owned());
                }
                "base" => problems.push(Problem::error(
                    Span::default(),
                    format!("`base` must be an address that starts with https://, not `{value}`"),
                )),
                _ => {}
            }
        }
        if meta.title.is_empty() {
            let heading = document.children.iter().find(|node| node.kind == crate::markdoc::Kind::Heading);
            meta.title = heading.map(|node| node.text()).unwrap_or_default();
        }
        if meta.id.is_empty() {
            meta.id = slug(&meta.title);
        }
        (meta, problems)
    }

    /// Where a link of the page leads.
    pub fn resolve(&self, href: &str) -> String {
        match &self.base {
            Some(base) if href.starts_with('/') && !href.starts_with("//") => format!("{base}{href}"),
            _ => href.to_owned(),
        }
    }
}

/// A title as part of an id: lower case, with `-` between words.
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
    slug
}

fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner;
        }
    }
    value
}
