//! A document as bytes: what the build writes, and the app reads instead of parsing.
//!
//! Start with [`encode`] and [`decode`]. The bytes are a version, then the tree, parents
//! before children. Numbers are LEB128. A text ends with a byte that stands in no text; a short
//! name is written where it first stands and referred to by its number afterwards. The bytes are
//! to be few once they are compressed, and a compressor finds other repetition by itself: a length
//! before each text, which seldom repeats, would cost more than the text's end.
//!
//! What only an author needs stays behind: the sources, the spans, the list of annotations,
//! whose values stand in the attributes too, and what was written in a fence, whose children
//! are what it was read as. In all else a decoded document is equal to the encoded one.

use std::fmt;

use super::attributes::Name;
use super::{Document, Function, Kind, Node, Segment, Span, Value, Variable};

/// The first byte. It changes with every change of the format: both sides ship together,
/// so an old reader never has to understand a new writer, only to refuse it.
const VERSION: u8 = 2;

/// Ends a text. No text in UTF-8 has this byte.
const TEXT_END: u8 = 0xff;

/// Stands for no name.
const NO_NAME: u32 = 0;

/// Stands for a name that was not written before, and follows.
const NEW_NAME: u32 = 1;

/// The number of the first name that was written.
const FIRST_NAME: u32 = 2;

/// Where the kind of a node may stand: a [text](Kind::Text) that has nothing but its content.
const ONLY_TEXT: u8 = 26;

/// Where the kind of a node may stand: there are no more nodes beside the one before.
const NODES_END: u8 = 27;

/// How deep nodes may nest. What is parsed is no deeper, and neither is it with its partials.
pub(super) const MAX_NESTED: usize = 256;

/// How deep nodes and values may nest together, so that decoding cannot use up a
/// browser's small stack. A value is no deeper than 64.
const MAX_DEPTH: usize = MAX_NESTED + 64;

/// The longest name that is written only once. It bounds how much larger than the
/// bytes a document can become.
const MAX_SHARED: usize = 64;

/// How many entries a list reserves room for before they have been seen.
const MAX_RESERVED: usize = 16;

/// Why bytes are not a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// They were written by another version.
    Version,
    /// They end too early.
    Truncated,
    /// They say something that no document says.
    Malformed,
    /// They nest deeper than a document may.
    TooDeep,
}

/// The document as bytes.
pub fn encode(document: &Document) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.document(document);
    writer.finish()
}

/// The document that [`encode`] was given, without sources, spans and annotations.
pub fn decode(bytes: &[u8]) -> Result<Document, DecodeError> {
    let mut reader = Reader::new(bytes)?;
    let document = reader.document()?;
    reader.finish()?;
    Ok(document)
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Version => "the document was encoded by another version of the program",
            Self::Truncated => "the encoded document ends too early",
            Self::Malformed => "the encoded document is damaged",
            Self::TooDeep => "the encoded document nests too deep",
        })
    }
}

impl std::error::Error for DecodeError {}

