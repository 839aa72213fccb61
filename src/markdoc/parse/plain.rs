//! Texts that need no Markdown parser: those in which nothing but tags, code, emphasis, escapes,
//! line breaks and links of the plainer kinds stand. They are most texts of a page, and are read
//! here for a fraction of what [`mask`](super::mask) and pulldown-cmark cost.

use super::address::is_script;
use super::code::{Backticks, closing, run};
use super::mask::autolink;
use super::scan::{Bytes, TagEnds};

/// What it takes to read a text.
pub(super) enum Reading {
    /// It is text, and nothing else.
    Text,
    /// Its pieces, which were found.
    Pieces,
    /// A Markdown parser: there may be entities, tabs, or links of any kind.
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
    /// `[label](address)` or `[label](address "title")`; the pieces of its label follow, then its
    /// end.
    Link(Label),
    /// What the end of a link leaves of it, from its label's end on.
    LinkEnd,
    /// `![label](address)` or `![label](address "title")`.
    Image(Label),
}

/// The label of a link or an image. Two bytes after it stands its address, and a byte after that,
/// in quotes, its title, up to the last byte but one.
#[derive(Clone, Copy)]
pub(super) struct Label {
    /// The place of its `]`.
    pub end: usize,
    pub address_end: usize,
}

/// What may be more than text.
static SIGNS: Bytes = Bytes::of(b"\n*_~`{[]<&\\\t\x0b\x0c");

/// What it takes to read this text, of which the pieces are put into an empty list.
/// `has_definitions` is whether the page has any of links.
pub(super) fn read(text: &str, has_definitions: bool, pieces: &mut Vec<Piece>) -> Reading {
    match find_pieces(text, has_definitions, pieces) {
        Some(()) if pieces.is_empty() => Reading::Text,
        Some(()) => Reading::Pieces,
        None => {
            pieces.clear();
            Reading::Markdown
        }
    }
}

/// The pieces of a text that needs no more than this, in order, and none of one that is text and
/// nothing else; nothing once it turns out to need more.
fn find_pieces(text: &str, has_definitions: bool, pieces: &mut Vec<Piece>) -> Option<()> {
    let bytes = text.as_bytes();
    // The ends of the tags, once there is one.
    let mut ends: Option<TagEnds> = None;
    // What was noted of backticks, once there was something to note.
    let mut code: Option<Backticks> = None;
    let mut give = |from: usize, piece: Piece| {
        if from < piece.start {
            pieces.push(Piece { kind: PieceKind::Text, start: from, end: piece.start });
        }
        if piece.start < piece.end {
            pieces.push(piece);
        }
    };
    // Where the text begins that is in no piece yet.
    let (mut from, mut at) = (0, 0);
    // The link whose label is being read.
    let mut link: Option<(Label, usize)> = None;
    // Where the last escape ends.
    let mut escape_end = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        at += rest.iter().position(|byte| SIGNS.has(*byte)).unwrap_or(rest.len());
        let Some(&byte) = bytes.get(at) else { break };
        let length = if matches!(byte, b'`' | b'*' | b'_' | b'~') { run(bytes, at) } else { 1 };
        let end = at + length;
        let piece = match byte {
            b'{' if bytes.get(end) == Some(&b'%') => {
                let ends = ends.get_or_insert_with(|| TagEnds::new(text));
                let close = ends.end(at as u32);
                close.map(|close| Piece { kind: PieceKind::Tag, start: at, end: close as usize + 2 })
            }
            b'`' => {
                let code_end = match &mut code {
                    Some(code) => code.code(bytes, at, length),
                    None => match closing(bytes, length, end) {
                        // It changes what a bracket is.
                        None if text.contains('[') => return None,
                        None => code.insert(Backticks::new(bytes)).code(bytes, at, length),
                        end => end,
                    },
                };
                code_end.map(|end| Piece { kind: PieceKind::Code, start: at, end })
            }
            b'*' | b'_' | b'~' => Some(Piece { kind: PieceKind::Marks, start: at, end }),
            b'\\' => match bytes.get(end) {
                Some(b'\n') => {
                    let next = text.get(end + 1..).unwrap_or_default().trim_start_matches(' ');
                    give(from, Piece { kind: PieceKind::Hardbreak, start: at, end: end + 1 });
                    at = text.len() - next.len();
                    from = at;
                    continue;
                }
                Some(sign) if sign.is_ascii_punctuation() => {
                    give(from, Piece { kind: PieceKind::Text, start: at, end: at });
                    from = end;
                    at = end + 1;
                    escape_end = at;
                    continue;
                }
                _ => None,
            },
            b'\n' => {
                let (kind, text_end, next) = line_break(text, from, at);
                give(from, Piece { kind: PieceKind::Text, start: text_end, end: text_end });
                // As pulldown-cmark counts: the spaces that make a break hard belong to it, others
                // to nothing.
                let start = if matches!(kind, PieceKind::Hardbreak) { text_end } else { at };
                give(start, Piece { kind, start, end: at + 1 });
                at = next;
                from = at;
                continue;
            }
            b'[' => match bracket(text, at, has_definitions)? {
                Bracket::Link(label, end) if at > escape_end && bytes.get(at - 1) == Some(&b'!') => {
                    Some(Piece { kind: PieceKind::Image(label), start: at - 1, end })
                }
                Bracket::Link(label, end) => {
                    give(from, Piece { kind: PieceKind::Link(label), start: at, end });
                    link = Some((label, end));
                    at += 1;
                    from = at;
                    continue;
                }
                Bracket::Text => None,
            },
            b']' => link.take_if(|(label, _)| label.end == at).map(|(_, end)| Piece {
                kind: PieceKind::LinkEnd,
                start: at,
                end,
            }),
            b'\t' | b'\x0b' | b'\x0c' => return None,
            b'<' if autolink(text, at).is_some() => return None,
            b'&' if is_entity(bytes, end) => return None,
            _ => None,
        };
        at = piece.map_or(end, |piece| piece.end);
        if let Some(piece) = piece {
            give(from, piece);
            from = at;
        }
    }
    if from > 0 {
        give(from, Piece { kind: PieceKind::Text, start: at, end: at });
    }
    Some(())
}

