//! What is known of one step.

use super::{Latest, Timestamp, Unknown};
use crate::by_name::ByName;

/// What a person decided about a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// It is done.
    Done,
    /// It does not apply here; the record's reason says why.
    NotApplicable,
    /// It was looked at and is to be done here.
    Ours,
}

/// What is known of one step. Each part carries its own time, so that a tick in one tab and
/// a note in another both stay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// What was decided, and when.
    pub decision: Latest<Decision>,
    /// Why: why the step does not apply, or why it was done while others were open. It is no older
    /// than the decision, so that what was the reason for another, made elsewhere, does not
    /// outlast it.
    pub reason: Latest<String>,
    /// The reader's own words.
    pub note: Latest<String>,
    /// What was pasted to show that it took effect, by the snippet that it is the output of.
    pub evidence: ByName<Latest<Option<Evidence>>>,
    /// What a later version of this program keeps here.
    pub unknown: Unknown,
}

/// A decision about a step.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// The decision; `None` where there is none, or where the step was reopened.
    pub mark: Option<Mark>,
    /// What the step was when it was made.
    pub seen: Seen,
    /// What the clock said. It is another time than that of the decision only where the clock
    /// had gone back: then the order of decisions and their age are two things.
    pub clock: Timestamp,
}

/// What a step was for the person who decided about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// Names what its author had written. Empty where that is not known.
    pub fingerprint: String,
    /// The short hashes of its passages as that person saw them, one after another.
    pub passages: String,
    /// What those passages said, by their hashes: those for which there was room.
    pub texts: Vec<(String, String)>,
    /// What that person had chosen, and the values in the step's commands, by the names of the
    /// inputs. `None` where that is not known.
    pub answers: Option<Vec<(String, String)>>,
}

/// The output of a command that shows whether a step took effect.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// What was pasted, or as much of it as is kept.
    pub text: String,
    /// What the page said to expect, with the values of that moment.
    pub expected: String,
    /// What came of comparing the two.
    pub verdict: Verdict,
}

/// Whether an output is the expected one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is another.
    #[default]
    Other,
    /// What is expected stands in it as whole lines, among others.
    Among,
    /// It is just that.
    Expected,
}

impl Record {
    /// What was decided; `None` where nothing was, or where the step was reopened.
    pub fn mark(&self) -> Option<Mark> {
        self.decision.value.mark
    }

    /// Whether the step said something else when it was marked. Its author may have changed
    /// only what is for other readers: then its `passages`, asked for where the fingerprint is
    /// another, are still those that this person saw.
    pub fn is_of_other_text(&self, fingerprint: &str, passages: impl FnOnce() -> String) -> bool {
        let seen = &self.decision.value.seen;
        let is_other = !seen.fingerprint.is_empty() && seen.fingerprint != fingerprint;
        is_other && (seen.passages.is_empty() || seen.passages != passages())
    }

    /// The output that was pasted for a snippet.
    pub fn evidence_of(&self, snippet: &str) -> Option<&Evidence> {
        self.evidence.get(snippet)?.value.as_ref()
    }

    /// When the output was pasted for a snippet.
    pub fn proved_at(&self, snippet: &str) -> Option<Timestamp> {
        self.evidence.get(snippet).map(|evidence| evidence.at)
    }

    /// Whether anything is known that a person would miss.
    pub fn says_something(&self) -> bool {
        self.mark().is_some()
            || !self.note.value.is_empty()
            || self.evidence.iter().any(|(_, evidence)| evidence.value.is_some())
    }

    /// Marks the step, or reopens it. What was the reason for another decision is none for
    /// this one; what was said before there was any is, and of a step that was done and is not
    /// it is said again.
    pub(super) fn decide(&mut self, mark: Option<Mark>, seen: Seen, now: Timestamp, clock: Timestamp) {
        let before = self.mark();
        let seen = if mark.is_some() { seen } else { Seen::default() };
        self.decision.set(Decision { mark, seen, clock }, now);
        if before.is_some() && mark != before && (before, mark) != (Some(Mark::Done), None) {
            self.reason.reset(String::new(), now);
        }
        // Who only confirms a decision says nothing against a reason that is given elsewhere.
        let confirms = mark.is_some() && mark == before;
        if !confirms || !self.reason.value.is_empty() {
            self.reason.hold_at(self.decision.at);
        }
    }

    /// The record of a step with another id: the ids of snippets begin with it.
    pub(super) fn renamed(&self, former: &str, present: &str) -> Self {
        let of_snippet = |id: &str| match id.strip_prefix(former).filter(|number| number.starts_with('#')) {
            Some(number) => [present, number].concat(),
            None => id.to_owned(),
        };
        let evidence = self.evidence.iter().map(|(id, evidence)| (of_snippet(id), evidence.clone()));
        Self { evidence: evidence.collect(), ..self.clone() }
    }

    /// Takes over each part that is newer in the record of what this step was formerly, or in
    /// part. A note that a newer one would replace stands before it, unless that says it too.
    pub(super) fn carry_over(&mut self, former: &Self) {
        let own = self.note.value.clone();
        self.merge(former);
        if !self.note.value.contains(&own) {
            let both = [&own, "\n\n", &self.note.value].concat();
            self.note.set(both, former.note.at);
        }
    }

    pub(super) fn prove(&mut self, snippet: &str, evidence: Option<Evidence>, now: Timestamp) {
        let mut kept = self.evidence.get(snippet).cloned().unwrap_or_default();
        kept.set(evidence, now);
        self.evidence.insert(snippet.to_owned(), kept);
    }

    /// Forgets everything, and says so with its time.
    pub(super) fn empty(&mut self, now: Timestamp) {
        if self.mark().is_some() {
            self.decide(None, Seen::default(), now, now);
        }
        self.reason.reset(String::new(), now);
        self.note.reset(String::new(), now);
        self.evidence.values_mut().for_each(|evidence| evidence.reset(None, now));
    }

    /// Forgets what was said before this time.
    pub(super) fn forget_before(&mut self, time: Timestamp) {
        self.decision.forget_before(time);
        self.reason.forget_before(time);
        // One that stays keeps its time: whoever merges first must end with the same.
        self.note.forget_before(time);
        self.evidence.values_mut().for_each(|evidence| evidence.forget_before(time));
    }

    pub(super) fn cap(&mut self, now: Timestamp) {
        let Self { decision, reason, note, evidence, unknown } = self;
        decision.cap(now);
        decision.value.clock = decision.value.clock.min(now);
        reason.cap(now);
        note.cap(now);
        evidence.values_mut().for_each(|evidence| evidence.cap(now));
        unknown.cap(now);
    }

    /// Takes over each part that is newer in `other`. Says whether that changed anything.
    pub(super) fn merge(&mut self, other: &Self) -> bool {
        let mut changed = self.decision.merge(&other.decision);
        changed |= self.reason.merge(&other.reason);
        changed |= self.note.merge(&other.note);
        for (snippet, theirs) in other.evidence.iter() {
            changed |= match self.evidence.get_mut(snippet) {
                Some(ours) => ours.merge(theirs),
                None => {
                    self.evidence.insert(snippet.to_owned(), theirs.clone());
                    true
                }
            };
        }
        self.unknown.merge(&other.unknown) || changed
    }
}
