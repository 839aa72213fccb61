//! The cures of tags that cannot be read: the parser says which sign does not fit, and here the
//! commonest slips are known by what stands around it.
//!
//! Start with [`cure`].

use std::collections::HashSet;

use super::tags::declared;
use crate::markdoc::{Document, Problem, Span};

/// The code of a value of which the second quote is missing.
pub(super) const QUOTE: &str = "quote-unclosed";

/// Says of tags that cannot be read what to write instead, where that is known.
pub(super) fn cure(document: &Document, problems: &mut [Problem]) {
    let names = declared(document);
    for problem in problems {
        let source = document.sources.get(problem.span.source as usize);
        let text = source.map_or("", |source| source.text.as_str());
        match problem.code {
            Some("parse-error") => {}
            None => {
                unclosed(text, problem);
                continue;
            }
            Some(_) => continue,
        }
        let Some(slip) = Slip::at(text, problem.span.start as usize) else { continue };
        if let Some(cure) = slip.cure(&names) {
            let (start, end) = cure.place;
            let span = Span { start: start as u32, end: end as u32, ..problem.span };
            let cured = Problem::error(span, cure.message).coded("parse-error");
            *problem = match cure.meant {
                Some((given, meant)) => cured.about(&given, Some(&meant)),
                None => cured,
            };
        }
    }
}

/// Says of a tag without an end that one of its quotes takes that for its text.
fn unclosed(text: &str, problem: &mut Problem) {
    let tag = text.get(problem.span.start as usize..).filter(|tag| tag.starts_with("{%")).unwrap_or_default();
    if let Some((at, message)) = open_quote(tag) {
        problem.span.start += at as u32;
        problem.message = message;
        problem.code = Some(QUOTE);
    }
}

/// Where in a tag's line a quote stands that is never closed, and what is said of it.
pub(super) fn open_quote(line: &str) -> Option<(usize, String)> {
    let line = line.lines().next()?;
    let mut is_escaped = false;
    let quotes = line.char_indices().filter(|(_, c)| {
        let is_quote = *c == '"' && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        is_quote
    });
    let quotes: Vec<usize> = quotes.map(|(at, _)| at).collect();
    let last = quotes.last().filter(|_| quotes.len() % 2 == 1)?;
    let value = line.get(last + 1..)?.trim();
    Some((*last, format!("the quote before `{value}` is never closed: write `\"` where its value ends")))
}

/// A sign that does not fit in a tag, and what stands around it.
struct Slip<'a> {
    /// Where the tag's text begins in the file, behind `{%`.
    start: usize,
    /// What stands before the sign, in the tag.
    before: &'a str,
    /// The sign and what follows, up to the tag's end or its line's.
    after: &'a str,
}

/// What to write instead.
struct Cure {
    message: String,
    place: (usize, usize),
    meant: Option<(String, String)>,
}

impl<'a> Slip<'a> {
    fn at(text: &'a str, place: usize) -> Option<Self> {
        let start = text.get(..place)?.rfind("{%")? + 2;
        let after = text.get(place..)?;
        let end = ["%}", "\n"].iter().filter_map(|end| after.find(end)).min().unwrap_or(after.len());
        Some(Self { start, before: text.get(start..place)?, after: after.get(..end)? })
    }

    fn cure(&self, names: &HashSet<&str>) -> Option<Cure> {
        self.quote()
            .or_else(|| self.brace())
            .or_else(|| self.otherwise())
            .or_else(|| self.of_jinja())
            .or_else(|| self.equals_sign())
            .or_else(|| self.word_for_function())
            .or_else(|| self.id())
            .or_else(|| self.bare_value())
            .or_else(|| self.bare_name(names))
    }

    /// A cure whose place is so many bytes of the tag.
    fn say(&self, place: (usize, usize), message: String) -> Option<Cure> {
        Some(Cure { message, place: (self.start + place.0, self.start + place.1), meant: None })
    }

    /// The whole tag, as far as it is known.
    fn whole(&self) -> String {
        [self.before, self.after].concat()
    }

    /// `noteType="Warning %}`
    fn quote(&self) -> Option<Cure> {
        let (at, message) = open_quote(self.before).filter(|_| self.after.is_empty())?;
        self.say((at, self.before.len()), message)
    }

    /// `{% $host } … %}`
    fn brace(&self) -> Option<Cure> {
        let whole = self.whole();
        let at = whole.find('}').filter(|at| *at >= self.before.len())?;
        let is_other = whole.get(..at).is_some_and(|inside| inside.contains(['{', '"']));
        if is_other {
            return None;
        }
        let cure = self.say((at, at + 1), "this tag ends with `}`: write `%}`".to_owned())?;
        Some(Cure { meant: Some(("}".to_owned(), "%}".to_owned())), ..cure })
    }

    /// `{% else if $a %}`
    fn otherwise(&self) -> Option<Cure> {
        let whole = self.whole();
        let rest = whole.trim_start().strip_prefix("else")?.trim_start().strip_prefix("if ")?;
        let condition = rest.trim().trim_end_matches('/').trim_end();
        let message = format!("write `{{% else {condition} /%}}`, without `if`");
        self.say((self.before.len(), whole.trim_end().len()), message)
    }

