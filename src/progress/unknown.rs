//! What a later version of this program stores beside what this one knows: carried and
//! written back, never understood.

use super::Timestamp;
use crate::by_name::ByName;

/// Members of a stored object that this version does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unknown {
    members: ByName<(Timestamp, String)>,
}

impl Unknown {
    /// Keeps a member: its name, the time that it carries (0 where it has none), and its
    /// value as it was stored.
    pub fn keep(&mut self, name: String, at: Timestamp, value: String) {
        self.members.insert(name, (at, value));
    }

    /// The members as they were stored, in the order of their names.
    pub fn members(&self) -> impl Iterator<Item = (&str, &str)> {
        self.members.iter().map(|(name, (_, value))| (name, value.as_str()))
    }

    /// Lets all of it have been stored by this time at the latest.
    pub(crate) fn cap(&mut self, now: Timestamp) {
        self.members.values_mut().for_each(|(at, _)| *at = (*at).min(now));
    }

    /// Takes over what is newer in `other`, by the rule that known parts follow.
    pub fn merge(&mut self, other: &Self) -> bool {
        let mut changed = false;
        for (name, theirs) in other.members.iter() {
            if self.members.get(name).is_none_or(|ours| theirs > ours) {
                self.members.insert(name.to_owned(), theirs.clone());
                changed = true;
            }
        }
        changed
    }
}
