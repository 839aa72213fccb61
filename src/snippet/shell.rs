//! POSIX shell, and so bash: every value becomes one word, or a part of one, quoted only
//! when it must be.
//!
//! The lexer follows quotes, substitutions, comments and here-documents to know where a
//! hole stands, and words and commands as far as a value's meaning depends on them.

use super::{HOLE, HOLE_TEXT, Refusal, Scalar, Syntax, is_plain_word, one_line};
use crate::environment::Objection;
use std::iter::Peekable;
use std::str::Chars;

#[derive(Default)]
pub(super) struct Shell {
    /// What is open here, the innermost last.
    open: Vec<Open>,
    /// The command that is being read.
    command: Command,
    /// The here-documents that start after this line.
    announced: Vec<HereDocument>,
    /// The author's text ended in the midst of a token that a hole must not enter.
    cut: bool,
    /// Where the hole last read stands.
    place: Place,
}

/// A construct that has begun and not ended.
enum Open {
    SingleQuotes,
    /// `$'…'`, in which a backslash escapes.
    EscapedQuotes,
    DoubleQuotes,
    Backquotes,
    /// `${…}`.
    Parameter,
    /// `$((…))`, and how many parentheses are open in it.
    Arithmetic(usize),
    Comment,
    /// Here-documents that follow each other, and the line so far.
    HereDocuments(Vec<HereDocument>, String),
    /// `$(…)` or `(…)`, and the command around it.
    Commands(Command),
    /// `case … esac`, whose patterns end in a `)` that nothing opened.
    Case,
}

struct HereDocument {
    delimiter: String,
    strip_tabs: bool,
}

/// A simple command, as far as it has been read.
struct Command {
    /// The word so far; what is substituted reads as a hole in it, and so does what is quoted,
    /// but for the letters, which may be those of a program's name.
    word: String,
    /// The words before it.
    words: Vec<String>,
    /// The next word is the command's name.
    starts: bool,
    /// The next word is the target of a redirection.
    redirects: bool,
    /// It is no file's name, but what the command reads: `<<<`.
    is_input: bool,
    /// A `--` has ended the options, and nothing but values stands behind it.
    options_ended: bool,
}

/// Programs that read a command in the argument of their `-c`.
const SHELLS: [&str; 10] = ["sh", "bash", "dash", "ash", "ksh", "zsh", "fish", "csh", "su", "runuser"];

/// Programs that read commands from their input, whatever else they are told; a shell does
/// where it is given neither code nor a file.
const READING: [&str; 5] = ["su", "runuser", "at", "batch", "crontab"];

/// Programs that print their words.
const PRINTING: [&str; 2] = ["echo", "printf"];

/// Programs that make one command of all their words, for a shell.
const JOINING: [&str; 3] = ["eval", "watch", "parallel"];

/// Programs that do so with the words behind their destination, for a shell over there.
const REMOTE: [&str; 3] = ["ssh", "rsh", "autossh"];

/// Programs that may have a path over there, behind a colon, expanded by a shell.
const COPYING: [&str; 2] = ["scp", "rsync"];

/// The shell's own commands that evaluate their words: they run them, or compute with them,
/// or take them for the names of variables, in whose `[…]` bash runs a `$(…)`.
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

/// Programs that read escapes in `name=value`.
const AWKS: [&str; 4] = ["awk", "gawk", "mawk", "nawk"];

/// What compares numbers, and so computes in `[[`: `[` wants digits, and says so.
const COMPARING: [&str; 6] = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge"];

/// The options of `ssh` that take an argument.
const SSH_ARGUMENTS: &str = "BbcDEeFIiJLlmOopQRSWw";

/// The options of `sudo` that take an argument.
const SUDO_ARGUMENTS: [char; 10] = ['C', 'D', 'R', 'T', 'U', 'g', 'h', 'p', 'r', 'u'];

/// What makes `npm` run a script, for which it left a `$` unquoted up to its version 8.5.
const NPM_RUNS: [&str; 2] = ["run", "run-script"];

/// What a value must know of its place.
#[derive(Default)]
struct Place {
    /// Why none but a number can stand here.
    only_number: Option<&'static str>,
    /// A dash at the start of the value would make it an option.
    may_be_option: bool,
    /// Behind `"$(`, an interactive bash that looks for a `!` may be wrong about the quotes: it
    /// takes the substitution to end at the `)` of a subshell or a pattern.
    is_recalled: bool,
}