    /// `{% include "shared.md" %}`, `{% for host in hosts %}`
    fn of_jinja(&self) -> Option<Cure> {
        let whole = self.whole();
        let message = match whole.trim().split_once(' ')? {
            ("include", file) => {
                let file = file.trim().trim_end_matches('/').trim_end().trim_matches(['"', '\'']);
                format!("write `{{% partial file=\"{file}\" /%}}`")
            }
            ("for", rest) if rest.contains(" in ") => {
                "a page has no `for`: write out what is for each".to_owned()
            }
            _ => return None,
        };
        self.say((0, whole.len()), message)
    }

    /// `noteType = "Tip"`
    fn equals_sign(&self) -> Option<Cure> {
        let is_around = self.after.starts_with(' ') && self.after.trim_start().starts_with('=');
        let is_behind = self.before.trim_end().ends_with('=') && self.after.starts_with(' ');
        if !is_around && !is_behind || self.after.trim_start().starts_with("==") {
            return None;
        }
        let end = self.after.len() - self.after.trim_start_matches([' ', '=']).len();
        let at = self.before.len();
        self.say((at, at + end), "no blank may stand before or behind the `=` of an attribute".to_owned())
    }

    /// `not equals(…)`, `$a and $b`
    fn word_for_function(&self) -> Option<Cure> {
        let at = self.before.len();
        let rest = self.after.trim_start();
        let next = rest.split([' ', '(']).next().unwrap_or_default();
        let (word, example) = if self.before.ends_with([' ', '\t']) && self.after.starts_with('!') {
            ("!", "not(…)")
        } else if self.before.trim_end().rsplit([' ', '(', ',']).next() == Some("not") {
            ("not", "not(…)")
        } else {
            match next {
                "and" | "&&" => (next, "and(…, …)"),
                "or" | "||" => (next, "or(…, …)"),
                _ => return None,
            }
        };
        self.say((at, at + self.after.trim_end().len()), format!("`{word}` is a function: write `{example}`"))
    }

    /// `{% #my id %}`
    fn id(&self) -> Option<Cure> {
        let whole = self.whole();
        let words: Vec<&str> = whole.trim().strip_prefix('#')?.split_whitespace().collect();
        let is_plain = |word: &&str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        let id: Vec<&str> = words.iter().copied().take_while(is_plain).collect();
        if id.len() < 2 {
            return None;
        }
        let (given, meant) = (format!("#{}", id.join(" ")), format!("#{}", id.join("-")));
        let at = whole.find('#')?;
        let message = format!("an id has no blank in it: write `{meant}`");
        let cure = self.say((at, at + given.len()), message)?;
        Some(Cure { meant: Some((given, meant)), ..cure })
    }

    /// `noteType=Warning`
    fn bare_value(&self) -> Option<Cure> {
        let start = self.before.rfind([' ', '\t', '\n']).map_or(0, |at| at + 1);
        let rest = self.after.split([' ', '\t', '\n']).next().unwrap_or_default();
        let token = [self.before.get(start..)?, rest].concat();
        let token = token.trim_end_matches('/');
        let (name, value) = token.split_once('=')?;
        let is_bare = |c: char| !c.is_whitespace() && !"\"'“”„‘’$@[{(),=".contains(c);
        if name.is_empty() || value.is_empty() || !value.chars().all(is_bare) {
            return None;
        }
        let (meant, message) = match truth(name, value) {
            Some(truth) => {
                let meant = format!("{name}={truth}");
                let message = format!("`{value}` is no value: write `{meant}`");
                (meant, message)
            }
            None => {
                let meant = format!("{name}=\"{value}\"");
                let message = format!("a text stands between double quotes: write `{meant}`");
                (meant, message)
            }
        };
        let cure = self.say((start, start + token.len()), message)?;
        Some(Cure { meant: Some((token.to_owned(), meant)), ..cure })
    }

    /// `equals(db, "mysql")`
    fn bare_name(&self, names: &HashSet<&str>) -> Option<Cure> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let before = self.before.trim_end_matches(is_part);
        let name = self.before.get(before.len()..).filter(|name| !name.is_empty())?;
        let is_parameter = before.trim_end().ends_with(['(', ',']) && self.after.starts_with([',', ')', ' ']);
        if !is_parameter {
            return None;
        }
        let place = (before.len(), self.before.len());
        let meant = format!("${name}");
        if names.contains(name) {
            let cure = self.say(place, format!("a variable begins with `$`: write `{meant}`"))?;
            return Some(Cure { meant: Some((name.to_owned(), meant)), ..cure });
        }
        self.say(
            place,
            format!("`{name}` is no value: write `{meant}` for a variable, `\"{name}\"` for a text"),
        )
    }
}

/// What is meant by a word where a truth value stands.
fn truth(name: &str, value: &str) -> Option<bool> {
    let is_truth = matches!(name, "gate" | "restart" | "reconnect" | "process" | "stale");
    match value.to_ascii_lowercase().as_str() {
        "yes" | "on" | "true" if is_truth => Some(true),
        "no" | "off" | "false" if is_truth => Some(false),
        _ => None,
    }
}
