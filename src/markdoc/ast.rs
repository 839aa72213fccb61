//! The parsed tree: one uniform [`Node`], with the types and names of Markdoc's own.

use super::{Attributes, Name, Value};

/// A parsed page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The text between the opening `---` lines, as it stands.
    pub front_matter: Option<String>,
    /// The nodes at the top.
    pub children: Vec<Node>,
    /// The files that spans point into: the page itself first, then its partials.
    /// Empty in a decoded document, which carries no positions.
    pub sources: Vec<Source>,
}

/// A file that was read, kept to turn offsets into lines and to quote them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The path as it was given.
    pub path: String,
    /// The text as it was read.
    pub text: String,
}

/// A range of bytes in one of the document's [`Source`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// The index into [`Document::sources`].
    pub source: u32,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Markdoc's attributes: `level` of a heading, `href` of a link, `content` of a
    /// text, and what the author wrote in a tag or an annotation.
    pub attributes: Attributes,
    /// The nodes inside.
    pub children: Vec<Node>,
    /// Where it stands.
    pub span: Span,
}

/// The types of node. The names in Markdoc's tree are these in lower case. Where all nodes of a page
/// are looked at, `matches!` asks for one: `==` would compare the names of tags.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are Markdoc's own")]
pub enum Kind {
    Heading,
    Paragraph,
    Inline,
    /// `content` is a string, or a variable or function to be resolved.
    Text,
    Softbreak,
    Hardbreak,
    /// A block of code; `content` is its text, `language` the first word of its info
    /// string; its children are the texts and tags that `content` is made of.
    Fence,
    /// A code span.
    Code,
    List,
    Item,
    Blockquote,
    Hr,
    Link,
    Image,
    Strong,
    Em,
    /// Struck through.
    S,
    Table,
    Thead,
    Tbody,
    Tr,
    Th,
    Td,
    Comment,
    /// A tag with its name.
    Tag(String),
    /// Something that could not be understood; what is wrong is in the problems.
    Error,
}

/// A page has thousands, and most of the time goes into moving them.
#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Node>() <= 112);

impl Kind {
    /// The type's name in Markdoc's tree.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Inline => "inline",
            Self::Text => "text",
            Self::Softbreak => "softbreak",
            Self::Hardbreak => "hardbreak",
            Self::Fence => "fence",
            Self::Code => "code",
            Self::List => "list",
            Self::Item => "item",
            Self::Blockquote => "blockquote",
            Self::Hr => "hr",
            Self::Link => "link",
            Self::Image => "image",
            Self::Strong => "strong",
            Self::Em => "em",
            Self::S => "s",
            Self::Table => "table",
            Self::Thead => "thead",
            Self::Tbody => "tbody",
            Self::Tr => "tr",
            Self::Th => "th",
            Self::Td => "td",
            Self::Comment => "comment",
            Self::Tag(_) => "tag",
            Self::Error => "error",
        }
    }
}

impl Document {
    /// All nodes of the page, in its order.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        all_of(&self.children)
    }
}

/// Nodes with all that stand in them, each before what it holds.
fn all_of(nodes: &[Node]) -> impl Iterator<Item = &Node> {
    let mut open: Vec<&Node> = nodes.iter().rev().collect();
    std::iter::from_fn(move || {
        let next = open.pop()?;
        open.extend(next.children.iter().rev());
        Some(next)
    })
}

impl Node {
    /// A node without attributes or children.
    #[inline]
    pub fn new(kind: Kind, span: Span) -> Self {
        Self { kind, attributes: Attributes::default(), children: Vec::new(), span }
    }

    /// The node with one more attribute.
    #[inline]
    pub fn with(mut self, name: impl Into<Name>, value: Value) -> Self {
        self.attributes.push(name, value);
        self
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&Value> {
        self.attributes.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The value of an attribute that is a plain string.
    pub fn string(&self, name: &str) -> Option<&str> {
        match self.attribute(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// The tag's name, if this is a tag.
    pub fn tag(&self) -> Option<&str> {
        match &self.kind {
            Kind::Tag(name) => Some(name),
            _ => None,
        }
    }

    /// The text of this node and all below it, without markup.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.collect_text(&mut out);
        out
    }

    /// The nodes below this one, in the order of the page.
    pub fn descendants(&self) -> impl Iterator<Item = &Self> {
        all_of(&self.children)
    }

    fn collect_text(&self, out: &mut String) {
        match self.kind {
            Kind::Text | Kind::Code | Kind::Fence => out.push_str(self.string("content").unwrap_or_default()),
            Kind::Softbreak | Kind::Hardbreak => out.push(' '),
            _ => self.children.iter().for_each(|child| child.collect_text(out)),
        }
    }
}

impl Source {
    /// The line and column of a byte offset, both counted from 1; the column counts
    /// characters.
    pub fn line_column(&self, offset: u32) -> (usize, usize) {
        let mut end = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &self.text[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// Where the lines of a source begin, so that the place of a byte is found without reading all
/// before it.
#[cfg(feature = "command")]
#[derive(Default)]
pub(crate) struct Lines(Vec<usize>);

#[cfg(feature = "command")]
impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(newline, _)| newline + 1)).collect())
    }

    /// What [`Source::line_column`] says of this text.
    pub(crate) fn line_column(&self, text: &str, offset: usize) -> (usize, usize) {
        let end = text.floor_char_boundary(offset);
        let line = self.0.partition_point(|start| *start <= end);
        let start = line.checked_sub(1).and_then(|index| self.0.get(index)).copied().unwrap_or_default();
        let before = text.get(start..end).unwrap_or_default();
        (line.max(1), before.chars().count() + 1)
    }
}

#[cfg(all(test, feature = "command"))]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_one_place() {
        for text in ["", "a", "ä\n\nöü€\r\n🚀x\n", "\n"] {
            let (source, lines) = (Source { path: String::new(), text: text.to_owned() }, Lines::of(text));
            for at in 0..text.len() + 2 {
                assert_eq!(lines.line_column(text, at), source.line_column(at as u32), "{text:?} {at}");
            }
        }
    }
}
