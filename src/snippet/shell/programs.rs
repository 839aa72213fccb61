//! The programs that a command may name, and what becomes of the words behind their names and
//! of what they are given to read: some have a shell read it once more.

use super::{HOLE, HOLE_TEXT};

/// What is known of a program, by its name.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Program {
    /// A shell: it reads commands from its input where it is given neither code nor a file.
    Shell,
    /// Starts a shell for another user.
    SwitchUser,
    /// Reads commands from its input, for another time.
    Schedule,
    /// Starts a shell for another user where an option says so.
    Sudo,
    /// Makes one command of the words behind its destination, for a shell over there.
    Ssh,
    /// May have a path over there, behind a colon, which a shell expands.
    Copy,
    /// Makes one command of all its words, for a shell.
    Join,
    /// Left a `$` unquoted for its scripts up to its version 8.5.
    Npm,
    /// Prints its words, and in some shells reads the backslashes in them.
    Echo,
    /// Prints its words by a format, which is the first.
    Printf,
    /// Has a script among its words, and reads escapes in `name=value`.
    Awk,
    /// Has a script among its words.
    Sed,
    /// Takes the word behind an option of one of these letters for its code.
    Interpreter(&'static str),
    /// Expands what it is given, and hands it to a shell.
    Make,
}

const NAMES: [(Program, &[&str]); 16] = [
    (Program::Shell, &["sh", "bash", "rbash", "dash", "ash", "ksh", "mksh", "zsh", "fish", "csh", "tcsh"]),
    (Program::SwitchUser, &["su", "runuser"]),
    (Program::Schedule, &["at", "batch", "crontab"]),
    (Program::Sudo, &["sudo"]),
    (Program::Ssh, &["ssh", "rsh", "autossh"]),
    (Program::Copy, &["scp", "rsync"]),
    (Program::Join, &["eval", "watch", "parallel"]),
    (Program::Npm, &["npm"]),
    (Program::Echo, &["echo"]),
    (Program::Printf, &["printf"]),
    (Program::Awk, &["awk", "gawk", "mawk", "nawk"]),
    (Program::Sed, &["sed", "gsed"]),
    (Program::Interpreter("eE"), &["perl", "ruby", "node"]),
    (Program::Interpreter("c"), &["python", "python2", "python3"]),
    (Program::Interpreter("r"), &["php"]),
    (Program::Make, &["make", "gmake"]),
];

/// The options of `ssh` that take an argument.
const SSH_ARGUMENTS: &str = "BbcDEeFIiJLlmOopQRSWw";

/// The options of `sudo` that take an argument.
const SUDO_ARGUMENTS: [char; 10] = ['C', 'D', 'R', 'T', 'U', 'g', 'h', 'p', 'r', 'u'];

/// The options of a program that has a script among its words: an `e` announces it, an `f` the
/// file that it stands in.
struct Options {
    /// The letters of those that take an argument.
    arguments: &'static str,
    /// Of those that have it in the same word alone.
    joined: &'static str,
}

const OF_SED: Options = Options { arguments: "efl", joined: "i" };
const OF_AWK: Options = Options { arguments: "efFvil", joined: "" };

