//! The options of a command: which of them take the word behind them, and which are letters of one
//! word.

use super::line::Word;

/// The options that take a value, of programs that reach containers: their letters, and their names.
pub(super) const VALUED: &str = "cefHnpuw";
pub(super) const VALUED_NAMES: [&str; 14] = [
    "--container",
    "--context",
    "--env",
    "--env-file",
    "--file",
    "--host",
    "--index",
    "--kubeconfig",
    "--namespace",
    "--profile",
    "--project-directory",
    "--project-name",
    "--user",
    "--workdir",
];

/// The words after the options in front; those with these letters and names take the word behind
/// them.
pub(super) fn after_options<'a>(words: &'a [Word], letters: &str, names: &[&str]) -> &'a [Word] {
    let mut rest = words;
    while let Some((first, more)) = rest.split_first() {
        match first.text.as_str() {
            "--" => return more,
            option if names.contains(&option) || takes_next(option, letters) => {
                rest = more.get(1..).unwrap_or_default();
            }
            option if option.starts_with('-') && option.len() > 1 => rest = more,
            _ => break,
        }
    }
    rest
}

/// Whether letters take the word behind them: `-u`, `-iu`, but not `-uroot`.
fn takes_next(option: &str, valued: &str) -> bool {
    option.starts_with('-') && option.len() == flags(option, valued).len() + 2
}

/// The letters that take no value: `it` of `-itu` and of `-ituroot`.
pub(super) fn flags<'a>(option: &'a str, valued: &str) -> &'a str {
    let letters = option.strip_prefix('-').unwrap_or_default();
    let end = letters.find(|letter| letter == '-' || valued.contains(letter));
    letters.get(..end.unwrap_or(letters.len())).unwrap_or_default()
}

/// Whether a program reaches containers: it has these options.
pub(super) fn is_for_containers(program: &str) -> bool {
    matches!(program, "docker" | "podman" | "docker-compose" | "kubectl" | "oc")
}
