//! A run of a guide while its page is open: every action goes into the store that is drawn
//! and into the one that lasts, and what other tabs and other elements do comes back from
//! there.

use super::events::{Events, Looked, Reach};
use super::{clock, download, file, held::Held, leaving::Leaving, options::Options};
use super::{storage::BrowserStorage, tabs::Tabs};
use crate::environment::Presets;
use crate::guide::{bundle::GuideSource, rebased, slug};
use crate::saved::{Area, Keeper, Kept, Saved, Trouble, Unreadable, forget, read, runs, write};
use crate::state::{Action, State};
use crate::view::{KnownRuns, Notice, Offer, Store, Wish};
use crate::words::Words;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use yew::Event;

thread_local! {
    /// Every run of this page: what one stores, no event tells the others.
    static RUNS: RefCell<Vec<Weak<Run>>> = const { RefCell::new(Vec::new()) };
}

/// A run that is kept in the browser's storage.
pub struct Run {
    /// What is drawn.
    pub store: Rc<Store>,
    /// Names it beside the other runs of its guide.
    pub id: String,
    /// The language that the reader is spoken to.
    pub words: Cell<&'static Words>,
    /// The id of its guide.
    pub guide: String,
    /// What keeps it.
    pub storage: BrowserStorage,
    keeper: RefCell<Keeper<BrowserStorage>>,
    /// The other runs of its element that only the page has.
    held: Weak<Held>,
    /// Whether the storage refused to keep what the reader did.
    unsaved: Cell<bool>,
    /// Asks before that is lost; not where it was saved as a file.
    leaving: RefCell<Option<Leaving>>,
    /// Whom to tell; nobody while the run is not on the page.
    events: RefCell<Option<Events>>,
    /// What the reader was last told, so that a notice that was dismissed stays so until
    /// something else happens.
    told: RefCell<Option<Trouble>>,
    /// Whether the reader was told that the run is put away.
    away: Cell<bool>,
}

