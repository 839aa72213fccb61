//! The cures of tags that cannot be read: the parser says which sign does not fit, and here the
//! commonest slips are known by what stands around it.
//!
//! Start with [`cure`].

use std::collections::HashSet;

use super::tags::declared;
use super::text::{is_of_name, text_of};
use crate::markdoc::{Document, Problem, Span};

/// The code of a value of which the second quote is missing.
pub(super) const QUOTE: &str = "quote-unclosed";

/// The code of a tag that has no `%}`.
pub(super) const ENDLESS: &str = "tag-unclosed";

/// Says of tags that cannot be read what to write instead, where that is known.
pub(super) fn cure(document: &Document, problems: &mut [Problem]) {
    let names = declared(document);
    for problem in problems {
        let text = text_of(document, problem.span.source);
        match problem.code {
            Some("parse-error") => {}
            Some("annotation-unclosed") => {
                unclosed(text, problem);
                continue;
            }
            _ => continue,
        }
        let Some(slip) = Slip::at(text, problem.span.start as usize) else { continue };
        if slip.is_endless(text) && slip.brace().is_none() {
            let start = slip.start as u32 - 2;
            let span = Span { start, end: start + 2, ..problem.span };
            let message = "a `{%` here has no `%}`, and so takes that of the next tag";
            *problem = Problem::error(span, message).coded(ENDLESS);
        } else if let Some(cure) = slip.cure(&names) {
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

/// Says of an annotation without an end that one of its quotes takes that for its text.
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

    /// Whether another tag begins before this one ends.
    fn is_endless(&self, text: &str) -> bool {
        let rest = text.get(self.start..).unwrap_or_default();
        let is_open = open_quote(rest).is_some();
        let mut outside = rest.split('"').step_by(2);
        let mark = outside.find_map(|part| {
            ["{%", "%}"].iter().filter_map(|mark| part.find(mark)).min().map(|at| part.get(at..))
        });
        !is_open && mark.flatten().is_some_and(|mark| mark.starts_with("{%"))
    }

    fn cure(&self, names: &HashSet<&str>) -> Option<Cure> {
        self.quote()
            .or_else(|| self.bracket())
            .or_else(|| self.brace())
            .or_else(|| self.otherwise())
            .or_else(|| self.dash())
            .or_else(|| self.of_jinja())
            .or_else(|| self.comparison())
            .or_else(|| self.parted())
            .or_else(|| self.comma())
            .or_else(|| self.equals_sign())
            .or_else(|| self.other_sign())
            .or_else(|| self.word_for_function())
            .or_else(|| self.id())
            .or_else(|| self.bare_value())
            .or_else(|| self.bare_name(names))
            .or_else(|| self.word())
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

    /// `{% if equals($engine, "mysql" %}`, `{% let name="x" value=and($a, $b /%}`
    fn bracket(&self) -> Option<Cure> {
        if !matches!(self.after.trim(), "" | "/") {
            return None;
        }
        let mut open = Vec::new();
        let mut is_text = false;
        for (at, sign) in self.before.char_indices() {
            match sign {
                '"' => is_text = !is_text,
                _ if is_text => {}
                '(' => open.push((at, sign, ')')),
                '[' => open.push((at, sign, ']')),
                ')' | ']' => {
                    open.pop();
                }
                _ => {}
            }
        }
        let (at, sign, end) = open.pop()?;
        self.say((at, at + 1), format!("this `{sign}` is never closed: write `{end}` where its values end"))
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

    /// `{%- if $a -%}`: Jinja takes the blanks around away.
    fn dash(&self) -> Option<Cure> {
        let whole = self.whole();
        let (at, given, meant) = match whole.strip_prefix('-') {
            Some(_) => (0, "{%-", "{%"),
            None => (whole.strip_suffix('-')?.len(), "-%}", "%}"),
        };
        self.say((at, at + 1), format!("`{given}` is Jinja's: write `{meant}`"))
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

    /// `$engine = "mysql"`, `$engine is "mysql"`
    fn comparison(&self) -> Option<Cure> {
        let whole = self.whole();
        let before = self.before.trim_end();
        // A word may be the name of an attribute, and what stands behind it is what does not fit.
        let words = COMPARED.into_iter().filter(|(word, _)| word.ends_with(char::is_alphabetic));
        let before = words
            .filter_map(|(word, _)| before.strip_suffix(word)?.strip_suffix(' '))
            .next()
            .unwrap_or(before);
        let before = before.trim_end();
        let start = before.rfind([' ', '(', ',']).map_or(0, |at| at + 1);
        let variable = before.get(start..).filter(|word| word.starts_with('$'))?;
        let rest = whole.get(before.len()..)?.trim_start();
        let (sign, is_same) = COMPARED.into_iter().find(|(sign, _)| {
            let value = rest.strip_prefix(sign);
            value.is_some_and(|value| !sign.ends_with(char::is_alphabetic) || value.starts_with(' '))
        })?;
        let value = rest.strip_prefix(sign)?.trim_start();
        let place = |value: &str| (start, whole.len() - value.len());
        let end = |c: char| c.is_whitespace() || matches!(c, ')' | ',' | '/');
        let text = value.strip_prefix(['"', '\'']).and_then(|text| text.split(['"', '\'']).next());
        let (compared, length) = match text {
            Some(text) => (format!("\"{text}\""), (text.len() + 2).min(value.len())),
            None => match value.split(end).next().unwrap_or_default() {
                "" => return None,
                name if name.starts_with('$') => (name.to_owned(), name.len()),
                word => (format!("\"{word}\""), word.len()),
            },
        };
        let Some(is_same) = is_same else {
            let message = format!(
                "a condition knows no `{sign}`: it asks whether values are the same, as in `equals(…, …)`"
            );
            return self.say(place(rest), message);
        };
        let equals = format!("equals({variable}, {compared})");
        let meant = if is_same { equals } else { format!("not({equals})") };
        let end = place(value.get(length..)?).1;
        let given = whole.get(start..end)?.to_owned();
        let cure = self.say((start, end), format!("for `{given}` write `{meant}`"))?;
        Some(Cure { meant: Some((given, meant)), ..cure })
    }

    /// `$ host`, `equals ($host, "a")`
    fn parted(&self) -> Option<Cure> {
        let rest = self.after.trim_start_matches(' ');
        let blanks = self.after.len() - rest.len();
        let before = self.before.trim_end_matches(is_of_name);
        let word = self.before.get(before.len()..)?;
        let (start, meant) = match (before.ends_with('$') && word.is_empty(), rest.starts_with('(')) {
            (true, _) => {
                let name = rest.split(|c| !is_of_name(c)).next().filter(|name| !name.is_empty())?;
                (before.len() - 1, format!("${name}"))
            }
            (_, true) if !word.is_empty() => (before.len(), format!("{word}(")),
            _ => return None,
        };
        let end = self.before.len() + blanks + meant.len() - (self.before.len() - start);
        let given = self.whole().get(start..end).filter(|_| blanks > 0)?.to_owned();
        let cure = self.say((start, end), format!("write `{meant}`, without a blank in it"))?;
        Some(Cure { meant: Some((given, meant)), ..cure })
    }

    /// `equals($host "a")`, `file="a.md", variables=…`
    fn comma(&self) -> Option<Cure> {
        let rest = self.after.trim_start();
        let at = self.before.len() + self.after.len() - rest.len();
        let is_inside = is_inside(self.before);
        if is_inside && rest.starts_with(['"', '$']) {
            let before = self.before.trim_end().len();
            return self.say(
                (before, at + 1),
                "a comma stands between the values of a function or a list".to_owned(),
            );
        }
        if !is_inside && rest.starts_with(',') {
            return self.say((at, at + 1), "no comma stands between attributes: take it away".to_owned());
        }
        None
    }

    /// What the parser says of the blank before a word is said of that.
    fn word(&self) -> Option<Cure> {
        let rest = self.after.trim_start();
        let word = rest.split_whitespace().next().filter(|_| self.after.starts_with(' '))?;
        let at = self.before.len() + self.after.len() - rest.len();
        let whole = self.whole();
        let why = match whole.split_whitespace().next() {
            _ if word.starts_with('|') => ": a page has no filters",
            Some("if" | "else") => ": a condition is a variable, or a function as in `equals(…, …)`",
            Some(value) if value.starts_with('$') => {
                ": a value is a variable, or a function of it as in `join(…, …)`"
            }
            _ => "",
        };
        self.say((at, at + word.len()), format!("`{word}` cannot stand here in a tag{why}"))
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

    /// `severity: "required"`, and `{v="1.6"}`: each has the other's sign.
    fn other_sign(&self) -> Option<Cure> {
        let (given, meant) = match self.after.chars().next()? {
            ':' if !is_inside(self.before) => (':', "="),
            '=' if is_inside(self.before) => ('=', ": "),
            _ => return None,
        };
        let before = self.before.trim_end_matches(is_of_name);
        let name = self.before.get(before.len()..).filter(|name| !name.is_empty())?;
        let value = self.after.strip_prefix(given)?.trim_start();
        let value = match value.strip_prefix('"').and_then(|text| text.find('"')) {
            Some(end) => value.get(..end + 2)?.to_owned(),
            None => match value.split([' ', ',', '}']).next()? {
                word @ ("true" | "false" | "null") => word.to_owned(),
                word if word.starts_with(char::is_alphabetic) => format!("\"{word}\""),
                "" => return None,
                word => word.to_owned(),
            },
        };
        // It begins there, and is no part of an address.
        if !before.ends_with([' ', ',', '{']) || value.starts_with(['/', '=', ':']) {
            return None;
        }
        let place = (before.len(), self.before.len() + given.len_utf8());
        self.say(place, format!("write `{name}{meant}{value}`"))
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

    /// `{% #my id %}`, `{% #my.id %}`
    fn id(&self) -> Option<Cure> {
        let whole = self.whole();
        let (_, behind) = self.before.rsplit_once([' ', '\t']).unwrap_or(("", self.before));
        let rest = self.after.split([' ', '\t']).next().unwrap_or_default();
        if let Some(id) = behind.strip_prefix('#').filter(|id| !id.is_empty() && !rest.is_empty()) {
            let (given, meant) = (format!("{behind}{rest}"), format!("id=\"{id}{rest}\""));
            let at = self.before.len() - behind.len();
            let cure =
                self.say((at, at + given.len()), format!("for an id with such signs write `{meant}`"))?;
            return Some(Cure { meant: Some((given, meant)), ..cure });
        }
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

    /// `equals(db, "mysql")`, `needs=[back-up]`
    fn bare_name(&self, names: &HashSet<&str>) -> Option<Cure> {
        let before = self.before.trim_end_matches(is_of_name);
        let name = self.before.get(before.len()..).filter(|name| !name.is_empty())?;
        let is_among_values =
            before.trim_end().ends_with(['(', '[', ',']) && self.after.starts_with([',', ')', ']', ' ']);
        if !is_among_values {
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

/// The signs and words by which other languages compare, and whether what is the same is meant; none
/// of the others is known to a page.
const COMPARED: [(&str, Option<bool>); 15] = [
    ("===", Some(true)),
    ("!==", Some(false)),
    ("==", Some(true)),
    ("!=", Some(false)),
    ("<>", Some(false)),
    ("=~", None),
    ("=", Some(true)),
    (">=", None),
    ("<=", None),
    (">", None),
    ("<", None),
    ("is", Some(true)),
    ("equals", Some(true)),
    ("eq", Some(true)),
    ("in", None),
];

/// Whether what begins so is inside of a function's brackets or a list's.
fn is_inside(text: &str) -> bool {
    let mut depth = 0_usize;
    for part in text.split('"').step_by(2) {
        for c in part.chars() {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }
    depth > 0
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
