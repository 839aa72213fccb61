//! A checklist in an element: draws the run that the element asks for, and another guide's
//! when the reader asks for it.

use super::events::Events;
use super::options::Options;
use super::run::{Listening, Run};
use super::{clipboard, download, fields, print, time};
use crate::guide::bundle::{Bundle, GuideSource};
use crate::view::{Checklist, ChecklistProps, CopyRequest, DownloadRequest, Effects};
use js_sys::Function;
use std::{cell::RefCell, rc::Rc};
use web_sys::Element;
use yew::{AppHandle, AttrValue, Callback, Renderer};

/// The checklist of one element. Off the page it keeps the reader's run, and holds nothing
/// that the browser could want to free.
pub struct App {
    bundle: Rc<Bundle>,
    opened: RefCell<Option<Opened>>,
    shown: RefCell<Option<Shown>>,
}

/// What the reader works on.
struct Opened {
    /// What the element asked for when it was opened.
    options: Options,
    guide: GuideSource,
    run: Rc<Run>,
}

/// What is on the page.
struct Shown {
    handle: AppHandle<Checklist>,
    place: Place,
    _listening: Listening,
}

/// Where a checklist stands, and whom to tell what happens to it.
#[derive(Clone)]
pub struct Place {
    /// The element whose attributes say what is asked for.
    pub host: Element,
    /// Holds the checklist and nothing else.
    pub root: Element,
    /// Takes each event's name and detail.
    pub fire: Function,
}

impl App {
    /// A checklist that is nowhere yet.
    pub fn new(bundle: Rc<Bundle>) -> Rc<Self> {
        Rc::new(Self { bundle, opened: RefCell::default(), shown: RefCell::default() })
    }

    /// The guides that it can show.
    pub fn guides(&self) -> &[GuideSource] {
        self.bundle.guides()
    }

    /// Draws what the element asks for, or gives the reason why that cannot be.
    pub fn show(self: &Rc<Self>, place: Place) -> Result<(), &'static str> {
        let options = Options::of(&place.host);
        let opened = match self.opened.take() {
            // What the reader opened stays open until the element asks for something else.
            Some(opened) if opened.options.asks_for_the_run_of(&options) => {
                opened.run.store.preset(options.presets.clone());
                Opened { options, ..opened }
            }
            _ => {
                let guide = match &options.guide {
                    Some(id) => self.guide(id),
                    None => self.bundle.guides().first(),
                };
                let guide = guide.ok_or("This page has no checklist of that name.")?.clone();
                Opened { run: Run::open(&guide, &options), options, guide }
            }
        };
        self.draw(place, opened);
        Ok(())
    }

    /// Takes the checklist off its page.
    pub fn hide(&self) {
        if let Some(shown) = self.shown.take() {
            shown.handle.destroy();
        }
    }

    fn guide(&self, id: &str) -> Option<&GuideSource> {
        self.bundle.guides().iter().find(|guide| guide.id == id)
    }

    /// Shows another guide, because the reader wants to see it.
    fn turn_to(self: &Rc<Self>, id: &str) {
        let place = self.shown.borrow().as_ref().map(|shown| shown.place.clone());
        let options = self.opened.borrow().as_ref().map(|opened| opened.options.clone());
        if let (Some(place), Some(options), Some(guide)) = (place, options, self.guide(id).cloned()) {
            self.draw(place, Opened { run: Run::open(&guide, &options), options, guide });
        }
    }

    fn draw(self: &Rc<Self>, place: Place, opened: Opened) {
        let Opened { options, guide, run } = &opened;
        let events = Events::new(place.fire.clone(), &guide.id, &options.run);
        let others = self.bundle.guides().iter().filter(|other| other.id != guide.id);
        let props = ChecklistProps {
            store: run.store.clone(),
            effects: self.effects(run.clone(), &place, events.clone()),
            prefix: AttrValue::Static("uc"),
            heading_level: options.heading_level,
            guides: others.map(|guide| (guide.id.clone(), guide.title.clone())).collect(),
        };
        // The run shown before stops listening before the next begins.
        let handle = match self.shown.take() {
            Some(Shown { mut handle, .. }) => {
                handle.update(props);
                handle
            }
            None => Renderer::with_root_and_props(place.root.clone(), props).render(),
        };
        let listening = run.listen(events.clone());
        self.shown.replace(Some(Shown { handle, place, _listening: listening }));
        self.opened.replace(Some(opened));
        // After Yew, which has only put its drawing into the same queue.
        yew::platform::spawn_local(async move { events.ready() });
    }

    fn effects(self: &Rc<Self>, run: Rc<Run>, place: &Place, events: Events) -> Effects {
        let app = self.clone();
        let (copied_from, focused_in) = (place.root.clone(), place.root.clone());
        Effects {
            act: Callback::from(move |action| run.act(&action)),
            copy: Callback::from(move |CopyRequest { snippet, text, done }| {
                let events = events.clone();
                clipboard::copy(&copied_from, text, move |copied| {
                    done.emit(copied);
                    events.copied(&snippet, copied);
                });
            }),
            download: Callback::from(|DownloadRequest { name, media_type, text }| {
                download::download(&name, media_type, &text);
            }),
            print: Callback::from(|()| print::print()),
            time: Callback::from(time::in_words),
            field_text: Callback::from(|event| fields::text(&event)),
            focus: Callback::from(move |id: AttrValue| fields::focus(&focused_in, &id)),
            open_guide: Callback::from(move |id: String| app.turn_to(&id)),
        }
    }
}
