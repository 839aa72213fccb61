//! Where the shell evaluates a word itself, however it is quoted: bash runs it, or computes with
//! it, or takes it for the name of a variable, in whose `[…]` it runs a `$(…)`.

use super::command::{Command, Index};
use super::programs::{Program, name};

/// The shell's own commands that evaluate their words.
const EVALUATING: [&str; 4] = ["let", "unset", "trap", "alias"];

/// Those that evaluate the word behind an option; and `env`, which expands it.
const EVALUATING_OPTIONS: [(&str, char); 9] = [
    ("[", 'v'),
    ("[[", 'v'),
    ("[[", 'R'),
    ("test", 'v'),
    ("printf", 'v'),
    ("wait", 'p'),
    ("mapfile", 'C'),
    ("readarray", 'C'),
    ("env", 'S'),
];

/// Those that declare variables: they evaluate a name, and a value behind some options.
const DECLARING: [&str; 5] = ["declare", "typeset", "local", "export", "readonly"];

/// The variables whose values bash expands or runs.
const EVALUATED_VARIABLES: [&str; 6] = ["BASH_ENV=", "PROMPT_COMMAND=", "PS0=", "PS1=", "PS2=", "PS4="];

/// The options of `read` whose argument is no variable.
const READ_ARGUMENTS: &str = "dinNptu";

/// What compares numbers, and so computes in `[[`: `[` wants digits, and says so.
const COMPARING: [&str; 6] = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge"];

const EVALUATED: &str = "A value cannot stand where it is evaluated, however it is quoted.";
const IN_CODE: &str = "A value cannot stand where it is code: hand it over in a variable or as an argument.";
const IN_AWK: &str = "A value cannot stand in a variable of awk, which reads the backslashes in it.";

/// Why nothing but a number stays what it is where a command is read, however it is quoted, if
/// it does not. `after` is the rest of the line.
pub(super) fn why_only_number(command: &Command, after: &str) -> Option<&'static str> {
    if is_evaluated(command, after) {
        return Some(EVALUATED);
    }
    if command.has_as_code(after) {
        return Some(IN_CODE);
    }
    let variable = command.word.strip_prefix("-v").unwrap_or(&command.word);
    (is_assignment(variable) && command.names(Program::Awk)).then_some(IN_AWK)
}

fn is_evaluated(command: &Command, after: &str) -> bool {
    let mut words = command.words.iter().map(|word| name(word));
    let program = words.find(|name| !matches!(*name, "command" | "builtin")).unwrap_or_default();
    let before = command.words.last().map_or("", String::as_str);
    let option = if command.word.is_empty() { before } else { &command.word };
    let letter = option.strip_prefix('-').and_then(|letters| letters.chars().last());
    let by_name = match program {
        "read" => !letter.is_some_and(|letter| READ_ARGUMENTS.contains(letter)),
        "[[" => COMPARING.contains(&before) || compares(after),
        name if DECLARING.contains(&name) => {
            !command.word.contains('=')
                || words.any(|word| word.starts_with('-') && word.contains(['a', 'A', 'i', 'n']))
        }
        name => EVALUATING.contains(&name),
    };
    by_name
        || EVALUATING_OPTIONS.iter().any(|&(name, option)| name == program && Some(option) == letter)
        || EVALUATED_VARIABLES.contains(&command.word.as_str())
        || match command.index() {
            Index::None => false,
            Index::OfName => true,
            Index::Bare => after.split_once(']').is_some_and(|(_, rest)| rest.starts_with(['=', '+'])),
        }
}

/// Whether what stands before this is compared as a number.
fn compares(after: &str) -> bool {
    let operand = after.split(['&', '|', ';', '(', ')']).next().unwrap_or_default();
    operand.split_whitespace().any(|word| COMPARING.contains(&word))
}

/// Whether this sets a variable, as `name=`, `name+=` and `name[1]=` do.
pub(super) fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(target, _)| {
        let target = target.strip_suffix('+').unwrap_or(target);
        let name = target.split('[').next().unwrap_or_default();
        !name.contains(super::HOLE) && is_name(name)
    })
}

/// Whether these are the letters of a variable's name, or stand for some.
pub(super) fn is_name(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == super::HOLE)
}