/// The reserved words after which a command's name comes.
const BEFORE_COMMAND: [&str; 10] = ["!", "{", "if", "then", "elif", "else", "do", "while", "until", "time"];

/// Programs whose first word is a command's name.
const RUNNING: [&str; 7] = ["exec", "command", "builtin", "env", "nohup", "sudo", "xargs"];

const EVALUATED: &str = "A value cannot stand where it is evaluated, however it is quoted.";
const IN_AWK: &str = "A value cannot stand in a variable of awk, which reads the backslashes in it.";

const IN_QUOTES: &str = "A value brings its own quotes: take these away.";

impl Syntax for Shell {
    fn literal(&mut self, text: &str) {
        self.cut = false;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            self.read(c, &mut chars);
        }
    }

    fn hole(&mut self, after: &str) -> Result<(), &'static str> {
        match self.open.last_mut() {
            None | Some(Open::Commands(_) | Open::Case) => {}
            Some(Open::SingleQuotes | Open::EscapedQuotes | Open::DoubleQuotes) => return Err(IN_QUOTES),
            Some(Open::Backquotes) => return Err("A value cannot stand in backquotes: write $(…) instead."),
            Some(Open::Parameter) => return Err("A value cannot stand in ${…}."),
            Some(Open::Arithmetic(_)) => return Err("A value cannot stand in $((…))."),
            Some(Open::Comment) => return Err("A value cannot stand in a comment."),
            Some(Open::HereDocuments(_, line)) => {
                line.push(HOLE);
                return Err("A value cannot stand in a here-document.");
            }
        }
        let read_again = self.is_read_again(after);
        let command = &mut self.command;
        self.place.only_number = if command.redirects { None } else { command.why_only_number(after) };
        let starts_word = command.word.is_empty();
        // `~` and a word name the home of a user.
        let expands = command.word.ends_with('~');
        let names_command = starts_word && !command.redirects && command.expects_command();
        self.place.may_be_option = starts_word && !command.redirects && !command.options_ended;
        command.word.push(HOLE);
        if self.cut || expands {
            return Err("A value cannot be joined to what stands before it.");
        }
        // A number before `<` or `>` would be a file descriptor.
        if after.starts_with(['<', '>']) {
            return Err("A value cannot be joined to a redirection: leave a space.");
        }
        if names_command {
            return Err("A value cannot stand where the shell expects a command.");
        }
        if command.words.last().is_some_and(|word| word == "=~") {
            return Err("A value cannot stand in a regular expression.");
        }
        if read_again {
            return Err("A value cannot stand where another shell reads it again.");
        }
        Ok(())
    }

    fn goes_on(&self, line: &str) -> bool {
        line.ends_with(['\\', '|'])
    }

    fn write(&self, scalar: Scalar<'_>) -> Result<String, Refusal> {
        if let Some(why) = self.place.only_number
            && !matches!(scalar, Scalar::Number(_))
        {
            return Err(Refusal::Author(why));
        }
        match scalar {
            // libpq takes a database's name of this kind for a whole connection string.
            Scalar::Name(name) if name.contains('=') || name.contains("://") => {
                Err(Refusal::Reader(Objection::Connection))
            }
            Scalar::Name(text) | Scalar::Text(text) => {
                if self.place.may_be_option && text.starts_with('-') {
                    return Err(Refusal::Reader(Objection::Option));
                }
                self.word(text)
            }
            Scalar::Home("") => Ok("\"$HOME\"".to_owned()),
            Scalar::Home(rest) => self.word(rest).map(|rest| "\"$HOME\"".to_owned() + &rest),
            Scalar::Number(number) => Ok(number.to_string()),
            Scalar::Memory(text) => Ok(text),
        }
    }
}

impl Shell {
    /// The text as one word. Single quotes keep all but themselves as it is, even from the
    /// history expansion of an interactive bash, where that sees them.
    fn word(&self, text: &str) -> Result<String, Refusal> {
        if is_plain_word(text) {
            return Ok(text.to_owned());
        }
        let mut quoted = one_line(text)?.replace('\'', "'\\''");
        if self.place.is_recalled {
            quoted = quoted.replace('!', "'\\!'");
        }
        Ok("'".to_owned() + &quoted + "'")
    }

