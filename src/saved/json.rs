//! The JSON that runs are stored in: a text goes in, values come out that are read as far as
//! they are asked for; and back.
//!
//! Start with [`Json::parse`], and with [`Object`] for what is written. A value is a piece of a
//! text that is known to be JSON, so what nobody understands can be kept as it was written.
//! serde_json reads and writes the same language, as the tests below hold it to; the browser
//! downloads 10 KB less for this one.

use crate::percent::hex_digit;
use std::collections::BinaryHeap;

/// How deep arrays and objects may nest, so that a text cannot use up a browser's small stack.
const MAX_DEPTH: usize = 128;

/// A value, as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Json<'a>(&'a str);

/// Why a text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// It ends too early.
    CutShort,
    /// It is something else.
    NotJson,
}

impl<'a> Json<'a> {
    /// The one value that a text holds.
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        let mut scanner = Scanner { text, at: 0, depth: 0 };
        let value = scanner.value()?;
        scanner.space();
        if scanner.at == text.len() { Ok(value) } else { Err(Error::NotJson) }
    }

    /// The members of an object, in the order of their names: so whatever stands in a text,
    /// to put them into a sorted list costs little. Where two have one name, the later counts.
    pub fn members(self) -> Option<Vec<(String, Json<'a>)>> {
        let mut members = Vec::new();
        let mut scanner = Scanner { text: self.0, at: 0, depth: 0 };
        scanner.object(&mut |name, value: Json<'a>| members.push((name, members.len(), value))).ok()?;
        // The steps that we wrote are in order already. A heap is 2 KB less to download than a list's own sort.
        if !members.is_sorted() {
            members = BinaryHeap::from(members).into_sorted_vec();
        }
        members.dedup_by(|(later, _, value), (kept, _, last)| {
            let same = later == kept;
            if same {
                *last = *value;
            }
            same
        });
        Some(members.into_iter().map(|(name, _, value)| (name, value)).collect())
    }

    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        self.0 == "null"
    }

    /// `true` or `false`.
    pub fn truth(self) -> Option<bool> {
        // `parse` takes these two words and no others.
        self.0.parse().ok()
    }

    /// The text of a string.
    pub fn text(self) -> Option<String> {
        let mut scanner = Scanner { text: self.0, at: 0, depth: 0 };
        scanner.string().ok()
    }

    /// A whole number that is not negative.
    pub fn whole_number(self) -> Option<u64> {
        // `parse` would take a `+` too, but no such text is JSON.
        self.0.parse().ok()
    }

    /// The value as it was written, but for the space between its parts.
    pub fn compact(self) -> String {
        let (mut in_string, mut escaped) = (false, false);
        let keep = |character: &char| {
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_string = !in_string,
                ' ' | '\n' | '\r' | '\t' => return in_string,
                _ => {}
            }
            true
        };
        self.0.chars().filter(keep).collect()
    }
}

/// A text as a string of JSON.
pub fn quoted(text: &str) -> String {
    let mut out = String::new();
    push_quoted(&mut out, text);
    out
}

/// An object that is being written at the end of a text. It is whole when it is dropped.
pub struct Object<'a> {
    out: &'a mut String,
    is_empty: bool,
}

impl<'a> Object<'a> {
    /// Begins an object.
    pub fn open(out: &'a mut String) -> Self {
        out.push('{');
        Self { out, is_empty: true }
    }

    /// A member that is an object.
    pub fn object(&mut self, name: &str) -> Object<'_> {
        Object::open(self.member(name))
    }

    /// A member that is a text.
    pub fn text(&mut self, name: &str, text: &str) {
        push_quoted(self.member(name), text);
    }

    /// A member that is a whole number.
    pub fn number(&mut self, name: &str, number: u64) {
        self.json(name, &number.to_string());
    }

    /// A member that is JSON already.
    pub fn json(&mut self, name: &str, json: &str) {
        self.member(name).push_str(json);
    }

    fn member(&mut self, name: &str) -> &mut String {
        if !std::mem::take(&mut self.is_empty) {
            self.out.push(',');
        }
        push_quoted(self.out, name);
        self.out.push(':');
        self.out
    }
}

impl Drop for Object<'_> {
    fn drop(&mut self) {
        self.out.push('}');
    }
}

fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..b' ')) {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            8 => out.push_str("\\b"),
            12 => out.push_str("\\f"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            control => {
                out.push_str("\\u00");
                out.extend([4, 0].map(|shift| hex_digit(u32::from(control) >> shift)));
            }
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

/// Walks over a text and checks it on the way.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Scanner<'a> {
    fn value(&mut self) -> Result<Json<'a>, Error> {
        self.space();
        let start = self.at;
        match self.peek()? {
            b'{' => self.object(&mut |_, _| {})?,
            b'[' => self.array()?,
            b'"' => {
                self.string()?;
            }
            b't' => self.word("true")?,
            b'f' => self.word("false")?,
            b'n' => self.word("null")?,
            _ => self.number()?,
        }
        self.text.get(start..self.at).map(Json).ok_or(Error::NotJson)
    }

    fn object(&mut self, member: &mut dyn FnMut(String, Json<'a>)) -> Result<(), Error> {
        self.list(b'{', b'}', &mut |scanner| {
            let name = scanner.string()?;
            scanner.space();
            scanner.expect(b':')?;
            let value = scanner.value()?;
            member(name, value);
            Ok(())
        })
    }

    fn array(&mut self) -> Result<(), Error> {
        self.list(b'[', b']', &mut |scanner| scanner.value().map(|_| ()))
    }

    /// What stands between two brackets with commas between.
    fn list(
        &mut self,
        open: u8,
        close: u8,
        item: &mut dyn FnMut(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.expect(open)?;
        self.depth += 1;
        if self.depth == MAX_DEPTH {
            return Err(Error::NotJson);
        }
        self.space();
        let mut more = self.peek()? != close;
        while more {
            item(self)?;
            self.space();
            more = self.peek()? == b',';
            if more {
                self.at += 1;
                self.space();
            }
        }
        self.depth -= 1;
        self.expect(close)
    }

    fn string(&mut self) -> Result<String, Error> {
        self.expect(b'"')?;
        let mut text = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let plain = rest.find(|c| matches!(c, '"' | '\\' | '\0'..' ')).ok_or(Error::CutShort)?;
            text.push_str(rest.get(..plain).unwrap_or_default());
            self.at += plain;
            match self.next()? {
                b'"' => return Ok(text),
                b'\\' => text.push(self.escape()?),
                _ => return Err(Error::NotJson),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Error> {
        Ok(match self.next()? {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            same @ (b'"' | b'\\' | b'/') => char::from(same),
            b'u' => {
                let mut code = self.code_unit()?;
                // A character beyond the first 65536 is written as two surrogates.
                if (0xd800..0xdc00).contains(&code) {
                    self.expect(b'\\')?;
                    self.expect(b'u')?;
                    let low = self.code_unit()?.checked_sub(0xdc00).filter(|low| *low < 0x400);
                    code = 0x10000 + ((code - 0xd800) << 10) + low.ok_or(Error::NotJson)?;
                }
                char::from_u32(code).ok_or(Error::NotJson)?
            }
            _ => return Err(Error::NotJson),
        })
    }

    fn code_unit(&mut self) -> Result<u32, Error> {
        let mut code = 0;
        for _ in 0..4 {
            code = code << 4 | char::from(self.next()?).to_digit(16).ok_or(Error::NotJson)?;
        }
        Ok(code)
    }

    fn number(&mut self) -> Result<(), Error> {
        if self.peek()? == b'-' {
            self.at += 1;
        }
        if self.peek()? == b'0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Ok(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Ok(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek()?, b'+' | b'-') {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Error> {
        if !self.peek()?.is_ascii_digit() {
            return Err(Error::NotJson);
        }
        while self.peek().is_ok_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), Error> {
        word.bytes().try_for_each(|byte| self.expect(byte))
    }

    fn expect(&mut self, byte: u8) -> Result<(), Error> {
        if self.next()? == byte { Ok(()) } else { Err(Error::NotJson) }
    }

    fn space(&mut self) {
        while matches!(self.peek(), Ok(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn next(&mut self) -> Result<u8, Error> {
        let byte = self.peek()?;
        self.at += 1;
        Ok(byte)
    }

    fn peek(&self) -> Result<u8, Error> {
        self.text.as_bytes().get(self.at).copied().ok_or(Error::CutShort)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

    use super::*;
    use proptest::{collection::vec, prelude::*, sample::Index};
    use serde_json::Value;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn what_serde_json_writes_means_the_same_here(value in values(), pretty: bool) {
            let text = if pretty { format!("{value:#}") } else { value.to_string() };
            let json = Json::parse(&text).unwrap();
            prop_assert_eq!(meaning(json), value.clone());
            prop_assert_eq!(json.compact(), value.to_string());
            for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
                // A shorter number is a number too.
                let cut = Json::parse(&text[..end]);
                prop_assert!(value.is_number() || cut == Err(Error::CutShort), "cut after {} bytes", end);
            }
        }

        #[test]
        fn what_serde_json_refuses_is_refused(value in values(), changes in vec((any::<Index>(), odd()), 1..4)) {
            let mut text: Vec<char> = value.to_string().chars().collect();
            for (place, character) in changes {
                let place = place.index(text.len());
                text[place] = character;
            }
            let text: String = text.into_iter().collect();
            check(&text);
        }

        #[test]
        fn a_quoted_text_is_as_serde_json_has_it(text: String) {
            prop_assert_eq!(quoted(&text), Value::from(text.as_str()).to_string());
        }
    }

    #[test]
    fn the_two_agree_on_rare_forms() {
        for text in [
            "",
            " ",
            "0",
            "-0",
            "01",
            "1.",
            ".5",
            "1e5",
            "1E+5",
            "1e-",
            "+1",
            "-",
            "--1",
            "1.5e3",
            "0x1",
            "NaN",
            "18446744073709551615",
            "18446744073709551616",
            "true",
            "truE",
            "nul",
            "null ",
            "\u{a0}1",
            "1 2",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\" 1}",
            "{\"a\":1 \"b\":2}",
            "{1:2}",
            "[}",
            "{]",
            r#""\/\b\f\n\r\t\"\\""#,
            r#""\u00e9\uD83D\uDE00""#,
            r#""\ud83d""#,
            r#""\ud83dx""#,
            r#""\ud83d\n""#,
            r#""\ud83d\u0041""#,
            r#""\ude00""#,
            r#""\u12G4""#,
            r#""\x""#,
            r#""'""#,
            "'a'",
            "\"a\tb\"",
            "\"a\u{7f}b\"",
        ] {
            check(text);
        }
        for depth in [MAX_DEPTH - 1, MAX_DEPTH] {
            check(&("[".repeat(depth) + &"]".repeat(depth)));
        }
    }

    /// A text is JSON for both or for neither, and says the same.
    fn check(text: &str) {
        match (Json::parse(text), serde_json::from_str::<Value>(text)) {
            (Ok(ours), Ok(theirs)) => assert_eq!(meaning(ours), theirs, "{text:?}"),
            (Err(_), Err(_)) => {}
            // serde_json makes numbers of what is kept as it is here.
            (Ok(_), Err(theirs)) if theirs.to_string().starts_with("number out of range") => {}
            (ours, theirs) => panic!("{text:?}: {ours:?}, but {theirs:?}"),
        }
    }

    /// A value by way of what is public here, but for what only serde_json understands.
    fn meaning(json: Json<'_>) -> Value {
        if let Some(members) = json.members() {
            Value::Object(members.into_iter().map(|(name, value)| (name, meaning(value))).collect())
        } else if let Some(text) = json.text() {
            Value::String(text)
        } else if let Some(number) = json.whole_number() {
            Value::from(number)
        } else {
            serde_json::from_str(&json.compact()).unwrap()
        }
    }

    fn values() -> impl Strategy<Value = Value> {
        let plain = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<i32>().prop_map(|number| Value::from(f64::from(number) / 64.0)),
            any::<String>().prop_map(Value::from),
        ];
        plain.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Value::from),
                vec((any::<String>(), inner), 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    /// A character that may make another JSON of a text.
    fn odd() -> impl Strategy<Value = char> {
        prop_oneof![
            prop::sample::select("{}[]:,\"\\ntu019-+.eE \n\u{1}".chars().collect::<Vec<_>>()),
            any::<char>()
        ]
    }
}
