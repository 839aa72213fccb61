//! The language inside `{% … %}`: tags, annotations, variables and functions.
//!
//! In goes what stands between the marks, out comes a [`Body`] or a sentence on what is
//! wrong. The grammar is Markdoc's own, to the letter, as pages rely on its corners:
//! alternatives are tried in a fixed order, and the first that fits is kept even where
//! another would have read more (`{% tag nullable=1 %}` is the value `null`, then
//! `able=1`).

use super::attributes::Places;
use super::number::number;
use super::scan::{Bytes, trim_end, trim_start};
use super::{Function, Segment, Value, Variable, number_text};

/// Values nested deeper than this are refused: reading them recurses.
const MAX_DEPTH: usize = 64;

/// What one `{% … %}` is.
#[derive(Debug, PartialEq)]
pub(super) enum Body<'a> {
    /// `$variable` or `function()`, to be put into the text.
    Interpolation(Value),
    /// `#id .class key=value`, for the node around it.
    Annotation(Vec<Attribute<'a>>),
    /// `name …`, or `name … /` where it closes itself.
    Open { name: &'a str, attributes: Vec<Attribute<'a>>, closes: bool },
    /// `/name`.
    Close(&'a str),
}

/// One attribute, with its place in what was read.
#[derive(Debug, PartialEq)]
pub(super) struct Attribute<'a> {
    /// The name; of a class, the class.
    pub name: &'a str,
    /// The value.
    pub value: Value,
    /// Whether it was written `.name`.
    pub class: bool,
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// What is wrong, and where.
#[derive(Debug, PartialEq)]
pub(super) struct SyntaxError {
    /// The byte that does not fit.
    pub at: usize,
    /// What is wrong, as a sentence.
    pub message: String,
}

/// Reads what stands between `{%` and `%}`. Places are counted from its first byte.
pub(super) fn parse(text: &str) -> Result<Body<'_>, SyntaxError> {
    let trimmed = trim_start(text);
    let shift = text.len() - trimmed.len();
    let trimmed = trim_end(trimmed);
    let mut reader = Reader { text: trimmed, at: 0, furthest: 0, too_deep: false };
    let body = reader.body().filter(|_| reader.at == trimmed.len());
    match body {
        Some(mut body) => {
            if let Body::Annotation(attributes) | Body::Open { attributes, .. } = &mut body {
                for attribute in attributes {
                    attribute.start += shift;
                    attribute.end += shift;
                }
            }
            Ok(body)
        }
        None => Err(reader.error(shift)),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// The furthest byte at which something else was expected: there, most likely, is
    /// the mistake.
    furthest: usize,
    too_deep: bool,
}

impl<'a> Reader<'a> {
    fn body(&mut self) -> Option<Body<'a>> {
        if let Some(value) = self.attempt(|reader| reader.variable()) {
            return Some(Body::Interpolation(value));
        }
        if let Some(value) = self.attempt(|reader| reader.function(0)) {
            return Some(Body::Interpolation(value));
        }
        let mut attributes = Vec::new();
        self.attributes(&mut attributes);
        if !attributes.is_empty() {
            self.spaces();
            return Some(Body::Annotation(attributes));
        }
        if let Some(body) = self.attempt(Self::open) {
            return Some(body);
        }
        self.take(b'/').then_some(())?;
        self.identifier().map(Body::Close)
    }

    fn open(&mut self) -> Option<Body<'a>> {
        let name = self.identifier()?;
        self.spaces();
        let start = self.at;
        let mut attributes = Vec::new();
        if let Some(value) = self.attempt(|reader| reader.value(0)) {
            let end = self.at;
            self.space();
            // What is not counts as not written.
            if is_true(&value) {
                attributes.push(Attribute { name: "primary", value, class: false, start, end });
            }
        }
        self.attributes(&mut attributes);
        self.spaces();
        let closes = self.take(b'/');
        Some(Body::Open { name, attributes, closes })
    }

    fn attributes(&mut self, attributes: &mut Vec<Attribute<'a>>) {
        let mut next = self.attempt(Self::attribute);
        while let Some(attribute) = next {
            attributes.push(attribute);
            next = self.attempt(|reader| {
                reader.space().then_some(())?;
                reader.spaces();
                reader.attribute()
            });
        }
    }

    fn attribute(&mut self) -> Option<Attribute<'a>> {
        let start = self.at;
        let (name, value, class) = if self.take(b'#') {
            ("id", Value::String(self.identifier()?.to_owned()), false)
        } else if self.take(b'.') {
            (self.identifier()?, Value::Bool(true), true)
        } else {
            let name = self.identifier()?;
            self.take(b'=').then_some(())?;
            (name, self.value(0)?, false)
        };
        Some(Attribute { name, value, class, start, end: self.at })
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH {
            self.too_deep = true;
            return None;
        }
        match self.peek() {
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => match self.attempt(Self::number) {
                Some(number) => Some(Value::Number(number)),
                None => self.function(depth),
            },
            Some(b'[') => self.array(depth),
            Some(b'{') => self.object(depth),
            Some(b'$' | b'@') => self.variable(),
            _ if self.take_word("null") => Some(Value::Null),
            _ if self.take_word("true") => Some(Value::Bool(true)),
            _ if self.take_word("false") => Some(Value::Bool(false)),
            _ => self.function(depth),
        }
    }

    fn array(&mut self, depth: usize) -> Option<Value> {
        self.take(b'[').then_some(())?;
        self.spaces();
        let mut items = Vec::new();
        if let Some(first) = self.attempt(|reader| reader.value(depth + 1)) {
            items.push(first);
            while let Some(item) = self.after_comma(|reader| reader.value(depth + 1)) {
                items.push(item);
            }
            self.trailing_comma();
        }
        self.spaces();
        self.take(b']').then_some(Value::Array(items.into()))
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        self.take(b'{').then_some(())?;
        self.spaces();
        let mut entries: Vec<(String, Value)> = Vec::new();
        let mut places = Places::new();
        let mut add = |(key, value): (String, Value)| {
            // Markdoc keeps this name for itself.
            if key != "$$mdtype" {
                match places.get(&key) {
                    Some(&place) => {
                        if let Some(entry) = entries.get_mut(place) {
                            entry.1 = value;
                        }
                    }
                    None => {
                        places.insert(key.clone(), entries.len());
                        entries.push((key, value));
                    }
                }
            }
        };
        if let Some(first) = self.attempt(|reader| reader.entry(depth)) {
            add(first);
            while let Some(entry) = self.after_comma(|reader| reader.entry(depth)) {
                add(entry);
            }
            self.trailing_comma();
        }
        self.spaces();
        self.take(b'}').then_some(Value::Object(entries.into()))
    }

    fn entry(&mut self, depth: usize) -> Option<(String, Value)> {
        let key = match self.peek() {
            Some(b'"') => self.string()?,
            _ => self.identifier()?.to_owned(),
        };
        self.take(b':').then_some(())?;
        self.spaces();
        Some((key, self.value(depth + 1)?))
    }

    fn function(&mut self, depth: usize) -> Option<Value> {
        let name = self.identifier()?;
        self.take(b'(').then_some(())?;
        self.spaces();
        let first = self.attempt(|reader| reader.parameter(depth));
        let has_first = first.is_some();
        let mut parameters: Vec<_> = first.into_iter().collect();
        while let Some(parameter) = self.after_comma(|reader| reader.parameter(depth)) {
            parameters.push(parameter);
        }
        if !has_first {
            parameters.clear();
        }
        self.take(b')').then_some(Value::Function(Box::new(Function { name: name.to_owned(), parameters })))
    }

    fn parameter(&mut self, depth: usize) -> Option<(Option<String>, Value)> {
        let name = self.attempt(|reader| {
            let name = reader.identifier()?;
            reader.take(b'=').then(|| name.to_owned())
        });
        Some((name, self.value(depth + 1)?))
    }

    fn variable(&mut self) -> Option<Value> {
        let at_sign = match self.peek() {
            Some(b'$') => false,
            Some(b'@') => true,
            _ => return self.fail(),
        };
        self.at += 1;
        let mut path = vec![Segment::Key(self.identifier()?.to_owned())];
        loop {
            let segment = self.attempt(|reader| {
                if reader.take(b'.') {
                    return reader.identifier().map(|name| Segment::Key(name.to_owned()));
                }
                reader.take(b'[').then_some(())?;
                let segment = match reader.peek() {
                    Some(b'"') => Segment::Key(reader.string()?),
                    _ => index(reader.number()?),
                };
                reader.take(b']').then_some(segment)
            });
            match segment {
                Some(segment) => path.push(segment),
                None => break,
            }
        }
        if at_sign {
            // Markdoc reads `@name.key` as the list of its names.
            let names = path.into_iter().map(|segment| match segment {
                Segment::Key(key) => Value::String(key),
                Segment::Index(index) => Value::Number(f64::from(index)),
            });
            return Some(Value::Array(names.collect()));
        }
        Some(Value::Variable(Variable { path: path.into() }))
    }

    fn number(&mut self) -> Option<f64> {
        let start = self.at;
        self.take(b'-');
        self.digits().then_some(())?;
        self.attempt(|reader| {
            reader.take(b'.').then_some(())?;
            reader.digits().then_some(())
        });
        number(self.text.get(start..self.at)?)
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start {
            self.expected_here();
        }
        self.at > start
    }

    fn string(&mut self) -> Option<String> {
        self.take(b'"').then_some(())?;
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..)?;
            let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
            let plain = rest.bytes().take_while(|byte| is_plain(*byte)).count();
            out.push_str(rest.get(..plain)?);
            self.at += plain;
            if self.take(b'"') {
                return Some(out);
            }
            self.take(b'\\').then_some(())?;
            out.push(match self.peek() {
                Some(b'"') => '"',
                Some(b'\\') => '\\',
                Some(b'n') => '\n',
                Some(b'r') => '\r',
                Some(b't') => '\t',
                _ => return self.fail(),
            });
            self.at += 1;
        }
    }

    fn identifier(&mut self) -> Option<&'a str> {
        static SIGNS: Bytes = Bytes::of(b"-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");
        let rest = self.text.get(self.at..)?;
        let length = rest.bytes().take_while(|byte| SIGNS.has(*byte)).count();
        if length == 0 {
            return self.fail();
        }
        self.at += length;
        rest.get(..length)
    }

    fn after_comma<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.attempt(|reader| {
            reader.spaces();
            reader.take(b',').then_some(())?;
            reader.spaces();
            read(reader)
        })
    }

    fn trailing_comma(&mut self) {
        self.attempt(|reader| {
            reader.spaces();
            reader.take(b',').then_some(())
        });
    }

    /// Reads something, or goes back to where it began.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let read = read(self);
        if read.is_none() {
            self.at = start;
        }
        read
    }

    fn spaces(&mut self) {
        while self.space() {}
    }

    fn space(&mut self) -> bool {
        let is_space = matches!(self.peek(), Some(b' ' | b'\n' | b'\t'));
        self.at += usize::from(is_space);
        is_space
    }

    fn take(&mut self, byte: u8) -> bool {
        let fits = self.peek() == Some(byte);
        self.at += usize::from(fits);
        if !fits {
            self.expected_here();
        }
        fits
    }

    fn take_word(&mut self, word: &str) -> bool {
        let fits = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        self.at += if fits { word.len() } else { 0 };
        fits
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn fail<T>(&mut self) -> Option<T> {
        self.expected_here();
        None
    }

    fn expected_here(&mut self) {
        self.furthest = self.furthest.max(self.at);
    }

    fn error(&self, shift: usize) -> SyntaxError {
        let at = self.furthest.max(self.at);
        let message = if self.too_deep {
            "values are nested too deeply here".to_owned()
        } else if self.text.is_empty() {
            "the tag is empty".to_owned()
        } else {
            match self.text.get(at..).and_then(|rest| rest.chars().next()) {
                None => "the tag ends too early".to_owned(),
                Some('\'' | '“' | '”' | '„' | '‘' | '’') => {
                    "a string is written between double quotes (`\"`)".to_owned()
                }
                Some('\n') => "a line break cannot stand here; in a string it is written `\\n`".to_owned(),
                Some('=') if self.text.get(at..).is_some_and(|rest| rest.starts_with("==")) => {
                    "compare with `equals(…, …)`".to_owned()
                }
                Some(found) => ["`", &String::from(found), "` cannot stand here in a tag"].concat(),
            }
        };
        SyntaxError { at: at + shift, message }
    }
}

/// A whole number is an index; anything else is the key that JavaScript makes of it.
fn index(number: f64) -> Segment {
    let whole = number as u32;
    if f64::from(whole) == number { Segment::Index(whole) } else { Segment::Key(number_text(number)) }
}

/// JavaScript's truth, by which Markdoc decides what a tag's first value and a fence's `process` say.
pub(super) fn is_true(value: &Value) -> bool {
    match value {
        Value::Number(number) => *number != 0.0,
        Value::String(text) => !text.is_empty(),
        value => value.is_truthy(),
    }
}
