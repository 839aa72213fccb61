//! Values become text in the language where they land: a template of literal text and
//! holes goes in, text that means exactly those values there comes out.
//!
//! Start with [`write()`]. It knows where a hole stands as each language's own lexer does,
//! so a hole inside quotes, a comment or a here-document is the author's mistake; and it
//! writes the value by its type, so a value that the language cannot say is told to the
//! reader. Each language is one file below.

mod json;
mod line;
mod my_cnf;
mod mysql;
mod pgpass;
mod postgres;
mod postgresql_conf;
mod properties;
mod shell;
mod sql;
mod yaml;

use crate::environment::Objection;
use crate::environment::value::TypedValue;

/// The languages that a value can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// POSIX shell, and so bash.
    Shell,
    /// SQL for MySQL and MariaDB, in the default `sql_mode`.
    MySql,
    /// SQL for PostgreSQL, as `psql` reads it.
    Postgres,
    /// MySQL's option file, `my.cnf`.
    MyCnf,
    /// Any program's option file, such as systemd's: they differ in how they read quotes.
    Ini,
    /// `postgresql.conf`.
    PostgresConf,
    /// libpq's password file, `.pgpass`.
    PgPass,
    /// YAML.
    Yaml,
    /// Docker Compose’s YAML, in which a `$` starts a variable.
    Compose,
    /// JSON.
    Json,
    /// Java's `.properties`.
    Properties,
    /// Anything else: a value that needs no quotes in any language.
    Other,
}

/// A part of a snippet, in the order in which they stand.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// Text of the author's.
    Literal(&'a str),
    /// A value to be written.
    Hole {
        /// The value.
        value: &'a TypedValue,
        /// How the author wants it.
        spelling: Spelling,
    },
    /// A hole without a valid value, and why there is none. It is always an error; its place
    /// is checked like any other's.
    Missing(&'a Objection),
}

/// How the author wants a value written: `{% $memory %}`, `{% bytes($memory) %}`…
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spelling {
    /// As its type and the language say.
    #[default]
    Plain,
    /// A size as a number of bytes: `20971520`.
    Bytes,
    /// A size as a number of units of 1024 bytes: `20480`.
    Kib,
    /// A size with its unit, as PostgreSQL takes it: `20MB`.
    Mb,
    /// A name as a string, where SQL compares it with one: `'openmetadata_db'`.
    Text,
}

/// A piece of the written snippet; there is one for each part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The text, ready to paste.
    pub text: String,
    /// The index of the hole's part, if this was a hole.
    pub hole: Option<usize>,
}

/// Why a snippet cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError {
    /// The index of the hole's part.
    pub part: usize,
    /// Who can mend it.
    pub fault: Fault,
    /// What is wrong.
    pub why: Objection,
}

/// Who can mend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The page's author: a value cannot stand in this place, whatever it is.
    Position,
    /// The reader: this language cannot say this value.
    Value,
}

impl Language {
    /// The names of each behind a fence's backticks. `Other` is the last of them, and so the
    /// compiler counts whether each has its line.
    pub const NAMES: [(Self, &[&str]); Self::Other as usize] = [
        (Self::Shell, &["sh", "bash", "shell"]),
        (Self::MySql, &["mysql"]),
        (Self::Postgres, &["pgsql", "postgresql", "postgres"]),
        (Self::MyCnf, &["cnf", "my.cnf"]),
        (Self::Ini, &["ini"]),
        (Self::PostgresConf, &["postgresql.conf"]),
        (Self::PgPass, &["pgpass"]),
        (Self::Yaml, &["yaml", "yml"]),
        (Self::Compose, &["compose"]),
        (Self::Json, &["json"]),
        (Self::Properties, &["properties"]),
    ];

    /// The language of a fence, by the first word after its backticks; `YAML` is `yaml`.
    pub fn from_fence(name: &str) -> Self {
        let is_one_of = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        let known = Self::NAMES.iter().find(|(_, names)| is_one_of(names));
        known.map_or(Self::Other, |(language, _)| *language)
    }

