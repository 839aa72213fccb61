//! Draws a checklist: a [`Store`] goes in, `Html` comes out, and every wish of the reader
//! leaves as an [`Action`] or an [`Effects`] callback.
//!
//! Start with [`Checklist`]. Nothing here knows storage, a clock or a browser, so the same
//! components draw natively, for tests and for the prerendered page.

mod archived;
mod around;
mod block;
mod code;
mod cover;
mod doubt;
mod downloads;
mod environment;
mod evidence;
mod field;
mod filter;
mod finish;
mod gate;
mod glance;
mod head;
mod highlight;
mod inline;
mod keys;
mod lack;
mod links;
mod notice;
mod offer;
mod phase;
#[cfg(feature = "command")]
mod prerender;
mod progress;
mod proof;
mod rail;
mod runs;
mod shown;
mod signoff;
mod snippet;
mod standing;
mod step;
mod store;
mod tally;
mod tasks;
mod topics;
mod undo;
mod variants;
mod watch;

use std::rc::Rc;

use yew::prelude::*;

use crate::guide::{Guide, Place, Step};
use crate::progress::Timestamp;
use crate::render::{Format, Task};
use crate::state::Action;
use crate::words::{ENGLISH, Words};

pub use around::KnownRuns;
use code::Medium;
pub use keys::{Pressed, press};
pub use notice::Notice;
pub use offer::{Offer, Prospect};
#[cfg(feature = "command")]
pub use prerender::prerender;
pub use shown::{Filter, Show};
pub use standing::Standing;
pub use store::Store;
pub use topics::{Subscription, Topic};
use watch::use_topic;

/// What the view asks of the world around it.
#[derive(Clone, PartialEq)]
pub struct Effects {
    /// Whether there is a reader who can use them. What is drawn beforehand does not offer what
    /// only they can do, and so need not name it; nor does it colour code, a word at a time.
    pub live: bool,
    /// Calls what is to be drawn of what is folded away, or on paper, when there is time for that.
    /// Without it, all is drawn at once.
    pub later: Option<Callback<Callback<()>>>,
    /// Takes over what the reader did.
    pub act: Callback<Action>,
    /// Puts a text on the clipboard; says whether that worked.
    pub copy: Callback<CopyRequest>,
    /// Saves a text as a file.
    pub download: Callback<DownloadRequest>,
    /// Writes the run as a runbook, and saves that as a file.
    pub write_runbook: Callback<RunbookRequest>,
    /// Prints the page.
    pub print: Callback<()>,
    /// Writes a time as the reader's own clock and language do.
    pub time: Callback<Timestamp, String>,
    /// The text that stands in the field where an event happened.
    pub field_text: Callback<InputEvent, String>,
    /// Whether the box is ticked where an event happened.
    pub is_ticked: Callback<Event, bool>,
    /// Puts the keyboard's focus on the element with this id.
    pub focus: Callback<AttrValue>,
    /// Lets single keys go through the checklist, or not.
    pub use_keys: Callback<bool>,
    /// Shows another guide of the same page.
    pub open_guide: Callback<String>,
    /// Does what the reader wants with whole runs.
    pub wish: Callback<Wish>,
}

/// What a reader can want with whole runs: they are kept outside of what is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Shows another run.
    OpenRun(String),
    /// Starts a run of this name.
    NewRun(String),
    /// Puts the run away that is shown, and shows another.
    DeleteRun,
    /// Brings back a run that was put away, and shows it.
    RestoreRun(String),
    /// Takes a run that was put away out of the browser for good.
    ForgetRun(String),
    /// Saves the run as a file.
    SaveFile,
    /// Saves as a file what was set aside under this key.
    SaveAside(String),
    /// Reads the file that was chosen in the field where this event happened.
    ReadFile(Event),
    /// Takes over what is offered.
    TakeOffer,
    /// Makes a run of its own of what is offered.
    OpenOffer,
}

impl Wish {
    /// The part of the checklist that takes over the focus: the button that was pressed may go
    /// away with its press.
    pub fn heir_of_focus(&self) -> Option<&'static str> {
        match self {
            Self::OpenRun(_)
            | Self::NewRun(_)
            | Self::DeleteRun
            | Self::RestoreRun(_)
            | Self::ForgetRun(_) => Some("-runs"),
            Self::TakeOffer | Self::OpenOffer => Some("-told"),
            Self::SaveFile | Self::SaveAside(_) | Self::ReadFile(_) => None,
        }
    }
}