/// Signs that a program does not leave as they are, and what the author can do about it.
pub(super) type Changes = (fn(char) -> bool, &'static str);

const IN_ECHO: Changes = (
    |c| c == '\\',
    "A value with a backslash cannot stand behind echo, which reads it in some shells: write printf '%s\\n'.",
);
const IN_FORMAT: Changes = (
    |c| matches!(c, '%' | '\\'),
    "A value with % or a backslash cannot be the format of printf: write printf %s before it.",
);
/// Any but these may be what the script has between its parts, as in `s,…,…,`.
const IN_SED: Changes = (
    |c| is_sign(c, "._-"),
    "A value with signs cannot stand in a script of sed, which reads them: print the whole line with printf.",
);
const IN_MAKE: Changes = (
    |c| is_sign(c, "._-/:@+,%"),
    "A value with signs of the shell cannot stand behind make, which hands it to a shell.",
);

/// Whether this is none of the signs that mean nothing, and no letter or digit.
fn is_sign(c: char, plain: &str) -> bool {
    c.is_ascii() && !c.is_ascii_alphanumeric() && !plain.contains(c)
}

/// The name of the program that a word may be, however it is quoted.
pub(super) fn name(word: &str) -> &str {
    word.trim_matches(HOLE).rsplit('/').next().unwrap_or_default()
}

impl Program {
    pub(super) fn named_by(word: &str) -> Option<Self> {
        let name = name(word);
        NAMES.iter().find(|(_, names)| names.contains(&name)).map(|(program, _)| *program)
    }

    /// Whether a shell reads `word` once more, which stands behind `words` of this program.
    pub(super) fn has_read_again(self, words: &[String], word: &str) -> bool {
        match self {
            Self::Shell | Self::SwitchUser => is_code(words, word),
            Self::Sudo => Sudo::of(words).has_read_again(),
            Self::Ssh => Ssh::of(words).has_read_again(word),
            Self::Copy => word.contains(':'),
            Self::Join => true,
            Self::Npm => is_for_script(words),
            _ => false,
        }
    }

    /// Whether a shell reads what this program is given to read, behind whose name `words` stand.
    pub(super) fn reads_commands(self, words: &[String]) -> bool {
        match self {
            Self::Shell => reads_input(words),
            Self::SwitchUser | Self::Schedule => match code(words) {
                Some(code) => starts_shell(code),
                None => true,
            },
            Self::Sudo => Sudo::of(words).reads_commands(),
            Self::Ssh => Ssh::of(words).reads_commands(),
            Self::Join => words.is_empty(),
            _ => false,
        }
    }

    /// Whether this program reads a value as code, behind `word` and the `words` before it; `after`
    /// is the rest of the line.
    pub(super) fn has_as_code(self, words: &[String], word: &str, after: &str) -> bool {
        match self {
            Self::Awk => OF_AWK.script(words, word).is_some(),
            // Inside of the script no letter is a command.
            Self::Sed => OF_SED.script(words, word).is_some_and(|script| {
                script.is_empty() || after.is_empty() || after.starts_with([' ', '\t', ';', '&', '|', ')'])
            }),
            Self::Interpreter(letters) => {
                let option =
                    if word.starts_with('-') { Some(word) } else { words.last().map(String::as_str) };
                option.and_then(|option| option.strip_prefix('-')).is_some_and(|option| {
                    option == "-eval" || !option.starts_with('-') && option.contains(|c| letters.contains(c))
                })
            }
            _ => false,
        }
    }

    /// What this program makes other signs of, behind `word` and the `words` before it.
    pub(super) fn changes(self, words: &[String], word: &str) -> Option<Changes> {
        match self {
            Self::Echo => Some(IN_ECHO),
            Self::Printf => is_format(words).then_some(IN_FORMAT),
            Self::Sed => OF_SED.script(words, word).map(|_| IN_SED),
            // The folder and the file that it reads are what they are.
            Self::Make => words.last().is_none_or(|last| last != "-C" && last != "-f").then_some(IN_MAKE),
            _ => None,
        }
    }
}

/// Whether a shell takes the word behind these for its code. That is quoted, and what stands
/// behind it are arguments.
fn is_code(words: &[String], word: &str) -> bool {
    match behind_option(words) {
        Some(words) => words.iter().all(|word| !word.contains(HOLE)),
        None => word.ends_with("command=") || word.starts_with('-') && word.ends_with('c'),
    }
}

/// The code that a shell is given, if an option announces some.
fn code(words: &[String]) -> Option<&str> {
    let word = behind_option(words)?.iter().find(|word| word.contains(HOLE));
    Some(word.map_or("", String::as_str))
}

/// What stands behind the option that announces code, if there is one.
fn behind_option(words: &[String]) -> Option<&[String]> {
    words.get(words.iter().position(|word| announces_code(word))? + 1..)
}

/// Whether a shell's option says that code is next, as `-ec` does, or `--command` for `su`.
fn announces_code(word: &str) -> bool {
    if word.starts_with("--") {
        word.ends_with("command")
    } else {
        word.starts_with('-') && word.contains('c')
    }
}

/// Whether a shell with these words reads its commands from its input.
fn reads_input(words: &[String]) -> bool {
    if let Some(code) = code(words) {
        return starts_shell(code);
    }
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let Some(letters) = word.strip_prefix(['-', '+']) else { return word == "/dev/stdin" };
        if !letters.starts_with('-') && letters.contains('s') {
            return true;
        }
        // `-o pipefail`
        if letters.ends_with(['o', 'O']) {
            words.next();
        }
    }
    true
}

/// Whether quoted code is a shell and its options, as in `ssh host 'bash -s'`.
fn starts_shell(code: &str) -> bool {
    let mut words = code.split(HOLE).filter(|word| !word.is_empty());
    words.next().and_then(Program::named_by) == Some(Program::Shell) && words.all(|word| word.len() < 3)
}

/// What has been read behind `ssh`.
#[derive(Default)]
struct Ssh<'a> {
    has_destination: bool,
    /// The letter of an option that waits for its argument.
    option: &'a str,
    /// The first word of the command over there.
    command: Option<&'a str>,
}

