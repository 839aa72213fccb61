//! libpq's password file, `.pgpass`: a line of fields with a `:` between them. A `:` or a `\`
//! in a field is escaped, and a field that is `*` alone, which would stand for everything, and a
//! `#` with which a line would begin as a comment
//! (<https://www.postgresql.org/docs/current/libpq-pgpass.html>).

use super::{IN_COMMENT, NO_HOME, Refusal, Scalar, Syntax, line, one_line};

/// Why a value cannot stand beside something that would be one with it.
pub(super) const NOT_WHOLE: &str = "A value must be a whole field, between two colons.";

#[derive(Default)]
pub(super) struct PgPass {
    line: line::Line,
    /// The hole last read begins its line.
    begins_line: bool,
}

impl Syntax for PgPass {
    fn literal(&mut self, text: &str) {
        self.line.literal(text);
    }

    fn hole(&mut self, after: &str) -> Result<(), &'static str> {
        let before = self.line.hole();
        self.begins_line = before.is_empty();
        let starts = before.is_empty() || (before.ends_with(':') && !before.ends_with("\\:"));
        let ends = after.is_empty() || after.starts_with(':');
        if before.starts_with('#') {
            return Err(IN_COMMENT);
        }
        if starts && ends { Ok(()) } else { Err(NOT_WHOLE) }
    }

    fn write(&self, scalar: Scalar<'_>) -> Result<String, Refusal> {
        match scalar {
            Scalar::Name("*") | Scalar::Text("*") => Ok("\\*".to_owned()),
            Scalar::Name(text) | Scalar::Text(text) => {
                let escaped = one_line(text)?.replace('\\', "\\\\").replace(':', "\\:");
                let is_comment = self.begins_line && escaped.starts_with('#');
                Ok(if is_comment { ["\\", &escaped].concat() } else { escaped })
            }
            Scalar::Home(_) => Err(NO_HOME),
            Scalar::Number(number) => Ok(number.to_string()),
            Scalar::Memory(text) => Ok(text),
        }
    }
}
