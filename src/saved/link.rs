//! What a link carries: answers to a page's inputs, behind the `#` of its address.
//!
//! `#upgrade?engine=postgres&hosting=aws-rds`. It never reaches a server, as no browser sends
//! what stands behind the `#`.

/// What the part behind the `#` starts with, so that it is told from a place in the page.
const START: &str = "#upgrade?";

/// The part of an address that carries these answers.
pub fn write_link<'a>(answers: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut link = START.to_owned();
    for (name, answer) in answers {
        if link.len() > START.len() {
            link.push('&');
        }
        encode(name, &mut link);
        link.push('=');
        encode(answer, &mut link);
    }
    link
}

/// The answers that an address carries; `None` if it carries none of ours. What is encoded
/// wrongly is taken as it stands, so that whoever reads the answers can name it.
pub fn read_link(hash: &str) -> Option<Vec<(String, String)>> {
    let pairs = hash.strip_prefix(START)?.split('&').filter(|pair| !pair.is_empty());
    let decoded = |text: &str| decode(text).unwrap_or_else(|| text.to_owned());
    let answers = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    Some(answers.map(|(name, answer)| (decoded(name), decoded(answer))).collect())
}

fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend(
                [byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])),
            );
        }
    }
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? << 4 | digit()?).ok()?
            }
            b'+' => b' ',
            plain => plain,
        });
    }
    String::from_utf8(bytes).ok()
}