/// What a `[` begins.
enum Bracket {
    /// A link, by its label and its end.
    Link(Label, usize),
    /// Nothing.
    Text,
}

/// What begins at `start`: a link in whose label is nothing but words, code and emphasis, and in
/// whose address and title nothing means anything but itself; or brackets that make no link, in
/// a page without definitions. Nothing where it may be anything else.
fn bracket(text: &str, start: usize, has_definitions: bool) -> Option<Bracket> {
    const TITLE_ENDS: [char; 7] = ['"', '\\', '&', '{', '<', '`', '\n'];
    static ADDRESS: Bytes =
        Bytes::of(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz;/?:@=+$,-_.!~*%#");
    let bytes = text.as_bytes();
    let mut at = start + 1;
    while *bytes.get(at)? != b']' {
        match bytes.get(at)? {
            b'[' | b'{' | b'<' | b'&' | b'\n' | b'\\' => return None,
            b'`' => {
                let length = run(bytes, at);
                at = closing(bytes, length, at + length)?;
            }
            _ => at += 1,
        }
    }
    let Some(rest) = text.get(at..)?.strip_prefix("](") else {
        return (!has_definitions).then_some(Bracket::Text);
    };
    let label = text.get(start + 1..at)?;
    let is_plain = !label.is_empty() && !label.starts_with(' ') && !label.ends_with(' ');
    let length = rest.bytes().take_while(|byte| ADDRESS.has(*byte)).count();
    let after = rest.get(length..)?;
    let after = match after.strip_prefix(" \"") {
        Some(title) => title.trim_start_matches(|sign| !TITLE_ENDS.contains(&sign)).strip_prefix('"')?,
        None => after,
    };
    let is_closed = length > 0 && after.starts_with(')');
    let label = Label { end: at, address_end: at + 2 + length };
    (is_plain && is_closed && !is_script(rest.get(..length)?))
        .then_some(Bracket::Link(label, text.len() - after.len() + 1))
}

/// Whether an entity may stand behind an `&`.
fn is_entity(bytes: &[u8], start: usize) -> bool {
    let rest = bytes.get(start..).unwrap_or_default();
    let name = rest.strip_prefix(b"#").unwrap_or(rest);
    let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    length > 0 && name.get(length) == Some(&b';')
}

/// The kind of the line break at `at`, where the text before it ends, and where the next begins.
/// Two spaces before it make it hard.
fn line_break(text: &str, from: usize, at: usize) -> (PieceKind, usize, usize) {
    let before = text.get(from..at).unwrap_or_default();
    let after = text.get(at + 1..).unwrap_or_default();
    let text_end = from + before.trim_end_matches(' ').len();
    let next = text.len() - after.trim_start_matches(' ').len();
    let kind = if at - text_end > 1 { PieceKind::Hardbreak } else { PieceKind::Softbreak };
    (kind, text_end, next)
}
