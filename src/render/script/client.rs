//! Whether a shell command does no more than open a database's client, for SQL to be typed
//! into; and that client fed with SQL from the script.
//!
//! Start with [`Client::opened_by`]. It looks at the author's words alone: what the reader
//! gave is one quoted word of the command, whatever it says.

use crate::snippet::{Language, Run};

/// A client that a command opens.
pub(super) struct Client {
    /// The language that it takes.
    pub(super) sql: Language,
    /// The command, if a here-document can be put behind it. Behind a comment or inside
    /// quotes, the SQL would be read by the shell.
    pub(super) command: Option<String>,
}

impl Client {
    /// The client that a snippet opens, unless the snippet does something itself.
    pub(super) fn opened_by(runs: &[Run]) -> Option<Self> {
        let line = Line::read(runs);
        let (program, arguments) = line.words.split_first()?;
        // The options that run something and end, and those that take the rest of the word.
        let (sql, running, taking) = match program.as_str() {
            "psql" => (Language::Postgres, "cflV?", "dFhLopPRTUv"),
            "mysql" | "mariadb" => (Language::MySql, "eIV?", "DhpPSu"),
            _ => return None,
        };
        if line.does_more || arguments.iter().any(|word| runs_something(word, running, taking)) {
            return None;
        }
        let code: String = runs.iter().map(|run| run.text.as_str()).collect();
        let command = match code.trim().strip_prefix("psql") {
            // Without this, psql goes on after an error and ends well.
            Some(rest) => ["psql --set=ON_ERROR_STOP=1", rest].concat(),
            None => code.trim().to_owned(),
        };
        Some(Self { sql, command: line.is_plain.then_some(command) })
    }
}

/// A client's command that reads its SQL from the script.
pub(super) fn fed_to(command: &str, sql: &str) -> String {
    let mut end = "SQL".to_owned();
    while sql.lines().any(|line| line == end) {
        end.push('_');
    }
    [command, " <<'", &end, "'\n", sql, "\n", &end].concat()
}

/// Whether an argument makes the client run something and end: `--command=…`, `-Xc`.
fn runs_something(word: &str, running: &str, taking: &str) -> bool {
    const LONG: [&str; 6] = ["command", "execute", "file", "help", "list", "version"];
    let Some(options) = word.strip_prefix('-') else { return false };
    match options.strip_prefix('-') {
        Some(long) => {
            // A client takes a long option's beginning for the whole.
            let name = long.split('=').next().unwrap_or_default();
            !name.is_empty() && LONG.iter().any(|option| option.starts_with(name))
        }
        None => {
            let decisive =
                options.chars().find(|&letter| running.contains(letter) || taking.contains(letter));
            decisive.is_some_and(|letter| running.contains(letter))
        }
    }
}

/// A command as the shell reads it, with [`HOLE`] for each value.
#[derive(Default)]
struct Line {
    words: Vec<String>,
    /// Whether there is another command, or an input or output other than the terminal.
    does_more: bool,
    /// Whether the command goes on to its very end, and nothing in it is itself a command.
    is_plain: bool,
}

/// Stands for a value of the reader's.
const HOLE: char = '\u{FFFC}';

impl Line {
    fn read(runs: &[Run]) -> Self {
        let mut text = String::new();
        for run in runs {
            match run.hole {
                Some(_) => text.push(HOLE),
                None => text.push_str(&run.text),
            }
        }
        let mut line = Self { is_plain: true, ..Self::default() };
        let mut word = String::new();
        let mut quote = None;
        let mut chars = text.trim().chars().peekable();
        while let Some(c) = chars.next() {
            match (quote, c) {
                (Some(open), c) if c == open => quote = None,
                (Some('\''), c) => word.push(c),
                (_, '\\') => match chars.next() {
                    Some('\n') => {}
                    Some(c) => word.push(c),
                    None => line.is_plain = false,
                },
                (_, '`') => line.is_plain = false,
                (_, '$') if matches!(chars.peek(), Some('(' | '{' | '\'')) => line.is_plain = false,
                (Some(_), c) => word.push(c),
                (None, '\'' | '"') => quote = Some(c),
                (None, '#') if word.is_empty() => {
                    line.is_plain = false;
                    while chars.next_if(|&c| c != '\n').is_some() {}
                }
                (None, ';' | '|' | '&' | '<' | '>') => line.does_more = true,
                (None, '(' | ')') => line.is_plain = false,
                (None, ' ' | '\t') => line.end_word(&mut word),
                (None, '\n') => {
                    line.end_word(&mut word);
                    // What follows is another command, unless it is a comment.
                    let next = chars.clone().find(|c| !c.is_whitespace());
                    line.does_more |= !line.words.is_empty() && next != Some('#');
                }
                (None, c) => word.push(c),
            }
        }
        line.end_word(&mut word);
        line.is_plain &= quote.is_none();
        line
    }

    fn end_word(&mut self, word: &mut String) {
        if !word.is_empty() {
            self.words.push(std::mem::take(word));
        }
    }
}
