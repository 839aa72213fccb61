//! `postgresql.conf`: `name = value`, a line each, where the `=` may be missing. A text is
//! in quotes, always; a number with its unit is bare, and without a space, because one
//! error of syntax makes the server discard every change of the file.

use super::{NO_HOME, Refusal, Scalar, Syntax, line, one_line};

#[derive(Default)]
pub(super) struct PostgresConf {
    line: line::Line,
}

impl Syntax for PostgresConf {
    fn literal(&mut self, text: &str) {
        self.line.literal(text);
    }

    fn hole(&mut self, after: &str) -> Result<(), &'static str> {
        let before = self.line.hole();
        let name = before.trim_end().strip_suffix('=').unwrap_or(&before);
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let apart = before.ends_with([' ', '\t', '=']);
        let named = apart && !name.trim().is_empty() && name.trim().chars().all(is_name);
        line::check_alone(named, after, "#")
    }

    fn write(&self, scalar: Scalar<'_>) -> Result<String, Refusal> {
        match scalar {
            Scalar::Name(text) | Scalar::Text(text) => {
                Ok("'".to_owned() + &one_line(text)?.replace('\\', "\\\\").replace('\'', "''") + "'")
            }
            Scalar::Home(_) => Err(NO_HOME),
            Scalar::Number(number) => Ok(number.to_string()),
            Scalar::Memory(text) => Ok(text),
        }
    }
}
