//! A command, as far as it has been read: its words, the programs that they name, and the holes
//! that it is given to read and prints.

use super::evaluated::{is_assignment, is_name};
use super::programs::{Changes, Program, name};
use super::{HOLE, HOLE_TEXT};

/// A simple command; or one that holds others, such as a loop, of which only what stands around
/// them is read here.
pub(super) struct Command {
    /// The word so far; what is substituted reads as a hole in it, and so does what is quoted,
    /// but for the letters, which may be those of a program's name.
    pub(super) word: String,
    /// The words before it.
    pub(super) words: Vec<String>,
    /// The programs that they name, each with how many words are read up to its name. Each word
    /// may name one: no list has all programs that start what is behind them.
    programs: Vec<(Program, usize)>,
    /// The next word is the command's name.
    pub(super) starts: bool,
    /// The next word is the target of a redirection.
    pub(super) redirects: bool,
    /// It is no file's name, but what the command reads: `<<<`.
    pub(super) is_input: bool,
    /// A `--` has ended the options, and nothing but values stands behind it.
    pub(super) options_ended: bool,
    /// The index of an array that the words before have begun.
    index: Index,
    /// The holes in what it is given to read.
    pub(super) fed: Vec<usize>,
    /// The holes in what it prints.
    pub(super) printed: Vec<usize>,
    /// A shell that is started in it reads commands from what it is given.
    pub(super) has_shell: bool,
    /// A shell reads what it prints: `>(sh)`.
    pub(super) feeds_shell: bool,
}

/// An index of an array, in which a word may stand.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Index {
    None,
    /// `name[…]`, and `$[…]`, which computes as well.
    OfName,
    /// `[…]`, which is one in `name=([…]=…)`.
    Bare,
}

/// The reserved words after which a command's name comes.
const BEFORE_COMMAND: [&str; 10] = ["!", "{", "if", "then", "elif", "else", "do", "while", "until", "time"];

/// Programs whose first word is a command's name.
const RUNNING: [&str; 7] = ["exec", "command", "builtin", "env", "nohup", "sudo", "xargs"];

impl Command {
    pub(super) fn push_quoted(&mut self, c: char) {
        self.word.push(if c.is_ascii_alphabetic() || c == '/' { c } else { HOLE });
    }

    pub(super) fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let index = self.index();
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
            self.index = index;
            // `rsync -e ssh` puts the rest together itself.
            let is_option = self.names(Program::Copy) && self.words.last().is_some_and(|word| word == "-e");
            let program = Program::named_by(&word).filter(|_| !is_option);
            self.words.push(word);
            if let Some(program) = program {
                self.programs.push((program, self.words.len()));
            }
        }
    }

    pub(super) fn names(&self, program: Program) -> bool {
        self.programs.iter().any(|(known, _)| *known == program)
    }

    /// The programs with the words behind their names.
    fn programs(&self) -> impl Iterator<Item = (Program, &[String])> {
        self.programs.iter().map(|&(program, at)| (program, self.words.get(at..).unwrap_or_default()))
    }

    /// Whether the next value is read once more, by a shell that this command starts.
    pub(super) fn has_read_again(&self) -> bool {
        !self.redirects && self.programs().any(|(program, words)| program.has_read_again(words, &self.word))
    }

    /// Whether a shell reads what this command is given to read.
    pub(super) fn reads_commands(&self) -> bool {
        matches!(self.words.first().map(String::as_str), Some("." | "source"))
            || self.programs().any(|(program, words)| program.reads_commands(words))
    }

    /// Whether it prints its words.
    pub(super) fn prints(&self) -> bool {
        self.names(Program::Echo) || self.names(Program::Printf)
    }

    /// Whether the next value is code of a program that this command starts.
    pub(super) fn has_as_code(&self, after: &str) -> bool {
        self.programs().any(|(program, words)| program.has_as_code(words, &self.word, after))
    }

    /// What it makes other signs of in the next value.
    pub(super) fn changes(&self) -> Option<Changes> {
        self.programs().find_map(|(program, words)| program.changes(words, &self.word))
    }

    /// The index of an array that the next value stands in.
    pub(super) fn index(&self) -> Index {
        let word = &self.word;
        let before = if word.contains(']') { Index::None } else { self.index };
        if before == Index::OfName || word.matches('[').count() <= word.matches(']').count() {
            return before;
        }
        match word.split('[').next() {
            None | Some("") => Index::Bare,
            Some(name) if is_name(name) => Index::OfName,
            Some(_) => before,
        }
    }

    /// Whether `()` behind what was read so far makes it the name of a function.
    pub(super) fn names_function(&self) -> bool {
        match self.words.as_slice() {
            [] => {
                self.starts
                    && !self.word.is_empty()
                    && !self.word.contains(HOLE)
                    && !is_assignment(&self.word)
            }
            [name] => self.word.is_empty() && name != "[[",
            _ => false,
        }
    }

    /// Whether the name of a command is next.
    pub(super) fn expects_command(&self) -> bool {
        self.starts || matches!(self.words.as_slice(), [word] if RUNNING.contains(&name(word)))
    }

    /// Whether the first pattern of a `case` is next.
    pub(super) fn expects_pattern(&self) -> bool {
        matches!(self.words.as_slice(), [case, _, last] if case == "case" && last == "in")
    }

    /// The command behind this one; `[[ … && … ]]` is a single one.
    pub(super) fn next(&self) -> Self {
        let test = self.words.first().filter(|word| *word == "[[" && self.word != "]]");
        if let Some(test) = test.filter(|_| self.words.last().is_none_or(|word| word != "]]")) {
            return Self { words: vec![test.clone()], starts: false, ..Self::default() };
        }
        Self::default()
    }

    /// What is read in `name=(…)`, words of which none is a command's.
    pub(super) fn list() -> Self {
        Self { starts: false, ..Self::default() }
    }

    /// The command that holds others, of which this is the first.
    pub(super) fn enclosing(&mut self) -> Self {
        Self { fed: std::mem::take(&mut self.fed), ..Self::list() }
    }
}

impl Default for Command {
    fn default() -> Self {
        Self {
            word: String::new(),
            words: Vec::new(),
            programs: Vec::new(),
            starts: true,
            redirects: false,
            is_input: false,
            options_ended: false,
            index: Index::None,
            fed: Vec::new(),
            printed: Vec::new(),
            has_shell: false,
            feeds_shell: false,
        }
    }
}
