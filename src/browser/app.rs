//! A checklist in an element: draws the run that the element asks for, and another guide's or
//! another run when the reader asks for it.

mod wishes;

use super::advice::warn;
use super::events::Events;
use super::frame::Frame;
use super::held::Held;
use super::later::Later;
use super::options::Options;
use super::run::{Listening, Run};
use super::title::Title;
use super::{Guides, address, clipboard, clock, download, fields, keys, print, runbook, time};
use crate::environment::Environment;
use crate::guide::{self, Input, bundle::GuideSource, bundle::newest};
use crate::view::{
    ChecklistProps, CopyRequest, DownloadRequest, Effects, PREFIX, RunbookRequest, id_of_place,
};
use crate::words::ENGLISH;
use gloo::events::EventListener;
use js_sys::{Function, Uint8Array};
use std::{cell::RefCell, rc::Rc};
use web_sys::Element;
use yew::{AttrValue, Callback};

/// The checklist of one element. Off the page it keeps the reader's run, and holds nothing
/// that the browser could want to free.
pub struct App {
    guides: Rc<Guides>,
    write_runbook: Function,
    later: Rc<Later>,
    opened: RefCell<Option<Opened>>,
    held: Rc<Held>,
    shown: RefCell<Option<Shown>>,
}

/// What the reader works on.
#[derive(Clone)]
struct Opened {
    /// What the element asked for when it was opened.
    options: Options,
    guide: GuideSource,
    run: Rc<Run>,
}

/// What is on the page.
struct Shown {
    frame: Frame,
    place: Mount,
    listening: Listening,
    _links: Option<EventListener>,
    _keys: EventListener,
    _title: Option<Title>,
}

/// Where a checklist stands, and whom to tell what happens to it.
#[derive(Clone)]
pub struct Mount {
    /// The element whose attributes say what is asked for.
    pub host: Element,
    /// Holds the checklist and nothing else.
    pub root: Element,
    /// Takes each event's name and detail.
    pub fire: Function,
}

/// What the reader's wishes are granted with.
struct Here {
    app: Rc<App>,
    run: Rc<Run>,
    root: Element,
    events: Events,
}

impl Here {
    /// What calls `work` here.
    fn answer<T, A>(self: &Rc<Self>, work: impl Fn(&Rc<Self>, T) -> A + 'static) -> Callback<T, A> {
        let here = self.clone();
        Callback::from(move |asked| work(&here, asked))
    }
}

impl App {
    /// A checklist that is nowhere yet.
    pub fn new(guides: Rc<Guides>, write_runbook: Function, idle: Function) -> Rc<Self> {
        Rc::new(Self {
            guides,
            write_runbook,
            later: Later::new(idle),
            opened: RefCell::default(),
            held: Rc::default(),
            shown: RefCell::default(),
        })
    }

    /// The guides that it can show.
    pub fn guides(&self) -> &[GuideSource] {
        self.guides.bundle.guides()
    }

    /// Draws what the element asks for in the language around it, or gives the reason why that
    /// cannot be.
    pub fn show(self: &Rc<Self>, place: Mount, lang: &str) -> Result<(), String> {
        let options = Options::of(&place.host, lang);
        let opened = match self.opened.take() {
            // What the reader opened stays open until the element asks for something else.
            Some(opened) if opened.options.asks_for_the_run_of(&options) => Opened { options, ..opened },
            before => {
                before.iter().for_each(|opened| self.held.keep(&opened.run));
                let guide = match &options.guide {
                    Some(id) => self.guide(id),
                    None => newest(self.guides(), [lang, options.words.lang]),
                };
                let guide = guide.cloned().ok_or_else(|| self.missing(&options))?;
                Opened::new(guide, options, &self.held)
            }
        };
        opened.warn_of_answers();
        let (run, presets) = (opened.run.clone(), opened.options.presets.clone());
        self.draw(place, opened)?;
        run.preset(presets);
        self.follow_link();
        Ok(())
    }

    /// Draws all that paper shows, as it is now.
    pub fn draw_for_paper(&self) {
        self.opened.borrow().iter().for_each(|opened| opened.run.store.print(clock::now()));
        self.later.draw_all();
    }

