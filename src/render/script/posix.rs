//! What the script is made of, as a POSIX shell reads it: commands, words and here-documents.

use crate::snippet::Language;

/// A command, whose output must say a text if one is expected. What the output is before
/// a failure is shown when the script ends.
pub(super) fn compared(command: &str, expect: Option<&str>) -> String {
    match expect {
        None => [command, "\n_ended $?"].concat(),
        Some(expect) => ["_output=$(\nset -e\n", command, "\n)\n_expect ", &expected(expect)].concat(),
    }
}

/// What the output must say, as one word of the shell.
pub(super) fn expected(expect: &str) -> String {
    let lines: Vec<&str> = expect.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    literal(&lines.join("\n"))
}

/// A command that changes nothing, which runs within `begin` and `)` until it works and what it
/// shows is judged to be right. A shell goes on after a failure only where it is told to.
pub(super) fn looked_at(begin: &str, command: &str, judged: &str) -> String {
    let run = [begin, "\nset -e\n", command, "\n)\n_worked $? && ", judged, " && break"].concat();
    ["while :; do\nset +e\n", &run, "\ndone"].concat()
}

/// A command for the shell that its fence names. One that ends in a backslash goes on in an
/// empty line, and not in what the script does next.
pub(super) fn in_its_shell(language: &str, code: &str) -> String {
    let code = if code.ends_with('\\') { [code, "\n"].concat() } else { code.to_owned() };
    if Language::is_bash(language) { ["bash -euo pipefail -c ", &literal(&code)].concat() } else { code }
}

/// A carriage return or another control character could hide what follows it from whoever
/// reads the script, or what it says, in a terminal.
pub(super) fn without_controls(text: &str) -> String {
    let is_hiding = |character: char| character.is_control() && !"\n\t".contains(character);
    text.chars().map(|character| if is_hiding(character) { ' ' } else { character }).collect()
}

/// What is said, as one word of the shell.
pub(super) fn quoted(text: &str) -> String {
    literal(&without_controls(text))
}

/// The text as one word of the shell, to the letter.
fn literal(text: &str) -> String {
    ["'", &text.replace('\'', "'\\''"), "'"].concat()
}

/// A text as a here-document, taken as it stands.
pub(super) fn here_document(name: &str, text: &str) -> String {
    let mut end = name.to_owned();
    while text.lines().any(|line| line == end) {
        end.push('_');
    }
    ["<<'", &end, "'\n", text, "\n", &end].concat()
}
