//! A run of a guide while its page is open: every action goes into the store that is drawn
//! and into the one that lasts, and what other tabs and other elements do comes back from
//! there.

use super::events::{Events, Reach};
use super::{clock, options::Options, storage::BrowserStorage, tabs::Tabs};
use crate::guide::{bundle::GuideSource, rebased};
use crate::saved::{Keeper, Trouble};
use crate::state::{Action, State};
use crate::view::{Notice, Store};
use std::cell::RefCell;
use std::rc::{Rc, Weak};

thread_local! {
    /// Every run of this page: what one stores, no event tells the others.
    static RUNS: RefCell<Vec<Weak<Run>>> = const { RefCell::new(Vec::new()) };
}

/// A run that is kept in the browser's storage.
pub struct Run {
    /// What is drawn.
    pub store: Rc<Store>,
    keeper: RefCell<Keeper<BrowserStorage>>,
    storage: BrowserStorage,
    /// Whom to tell; nobody while the run is not on the page.
    events: RefCell<Option<Events>>,
    /// What the reader was last told, so that a notice that was dismissed stays so until
    /// something else happens.
    told: RefCell<Option<Trouble>>,
}

impl Run {
    /// Opens a run as it was left.
    pub fn open(guide: &GuideSource, options: &Options) -> Rc<Self> {
        let mut keeper = Keeper::new(options.storage, &guide.id, &options.run);
        let mut state = State::default();
        let kept = keeper.sync(&mut state, None, clock::now());
        let document = match &options.base {
            Some(base) => Rc::new(rebased((*guide.document).clone(), base)),
            None => guide.document.clone(),
        };
        let store = Store::with_presets(document, state, options.presets.clone());
        let run = Rc::new(Self {
            store: Rc::new(store),
            keeper: RefCell::new(keeper),
            storage: options.storage,
            events: RefCell::default(),
            told: RefCell::default(),
        });
        run.tell(kept.trouble);
        RUNS.with_borrow_mut(|runs| {
            runs.retain(|run| run.strong_count() > 0);
            runs.push(Rc::downgrade(&run));
        });
        run
    }

    /// Does what the reader asked for, and keeps it at once: a page can end at any moment.
    pub fn act(&self, action: &Action) {
        let reach = match action {
            Action::SetInput { .. } | Action::Rename(_) | Action::Delete(_) => Reach::Nothing,
            Action::Mark { step, .. }
            | Action::Reason { step, .. }
            | Action::Note { step, .. }
            | Action::Prove { step, .. } => Reach::Step(step),
            Action::StartOver => Reach::Everything,
        };
        self.observe(reach, || {
            self.store.apply(action, clock::now());
            self.sync(None);
        });
        for other in self.others() {
            other.hear(None);
        }
    }

    /// Tells a host what happens, and hears what other tabs do, for as long as the result
    /// lives.
    pub fn listen(self: &Rc<Self>, events: Events) -> Listening {
        let heard = self.told.borrow().clone();
        heard.iter().for_each(|trouble| events.storage_error(trouble));
        *self.events.borrow_mut() = Some(events);
        // While nobody listened, another tab may have gone on.
        self.hear(None);
        let key = self.keeper.borrow().key().to_owned();
        let run = self.clone();
        let tabs =
            web_sys::window().map(|window| Tabs::listen(&window, key, move |text| run.hear(text.as_deref())));
        Listening { run: self.clone(), _tabs: tabs }
    }

    /// Takes over what someone else stored; `None` where that is still to be looked up.
    fn hear(&self, text: Option<&str>) {
        self.observe(Reach::Everything, || self.sync(text));
    }

    fn observe(&self, reach: Reach<'_>, work: impl FnOnce()) {
        let events = self.events.borrow().clone();
        match events {
            Some(events) => events.observe(&self.store, reach, work),
            None => work(),
        }
    }

    /// The same run in other elements of this page.
    fn others(&self) -> Vec<Rc<Self>> {
        let is_same = |other: &Rc<Self>| {
            !std::ptr::eq(self, Rc::as_ptr(other))
                && other.storage == self.storage
                && other.keeper.borrow().key() == self.keeper.borrow().key()
        };
        RUNS.with_borrow(|runs| runs.iter().filter_map(Weak::upgrade).filter(is_same).collect())
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
        if let (Some(events), Some(trouble)) = (&*self.events.borrow(), &trouble) {
            events.storage_error(trouble);
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

/// A run that is on the page. When this is dropped it holds nothing of the page any more.
pub struct Listening {
    run: Rc<Run>,
    _tabs: Option<Tabs>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.run.events.take();
    }
}
