//! Why a step is not good enough for those that come after it: it is open, or too long ago, or
//! set aside without a word, or what it should have done was seen not to be so.

use std::collections::HashSet;
use std::rc::Rc;

use super::Store;
use crate::guide::Step;
use crate::progress::{Record, StepState, Timestamp, Verdict};

/// Why a step that others need is not good enough for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// It is open.
    Open,
    /// It was done too long ago.
    Stale,
    /// Its author requires it, and it was set aside without a word.
    Waived,
    /// What was pasted to show that it took effect shows that it did not.
    Disproved,
}

impl Store {
    /// Whether a step was done too long ago for those that need it.
    pub fn is_stale(&self, step: &Step) -> bool {
        self.is_stale_at(step, self.now())
    }

    pub(super) fn is_stale_at(&self, step: &Step, now: Timestamp) -> bool {
        let Some(hours) = step.stale.filter(|_| now.0 > 0) else { return false };
        let done =
            self.progress(|progress| progress.record(&step.id).map(|record| record.decision.value.clock));
        self.state_of(step) == StepState::Done && done.is_some_and(|done| done.is_further_than(hours, now))
    }

    /// Whether a step should be done again, because it is stale and a step is open that needs
    /// it, or needs what needs it, as a gate needs all that comes before it.
    pub fn is_to_renew(&self, step: &Step) -> bool {
        if !self.is_stale(step) {
            return false;
        }
        let mut needing = HashSet::from([step.id.clone()]);
        // What a step needs stands before it in a page.
        self.guide().steps().into_iter().skip_while(|other| other.id != step.id).skip(1).any(|other| {
            let needs = other.gate || other.needs.iter().any(|id| needing.contains(id));
            needs && (self.state_of(other).is_open() || !needing.insert(other.id.clone()))
        })
    }

    /// What is not good enough among all the steps that come before a step; or, where that is
    /// done, was not when it was: behind the upgrade, a backup may become old.
    pub fn open_before(&self, step: &Step) -> Vec<(Rc<Step>, Lack)> {
        let decided =
            self.progress(|progress| progress.record(&step.id).map(|record| record.decision.value.clock));
        let then = decided.filter(|_| self.state_of(step) == StepState::Done).unwrap_or(self.now());
        let guide = self.guide();
        let before = guide.steps().into_iter().take_while(|other| other.id != step.id);
        before.filter_map(|other| Some((other.clone(), self.lack_at(other, then)?))).collect()
    }

    /// Whether a step is not good enough for those that need it.
    pub fn lack(&self, step: &Step) -> Option<Lack> {
        self.lack_at(step, self.now())
    }

    fn lack_at(&self, step: &Step, now: Timestamp) -> Option<Lack> {
        let has = |of: fn(&Step, &Record) -> bool| {
            self.progress(|progress| progress.record(&step.id).is_some_and(|record| of(step, record)))
        };
        match self.state_of(step) {
            StepState::Todo | StepState::Changed => Some(Lack::Open),
            StepState::NotApplicable => has(is_waived).then_some(Lack::Waived),
            StepState::Done if has(is_disproved) => Some(Lack::Disproved),
            StepState::Done => self.is_stale_at(step, now).then_some(Lack::Stale),
        }
    }
}

/// Whether a step is required, and was set aside without a reason.
fn is_waived(step: &Step, record: &Record) -> bool {
    step.severity.as_deref() == Some("required") && record.reason.value.trim().is_empty()
}

/// Whether the output of one of a step's commands is not the one that is expected.
fn is_disproved(step: &Step, record: &Record) -> bool {
    step.snippets().iter().any(|snippet| {
        let found = record.evidence_of(&snippet.id).filter(|found| found.verdict == Verdict::Other);
        found.is_some_and(|found| snippet.facts.expect.as_ref() == Some(&found.expected))
    })
}
