//! Small questions about text that several stages ask.

/// JavaScript's white space, which Markdoc trims.
pub(super) fn is_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

/// Some bytes, to be looked for.
pub(super) struct Bytes([bool; 256]);

impl Bytes {
    /// These ones.
    pub const fn of(bytes: &[u8]) -> Self {
        let mut table = [false; 256];
        let mut index = 0;
        while index < bytes.len() {
            table[bytes[index] as usize] = true;
            index += 1;
        }
        Self(table)
    }

    /// Whether a byte is one of them.
    pub const fn has(&self, byte: u8) -> bool {
        self.0[byte as usize]
    }

    /// Whether one of them is among these. Without a way out, as most have none.
    pub fn has_any(&self, bytes: &[u8]) -> bool {
        bytes.iter().fold(false, |found, byte| found | self.has(*byte))
    }
}

/// Where every `{%` of a text has its `%}`, found in one pass from the end, so that a
/// thousand unclosed tags cost no more than one.
pub(super) struct TagEnds {
    /// Pairs of the position of `{%` and that of its `%}`, in descending order.
    ends: Vec<(u32, u32)>,
}

impl TagEnds {
    /// Finds the ends in `text`.
    pub fn new(text: &str) -> Self {
        const NONE: u32 = u32::MAX;
        const PART: usize = 32;
        static MARKS: Bytes = Bytes::of(b"\"\\%{");
        let bytes = text.as_bytes();
        let mut ends = Vec::new();
        if !text.contains("{%") {
            return Self { ends };
        }
        // The end that a reader finds who stands at this byte, outside and inside of a
        // string; the same for the bytes after it.
        let (mut outside, mut inside) = (NONE, NONE);
        let mut inside_after = NONE;
        let mut next = 0;
        // Most of a page is none of the marks, and most of its parts have none.
        let mut end = bytes.len();
        for part in bytes.rchunks(PART) {
            end -= part.len();
            if !MARKS.has_any(part) {
                inside_after = inside;
                next = part.first().copied().unwrap_or_default();
                continue;
            }
            for (index, &byte) in part.iter().enumerate().rev() {
                let at = (end + index) as u32;
                let inside_here = inside;
                match byte {
                    b'"' => std::mem::swap(&mut outside, &mut inside),
                    b'\\' => inside = inside_after,
                    b'%' if next == b'}' => outside = at,
                    b'{' if next == b'%' && outside != NONE => ends.push((at, outside)),
                    _ => {}
                }
                inside_after = inside_here;
                next = byte;
            }
        }
        Self { ends }
    }

    /// Where each tag begins, and where its `%}` stands.
    pub fn places(&self) -> impl Iterator<Item = (u32, u32)> {
        self.ends.iter().copied()
    }

    /// The position of the `%}` that closes the `{%` at `start`.
    pub fn end(&self, start: u32) -> Option<u32> {
        let found = self.ends.binary_search_by(|(open, _)| start.cmp(open)).ok()?;
        self.ends.get(found).map(|(_, end)| *end)
    }
}