/// Writes what [`Reader`] reads. Other files of bytes may hold documents by these two.
pub(crate) struct Writer<'a> {
    bytes: Vec<u8>,
    shared: Shared<'a>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new() -> Self {
        Self { bytes: vec![VERSION], shared: Shared::new() }
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.bytes
    }

    pub(crate) fn document(&mut self, document: &'a Document) {
        match &document.front_matter {
            None => self.bytes.push(0),
            Some(text) => {
                self.bytes.push(1);
                self.string(text);
            }
        }
        self.nodes(&document.children);
    }

    pub(crate) fn list<T>(&mut self, items: &'a [T], mut write: impl FnMut(&mut Self, &'a T)) {
        self.number(items.len() as u32);
        items.iter().for_each(|item| write(self, item));
    }

    pub(crate) fn string(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(TEXT_END);
    }

    fn name(&mut self, name: &'a str) {
        let known = if name.len() <= MAX_SHARED { self.shared.number(name) } else { None };
        self.number(known.unwrap_or(NEW_NAME));
        if known.is_none() {
            self.string(name);
        }
    }

    fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    fn nodes(&mut self, nodes: &'a [Node]) {
        nodes.iter().for_each(|node| self.node(node));
        self.bytes.push(NODES_END);
    }

    fn node(&mut self, node: &'a Node) {
        if let Some(text) = only_text(node) {
            self.bytes.push(ONLY_TEXT);
            return self.string(text);
        }
        self.bytes.push(kind_code(&node.kind));
        if let Kind::Tag(name) = &node.kind {
            self.name(name);
        }
        let is_kept = |(name, _): &&(Name, Value)| !(is_read_fence(node) && name == "content");
        for (name, value) in node.attributes.iter().filter(is_kept) {
            self.name(name);
            self.value(value);
        }
        self.number(NO_NAME);
        self.nodes(&node.children);
    }

    fn entry(&mut self, (key, value): &'a (String, Value)) {
        self.name(key);
        self.value(value);
    }

    fn value(&mut self, value: &'a Value) {
        match value {
            Value::Null => self.bytes.push(0),
            Value::Bool(false) => self.bytes.push(1),
            Value::Bool(true) => self.bytes.push(2),
            Value::Number(number) => match whole(*number) {
                Some(small) => {
                    self.bytes.push(3);
                    self.number(small);
                }
                None => {
                    self.bytes.push(4);
                    self.bytes.extend_from_slice(&number.to_le_bytes());
                }
            },
            Value::String(text) => {
                self.bytes.push(5);
                self.string(text);
            }
            Value::Array(items) => {
                self.bytes.push(6);
                self.list(items, Self::value);
            }
            Value::Object(entries) => {
                self.bytes.push(7);
                self.list(entries, Self::entry);
            }
            Value::Variable(variable) => {
                self.bytes.push(8);
                self.list(&variable.path, Self::segment);
            }
            Value::Function(function) => {
                self.bytes.push(9);
                self.name(&function.name);
                self.list(&function.parameters, Self::parameter);
            }
        }
    }

    fn segment(&mut self, segment: &'a Segment) {
        match segment {
            Segment::Key(key) => {
                self.bytes.push(0);
                self.name(key);
            }
            Segment::Index(index) => {
                self.bytes.push(1);
                self.number(*index);
            }
        }
    }

    fn parameter(&mut self, (name, value): &'a (Option<String>, Value)) {
        match name {
            None => self.number(NO_NAME),
            Some(name) => self.name(name),
        }
        self.value(value);
    }
}

/// The short names that were written.
///
/// One that is not found is written again, which costs bytes and nothing else. So only a few
/// places are looked at for each, whatever a page says.
struct Shared<'a> {
    /// In the order in which they were written, which is how they are numbered.
    names: Vec<&'a str>,
    /// The numbers of those that can be found, by their hashes; [`NO_NAME`] where there is none.
    places: Vec<u32>,
}

impl<'a> Shared<'a> {
    /// How many places there are.
    const PLACES: usize = 1 << 13;

    /// How many of them, side by side, a name may stand in.
    const TRIED: usize = 8;

    fn new() -> Self {
        Self { names: Vec::new(), places: vec![NO_NAME; Self::PLACES] }
    }

    /// The number of a name that was written. If it was not, it is written now.
    fn number(&mut self, name: &'a str) -> Option<u32> {
        // FNV-1a.
        let hash = name
            .bytes()
            .fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let first = (hash ^ (hash >> 16)) as usize;
        let mut place = first % Self::PLACES;
        for tried in 0..Self::TRIED {
            let here = (first + tried) % Self::PLACES;
            match self.places.get(here) {
                Some(&number) if number != NO_NAME => {
                    if self.names.get((number - FIRST_NAME) as usize) == Some(&name) {
                        return Some(number);
                    }
                }
                _ => {
                    place = here;
                    break;
                }
            }
        }
        if let Some(slot) = self.places.get_mut(place) {
            *slot = FIRST_NAME + self.names.len() as u32;
        }
        self.names.push(name);
        None
    }
}

