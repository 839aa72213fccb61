//! The runs of an element that no storage keeps: they stay with it, so that its reader may
//! turn to another run and back, and its host to other guides, without losing anything.

use super::run::Run;
use super::storage::BrowserStorage;
use crate::saved;
use crate::state::State;
use std::cell::RefCell;
use std::rc::Rc;

/// What only the page has.
#[derive(Default)]
pub struct Held {
    runs: RefCell<Vec<Rc<Run>>>,
}

impl Held {
    /// Takes in a run that is about to be shown no more, if nothing else keeps it.
    pub fn keep(&self, run: &Rc<Run>) {
        if run.is_only_here() {
            self.runs.borrow_mut().push(run.clone());
        }
    }

    /// Gives all of them away.
    pub fn leave_to(&self, heir: &Self) {
        heir.runs.borrow_mut().append(&mut self.runs.borrow_mut());
    }

    /// Tries again to keep what a storage refused. Says whether only the page has some of it.
    pub fn retry(&self) -> bool {
        let refused = |run: &&Rc<Run>| run.storage != BrowserStorage::None;
        let runs: Vec<Rc<Run>> = self.runs.borrow().iter().filter(refused).cloned().collect();
        runs.iter().for_each(|run| run.retry());
        self.runs.borrow_mut().retain(|run| run.is_only_here());
        self.runs.borrow().iter().any(|run| refused(&run))
    }

    /// Gives back what was done in a run, as far as only the page knows.
    pub fn take(&self, guide: &str, storage: BrowserStorage, id: &str) -> State {
        let mut state = State::default();
        self.runs.borrow_mut().retain(|held| {
            let is_it = held.is_of(guide, storage) && held.id == id;
            if is_it {
                state.merge(&held.store.state());
            }
            !is_it
        });
        state
    }

    /// Puts the runs of a guide among those that its storage has.
    pub fn join(&self, guide: &str, storage: BrowserStorage, runs: &mut Vec<saved::KnownRun>) {
        for held in self.runs.borrow().iter().filter(|held| held.is_of(guide, storage)) {
            saved::KnownRun::of(&held.id, &held.store.state()).join(runs);
        }
    }
}
