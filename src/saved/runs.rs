//! The runs of a guide that a store holds, as "staging" and "prod-eu": which there are, what
//! they are called, and which were put away.
//!
//! A run that is put away stays where it is and says so, in the manner of everything that is
//! kept: so it can be brought back, and a tab that still shows it brings nothing back by
//! accident.

use super::keeper::{Area, Fault, key_of};
use super::read;

/// The run that there always is.
pub const DEFAULT_RUN: &str = "default";

/// A run that a store holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its id, the last part of its key.
    pub id: String,
    /// What the reader calls it; its id, where it has no name.
    pub name: String,
    /// Whether it was put away.
    pub deleted: bool,
}

/// Every run of a guide that can be read, in the order of their names.
pub fn runs(area: &impl Area, guide: &str) -> Result<Vec<Run>, Fault> {
    let prefix = key_of(guide, "");
    let mut runs: Vec<Run> = Vec::new();
    for key in area.keys()? {
        // What is set aside has a longer key.
        if key.strip_prefix(&prefix).is_none_or(|run| run.contains(':')) {
            continue;
        }
        let saved = area.get(&key)?.and_then(|text| read(&text).ok()?.of_guide(guide).ok());
        if let Some(saved) = saved {
            let name = [saved.state.name.value, saved.run.clone()].into_iter().find(|name| !name.is_empty());
            let run =
                Run { id: saved.run, name: name.unwrap_or_default(), deleted: saved.state.deleted.value };
            let place = runs.partition_point(|other| (&other.name, &other.id) < (&run.name, &run.id));
            runs.insert(place, run);
        }
    }
    Ok(runs)
}

/// An id for a new run of this name.
pub fn unused_id(name: &str, runs: &[Run]) -> String {
    let mut id = name.to_owned();
    let mut number = 2;
    while id == DEFAULT_RUN || runs.iter().any(|run| run.id == id) {
        id = [name, "-", &number.to_string()].concat();
        number += 1;
    }
    id
}

/// Takes a run out of the store for good.
pub fn forget(area: &impl Area, guide: &str, run: &str) -> Result<(), Fault> {
    area.remove(&key_of(guide, run))
}
