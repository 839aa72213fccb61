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
}

struct HereDocument {
    delimiter: String,
    strip_tabs: bool,
}

/// A simple command, as far as it has been read.
struct Command {
    /// The word so far; what is quoted or substituted reads as a hole in it.
    word: String,
    /// The words before it.
    words: Vec<String>,
    /// The next word is the command's name.
    starts: bool,
    /// The next word is the target of a redirection.
    redirects: bool,
    /// A `--` has ended the options.
    options_ended: bool,
}

/// Programs that read a command in the argument of their `-c`.
const SHELLS: [&str; 6] = ["sh", "bash", "dash", "ksh", "zsh", "su"];

/// What the next word of a command is for it.
#[derive(Clone, Copy, PartialEq)]
enum Reads {
    Program,
    Words,
    /// An option, or the destination.
    Ssh,
    SshArgument,
    Code,
}

/// The options of `ssh` that take an argument.
const SSH_ARGUMENTS: &str = "BbcDEeFIiJLlmOopQRSWw";

/// What a value must know of its place.
#[derive(Default)]
struct Place {
    /// A dash at the start of the value would make it an option.
    may_be_option: bool,
}

/// The reserved words after which a command's name comes.
const BEFORE_COMMAND: [&str; 10] = ["!", "{", "if", "then", "elif", "else", "do", "while", "until", "time"];

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
            None | Some(Open::Commands(_)) => {}
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
        let command = &mut self.command;
        let read_again = command.is_read_again();
        let starts_word = command.word.is_empty();
        // `~` and a word name the home of a user.
        let expands = command.word.ends_with('~');
        let names_command = starts_word && command.starts && !command.redirects;
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

    fn write(&self, scalar: Scalar<'_>) -> Result<String, Refusal> {
        match scalar {
            // libpq takes a database's name of this kind for a whole connection string.
            Scalar::Name(name) if name.contains('=') || name.contains("://") => {
                Err(Refusal::Reader(Objection::Connection))
            }
            Scalar::Name(text) | Scalar::Text(text) => {
                if self.place.may_be_option && text.starts_with('-') {
                    return Err(Refusal::Reader(Objection::Option));
                }
                word(text)
            }
            Scalar::Home("") => Ok("\"$HOME\"".to_owned()),
            Scalar::Home(rest) => word(rest).map(|rest| "\"$HOME\"".to_owned() + &rest),
            Scalar::Number(number) => Ok(number.to_string()),
            Scalar::Memory(text) => Ok(text),
        }
    }
}

/// The text as one word. Single quotes keep all but themselves as it is, even from the
/// history expansion of an interactive bash.
fn word(text: &str) -> Result<String, Refusal> {
    if is_plain_word(text) {
        return Ok(text.to_owned());
    }
    Ok("'".to_owned() + &one_line(text)?.replace('\'', "'\\''") + "'")
}

impl Shell {
    fn read(&mut self, c: char, chars: &mut Peekable<Chars<'_>>) {
        match self.open.last_mut() {
            None | Some(Open::Commands(_)) => self.read_command(c, chars),
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
            Some(Open::DoubleQuotes) => self.read_expansion(c, chars),
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
            Some(Open::SingleQuotes | Open::EscapedQuotes | Open::Backquotes | Open::Comment) => {}
        }
    }

    fn read_command(&mut self, c: char, chars: &mut Peekable<Chars<'_>>) {
        match c {
            '\n' => self.end_line(),
            ' ' | '\t' => self.command.end_word(),
            '#' if self.command.word.is_empty() => self.open.push(Open::Comment),
            '\'' => self.open_in_word(Open::SingleQuotes),
            '"' => self.open_in_word(Open::DoubleQuotes),
            '\\' => match chars.next() {
                Some('\n') => {}
                Some(_) => self.command.word.push(HOLE),
                None => self.cut = true,
            },
            '<' | '>' => self.read_redirection(c, chars),
            ';' | '|' | '&' => self.command.end(),
            '(' if self.command.word.is_empty() && chars.next_if_eq(&'(').is_some() => {
                self.open.push(Open::Arithmetic(2));
            }
            '(' => {
                let in_word = !self.command.word.is_empty();
                // `name=(…)` holds words and `name()` none; any other holds commands.
                let inner = Command { starts: !in_word, ..Command::default() };
                let outer = std::mem::replace(&mut self.command, inner);
                self.open.push(Open::Commands(outer));
            }
            ')' => match self.open.pop() {
                // Behind `name()` stands the body of a function.
                Some(Open::Commands(outer)) if outer.names_function() => self.command.end(),
                Some(Open::Commands(outer)) => {
                    self.command = outer;
                    // Behind a subshell a `#` starts a comment, and in a word it does not.
                    if self.command.redirects || !self.command.word.is_empty() {
                        self.command.word.push(HOLE);
                    }
                }
                // The pattern of a `case`.
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
        if c == '<' && chars.next_if_eq(&'<').is_some() {
            if chars.next_if_eq(&'<').is_none() {
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

    fn in_double_quotes(&self) -> bool {
        matches!(self.open.iter().rev().nth(1), Some(Open::DoubleQuotes))
    }
}

impl HereDocument {
    fn ends_at(&self, line: &str) -> bool {
        let line = if self.strip_tabs { line.trim_start_matches('\t') } else { line };
        line == self.delimiter
    }
}

impl Command {
    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        if self.redirects {
            self.redirects = false;
            return;
        }
        self.options_ended |= word == "--";
        if self.starts {
            self.starts = is_assignment(&word) || BEFORE_COMMAND.contains(&word.as_str());
        }
        if !self.starts {
            self.words.push(word);
        }
    }

    /// Whether what follows is split into words once more, by a shell that this command starts.
    fn is_read_again(&self) -> bool {
        let mut reads = Reads::Program;
        let mut shell = false;
        let mut code = false;
        for word in &self.words {
            let program = word.rsplit('/').next().unwrap_or_default();
            code = shell && word.starts_with('-') && !word.starts_with("--") && word.ends_with('c');
            shell |= SHELLS.contains(&program);
            reads = match (reads, program, word.strip_prefix('-')) {
                (Reads::Program, "sudo" | "exec" | "command", _) => Reads::Program,
                (Reads::Program, "eval", _) => Reads::Code,
                (Reads::Program, "ssh", _) => Reads::Ssh,
                (Reads::Ssh, _, Some(option)) if option.len() == 1 && SSH_ARGUMENTS.contains(option) => {
                    Reads::SshArgument
                }
                (Reads::Ssh, _, Some(_)) | (Reads::SshArgument, ..) => Reads::Ssh,
                // What follows the destination is a command there.
                (Reads::Ssh, _, None) | (Reads::Code, ..) => Reads::Code,
                (Reads::Program | Reads::Words, ..) => Reads::Words,
            };
        }
        code || reads == Reads::Code
    }

    /// Whether `()` behind what was read so far makes it the name of a function.
    fn names_function(&self) -> bool {
        self.starts && !self.word.is_empty() && !self.word.contains(HOLE) && !is_assignment(&self.word)
    }

    fn end(&mut self) {
        *self = Self::default();
    }
}

impl Default for Command {
    fn default() -> Self {
        Self { word: String::new(), words: Vec::new(), starts: true, redirects: false, options_ended: false }
    }
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.contains(HOLE_TEXT) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}
