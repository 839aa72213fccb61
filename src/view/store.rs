//! The state of one checklist, and the guide that follows from it.
//!
//! A component reads what it draws from the [`Store`] and subscribes to just that
//! [topic](super::topics).

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

use yew::Callback;

use super::around::Around;
use super::shown::Shown;
use super::standing::{Compared, differing};
use super::tally::{self, Tally, counts};
use super::topics::{Subscription, Topic, Topics};
use crate::environment::{Environment, Presets};
use crate::guide::{self, Guide};
use crate::markdoc::Document;
use crate::progress::{Figures, Progress, Record, StepId, StepState, Timestamp};
use crate::saved::KnownRun;
use crate::state::{Action, State};

/// As many steps can be looked at with every tick.
const MOST_LOOKED_AT: usize = 500;

/// A document with what its reader chose and did, and the guide that follows from both.
pub struct Store {
    document: Rc<Document>,
    state: RefCell<State>,
    presets: RefCell<Presets>,
    guide: RefCell<Rc<Guide>>,
    compared: RefCell<Compared>,
    /// What was counted, while it holds.
    tally: RefCell<Option<Tally>>,
    shown: RefCell<Shown>,
    /// What the reader's last answer did.
    effect: RefCell<Option<Rc<Effect>>>,
    around: Around,
    all_ids: OnceCell<HashSet<String>>,
    now: Cell<Timestamp>,
    /// What time it was when all that is too old was last drawn so.
    drawn_at: Cell<Timestamp>,
    topics: Rc<Topics>,
}

/// What an answer made of the guide.
pub(super) struct Effect {
    /// The input.
    pub(super) input: String,
    /// How many steps say something else, or are new.
    pub(super) changed: usize,
    /// How many steps there were.
    pub(super) before: usize,
}

impl Store {
    /// The checklist of a document and what its reader did before.
    pub fn new(document: impl Into<Rc<Document>>, state: State) -> Self {
        Self::with_presets(document, state, Presets::default())
    }

    /// The same, in a page that answers some inputs itself.
    pub fn with_presets(document: impl Into<Rc<Document>>, mut state: State, presets: Presets) -> Self {
        let document = document.into();
        let guide = guide::build(&document, &presets.environment(&state));
        carry_over(&guide, &mut state);
        let guide = RefCell::new(Rc::new(guide));
        Self {
            document,
            state: RefCell::new(state),
            presets: RefCell::new(presets),
            guide,
            compared: RefCell::default(),
            tally: RefCell::default(),
            shown: RefCell::default(),
            effect: RefCell::default(),
            around: Around::default(),
            all_ids: OnceCell::new(),
            now: Cell::default(),
            drawn_at: Cell::default(),
            topics: Rc::default(),
        }
    }

    /// The guide for the reader's environment.
    pub fn guide(&self) -> Rc<Guide> {
        self.guide.borrow().clone()
    }

    /// A copy of what the reader chose and did.
    pub fn state(&self) -> State {
        self.state.borrow().clone()
    }

    /// Whether an input was set later than that.
    pub(super) fn was_set_after(&self, input: &str, at: Timestamp) -> bool {
        self.state.borrow().was_set_after(input, at)
    }

    /// The same page as it would be in another state.
    pub(super) fn with_state(&self, state: State) -> Self {
        Self::with_presets(self.document.clone(), state, self.presets.borrow().clone())
    }

    /// Replaces what the page answers.
    pub fn preset(&self, presets: Presets) {
        if *self.presets.borrow() != presets {
            *self.presets.borrow_mut() = presets;
            self.rebuild();
        }
    }

    /// Whether the page does not let its reader change an input's answer.
    pub fn is_locked(&self, name: &str) -> bool {
        self.presets.borrow().is_locked(name)
    }

    /// What holds for the reader.
    pub fn environment(&self) -> Environment {
        self.presets.borrow().environment(&self.state.borrow())
    }

    /// What the reader's last answer did.
    pub(super) fn effect(&self) -> Option<Rc<Effect>> {
        self.effect.borrow().clone()
    }

    /// What is known of a step.
    pub fn record(&self, id: &str) -> Option<Record> {
        self.progress(|progress| progress.record(id).cloned())
    }

