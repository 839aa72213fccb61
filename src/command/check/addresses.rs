//! Links that lead elsewhere than their author meant, or are text: addresses of other sites without
//! `https://`, signs between which Markdown reads no link, and labels without an address.

use super::text::{each, written};
use crate::markdoc::{Document, Kind, Node, Problem, Span, Value, safe_url, suggest};

/// The links of a page that are none, or none of those that were meant.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut problems = Vec::new();
    each(&document.children, &mut |node| match node.kind {
        Kind::Link => problems.extend(other_site(node)),
        Kind::Text => {
            problems.extend(no_link(document, node));
            problems.extend(undefined(document, node));
        }
        Kind::Inline => problems.extend(with_value(document, node)),
        _ => {}
    });
    problems
}

/// `[notes](https://example.com/{% $to %})`, `<https://example.com/{% $to %}>`: a value ends what
/// would be an address.
fn with_value(document: &Document, inline: &Node) -> Vec<Problem> {
    let pairs = inline.children.iter().zip(inline.children.iter().skip(1));
    let links = pairs.filter_map(|(text, value)| {
        let value = value.attribute("content");
        if text.kind != Kind::Text || !matches!(value, Some(Value::Variable(_) | Value::Function(_))) {
            return None;
        }
        let before = written(document, text.span);
        let link = before.rfind("](").and_then(|at| {
            // What stands between the first two may be code, and no part of this text.
            let open = before.get(..at)?.rfind('[').or(Some(0).filter(|_| at == 0))?;
            Some((open, at + 2, ')'))
        });
        let bare = || before.rfind("<http").map(|at| (at, at + 1, '>'));
        let is_open = |(start, address, end): &(usize, usize, char)| {
            let is_escaped = before.get(..*start).is_some_and(|before| before.ends_with('\\'));
            !is_escaped && before.get(*address..).is_some_and(|address| !address.contains([' ', *end]))
        };
        let (start, _, end) = link.filter(is_open).or_else(|| bare().filter(is_open))?;
        let whole = Span { start: text.span.start + start as u32, end: inline.span.end, ..text.span };
        let here = written(document, whole);
        let behind = here.find("%}")? + 2;
        let given = here.get(..behind + here.get(behind..)?.find(end)? + 1)?;
        let message = format!(
            "`{given}` is no link, and readers see it as it is written: no address has a value in it, so link \
             to a page that is the same for all, or write this address without the signs around it"
        );
        Some(Problem::warning(whole, message).coded("link-text").about(given, None))
    });
    links.collect()
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
fn no_link(document: &Document, text: &Node) -> Vec<Problem> {
    let here = written(document, text.span);
    let links = here.match_indices(']').filter_map(|(at, _)| {
        let words = here.get(..at)?.rfind('[').and_then(|open| here.get(open..=at))?;
        let is_meant = here.get(..at + 1 - words.len()).is_some_and(|before| !before.ends_with('\\'));
        let rest = here.get(at + 1..)?;
        let inside = rest.trim_start_matches(' ').strip_prefix('(')?;
        let address = inside.get(..inside.find(')')?)?;
        let is_apart = rest.starts_with(' ');
        // Behind a blank and a quote stands a title.
        let address = address.split_once(" \"").map_or(address, |(address, _)| address).trim();
        let file = address.split(['#', '?']).next().unwrap_or_default();
        let is_address = address.starts_with(['/', '#', '.'])
            || address.starts_with("http")
            || FILES.iter().any(|end| file.ends_with(end));
        let why = if is_apart && is_address && !address.contains(' ') {
            "put no blank between `]` and `(`".to_owned()
        } else if is_apart {
            return None;
        } else if safe_url(address).is_none() {
            format!("a page may not lead to `{address}`")
        } else if address.contains(' ') && is_address && !address.contains(['<', '>']) {
            format!("an address has no blanks: write `<{address}>` or `{}`", address.replace(' ', "%20"))
        } else {
            return None;
        };
        let given = here.get(at + 1 - words.len()..at + 1 + rest.find(')')? + 1)?;
        let message = format!("`{given}` is no link, and readers see it as it is written: {why}");
        let problem = Problem::warning(text.span, message).coded("link-text").about(given, None);
        (is_meant && !words.ends_with("\\]")).then_some(problem)
    });
    links.collect()
}

/// The ends of the names of files that links lead to.
const FILES: [&str; 7] = [".md", ".html", ".pdf", ".png", ".svg", ".txt", ".yaml"];

/// `[the notes][notes]` where nothing says where `notes` leads.
fn undefined(document: &Document, text: &Node) -> Vec<Problem> {
    let here = written(document, text.span);
    let links = here.match_indices("][").filter_map(|(at, _)| {
        let before = here.get(..at)?;
        // What stands between the first two may be code, and no part of this text.
        let open = before.rfind('[').or(Some(0).filter(|_| at == 0))?;
        let words = before.get(open + 1..).unwrap_or("…");
        let (label, after) = here.get(at + 2..)?.split_once(']')?;
        let given = here.get(open..at + 2 + label.len() + 1)?;
        // `list[0][1]`, `[-a][-b]` and `[^1][^2]` are written so.
        let is_apart = !before.get(..open)?.ends_with(|c: char| c.is_alphanumeric() || "_)]\\".contains(c));
        let is_word = |text: &str| text.starts_with(|c: char| c.is_alphabetic() || c == '…');
        if !is_apart || !is_word(words) || !is_word(label) || after.starts_with(['[', '(']) {
            return None;
        }
        let defined: Vec<&str> = definitions(document).collect();
        if defined.iter().any(|defined| defined.eq_ignore_ascii_case(label)) {
            return None;
        }
        let cure = match suggest(label, defined.into_iter()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write a line `[{label}]: …` with its address, or `[{words}](…)`"),
        };
        let message =
            format!("`[{words}][{label}]` is no link, as nothing says where `{label}` leads: {cure}");
        Some(Problem::warning(text.span, message).coded("link-undefined").about(given, None))
    });
    links.collect()
}

/// The labels that lines of a page say the addresses of: `[notes]: /notes`.
fn definitions(document: &Document) -> impl Iterator<Item = &str> {
    let lines = document.sources.iter().flat_map(|source| source.text.lines());
    lines.filter_map(|line| line.trim_start().strip_prefix('[')?.split_once("]:")).map(|(label, _)| label)
}
