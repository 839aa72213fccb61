//! Why what the reader said cannot be used, as a value; [`crate::words`] has the sentence.

use std::fmt;

use super::value::ValueType;
use crate::words::ENGLISH;

/// Why an answer, or a command that needs it, cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// It is not of this type.
    Invalid(ValueType),
    /// It is a size or a version below this one.
    AtLeast(String),
    /// It is a size or a version above this one.
    AtMost(String),
    /// It is none of the answers of its choice.
    NoAnswer(String),
    /// The option of this label does not go with the other answers: with these, where the page
    /// names what they answer.
    Impossible(String, Vec<String>),
    /// The input of this label has no value yet.
    Missing(String),
    /// The input of this label has a value that cannot be used.
    Of(String, Box<Objection>),
    /// What the page works out from the answers gives nothing.
    Nothing,
    /// It holds a line break or another control character.
    Control,
    /// It needs quotes, of which is not known how its command's language reads them.
    Unquotable,
    /// It starts with `~`, which only a shell knows.
    Home,
    /// It is a size that is not a whole number of kB.
    Inexact,
    /// It would be taken for an option.
    Option,
    /// It is a name that libpq takes for a connection string.
    Connection,
    /// It is a name that is too long for MySQL.
    LongForMySql,
    /// It is a name with a character that MySQL does not take.
    BeyondMySql,
    /// It is a name that is too long for PostgreSQL.
    LongForPostgres,
    /// The page's author put a value where none can stand. `check` finds it.
    Author(&'static str),
}

/// The sentence in English, as the native command says it.
impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&(ENGLISH.objection)(self))
    }
}
