//! What a page answers for its readers: its own server's name, the one database it is about.
//!
//! A preset answer stands until the reader gives another; one that is locked stands.

use crate::by_name::ByName;
use crate::environment::Environment;
use crate::state::State;

/// Answers that come with the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presets {
    answers: ByName<String>,
    locked: Locked,
}

/// Which answers a reader cannot change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Locked {
    /// None.
    #[default]
    Nothing,
    /// Every answer that is preset.
    Everything,
    /// Those of these inputs that are preset.
    Only(Vec<String>),
}

impl Presets {
    /// Preset answers, by the names of their inputs.
    pub fn new(answers: impl IntoIterator<Item = (String, String)>, locked: Locked) -> Self {
        Self { answers: answers.into_iter().collect(), locked }
    }

    /// The names of the inputs that are answered, and the answers.
    pub fn answers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.answers.iter().map(|(name, answer)| (name, answer.as_str()))
    }

    /// The names of inputs that shall be locked, though nothing answers them.
    pub fn locked_in_vain(&self) -> impl Iterator<Item = &str> {
        let named = if let Locked::Only(names) = &self.locked { names.as_slice() } else { &[] };
        named.iter().map(String::as_str).filter(|name| self.answers.get(name).is_none())
    }

    /// Whether the reader cannot change an input's answer.
    pub fn is_locked(&self, name: &str) -> bool {
        let named = match &self.locked {
            Locked::Nothing => false,
            Locked::Everything => true,
            Locked::Only(names) => names.iter().any(|locked| locked == name),
        };
        named && self.answers.get(name).is_some()
    }

    /// What holds for a reader: their own answers, and the page's where they gave none.
    pub fn environment(&self, state: &State) -> Environment {
        let own = state.inputs().filter(|(name, _)| !self.is_locked(name));
        let preset = self.answers().filter(|(name, _)| self.is_locked(name) || !state.has_answered(name));
        own.chain(preset).collect()
    }
}
