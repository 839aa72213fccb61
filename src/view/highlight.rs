//! Colours for code: a text and the language of its fence go in, its pieces come out, each with
//! what it is. Small rather than complete: a piece that is not recognized is plain.

use crate::snippet::Language;

/// What a piece of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Nothing special.
    Plain,
    /// A remark.
    Comment,
    /// In quotes.
    Quoted,
    /// A word of the language, an option, a key.
    Word,
    /// What is run, or a section.
    Name,
}

/// The families of languages that are read alike.
#[derive(Clone, Copy, PartialEq)]
enum Family {
    Shell,
    Sql,
    Keyed,
}

/// The pieces of a text. `fresh` says whether it starts a line.
pub(super) fn tokens<'a>(language: &str, text: &'a str, fresh: bool) -> Vec<(Token, &'a str)> {
    let family = match Language::from_fence(language) {
        Language::Shell => Family::Shell,
        Language::MySql | Language::Postgres => Family::Sql,
        Language::MyCnf
        | Language::Ini
        | Language::PostgresConf
        | Language::PgPass
        | Language::Yaml
        | Language::Compose
        | Language::Json
        | Language::Properties => Family::Keyed,
        Language::Other => return vec![(Token::Plain, text)],
    };
    let mut pieces = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    // Whether a word may start here, and whether it would be the first of a line or command.
    let (mut word, mut first) = (true, fresh);
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = &text[at..];
        let found = match (family, c) {
            (Family::Sql, '-') if rest.starts_with("--") => Some((Token::Comment, line(rest))),
            (Family::Shell | Family::Keyed, '#') if word => Some((Token::Comment, line(rest))),
            (_, '\'' | '"') | (Family::Sql, '`') => quoted(rest, c).map(|length| (Token::Quoted, length)),
            (Family::Keyed, '[') if first => Some((Token::Name, line(rest))),
            (Family::Keyed, _) if first && is_of_word(c) => key(rest).map(|length| (Token::Word, length)),
            (Family::Sql, 'A'..='Z') if word => {
                let length = span(rest, |c| c.is_ascii_uppercase() || c == '_');
                let ends = !rest[length..].starts_with(is_of_word);
                (length > 1 && ends).then_some((Token::Word, length))
            }
            (Family::Shell, '-') if word => Some((Token::Word, span(rest, is_of_word))),
            (Family::Shell, _) if first && is_of_word(c) => {
                let length = span(rest, |c| is_of_word(c) || matches!(c, '.' | '/'));
                (!rest[length..].starts_with('=')).then_some((Token::Name, length))
            }
            _ => None,
        };
        if let Some((token, length)) = found.filter(|(_, length)| *length > 0) {
            if plain < at {
                pieces.push((Token::Plain, &text[plain..at]));
            }
            pieces.push((token, &text[at..at + length]));
            at += length;
            plain = at;
            (word, first) = (false, false);
            continue;
        }
        // A line that ends with a backslash goes on in the next.
        let goes_on = family == Family::Shell && text[..at].ends_with('\\');
        first = match c {
            '\n' => !goes_on,
            '|' | ';' | '&' | '(' => family == Family::Shell,
            _ => first && (c.is_whitespace() || (family == Family::Keyed && c == '-')),
        };
        word = !is_of_word(c);
        at += c.len_utf8();
    }
    if plain < text.len() {
        pieces.push((Token::Plain, &text[plain..]));
    }
    pieces
}

impl Token {
    /// The class of its element.
    pub(super) fn class(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Comment => Some("uc-comment"),
            Self::Quoted => Some("uc-quoted"),
            Self::Word => Some("uc-word"),
            Self::Name => Some("uc-name"),
        }
    }
}

fn line(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

fn span(text: &str, holds: impl Fn(char) -> bool) -> usize {
    text.find(|c| !holds(c)).unwrap_or(text.len())
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// The length of what stands in quotes, with them, if they are closed.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return Some(at + 1);
        }
        escaped = c == '\\' && quote == '"' && !escaped;
    }
    None
}

/// The length of a key that a `:` or a `=` follows.
fn key(text: &str) -> Option<usize> {
    let length = span(text, |c| is_of_word(c) || c == '.');
    text[length..].trim_start_matches(' ').starts_with([':', '=']).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    #[test]
    fn pieces_are_told_apart_and_nothing_is_lost() {
        // (language, text, what is not plain)
        let cases = [
            ("sh", "# why\nmysql --host=db 'a b' | wc -l", "# why;mysql;--host;'a b';wc;-l"),
            ("sh", "A=1 run \\\n  next", ""),
            ("sh", "echo \"a \\\" b\" it's", "echo;\"a \\\" b\""),
            ("pgsql", "ALTER ROLE \"o'x\" SET x = 'y'; -- so", "ALTER;ROLE;\"o'x\";SET;'y';-- so"),
            ("mysql", "SELECT Abc, X FROM `t`", "SELECT;FROM;`t`"),
            ("ini", "[mysqld]\nsort_buffer_size = 20M # no", "[mysqld];sort_buffer_size;# no"),
            ("yaml", "a:\n  - b: 'c'\n  d#e: 1", "a;b;'c'"),
            ("text", "SELECT 'x'", ""),
            ("sh", "é 'ü", "é"),
            ("", "", ""),
        ];
        for (language, text, expected) in cases {
            let pieces = tokens(language, text, true);
            assert_eq!(pieces.iter().map(|(_, piece)| *piece).collect::<String>(), text);
            let special = pieces.iter().filter(|(token, _)| *token != Token::Plain);
            assert_eq!(special.map(|(_, piece)| *piece).collect::<Vec<_>>().join(";"), expected, "{text}");
        }
    }
}
