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

/// Control characters and white space inside, which browsers drop or which hide a scheme
/// from a reader of the source.
fn is_dropped(c: char) -> bool {
    matches!(c, '\0'..=' ' | '\u{7f}'..='\u{a0}' | '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{2029}')
        || matches!(c, '\u{202a}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{feff}' | '\u{ad}')
}
