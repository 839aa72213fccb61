//! The programs that a command may name, and what becomes of the words behind their names and
//! of what they are given to read: some have a shell read it once more.

use super::HOLE;

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
    /// Reads escapes in `name=value`.
    Awk,
}

const NAMES: [(Program, &[&str]); 11] = [
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
];

/// The options of `ssh` that take an argument.
const SSH_ARGUMENTS: &str = "BbcDEeFIiJLlmOopQRSWw";

/// The options of `sudo` that take an argument.
const SUDO_ARGUMENTS: [char; 10] = ['C', 'D', 'R', 'T', 'U', 'g', 'h', 'p', 'r', 'u'];

/// Signs that a program does not leave as they are, and what the author can do about it.
pub(super) type Changes = (&'static [char], &'static str);

const IN_ECHO: Changes = (
    &['\\'],
    "A value with a backslash cannot stand behind echo, which reads it in some shells: write printf '%s\\n'.",
);
const IN_FORMAT: Changes = (
    &['%', '\\'],
    "A value with % or a backslash cannot be the format of printf: write printf %s before it.",
);

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
            Self::Schedule | Self::Echo | Self::Printf | Self::Awk => false,
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
            Self::Copy | Self::Npm | Self::Echo | Self::Printf | Self::Awk => false,
        }
    }

    /// What this program makes other signs of, in a word that stands behind `words`.
    pub(super) fn changes(self, words: &[String]) -> Option<Changes> {
        match self {
            Self::Echo => Some(IN_ECHO),
            Self::Printf => is_format(words).then_some(IN_FORMAT),
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
