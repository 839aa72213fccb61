//! A checklist in a page: draws one guide's run into a [`Mount`], and another's when the
//! reader asks for it.

use super::run::{Run, Ties};
use super::{address, clipboard, download, fields, mount::Mount, print, storage, time};
use crate::guide::bundle::{Bundle, GuideSource};
use crate::saved::{DEFAULT_RUN, forget, unused_id};
use crate::state::{Action, State};
use crate::view::{Checklist, ChecklistProps, CopyRequest, DownloadRequest, Effects, Wish, said};
use gloo::events::EventListener;
use std::{cell::RefCell, rc::Rc};
use yew::{AppHandle, AttrValue, Callback, Renderer};

/// The checklist of one mount. It lives as long as its page.
pub struct App {
    bundle: Rc<Bundle>,
    mount: Mount,
    shown: RefCell<Option<Shown>>,
    links: RefCell<Option<EventListener>>,
}

/// What is on the page.
struct Shown {
    handle: AppHandle<Checklist>,
    guide: GuideSource,
    run: Rc<Run>,
    _ties: Ties,
}

impl App {
    /// Draws the guide that the mount asks for, or says why that cannot be.
    pub fn start(bundle: Rc<Bundle>, mount: Mount) {
        let guide = match &mount.guide {
            Some(id) => bundle.guides().iter().find(|guide| guide.id == *id),
            None => bundle.guides().first(),
        };
        let Some(guide) = guide.cloned() else {
            return mount.explain("This page has no checklist of that name.");
        };
        let app = Rc::new(Self { bundle, mount, shown: RefCell::default(), links: RefCell::default() });
        app.show_guide(&guide);
        if app.mount.is_alone {
            app.follow_link();
            let follower = app.clone();
            *app.links.borrow_mut() = address::listen(move || follower.follow_link());
        }
    }

    fn open(self: &Rc<Self>, id: &str) {
        if let Some(guide) = self.bundle.guides().iter().find(|guide| guide.id == id) {
            self.show_guide(guide);
        }
    }

    /// Shows the run of a guide that the mount names, or else the one last shown.
    fn show_guide(self: &Rc<Self>, guide: &GuideSource) {
        let run = self.mount.run.clone().or_else(|| storage::last_run(&guide.id));
        self.show(guide, run.as_deref().unwrap_or(DEFAULT_RUN));
    }

    fn show(self: &Rc<Self>, guide: &GuideSource, run: &str) -> Rc<Run> {
        let run = Run::open(guide, run, self.mount.base.as_deref());
        let ties = run.listen();
        let guides = self.bundle.guides().iter().filter(|other| other.id != guide.id);
        let props = ChecklistProps {
            store: run.store.clone(),
            effects: self.effects(run.clone()),
            prefix: AttrValue::from(self.mount.prefix.clone()),
            heading_level: 1,
            guides: guides.map(|guide| (guide.id.clone(), guide.title.clone())).collect(),
            address: address::plain().filter(|_| self.mount.is_alone).map(AttrValue::from),
        };
        // The run shown before stops listening as its ties are dropped.
        let handle = match self.shown.take() {
            Some(mut shown) => {
                shown.handle.update(props);
                shown.handle
            }
            None => Renderer::with_root_and_props(self.mount.element.clone(), props).render(),
        };
        let shown = Shown { handle, guide: guide.clone(), run: run.clone(), _ties: ties };
        self.shown.replace(Some(shown));
        run
    }

    fn follow_link(&self) {
        let shown = self.shown.borrow();
        if let Some((shown, answers)) = shown.as_ref().zip(address::take_answers()) {
            shown.run.follow(answers);
        }
    }

    /// Shows another run of the guide that is shown, and remembers that.
    fn open_run(self: &Rc<Self>, run: &str) -> Option<Rc<Run>> {
        let guide = self.shown.borrow().as_ref()?.guide.clone();
        let run_id = run.to_owned();
        let run = self.show(&guide, run);
        storage::remember_run(&guide.id, &run_id);
        Some(run)
    }

    fn grant(self: &Rc<Self>, run: &Rc<Run>, wish: Wish) {
        let runs = run.store.runs();
        match wish {
            Wish::OpenRun(id) => drop(self.open_run(&id)),
            Wish::NewRun(name) => {
                let id = unused_id(&name, &runs.runs);
                if let Some(run) = self.open_run(&id) {
                    run.act(&Action::Rename(name));
                    run.look_for_runs();
                }
            }
            Wish::DeleteRun => {
                let Some(next) = runs.runs.iter().find(|other| other.id != runs.shown && !other.deleted)
                else {
                    return;
                };
                run.put_away();
                if let Some(next) = self.open_run(&next.id) {
                    next.hint("deleted", said::DELETED, Some((said::UNDO, Wish::RestoreRun(runs.shown))));
                }
            }
            Wish::RestoreRun(id) => {
                if let Some(run) = self.open_run(&id) {
                    run.act(&Action::Delete(false));
                    run.look_for_runs();
                }
            }
            Wish::ForgetRun(id) => {
                // Where it cannot be removed, it stays in the list.
                let _ = forget(&super::storage::LocalStorage, &run.store.guide().id, &id);
                run.look_for_runs();
            }
            Wish::SaveFile => run.save_file(),
            Wish::ReadFile(event) => run.read_file(&event),
            Wish::TakeOffer => {
                run.store.take_offer();
                run.sync(None);
                run.look_for_runs();
            }
            Wish::OpenOffer => {
                if let Some(offer) = run.store.offered() {
                    self.open_as_own(offer.state.clone(), &runs.runs);
                }
            }
        }
    }

    /// Makes a run of its own of a state from elsewhere.
    fn open_as_own(self: &Rc<Self>, state: State, runs: &[crate::saved::Run]) {
        let name = state.name.value.trim().to_owned();
        let id = unused_id(if name.is_empty() { said::FROM_FILE } else { &name }, runs);
        if let Some(run) = self.open_run(&id) {
            run.store.merge(&state);
            if run.store.state().deleted.value {
                run.act(&Action::Delete(false));
            }
            run.sync(None);
            run.look_for_runs();
        }
    }

    fn effects(self: &Rc<Self>, run: Rc<Run>) -> Effects {
        let app = self.clone();
        let granting = (self.clone(), run.clone());
        Effects {
            act: Callback::from(move |action| run.act(&action)),
            copy: Callback::from(|CopyRequest { text, done }| {
                clipboard::copy(text, move |copied| done.emit(copied));
            }),
            download: Callback::from(|DownloadRequest { name, media_type, text }| {
                download::download(&name, media_type, &text);
            }),
            print: Callback::from(|()| print::print()),
            time: Callback::from(time::in_words),
            field_text: Callback::from(|event| fields::text(&event)),
            focus: Callback::from(|id: AttrValue| fields::focus(&id)),
            open_guide: Callback::from(move |id: String| app.open(&id)),
            wish: Callback::from(move |wish| {
                let (app, run) = &granting;
                app.grant(run, wish);
            }),
        }
    }
}
