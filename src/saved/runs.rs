//! The runs of a guide that a store holds, as "staging" and "prod-eu": which there are, what
//! they are called, and which were put away.
//!
//! A run that is put away stays where it is and says so, in the manner of everything that is
//! kept: so it can be brought back, and a tab that still shows it brings nothing back by
//! accident.

use super::keeper::{Area, Fault, from_key_part, key_of};
use super::{Saved, read};
use crate::state::State;

/// The run that there always is.
pub const DEFAULT_RUN: &str = "default";

/// A run that a store holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRun {
    /// Its id, the last part of its key.
    pub id: String,
    /// What the reader calls it; its id, where it has no name.
    pub name: String,
    /// Whether it was put away.
    pub deleted: bool,
}

impl KnownRun {
    /// A run as its state describes it.
    pub fn of(id: &str, state: &State) -> Self {
        let name = [state.name.value.trim(), id].into_iter().find(|name| !name.is_empty());
        Self { id: id.to_owned(), name: name.unwrap_or_default().to_owned(), deleted: state.deleted.value }
    }

    /// Puts it among others, in the order of their names, unless it is there.
    pub fn join(self, runs: &mut Vec<Self>) {
        if runs.iter().all(|other| other.id != self.id) {
            let place = runs.partition_point(|other| (&other.name, &other.id) < (&self.name, &self.id));
            runs.insert(place, self);
        }
    }
}

/// Every run of a guide that can be read, in the order of their names.
pub fn runs(area: &impl Area, guide: &str) -> Result<Vec<KnownRun>, Fault> {
    let prefix = key_of(guide, "");
    let mut runs: Vec<KnownRun> = Vec::new();
    for key in area.keys()? {
        // What is set aside has a longer key.
        let Some(part) = key.strip_prefix(&prefix).filter(|part| !part.contains(':')) else { continue };
        let saved = area.get(&key)?.and_then(|text| read(&text).ok()?.of_guide(guide).ok());
        if let Some(Saved { state, .. }) = saved {
            KnownRun::of(&from_key_part(part), &state).join(&mut runs);
        }
    }
    Ok(runs)
}

/// An id for a new run of this name, which no other is called.
pub fn unused_id(name: &str, runs: &[KnownRun]) -> String {
    let mut id = name.to_owned();
    let mut number = 2;
    while id == DEFAULT_RUN || runs.iter().any(|run| run.id == id || run.name == id) {
        id = [name, "-", &number.to_string()].concat();
        number += 1;
    }
    id
}

/// Takes a run out of the store for good.
pub fn forget(area: &impl Area, guide: &str, run: &str) -> Result<(), Fault> {
    area.remove(&key_of(guide, run))
}
