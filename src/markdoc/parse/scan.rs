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

    /// Whether one of them stands in a text. Without a way out, as most texts have none.
    pub fn are_in(&self, text: &str) -> bool {
        text.bytes().fold(false, |found, byte| found | self.has(byte))
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
        for (at, &byte) in bytes.iter().enumerate().rev() {
            let inside_here = inside;
            // Most of a page is none of these.
            if MARKS.has(byte) {
                match byte {
                    b'"' => std::mem::swap(&mut outside, &mut inside),
                    b'\\' => inside = inside_after,
                    b'%' if next == b'}' => outside = at as u32,
                    b'{' if next == b'%' && outside != NONE => ends.push((at as u32, outside)),
                    _ => {}
                }
            }
            inside_after = inside_here;
            next = byte;
        }
        Self { ends }
    }

    /// The position of the `%}` that closes the `{%` at `start`.
    pub fn end(&self, start: u32) -> Option<u32> {
        let found = self.ends.binary_search_by(|(open, _)| start.cmp(open)).ok()?;
        self.ends.get(found).map(|(_, end)| *end)
    }
}