impl<'a> Ssh<'a> {
    fn of(words: &'a [String]) -> Self {
        let mut ssh = Self::default();
        for word in words {
            let option = word.strip_prefix('-');
            ssh.option = match option {
                _ if !ssh.option.is_empty() => "",
                None | Some("-") if ssh.has_destination => {
                    ssh.command = Some(word);
                    return ssh;
                }
                None => {
                    ssh.has_destination = true;
                    ""
                }
                Some(letter) if letter.len() == 1 && SSH_ARGUMENTS.contains(letter) => letter,
                Some(_) => "",
            };
        }
        ssh
    }

    fn has_read_again(&self, word: &str) -> bool {
        let is_setting = word.contains('=') && !word.to_ascii_lowercase().contains("command");
        match (self.option, word.strip_prefix('-')) {
            _ if self.command.is_some() => true,
            ("o", _) => !is_setting,
            ("", None) => self.has_destination,
            // Joined to an option that takes no argument, a value would be options itself.
            ("", Some(option)) => {
                !is_setting && !option.starts_with(|letter| letter != 'o' && SSH_ARGUMENTS.contains(letter))
            }
            _ => false,
        }
    }

    fn reads_commands(&self) -> bool {
        self.has_destination && self.command.is_none_or(starts_shell)
    }
}

/// What has been read behind `sudo`.
struct Sudo {
    /// One of its options has a shell read the command, in which a `$` is not quoted.
    starts_shell: bool,
    /// The last of its options waits for its argument.
    waits: bool,
    has_command: bool,
}

impl Sudo {
    fn of(words: &[String]) -> Self {
        let mut sudo = Self { starts_shell: false, waits: false, has_command: false };
        for word in words {
            sudo.has_command = !sudo.waits && !word.starts_with('-');
            if sudo.has_command {
                break;
            }
            sudo.starts_shell |= asks_for_shell(word);
            sudo.waits = word.starts_with('-') && word.ends_with(SUDO_ARGUMENTS);
        }
        sudo
    }

    fn has_read_again(&self) -> bool {
        self.starts_shell && !self.waits
    }

    fn reads_commands(&self) -> bool {
        self.starts_shell && !self.has_command
    }
}

/// Whether an option of `sudo` asks for a shell.
fn asks_for_shell(word: &str) -> bool {
    let letters = word.split(SUDO_ARGUMENTS).next().unwrap_or_default();
    matches!(word, "--shell" | "--login")
        || !word.starts_with("--") && letters.starts_with('-') && letters.contains(['s', 'i'])
}

impl Options {
    /// As much as there is of the script that a value behind `word` would go on, if it stands in
    /// one: what an option announces, or else the first word that is no option.
    fn script<'a>(&self, words: &[String], word: &'a str) -> Option<&'a str> {
        let (mut is_given, mut waits) = (false, None);
        for word in words {
            match (waits.take(), self.with_argument(word)) {
                (Some(_), _) => {}
                (None, Some((letter, argument))) => {
                    is_given |= matches!(letter, 'e' | 'f');
                    waits =
                        Some(letter).filter(|letter| argument.is_empty() && !self.joined.contains(*letter));
                }
                // `-i ''`, as `sed` wants it elsewhere.
                (None, None) => is_given |= !word.starts_with('-') && word != HOLE_TEXT,
            }
        }
        match (waits, self.with_argument(word)) {
            (Some(letter), _) => (letter == 'e').then_some(word),
            (None, Some((letter, script))) => (letter == 'e').then_some(script),
            (None, None) => (!is_given && !word.starts_with("--")).then_some(word),
        }
    }

    /// The letter of an option that takes an argument, and what of that is joined to it.
    fn with_argument<'a>(&self, word: &'a str) -> Option<(char, &'a str)> {
        let option = word.strip_prefix('-')?;
        if let Some(long) = option.strip_prefix('-') {
            let (name, argument) = long.split_once('=').unwrap_or((long, ""));
            return match name {
                "expression" | "source" => Some(('e', argument)),
                "file" => Some(('f', argument)),
                "assign" | "field-separator" | "include" | "line-length" => Some(('l', argument)),
                _ => None,
            };
        }
        let is_meant = |c| self.arguments.contains(c) || self.joined.contains(c);
        let mut argument = option.trim_start_matches(|c| !is_meant(c)).chars();
        argument.next().map(|letter| (letter, argument.as_str()))
    }
}

/// Whether `npm` hands the word behind these to a script.
fn is_for_script(words: &[String]) -> bool {
    let runs = words.iter().position(|word| word == "run" || word == "run-script");
    words.iter().any(|word| word == "--") || runs.is_some_and(|at| at + 1 < words.len())
}

/// Whether the word behind these is the format of `printf`.
fn is_format(words: &[String]) -> bool {
    let words = match words {
        [option, _, words @ ..] if option == "-v" => words,
        words => words,
    };
    words.is_empty() || matches!(words, [word] if word == "--")
}
