//! Text that was taken out of another text in pieces, and the way back to where each
//! byte came from.
//!
//! Three texts are made this way, each from the one before: the source with its line
//! ends made equal, the contents of its blocks without the block markup, and what
//! pulldown-cmark is given to read. A position in the last leads back to the first.

/// A text put together from pieces of another.
#[derive(Default)]
pub(super) struct Extract {
    /// The text.
    pub text: String,
    pieces: Vec<Piece>,
}

/// From `at` on, up to the next piece, the text is what stands at `origin` there.
#[derive(Clone, Copy)]
struct Piece {
    at: u32,
    origin: u32,
}

impl Extract {
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
        let continues =
            self.pieces.last().is_some_and(|last| origin.checked_sub(last.origin) == Some(at - last.at));
        if !continues {
            self.pieces.push(Piece { at, origin });
        }
        self.text.push_str(text);
    }

    /// Adds something that stands for what is at `origin`, without being it.
    pub fn push_instead(&mut self, text: &str, origin: u32) {
        if !text.is_empty() {
            self.pieces.push(Piece { at: self.end(), origin });
            self.text.push_str(text);
        }
    }

    /// Where the byte at `position` came from.
    pub fn origin(&self, position: u32) -> u32 {
        let next = self.pieces.partition_point(|piece| piece.at <= position);
        let Some(piece) = next.checked_sub(1).and_then(|index| self.pieces.get(index)) else {
            return self.pieces.first().map_or(0, |first| first.origin);
        };
        let origin = piece.origin + (position - piece.at);
        match self.pieces.get(next) {
            // A stand-in may be longer than what it stands for.
            Some(next) if next.origin > piece.origin => origin.min(next.origin),
            _ => origin,
        }
    }

    /// Where a range came from: from its first byte to its last.
    pub fn range(&self, start: u32, end: u32) -> (u32, u32) {
        let first = self.origin(start);
        if end <= start {
            return (first, first);
        }
        (first, (self.origin(end - 1) + 1).max(first))
    }

    /// The text of a range; empty where there is none.
    pub fn slice(&self, start: u32, end: u32) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }
}
