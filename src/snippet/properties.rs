//! Java's `.properties`: `name=value`, a line each. What a line cannot hold is escaped;
//! so is all but ASCII, as a reader of the file may take it for ISO 8859-1.

use super::{HOLE, NO_HOME, Refusal, Scalar, Syntax, line};

#[derive(Default)]
pub(super) struct Properties {
    line: line::Line,
}

impl Syntax for Properties {
    fn literal(&mut self, text: &str) {
        self.line.literal(text);
    }

    fn hole(&mut self, after: &str) -> Result<(), &'static str> {
        let before = self.line.hole();
        let is_name = |name: &str| {
            let ends_name = |c: char| c.is_whitespace() || matches!(c, '=' | ':' | '\\' | HOLE);
            !name.is_empty() && !name.starts_with(['#', '!']) && !name.contains(ends_name)
        };
        let named = before.trim().strip_suffix(['=', ':']).map(str::trim_end).is_some_and(is_name);
        // A line's end holds no comment, and a space there would belong to the value.
        line::check_alone(named && after.is_empty(), after, "")
    }

    fn write(&self, scalar: Scalar<'_>) -> Result<String, Refusal> {
        match scalar {
            Scalar::Name(text) | Scalar::Text(text) => Ok(escaped(text)),
            Scalar::Home(_) => Err(NO_HOME),
            Scalar::Number(number) => Ok(number.to_string()),
            Scalar::Memory(text) => Ok(text),
        }
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            // Space at the start of a value is not part of it.
            ' ' if out.is_empty() => out.push_str("\\ "),
            ' '..='~' => out.push(c),
            _ => super::json::push_unicode_escapes(&mut out, c),
        }
    }
    out
}
