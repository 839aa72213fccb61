//! All that a person chose and did in one run of a guide: a state and an [`Action`] make
//! the next state.
//!
//! Start with [`State::apply`]. A state is all that is stored; everything else on the page
//! is computed from it and from the guide.

use crate::by_name::ByName;
use crate::progress::{Mark, Progress, StepId, Timestamp, Unknown};

/// What a reader can do. Besides, only [`State::merge`] changes a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Makes a choice or types a value.
    SetInput {
        /// The input's name.
        name: String,
        /// Its value; `None` leaves it undecided again, or gives it back its default.
        value: Option<String>,
    },
    /// Ticks a step, or sets it aside.
    Mark {
        /// The step.
        step: StepId,
        /// The decision; `None` reopens the step.
        mark: Option<Mark>,
        /// What the step's text is now.
        fingerprint: String,
    },
    /// Replaces a step's note.
    Note {
        /// The step.
        step: StepId,
        /// The words.
        note: String,
    },
    /// Reopens every step, empties every note and every input.
    StartOver,
}

/// What a person chose and did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What was done with each step.
    pub progress: Progress,
    inputs: ByName<Input>,
}

/// What an input was set to, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// The value; `None` where it was taken back.
    pub value: Option<String>,
    /// When it was set.
    pub at: Timestamp,
    /// What a later version of this program keeps here.
    pub unknown: Unknown,
}

impl State {
    /// A state from what was kept somewhere.
    pub fn new(progress: Progress, inputs: impl IntoIterator<Item = (String, Input)>) -> Self {
        Self { progress, inputs: inputs.into_iter().collect() }
    }

    /// The value of an input, where the reader gave one.
    pub fn input(&self, name: &str) -> Option<&str> {
        self.inputs.get(name).and_then(|input| input.value.as_deref())
    }

    /// The inputs that the reader gave a value, in the order of their names.
    pub fn inputs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.inputs.iter().filter_map(|(name, input)| Some((name, input.value.as_deref()?)))
    }

    /// Whether the reader said something about an input, if only that it is open again.
    pub fn has_answered(&self, name: &str) -> bool {
        self.inputs.get(name).is_some()
    }

    /// Every input that was ever set, with its time, in the order of their names.
    pub fn all_inputs(&self) -> impl Iterator<Item = (&str, &Input)> {
        self.inputs.iter()
    }

    /// Does what the reader asked for.
    pub fn apply(&mut self, action: &Action, now: Timestamp) {
        match action {
            Action::SetInput { name, value } => {
                let mut input = self.inputs.get(name).cloned().unwrap_or_default();
                input.set(value.clone(), now);
                self.inputs.insert(name.clone(), input);
            }
            Action::Mark { step, mark, fingerprint } => self.progress.mark(step, *mark, fingerprint, now),
            Action::Note { step, note } => self.progress.note(step, note, now),
            Action::StartOver => {
                self.progress.start_over(now);
                for input in self.inputs.values_mut().filter(|input| input.value.is_some()) {
                    input.set(None, now);
                }
            }
        }
    }

    /// Takes over what is newer in another state, step by step and input by input. Says
    /// whether that changed anything.
    pub fn merge(&mut self, other: &State) -> bool {
        let mut changed = self.progress.merge(&other.progress);
        for (name, theirs) in other.inputs.iter() {
            changed |= match self.inputs.get_mut(name) {
                Some(ours) => ours.merge(theirs),
                None => {
                    self.inputs.insert(name.to_owned(), theirs.clone());
                    true
                }
            };
        }
        changed
    }
}

impl Input {
    fn set(&mut self, value: Option<String>, now: Timestamp) {
        self.value = value;
        self.at = self.at.next(now);
    }

    fn merge(&mut self, other: &Self) -> bool {
        let newer = (other.at, &other.value) > (self.at, &self.value);
        if newer {
            self.value.clone_from(&other.value);
            self.at = other.at;
        }
        self.unknown.merge(&other.unknown) || newer
    }
}
