//! The rim, the only place that knows a browser: the encoded guides go in, and checklists
//! stand in elements of a page.
//!
//! `upgrade-checklist.js` defines the element, and draws it by a [`Drawing`]. Start with that,
//! then `app` (what an element shows) and `run` (how it is kept). Each other module is one
//! thing that a browser can do. A browser that refuses is ordinary here: nothing panics, and
//! the reader is told where it matters.

mod address;
mod advice;
mod app;
mod clipboard;
mod clock;
mod download;
mod events;
mod fields;
mod file;
mod frame;
mod held;
mod keys;
mod later;
mod leaving;
mod options;
mod print;
mod run;
mod runbook;
mod storage;
mod tabs;
mod time;
mod title;

use crate::environment::Environment;
use crate::guide::{self, bundle::Bundle};
use crate::words::Words;
use app::{App, Mount};
use js_sys::Function;
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

thread_local! {
    /// The guides of the program. All elements of a page share them.
    static GUIDES: RefCell<Option<Rc<Guides>>> = const { RefCell::new(None) };
}

/// Guides, and what they were decoded from: others in the page decode it too.
struct Guides {
    bundle: Bundle,
    bytes: Cow<'static, [u8]>,
}

impl Guides {
    fn decode(bytes: Cow<'static, [u8]>) -> Option<Rc<Self>> {
        Bundle::decode(&bytes).ok().map(|bundle| Rc::new(Self { bundle, bytes }))
    }
}

/// Makes the guides ready that the elements will ask for. `bundle` is what the command
/// `compile` wrote; nothing is ready if it was damaged.
pub fn start(bundle: &'static [u8]) {
    GUIDES.set(Guides::decode(bundle.into()));
}

/// The checklist of one element, which may come and go.
#[wasm_bindgen]
pub struct Drawing(Rc<App>);

#[wasm_bindgen]
impl Drawing {
    /// A checklist that is nowhere yet, or the reason why there can be none, in this language.
    /// `bundle` is what the command `compile` wrote, with its address, or the parser's module;
    /// without it, what the program has. `write_runbook` is `write` of `runbook.js`, and `idle`
    /// calls what it is given when the browser has time.
    #[wasm_bindgen(constructor)]
    pub fn new(
        bundle: Option<Vec<u8>>,
        address: Option<String>,
        write_runbook: Function,
        idle: Function,
        lang: &str,
    ) -> Result<Self, String> {
        let guides = match bundle {
            Some(bundle) => Guides::decode(bundle.into()),
            None => GUIDES.with_borrow(Clone::clone),
        };
        guides.map(|guides| Self(App::new(guides, write_runbook, idle))).ok_or_else(|| {
            let words = Words::of(lang);
            address.map_or_else(|| words.damaged.to_owned(), |address| (words.no_guides_at)(&address))
        })
    }

    /// Whether there is anything to tick in any of its guides. What is wrong in them is told to
    /// their author, who may have no other way to learn of it.
    #[wasm_bindgen(js_name = hasSteps)]
    pub fn has_steps(&self) -> bool {
        let mut has_steps = false;
        for source in self.0.guides() {
            let guide = guide::build(&source.document, &Environment::default());
            has_steps |= !guide.steps().is_empty();
            for problem in &guide.problems {
                advice::warn(&[&guide.id, ": ", &problem.message]);
            }
        }
        has_steps
    }

    /// The DOM id of the step or section that is meant by an id of its author's, or by the words
    /// of its heading, as a link has them behind its `#`.
    #[wasm_bindgen(js_name = placeOf)]
    pub fn place_of(&self, fragment: &str) -> Option<String> {
        self.0.place_of(fragment)
    }

    /// Draws into `root` what the attributes of `host` ask for, in the language around it; again,
    /// when they have changed. `fire` takes each event's name and detail.
    pub fn show(&self, host: Element, root: Element, fire: Function, lang: &str) -> Result<(), String> {
        self.0.show(Mount { host, root, fire }, lang)
    }

    /// Gives another checklist of the same element what only this one has of what its reader did.
    #[wasm_bindgen(js_name = leaveTo)]
    pub fn leave_to(&self, heir: &Drawing) {
        self.0.leave_to(&heir.0);
    }

    /// Draws all that paper shows, as it is now.
    #[wasm_bindgen(js_name = drawForPaper)]
    pub fn draw_for_paper(&self) {
        self.0.draw_for_paper();
    }

    /// Empties `root`, and lets go of all that `show` was given. What the reader did stays.
    pub fn hide(&self) {
        self.0.hide();
    }
}
