//! What a person did: an action and a time go in, a history comes out that merges with any
//! other history of the same guide, and the figures derived from it.
//!
//! Start with [`Progress`]. It remembers one [`Record`] a step. Nothing here knows what the
//! steps say or where a record is kept.
//!
//! Merging is commutative, associative and idempotent, because each part of a record is a
//! [`Latest`], and the greatest of the values given to it stays, time first. So two tabs and
//! what was stored end in the same history, whatever arrives first.

mod figures;
mod judge;
mod latest;
mod record;
mod step_id;
mod unknown;

pub use figures::{Figures, Review};
pub use judge::{MOST_KEPT, judge};
pub use latest::{Latest, Timestamp};
pub use record::{Decision, Evidence, Mark, Record, Seen, Verdict};
pub use step_id::StepId;
pub use unknown::Unknown;

use std::{collections::BTreeMap, rc::Rc};

/// What was done with each step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Shared with every copy of this history until one of them changes: what lies in a
    /// storage and what is shown are mostly the same.
    records: BTreeMap<StepId, Rc<Record>>,
}

/// How a step stands, for a reader of its present text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepState {
    /// Nobody did it yet, or it was reopened.
    #[default]
    Todo,
    /// It is done.
    Done,
    /// It does not apply here.
    NotApplicable,
    /// It was done, or set aside, and its text or commands are others since then.
    Changed,
}

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
    /// It is done because the step failed that it is not good enough for.
    Failed,
}

impl Progress {
    /// A history from what was kept somewhere. Of two records of one step the later stays.
    pub fn new(records: impl IntoIterator<Item = (StepId, Record)>) -> Self {
        let mut progress = Self::default();
        for (id, record) in records {
            progress.records.insert(id, Rc::new(record));
        }
        progress
    }

    /// What is known of a step.
    pub fn record(&self, id: &str) -> Option<&Record> {
        self.records.get(id).map(Rc::as_ref)
    }

    /// Every step that something is known of, in the order of their ids. A step that its
    /// guide no longer has keeps its record.
    pub fn records(&self) -> impl Iterator<Item = (&StepId, &Record)> {
        self.records.iter().map(|(id, record)| (id, record.as_ref()))
    }

    /// How a step stands whose text now has this fingerprint and, for this reader, the passages
    /// of these short hashes.
    pub fn state_of(&self, id: &str, fingerprint: &str, passages: impl FnOnce() -> String) -> StepState {
        let Some(record) = self.record(id) else { return StepState::Todo };
        match record.mark() {
            None => StepState::Todo,
            Some(_) if record.is_of_other_text(fingerprint, passages) => StepState::Changed,
            Some(Mark::Done) => StepState::Done,
            Some(Mark::NotApplicable) => StepState::NotApplicable,
            Some(Mark::Ours) => StepState::Todo,
        }
    }

    /// Marks a step as the reader sees it now, or reopens it; `clock` is what the clock says, where
    /// the order of what is done needs another time.
    pub fn mark(&mut self, id: &StepId, mark: Option<Mark>, seen: Seen, now: Timestamp, clock: Timestamp) {
        self.entry(id).decide(mark, seen, now, clock);
    }

    /// Replaces the reason for what was decided about a step.
    pub fn reason(&mut self, id: &StepId, reason: &str, now: Timestamp) {
        self.entry(id).reason.set(reason.to_owned(), now);
    }

    /// Replaces a step's note.
    pub fn note(&mut self, id: &StepId, note: &str, now: Timestamp) {
        self.entry(id).note.set(note.to_owned(), now);
    }

    /// Keeps the output of a step's snippet, or takes it away.
    pub fn prove(&mut self, id: &StepId, snippet: &str, evidence: Option<Evidence>, now: Timestamp) {
        self.entry(id).prove(snippet, evidence, now);
    }

    /// When an output was last pasted, or taken away.
    pub(crate) fn last_proof(&self) -> Timestamp {
        let evidence = self.records.values().flat_map(|record| record.evidence.iter());
        evidence.map(|(_, evidence)| evidence.at).max().unwrap_or_default()
    }

    /// Takes what is known of a step, and of its snippets, by a former id over to its present
    /// one. The newest of both counts, but of a note no word is lost: two steps may have become
    /// one. The former record stays, for a page that still has the former id.
    pub fn carry_over(&mut self, former: &str, present: &StepId) {
        if let Some(record) = self.records.get(former).cloned() {
            self.entry(present).carry_over(&record.renamed(former, present.as_ref()));
        }
    }

    /// Reopens every step and empties every record. The records stay and say so, or another
    /// tab that still has the ticks would bring them back.
    pub fn start_over(&mut self, now: Timestamp) {
        self.records.values_mut().for_each(|record| Rc::make_mut(record).empty(now));
    }

    /// Empties every record of what was said before this time.
    pub(crate) fn forget_before(&mut self, time: Timestamp) {
        self.records.values_mut().for_each(|record| Rc::make_mut(record).forget_before(time));
    }

    /// Lets all of it have happened by this time at the latest.
    pub fn cap(&mut self, now: Timestamp) {
        self.records.values_mut().for_each(|record| Rc::make_mut(record).cap(now));
    }

    /// Takes over what is newer in another history. Says whether that changed anything.
    pub fn merge(&mut self, other: &Progress) -> bool {
        let (mut changed, mut missing) = (false, Vec::new());
        // Both are in the order of the ids.
        let mut known = self.records.iter_mut().peekable();
        for (id, theirs) in &other.records {
            while known.next_if(|(known, _)| *known < id).is_some() {}
            match known.next_if(|(known, _)| *known == id) {
                Some((_, ours)) => changed |= merge_shared(ours, theirs),
                None => missing.push((id.clone(), theirs.clone())),
            }
        }
        changed |= !missing.is_empty();
        missing.into_iter().for_each(|(id, record)| drop(self.records.insert(id, record)));
        changed
    }

    fn entry(&mut self, id: &StepId) -> &mut Record {
        Rc::make_mut(self.records.entry(id.clone()).or_default())
    }
}

/// Merges a record into another. Where both say the same then, they are one.
fn merge_shared(ours: &mut Rc<Record>, theirs: &Rc<Record>) -> bool {
    if Rc::ptr_eq(ours, theirs) {
        return false;
    }
    let changed = Rc::make_mut(ours).merge(theirs);
    if ours == theirs {
        *ours = theirs.clone();
    }
    changed
}

impl StepState {
    /// Whether it is yet to be done or looked at.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Todo | Self::Changed)
    }

    /// The name that a page's `data-state` carries.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Done => "done",
            Self::NotApplicable => "not-applicable",
            Self::Changed => "changed",
        }
    }
}
