//! SQL for MySQL and MariaDB. A name becomes a quoted identifier, always: a list of the
//! reserved words of every version would be longer than all of this. A text becomes a
//! string literal, as the default `sql_mode` reads it; a size a number of bytes, as its
//! variables want it.

use super::{HOLE, IN_BYTES, IN_COMMENT, IN_QUOTES, NO_HOME, Refusal, Scalar, Spelling, Syntax, sql};
use crate::environment::Objection;

#[derive(Default)]
pub(super) struct MySql {
    inside: Inside,
    before: Option<char>,
    /// Within a statement that gives or takes privileges.
    is_grant: bool,
    /// Where a name is a pattern, as the database of such a statement is.
    is_pattern: bool,
}

#[derive(Clone, Copy, Default)]
enum Inside {
    #[default]
    Code,
    Quotes(char),
    LineComment,
    BlockComment,
}

impl Syntax for MySql {
    fn literal(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let mut length = c.len_utf8();
            match self.inside {
                Inside::Code if c == '#' || starts_comment(rest) => self.inside = Inside::LineComment,
                Inside::Code if rest.starts_with("/*") => {
                    self.inside = Inside::BlockComment;
                    length = 2;
                }
                Inside::Code => {
                    if matches!(c, '\'' | '"' | '`') {
                        self.inside = Inside::Quotes(c);
                    }
                    let is_word = self.before.is_none_or(|before| !before.is_alphanumeric());
                    self.is_grant |=
                        is_word && ["GRANT", "REVOKE"].iter().any(|word| begins_with(rest, word));
                    self.is_grant &= c != ';';
                    self.before = Some(c);
                }
                // A doubled quote ends the string and starts it again, which is the same.
                Inside::Quotes(quote) if c == quote => self.inside = Inside::Code,
                Inside::Quotes(quote) if c == '\\' && quote != '`' => {
                    length += rest.chars().nth(1).map_or(0, char::len_utf8);
                }
                Inside::LineComment if c == '\n' => self.close_comment(),
                Inside::BlockComment if rest.starts_with("*/") => {
                    self.close_comment();
                    length = 2;
                }
                Inside::Quotes(_) | Inside::LineComment | Inside::BlockComment => {}
            }
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    fn hole(&mut self, after: &str) -> Result<(), &'static str> {
        let before = self.before.replace(HOLE);
        self.is_pattern = self.is_grant && after.starts_with(".*");
        match self.inside {
            Inside::Code => sql::check_neighbours(before, after),
            Inside::Quotes(_) => Err(IN_QUOTES),
            Inside::LineComment | Inside::BlockComment => Err(IN_COMMENT),
        }
    }

    fn write(&self, scalar: Scalar<'_>) -> Result<String, Refusal> {
        match scalar {
            Scalar::Name(name) if name.chars().count() > 64 => Err(Refusal::Reader(Objection::LongForMySql)),
            // https://dev.mysql.com/doc/refman/8.0/en/identifiers.html
            Scalar::Name(name) if name.chars().any(|c| c > '\u{FFFF}') => {
                Err(Refusal::Reader(Objection::BeyondMySql))
            }
            Scalar::Name(name) if self.is_pattern => {
                let pattern = literally(name);
                // https://dev.mysql.com/doc/refman/8.0/en/grant-tables.html
                match pattern.chars().count() {
                    ..=64 => sql::quoted(&pattern, '`'),
                    _ => Err(Refusal::Reader(Objection::LongForMySql)),
                }
            }
            Scalar::Name(name) => sql::quoted(name, '`'),
            Scalar::Text(text) => sql::quoted(&text.replace('\\', "\\\\"), '\''),
            Scalar::Home(_) => Err(NO_HOME),
            Scalar::Number(number) => Ok(number.to_string()),
            Scalar::Memory(_) => Err(Refusal::Author(IN_BYTES)),
        }
    }

    fn size(&self) -> Spelling {
        Spelling::Bytes
    }
}

impl MySql {
    fn close_comment(&mut self) {
        self.inside = Inside::Code;
        self.before = Some(' ');
    }
}

/// A pattern that means this name alone: to `GRANT` and `REVOKE`, `_` is any character and `%`
/// any number of them (<https://dev.mysql.com/doc/refman/8.0/en/grant.html>).
fn literally(name: &str) -> String {
    let mut pattern = String::new();
    for c in name.chars() {
        if matches!(c, '\\' | '_' | '%') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// Whether a text begins with this word, in capitals or not.
fn begins_with(text: &str, word: &str) -> bool {
    let (start, rest) = text.split_at_checked(word.len()).unwrap_or_default();
    start.eq_ignore_ascii_case(word) && rest.starts_with(char::is_whitespace)
}

/// Two dashes start a comment only before a space or the end of the line.
fn starts_comment(text: &str) -> bool {
    text.strip_prefix("--")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c.is_control()))
}
