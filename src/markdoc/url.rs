//! Which addresses a page may lead to: one list for links, images and the attributes
//! of every tag.

/// Schemes that a link may have. An address without one is relative, or begins with `/`,
/// `?` or `#`.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The address, if it leads where a page may lead; `None` for every scheme that is not
/// listed here, so for everything that can run.
///
/// The scheme is looked for as a browser would find it, without the control characters
/// and spaces that it drops (`java\nscript:`).
pub fn safe_url(address: &str) -> Option<&str> {
    let mut scheme = String::new();
    for c in address.chars().filter(|c| !is_dropped(*c)) {
        match c {
            '/' | '?' | '#' | '\\' => break,
            ':' => {
                let is_safe = SCHEMES.iter().any(|safe| scheme.eq_ignore_ascii_case(safe));
                return is_safe.then_some(address.trim());
            }
            c => scheme.push(c),
        }
    }
    Some(address.trim())
}

/// Whether Markdoc refuses to make a link of an address and leaves it as text.
#[cfg(feature = "parser")]
pub(super) fn is_script(address: &str) -> bool {
    let address = address.trim_matches(super::scan::is_space);
    let starts =
        |prefix: &str| address.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let images = ["data:image/gif;", "data:image/png;", "data:image/jpeg;", "data:image/webp;"];
    ["vbscript:", "javascript:", "file:", "data:"].into_iter().any(starts) && !images.into_iter().any(starts)
}

/// Percent-encodes what may not stand in an address, and nothing that already is.
#[cfg(feature = "parser")]
pub(super) fn encode(address: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let bytes = address.as_bytes();
    let mut out = String::with_capacity(address.len());
    for (at, &byte) in bytes.iter().enumerate() {
        let is_escape = byte == b'%'
            && matches!(bytes.get(at + 1..at + 3), Some(digits) if digits.iter().all(u8::is_ascii_hexdigit));
        if is_escape || byte.is_ascii_alphanumeric() || b";/?:@&=+$,-_.!~*'()#".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let digit = |index: u8| char::from(DIGITS.get(usize::from(index)).copied().unwrap_or(b'0'));
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

/// Takes percent escapes back, but for those of characters that mean something in an
/// address.
#[cfg(feature = "parser")]
pub(super) fn decode(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = String::with_capacity(address.len());
    let mut at = 0;
    while let Some(rest) = address.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = rest.find('%').unwrap_or(rest.len());
        out.push_str(rest.get(..plain).unwrap_or_default());
        at += plain;
        // As many escapes as follow each other make characters together.
        let mut decoded = Vec::new();
        let start = at;
        while let Some(byte) = escape(bytes, at) {
            decoded.push(byte);
            at += 3;
        }
        if decoded.is_empty() {
            out.push_str(address.get(at..at + 1).unwrap_or_default());
            at += 1;
            continue;
        }
        let mut place = start;
        for chunk in decoded.utf8_chunks() {
            for c in chunk.valid().chars() {
                let end = place + 3 * c.len_utf8();
                match c {
                    ';' | '/' | '?' | ':' | '@' | '&' | '=' | '+' | '$' | ',' | '#' | '%' => {
                        out.push_str(address.get(place..end).unwrap_or_default());
                    }
                    c => out.push(c),
                }
                place = end;
            }
            chunk.invalid().iter().for_each(|_| out.push(char::REPLACEMENT_CHARACTER));
            place += 3 * chunk.invalid().len();
        }
    }
    out
}

#[cfg(feature = "parser")]
fn escape(bytes: &[u8], at: usize) -> Option<u8> {
    match bytes.get(at..at + 3)? {
        [b'%', high, low] => {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
        }
        _ => None,
    }
}

/// Control characters and white space inside, which browsers drop or which hide a scheme
/// from a reader of the source.
fn is_dropped(c: char) -> bool {
    matches!(c, '\0'..=' ' | '\u{7f}'..='\u{a0}' | '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{2029}')
        || matches!(c, '\u{202a}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{feff}' | '\u{ad}')
}