/// Reads what [`Writer`] wrote. Every claim is checked against the bytes that are left,
/// and nothing is reserved on the word of a number alone.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    shared: Vec<&'a str>,
    depth: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        match bytes.split_first() {
            Some((&VERSION, rest)) => Ok(Self { rest, shared: Vec::new(), depth: 0 }),
            Some(_) => Err(DecodeError::Version),
            None => Err(DecodeError::Truncated),
        }
    }

    pub(crate) fn finish(self) -> Result<(), DecodeError> {
        if self.rest.is_empty() { Ok(()) } else { Err(DecodeError::Malformed) }
    }

    pub(crate) fn document(&mut self) -> Result<Document, DecodeError> {
        let front_matter = match self.byte()? {
            0 => None,
            1 => Some(self.string()?),
            _ => return Err(DecodeError::Malformed),
        };
        Ok(Document { front_matter, children: self.nodes()?, sources: Vec::new() })
    }

    pub(crate) fn list<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<Vec<T>, DecodeError> {
        let count = self.number()? as usize;
        let mut items = Vec::with_capacity(count.min(MAX_RESERVED));
        for _ in 0..count {
            items.push(read(self)?);
        }
        Ok(items)
    }

    pub(crate) fn string(&mut self) -> Result<String, DecodeError> {
        self.text().map(str::to_owned)
    }

    fn text(&mut self) -> Result<&'a str, DecodeError> {
        let end = self.rest.iter().position(|byte| *byte == TEXT_END).ok_or(DecodeError::Truncated)?;
        let text = str::from_utf8(self.take(end)?).map_err(|_| DecodeError::Malformed)?;
        self.byte()?;
        Ok(text)
    }

    /// A name, if there is one.
    fn name_if_any(&mut self) -> Result<Option<String>, DecodeError> {
        Ok(Some(match self.number()? {
            NO_NAME => return Ok(None),
            NEW_NAME => {
                let name = self.text()?;
                if name.len() <= MAX_SHARED {
                    self.shared.push(name);
                }
                name.to_owned()
            }
            number => match self.shared.get((number - FIRST_NAME) as usize) {
                Some(name) => (*name).to_owned(),
                None => return Err(DecodeError::Malformed),
            },
        }))
    }

    fn name(&mut self) -> Result<String, DecodeError> {
        self.name_if_any()?.ok_or(DecodeError::Malformed)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], DecodeError> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(DecodeError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, DecodeError> {
        let (byte, rest) = self.rest.split_first().ok_or(DecodeError::Truncated)?;
        self.rest = rest;
        Ok(*byte)
    }

    fn number(&mut self) -> Result<u32, DecodeError> {
        let mut number: u64 = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return u32::try_from(number).map_err(|_| DecodeError::Malformed);
            }
        }
        Err(DecodeError::Malformed)
    }

    fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        if self.depth == MAX_DEPTH {
            return Err(DecodeError::TooDeep);
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn nodes(&mut self) -> Result<Vec<Node>, DecodeError> {
        let mut nodes = Vec::new();
        loop {
            match self.byte()? {
                NODES_END => return Ok(nodes),
                code => nodes.push(self.node(code)?),
            }
        }
    }

    fn node(&mut self, code: u8) -> Result<Node, DecodeError> {
        if code == ONLY_TEXT {
            let mut node = Node::new(Kind::Text, Span::default());
            node.attributes.push("content", Value::String(self.string()?));
            return Ok(node);
        }
        let kind = match kind_of(code) {
            Some(Kind::Tag(_)) => Kind::Tag(self.name()?),
            Some(kind) => kind,
            None => return Err(DecodeError::Malformed),
        };
        let mut node = Node::new(kind, Span::default());
        while let Some(name) = self.name_if_any()? {
            node.attributes.push(name, self.value()?);
        }
        node.children = self.deeper(Self::nodes)?;
        Ok(node)
    }

    fn entry(&mut self) -> Result<(String, Value), DecodeError> {
        Ok((self.name()?, self.value()?))
    }

    fn value(&mut self) -> Result<Value, DecodeError> {
        Ok(match self.byte()? {
            0 => Value::Null,
            1 => Value::Bool(false),
            2 => Value::Bool(true),
            3 => Value::Number(f64::from(self.number()?)),
            4 => {
                let bytes = self.take(8)?.try_into().map_err(|_| DecodeError::Truncated)?;
                Value::Number(f64::from_le_bytes(bytes))
            }
            5 => Value::String(self.string()?),
            6 => Value::Array(self.deeper(|reader| reader.list(Self::value))?.into()),
            7 => Value::Object(self.deeper(|reader| reader.list(Self::entry))?.into()),
            8 => match self.list(Self::segment)? {
                path if path.is_empty() => return Err(DecodeError::Malformed),
                path => Value::Variable(Variable { path: path.into() }),
            },
            9 => Value::Function(Box::new(Function {
                name: self.name()?,
                parameters: self.deeper(|reader| reader.list(Self::parameter))?,
            })),
            _ => return Err(DecodeError::Malformed),
        })
    }

    fn segment(&mut self) -> Result<Segment, DecodeError> {
        match self.byte()? {
            0 => self.name().map(Segment::Key),
            1 => self.number().map(Segment::Index),
            _ => Err(DecodeError::Malformed),
        }
    }

    fn parameter(&mut self) -> Result<(Option<String>, Value), DecodeError> {
        Ok((self.name_if_any()?, self.value()?))
    }
}

