//! Characters as hexadecimal digits, and as an address has them: `%20`.

/// The digit for the last four bits of a number.
pub(crate) fn hex_digit(number: u32) -> char {
    char::from_digit(number & 0xf, 16).unwrap_or('0')
}

/// A text as a part of an address that means nothing but this text.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend([4, 0].map(|shift| hex_digit(u32::from(byte) >> shift).to_ascii_uppercase()));
        }
    }
    out
}

/// A part of an address with its `%20` and the like as the characters that they stand for. What
/// is encoded wrongly stays as it stands.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        let code = match rest {
            [b'%', high, low, ..] => number(*high).zip(number(*low)),
            _ => None,
        };
        bytes.push(code.map_or(*byte, |(high, low)| high << 4 | low));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn number(digit: u8) -> Option<u8> {
    u8::try_from(char::from(digit).to_digit(16)?).ok()
}

#[cfg(test)]
mod tests {
    use super::{decoded, encoded};
    use proptest::prelude::*;

    #[test]
    fn what_is_encoded_wrongly_stays_as_it_stands() {
        for (text, means) in [("%C3%a9%20b", "é b"), ("100%", "100%"), ("%4%41%ZZ%+5", "%4A%ZZ%+5")] {
            assert_eq!(decoded(text), means);
        }
    }

    proptest! {
        #[test]
        fn what_was_encoded_is_decoded(text: String) {
            prop_assert_eq!(decoded(&encoded(&text)), text);
        }
    }
}
