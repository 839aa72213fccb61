//! What a reader wants with whole runs: another one, a file, an offer.

use std::rc::Rc;

use web_sys::Element;

use super::App;
use crate::browser::fields;
use crate::browser::run::Run;
use crate::saved::{self, unused_id};
use crate::state::{Action, State};
use crate::view::{Offer, PREFIX, Wish};
use crate::words::Words;

impl App {
    /// Does what the reader wants with whole runs.
    pub(super) fn grant(self: &Rc<Self>, run: &Rc<Run>, wish: Wish, root: &Element) {
        // Another page may have one more meanwhile, which no event told.
        run.look_for_runs();
        let runs = run.store.runs();
        if let Some(heir) = wish.heir_of_focus() {
            fields::focus(root, &[PREFIX, heir].concat());
        }
        match wish {
            Wish::OpenRun(id) => drop(self.open_run(&id)),
            Wish::NewRun(name) => {
                let id = unused_id(&name, &runs.runs);
                if let Some(run) = self.open_run(&id) {
                    run.act(&Action::Rename(id));
                    run.look_for_runs();
                }
            }
            Wish::DeleteRun => {
                let Some(next) = runs.next() else { return };
                run.put_away();
                if let Some(next) = self.open_run(&next.id) {
                    let words = next.words.get();
                    let remedy = (words.take_back, Wish::RestoreRun(runs.shown.clone()));
                    next.hint("deleted", words.run_deleted, Some(remedy));
                }
            }
            Wish::RestoreRun(id) => {
                if let Some(run) = self.open_run(&id) {
                    run.act(&Action::Delete(false));
                    run.look_for_runs();
                }
            }
            Wish::ForgetRun(id) => {
                run.forget(&id);
                run.look_for_runs();
            }
            Wish::SaveFile => run.save_file(),
            Wish::SaveAside(key) => run.save_aside(&key),
            Wish::ReadFile(event) => {
                let root = root.clone();
                // What is said of the file may stand far from where it was chosen.
                run.read_file(&event, move || {
                    ["-told", "-offered"]
                        .iter()
                        .for_each(|part| fields::focus(&root, &[PREFIX, part].concat()));
                });
            }
            Wish::TakeOffer => run.take_offer(),
            Wish::OpenOffer => {
                if let Some(Offer::Run { state, .. }) = run.store.offered().as_deref() {
                    self.open_as_own(state.clone(), &runs.runs, run.words.get());
                }
            }
        }
    }

    /// Makes a run of its own of a state from elsewhere.
    fn open_as_own(self: &Rc<Self>, state: State, runs: &[saved::KnownRun], words: &Words) {
        let name = state.name.value.trim().to_owned();
        let id = unused_id(if name.is_empty() { words.from_file } else { &name }, runs);
        if let Some(run) = self.open_run(&id) {
            run.merge(&state);
            // Another is called the same.
            if id != name {
                run.act(&Action::Rename(id));
            }
            if run.store.state().deleted.value {
                run.act(&Action::Delete(false));
            }
            run.look_for_runs();
        }
    }
}