    fn read(&mut self, c: char, chars: &mut Peekable<Chars<'_>>) {
        match self.open.last_mut() {
            None | Some(Open::Commands(_) | Open::Case) => self.read_command(c, chars),
            Some(Open::SingleQuotes) if c == '\'' => self.close(),
            Some(Open::DoubleQuotes) if c == '"' => self.close(),
            Some(Open::Backquotes) if c == '`' => self.close(),
            Some(Open::Parameter) if c == '}' => self.close(),
            Some(Open::EscapedQuotes) if c == '\'' => self.close(),
            Some(Open::EscapedQuotes | Open::DoubleQuotes | Open::Backquotes | Open::Parameter)
                if c == '\\' =>
            {
                chars.next();
            }
            Some(Open::DoubleQuotes) => {
                self.command.push_quoted(c);
                self.read_expansion(c, chars);
            }
            Some(Open::Parameter) => match c {
                '"' => self.open.push(Open::DoubleQuotes),
                '\'' if !self.in_double_quotes() => self.open.push(Open::SingleQuotes),
                _ => self.read_expansion(c, chars),
            },
            Some(Open::Arithmetic(depth)) => match c {
                '(' => *depth += 1,
                ')' if *depth > 1 => *depth -= 1,
                ')' => self.close(),
                _ => self.read_expansion(c, chars),
            },
            Some(Open::Comment) if c == '\n' => {
                self.open.pop();
                self.end_line();
            }
            Some(Open::HereDocuments(documents, line)) => {
                if c != '\n' {
                    line.push(c);
                    return;
                }
                let ended = documents.first().is_some_and(|document| document.ends_at(line));
                line.clear();
                if ended {
                    documents.remove(0);
                }
                if documents.is_empty() {
                    self.open.pop();
                }
            }
            Some(Open::SingleQuotes) => self.command.push_quoted(c),
            Some(Open::EscapedQuotes | Open::Backquotes | Open::Comment) => {}
        }
    }

    fn read_command(&mut self, c: char, chars: &mut Peekable<Chars<'_>>) {
        let in_case = matches!(self.open.last(), Some(Open::Case));
        match (self.command.word.as_str(), c) {
            ("case", ' ' | '\t') if self.command.starts => self.open.push(Open::Case),
            ("esac", ' ' | '\t' | '\n' | ';' | '&' | '|' | '<' | '>' | ')')
                if in_case && (self.command.starts || self.command.expects_pattern()) =>
            {
                self.open.pop();
            }
            (_, ')') if in_case => return self.command.end(),
            _ => {}
        }
        match c {
            '\n' => self.end_line(),
            ' ' | '\t' => self.command.end_word(),
            '#' if self.command.word.is_empty() => self.open.push(Open::Comment),
            '\'' => self.open_in_word(Open::SingleQuotes),
            '"' => self.open_in_word(Open::DoubleQuotes),
            '\\' => match chars.next() {
                Some('\n') => {}
                Some(c) => self.command.push_quoted(c),
                None => self.cut = true,
            },
            '<' | '>' => self.read_redirection(c, chars),
            ';' | '|' | '&' => self.command.end(),
            '(' if self.command.word.is_empty() && chars.next_if_eq(&'(').is_some() => {
                self.open.push(Open::Arithmetic(2));
            }
            '(' => {
                let in_word = !self.command.word.is_empty();
                // `name=(…)` holds words and `name()` none; any other holds commands, or tests.
                let inner = if in_word {
                    Command { starts: false, ..Command::default() }
                } else {
                    self.command.next()
                };
                let outer = std::mem::replace(&mut self.command, inner);
                self.open.push(Open::Commands(outer));
            }
            ')' => match self.open.pop() {
                // Behind `name()` stands the body of a function, and behind `case x in (y)` a command.
                Some(Open::Commands(outer)) if outer.names_function() || outer.expects_pattern() => {
                    self.command.end();
                }
                Some(Open::Commands(outer)) => {
                    self.command = outer;
                    // Behind a subshell a `#` starts a comment, and in a word it does not.
                    if self.command.redirects || !self.command.word.is_empty() {
                        self.command.word.push(HOLE);
                    }
                }
                _ => self.command.end(),
            },
            '$' if chars.peek() == Some(&'\'') => {
                chars.next();
                self.open_in_word(Open::EscapedQuotes);
            }
            '$' | '`' => {
                self.command.word.push(HOLE);
                self.read_expansion(c, chars);
            }
            c => self.command.word.push(c),
        }
    }

