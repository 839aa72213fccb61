//! Small questions about text that several stages ask.

/// A text without the white space around it.
pub(super) fn trim(text: &str) -> &str {
    trim_start(trim_end(text))
}

/// A text without the white space before it.
pub(super) fn trim_start(text: &str) -> &str {
    let plain = text.bytes().take_while(is_plain_space).count();
    match text.as_bytes().get(plain) {
        Some(byte) if byte.is_ascii() => text.get(plain..).unwrap_or_default(),
        _ => text.trim_start_matches(is_space),
    }
}

/// A text without the white space after it.
pub(super) fn trim_end(text: &str) -> &str {
    let length = text.len() - text.bytes().rev().take_while(is_plain_space).count();
    match text.as_bytes().get(..length).and_then(<[u8]>::last) {
        Some(byte) if byte.is_ascii() => text.get(..length).unwrap_or_default(),
        _ => text.trim_end_matches(is_space),
    }
}

/// JavaScript's white space, which Markdoc trims.
fn is_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

/// What of it is in nearly all texts.
fn is_plain_space(byte: &u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
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
}

/// The place of the first `{%` from `from` on.
pub(super) fn tag_start(text: &str, from: usize) -> Option<usize> {
    find(text.get(from..)?, "{%").map(|at| from + at)
}

/// The first place of a short text in another. The standard library's way is for long ones, and
/// 3 KB of WebAssembly.
pub(super) fn find(text: &str, wanted: &str) -> Option<usize> {
    let (bytes, wanted) = (text.as_bytes(), wanted.as_bytes());
    memchr::memchr_iter(*wanted.first()?, bytes)
        .find(|at| bytes.get(*at..).is_some_and(|rest| rest.starts_with(wanted)))
}

/// Where every `{%` of a text has its `%}`, found in one pass from the end, so that a
/// thousand unclosed tags cost no more than one.
#[derive(Default)]
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
        if tag_start(text, 0).is_none() {
            return Self { ends };
        }
        // The end that a reader finds who stands at this byte, outside and inside of a
        // string.
        let (mut outside, mut inside) = (NONE, NONE);
        // The mark after this byte, and what a reader finds inside of a string who stands
        // behind it.
        let (mut mark, mut inside_after) = (usize::MAX, NONE);
        // Most of a page is none of these.
        for at in memchr::memchr3_iter(b'"', b'\\', b'%', bytes).rev() {
            let inside_here = inside;
            match bytes.get(at) {
                Some(b'"') => std::mem::swap(&mut outside, &mut inside),
                Some(b'\\') if mark == at + 1 => inside = inside_after,
                Some(b'%') => {
                    if bytes.get(at + 1) == Some(&b'}') {
                        outside = at as u32;
                    }
                    let open = at.checked_sub(1).filter(|open| bytes.get(*open) == Some(&b'{'));
                    if let Some(open) = open.filter(|_| outside != NONE) {
                        ends.push((open as u32, outside));
                    }
                }
                _ => {}
            }
            (mark, inside_after) = (at, inside_here);
        }
        Self { ends }
    }

    /// The position of the `%}` that closes the `{%` at `start`.
    pub fn end(&self, start: u32) -> Option<u32> {
        let found = self.ends.binary_search_by(|(open, _)| start.cmp(open)).ok()?;
        self.ends.get(found).map(|(_, end)| *end)
    }
}
