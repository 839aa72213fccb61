//! Addresses as Markdoc reads and writes them: what becomes no link, and which characters
//! are escaped. Where a page may lead is for [`safe_url`](crate::markdoc::safe_url) to say.

use super::scan::is_space;

/// Whether Markdoc refuses to make a link of an address and leaves it as text.
pub(super) fn is_script(address: &str) -> bool {
    let address = address.trim_matches(is_space);
    let starts =
        |prefix: &str| address.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let images = ["data:image/gif;", "data:image/png;", "data:image/jpeg;", "data:image/webp;"];
    ["vbscript:", "javascript:", "file:", "data:"].into_iter().any(starts) && !images.into_iter().any(starts)
}

/// Percent-encodes what may not stand in an address, and nothing that already is.
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

fn escape(bytes: &[u8], at: usize) -> Option<u8> {
    match bytes.get(at..at + 3)? {
        [b'%', high, low] => {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
        }
        _ => None,
    }
}
