//! What the two dialects of SQL have in common: where a value may stand between its
//! neighbours, and doubling a quote.

use super::{Refusal, one_line};

/// A value in quotes must not touch what would join it: `x'…'`, `'…''…'`, `U&"…"` and
/// psql's `:'…'` all mean something else.
pub(super) fn check_neighbours(before: Option<char>, after: &str) -> Result<(), &'static str> {
    let joins_before = before.is_some_and(|c| !c.is_whitespace() && !"(,=.@[<>+*/%|;".contains(c));
    let joins_after =
        after.starts_with(|c: char| c.is_ascii_alphanumeric() || !c.is_ascii() || "_$'\"`".contains(c));
    if joins_before || joins_after {
        return Err("A value must stand by itself here: leave a space around it.");
    }
    Ok(())
}

/// The text between two of `quote`, where the text's own are doubled.
pub(super) fn quoted(text: &str, quote: char) -> Result<String, Refusal> {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in one_line(text)?.chars() {
        if c == quote {
            out.push(quote);
        }
        out.push(c);
    }
    out.push(quote);
    Ok(out)
}
