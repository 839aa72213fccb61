//! Whether a shell command does no more than open a database's client, for SQL to be typed
//! into; and that client fed with SQL from the script.
//!
//! Start with [`Client::opened_by`]. It looks at the author's words alone: what the reader
//! gave is one quoted word of the command, whatever it says. The client may stand behind
//! `sudo`, and in a container that `docker`, `docker compose` or `kubectl` reaches.

use std::ops::Range;

use super::line::{Line, Word, file_name, without_assignments};
use super::loose::{in_lines, is_end, loose_words};
use super::options::{VALUED, VALUED_NAMES, after_options, flags, is_for_containers};
use super::posix::here_document;
use crate::snippet::{Language, Run};

/// A client that a command opens.
pub(super) struct Client {
    /// The language that it takes.
    pub(super) sql: Language,
    /// The command, if a here-document can be put behind it. Behind a comment or inside
    /// quotes, the SQL would be read by the shell; and a client in a container that asks for
    /// a password would read it from there.
    pub(super) command: Option<String>,
}

impl Client {
    /// The client that a snippet opens, unless the snippet does something itself.
    pub(super) fn opened_by(runs: &[Run]) -> Option<Self> {
        let line = Line::read(runs);
        let code: String = runs.iter().map(|run| run.text.as_str()).collect();
        let wrapped = Wrapped::read(&code, &line.words);
        let (program, arguments) = wrapped.command.split_first()?;

        // What a shell in a container is told to run is one word of ours, or what it is handed.
        let (inner, handed) = inner_line(program, arguments).unzip();
        let handed = handed.unwrap_or_default();
        let inner_words = inner.as_ref().map(|inner| without_assignments(&inner.line.words));
        let (program, arguments) = match inner_words {
            Some([all]) if all.text == "$@" => handed.get(1..)?.split_first()?,
            Some(words) => words.split_first()?,
            None => (program, arguments),
        };
        let kind = Kind::of(program.name())?;
        let does_more = line.does_more || inner.as_ref().is_some_and(|inner| inner.line.does_more);
        let runs_something = |words: &[Word]| words.iter().any(|word| kind.runs_something(&word.text));
        if does_more || runs_something(arguments) || runs_something(handed) {
            return None;
        }
        let is_plain = line.is_plain && !line.substitutes && inner.as_ref().is_none_or(Inner::is_plain);
        let asks = wrapped.is_contained && arguments.iter().any(|word| kind.asks(&word.text));

        let command = edited(&code, wrapped.edits).trim().to_owned();
        Some(Self { sql: kind.sql, command: Some(command).filter(|_| is_plain && !asks) })
    }
}

/// The languages of the clients that a snippet may leave open, as far as it names them: nothing
/// is run in them or given to them there. It is looked at without regard to quotes, as what stands
/// in them may be a command for another shell.
pub(super) fn left_open(runs: &[Run]) -> Vec<Language> {
    let code = in_lines(runs);
    let mut left = Vec::new();
    let mut before = "";
    for command in code.split_inclusive(is_end) {
        // Behind `||` there is nothing to read.
        let reads = before.len() > 1 && before.ends_with('|');
        before = command;
        let mut words = loose_words(command);
        while let Some(word) = words.next() {
            let Some(kind) = Kind::of(file_name(word)) else { continue };
            let is_use = |word: &str| word.starts_with('<') || kind.runs_something(word);
            if !reads && !words.clone().any(is_use) {
                left.push(kind.sql);
            }
        }
    }
    left
}

/// A client's command that reads its SQL from the script, and stops at the first error. psql is
/// told so where it reads, as its command may stand in quotes of a shell in a container.
pub(super) fn fed_to(command: &str, language: Language, sql: &str) -> String {
    let stopping = if language == Language::Postgres { "\\set ON_ERROR_STOP on\n" } else { "" };
    [command, " ", &here_document("SQL", &[stopping, sql].concat())].concat()
}

/// A database's client: the language that it takes, and its short options: those that run
/// something and end, those that take the rest of their word, and the one that asks for a
/// password.
struct Kind {
    sql: Language,
    running: &'static str,
    taking: &'static str,
    asking: &'static str,
}

impl Kind {
    fn of(program: &str) -> Option<Self> {
        match program {
            "psql" => {
                Some(Self { sql: Language::Postgres, running: "cflV?", taking: "dFhLopPRTUv", asking: "-W" })
            }
            "mysql" | "mariadb" => {
                Some(Self { sql: Language::MySql, running: "eIV?", taking: "DhpPSu", asking: "-p" })
            }
            _ => None,
        }
    }

    /// Whether an argument makes the client run something and end: `--command=…`, `-Xc`.
    fn runs_something(&self, word: &str) -> bool {
        const LONG: [&str; 6] = ["command", "execute", "file", "help", "list", "version"];
        let Some(options) = word.strip_prefix('-') else { return false };
        match options.strip_prefix('-') {
            Some(long) => {
                // A client takes a long option's beginning for the whole.
                let name = long.split('=').next().unwrap_or_default();
                !name.is_empty() && LONG.iter().any(|option| option.starts_with(name))
            }
            None => {
                let mut letters = options.chars();
                let decisive =
                    letters.find(|&letter| self.running.contains(letter) || self.taking.contains(letter));
                decisive.is_some_and(|letter| self.running.contains(letter))
            }
        }
    }

