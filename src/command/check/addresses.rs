//! Links that lead elsewhere than their author meant, or are text: addresses of other sites without
//! `https://`, and signs between which Markdown reads no link.

use super::text::{each, written};
use crate::markdoc::{Document, Kind, Node, Problem, safe_url};

/// The links of a page that are none, or none of those that were meant.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut problems = Vec::new();
    each(&document.children, &mut |node| match node.kind {
        Kind::Link => problems.extend(other_site(node)),
        Kind::Text => problems.extend(no_link(document, node)),
        _ => {}
    });
    problems
}

/// `[docs](www.example.com)` leads to a page of that name beside this one.
fn other_site(link: &Node) -> Option<Problem> {
    const ENDS: [&str; 12] =
        ["com", "org", "net", "io", "dev", "edu", "gov", "app", "info", "eu", "de", "uk"];
    let href = link.string("href")?;
    let host = href.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = host.starts_with("www.")
        || host.rsplit_once('.').is_some_and(|(name, end)| !name.is_empty() && ENDS.contains(&end));
    let is_plain = host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    if !is_host || !is_plain || host.starts_with('.') {
        return None;
    }
    let meant = format!("https://{href}");
    let message =
        format!("this leads to a page named `{href}` of this site: for another site write `{meant}`");
    Some(Problem::warning(link.span, message).coded("link-elsewhere").about(href, Some(&meant)))
}

/// `[docs] (/x)`, `[docs](/back up)`, `[docs](javascript:…)`: readers see them as they are written.
fn no_link(document: &Document, text: &Node) -> Option<Problem> {
    let here = written(document, text.span);
    here.match_indices(']').find_map(|(at, _)| {
        let words = here.get(..at)?.rfind('[').and_then(|open| here.get(open..=at))?;
        let is_meant = here.get(..at + 1 - words.len()).is_some_and(|before| !before.ends_with('\\'));
        let rest = here.get(at + 1..)?;
        let inside = rest.trim_start_matches(' ').strip_prefix('(')?;
        let address = inside.get(..inside.find(')')?)?;
        let is_apart = rest.starts_with(' ');
        let is_address =
            address.starts_with(['/', '#']) || address.starts_with("./") || address.starts_with("http");
        let why = if is_apart && is_address && !address.contains(' ') {
            "put no blank between `]` and `(`".to_owned()
        } else if is_apart {
            return None;
        } else if safe_url(address).is_none() {
            format!("a page may not lead to `{address}`")
        } else if address.trim().contains(' ') && is_address {
            format!("an address has no blanks: write `{}`", address.trim().replace(' ', "%20"))
        } else {
            return None;
        };
        let given = here.get(at + 1 - words.len()..at + 1 + rest.find(')')? + 1)?;
        let message = format!("`{given}` is no link, and readers see it as it is written: {why}");
        let problem = Problem::warning(text.span, message).coded("link-text").about(given, None);
        (is_meant && !words.ends_with("\\]")).then_some(problem)
    })
}
