//! Why a step is not good enough for those that come after it: it is open, or too long ago, or
//! set aside without a word, or what it should have done was seen not to be so.

use std::collections::HashSet;
use std::rc::Rc;

use super::Store;
use crate::guide::{Input, Snippet, Step};
use crate::progress::{Evidence, Lack, Record, StepState, Timestamp, Verdict};

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
        match self.state_of(step) {
            StepState::Todo | StepState::Changed => Some(Lack::Open),
            StepState::NotApplicable => self.is_waived(step).then_some(Lack::Waived),
            StepState::Done if self.is_disproved(step) => Some(Lack::Disproved),
            StepState::Done => self.is_stale_at(step, now).then_some(Lack::Stale),
        }
    }

    /// Whether a step is required, and was set aside without a reason.
    fn is_waived(&self, step: &Step) -> bool {
        let reason = |record: &Record| record.reason.value.trim().is_empty();
        step.severity.as_deref() == Some("required")
            && self.progress(|progress| progress.record(&step.id).is_some_and(reason))
    }

    /// Whether the output of one of a step's commands is not the one that is expected.
    fn is_disproved(&self, step: &Step) -> bool {
        let is_other = |found: &Evidence| found.verdict == Verdict::Other;
        let disproves = |record: &Record| {
            step.snippets().into_iter().any(|snippet| {
                record.evidence_of(&snippet.id).is_some_and(is_other)
                    && !self.is_outdated(step, snippet, record)
            })
        };
        self.progress(|progress| progress.record(&step.id).is_some_and(disproves))
    }

    /// Whether what was pasted for a snippet is not the output of its present command: that
    /// expects another, or has other values.
    pub(super) fn is_outdated(&self, step: &Step, snippet: &Snippet, record: &Record) -> bool {
        let expected = record.evidence_of(&snippet.id).map(|found| &found.expected);
        expected != snippet.facts.expect.as_ref() || !self.set_since(step, snippet, record).is_empty()
    }

    /// The labels of the values in a step's commands that are others since an output was pasted
    /// for one of them.
    pub(super) fn set_since(&self, step: &Step, snippet: &Snippet, record: &Record) -> Vec<String> {
        let Some(time) = record.proved_at(&snippet.id) else { return Vec::new() };
        let state = self.state();
        let is_other = |input: &&Input| step.uses(&input.name) && state.was_set_after(&input.name, time);
        self.guide().inputs.iter().filter(is_other).map(|input| input.label.clone()).collect()
    }
}
