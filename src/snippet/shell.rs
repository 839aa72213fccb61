//! POSIX shell, and so bash: every value becomes one word, or a part of one, quoted only
//! when it must be.
//!
//! The lexer follows quotes, substitutions, comments and here-documents to know where a
//! hole stands, and words, commands and pipes as far as a value's meaning depends on them: a
//! [`Command`] knows its words, and a [`Program`](programs::Program) what it does with them.
//!
//! What is printed may be read by a shell behind it, as in `{ …; } | sh`. So each command keeps
//! the holes in what it reads and prints, hands them on where it ends, and a shell refuses them.

mod command;
mod evaluated;
mod programs;

use super::{HOLE, HOLE_TEXT, IN_COMMENT, IN_QUOTES, Refusal, Scalar, Syntax, is_plain_word, one_line};
use crate::environment::Objection;
use command::Command;
use evaluated::why_only_number;
use programs::Changes;
use std::iter::Peekable;
use std::str::Chars;

#[derive(Default)]
pub(super) struct Shell {
    /// What is open here, the innermost last.
    open: Vec<Open>,
    /// The command that is being read.
    command: Command,
    /// A `|` stands before it, and lines may end between them.
    is_piped: bool,
    /// The here-documents that start after this line.
    announced: Vec<HereDocument>,
    /// The author's text ended in the midst of a token that a hole must not enter.
    cut: bool,
    /// How many holes were read.
    holes: usize,
    /// Those of them that a shell behind them reads again.
    read_again: Vec<usize>,
    /// What holds for a value in the last of them.
    limits: Limits,
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
    /// Commands, and the one around them, or which they are together.
    Commands(Group, Command),
}

/// What holds commands.
#[derive(PartialEq)]
enum Group {
    /// `$(…)` or `(…)`.
    Parentheses,
    /// `<(…)`, whose output is read by the command around it.
    Reading,
    /// `>(…)`, which reads the output of the command around it.
    Printing,
    /// `{ … }`, `if … fi` or a loop.
    Compound,
    /// `case … esac`, whose patterns end in a `)` that nothing opened.
    Case,
}

struct HereDocument {
    delimiter: String,
    strip_tabs: bool,
}

/// What a value may not be where it stands, and how it is quoted there.
#[derive(Default)]
struct Limits {
    /// Why none but a number can stand here.
    only_number: Option<&'static str>,
    /// The signs that would be others here.
    changes: Option<Changes>,
    /// A dash at the start of the value would make it an option.
    may_be_option: bool,
    /// Behind `"$(`, an interactive bash that looks for a `!` may be wrong about the quotes: it
    /// takes the substitution to end at the `)` of a subshell or a pattern.
    is_recalled: bool,
}

const READ_AGAIN: &str = "A value cannot stand where another shell reads it again.";

