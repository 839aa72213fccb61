//! A run of a guide while its page is open: every action goes into the store that is drawn
//! and into the one that lasts, and what other tabs do comes back from there.

use super::{clock, download, file, storage::LocalStorage, tabs::Tabs};
use crate::guide::{bundle::GuideSource, rebased};
use crate::saved::{Keeper, Saved, Trouble, Unreadable, read, runs, write};
use crate::state::{Action, State};
use crate::view::{KnownRuns, Notice, Store, Wish, said};
use std::{cell::Cell, cell::RefCell, rc::Rc};
use yew::Event;

/// A run that is kept in the browser's storage.
pub struct Run {
    /// What is drawn.
    pub store: Rc<Store>,
    guide: String,
    id: String,
    keeper: RefCell<Keeper<LocalStorage>>,
    /// What the reader was last told, so that a notice that was dismissed stays so until
    /// something else happens.
    told: RefCell<Option<Trouble>>,
    /// Whether the reader was told that the run is put away.
    away: Cell<bool>,
}

/// What keeps a run in touch with the world. It ends when this is dropped.
pub struct Ties {
    _tabs: Option<Tabs>,
    _minutes: Option<clock::Minutes>,
}

impl Run {
    /// Opens a run as it was left. The links of its page lead to `base`, where one is given.
    pub fn open(guide: &GuideSource, id: &str, base: Option<&str>) -> Rc<Self> {
        let mut keeper = Keeper::new(LocalStorage, &guide.id, id);
        let mut state = State::default();
        let kept = keeper.sync(&mut state, None, clock::now());
        let document = match base {
            Some(base) => Rc::new(rebased((*guide.document).clone(), base)),
            None => guide.document.clone(),
        };
        let run = Self {
            store: Rc::new(Store::new(document, state)),
            guide: guide.id.clone(),
            id: id.to_owned(),
            keeper: RefCell::new(keeper),
            told: RefCell::default(),
            away: Cell::default(),
        };
        run.store.set_now(clock::now());
        run.look_for_runs();
        let is_away = run.store.state().deleted.value;
        run.tell_if_away(is_away);
        run.tell(kept.trouble);
        Rc::new(run)
    }

    /// Does what the reader asked for, and keeps it at once: a page can end at any moment.
    pub fn act(&self, action: &Action) {
        self.store.apply(action, clock::now());
        self.sync(None);
    }

    /// Hears what other tabs do, and what time it is, for as long as the result lives.
    pub fn listen(self: &Rc<Self>) -> Ties {
        let key = self.keeper.borrow().key().to_owned();
        let (heard, others, minutes) = (self.clone(), self.clone(), self.clone());
        let tabs = web_sys::window().map(|window| {
            let heard = move |text: Option<String>| {
                heard.store.set_now(clock::now());
                heard.sync(text.as_deref());
            };
            Tabs::listen(&window, key, heard, move || others.look_for_runs())
        });
        Ties { _tabs: tabs, _minutes: clock::Minutes::count(move || minutes.store.set_now(clock::now())) }
    }

    /// Merges what is kept with what is shown; `heard` is what another tab stored.
    pub fn sync(&self, heard: Option<&str>) {
        let mut state = self.store.state();
        let kept = self.keeper.borrow_mut().sync(&mut state, heard, clock::now());
        if kept.changed {
            self.store.merge(&state);
        }
        self.tell_if_away(state.deleted.value);
        self.tell(kept.trouble);
    }

    /// Puts the run away. It is about to be shown no more.
    pub fn put_away(&self) {
        self.away.set(true);
        self.act(&Action::Delete(true));
    }

    /// Tells the store which runs there are.
    pub fn look_for_runs(&self) {
        let runs = runs(&LocalStorage, &self.guide).unwrap_or_default();
        self.store.set_runs(KnownRuns { shown: self.id.clone(), runs: runs.into() });
    }

    /// The run as a file.
    pub fn save_file(&self) {
        let saved = Saved { state: self.store.state(), ..Saved::new(&self.guide, &self.id) };
        let name = [&self.guide, "-", &self.id, ".json"].concat();
        download::download(&name, "application/json", &write(&saved));
    }

    /// Shows what a file would change.
    pub fn read_file(self: &Rc<Self>, event: &Event) {
        let run = self.clone();
        file::read(event, move |text| {
            let saved = text.and_then(|text| read(&text)?.of_guide(&run.guide));
            match saved {
                Ok(saved) => run.store.offer(said::FILE.to_owned(), saved.state, true, clock::now()),
                Err(why) => run.refuse(&why),
            }
        });
    }

    /// Takes over the answers of a link: at once where the reader gave none yet, and else
    /// after asking.
    pub fn follow(&self, answers: Vec<(String, String)>) {
        let (known, unknown) = self.store.usable(answers);
        let now = clock::now();
        if !unknown.is_empty() {
            let text = [said::LINK_UNKNOWN, &unknown.join(", ")].concat();
            self.store.notify("link", Some(Notice { kind: "link", text, urgent: false, remedy: None }));
        }
        let state = self.store.state();
        let is_new = |(name, answer): &(String, String)| state.input(name) != Some(answer);
        let wanted: Vec<_> = known.into_iter().filter(is_new).collect();
        if wanted.is_empty() {
            return;
        }
        let actions = wanted.into_iter().map(|(name, answer)| Action::SetInput { name, value: Some(answer) });
        if state.inputs().next().is_none() {
            actions.for_each(|action| self.act(&action));
            return self.hint("link-taken", said::LINK_TAKEN, None);
        }
        let mut offered = state.clone();
        actions.for_each(|action| offered.apply(&action, now));
        self.store.offer(said::LINK.to_owned(), offered, false, now);
    }

    /// Says something that is good to know.
    pub fn hint(&self, kind: &'static str, text: &str, remedy: Option<(&'static str, Wish)>) {
        let notice = Notice { kind, text: text.to_owned(), urgent: false, remedy };
        self.store.notify(kind, Some(notice));
    }

    fn refuse(&self, why: &Unreadable) {
        let text = [said::FILE_REFUSED, " ", &why.to_string()].concat();
        self.store.notify("file", Some(Notice { kind: "file", text, urgent: true, remedy: None }));
    }

    fn tell_if_away(&self, away: bool) {
        if self.away.replace(away) == away {
            return;
        }
        let notice = away.then(|| Notice {
            kind: "away",
            text: said::DELETED_ELSEWHERE.to_owned(),
            urgent: true,
            remedy: Some((said::KEEP, Wish::RestoreRun(self.id.clone()))),
        });
        self.store.notify("away", notice);
    }

    fn tell(&self, trouble: Option<Trouble>) {
        if *self.told.borrow() == trouble {
            return;
        }
        let notice = trouble.as_ref().map(|trouble| Notice {
            kind: "storage",
            text: trouble.to_string(),
            urgent: true,
            remedy: (!matches!(trouble, Trouble::SetAside { .. })).then_some((said::SAVE, Wish::SaveFile)),
        });
        self.store.notify("storage", notice);
        *self.told.borrow_mut() = trouble;
    }
}