    /// Takes the checklist off its page.
    pub fn hide(&self) {
        if let Some(shown) = self.shown.take() {
            shown.frame.free();
        }
    }

    /// Gives what only the page has of what its reader did to the checklist that takes its place.
    pub fn leave_to(&self, heir: &Self) {
        self.opened.take().iter().for_each(|opened| self.held.keep(&opened.run));
        self.held.leave_to(&heir.held);
    }

    /// The DOM id of what a link to `#fragment` means.
    pub fn place_of(&self, fragment: &str) -> Option<String> {
        let opened = self.opened.borrow();
        let guide = opened.as_ref()?.run.store.guide();
        id_of_place(&guide, PREFIX, fragment).map(|id| id.to_string())
    }

    fn guide(&self, id: &str) -> Option<&GuideSource> {
        self.guides().iter().find(|guide| guide.id == id)
    }

    /// Says that the guide which is asked for is not there.
    fn missing(&self, options: &Options) -> String {
        let names: Vec<String> = self.guides().iter().map(|guide| guide.id.clone()).collect();
        (options.words.no_such_guide)(options.guide.as_deref().unwrap_or_default(), &names)
    }

    /// Shows another guide, because the reader wants to see it.
    fn turn_to(self: &Rc<Self>, id: &str) {
        let opened = self.opened.borrow().clone();
        if let (Some(Opened { options, run, .. }), Some(guide)) = (opened, self.guide(id).cloned()) {
            self.held.keep(&run);
            self.draw_here(Opened::new(guide, options, &self.held));
        }
    }

    /// Shows a run of the guide that is shown, and remembers that.
    fn open_run(self: &Rc<Self>, id: &str) -> Option<Rc<Run>> {
        let Opened { options, guide, run } = self.opened.borrow().clone()?;
        options.storage.remember_run(&guide.id, id);
        // What was deleted for good is nowhere else.
        if run.id == id {
            return Some(run);
        }
        self.held.keep(&run);
        let run = Run::open(&guide, id, &options, &self.held);
        self.draw_here(Opened { options, guide, run: run.clone() });
        Some(run)
    }

    /// Takes the answers out of the page's own address, where that is the checklist's to use.
    fn follow_link(&self) {
        let opened = self.opened.borrow().clone();
        let Some(Opened { run, .. }) = opened.filter(|opened| opened.options.has_address) else { return };
        if let Some(answers) = address::take_answers() {
            run.follow(answers);
        }
    }

    fn draw_here(self: &Rc<Self>, opened: Opened) {
        let place = self.shown.borrow().as_ref().map(|shown| shown.place.clone());
        if let Some(place) = place {
            // Where it stands already, it can stand.
            let _ = self.draw(place, opened);
        }
    }

    fn draw(self: &Rc<Self>, place: Mount, opened: Opened) -> Result<(), String> {
        let Opened { options, guide, run } = &opened;
        run.words.set(options.words);
        let events = Events::new(place.fire.clone(), &guide.id, &run.id);
        let others = self.guides().iter().filter(|other| other.id != guide.id);
        let props = ChecklistProps {
            store: run.store.clone(),
            effects: Rc::new(self.effects(run.clone(), place.root.clone(), events.clone())),
            words: options.words,
            prefix: AttrValue::Static(PREFIX),
            heading_level: options.heading_level,
            guides: others.map(|guide| (guide.id.clone(), guide.title.clone())).collect(),
            address: address::plain().filter(|_| options.has_address).map(AttrValue::from),
        };
        let (frame, listening) = match self.shown.take() {
            Some(Shown { mut frame, listening, .. }) => {
                frame.draw(props);
                (frame, Some(listening))
            }
            None => (Frame::put(&place.root, props).ok_or(options.words.no_place)?, None),
        };
        // The run shown before stops listening before the next begins.
        let (is_new, listening) = match listening.filter(|listening| listening.is_to(run)) {
            Some(listening) => (false, listening),
            None => (true, run.listen(events.clone())),
        };
        let follower = self.clone();
        let links = options.has_address.then(|| address::listen(move || follower.follow_link())).flatten();
        let keys = keys::listen(&place.root, run.clone(), options.has_address);
        let title = options.has_address.then(|| Title::keep(run, &guide.title));
        let run = run.clone();
        self.shown.replace(Some(Shown {
            frame,
            place,
            listening,
            _links: links,
            _keys: keys,
            _title: title,
        }));
        self.opened.replace(Some(opened));
        if is_new {
            run.catch_up();
            // After Yew, which has only put its drawing into the same queue.
            yew::platform::spawn_local(async move {
                events.ready();
                events.progress(run.store.all_figures());
            });
        }
        Ok(())
    }

