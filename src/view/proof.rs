//! What an output that was pasted shows now: it is compared with what the page expects, as long
//! as it is the output of the present command.

use super::Store;
use crate::guide::{Input, Section, Step};
use crate::progress::{Evidence, Record, Timestamp, Verdict};
use crate::words::Words;

/// What was pasted for a snippet, and what has become of the snippet since.
pub(super) struct Proof<'a> {
    /// What was pasted, and what came of it then.
    pub(super) kept: &'a Evidence,
    /// The output that the page expects now. Where it expects none, what it expected.
    expected: String,
    /// The labels of the inputs that were set anew since.
    set_since: Vec<String>,
}

impl Proof<'_> {
    /// Whether it is not the output of the present command: that expects another, or has other
    /// values.
    pub(super) fn is_outdated(&self) -> bool {
        self.kept.expected != self.expected || !self.set_since.is_empty()
    }

    /// Whether it shows that the step took effect.
    pub(super) fn is_good(&self) -> bool {
        self.kept.verdict != Verdict::Other && !self.is_outdated()
    }

    /// What came of it.
    pub(super) fn name(&self) -> &'static str {
        match self.kept.verdict {
            _ if self.is_outdated() => "outdated",
            Verdict::Expected => "expected",
            Verdict::Among => "among",
            Verdict::Other => "other",
        }
    }

    /// The same for the reader.
    pub(super) fn in_words(&self, words: &Words) -> String {
        (words.verdict)(self.kept, &self.expected, &self.set_since.join(", "))
    }
}

impl Store {
    /// What was pasted for a step's snippet of this id.
    pub(super) fn proof<'a>(&self, step: &Step, snippet: &str, record: &'a Record) -> Option<Proof<'a>> {
        let kept = record.evidence_of(snippet)?;
        let present = step.snippets().into_iter().find(|present| present.id == snippet);
        let expected = present.and_then(|present| present.facts.expect.clone());
        let expected = expected.unwrap_or_else(|| kept.expected.clone());
        let at = record.proved_at(snippet)?;
        Some(Proof { kept, expected, set_since: self.set_since(step, at) })
    }

    /// The labels of a step's inputs that were set anew since then.
    pub(super) fn set_since(&self, step: &Step, at: Timestamp) -> Vec<String> {
        let is_other = |input: &&Input| step.uses(&input.name) && self.was_set_after(&input.name, at);
        self.guide().inputs.iter().filter(is_other).map(|input| input.label.clone()).collect()
    }

    /// Whether each output that was pasted shows that its step took effect.
    pub(super) fn has_proof(&self) -> bool {
        self.guide().phases.iter().all(|phase| self.has_proof_of(phase))
    }

    /// The same of a phase.
    pub(super) fn has_proof_of(&self, phase: &Section) -> bool {
        phase.steps().into_iter().all(|step| {
            let record = self.record(&step.id).unwrap_or_default();
            self.proofs(step, &record).iter().all(Proof::is_good)
        })
    }

    /// All that was pasted for a step.
    pub(super) fn proofs<'a>(&self, step: &Step, record: &'a Record) -> Vec<Proof<'a>> {
        record.evidence.iter().filter_map(|(snippet, _)| self.proof(step, snippet, record)).collect()
    }
}