/// A text to be copied, and whom to tell.
#[derive(Clone, PartialEq)]
pub struct CopyRequest {
    /// The id of the snippet, if it is one.
    pub snippet: Option<AttrValue>,
    /// The text.
    pub text: String,
    /// Called with whether it was copied.
    pub done: Callback<bool>,
}

/// A text to be saved as a file.
#[derive(Clone, Debug, PartialEq)]
pub struct DownloadRequest {
    /// The file's name.
    pub name: String,
    /// What the text is: `text/plain`.
    pub media_type: &'static str,
    /// The text.
    pub text: String,
}

/// A runbook to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct RunbookRequest {
    /// What it is written in.
    pub format: Format,
    /// How each step stands, by its id.
    pub tasks: Vec<(String, Task)>,
}

/// What every part of the view may use.
#[derive(Clone, PartialEq)]
pub(crate) struct Session {
    pub(crate) store: Rc<Store>,
    pub(crate) effects: Rc<Effects>,
    /// What the program itself says, in the reader's language.
    pub(crate) words: &'static Words,
    /// Stands before every DOM id and radio name, so that two checklists on one page do
    /// not meet.
    pub(crate) prefix: AttrValue,
    /// The page's language, where that is another than the words'.
    pub(crate) lang: Option<AttrValue>,
    /// The addresses that the page leads to, which paper numbers.
    pub(crate) links: Rc<[String]>,
    /// The level of the checklist's own title among the host's headings.
    pub(crate) heading_level: u8,
    /// The step that is being drawn.
    pub(crate) step: Option<Rc<Step>>,
    /// Where what is being drawn is looked at.
    pub(crate) medium: Medium,
}

/// The properties of a [`Checklist`].
#[derive(Clone, PartialEq, Properties)]
pub struct ChecklistProps {
    /// What there is to show, and what the reader did.
    pub store: Rc<Store>,
    /// What the view asks of the world around it.
    pub effects: Rc<Effects>,
    /// What the program itself says, in the reader's language.
    #[prop_or(&ENGLISH)]
    pub words: &'static Words,
    /// Stands before every DOM id and radio name.
    #[prop_or(AttrValue::Static(PREFIX))]
    pub prefix: AttrValue,
    /// The level of the checklist's own title.
    #[prop_or(1)]
    pub heading_level: u8,
    /// The other guides of the same page: id and title, the newest first.
    #[prop_or_default]
    pub guides: Rc<[(String, String)]>,
    /// The page's own address, for links that carry the environment. None in the page of
    /// somebody else, whose address is not ours to use.
    #[prop_or_default]
    pub address: Option<AttrValue>,
}

/// What stands before the DOM ids of the only checklist in its tree.
pub const PREFIX: &str = "uc";

/// How many steps a guide may have for the browser to lay all of them out at once.
const MOST_LAID_OUT: usize = 100;

/// A whole checklist. It is drawn as a whole only when the environment changes.
#[component]
pub fn Checklist(props: &ChecklistProps) -> Html {
    use_topic(&props.store, Topic::Guide);
    let guide = props.store.guide();
    let session = Session {
        store: props.store.clone(),
        effects: props.effects.clone(),
        words: props.words,
        lang: guide.lang.clone().filter(|lang| lang != props.words.lang).map(AttrValue::from),
        prefix: props.prefix.clone(),
        links: guide.links().into(),
        heading_level: props.heading_level,
        step: None,
        medium: if props.effects.live { Medium::Screen } else { Medium::Beforehand },
    };
    // A page that does not name its language has its host's, which the words were chosen for.
    let lang = guide.lang.as_ref().map(|_| props.words.lang);
    html! {
        <div class={if guide.steps().len() > MOST_LAID_OUT { "uc uc--long" } else { "uc" }} {lang}>
            { head::head(&guide, props, &session) }
            { notice::notices(&session) }
            <div class="uc-layout">
                if !guide.steps().is_empty() {
                    { cover::running(&guide, &session) }
                }
                { rail::rail(&guide, &session) }
                // What was folded or opened in one run says nothing of another.
                <div class="uc-main" key={Rc::as_ptr(&props.store) as u64}>
                    { offer::offer(&session) }
                    if !guide.inputs.is_empty() {
                        { environment::panel(&guide, &session) }
                    }
                    { paper(&guide, &session, cover::cover) }
                    { filter::filters(&guide, &session) }
                    { for guide.phases.iter().map(|phase| phase::phase(phase, &session)) }
                    { finish::finish(&guide, &session) }
                    { archived::archived(&session) }
                    { paper(&guide, &session, sheets) }
                </div>
            </div>
        </div>
    }
}

