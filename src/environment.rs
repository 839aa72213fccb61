//! What the reader runs: the answers they gave to the inputs that a page declares.
//!
//! An [`Environment`] holds only what a person said. What was not said is not guessed:
//! a choice stays open, and a typed value takes the page's default. [`value`] says which
//! texts are valid and what they mean.

mod objection;
mod presets;
pub mod value;

pub use objection::Objection;
pub use presets::{Locked, Presets};

use crate::by_name::ByName;

/// What the reader said, by the name of the input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    answers: ByName<String>,
}

impl Environment {
    /// What was said for an input, if anything was.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.answers.get(name).map(String::as_str)
    }

    /// Every answer, with the name of its input, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.answers.iter().map(|(name, answer)| (name, answer.as_str()))
    }

    /// The same environment with one more answer.
    #[must_use]
    pub fn with(mut self, name: &str, answer: &str) -> Self {
        self.answers.insert(name.to_owned(), answer.to_owned());
        self
    }
}

impl<N: Into<String>, A: Into<String>> FromIterator<(N, A)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, A)>>(answers: I) -> Self {
        Self { answers: answers.into_iter().map(|(name, answer)| (name.into(), answer.into())).collect() }
    }
}
