//! What is known of one step, and which of two records of it is right.

use super::Unknown;

/// Milliseconds since the start of 1970 in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub u64);

/// What a person decided about a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// It is done.
    Done,
    /// It does not apply here; the record's note says why.
    NotApplicable,
}

/// What is known of one step. The mark and the note each carry their own time, so that a
/// tick in one tab and a note in another both stay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The decision; `None` where there is none, or where the step was reopened.
    pub mark: Option<Mark>,
    /// When the step was marked or reopened.
    pub at: Timestamp,
    /// What the step's text was when it was marked. Empty where that is not known.
    pub fingerprint: String,
    /// The reader's own words, also the reason why a step does not apply.
    pub note: String,
    /// When the note was written or emptied.
    pub note_at: Timestamp,
    /// What a later version of this program keeps here.
    pub unknown: Unknown,
}

impl Timestamp {
    /// The last moment of the year 9999. What is stored with a later time was not written by
    /// a clock.
    pub const MAX: Self = Self(253_402_300_799_999);

    /// The time of an action that replaces what was given at `self`. It is later even when
    /// the clock went back, so the newest action wins over its own past; only after
    /// [`Timestamp::MAX`] comes nothing.
    pub fn next(self, now: Self) -> Self {
        now.max(Self(self.0.saturating_add(1))).min(Self::MAX)
    }
}

impl Record {
    /// Whether the step was marked when its text was another than the one with this
    /// fingerprint.
    pub fn is_of_other_text(&self, fingerprint: &str) -> bool {
        !self.fingerprint.is_empty() && self.fingerprint != fingerprint
    }

    pub(super) fn set_mark(&mut self, mark: Option<Mark>, fingerprint: &str, now: Timestamp) {
        self.mark = mark;
        self.at = self.at.next(now);
        self.fingerprint = fingerprint.to_owned();
    }

    pub(super) fn set_note(&mut self, note: &str, now: Timestamp) {
        self.note = note.to_owned();
        self.note_at = self.note_at.next(now);
    }

    /// Takes over each part that is newer in `other`; of two parts of the same time, the
    /// greater, so that every tab decides alike.
    pub(super) fn merge(&mut self, other: &Self) -> bool {
        let newer_mark = (other.at, other.mark, &other.fingerprint) > (self.at, self.mark, &self.fingerprint);
        if newer_mark {
            self.mark = other.mark;
            self.at = other.at;
            self.fingerprint.clone_from(&other.fingerprint);
        }
        let newer_note = (other.note_at, &other.note) > (self.note_at, &self.note);
        if newer_note {
            self.note.clone_from(&other.note);
            self.note_at = other.note_at;
        }
        let more = self.unknown.merge(&other.unknown);
        newer_mark || newer_note || more
    }
}
