//! JSON: a text becomes a string, a number a number, and each is a whole value.

use super::{IN_QUOTES, NO_HOME, Refusal, Scalar, Syntax};
use crate::percent::hex_digit;

/// Why a value cannot stand beside something that would be one with it.
pub(super) const NOT_WHOLE: &str = "A value must be a whole JSON value.";

#[derive(Default)]
pub(super) struct Json {
    inside_string: bool,
    before: Option<char>,
}

impl Syntax for Json {
    fn literal(&mut self, text: &str) {
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' if self.inside_string => {
                    chars.next();
                }
                '"' => self.inside_string = !self.inside_string,
                _ => {}
            }
            if !c.is_whitespace() {
                self.before = Some(c);
            }
        }
    }

    fn hole(&mut self, after: &str) -> Result<(), &'static str> {
        let before = self.before.replace(super::HOLE);
        if self.inside_string {
            return Err(IN_QUOTES);
        }
        let starts = matches!(before, None | Some(':' | ',' | '['));
        let ends = matches!(after.trim_start().chars().next(), None | Some(',' | ']' | '}'));
        if starts && ends { Ok(()) } else { Err(NOT_WHOLE) }
    }

    fn write(&self, scalar: Scalar<'_>) -> Result<String, Refusal> {
        match scalar {
            Scalar::Name(text) | Scalar::Text(text) => Ok(string(text)),
            Scalar::Home(_) => Err(NO_HOME),
            Scalar::Number(number) => Ok(number.to_string()),
            Scalar::Memory(text) => Ok(string(&text)),
        }
    }
}

/// A JSON string, which is a double-quoted scalar of YAML too: what YAML does not let
/// stand as it is (control characters, its own line breaks, a byte order mark), is escaped.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => {
                push_unicode_escapes(&mut out, c)
            }
            c if c.is_control() => push_unicode_escapes(&mut out, c),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `\uXXXX`, twice for a character beyond U+FFFF.
pub(super) fn push_unicode_escapes(out: &mut String, c: char) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        out.push_str("\\u");
        for shift in [12, 8, 4, 0] {
            out.push(hex_digit(u32::from(*unit >> shift)));
        }
    }
}
