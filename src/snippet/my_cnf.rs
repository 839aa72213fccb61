//! MySQL's option file: `name = value`, a line each. Quotes keep a `#` and spaces at the
//! ends, and inside them only `\` and `"` are escaped; a size is a number of bytes.
//!
//! Other programs have files like it. They differ in how they read quotes, and whether a `#`
//! behind a value is a comment: theirs get a value only where it needs neither.

use super::{
    HOLE, IN_BYTES, NO_HOME, Refusal, Scalar, Spelling, Syntax, is_plain_word, line, one_line, unquoted,
};

#[derive(Default)]
pub(super) struct MyCnf {
    line: line::Line,
    /// Whether another program may read it.
    is_any: bool,
}

impl MyCnf {
    pub(super) fn of_any_program() -> Self {
        Self { is_any: true, ..Self::default() }
    }
}

impl Syntax for MyCnf {
    fn literal(&mut self, text: &str) {
        self.line.literal(text);
    }

    fn hole(&mut self, after: &str) -> Result<(), &'static str> {
        let before = self.line.hole();
        let is_name = |name: &str| {
            !name.is_empty() && !name.starts_with([';', '[', '!']) && !name.contains(['#', '=', HOLE])
        };
        let named = before.trim_end().strip_suffix('=').map(str::trim).is_some_and(is_name);
        line::check_alone(named, after, if self.is_any { "" } else { "#" })
    }

    fn write(&self, scalar: Scalar<'_>) -> Result<String, Refusal> {
        match scalar {
            Scalar::Name(text) | Scalar::Text(text) if self.is_any => unquoted(text),
            Scalar::Name(text) | Scalar::Text(text) if is_plain_word(text) => Ok(text.to_owned()),
            Scalar::Name(text) | Scalar::Text(text) => {
                Ok("\"".to_owned() + &one_line(text)?.replace('\\', "\\\\").replace('"', "\\\"") + "\"")
            }
            Scalar::Home(_) => Err(NO_HOME),
            Scalar::Number(number) => Ok(number.to_string()),
            Scalar::Memory(text) if self.is_any => Ok(text),
            Scalar::Memory(_) => Err(Refusal::Author(IN_BYTES)),
        }
    }

    fn size(&self) -> Spelling {
        if self.is_any { Spelling::Mb } else { Spelling::Bytes }
    }
}
