//! A checklist in a page: draws one guide's run into a [`Mount`], and another's when the
//! reader asks for it.

use super::{clipboard, fields, mount::Mount, print, run::Run, tabs::Tabs, time};
use crate::guide::bundle::{Bundle, GuideSource};
use crate::view::{Checklist, ChecklistProps, CopyRequest, Effects};
use std::{cell::RefCell, rc::Rc};
use yew::{AppHandle, AttrValue, Callback, Renderer};

/// The checklist of one mount. It lives as long as its page.
pub struct App {
    bundle: Rc<Bundle>,
    mount: Mount,
    shown: RefCell<Option<Shown>>,
}

/// What is on the page.
struct Shown {
    handle: AppHandle<Checklist>,
    _tabs: Option<Tabs>,
}

impl App {
    /// Draws the guide that the mount asks for, or says why that cannot be.
    pub fn start(bundle: Rc<Bundle>, mount: Mount) {
        let guide = match &mount.guide {
            Some(id) => bundle.guides().iter().find(|guide| guide.id == *id),
            None => bundle.guides().first(),
        };
        match guide.cloned() {
            Some(guide) => Rc::new(Self { bundle, mount, shown: RefCell::default() }).show(&guide),
            None => mount.explain("This page has no checklist of that name."),
        }
    }

    fn open(self: &Rc<Self>, id: &str) {
        if let Some(guide) = self.bundle.guides().iter().find(|guide| guide.id == id) {
            self.show(guide);
        }
    }

    fn show(self: &Rc<Self>, guide: &GuideSource) {
        let run = Run::open(guide, &self.mount.run, self.mount.base.as_deref());
        let tabs = run.listen();
        let guides = self.bundle.guides().iter().filter(|other| other.id != guide.id);
        let props = ChecklistProps {
            store: run.store.clone(),
            effects: self.effects(run),
            prefix: AttrValue::from(self.mount.prefix.clone()),
            heading_level: 1,
            guides: guides.map(|guide| (guide.id.clone(), guide.title.clone())).collect(),
        };
        // The run shown before stops listening as its tabs are dropped.
        let handle = match self.shown.take() {
            Some(mut shown) => {
                shown.handle.update(props);
                shown.handle
            }
            None => Renderer::with_root_and_props(self.mount.element.clone(), props).render(),
        };
        self.shown.replace(Some(Shown { handle, _tabs: tabs }));
    }

    fn effects(self: &Rc<Self>, run: Rc<Run>) -> Effects {
        let app = self.clone();
        Effects {
            act: Callback::from(move |action| run.act(&action)),
            copy: Callback::from(|CopyRequest { text, done }| {
                clipboard::copy(text, move |copied| done.emit(copied));
            }),
            print: Callback::from(|()| print::print()),
            time: Callback::from(time::in_words),
            field_text: Callback::from(|event| fields::text(&event)),
            focus: Callback::from(|id: AttrValue| fields::focus(&id)),
            open_guide: Callback::from(move |id: String| app.open(&id)),
        }
    }
}
