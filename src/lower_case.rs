//! Texts in lower case, letter by letter.
//!
//! A string's own rules know the last letter of Greek words too, by a table that a reader would
//! download.

/// The text in lower case.
pub fn lower_case(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}