impl Syntax for Shell {
    fn literal(&mut self, text: &str) {
        self.cut = false;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            self.read(c, &mut chars);
        }
    }

    fn hole(&mut self, after: &str) -> Result<(), &'static str> {
        let number = self.holes;
        self.holes += 1;
        match self.open.last_mut() {
            None | Some(Open::Commands(..)) => {}
            Some(Open::SingleQuotes | Open::EscapedQuotes | Open::DoubleQuotes) => return Err(IN_QUOTES),
            Some(Open::Backquotes) => return Err("A value cannot stand in backquotes: write $(…) instead."),
            Some(Open::Parameter) => return Err("A value cannot stand in ${…}."),
            Some(Open::Arithmetic(_)) => return Err("A value cannot stand in $((…))."),
            Some(Open::Comment) => return Err(IN_COMMENT),
            Some(Open::HereDocuments(_, line)) => {
                line.push(HOLE);
                return Err("A value cannot stand in a here-document.");
            }
        }
        self.is_piped = false;
        let command = &mut self.command;
        let has_read_again = command.has_read_again();
        if command.redirects {
            (self.limits.only_number, self.limits.changes) = (None, None);
            if command.is_input {
                command.fed.push(number);
            }
        } else {
            self.limits.only_number = why_only_number(command, after);
            self.limits.changes = command.changes();
            if command.prints() {
                command.printed.push(number);
            }
        }
        let starts_word = command.word.is_empty();
        // `~` and a word name the home of a user.
        let expands = command.word.ends_with('~');
        let names_command = starts_word && !command.redirects && command.expects_command();
        self.limits.may_be_option = starts_word && !command.redirects && !command.options_ended;
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
        if has_read_again {
            return Err(READ_AGAIN);
        }
        Ok(())
    }

    fn goes_on(&self, line: &str) -> bool {
        line.ends_with('\\')
    }

    fn end(&mut self) -> Vec<(usize, &'static str)> {
        self.literal("\n");
        std::mem::take(&mut self.read_again).into_iter().map(|hole| (hole, READ_AGAIN)).collect()
    }

    fn write(&self, scalar: Scalar<'_>) -> Result<String, Refusal> {
        if let Some(why) = self.limits.only_number
            && !matches!(scalar, Scalar::Number(_))
        {
            return Err(Refusal::Author(why));
        }
        if let Scalar::Name(text) | Scalar::Text(text) | Scalar::Home(text) = scalar
            && let Some((changes, why)) = self.limits.changes
            && text.contains(changes)
        {
            return Err(Refusal::Author(why));
        }
        match scalar {
            // libpq takes a database's name of this kind for a whole connection string.
            Scalar::Name(name) if name.contains('=') || name.contains("://") => {
                Err(Refusal::Reader(Objection::Connection))
            }
            Scalar::Name(text) | Scalar::Text(text) => {
                if self.limits.may_be_option && text.starts_with('-') {
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
        if self.limits.is_recalled {
            quoted = quoted.replace('!', "'\\!'");
        }
        Ok("'".to_owned() + &quoted + "'")
    }

    fn read(&mut self, c: char, chars: &mut Peekable<Chars<'_>>) {
        match self.open.last_mut() {
            None | Some(Open::Commands(..)) => self.read_command(c, chars),
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
        let in_case = matches!(self.open.last(), Some(Open::Commands(Group::Case, _)));
        self.is_piped &= c.is_ascii_whitespace() || c == '#';
        match (self.command.word.as_str(), c) {
            ("case", ' ' | '\t') if self.command.starts => {
                let case = self.command.enclosing();
                self.open.push(Open::Commands(Group::Case, case));
            }
            ("esac", ' ' | '\t' | '\n' | ';' | '&' | '|' | '<' | '>' | ')')
                if in_case && (self.command.starts || self.command.expects_pattern()) =>
            {
                self.close();
            }
            (_, ')') if in_case => {
                self.command = Command::default();
                return;
            }
            _ => {}
        }
        match c {
            '\n' => self.end_line(),
            ' ' | '\t' => self.end_word(),
            '#' if self.command.word.is_empty() => self.open.push(Open::Comment),
            '\'' => self.open_in_word(Open::SingleQuotes),
            '"' => self.open_in_word(Open::DoubleQuotes),
            '\\' => match chars.next() {
                Some('\n') => {}
                Some(c) => self.command.push_quoted(c),
                None => self.cut = true,
            },
            // `&>` redirects what this command prints.
            '&' if chars.peek() == Some(&'>') => {}
            '<' | '>' => self.read_redirection(c, chars),
            '|' if chars.next_if_eq(&'|').is_none() => {
                chars.next_if_eq(&'&');
                self.end_command(true);
            }
            ';' | '|' | '&' => self.end_command(false),
            '(' if self.command.word.is_empty() && chars.next_if_eq(&'(').is_some() => {
                self.open.push(Open::Arithmetic(2));
            }
            '(' => {
                let in_word = !self.command.word.is_empty();
                // `name=(…)` holds words and `name()` none; any other holds commands, or tests.
                let inner = if in_word { Command::list() } else { self.command.next() };
                let outer = std::mem::replace(&mut self.command, inner);
                self.open.push(Open::Commands(Group::Parentheses, outer));
            }
            ')' => {
                self.end_command(false);
                self.close();
                // Behind `name()` stands the body of a function, and behind `case x in (y)` a command.
                if self.command.names_function() || self.command.expects_pattern() {
                    self.command = Command::default();
                // Behind a subshell a `#` starts a comment, and in a word it does not.
                } else if self.command.redirects || !self.command.word.is_empty() {
                    self.command.word.push(HOLE);
                }
            }
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
                    self.limits.is_recalled |=
                        self.open.iter().any(|open| matches!(open, Open::DoubleQuotes));
                    let outer = std::mem::take(&mut self.command);
                    self.open.push(Open::Commands(Group::Parentheses, outer));
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
        self.end_word();
        if chars.next_if_eq(&'(').is_some() {
            self.command.word.push(HOLE);
            let outer = std::mem::take(&mut self.command);
            let group = if c == '<' { Group::Reading } else { Group::Printing };
            self.open.push(Open::Commands(group, outer));
            return;
        }
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
        if !self.is_piped {
            self.end_command(false);
        }
        if !self.announced.is_empty() {
            self.open.push(Open::HereDocuments(std::mem::take(&mut self.announced), String::new()));
        }
    }

    fn end_word(&mut self) {
        let is_reserved = self.command.starts && !self.command.redirects;
        match self.command.word.as_str() {
            "{" | "if" | "for" | "select" | "while" | "until" if is_reserved => {
                let compound = self.command.enclosing();
                self.open.push(Open::Commands(Group::Compound, compound));
            }
            "}" | "fi" | "done"
                if is_reserved && matches!(self.open.last(), Some(Open::Commands(Group::Compound, _))) =>
            {
                self.close();
            }
            _ => {}
        }
        self.command.end_word();
    }

    /// Ends the command, and hands on what it prints: to the next one where that is piped, and
    /// else to what holds both.
    fn end_command(&mut self, pipes: bool) {
        self.end_word();
        let next = self.command.next();
        let mut command = std::mem::replace(&mut self.command, next);
        self.is_piped = pipes;
        let has_shell = command.has_shell || command.reads_commands();
        if has_shell {
            self.read_again.append(&mut command.fed);
        }
        // What it is given may go on as it is, as in `tee`.
        command.printed.append(&mut command.fed);
        if command.feeds_shell {
            self.read_again.append(&mut command.printed);
        }
        if let Some(Open::Commands(group, outer)) = self.open.last_mut() {
            let reads = if *group == Group::Printing { &mut outer.feeds_shell } else { &mut outer.has_shell };
            *reads |= has_shell;
            if !pipes && !command.printed.is_empty() {
                let holes =
                    if group.has_read_again(outer) { &mut self.read_again } else { &mut outer.printed };
                holes.append(&mut command.printed);
            }
        }
        if pipes {
            self.command.fed = command.printed;
        }
    }

    fn open_in_word(&mut self, open: Open) {
        self.command.word.push(HOLE);
        self.open.push(open);
    }

    /// Ends what is open, and goes on in the command around it.
    fn close(&mut self) {
        if let Some(Open::Commands(_, outer)) = self.open.pop() {
            self.command = outer;
        }
    }

    fn in_double_quotes(&self) -> bool {
        matches!(self.open.iter().rev().nth(1), Some(Open::DoubleQuotes))
    }
}

impl Group {
    /// Whether a shell reads what is printed in here, as in `eval "$(…)"` and `source <(…)`.
    fn has_read_again(&self, outer: &Command) -> bool {
        match self {
            Self::Parentheses => outer.has_read_again(),
            Self::Reading => outer.reads_commands(),
            Self::Printing | Self::Compound | Self::Case => false,
        }
    }
}

impl HereDocument {
    fn ends_at(&self, line: &str) -> bool {
        let line = if self.strip_tabs { line.trim_start_matches('\t') } else { line };
        line == self.delimiter
    }
}
