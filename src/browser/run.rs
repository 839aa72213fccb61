//! A run of a guide while its page is open: every action goes into the store that is drawn
//! and into the one that lasts, and what other tabs do comes back from there.

use super::{clock, storage::LocalStorage, tabs::Tabs};
use crate::guide::{bundle::GuideSource, rebased};
use crate::saved::{Keeper, Trouble};
use crate::state::{Action, State};
use crate::view::{Notice, Store};
use std::{cell::RefCell, rc::Rc};

/// A run that is kept in the browser's storage.
pub struct Run {
    /// What is drawn.
    pub store: Rc<Store>,
    keeper: RefCell<Keeper<LocalStorage>>,
    /// What the reader was last told, so that a notice that was dismissed stays so until
    /// something else happens.
    told: RefCell<Option<Trouble>>,
}

impl Run {
    /// Opens a run as it was left. The links of its page lead to `base`, where one is given.
    pub fn open(guide: &GuideSource, run: &str, base: Option<&str>) -> Rc<Self> {
        let mut keeper = Keeper::new(LocalStorage, &guide.id, run);
        let mut state = State::default();
        let kept = keeper.sync(&mut state, None, clock::now());
        let document = match base {
            Some(base) => Rc::new(rebased((*guide.document).clone(), base)),
            None => guide.document.clone(),
        };
        let run = Self {
            store: Rc::new(Store::new(document, state)),
            keeper: RefCell::new(keeper),
            told: RefCell::default(),
        };
        run.tell(kept.trouble);
        Rc::new(run)
    }

    /// Does what the reader asked for, and keeps it at once: a page can end at any moment.
    pub fn act(&self, action: &Action) {
        self.store.apply(action, clock::now());
        self.sync(None);
    }

    /// Hears what other tabs do for as long as the result lives.
    pub fn listen(self: &Rc<Self>) -> Option<Tabs> {
        let key = self.keeper.borrow().key().to_owned();
        let run = self.clone();
        Some(Tabs::listen(&web_sys::window()?, key, move |text| run.sync(text.as_deref())))
    }

    fn sync(&self, heard: Option<&str>) {
        let mut state = self.store.state();
        let kept = self.keeper.borrow_mut().sync(&mut state, heard, clock::now());
        if kept.changed {
            self.store.merge(&state);
        }
        self.tell(kept.trouble);
    }

    fn tell(&self, trouble: Option<Trouble>) {
        if *self.told.borrow() == trouble {
            return;
        }
        let notice = trouble.as_ref().map(|trouble| Notice {
            kind: "storage",
            text: trouble.to_string(),
            urgent: true,
        });
        self.store.notify("storage", notice);
        *self.told.borrow_mut() = trouble;
    }
}
