//! Texts that need no Markdown parser: those in which nothing but tags, code, emphasis and
//! line breaks can stand. They are most texts of a page, and are read here for a fraction of
//! what [`mask`](super::mask) and pulldown-cmark cost.

use super::code::{Backticks, run};
use super::scan::{Bytes, TagEnds};

/// What it takes to read a text.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Reading {
    /// It is text, and nothing else.
    None,
    /// What [`pieces`] finds.
    Pieces,
    /// A Markdown parser: there may be links, entities or escapes.
    Markdown,
}

/// A piece of a text, as a range of its bytes.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub kind: PieceKind,
    pub start: usize,
    pub end: usize,
}

/// What a piece is.
#[derive(Clone, Copy)]
pub(super) enum PieceKind {
    Text,
    /// `{% … %}`.
    Tag,
    /// Code with its backticks.
    Code,
    /// Equal marks of emphasis.
    Marks,
    Softbreak,
    Hardbreak,
}

/// What it takes to read this text.
pub(super) fn reading(text: &str) -> Reading {
    static MARKDOWN: Bytes = Bytes::of(b"\\<&[\t\x0b\x0c");
    static PIECES: Bytes = Bytes::of(b"\n{`*_~");
    let bytes = text.as_bytes();
    if MARKDOWN.has_any(bytes) {
        Reading::Markdown
    } else if PIECES.has_any(bytes) {
        Reading::Pieces
    } else {
        Reading::None
    }
}

/// Gives the pieces of a text that needs no more than this, in order.
pub(super) fn pieces(text: &str, mut give: impl FnMut(Piece)) {
    let bytes = text.as_bytes();
    let ends = TagEnds::new(text);
    let mut code = Backticks::new(bytes);
    let mut give_all = |from: usize, piece: Piece| {
        if from < piece.start {
            give(Piece { kind: PieceKind::Text, start: from, end: piece.start });
        }
        if piece.start < piece.end {
            give(piece);
        }
    };
    // Where the text begins that is in no piece yet.
    let (mut from, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let length = if matches!(byte, b'`' | b'*' | b'_' | b'~') { run(bytes, at) } else { 1 };
        let end = at + length;
        let piece = match byte {
            b'{' if bytes.get(end) == Some(&b'%') => ends.end(at as u32).map(|close| Piece {
                kind: PieceKind::Tag,
                start: at,
                end: close as usize + 2,
            }),
            b'`' => code.code(bytes, at, length).map(|end| Piece { kind: PieceKind::Code, start: at, end }),
            b'*' | b'_' | b'~' => Some(Piece { kind: PieceKind::Marks, start: at, end }),
            b'\n' => Some(line_break(text, from, at)),
            _ => None,
        };
        at = piece.map_or(end, |piece| piece.end);
        if let Some(piece) = piece {
            give_all(from, piece);
            from = at;
        }
    }
    give_all(from, Piece { kind: PieceKind::Text, start: at, end: at });
}

/// The line break at `at`, with the spaces around it. Two before it make it hard.
fn line_break(text: &str, from: usize, at: usize) -> Piece {
    let before = text.get(from..at).unwrap_or_default();
    let after = text.get(at + 1..).unwrap_or_default();
    let start = from + before.trim_end_matches(' ').len();
    let end = text.len() - after.trim_start_matches(' ').len();
    let kind = if at - start > 1 { PieceKind::Hardbreak } else { PieceKind::Softbreak };
    Piece { kind, start, end }
}
