//! What the formats of one `name = value` a line have in common: which line a hole stands
//! in, and whether it is that line's whole value.

use super::{HOLE, HOLE_TEXT};

/// Why a value cannot stand beside something that would be one with it.
pub(super) const NOT_WHOLE: &str = "A value must be all that follows the name in its line.";

/// The line that is being read, up to here.
#[derive(Default)]
pub(super) struct Line(String);

impl Line {
    /// Reads on over the author's text.
    pub(super) fn literal(&mut self, text: &str) {
        match text.rsplit_once('\n') {
            Some((_, start)) => self.0 = start.to_owned(),
            None => self.0.push_str(text),
        }
    }

    /// Reads on over a hole; gives what stands before it in its line.
    pub(super) fn hole(&mut self) -> String {
        let before = self.0.clone();
        self.0.push(HOLE);
        before
    }
}

/// Whether a hole is the whole value: `named` says that a name stands before it, and after
/// it comes nothing but a comment, which starts with one of `comment`.
pub(super) fn check_alone(named: bool, after: &str, comment: &str) -> Result<(), &'static str> {
    let rest = after.trim_start();
    let ends = rest.is_empty() || (rest.starts_with(|c| comment.contains(c)) && !after.contains(HOLE_TEXT));
    if named && ends { Ok(()) } else { Err(NOT_WHOLE) }
}
