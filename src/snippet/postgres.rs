//! SQL for PostgreSQL, as `psql` reads it. A name becomes a quoted identifier, always:
//! quotes keep its case, and no list of reserved words has to match the server's version.
//! A text becomes a string literal that reads the same whatever
//! `standard_conforming_strings` is; a size one with its unit.

use super::{HOLE, IN_COMMENT, IN_QUOTES, NO_HOME, Refusal, Scalar, Syntax, sql};
use crate::environment::Objection;

#[derive(Default)]
pub(super) struct Postgres {
    inside: Inside,
    before: Option<char>,
    /// The string last begun is one of escapes, and another quote here would go on with it.
    escapes: bool,
}

#[derive(Default)]
enum Inside {
    #[default]
    Code,
    Quotes(char),
    /// The whole delimiter, such as `$body$`.
    DollarQuotes(String),
    LineComment,
    /// How deep comments are nested.
    BlockComment(usize),
    /// A command of psql's own, up to the end of the line.
    Backslash,
}

impl Syntax for Postgres {
    fn literal(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let length = self.read(rest);
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    fn hole(&mut self, after: &str) -> Result<(), &'static str> {
        let before = self.before.replace(HOLE);
        match self.inside {
            Inside::Code => sql::check_neighbours(before, after),
            Inside::Quotes(_) => Err(IN_QUOTES),
            Inside::DollarQuotes(_) => Err("A value cannot stand in a dollar-quoted text."),
            Inside::LineComment | Inside::BlockComment(_) => Err(IN_COMMENT),
            Inside::Backslash => Err("A value cannot stand in a command of psql's own."),
        }
    }

    fn write(&self, scalar: Scalar<'_>) -> Result<String, Refusal> {
        match scalar {
            Scalar::Name(name) if name.len() > 63 => Err(Refusal::Reader(Objection::LongForPostgres)),
            Scalar::Name(name) => sql::quoted(name, '"'),
            Scalar::Text(text) if text.contains('\\') => {
                sql::quoted(&text.replace('\\', "\\\\"), '\'').map(|literal| "E".to_owned() + &literal)
            }
            Scalar::Text(text) => sql::quoted(text, '\''),
            Scalar::Home(_) => Err(NO_HOME),
            Scalar::Number(number) => Ok(number.to_string()),
            Scalar::Memory(text) => sql::quoted(&text, '\''),
        }
    }
}

impl Postgres {
    /// Reads one token or character at the start of `rest`; gives its length.
    fn read(&mut self, rest: &str) -> usize {
        let Some(c) = rest.chars().next() else { return 0 };
        match &mut self.inside {
            Inside::Code => return self.read_code(c, rest),
            // A doubled quote ends the string and starts it again, which is the same.
            Inside::Quotes(quote) if c == *quote => self.inside = Inside::Code,
            Inside::Quotes(_) if self.escapes && c == '\\' => {
                return rest.chars().take(2).map(char::len_utf8).sum();
            }
            Inside::DollarQuotes(delimiter) if rest.starts_with(delimiter.as_str()) => {
                let length = delimiter.len();
                self.inside = Inside::Code;
                return length;
            }
            Inside::LineComment | Inside::Backslash if c == '\n' => self.close_comment(),
            Inside::BlockComment(depth) if rest.starts_with("/*") => {
                *depth += 1;
                return 2;
            }
            Inside::BlockComment(depth) if rest.starts_with("*/") => {
                *depth -= 1;
                if *depth == 0 {
                    self.close_comment();
                }
                return 2;
            }
            _ => {}
        }
        c.len_utf8()
    }

    fn read_code(&mut self, c: char, rest: &str) -> usize {
        let before = self.before.replace(c);
        let continues = before.is_some_and(continues_name);
        // Doubled, or in another line, a quote goes on with the string as what it was.
        self.escapes &= c == '\'' || c.is_whitespace() || rest.starts_with("--");
        match c {
            '-' if rest.starts_with("--") => self.inside = Inside::LineComment,
            '/' if rest.starts_with("/*") => {
                self.inside = Inside::BlockComment(1);
                return 2;
            }
            '\\' => self.inside = Inside::Backslash,
            'e' | 'E' if !continues && rest.get(1..).is_some_and(|rest| rest.starts_with('\'')) => {
                self.inside = Inside::Quotes('\'');
                self.escapes = true;
                return 2;
            }
            '\'' | '"' => self.inside = Inside::Quotes(c),
            '$' if !continues => {
                if let Some(delimiter) = dollar_delimiter(rest) {
                    self.inside = Inside::DollarQuotes(delimiter.to_owned());
                    return delimiter.len();
                }
            }
            _ => {}
        }
        c.len_utf8()
    }

    fn close_comment(&mut self) {
        self.inside = Inside::Code;
        self.before = Some(' ');
    }
}

/// `$$` or `$tag$`, at the start of `text`.
fn dollar_delimiter(text: &str) -> Option<&str> {
    let tag = text.get(1..)?.split('$').next()?;
    let is_tag =
        tag.chars().all(|c| continues_name(c) && c != '$') && !tag.starts_with(|c: char| c.is_ascii_digit());
    let delimiter = text.get(..tag.len() + 2)?;
    (is_tag && delimiter.ends_with('$')).then_some(delimiter)
}

fn continues_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() || c == '_' || c == '$'
}
