//! Whether a command has a terminal of its own.

use super::line::file_name;
use super::loose::{in_lines, is_end, loose_words};
use super::options::{VALUED, flags, is_for_containers};
use crate::snippet::Run;

/// Whether a command has a terminal in a container or on another machine: what is asked there
/// would be caught with what it prints.
pub(super) fn has_terminal(runs: &[Run]) -> bool {
    in_lines(runs).split(is_end).any(|command| {
        let mut words = loose_words(command);
        let program = words.find(|word| file_name(word) == "ssh" || is_for_containers(file_name(word)));
        let enters = program.is_some_and(|program| {
            file_name(program) == "ssh" || words.any(|word| matches!(word, "exec" | "run" | "attach"))
        });
        let mut options = words.take_while(|word| *word != "--");
        enters
            && options.any(|word| {
                // A client's own options have a `t`, too.
                let flags = flags(word, VALUED);
                matches!(word, "--tty" | "-t" | "-tt") || flags.contains('i') && flags.contains('t')
            })
    })
}