    /// Reads what is expanded even inside double quotes.
    fn read_expansion(&mut self, c: char, chars: &mut Peekable<Chars<'_>>) {
        match (c, chars.peek()) {
            ('`', _) => self.open.push(Open::Backquotes),
            ('$', Some('{')) => {
                chars.next();
                self.open.push(Open::Parameter);
            }
            ('$', Some('(')) => {
                chars.next();
                if chars.next_if_eq(&'(').is_some() {
                    self.open.push(Open::Arithmetic(2));
                } else {
                    self.place.is_recalled |= self.open.iter().any(|open| matches!(open, Open::DoubleQuotes));
                    self.open.push(Open::Commands(std::mem::take(&mut self.command)));
                }
            }
            ('$', None) => self.cut = true,
            _ => {}
        }
    }

    fn read_redirection(&mut self, c: char, chars: &mut Peekable<Chars<'_>>) {
        // A number before it is the file descriptor, and no word.
        if self.command.word.bytes().all(|byte| byte.is_ascii_digit()) {
            self.command.word.clear();
        }
        self.command.end_word();
        self.command.redirects = true;
        self.command.is_input = false;
        if c == '<' && chars.next_if_eq(&'<').is_some() {
            self.command.is_input = chars.next_if_eq(&'<').is_some();
            if !self.command.is_input {
                self.read_delimiter(chars);
            }
        } else {
            chars.next_if(|&next| matches!(next, '&' | '>' | '|'));
        }
    }

    fn read_delimiter(&mut self, chars: &mut Peekable<Chars<'_>>) {
        let strip_tabs = chars.next_if_eq(&'-').is_some();
        while chars.next_if(|&c| c == ' ' || c == '\t').is_some() {}
        let mut delimiter = String::new();
        let mut quote = None;
        while let Some(c) = chars.next_if(|&c| quote.is_some() || !" \t\n;|&<>()".contains(c)) {
            match (quote, c) {
                (Some(open), c) if c == open => quote = None,
                (None, '\'' | '"') => quote = Some(c),
                (None, '\\') => {}
                (_, c) => delimiter.push(c),
            }
        }
        self.cut = chars.peek().is_none();
        self.command.redirects = false;
        self.announced.push(HereDocument { delimiter, strip_tabs });
    }

    fn end_line(&mut self) {
        self.command.end();
        if !self.announced.is_empty() {
            self.open.push(Open::HereDocuments(std::mem::take(&mut self.announced), String::new()));
        }
    }

    fn open_in_word(&mut self, open: Open) {
        self.command.word.push(HOLE);
        self.open.push(open);
    }

    fn close(&mut self) {
        self.open.pop();
    }

    /// Whether a shell reads what stands here once more: as its code, or as what it is given
    /// by a command that only prints it.
    fn is_read_again(&self, after: &str) -> bool {
        let command = &self.command;
        if !command.redirects && command.is_read_again() {
            return true;
        }
        let is_input = command.redirects && command.is_input;
        let printed = || command.words.first().is_some_and(|word| PRINTING.contains(&program(word)));
        is_input && reads_commands(command.words.iter().map(String::as_str))
            || (is_input || !command.redirects && printed())
                && (is_piped_to_shell(after) || self.open.iter().any(Open::is_read_by_shell))
    }

    fn in_double_quotes(&self) -> bool {
        matches!(self.open.iter().rev().nth(1), Some(Open::DoubleQuotes))
    }
}

impl Open {
    /// Whether a shell reads what is printed in here, as in `eval "$(…)"` and `source <(…)`.
    fn is_read_by_shell(&self) -> bool {
        let Self::Commands(outer) = self else { return false };
        if !outer.redirects {
            return outer.is_read_again();
        }
        matches!(outer.words.as_slice(), [word] if word == "." || word == "source")
            || reads_commands(outer.words.iter().map(String::as_str))
    }
}

impl HereDocument {
    fn ends_at(&self, line: &str) -> bool {
        let line = if self.strip_tabs { line.trim_start_matches('\t') } else { line };
        line == self.delimiter
    }
}

impl Command {
    fn push_quoted(&mut self, c: char) {
        self.word.push(if c.is_ascii_alphabetic() || c == '/' { c } else { HOLE });
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        if self.redirects {
            self.redirects = false;
            return;
        }
        // A word of the author's behind it may be a program, with options of its own, as in
        // `sudo -- mysqldump`. No list has all that run what is behind theirs.
        self.options_ended = word == "--" || self.options_ended && word == HOLE_TEXT;
        if self.starts {
            self.starts = is_assignment(&word) || BEFORE_COMMAND.contains(&word.as_str());
        }
        if !self.starts {
            self.words.push(word);
        }
    }