    fn effects(self: &Rc<Self>, run: Rc<Run>, root: Element, events: Events) -> Effects {
        let here = Rc::new(Here { app: self.clone(), run, root, events });
        Effects {
            live: true,
            later: Some(here.answer(|here, draw| here.app.later.add(draw))),
            act: here.answer(|here, action| here.run.act(&action)),
            copy: here.answer(|here, CopyRequest { snippet, text, done }| {
                let events = here.events.clone();
                clipboard::copy(&here.root, text, move |copied| {
                    done.emit(copied);
                    if let Some(snippet) = &snippet {
                        events.copied(snippet, copied);
                    }
                });
            }),
            download: Callback::from(|DownloadRequest { name, media_type, text }| {
                download::download(&name, media_type, &text);
            }),
            write_runbook: here.answer(|here, request| {
                let here = here.clone();
                yew::platform::spawn_local(async move { here.app.save_runbook(&here.run, &request).await });
            }),
            print: Callback::from(|()| print::print()),
            time: here.answer(|here, time| time::in_words(time, here.run.words.get().lang)),
            field_text: Callback::from(|event| fields::text(&event)),
            is_ticked: Callback::from(|event| fields::is_ticked(&event)),
            focus: here.answer(|here, id: AttrValue| fields::focus(&here.root, &id)),
            use_keys: here.answer(|here, on| here.run.use_keys(on)),
            open_guide: here.answer(|here, id: String| here.app.turn_to(&id)),
            wish: here.answer(|here, wish| here.app.grant(&here.run, wish, &here.root)),
        }
    }

    /// Saves the run that is shown as a runbook.
    async fn save_runbook(&self, run: &Run, request: &RunbookRequest) {
        const TROUBLE: &str = "no-runbook";
        let base = self.opened.borrow().as_ref().and_then(|opened| opened.options.base.clone());
        let bundle = Uint8Array::from(&*self.guides.bytes);
        match runbook::write(self.write_runbook.clone(), bundle, base, run, request).await {
            Some(text) => {
                let name = run.file_name(&["-runbook.", request.format.extension()].concat());
                download::download(&name, request.format.media_type(), &text);
                run.store.notify(TROUBLE, None);
            }
            None => run.hint(TROUBLE, run.words.get().no_runbook, None),
        }
    }
}

impl Opened {
    /// The run of a guide that an element names, or else the one last shown.
    fn new(guide: GuideSource, options: Options, held: &Rc<Held>) -> Self {
        let run = options.run.clone().unwrap_or_else(|| options.storage.last_run(&guide.id));
        let run = Run::open(&guide, &run, &options, held);
        Self { options, guide, run }
    }

    /// Tells the host's author which of the answers that the page gives are of no use.
    fn warn_of_answers(&self) {
        let presets = &self.options.presets;
        for name in presets.locked_in_vain() {
            warn(&["lock=\"", name, "\" locks nothing: there is no set-", name]);
        }
        if presets.answers().next().is_none() {
            return;
        }
        let asked = guide::build(&self.guide.document, &presets.answers().collect());
        // What only other readers are asked is an input too.
        let mut whole = None;
        for (name, answer) in presets.answers() {
            match asked.input(name) {
                Some(Input { error: Some(why), .. }) => {
                    warn(&["set-", name, "=\"", answer, "\" is of no use: ", &(ENGLISH.objection)(why)]);
                }
                Some(_) => {}
                None => {
                    let whole = whole
                        .get_or_insert_with(|| guide::build(&self.guide.document, &Environment::default()));
                    if whole.input(name).is_none() {
                        warn(&["set-", name, " answers nothing: ", &self.guide.id, " has no such input"]);
                    }
                }
            }
        }
    }
}
