//! What a link carries: answers to a page's inputs, behind the `#` of its address.
//!
//! `#upgrade?engine=postgres&hosting=aws-rds`. It never reaches a server, as no browser sends
//! what stands behind the `#`.

use crate::percent::{decoded, encoded};

/// What the part behind the `#` starts with, so that it is told from a place in the page.
const START: &str = "#upgrade?";

/// The part of an address that carries these answers.
pub fn write_link<'a>(answers: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut link = START.to_owned();
    for (name, answer) in answers {
        if link.len() > START.len() {
            link.push('&');
        }
        link.extend([&encoded(name), "=", &encoded(answer)]);
    }
    link
}

/// The answers that an address carries; `None` if it carries none of ours. What is encoded
/// wrongly is taken as it stands, so that whoever reads the answers can name it.
pub fn read_link(hash: &str) -> Option<Vec<(String, String)>> {
    let pairs = hash.strip_prefix(START)?.split('&').filter(|pair| !pair.is_empty());
    // Other programs write a space so.
    let decoded = |text: &str| decoded(&text.replace('+', " "));
    let answers = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    Some(answers.map(|(name, answer)| (decoded(name), decoded(answer))).collect())
}