    /// Whether what stands here is read once more, by a shell that this command starts.
    ///
    /// Each word may be such a program's name: no list has all that start what is behind them.
    fn is_read_again(&self) -> bool {
        let (mut shell, mut code, mut copies) = (false, false, false);
        // Behind `ssh`, whether its destination was read, and which option waits for its argument.
        let (mut remote, mut option) = (None, "");
        // Behind `sudo`, whether its options go on, and whether one of them asks for a shell.
        let (mut sudo, mut login, mut npm) = (false, false, false);
        let mut before = "";
        for word in &self.words {
            let program = program(word);
            let is_joined = npm && (word == "--" || NPM_RUNS.contains(&before));
            if is_joined || JOINING.contains(&program) {
                return true;
            }
            npm |= program == "npm";
            sudo = program == "sudo" || sudo && (word.starts_with('-') || takes_sudo_argument(before));
            login |= sudo && asks_for_shell(word);
            // A shell's code is quoted, and what stands behind it are arguments.
            code = if code { !word.contains(HOLE) } else { shell && announces_code(word) };
            shell |= SHELLS.contains(&program);
            copies |= COPYING.contains(&program);
            option = match (remote, word.strip_prefix('-')) {
                (None, _) => {
                    // `rsync -e ssh` puts the rest together itself.
                    let is_run = REMOTE.contains(&program) && !(copies && before == "-e");
                    remote = is_run.then_some(false);
                    ""
                }
                _ if !option.is_empty() => "",
                // What follows is a command over there.
                (Some(true), None | Some("-")) => return true,
                (Some(false), None) => {
                    remote = Some(true);
                    ""
                }
                (_, Some(letter)) if letter.len() == 1 && SSH_ARGUMENTS.contains(letter) => letter,
                _ => "",
            };
            before = word;
        }
        let word = self.word.as_str();
        let is_setting = word.contains('=') && !word.to_ascii_lowercase().contains("command");
        let goes_there = match (remote, option, word.strip_prefix('-')) {
            (None, ..) => false,
            (_, "o", _) => !is_setting,
            (Some(named), "", None) => named,
            // Joined to an option that takes no argument, a value would be options itself.
            (_, "", Some(option)) => {
                !is_setting && !option.starts_with(|letter| letter != 'o' && SSH_ARGUMENTS.contains(letter))
            }
            _ => false,
        };
        let login = login && !(sudo && takes_sudo_argument(before));
        login || goes_there || code || shell && word.ends_with("command=") || copies && word.contains(':')
    }

    /// Why nothing but a number stays what it is here, however it is quoted, where it does
    /// not. `after` is the rest of the line.
    fn why_only_number(&self, after: &str) -> Option<&'static str> {
        if self.is_evaluated(after) {
            return Some(EVALUATED);
        }
        let variable = self.word.strip_prefix("-v").unwrap_or(&self.word);
        let in_awk = is_assignment(variable) && self.words.iter().any(|word| AWKS.contains(&program(word)));
        in_awk.then_some(IN_AWK)
    }

    fn is_evaluated(&self, after: &str) -> bool {
        let mut words = self.words.iter().map(|word| program(word));
        let name = words.find(|name| !matches!(*name, "command" | "builtin")).unwrap_or_default();
        let before = self.words.last().map_or("", String::as_str);
        let option = if self.word.is_empty() { before } else { &self.word };
        let letter = option.strip_prefix('-').and_then(|letters| letters.chars().last());
        let by_name = match name {
            "read" => !letter.is_some_and(|letter| READ_ARGUMENTS.contains(letter)),
            "[[" => COMPARING.contains(&before) || compares(after),
            name if DECLARING.contains(&name) => {
                !self.word.contains('=')
                    || words.any(|word| word.starts_with('-') && word.contains(['a', 'A', 'i', 'n']))
            }
            name => EVALUATING.contains(&name),
        };
        by_name
            || EVALUATING_OPTIONS.iter().any(|&(program, option)| program == name && Some(option) == letter)
            || EVALUATED_VARIABLES.contains(&self.word.as_str())
            || self.in_subscript(after)
    }

    /// Whether this is the index of an array, as in `name[…]` and `name=([…]=…)`, or `$[…]`.
    fn in_subscript(&self, after: &str) -> bool {
        let opens = |word: &str| word.matches('[').count() > word.matches(']').count();
        let sets = after.split_once(']').is_some_and(|(_, rest)| rest.starts_with(['=', '+']));
        let mut open = false;
        for word in self.words.iter().chain([&self.word]) {
            let name = word.split('[').next().unwrap_or_default();
            let is_index = if name.is_empty() { sets } else { is_name(name) };
            open = opens(word) && is_index || open && !word.contains(']');
        }
        open
    }

    /// Whether `()` behind what was read so far makes it the name of a function.
    fn names_function(&self) -> bool {
        self.starts && !self.word.is_empty() && !self.word.contains(HOLE) && !is_assignment(&self.word)
    }

    /// Whether the name of a command is next.
    fn expects_command(&self) -> bool {
        self.starts || matches!(self.words.as_slice(), [word] if RUNNING.contains(&program(word)))
    }

    /// Whether the first pattern of a `case` is next.
    fn expects_pattern(&self) -> bool {
        matches!(self.words.as_slice(), [case, _, last] if case == "case" && last == "in")
    }

    fn end(&mut self) {
        *self = self.next();
    }

    /// The command behind this one; `[[ … && … ]]` is a single one.
    fn next(&self) -> Self {
        let test = self.words.first().filter(|word| *word == "[[" && self.word != "]]");
        if let Some(test) = test.filter(|_| self.words.last().is_none_or(|word| word != "]]")) {
            return Self { words: vec![test.clone()], starts: false, ..Self::default() };
        }
        Self::default()
    }
}

