//! All that a person chose and did in one run of a guide: a state and an [`Action`] make
//! the next state.
//!
//! Start with [`State::apply`]. A state is all that is stored; everything else on the page
//! is computed from it and from the guide.

use crate::by_name::ByName;
use crate::progress::{Evidence, Latest, Mark, Progress, Seen, StepId, Timestamp, Unknown};

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
        /// What the step is for the reader now.
        seen: Seen,
    },
    /// Replaces the reason for what was decided about a step.
    Reason {
        /// The step.
        step: StepId,
        /// Why it does not apply, or why it was done while others were open.
        reason: String,
    },
    /// Replaces a step's note.
    Note {
        /// The step.
        step: StepId,
        /// The words.
        note: String,
    },
    /// Keeps the output of a command, or takes it away.
    Prove {
        /// The step.
        step: StepId,
        /// The id of the snippet with the command.
        snippet: String,
        /// The output and what came of it.
        evidence: Option<Evidence>,
    },
    /// Gives the run another name.
    Rename(String),
    /// Puts the run away, or brings it back.
    Delete(bool),
    /// Reopens every step, empties every note and every input.
    StartOver,
}

/// What a person chose and did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What was done with each step.
    pub progress: Progress,
    /// What the reader calls the run; empty if it has no name of its own.
    pub name: Latest<String>,
    /// Whether the run was put away.
    pub deleted: Latest<bool>,
    /// When it was last started over. Nothing that was done or said before counts, wherever it
    /// turns up; see [`State::begin`].
    begun: Timestamp,
    inputs: ByName<Input>,
    /// What a later version of this program keeps here.
    pub unknown: Unknown,
}

/// What an input was set to, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// The value; `None` where it was taken back.
    pub answer: Latest<Option<String>>,
    /// What a later version of this program keeps here.
    pub unknown: Unknown,
}

impl State {
    /// A state from what was kept somewhere.
    pub fn new(progress: Progress, inputs: impl IntoIterator<Item = (String, Input)>) -> Self {
        Self { progress, inputs: inputs.into_iter().collect(), ..Self::default() }
    }

    /// The value of an input, where the reader gave one.
    pub fn input(&self, name: &str) -> Option<&str> {
        self.inputs.get(name).and_then(|input| input.answer.value.as_deref())
    }

    /// The inputs that the reader gave a value, in the order of their names.
    pub fn inputs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.inputs.iter().filter_map(|(name, input)| Some((name, input.answer.value.as_deref()?)))
    }

    /// Whether the reader said something about an input, if only that it is open again.
    pub fn has_answered(&self, name: &str) -> bool {
        self.inputs.get(name).is_some_and(|input| input.answer != Latest::default())
    }

    /// Whether an input was set after this time.
    pub fn was_set_after(&self, name: &str, time: Timestamp) -> bool {
        self.inputs.get(name).is_some_and(|input| input.answer.at > time)
    }

    /// Every input that was ever set, with its time, in the order of their names.
    pub fn all_inputs(&self) -> impl Iterator<Item = (&str, &Input)> {
        self.inputs.iter()
    }

    /// When it was last started over; 0 where it never was.
    pub fn begun(&self) -> Timestamp {
        self.begun
    }

    /// Starts at this time, if it has not started later: empties what was done and said before.
    /// Says whether it had started earlier.
    pub fn begin(&mut self, time: Timestamp) -> bool {
        if time <= self.begun {
            return false;
        }
        self.begun = time;
        self.progress.forget_before(time);
        self.inputs.values_mut().for_each(|input| input.answer.forget_before(time));
        true
    }

    /// Does what the reader asked for.
    pub fn apply(&mut self, action: &Action, clock: Timestamp) {
        // The clock may have gone back since the run was started over.
        let now = clock.max(self.begun);
        match action {
            Action::SetInput { name, value } => {
                // Later than every output, whatever the clock says: whether one is of the present
                // values is told by what came first.
                let now = self.progress.last_proof().next(now);
                let mut input = self.inputs.get(name).cloned().unwrap_or_default();
                input.answer.set(value.clone(), now);
                self.inputs.insert(name.clone(), input);
            }
            Action::Mark { step, mark, seen } => self.progress.mark(step, *mark, seen.clone(), now, clock),
            Action::Reason { step, reason } => self.progress.reason(step, reason, now),
            Action::Note { step, note } => self.progress.note(step, note, now),
            Action::Prove { step, snippet, evidence } => {
                let last_input = self.inputs.iter().map(|(_, input)| input.answer.at).max();
                self.progress.prove(
                    step,
                    snippet,
                    evidence.clone(),
                    last_input.unwrap_or_default().next(now),
                );
            }
            Action::Rename(name) => self.name.set(name.clone(), now),
            Action::Delete(deleted) => self.deleted.set(*deleted, now),
            Action::StartOver => {
                self.progress.start_over(now);
                // Later than every answer, so that what the page answers holds again.
                self.begin(self.all_inputs().fold(now, |time, (_, input)| input.answer.at.next(time)));
            }
        }
    }

    /// Lets all of it have happened by this time at the latest. What comes from elsewhere may
    /// name any time, and one that is yet to come would win over all that the reader does.
    pub fn cap(&mut self, now: Timestamp) {
        self.begun = self.begun.min(now);
        self.progress.cap(now);
        self.name.cap(now);
        self.deleted.cap(now);
        self.unknown.cap(now);
        self.inputs.values_mut().for_each(|input| {
            input.answer.cap(now);
            input.unknown.cap(now);
        });
    }

    /// Takes over what is newer in another state, step by step and input by input. Says
    /// whether that changed anything.
    pub fn merge(&mut self, other: &State) -> bool {
        let mut changed = self.begin(other.begun);
        if other.begun < self.begun {
            let mut other = other.clone();
            other.begin(self.begun);
            return self.merge(&other);
        }
        changed |= self.progress.merge(&other.progress);
        changed |= self.name.merge(&other.name);
        changed |= self.deleted.merge(&other.deleted);
        for (name, theirs) in other.inputs.iter() {
            changed |= match self.inputs.get_mut(name) {
                Some(ours) => ours.merge(theirs),
                None => {
                    self.inputs.insert(name.to_owned(), theirs.clone());
                    true
                }
            };
        }
        self.unknown.merge(&other.unknown) || changed
    }
}

impl Input {
    fn merge(&mut self, other: &Self) -> bool {
        let newer = self.answer.merge(&other.answer);
        self.unknown.merge(&other.unknown) || newer
    }
}
