//! Why a step is not good enough for those that come after it: it is open, or too long ago, or
//! set aside without a word, or what it should have done was seen not to be so; or it is done
//! because the one that comes after it failed.

use std::collections::HashSet;
use std::rc::Rc;

use super::Store;
use crate::guide::Step;
use crate::progress::{Lack, Record, StepState, Timestamp, Verdict};

impl Store {
    /// Whether a step was done too long ago for those that need it.
    pub fn is_stale(&self, step: &Step) -> bool {
        self.is_stale_at(step, self.now())
    }

    pub(super) fn is_stale_at(&self, step: &Step, now: Timestamp) -> bool {
        let Some(hours) = step.stale.filter(|_| now.0 > 0) else { return false };
        self.done_at(step).is_some_and(|done| done.is_further_than(hours, now))
    }

    /// When a step was done, where it is.
    fn done_at(&self, step: &Step) -> Option<Timestamp> {
        let is_done = self.state_of(step) == StepState::Done;
        let clock = |record: &Record| record.decision.value.clock;
        self.progress(|progress| progress.record(&step.id).filter(|_| is_done).map(clock))
    }

    /// Whether a step should be done again, because it is stale and a step is open that needs
    /// it, or needs what needs it, as a gate needs all that comes before it. Behind a gate that
    /// is done, what it was for is over; and what a failure left is no longer what there was.
    pub fn is_to_renew(&self, step: &Step) -> bool {
        if !self.is_stale(step) || self.failure().is_some() {
            return false;
        }
        let mut needing = HashSet::from([step.id.clone()]);
        // What a step needs stands before it in a page.
        self.guide().steps().into_iter().skip_while(|other| other.id != step.id).skip(1).any(|other| {
            let needs = other.gate || other.needs.iter().any(|id| needing.contains(id));
            needs && (self.state_of(other).is_open() || (!other.gate && !needing.insert(other.id.clone())))
        })
    }

    /// What is not good enough among all the steps that come before a step; or, where that is
    /// done, was not when it was: behind the upgrade, a backup may become old.
    pub fn open_before(&self, step: &Step) -> Vec<(Rc<Step>, Lack)> {
        let decided = self.done_at(step);
        let then = decided.unwrap_or(self.now());
        let guide = self.guide();
        let before = guide.steps().into_iter().take_while(|other| other.id != step.id);
        // What was done again behind it was not too old for it.
        let renewed = |step: &Step| decided.is_some_and(|then| self.done_at(step) > Some(then));
        let lack =
            |other: &Step| self.lack_at(other, then).filter(|lack| *lack != Lack::Stale || !renewed(other));
        let mut open: Vec<_> = before.filter_map(|other| Some((other.clone(), lack(other)?))).collect();
        if let Some((_, done)) = self.failure().filter(|(failed, _)| failed.id == step.id) {
            open.retain(|(_, lack)| *lack != Lack::Stale);
            open.push((done, Lack::Failed));
        }
        open
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

    /// Whether the output of one of a step's commands is not the one that is expected. One of
    /// other values counts as well, unless the step was ticked for those that it has now: a value
    /// that is only touched does away with nothing.
    fn is_disproved(&self, step: &Step) -> bool {
        let disproves = |record: &Record| {
            let was_touched = !self.set_since(step, record.decision.at).is_empty();
            let expecting = step.snippets().into_iter().filter(|snippet| snippet.facts.expect.is_some());
            let mut proofs = expecting.filter_map(|snippet| self.proof(step, &snippet.id, record));
            proofs.any(|proof| proof.kept.verdict == Verdict::Other && (was_touched || !proof.is_outdated()))
        };
        self.progress(|progress| progress.record(&step.id).is_some_and(disproves))
    }
}