impl Default for Command {
    fn default() -> Self {
        Self {
            word: String::new(),
            words: Vec::new(),
            starts: true,
            redirects: false,
            is_input: false,
            options_ended: false,
        }
    }
}

/// Whether a shell's option says that code is next, as `-ec` does, or `--command` for `su`.
fn announces_code(word: &str) -> bool {
    if word.starts_with("--") {
        word.ends_with("command")
    } else {
        word.starts_with('-') && word.contains('c')
    }
}

/// Whether an option of `sudo` waits for its argument.
fn takes_sudo_argument(word: &str) -> bool {
    word.starts_with('-') && word.ends_with(SUDO_ARGUMENTS)
}

/// Whether one of its options has a shell read the command, in which a `$` is not quoted.
fn asks_for_shell(word: &str) -> bool {
    let letters = word.split(SUDO_ARGUMENTS).next().unwrap_or_default();
    matches!(word, "--shell" | "--login")
        || !word.starts_with("--") && letters.starts_with('-') && letters.contains(['s', 'i'])
}

/// The name of the program that a word may be, however it is quoted.
fn program(word: &str) -> &str {
    word.trim_matches(HOLE).rsplit('/').next().unwrap_or_default()
}

/// Whether one of the programs behind a `|` is a shell that reads commands.
fn is_piped_to_shell(after: &str) -> bool {
    let after = after.replace("||", ";");
    // Behind the end of a group, what it printed goes on.
    let is_grouped = after.contains([')', '}']);
    let list = if is_grouped { after.as_str() } else { after.split([';', '&']).next().unwrap_or_default() };
    list.split('|').skip(1).any(|command| reads_commands(command.split_whitespace()))
}

/// Whether these words start a shell that reads its commands from its input.
fn reads_commands<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let (mut reads, mut always) = (false, false);
    for word in words {
        let program = program(word);
        always |= READING.contains(&program);
        if READING.contains(&program) || SHELLS.contains(&program) {
            reads = true;
        } else if announces_code(word) || !always && !word.starts_with('-') && word != "/dev/stdin" {
            reads = false;
        }
    }
    reads
}

/// Whether what stands before this is compared as a number.
fn compares(after: &str) -> bool {
    let operand = after.split(['&', '|', ';', '(', ')']).next().unwrap_or_default();
    operand.split_whitespace().any(|word| COMPARING.contains(&word))
}

/// Whether this sets a variable, as `name=`, `name+=` and `name[1]=` do.
fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(target, _)| {
        let target = target.strip_suffix('+').unwrap_or(target);
        let name = target.split('[').next().unwrap_or_default();
        !name.contains(HOLE) && is_name(name)
    })
}

/// Whether these are the letters of a variable's name, or stand for some.
fn is_name(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == HOLE)
}
