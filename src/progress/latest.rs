//! When something was said, and which of two sayings counts.

/// Milliseconds since the start of 1970 in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub u64);

/// A value with the time at which it was given. Of two, the later stays; of two of one time,
/// the greater, so that every tab decides alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Latest<T> {
    /// The value.
    pub value: T,
    /// When it was given.
    pub at: Timestamp,
}

impl Timestamp {
    /// The last moment of the year 2999. What is stored with a later time was not written by a
    /// clock, and is not believed: nothing that a reader did could come after [`Timestamp::MAX`].
    pub const LAST_READ: Self = Self(32_503_679_999_999);

    /// The last moment of the year 9999.
    pub const MAX: Self = Self(253_402_300_799_999);

    /// The time of an action that replaces what was given at `self`. It is later even when
    /// the clock went back, so the newest action wins over its own past; only after
    /// [`Timestamp::MAX`] comes nothing.
    pub fn next(self, now: Self) -> Self {
        now.max(Self(self.0.saturating_add(1))).min(Self::MAX)
    }

    /// Whether more than these hours lie between the two. A time that is yet to come counts
    /// like one that is past: a clock that was wrong says nothing about how old something is.
    pub fn is_further_than(self, hours: u32, now: Self) -> bool {
        self.0.abs_diff(now.0) > u64::from(hours) * 3_600_000
    }
}

impl<T: Default> Latest<T> {
    /// Forgets a value that was given before this time.
    pub(crate) fn forget_before(&mut self, time: Timestamp) {
        if self.at < time {
            *self = Self::default();
        }
    }
}

impl<T: Ord + Clone> Latest<T> {
    /// A value that was given at this time.
    pub fn new(value: T, at: Timestamp) -> Self {
        Self { value, at }
    }

    /// Gives another value.
    pub fn set(&mut self, value: T, now: Timestamp) {
        self.value = value;
        self.at = self.at.next(now);
    }

    /// Gives another value, unless it is the one that stands there.
    pub(crate) fn reset(&mut self, value: T, now: Timestamp) {
        if self.value != value {
            self.set(value, now);
        }
    }

    /// Lets it hold for what was done at this time, and so be no older.
    pub(crate) fn hold_at(&mut self, time: Timestamp) {
        self.at = self.at.max(time);
    }

    /// Lets it have been given by this time at the latest.
    pub(crate) fn cap(&mut self, now: Timestamp) {
        self.at = self.at.min(now);
    }

    /// Takes over the other if it is later. Says whether it was.
    pub fn merge(&mut self, other: &Self) -> bool {
        let later = (other.at, &other.value) > (self.at, &self.value);
        if later {
            self.clone_from(other);
        }
        later
    }
}