    /// Whether an argument makes the client ask for a password.
    fn asks(&self, word: &str) -> bool {
        word == "--password" || word == self.asking
    }
}

/// What a command runs in the end, and how its way there must be written so that it reads
/// the script.
struct Wrapped<'a> {
    code: &'a str,
    command: &'a [Word],
    edits: Vec<(Range<usize>, String)>,
    /// Whether it runs where no terminal is to ask on.
    is_contained: bool,
}

impl<'a> Wrapped<'a> {
    fn read(code: &'a str, words: &'a [Word]) -> Self {
        let command = without_assignments(words);
        let mut wrapped = Self { code, command, edits: Vec::new(), is_contained: false };
        while let Some((first, rest)) = wrapped.command.split_first() {
            wrapped.command = match first.name() {
                "env" | "exec" => without_assignments(rest),
                "sudo" | "doas" => without_assignments(after_options(rest, "ugh", &["--user", "--group"])),
                name if is_for_containers(name) => match wrapped.container() {
                    Some(inside) => inside,
                    None => break,
                },
                _ => break,
            };
        }
        wrapped
    }

    /// The command that runs in a container. `exec` must hand the script's input on, and
    /// take no terminal for it.
    fn container(&mut self) -> Option<&'a [Word]> {
        let (program, rest) = self.command.split_first()?;
        let mut rest = after_options(rest, VALUED, &VALUED_NAMES);
        let is_compose = program.name() == "docker-compose" || rest.first()?.text == "compose";
        if rest.first()?.text == "compose" {
            rest = after_options(rest.get(1..)?, VALUED, &VALUED_NAMES);
        }
        let (exec, rest) = rest.split_first().filter(|(word, _)| word.text == "exec")?;
        let after = after_options(rest, VALUED, &VALUED_NAMES);
        let mut options = rest.get(..rest.len() - after.len())?;
        // kubectl takes options after the pod's name too, up to `--`.
        let (_, mut inside) = after.split_first()?;
        if matches!(program.name(), "kubectl" | "oc") {
            let dashes = inside.iter().position(|word| word.text == "--").unwrap_or(0);
            options = rest.get(..rest.len() - inside.len() + dashes)?;
            inside = after_options(inside.get(dashes..)?, VALUED, &VALUED_NAMES);
        }
        let (letter, hands_on) = if is_compose { ('T', " -T") } else { ('i', " -i") };
        let mut is_said = false;
        let first = self.edits.len();
        for option in options {
            let all = option.place.start..option.place.end + 1;
            match option.text.as_str() {
                "--interactive" | "--stdin" if !is_compose => is_said = true,
                "--no-TTY" | "--no-tty" if is_compose => is_said = true,
                "--interactive" | "--tty" => self.edits.push((all, String::new())),
                word => {
                    let flags = flags(word, VALUED);
                    let mut kept = flags.replace('t', "");
                    if is_compose {
                        kept = kept.replace('i', "");
                    }
                    is_said |= kept.contains(letter);
                    if kept != flags {
                        // Letters that stand in quotes are not where they seem to be.
                        let letters = all.start + 1..all.start + 1 + flags.len();
                        self.code.get(letters.clone()).filter(|letters| *letters == flags)?;
                        let is_empty = kept.is_empty() && word.len() == 1 + flags.len();
                        self.edits.push((if is_empty { all } else { letters }, kept));
                    }
                }
            }
        }
        if !is_said {
            self.edits.insert(first, (exec.place.end..exec.place.end, hands_on.to_owned()));
        }
        self.is_contained = true;
        Some(without_assignments(inside))
    }
}

/// What a shell is told to run.
struct Inner<'a> {
    text: &'a str,
    line: Line,
}

impl Inner<'_> {
    /// Whether nothing but the command in it reads its input: besides, a file is read at most,
    /// as one with a password is, `$(cat "$FILE")`.
    fn is_plain(&self) -> bool {
        let reads_file = |after: &str| {
            let inside = after.split(')').next().and_then(|inside| inside.strip_prefix("cat "));
            inside.is_some_and(|file| file.len() > 2 && file.starts_with('"') && !file.contains(' '))
        };
        let reads_files = !self.text.contains('`') && self.text.split("$(").skip(1).all(reads_file);
        self.line.is_plain && (!self.line.substitutes || reads_files)
    }
}

/// What a shell is told to run, and what it may hand on to that: `sh -c '… "$@"' sh …`.
fn inner_line<'a>(program: &Word, arguments: &'a [Word]) -> Option<(Inner<'a>, &'a [Word])> {
    let is_shell = matches!(program.name(), "sh" | "bash" | "dash");
    match arguments {
        [option, script, handed @ ..] if is_shell && option.text == "-c" => {
            Some((Inner { text: &script.text, line: Line::of_text(&script.text) }, handed))
        }
        _ => None,
    }
}

/// The code with edits that stand in their order.
fn edited(code: &str, edits: Vec<(Range<usize>, String)>) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (range, text) in edits {
        out.push_str(code.get(at..range.start).unwrap_or_default());
        out.push_str(&text);
        at = range.end;
    }
    out.push_str(code.get(at..).unwrap_or_default());
    out
}
