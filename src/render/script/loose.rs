//! The words of a snippet's commands without regard to quotes, as what stands in them may be a
//! command for another shell.

use crate::snippet::Run;

/// The lines, where a value of the reader's is any word.
pub(super) fn in_lines(runs: &[Run]) -> String {
    let code: String = runs.iter().map(|run| run.hole.map_or(&*run.text, |_| "_")).collect();
    code.replace("\\\n", " ")
}

/// What ends a command.
pub(super) fn is_end(c: char) -> bool {
    "\n;|&()`".contains(c)
}

/// The words of a command, up to a comment.
pub(super) fn loose_words(command: &str) -> impl Iterator<Item = &str> + Clone {
    let words = command.split(|c: char| c.is_whitespace() || is_end(c) || "'\"".contains(c));
    words.filter(|word| !word.is_empty()).take_while(|word| !word.starts_with('#'))
}
