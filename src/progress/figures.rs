//! How far one got: counts, and what is derived from them at the time of drawing.

use super::StepState;

/// How many steps there are, and what was decided about them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Steps that are done.
    pub done: usize,
    /// Steps that do not apply here.
    pub not_applicable: usize,
    /// All steps.
    pub total: usize,
}

impl Figures {
    /// The figures of steps that stand so. One that changed since it was marked is open.
    pub fn of(states: impl IntoIterator<Item = StepState>) -> Self {
        let mut figures = Self::default();
        for state in states {
            figures.total += 1;
            match state {
                StepState::Done => figures.done += 1,
                StepState::NotApplicable => figures.not_applicable += 1,
                StepState::Todo | StepState::Changed => {}
            }
        }
        figures
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