/// What only paper shows.
fn paper(guide: &Rc<Guide>, session: &Session, draw: fn(&Guide, &Session) -> Html) -> Html {
    let (guide, inside) = (guide.clone(), session.clone());
    watch::later(session, move || draw(&guide, &inside))
}

/// What follows the steps on paper.
fn sheets(guide: &Guide, session: &Session) -> Html {
    html! {
        <>
            if !guide.steps().is_empty() {
                { signoff::signoff(guide, session) }
            }
            { undo::sheet(guide, session) }
            { links::list(session) }
        </>
    }
}

impl Session {
    /// The DOM id of a step.
    pub(crate) fn step_id(&self, step: &str) -> AttrValue {
        self.dom_id("step", step)
    }

    /// The DOM id of a section, which may have the path of its only step.
    pub(crate) fn section_id(&self, section: &str) -> AttrValue {
        self.dom_id("section", section)
    }

    /// The address of what a link to `#fragment` means, if it is part of the checklist.
    pub(crate) fn anchor(&self, fragment: &str) -> Option<AttrValue> {
        let id = id_of_place(&self.store.guide(), &self.prefix, fragment)?;
        Some(["#", &id].concat().into())
    }

    /// The DOM id of an input, and the name of its radios.
    pub(crate) fn input_id(&self, input: &str) -> AttrValue {
        self.dom_id("input", input)
    }

    /// A press that leaves as a wish.
    pub(crate) fn wishing(&self, wish: Wish) -> Callback<MouseEvent> {
        self.effects.wish.reform(move |_: MouseEvent| wish.clone())
    }

    /// The DOM id of a part of something: the kind of part stands first, so that no name can
    /// be another's with a part at its end.
    pub(crate) fn dom_id(&self, kind: &str, name: &str) -> AttrValue {
        dom_id(&self.prefix, kind, name)
    }

    /// The DOM id of something that the checklist has once.
    pub(crate) fn own_id(&self, name: &str) -> AttrValue {
        [&self.prefix, "-", name].concat().into()
    }

    /// A heading, `depth` levels below the checklist's own title.
    pub(crate) fn heading(&self, depth: u8, class: &'static str, content: Html) -> Html {
        self.any_heading(depth, class, None, None, content)
    }

    /// A heading that names a region by its `id`.
    pub(crate) fn named_heading(&self, depth: u8, class: &'static str, id: AttrValue, content: Html) -> Html {
        self.any_heading(depth, class, Some(id), None, content)
    }

    /// A heading of the page's own.
    pub(crate) fn page_heading(
        &self,
        depth: u8,
        class: &'static str,
        id: Option<AttrValue>,
        content: Html,
    ) -> Html {
        self.any_heading(depth, class, id, self.lang.clone(), content)
    }

    fn any_heading(
        &self,
        depth: u8,
        class: &'static str,
        id: Option<AttrValue>,
        lang: Option<AttrValue>,
        content: Html,
    ) -> Html {
        let tag = match self.heading_level.saturating_add(depth) {
            0 | 1 => "h1",
            2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            _ => "h6",
        };
        html! { <@{tag} {class} {id} {lang}>{ content }</@> }
    }
}

/// The DOM id of what a link to `#fragment` means, if it is part of the checklist.
pub fn id_of_place(guide: &Guide, prefix: &str, fragment: &str) -> Option<AttrValue> {
    Some(match guide.place_of(fragment)? {
        Place::Section(id) => dom_id(prefix, "section", id),
        Place::Step(id) => dom_id(prefix, "step", id),
    })
}

/// The DOM id of something that a checklist has many of.
fn dom_id(prefix: &str, kind: &str, name: &str) -> AttrValue {
    let name = name.replace(char::is_whitespace, "-");
    [prefix, "-", kind, "-", &name].concat().into()
}

/// Each callback is equal to itself, so that two parts which hold the same need not look at them one by
/// one.
impl Eq for Effects {}

impl Effects {
    /// Effects that do nothing: for drawing without a reader.
    pub fn none() -> Self {
        Self {
            live: false,
            later: None,
            act: Callback::noop(),
            copy: Callback::noop(),
            download: Callback::noop(),
            write_runbook: Callback::noop(),
            print: Callback::noop(),
            time: Callback::from(|_| String::new()),
            field_text: Callback::from(|_| String::new()),
            is_ticked: Callback::from(|_| false),
            focus: Callback::noop(),
            use_keys: Callback::noop(),
            open_guide: Callback::noop(),
            wish: Callback::noop(),
        }
    }
}