    /// The figures of some steps of the guide.
    pub fn figures<'a>(&self, steps: impl IntoIterator<Item = &'a Rc<guide::Step>>) -> Figures {
        let states = steps.into_iter().map(|step| (step, self.state_of(step)));
        Figures::of(states.filter(|(step, state)| counts(step, *state)).map(|(_, state)| state))
    }

    /// Whether the guide is so long that looking at all its steps at each tick would be felt.
    pub(super) fn is_too_long_to_recount(&self) -> bool {
        self.all_figures().total > MOST_LOOKED_AT
    }

    /// The figures of the whole guide.
    pub fn all_figures(&self) -> Figures {
        self.tally(|tally| tally.all())
    }

    /// The figures of the phase in this place.
    pub fn phase_figures(&self, phase: usize) -> Figures {
        self.tally(|tally| tally.phase(phase))
    }

    /// How the step of this id stands, if the guide has it.
    pub fn state_of_id(&self, id: &str) -> Option<StepState> {
        self.tally(|tally| tally.state(id))
    }

    /// How many minutes the steps take that are left and say so.
    pub fn minutes_left(&self) -> u32 {
        self.tally(|tally| tally.minutes_left())
    }

    /// What is to be done next: the first step that is left to do, or before it one that was done too
    /// long ago.
    pub fn next_step(&self) -> Option<Rc<guide::Step>> {
        let (next, ageing) = self.tally(|tally| tally.next())?;
        Some(ageing.into_iter().find(|step| self.is_to_renew(step)).unwrap_or(next))
    }

    /// Whether a step is left to do, or was done too long ago.
    pub(super) fn is_left(&self, step: &guide::Step) -> bool {
        tally::is_left(step, self.state_of(step)) || self.is_to_renew(step)
    }

    /// A step that failed and is open again, with the last one that was done for that: while there
    /// is one, the reader is not led past it.
    pub fn failure(&self) -> Option<(Rc<guide::Step>, Rc<guide::Step>)> {
        self.tally(|tally| tally.failure())
    }

    fn tally<T>(&self, look: impl FnOnce(&mut Tally) -> T) -> T {
        let mut tally = self.tally.borrow_mut();
        look(tally.get_or_insert_with(|| Tally::new(&self.guide(), |step| self.state_of(step))))
    }

    /// What time it is, as far as this page was told; 0 where nobody told it.
    pub fn now(&self) -> Timestamp {
        self.now.get()
    }

    /// Tells what time it is. What is too old by now is drawn so.
    pub fn set_now(&self, now: Timestamp) {
        let guide = self.guide();
        let mut steps = guide.steps();
        steps.retain(|step| step.stale.is_some());
        self.now.set(now);
        let then = self.drawn_at.replace(now);
        for step in steps {
            if self.is_stale(step) != self.is_stale_at(step, then) {
                self.tell(&[Topic::Step(step.id.as_str().into()), Topic::Figures]);
                self.tell_about_offer();
            }
        }
    }

    /// Tells that the page is printed now.
    pub fn print(&self, now: Timestamp) {
        self.set_now(now);
        self.tell(&[Topic::Figures]);
    }

    /// Does what the reader asked for, and tells those who draw it.
    pub fn apply(&self, action: &Action, now: Timestamp) {
        self.now.set(now);
        self.state.borrow_mut().apply(action, now);
        // It is of the last action, or of none.
        if self.effect.take().is_some() {
            self.tell(&[Topic::Effect]);
        }
        match action {
            Action::SetInput { name, .. } => self.answer(name),
            // Other steps may wait for just that, and a phase is no success without its outputs.
            Action::Mark { step, .. } | Action::Reason { step, .. } | Action::Prove { step, .. } => {
                let phase = self.tally(|tally| tally.recount(step.as_ref(), |step| self.state_of(step)));
                self.tell(&[Topic::Step(step.clone()), Topic::Figures]);
                phase.into_iter().for_each(|phase| self.tell(&[Topic::Phase(phase)]));
            }
            Action::Note { step, .. } => self.tell(&[Topic::Step(step.clone())]),
            Action::Rename(_) | Action::Delete(_) => self.tell(&[Topic::Runs]),
            Action::StartOver => {
                self.rebuild();
                self.tell_about_all_steps();
            }
        }
        self.tell_about_offer();
    }

    /// Takes over what is newer in another state, as another tab's, and redraws what that
    /// changed.
    pub fn merge(&self, other: &State) {
        let before = self.environment();
        let called = self.run_name();
        if !self.state.borrow_mut().merge(other) {
            return;
        }
        self.tally.take();
        if self.environment() == before {
            carry_over(&self.guide(), &mut self.state.borrow_mut());
        } else {
            self.rebuild();
        }
        if self.run_name() != called {
            self.tell(&[Topic::Runs]);
        }
        self.tell_about_all_steps();
        self.tell_about_offer();
    }

    /// What the run that is shown is called; its id, where it has no name.
    pub fn run_name(&self) -> String {
        KnownRun::of(&self.runs().shown, &self.state.borrow()).name
    }

    /// The name that the reader gave the run that is shown.
    pub(super) fn own_name(&self) -> String {
        self.state.borrow().name.value.clone()
    }

    /// Looks at what was done.
    pub(super) fn progress<T>(&self, look: impl FnOnce(&Progress) -> T) -> T {
        look(&self.state.borrow().progress)
    }

    /// The ids of the steps that this reader has.
    pub(super) fn ids(&self) -> HashSet<String> {
        self.guide().steps().into_iter().map(|step| step.id.clone()).collect()
    }

    /// The ids of every step that the page has for any reader, former ids included.
    pub(super) fn all_ids(&self) -> &HashSet<String> {
        self.all_ids.get_or_init(|| {
            let guide = guide::build(&self.document, &Environment::default());
            let steps = guide.steps().into_iter();
            steps.flat_map(|step| step.aliases.iter().chain([&step.id]).cloned()).collect()
        })
    }

    /// The document of which this is the checklist.
    pub fn document(&self) -> &Document {
        &self.document
    }

    pub(super) fn compared(&self) -> &RefCell<Compared> {
        &self.compared
    }

    pub(super) fn shown(&self) -> &RefCell<Shown> {
        &self.shown
    }

    pub(super) fn around(&self) -> &Around {
        &self.around
    }

    /// Counts the changes so far.
    pub(super) fn generation(&self) -> u32 {
        self.topics.generation()
    }

    /// Calls `listener` on every change of a topic until what is returned is dropped.
    pub fn subscribe(&self, topic: Topic, listener: Callback<()>) -> Subscription {
        self.topics.subscribe(topic, listener)
    }

    /// Takes an answer into account that the reader gave, and sees what that does.
    fn answer(&self, input: &str) {
        let before = self.guide();
        self.build();
        self.effect.replace(Some(Rc::new(Effect {
            input: input.to_owned(),
            changed: differing(&self.guide(), &before).len(),
            before: before.steps().len(),
        })));
        self.tell_about_guide();
    }

    fn rebuild(&self) {
        self.build();
        self.effect.take();
        self.tell_about_guide();
    }

    fn build(&self) {
        let guide = guide::build(&self.document, &self.environment());
        carry_over(&guide, &mut self.state.borrow_mut());
        *self.guide.borrow_mut() = Rc::new(guide);
        self.compared.borrow_mut().forget();
        self.tally.take();
        self.filter_again();
    }

    fn tell_about_guide(&self) {
        self.tell(&[Topic::Guide, Topic::Filter, Topic::Figures]);
    }

    fn tell_about_all_steps(&self) {
        let steps = self.topics.listened_to(|topic| matches!(topic, Topic::Step(_) | Topic::Phase(_)));
        self.tell(&steps);
        self.tell(&[Topic::Figures, Topic::Records]);
    }

    /// What is offered may change something else now.
    fn tell_about_offer(&self) {
        if self.offered().is_some() {
            self.tell(&[Topic::Offer]);
        }
    }

    pub(super) fn tell(&self, topics: &[Topic]) {
        self.topics.tell(topics);
    }
}

impl Default for Store {
    fn default() -> Self {
        Self::new(Document::default(), State::default())
    }
}

/// Two stores are the same only if they are one.
impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// Gives every step what its reader did when it had another id.
fn carry_over(guide: &Guide, state: &mut State) {
    for step in guide.steps() {
        let id = StepId::from(step.id.as_str());
        step.aliases.iter().for_each(|alias| state.progress.carry_over(alias, &id));
    }
}
