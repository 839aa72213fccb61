//! Addresses as Markdoc reads and writes them: what becomes no link, and which characters
//! are escaped. Where a page may lead is for [`safe_url`](crate::markdoc::safe_url) to say.

use std::borrow::Cow;
use std::ops::Range;

use super::scan::{Bytes, find, trim};

/// Whether Markdoc refuses to make a link of an address and leaves it as text.
pub(super) fn is_script(address: &str) -> bool {
    let address = trim(address);
    let starts =
        |prefix: &str| address.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let images = ["data:image/gif;", "data:image/png;", "data:image/jpeg;", "data:image/webp;"];
    match address.bytes().next().map(|byte| byte.to_ascii_lowercase()) {
        Some(b'v') => starts("vbscript:"),
        Some(b'j') => starts("javascript:"),
        Some(b'f') => starts("file:"),
        Some(b'd') => starts("data:") && !images.into_iter().any(starts),
        _ => false,
    }
}

/// A text of an address, whatever is an escape or entity in it, and what pulldown-cmark is to
/// read in the place of each numeric entity that Markdoc reads otherwise: there, one that means
/// no character stays as it is written.
pub(super) fn entities(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(['\\', '&'])) {
        let start = at + next;
        at = start + 1;
        let rest = text.get(at..).unwrap_or_default();
        if text.get(start..at).is_none_or(|sign| sign != "&") {
            at += usize::from(rest.as_bytes().first().is_some_and(u8::is_ascii_punctuation));
        } else if rest.starts_with('#')
            && let Some(length) = rest.find(';')
            && let Some(name) = rest.get(1..length).filter(|name| name.len() < 32)
            && let Some(number) = numeric(name)
        {
            at += length + 1;
            let is_character = char::from_u32(number).is_some_and(|c| !is_no_character(c));
            let read = if is_character { ["&#", &number.to_string()] } else { ["&amp;#", name] };
            found.push((start..at, [read.concat(), ";".to_owned()].concat()));
        }
    }
    found
}

/// The text with these in their places.
pub(super) fn with_entities(text: &str) -> Cow<'_, str> {
    let entities = entities(text);
    if entities.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut written = 0;
    for (range, read) in entities {
        out.push_str(text.get(written..range.start).unwrap_or_default());
        out.push_str(&read);
        written = range.end;
    }
    out.push_str(text.get(written..).unwrap_or_default());
    Cow::Owned(out)
}

/// The number of an entity: the digits that it begins with.
fn numeric(name: &str) -> Option<u32> {
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let (digits, radix) = match name.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (name, 10),
    };
    let end = digits.find(|digit: char| !digit.is_digit(radix)).unwrap_or(digits.len());
    digits.get(..end).and_then(|digits| u32::from_str_radix(digits, radix).ok())
}

/// Whether Markdoc takes the number of this character for no character.
pub(super) fn is_no_character(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// An address as a link has it: a host's letters beyond ASCII in Punycode, all else that may
/// not stand in an address percent-encoded.
pub(super) fn encode(address: &str) -> String {
    let address = trim(address);
    if address.is_ascii() {
        return percent_encode(address);
    }
    match host(address).map(|place| (address.get(place.clone()).unwrap_or_default(), place)) {
        Some((name, place)) if !name.is_ascii() => {
            let (before, after) = (address.get(..place.start), address.get(place.end..));
            let encoded = labels(name, |label| match label.is_ascii() {
                true => None,
                false => punycode::encode(label).ok().map(|encoded| ["xn--", &encoded].concat()),
            });
            let parts = [before.unwrap_or_default(), &encoded, after.unwrap_or_default()];
            parts.map(percent_encode).concat()
        }
        _ => percent_encode(address),
    }
}

/// An address as a reader reads it: the other way round.
pub(super) fn decode(address: &str) -> String {
    let address = trim(address);
    match host(address).map(|place| (address.get(place.clone()).unwrap_or_default(), place)) {
        Some((name, place)) if find(name, "xn--").is_some() => {
            let (before, after) = (address.get(..place.start), address.get(place.end..));
            let decoded = labels(name, |label| punycode::decode(label.strip_prefix("xn--")?).ok());
            let parts = [before.unwrap_or_default(), &decoded, after.unwrap_or_default()];
            parts.map(percent_decode).concat()
        }
        _ => percent_decode(address),
    }
}

/// Where the name of the host stands in an address whose host may be written otherwise.
fn host(address: &str) -> Option<Range<usize>> {
    let scheme_end = address.find(':').filter(|end| {
        let scheme = address.get(..*end).unwrap_or_default();
        !scheme.is_empty()
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".+-".contains(&byte))
    });
    let scheme = scheme_end.and_then(|end| address.get(..end));
    let mut start = scheme_end.map_or(0, |end| end + 1);
    let has_slashes = address.get(start..)?.starts_with("//");
    match scheme {
        None | Some("http" | "https") if has_slashes => start += 2,
        Some("mailto") if has_slashes => start += 2,
        Some("mailto") => {}
        _ => return None,
    }
    // What stands before the last `@` is not the host.
    let rest = address.get(start..)?;
    let before_path = rest.get(..rest.find(['/', '?', '#']).unwrap_or(rest.len()))?;
    start += before_path.rfind('@').map_or(0, |at| at + 1);
    let rest = address.get(start..)?;
    let is_end = |c: char| "%/?;#'{}|\\^`<>\" \r\n\t".contains(c);
    let host = rest.get(..rest.find(is_end).unwrap_or(rest.len()))?;
    let host = host.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix(':').unwrap_or(host);
    // A label that cannot be one ends the host.
    let mut end = start;
    for label in host.split('.') {
        let is_sign = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "+_-".contains(c);
        if !label.chars().all(is_sign) || label.encode_utf16().count() > 63 {
            let is_ascii_sign = |c: &char| c.is_ascii() && is_sign(*c);
            end += label.chars().take_while(is_ascii_sign).take(63).count();
            return Some(start..end);
        }
        end += label.len() + 1;
    }
    Some(start..end - 1)
}

/// The labels of a host, those replaced for which there is something else.
fn labels(host: &str, replace: impl Fn(&str) -> Option<String>) -> String {
    let labels = host.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']);
    let labels: Vec<String> = labels.map(|label| replace(label).unwrap_or(label.to_owned())).collect();
    labels.join(".")
}

/// Percent-encodes what may not stand in an address, and nothing that already is.
fn percent_encode(address: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    static KEPT: Bytes =
        Bytes::of(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz;/?:@&=+$,-_.!~*'()#");
    let bytes = address.as_bytes();
    if bytes.iter().all(|byte| KEPT.has(*byte)) {
        return address.to_owned();
    }
    let mut out = String::with_capacity(address.len());
    for (at, &byte) in bytes.iter().enumerate() {
        let is_escape = byte == b'%'
            && matches!(bytes.get(at + 1..at + 3), Some(digits) if digits.iter().all(u8::is_ascii_hexdigit));
        if is_escape || KEPT.has(byte) {
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
fn percent_decode(address: &str) -> String {
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
