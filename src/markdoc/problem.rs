//! What is wrong in a page: data for its author, never a failure of the program.

use super::Span;

/// Something wrong in a page, with its place and a sentence for the author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Where it stands.
    pub span: Span,
    /// What is wrong and, where it is not plain, what to write instead.
    pub message: String,
    /// Names its kind, for programs: Markdoc's own name where it has one.
    pub code: Option<&'static str>,
    /// The word in the span that is wrong, where it is one word.
    pub word: Option<Word>,
}

/// A word of the author's that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it was written.
    pub given: String,
    /// What it was most likely meant to be.
    pub meant: Option<String>,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something reads differently from what its author may have meant.
    Warning,
    /// Something is missing or wrong on the page.
    Error,
}

impl Problem {
    /// A problem that leaves something missing or wrong on the page.
    pub fn error(span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, span, message.into())
    }

    /// A problem that the page survives.
    pub fn warning(span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, span, message.into())
    }

    fn new(severity: Severity, span: Span, message: String) -> Self {
        Self { severity, span, message, code: None, word: None }
    }

    /// The same problem, of a named kind. Only for the command: a page tells no more than the sentence.
    pub fn coded(self, code: &'static str) -> Self {
        if cfg!(feature = "command") { Self { code: Some(code), ..self } } else { self }
    }

    /// The same problem, about one word in its span. Only for the command, too.
    pub fn about(self, given: &str, meant: Option<&str>) -> Self {
        if !cfg!(feature = "command") {
            return self;
        }
        let word = Word { given: given.to_owned(), meant: meant.map(str::to_owned) };
        Self { word: Some(word), ..self }
    }
}

impl Severity {
    /// The name that people and programs read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}
