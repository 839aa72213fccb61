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
        Self { severity: Severity::Error, span, message: message.into() }
    }

    /// A problem that the page survives.
    pub fn warning(span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, span, message: message.into() }
    }
}
