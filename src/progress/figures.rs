//! How far one got: counts, and what is derived from them at the time of drawing.

use super::StepState;

/// How many steps count, and what was decided about them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Steps that are done.
    pub done: usize,
    /// Steps that do not apply here.
    pub not_applicable: usize,
    /// All steps that count: an optional one does once its reader decided about it.
    pub total: usize,
}

/// How the changes of a review stand; every one of them is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Nobody decided about them, or they changed since.
    pub undecided: usize,
    /// They concern this run, and are to be done.
    pub ours: usize,
    /// They are done.
    pub done: usize,
    /// They do not concern this run.
    pub not_ours: usize,
}

impl Figures {
    /// The figures of steps that stand so. One that changed since it was marked is open.
    pub fn of(states: impl IntoIterator<Item = StepState>) -> Self {
        let mut figures = Self::default();
        states.into_iter().for_each(|state| figures.add(state));
        figures
    }

    /// Counts one step more.
    pub fn add(&mut self, state: StepState) {
        self.total += 1;
        if let Some(count) = self.of_state(state) {
            *count += 1;
        }
    }

    /// Counts one step less.
    pub fn take_away(&mut self, state: StepState) {
        self.total = self.total.saturating_sub(1);
        if let Some(count) = self.of_state(state) {
            *count = count.saturating_sub(1);
        }
    }

    fn of_state(&mut self, state: StepState) -> Option<&mut usize> {
        match state {
            StepState::Done => Some(&mut self.done),
            StepState::NotApplicable => Some(&mut self.not_applicable),
            StepState::Todo | StepState::Changed => None,
        }
    }

    /// The steps that have to be done here.
    pub fn applicable(self) -> usize {
        self.total.saturating_sub(self.not_applicable)
    }

    /// The steps that are still open.
    pub fn remaining(self) -> usize {
        self.applicable().saturating_sub(self.done)
    }

    /// Whether there were steps and none is open.
    pub fn finished(self) -> bool {
        self.total > 0 && self.remaining() == 0
    }

    /// How much is done of what has to be done, from 0 to 100. It is rounded down, so 100
    /// means finished.
    pub fn percent(self) -> u8 {
        if self.finished() {
            return 100;
        }
        (self.done * 100 / self.applicable().max(1)).min(99) as u8
    }
}