/// The content of a text that has nothing else.
fn only_text(node: &Node) -> Option<&str> {
    let mut attributes = node.attributes.iter();
    match (&node.kind, attributes.next(), attributes.next(), &node.children[..]) {
        (Kind::Text, Some((name, Value::String(text))), None, []) if name == "content" => Some(text),
        _ => None,
    }
}

/// Whether what was written in a fence stands in its children, too.
fn is_read_fence(node: &Node) -> bool {
    node.kind == Kind::Fence && !node.children.is_empty()
}

/// The number as a small whole one, if writing it so loses nothing (not even the sign of
/// a zero).
fn whole(number: f64) -> Option<u32> {
    let small = number as u32;
    (f64::from(small).to_bits() == number.to_bits()).then_some(small)
}

fn kind_code(kind: &Kind) -> u8 {
    match kind {
        Kind::Tag(_) => 0,
        Kind::Heading => 1,
        Kind::Paragraph => 2,
        Kind::Inline => 3,
        Kind::Text => 4,
        Kind::Softbreak => 5,
        Kind::Hardbreak => 6,
        Kind::Fence => 7,
        Kind::Code => 8,
        Kind::List => 9,
        Kind::Item => 10,
        Kind::Blockquote => 11,
        Kind::Hr => 12,
        Kind::Link => 13,
        Kind::Image => 14,
        Kind::Strong => 15,
        Kind::Em => 16,
        Kind::S => 17,
        Kind::Table => 18,
        Kind::Thead => 19,
        Kind::Tbody => 20,
        Kind::Tr => 21,
        Kind::Th => 22,
        Kind::Td => 23,
        Kind::Comment => 24,
        Kind::Error => 25,
    }
}