    /// Whether a fence is for bash, and not for any POSIX shell.
    pub fn is_bash(name: &str) -> bool {
        name.eq_ignore_ascii_case("bash")
    }

    /// How the name of its file ends.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Shell => ".sh",
            Self::MySql | Self::Postgres => ".sql",
            // MySQL reads no other file of a folder.
            Self::MyCnf => ".cnf",
            Self::Ini => ".ini",
            Self::PostgresConf => ".conf",
            Self::Yaml | Self::Compose => ".yaml",
            Self::Json => ".json",
            Self::Properties => ".properties",
            Self::PgPass | Self::Other => ".txt",
        }
    }
}

impl Spelling {
    /// The spelling that a function around a variable asks for.
    pub fn from_function(name: &str) -> Option<Self> {
        match name {
            "bytes" => Some(Self::Bytes),
            "kib" => Some(Self::Kib),
            "mb" => Some(Self::Mb),
            "text" => Some(Self::Text),
            _ => None,
        }
    }
}

/// Writes every value in its place, or says of each hole why it cannot.
pub fn write(language: Language, parts: &[Part<'_>]) -> Result<Vec<Run>, Vec<WriteError>> {
    match language {
        Language::Shell => write_as(&mut shell::Shell::default(), parts),
        Language::MySql => write_as(&mut mysql::MySql::default(), parts),
        Language::Postgres => write_as(&mut postgres::Postgres::default(), parts),
        Language::MyCnf => write_as(&mut my_cnf::MyCnf::default(), parts),
        Language::Ini => write_as(&mut my_cnf::MyCnf::of_any_program(), parts),
        Language::PostgresConf => write_as(&mut postgresql_conf::PostgresConf::default(), parts),
        Language::PgPass => write_as(&mut pgpass::PgPass::default(), parts),
        Language::Yaml => write_as(&mut yaml::Yaml::default(), parts),
        Language::Compose => write_as(&mut yaml::Yaml::of_compose(), parts),
        Language::Json => write_as(&mut json::Json::default(), parts),
        Language::Properties => write_as(&mut properties::Properties::default(), parts),
        Language::Other => write_as(&mut Anything, parts),
    }
}

/// One language: a lexer that is fed the snippet from its start, and the writer of a value.
trait Syntax {
    /// Reads on over the author's text, up to the next hole or the end.
    fn literal(&mut self, text: &str);

    /// Reads on over a hole, or says why no value can stand there. `after` is the rest of
    /// the line, as far as it [goes on](Self::goes_on); [`HOLE`] stands in it for each
    /// further hole.
    fn hole(&mut self, after: &str) -> Result<(), &'static str>;

    /// Writes a value into the hole last read.
    fn write(&self, scalar: Scalar<'_>) -> Result<String, Refusal>;

    /// Whether the next line belongs to this one.
    fn goes_on(&self, _line: &str) -> bool {
        false
    }

    /// Ends the snippet, and says of which holes, counted from the first, what follows shows
    /// that no value can stand there.
    fn end(&mut self) -> Vec<(usize, &'static str)> {
        Vec::new()
    }

    /// How this language wants a size that the author did not spell.
    fn size(&self) -> Spelling {
        Spelling::Mb
    }
}

/// Stands for a hole in text that a lexer keeps or is shown.
pub(crate) const HOLE: char = '\u{FFFC}';
const HOLE_TEXT: &str = "\u{FFFC}";

/// A value reduced to what makes a difference to a language.
enum Scalar<'a> {
    /// The name of a database or a role.
    Name(&'a str),
    /// Any other text.
    Text(&'a str),
    /// A path below the home directory: what follows the `~`.
    Home(&'a str),
    /// A bare number.
    Number(u64),
    /// Digits with their unit, such as `20MB`.
    Memory(String),
}

/// Why a language does not write a scalar.
enum Refusal {
    /// The author must ask for something else.
    Author(&'static str),
    /// The reader must give another value.
    Reader(Objection),
}

fn write_as(syntax: &mut dyn Syntax, parts: &[Part<'_>]) -> Result<Vec<Run>, Vec<WriteError>> {
    let mut written = Vec::with_capacity(parts.len());
    let mut holes = Vec::new();
    let mut line = Line::default();
    let mut read = 0;
    for (index, part) in parts.iter().enumerate() {
        let rest = parts.get(index..).unwrap_or_default();
        line.pass(part);
        let value = match part {
            Part::Literal(text) => {
                // Literals that follow each other are one text to a lexer, which looks ahead.
                if index >= read {
                    let literals = rest.iter().map_while(Part::literal);
                    read = index + literals.clone().count();
                    syntax.literal(&literals.collect::<String>());
                }
                written.push(Ok(Run { text: (*text).to_owned(), hole: None }));
                continue;
            }
            Part::Hole { value, spelling } => Ok((*value, *spelling)),
            Part::Missing(why) => Err((Fault::Value, (*why).clone())),
        };
        holes.push(index);
        let place = syntax.hole(line.after(syntax, rest)).map_err(at_position);
        let text = place.and(value).and_then(|(value, spelling)| write_value(syntax, value, spelling));
        written.push(text.map(|text| Run { text, hole: Some(index) }));
    }
    for (hole, why) in syntax.end() {
        if let Some(written) = holes.get(hole).and_then(|index| written.get_mut(*index)) {
            *written = Err(at_position(why));
        }
    }
    let (mut runs, mut errors) = (Vec::with_capacity(parts.len()), Vec::new());
    for (part, written) in written.into_iter().enumerate() {
        match written {
            Ok(run) => runs.push(run),
            Err((fault, why)) => errors.push(WriteError { part, fault, why }),
        }
    }
    if errors.is_empty() { Ok(runs) } else { Err(errors) }
}

/// What follows a hole in its line, put together once for all holes of the line.
#[derive(Default)]
struct Line {
    text: String,
    /// How much of the text is still to come; nothing where the line is another.
    left: Option<usize>,
}

impl Line {
    fn pass(&mut self, part: &Part<'_>) {
        let length = part.literal().unwrap_or(HOLE_TEXT).len();
        self.left = self.left.and_then(|left| left.checked_sub(length));
    }

    /// What follows the hole that stands first in `parts`, up to where its line ends and does
    /// not go on in the next.
    fn after(&mut self, syntax: &dyn Syntax, parts: &[Part<'_>]) -> &str {
        if self.left.is_none() {
            self.text = rest_of_line(syntax, parts);
        }
        let left = *self.left.get_or_insert(self.text.len());
        self.text.get(self.text.len() - left..).unwrap_or_default()
    }
}

fn rest_of_line(syntax: &dyn Syntax, parts: &[Part<'_>]) -> String {
    let mut line = String::new();
    for part in parts.iter().skip(1) {
        for c in part.literal().unwrap_or(HOLE_TEXT).chars() {
            if c == '\n' && !syntax.goes_on(&line) {
                return line;
            }
            line.push(c);
        }
    }
    line
}

fn write_value(
    syntax: &dyn Syntax,
    value: &TypedValue,
    spelling: Spelling,
) -> Result<String, (Fault, Objection)> {
    scalar(value, spelling, syntax.size()).and_then(|scalar| syntax.write(scalar)).map_err(|refusal| {
        match refusal {
            Refusal::Author(why) => at_position(why),
            Refusal::Reader(why) => (Fault::Value, why),
        }
    })
}

fn at_position(why: &'static str) -> (Fault, Objection) {
    (Fault::Position, Objection::Author(why))
}

fn scalar(value: &TypedValue, spelling: Spelling, size: Spelling) -> Result<Scalar<'_>, Refusal> {
    match (value, spelling) {
        (TypedValue::Size(bytes), _) => match if spelling == Spelling::Plain { size } else { spelling } {
            Spelling::Bytes => Ok(Scalar::Number(bytes.bytes())),
            Spelling::Kib => bytes.kib().map(Scalar::Number).ok_or(Refusal::Reader(Objection::Inexact)),
            Spelling::Mb | Spelling::Plain => {
                bytes.with_unit().map(Scalar::Memory).ok_or(Refusal::Reader(Objection::Inexact))
            }
            Spelling::Text => Err(Refusal::Author("A size is no text: write bytes(…), kib(…) or mb(…).")),
        },
        (_, Spelling::Bytes | Spelling::Kib | Spelling::Mb) => {
            Err(Refusal::Author("Only a size can be written in bytes, kib or mb."))
        }
        (TypedValue::Identifier(name), Spelling::Plain) => Ok(Scalar::Name(name.as_str())),
        (TypedValue::Identifier(name), Spelling::Text) => Ok(Scalar::Text(name.as_str())),
        (TypedValue::Text(text), _) => Ok(Scalar::Text(text.as_str())),
        (TypedValue::Host(host), _) => Ok(Scalar::Text(host.as_str())),
        (TypedValue::Port(port), _) => Ok(Scalar::Number(port.get().into())),
        (TypedValue::Number(number), _) => Ok(Scalar::Number(number.get())),
        (TypedValue::Path(path), _) => {
            Ok(path.below_home().map_or(Scalar::Text(path.as_str()), Scalar::Home))
        }
        (TypedValue::Resource(name), _) => Ok(Scalar::Text(name.as_str())),
        (TypedValue::Version(version), _) => Ok(Scalar::Text(version.as_str())),
    }
}

impl<'a> Part<'a> {
    fn literal(&self) -> Option<&'a str> {
        match self {
            Self::Literal(text) => Some(text),
            _ => None,
        }
    }
}

/// A language that is not known: every place will do, and only what needs no quotes anywhere
/// is written.
struct Anything;

impl Syntax for Anything {
    fn literal(&mut self, _text: &str) {}

    fn hole(&mut self, _after: &str) -> Result<(), &'static str> {
        Ok(())
    }

    fn write(&self, scalar: Scalar<'_>) -> Result<String, Refusal> {
        match scalar {
            Scalar::Name(text) | Scalar::Text(text) => unquoted(text),
            Scalar::Home(_) => Err(NO_HOME),
            Scalar::Number(number) => Ok(number.to_string()),
            Scalar::Memory(text) => Ok(text),
        }
    }
}

/// The text itself, if it is one line: a control character is a keystroke where a command
/// is pasted, and ends a value where a file is read line by line.
fn one_line(text: &str) -> Result<&str, Refusal> {
    if text.contains(char::is_control) {
        return Err(Refusal::Reader(Objection::Control));
    }
    Ok(text)
}

/// Whether every language and shell reads the text as one plain word.
fn is_plain_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_./:@+-".contains(&byte))
}

/// The text itself, if it needs no quotes in any language. Its first character makes no option,
/// variable or file of it (`-x`, `:x`, `@x`), and nothing in it begins a comment (`--`, `//`).
fn unquoted(text: &str) -> Result<String, Refusal> {
    let is_free = !text.starts_with(['-', '+', ':', '@']) && !text.contains("--") && !text.contains("//");
    if !is_plain_word(text) || !is_free {
        return Err(Refusal::Reader(Objection::Unquotable));
    }
    Ok(text.to_owned())
}

/// Why no value can stand between quotes of the author's.
const IN_QUOTES: &str = "A value brings its own quotes: take these away.";

/// Why no value can stand in a comment.
const IN_COMMENT: &str = "A value cannot stand in a comment.";

/// Why no size with a unit can stand where MySQL reads it.
const IN_BYTES: &str = "MySQL takes a number of bytes: write bytes(…).";

/// What is said of a value that stands where it is only a part of one. `check` knows what to write
/// for the whole.
#[cfg(feature = "command")]
pub(crate) const PART_OF_VALUE: [&str; 5] =
    [IN_QUOTES, json::NOT_WHOLE, yaml::NOT_WHOLE, pgpass::NOT_WHOLE, line::NOT_WHOLE];

/// The refusal of a path below the home directory, wherever no shell reads it.
const NO_HOME: Refusal = Refusal::Reader(Objection::Home);
