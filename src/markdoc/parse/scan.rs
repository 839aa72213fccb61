//! Small questions about text that several stages ask.

/// JavaScript's white space, which Markdoc trims.
pub(super) fn is_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
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
            match byte {
                b'"' => std::mem::swap(&mut outside, &mut inside),
                b'\\' => inside = inside_after,
                b'%' if next == b'}' => outside = at as u32,
                b'{' if next == b'%' && outside != NONE => ends.push((at as u32, outside)),
                _ => {}
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