/// The kind that a code stands for; a tag without its name, which follows.
fn kind_of(code: u8) -> Option<Kind> {
    Some(match code {
        0 => Kind::Tag(String::new()),
        1 => Kind::Heading,
        2 => Kind::Paragraph,
        3 => Kind::Inline,
        4 => Kind::Text,
        5 => Kind::Softbreak,
        6 => Kind::Hardbreak,
        7 => Kind::Fence,
        8 => Kind::Code,
        9 => Kind::List,
        10 => Kind::Item,
        11 => Kind::Blockquote,
        12 => Kind::Hr,
        13 => Kind::Link,
        14 => Kind::Image,
        15 => Kind::Strong,
        16 => Kind::Em,
        17 => Kind::S,
        18 => Kind::Table,
        19 => Kind::Thead,
        20 => Kind::Tbody,
        21 => Kind::Tr,
        22 => Kind::Th,
        23 => Kind::Td,
        24 => Kind::Comment,
        25 => Kind::Error,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

    use proptest::prelude::*;
    use proptest::{collection::vec, option, sample::Index};

    use super::*;
    use crate::markdoc::{Annotation, Source};

    proptest! {
        #[test]
        fn what_was_encoded_is_decoded(document in documents()) {
            prop_assert_eq!(decode(&encode(&document)), Ok(as_decoded(document)));
        }

        #[test]
        fn no_beginning_of_a_document_is_a_document(document in documents(), end in any::<Index>()) {
            let bytes = encode(&document);
            prop_assert_eq!(decode(&bytes[..end.index(bytes.len())]), Err(DecodeError::Truncated));
        }

        #[test]
        fn damaged_bytes_are_refused_or_mean_some_document(
            document in documents(),
            damage in vec((any::<Index>(), any::<u8>()), 1..8),
        ) {
            let mut bytes = encode(&document);
            for (place, byte) in damage {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            if let Ok(read) = decode(&bytes) {
                // Compared as bytes, as a damaged number may be one that equals nothing.
                let again = encode(&read);
                prop_assert_eq!(encode(&decode(&again).unwrap()), again);
            }
        }

        #[test]
        fn any_bytes_are_refused_or_mean_some_document(bytes in vec(any::<u8>(), 0..200)) {
            let mut bytes = bytes;
            bytes.insert(0, VERSION);
            let _ = decode(&bytes);
        }
    }

    /// Bytes after the version, and what is wrong with them.
    const REFUSED: &[(&str, &[u8], DecodeError)] = &[
        ("nothing", &[], DecodeError::Truncated),
        ("an unknown option", &[2], DecodeError::Malformed),
        ("nodes without end", &[0], DecodeError::Truncated),
        ("a text without end", &[0, 26, b'a'], DecodeError::Truncated),
        ("a text that is not UTF-8", &[0, 26, 0xc3, 0xff, 27], DecodeError::Malformed),
        ("a name that was not seen before", &[0, 1, 2], DecodeError::Malformed),
        ("a name of more than 32 bits", &[0, 1, 0xff, 0xff, 0xff, 0xff, 0x1f], DecodeError::Malformed),
        ("a number without end", &[0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], DecodeError::Malformed),
        ("a tag without a name", &[0, 0, 0, 27, 27], DecodeError::Malformed),
        ("an unknown kind", &[0, 28], DecodeError::Malformed),
        ("an unknown value", &[0, 1, 1, 0xff, 10], DecodeError::Malformed),
        (
            "four thousand million values",
            &[0, 1, 1, 0xff, 6, 0xff, 0xff, 0xff, 0xff, 0x0f],
            DecodeError::Truncated,
        ),
        ("a variable without a name", &[0, 1, 1, 0xff, 8, 0], DecodeError::Malformed),
        ("more than a document", &[0, 27, 0], DecodeError::Malformed),
    ];

    #[test]
    fn what_no_document_says_is_refused() {
        for (name, rest, error) in REFUSED {
            let bytes = [&[VERSION], *rest].concat();
            assert_eq!(decode(&bytes), Err(*error), "{name}");
        }
        assert_eq!(decode(&[]), Err(DecodeError::Truncated));
        assert_eq!(decode(&[VERSION + 1, 0, NODES_END]), Err(DecodeError::Version));
    }

    #[test]
    fn nodes_and_values_nest_to_a_limit() {
        let nodes = |depth| {
            let node = (0..depth).fold(Node::new(Kind::Text, Span::default()), |inner, _| {
                let mut node = Node::new(Kind::Blockquote, Span::default());
                node.children.push(inner);
                node
            });
            Document { children: vec![node], ..Document::default() }
        };
        let values = |depth| {
            let mut node = Node::new(Kind::Paragraph, Span::default());
            let value = (0..depth).fold(Value::Null, |inner, _| Value::Array([inner].into()));
            node.attributes.push("class", value);
            Document { children: vec![node], ..Document::default() }
        };
        for document in [nodes(MAX_DEPTH - 1), values(MAX_DEPTH)] {
            assert_eq!(decode(&encode(&document)), Ok(document));
        }
        for document in [nodes(MAX_DEPTH), values(MAX_DEPTH + 1)] {
            assert_eq!(decode(&encode(&document)), Err(DecodeError::TooDeep));
        }
    }

    #[test]
    fn every_kind_has_its_own_code() {
        for code in 0..=u8::MAX {
            if let Some(kind) = kind_of(code) {
                assert_eq!(kind_code(&kind), code);
                assert!(![ONLY_TEXT, NODES_END].contains(&code));
            }
        }
    }

    #[test]
    fn a_repeated_short_name_is_written_once() {
        let mut document = Document::default();
        for _ in 0..100 {
            document.children.push(Node::new(Kind::Tag("inlineCallout".to_owned()), Span::default()));
        }
        let bytes = encode(&document);
        assert_eq!(bytes.windows(13).filter(|window| window == b"inlineCallout").count(), 1);
    }

    #[test]
    fn more_short_names_than_can_be_found_again_are_read_as_they_were() {
        let names = || (0..3 * Shared::PLACES).map(|number| Kind::Tag(number.to_string()));
        let children = names().chain(names()).map(|kind| Node::new(kind, Span::default())).collect();
        let document = Document { children, ..Document::default() };
        assert_eq!(decode(&encode(&document)), Ok(document));
    }

    fn as_decoded(document: Document) -> Document {
        fn strip(node: &mut Node) {
            node.span = Span::default();
            let is_kept = |(name, _): &&(Name, Value)| !(is_read_fence(node) && name == "content");
            node.attributes = node.attributes.iter().filter(is_kept).cloned().collect();
            node.children.iter_mut().for_each(strip);
        }
        let mut document = Document { sources: Vec::new(), ..document };
        document.children.iter_mut().for_each(strip);
        document
    }

    fn documents() -> impl Strategy<Value = Document> {
        (option::of(strings()), vec(nodes(), 0..5)).prop_map(|(front_matter, children)| Document {
            front_matter,
            children,
            sources: vec![Source { path: "page.md".to_owned(), text: "text".to_owned() }],
        })
    }

    fn nodes() -> impl Strategy<Value = Node> {
        let kinds = prop_oneof![
            4 => (1..=25u8).prop_map(|code| kind_of(code).unwrap()),
            1 => strings().prop_map(Kind::Tag),
        ];
        let names = prop_oneof![3 => strings(), 1 => Just("content".to_owned())];
        let leaf = (kinds, vec((names, values()), 0..4), any::<u32>())
            .prop_map(|(kind, attributes, start)| {
                let span = Span { source: 0, start, end: start };
                let mut node = Node::new(kind, span);
                for (name, value) in attributes {
                    let annotation = Annotation { name: name.clone(), value: value.clone(), span };
                    node.attributes.push(name, value);
                    node.attributes.annotate(annotation);
                }
                node
            })
            .boxed();
        leaf.clone().prop_recursive(6, 24, 4, move |inner| {
            (leaf.clone(), vec(inner, 0..4)).prop_map(|(node, children)| Node { children, ..node })
        })
    }

    fn values() -> impl Strategy<Value = Value> {
        let numbers = prop_oneof![
            any::<i32>().prop_map(f64::from),
            any::<f64>().prop_filter("a number that is not one equals nothing", |number| !number.is_nan()),
            Just(-0.0),
            Just(f64::from(u32::MAX)),
        ];
        let segments = prop_oneof![strings().prop_map(Segment::Key), any::<u32>().prop_map(Segment::Index)];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            numbers.prop_map(Value::Number),
            strings().prop_map(Value::String),
            vec(segments, 1..4).prop_map(|path| Value::Variable(Variable { path: path.into() })),
        ];
        leaf.prop_recursive(4, 16, 4, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(|items| Value::Array(items.into())),
                vec((strings(), inner.clone()), 0..4).prop_map(|entries| Value::Object(entries.into())),
                (strings(), vec((option::of(strings()), inner), 0..4))
                    .prop_map(|(name, parameters)| Value::Function(Box::new(Function { name, parameters }))),
            ]
        })
    }

    /// Few and short, so that they repeat; and some that are too long to be shared.
    fn strings() -> impl Strategy<Value = String> {
        prop_oneof![8 => "[a-c]{0,2}", 1 => ".{60,70}"]
    }
}