impl Run {
    /// Opens a run as it was left.
    pub fn open(guide: &GuideSource, id: &str, options: &Options, held: &Rc<Held>) -> Rc<Self> {
        let mut keeper = Keeper::new(options.storage, &guide.id, id);
        let mut state = held.take(&guide.id, options.storage, id);
        let is_held = state != State::default();
        let kept = keeper.sync(&mut state, None, clock::now());
        let document = match &options.base {
            Some(base) => Rc::new(rebased((*guide.document).clone(), base)),
            None => guide.document.clone(),
        };
        let store = Store::with_presets(document, state, options.presets.clone());
        let run = Rc::new(Self {
            store: Rc::new(store),
            id: id.to_owned(),
            words: Cell::new(options.words),
            guide: guide.id.clone(),
            storage: options.storage,
            keeper: RefCell::new(keeper),
            held: Rc::downgrade(held),
            unsaved: Cell::default(),
            leaving: RefCell::default(),
            events: RefCell::default(),
            told: RefCell::default(),
            away: Cell::default(),
        });
        run.store.set_now(clock::now());
        run.store.use_keys(options.storage.keys_wanted());
        let is_away = run.store.state().deleted.value;
        run.tell_if_away(is_away);
        if is_held && kept.is_refused() {
            run.hold();
        }
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
            Action::Rename(_) | Action::Delete(_) => Reach::Nothing,
            Action::Mark { step, .. }
            | Action::Reason { step, .. }
            | Action::Note { step, .. }
            | Action::Prove { step, .. } => Reach::Step(step),
            // Another answer may make another step of it.
            Action::SetInput { .. } | Action::StartOver => Reach::Everything,
        };
        self.change(reach, || self.store.apply(action, clock::now()));
    }

    /// Takes over what is newer in a state from elsewhere, and keeps it.
    pub fn merge(&self, state: &State) {
        self.change(Reach::Everything, || self.store.merge(state));
    }

    /// Takes over what the page answers now.
    pub fn preset(&self, presets: Presets) {
        self.observe(Reach::Everything, || self.store.preset(presets));
    }

    /// Takes over what a file or a link offers, and keeps it.
    pub fn take_offer(&self) {
        self.store.set_now(clock::now());
        self.change(Reach::Everything, || self.store.take_offer());
        self.look_for_runs();
    }

    /// Tells a host what happens, and hears what other tabs do and what time it is, for as
    /// long as the result lives. What happened before, [`catch_up`](Self::catch_up) hears.
    pub fn listen(self: &Rc<Self>, events: Events) -> Listening {
        *self.events.borrow_mut() = Some(events);
        let key = self.keeper.borrow().key().to_owned();
        let storage = self.storage;
        let (heard, others, minutes) = (self.clone(), self.clone(), self.clone());
        let tabs = web_sys::window().map(|window| {
            let heard = move |text: Option<String>| heard.hear(text.as_deref());
            Tabs::listen(&window, storage, key, heard, move || others.look_for_runs())
        });
        Listening { run: self.clone(), _tabs: tabs, _minutes: clock::Minutes::count(move || minutes.tick()) }
    }

    /// Tells a host what it was not there to hear. While nobody listened, another tab may have
    /// gone on, and begun other runs.
    pub fn catch_up(&self) {
        let told = self.told.borrow().clone();
        if let (Some(events), Some(trouble)) = (self.host(), told) {
            events.storage_error(&(self.words.get().trouble)(&trouble));
        }
        self.hear(None);
        self.look_for_runs();
        self.retry_held();
    }

    /// Lets single keys go through the checklist, or not, here and at the next visit.
    pub fn use_keys(&self, on: bool) {
        self.store.use_keys(on);
        self.storage.remember_keys(on);
    }

    /// Puts the run away. It is about to be shown no more.
    pub fn put_away(&self) {
        self.away.set(true);
        self.act(&Action::Delete(true));
    }

    /// Tries again to keep what the storage refused.
    pub fn retry(&self) {
        drop(self.sync(None));
    }

    /// Whether nothing keeps the run but this page.
    pub fn is_only_here(&self) -> bool {
        self.unsaved.get() || self.storage == BrowserStorage::None
    }

    /// Whether it is a run of this guide, in this storage.
    pub fn is_of(&self, guide: &str, storage: BrowserStorage) -> bool {
        self.guide == guide && self.storage == storage
    }

    /// Tells the store which runs there are.
    pub fn look_for_runs(&self) {
        let mut runs = runs(&self.storage, &self.guide).unwrap_or_default();
        if let Some(held) = self.held.upgrade() {
            held.join(&self.guide, self.storage, &mut runs);
        }
        // It need not be in the storage, and no other may be called the same.
        crate::saved::KnownRun::of(&self.id, &self.store.state()).join(&mut runs);
        self.store.set_runs(KnownRuns { shown: self.id.clone(), runs: runs.into() });
    }

    /// Removes another run of the guide that was put away.
    pub fn forget(&self, id: &str) {
        if let Some(held) = self.held.upgrade() {
            held.take(&self.guide, self.storage, id);
        }
        // Where it cannot be removed, it stays in the list.
        let _ = forget(&self.storage, &self.guide, id);
    }

    /// The run as a file.
    pub fn save_file(&self) {
        let saved = Saved { state: self.store.state(), ..Saved::new(&self.guide, &self.id) };
        if download::download(&self.file_name(".json"), "application/json", &write(&saved)) {
            self.leaving.take();
            // The other elements show the same.
            self.others().iter().for_each(|other| drop(other.leaving.take()));
        }
    }

    /// What a file of this run is called; `end` is what it ends in.
    pub fn file_name(&self, end: &str) -> String {
        [&self.guide, "-", &slug(&self.store.run_name()), end].concat()
    }

    /// What was set aside under a key, word by word, as a file.
    pub fn save_aside(&self, key: &str) {
        if let Ok(Some(text)) = self.storage.get(key) {
            download::download(&self.file_name("-unreadable.txt"), "text/plain", &text);
        }
    }

    /// Shows what a file would change. `told` is called once that is drawn.
    pub fn read_file(self: &Rc<Self>, event: &Event, told: impl FnOnce() + 'static) {
        let run = self.clone();
        file::read(event, move |text| {
            let saved = text.and_then(|text| read(&text)?.of_guide(&run.guide));
            match saved {
                Ok(saved) => {
                    let words = run.words.get();
                    let damaged = Some(&saved.damaged).filter(|damaged| !damaged.is_empty());
                    run.tell_of_file(damaged.map(|damaged| (words.file_damaged)(damaged)));
                    run.store.offer(Offer::Run { id: saved.run, state: saved.state }, clock::now());
                }
                Err(why) => run.refuse(&why),
            }
            yew::platform::spawn_local(async { told() });
        });
    }

    /// Takes over the answers of a link: at once where the reader did nothing yet, and else after
    /// asking.
    pub fn follow(&self, answers: Vec<(String, String)>) {
        let (known, unknown) = self.store.usable(answers);
        let words = self.words.get();
        if !unknown.is_empty() {
            let text = (words.link_unknown)(&unknown);
            self.store.notify("link", Some(Notice { kind: "link", text, urgent: false, remedy: None }));
        }
        let state = self.store.state();
        if known.iter().all(|(name, answer)| state.input(name) == Some(answer)) {
            return;
        }
        if state == State::default() {
            let action = |(name, answer)| Action::SetInput { name, value: Some(answer) };
            known.into_iter().map(action).for_each(|action| self.act(&action));
            return self.hint("link-taken", words.link_taken, None);
        }
        self.store.offer(Offer::Answers(known), clock::now());
    }

    /// Says something that is good to know.
    pub fn hint(&self, kind: &'static str, text: &str, remedy: Option<(&'static str, Wish)>) {
        let notice = Notice { kind, text: text.to_owned(), urgent: false, remedy };
        self.store.notify(kind, Some(notice));
    }

    /// Changes what is drawn, keeps that, and tells the host and the other elements.
    fn change(&self, reach: Reach<'_>, work: impl FnOnce()) {
        self.observe(reach, || {
            work();
            self.keep();
        });
        self.tell_others();
    }

    /// The other runs hear of a change, and what was refused is tried again.
    fn tell_others(&self) {
        self.retry_held();
        // The storage may keep nothing that they could hear of.
        for other in self.others() {
            other.store.set_now(clock::now());
            other.observe(Reach::Everything, || {
                other.store.merge(&self.store.state());
                other.keep();
            });
        }
    }

    /// A minute has passed: what was too new may be too old, and what was refused may be taken.
    fn tick(&self) {
        self.store.set_now(clock::now());
        if self.unsaved.get() {
            self.hear(None);
        }
        self.retry_held();
    }

    /// Tries again to keep the other runs that the storage refused, and says so while there are
    /// some.
    fn retry_held(&self) {
        let Some(held) = self.held.upgrade() else { return };
        let text = self.words.get().other_runs_unsaved;
        let notice = Notice { kind: "held", text: text.to_owned(), urgent: true, remedy: None };
        self.store.notify("held", held.retry().then_some(notice));
    }

    /// Keeps what the reader did, or holds it where that is refused.
    fn keep(&self) {
        if self.sync(None).is_refused() {
            self.hold();
        }
    }

    /// What the reader did is in this page only.
    fn hold(&self) {
        self.unsaved.set(true);
        let mut leaving = self.leaving.borrow_mut();
        if leaving.is_none() {
            *leaving = Leaving::ask();
        }
    }

    /// Takes over what someone else stored; `None` where that is still to be looked up.
    fn hear(&self, text: Option<&str>) {
        self.store.set_now(clock::now());
        self.observe(Reach::Everything, || drop(self.sync(text)));
    }

    /// Does some work, and tells a host what it changed.
    fn observe(&self, reach: Reach<'_>, work: impl FnOnce()) {
        let before = self.look(reach);
        work();
        if let (Some((events, before)), Some((_, after))) = (before, self.look(reach)) {
            events.tell_changes(&before, &after);
        }
    }

    /// Whom to tell, and how it stands; nothing where nobody is to be told.
    fn look(&self, reach: Reach<'_>) -> Option<(Events, Looked)> {
        let events = self.host()?;
        Some((events, Looked::at(&self.store, reach)))
    }

    /// The same run in other elements of this page.
    fn others(&self) -> Vec<Rc<Self>> {
        let is_same = |other: &Rc<Self>| {
            !std::ptr::eq(self, Rc::as_ptr(other))
                && other.storage == self.storage
                && other.storage != BrowserStorage::None
                && other.keeper.borrow().key() == self.keeper.borrow().key()
        };
        RUNS.with_borrow(|runs| runs.iter().filter_map(Weak::upgrade).filter(is_same).collect())
    }

    /// Merges what is kept with what is drawn; `heard` is what another tab stored.
    fn sync(&self, heard: Option<&str>) -> Kept {
        let mut state = self.store.state();
        let kept = self.keeper.borrow_mut().sync(&mut state, heard, clock::now());
        if kept.changed {
            self.store.merge(&state);
        }
        if !kept.is_refused() {
            self.unsaved.set(false);
            self.leaving.take();
        }
        self.tell_if_away(state.deleted.value);
        self.tell(kept.trouble.clone());
        kept
    }

    fn refuse(&self, why: &Unreadable) {
        let words = self.words.get();
        self.tell_of_file(Some([words.file_refused, " ", &(words.unreadable)(why)].concat()));
    }

    /// Says what is wrong with the file that was chosen last.
    fn tell_of_file(&self, text: Option<String>) {
        let notice = text.map(|text| Notice { kind: "file", text, urgent: true, remedy: None });
        self.store.notify("file", notice);
    }

    fn tell_if_away(&self, away: bool) {
        if self.away.replace(away) == away {
            return;
        }
        let words = self.words.get();
        let notice = away.then(|| Notice {
            kind: "away",
            text: words.run_deleted_elsewhere.to_owned(),
            urgent: true,
            remedy: Some((words.restore_run, Wish::RestoreRun(self.id.clone()))),
        });
        self.store.notify("away", notice);
    }

    fn tell(&self, trouble: Option<Trouble>) {
        if *self.told.borrow() == trouble {
            return;
        }
        let words = self.words.get();
        self.told.borrow_mut().clone_from(&trouble);
        let notice = trouble.map(|trouble| Notice {
            kind: "storage",
            text: (words.trouble)(&trouble),
            urgent: true,
            remedy: match trouble {
                Trouble::SetAside { key, .. } => Some((words.save_aside, Wish::SaveAside(key))),
                Trouble::Removed => None,
                _ => Some((words.save_it, Wish::SaveFile)),
            },
        });
        self.store.notify("storage", notice.clone());
        if let (Some(events), Some(notice)) = (self.host(), notice) {
            events.storage_error(&notice.text);
        }
    }

    /// Whom to tell what happens. Nothing is borrowed meanwhile: what a host does when it hears
    /// may come back here.
    fn host(&self) -> Option<Events> {
        self.events.borrow().clone()
    }
}

/// A run that is on the page. When this is dropped it holds nothing of the page any more.
pub struct Listening {
    run: Rc<Run>,
    _tabs: Option<Tabs>,
    _minutes: Option<clock::Minutes>,
}

impl Listening {
    /// Whether it is this run that is listened to.
    pub fn is_to(&self, run: &Rc<Run>) -> bool {
        Rc::ptr_eq(&self.run, run)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.run.events.take();
    }
}
