//! Text that was taken out of another text in pieces, and the way back to where each
//! byte came from.
//!
//! Three texts are made this way, each from the one before: the source with its line
//! ends made equal, the contents of its blocks without the block markup, and what
//! pulldown-cmark is given to read. A position in the last leads back to the first.

use std::cell::Cell;

/// A text put together from pieces of another.
#[derive(Default)]
pub(super) struct Extract {
    /// The text.
    pub text: String,
    pieces: Vec<Piece>,
    /// The piece that was last looked for.
    recent: Cell<usize>,
    /// The same, if what is in it stands as it stood: where it begins and ends, and its origin.
    plain: Cell<(u32, u32, u32)>,
}

/// From `at` on, up to the next piece, the text is what stands at `origin` there, or
/// stands for the `width` bytes that are there.
#[derive(Clone, Copy)]
struct Piece {
    at: u32,
    origin: u32,
    width: Option<u32>,
}

impl Extract {
    /// One that has room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    /// Where the text ends now.
    pub fn end(&self) -> u32 {
        self.text.len() as u32
    }

    /// Adds what stands at `origin`.
    pub fn push(&mut self, text: &str, origin: u32) {
        if text.is_empty() {
            return;
        }
        let at = self.end();
        let continues = self.pieces.last().is_some_and(|last| {
            last.width.is_none() && origin.checked_sub(last.origin) == Some(at - last.at)
        });
        if !continues {
            self.pieces.push(Piece { at, origin, width: None });
        }
        self.text.push_str(text);
    }

    /// Adds something that stands for the `width` bytes at `origin`.
    pub fn push_instead(&mut self, text: &str, origin: u32, width: u32) {
        if !text.is_empty() {
            self.pieces.push(Piece { at: self.end(), origin, width: Some(width) });
            self.text.push_str(text);
        }
    }

    /// Where the byte at `position` came from; at the end, where what is there ends.
    pub fn origin(&self, position: u32) -> u32 {
        if position > 0 && position >= self.end() {
            return self.range(position - 1, position).1;
        }
        self.piece(position).map_or(0, |piece| match piece.width {
            Some(width) => piece.origin + (position - piece.at).min(width.saturating_sub(1)),
            None => piece.origin + (position - piece.at),
        })
    }

    /// Where a range came from: from its first byte to its last.
    pub fn range(&self, start: u32, end: u32) -> (u32, u32) {
        // Most ranges lie in one piece that stands as it stood, the one of the last range.
        let (at, piece_end, origin) = self.plain.get();
        if at <= start && start < end && end <= piece_end {
            return (origin + (start - at), origin + (end - at));
        }
        if start < end
            && let Some(Piece { at, origin, width: None }) = self.piece(start).copied()
        {
            let piece_end = self.pieces.get(self.recent.get() + 1).map_or(self.end(), |next| next.at);
            self.plain.set((at, piece_end, origin));
            if end <= piece_end {
                return (origin + (start - at), origin + (end - at));
            }
        }
        let first = self.origin(start);
        let Some(last) = end.checked_sub(1).filter(|last| *last >= start) else { return (first, first) };
        let last = self.piece(last).map_or(first, |piece| match piece.width {
            Some(width) => piece.origin + width,
            None => piece.origin + (end - piece.at),
        });
        (first, last.max(first))
    }

    fn piece(&self, position: u32) -> Option<&Piece> {
        let begins = |index: usize| self.pieces.get(index).map_or(u32::MAX, |piece| piece.at);
        // Positions are asked for in order, by and large: most fall where the last one fell,
        // or into the next piece.
        let recent = self.recent.get();
        let index = if position < begins(recent) || begins(recent + 2) <= position {
            self.pieces.partition_point(|piece| piece.at <= position).saturating_sub(1)
        } else {
            recent + usize::from(begins(recent + 1) <= position)
        };
        self.recent.set(index);
        self.pieces.get(index)
    }

    /// The text of a range; empty where there is none.
    pub fn slice(&self, start: u32, end: u32) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }
}
