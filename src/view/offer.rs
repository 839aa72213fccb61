//! What comes from elsewhere, a file or a link: the reader sees what it would change before
//! it changes anything.

use std::rc::Rc;

use yew::prelude::*;

use super::runs::button;
use super::standing::label;
use super::watch::watch;
use super::{Session, Store, Topic, Wish};
use crate::environment::Environment;
use crate::guide::{self, Guide, Input, Step};
use crate::in_order::in_order;
use crate::progress::{Record, StepState, Timestamp};
use crate::saved::KnownRun;
use crate::state::{Action, State};
use crate::words::Words;

/// How many changes are listed; of the others only the number is said.
const MOST_LISTED: usize = 30;

/// What comes from elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub enum Offer {
    /// A run out of a file, which was done when it says that it was.
    Run {
        /// Its id.
        id: String,
        /// The state to be merged.
        state: State,
    },
    /// The answers of a link, which the reader gives by taking them over.
    Answers(Vec<(String, String)>),
}

/// What taking an offer over would do to the state as it is now.
pub struct Prospect {
    /// Says which run it is of, where that is not the one that is shown.
    of_another: Option<String>,
    /// Whether anything would be another then, if only when it was decided.
    is_new: bool,
    /// What would be another then that can be seen.
    changes: Vec<Change>,
    /// What it says that would not be taken, as it was said otherwise here later: whoever did not
    /// know could end with a mixture that nobody meant, or look for it in vain.
    outdated: Vec<String>,
}

/// What would be another.
struct Change {
    what: String,
    from: String,
    to: String,
}

impl Store {
    /// Offers something. Nothing it says is later than now.
    pub fn offer(&self, mut offer: Offer, now: Timestamp) {
        if let Offer::Run { state, .. } = &mut offer {
            state.cap(now);
        }
        self.set_offer(Some(Rc::new(offer)));
    }

    /// Takes over what is offered.
    pub fn take_offer(&self) {
        if let Some(offer) = self.offered() {
            self.set_offer(None);
            self.merge(&self.taking(&offer));
        }
    }

    /// What taking an offer over would do, how steps stand included.
    pub fn prospect(&self, offer: &Offer, words: &Words) -> Prospect {
        let after = self.taking(offer);
        let is_new = after != self.state();
        let after = self.with_state(after);
        after.set_now(self.now());
        // What only other readers are asked has a label too.
        let guides = [self.guide(), guide::build(self.document(), &Environment::default()).into()];
        let changes = changes(self, &after, &guides, words);
        let (of_another, outdated) = match offer {
            Offer::Run { id, state } => {
                (self.another(id, state, words), outdated(self, &after.state(), state, &guides, words))
            }
            Offer::Answers(_) => (None, Vec::new()),
        };
        Prospect { of_another, is_new, changes, outdated }
    }

    /// The state as it would be with an offer.
    fn taking(&self, offer: &Offer) -> State {
        let mut state = self.state();
        match offer {
            Offer::Run { state: theirs, .. } => drop(state.merge(theirs)),
            Offer::Answers(answers) => {
                for (name, answer) in answers {
                    if state.input(name) != Some(answer) {
                        let (name, value) = (name.clone(), Some(answer.clone()));
                        state.apply(&Action::SetInput { name, value }, self.now());
                    }
                }
            }
        }
        state
    }

    /// Says which run a state is of, where that is not the one that is shown.
    fn another(&self, id: &str, state: &State, words: &Words) -> Option<String> {
        let (ours, theirs) = (self.run_name(), KnownRun::of(id, state).name);
        let [file, shown, end] = words.of_another_run;
        (theirs != ours)
            .then(|| [file, &words.name_of_run(&theirs), shown, &words.name_of_run(&ours), end].concat())
    }

    /// How a step stands, in the reader's words: what was decided, and why that is not enough,
    /// where the page shows the step.
    fn how(&self, step: Option<&Rc<Step>>, record: &Record, words: &Words) -> String {
        let mark = words.mark(record.mark());
        let but = step.and_then(|step| match (self.state_of(step), self.lack(step)?) {
            (StepState::Todo, _) => None,
            (StepState::Changed, _) => Some((words.state)(StepState::Changed)),
            (_, lack) => Some((words.lack)(lack)),
        });
        but.map_or(mark.to_owned(), |but| [mark, ", ", but].concat())
    }

    /// The answers of a link that the page asks for and can use; and what it does not know, or
    /// lets nobody change, as a link may be older than the page, or not ours.
    pub fn usable(&self, answers: Vec<(String, String)>) -> (Vec<(String, String)>, Vec<String>) {
        let mut environment = self.environment();
        for (name, answer) in answers.iter().filter(|(name, _)| !self.is_locked(name)) {
            environment = environment.with(name, answer);
        }
        let guide = guide::build(self.document(), &environment);
        let is_usable = |(name, _): &(String, String)| {
            !self.is_locked(name) && guide.input(name).is_some_and(Input::is_answered)
        };
        let (usable, unknown): (Vec<_>, Vec<_>) = answers.into_iter().partition(is_usable);
        (usable, unknown.into_iter().map(|(name, _)| name).collect())
    }
}

impl Prospect {
    /// Whether the offer can be taken over: it would change something, if only when it was decided.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// What is said otherwise here, and stays so, each in a sentence.
    pub fn outdated(&self) -> &[String] {
        &self.outdated
    }

    /// What would change: what it is, what it says now, and what it would say.
    pub fn changes(&self) -> impl Iterator<Item = [&str; 3]> {
        self.changes.iter().map(|Change { what, from, to }| [what.as_str(), from, to])
    }
}

/// What is asked under this name, by the first guide that asks it.
fn asked<'a>(guides: &'a [Rc<Guide>], name: &str) -> Option<&'a Input> {
    guides.iter().find_map(|guide| guide.input(name))
}

/// The answer to what is asked under this name, in the reader's words; of none, nothing.
fn answered(state: &State, input: Option<&Input>, name: &str) -> String {
    state.input(name).map_or(String::new(), |answer| label(input, answer))
}

/// The answers of an offer that are otherwise in what has taken it over, and what was done.
fn outdated(
    store: &Store,
    after: &State,
    offered: &State,
    guides: &[Rc<Guide>],
    words: &Words,
) -> Vec<String> {
    let mut outdated = Vec::new();
    let mut say = |what: &str, now: &str, theirs: &str| {
        let [stays, says] = words.older_answer;
        if !theirs.is_empty() && theirs != now {
            outdated.push([what, stays, words.or_nothing(now), says, theirs].concat());
        }
    };
    for (name, _) in offered.all_inputs().filter(|(name, _)| !store.is_locked(name)) {
        let input = asked(guides, name);
        let what = input.map_or(name, |input| &input.label);
        say(what, &answered(after, input, name), &answered(offered, input, name));
    }
    let nothing = Record::default();
    // In the page's order, steps of other readers included.
    for step in guides.iter().rev().take(1).flat_map(|guide| guide.steps()) {
        let Some(theirs) = offered.progress.record(&step.id) else { continue };
        let now = after.progress.record(&step.id).unwrap_or(&nothing);
        let title = step.title_text();
        let mark = if theirs.mark().is_some() { words.mark(theirs.mark()) } else { "" };
        say(&title, words.mark(now.mark()), mark);
        say(&[&title, ", ", words.note].concat(), &now.note.value, &theirs.note.value);
    }
    outdated
}

/// What is otherwise in a store that has taken an offer over.
fn changes(store: &Store, taken: &Store, guides: &[Rc<Guide>], words: &Words) -> Vec<Change> {
    let (before, after) = (store.state(), taken.state());
    let mut changes = Vec::new();
    let push = |changes: &mut Vec<Change>, what: &str, from: String, to: String| {
        if from != to {
            changes.push(Change { what: what.to_owned(), from, to });
        }
    };
    push(&mut changes, words.run_name, before.name.value.clone(), after.name.value.clone());
    let deleted = |state: &State| if state.deleted.value { words.deleted } else { "" }.to_owned();
    push(&mut changes, words.run, deleted(&before), deleted(&after));
    for (name, _) in after.all_inputs().filter(|(name, _)| !store.is_locked(name)) {
        let input = asked(guides, name);
        let what = input.map_or(name, |input| &input.label);
        push(&mut changes, what, answered(&before, input, name), answered(&after, input, name));
    }
    let guide = store.guide();
    let steps = guide.steps();
    let ids = store.ids();
    let shown = steps.iter().map(|step| (step.title_text(), step.id.as_str(), Some(*step)));
    let others = after.progress.records().map(|(id, _)| (id.to_string(), id.as_ref(), None));
    let guide_after = taken.guide();
    let steps_after = guide_after.steps();
    let mut rest = steps_after.as_slice();
    let nothing = Record::default();
    // In the page's order, and what the page does not show behind it.
    for (title, id, step) in shown.chain(others.filter(|(_, id, _)| !ids.contains(*id))) {
        let Some(theirs) = after.progress.record(id) else { continue };
        let ours = before.progress.record(id).unwrap_or(&nothing);
        let step_after = step.and_then(|step| in_order(&mut rest, |other| other.id == step.id)).copied();
        push(&mut changes, &title, store.how(step, ours, words), taken.how(step_after, theirs, words));
        push(
            &mut changes,
            &[&title, ", ", words.reason].concat(),
            ours.reason.value.clone(),
            theirs.reason.value.clone(),
        );
        push(
            &mut changes,
            &[&title, ", ", words.note].concat(),
            ours.note.value.clone(),
            theirs.note.value.clone(),
        );
        for (snippet, _) in theirs.evidence.iter() {
            let text =
                |record: &Record| record.evidence_of(snippet).map_or(String::new(), |kept| kept.text.clone());
            push(&mut changes, &[&title, ", ", words.evidence].concat(), text(ours), text(theirs));
        }
    }
    changes
}

/// What is offered, with what it would change.
pub(super) fn offer(session: &Session) -> Html {
    let session = session.clone();
    watch(&session.clone(), Topic::Offer, move || match session.store.offered() {
        Some(offer) => panel(&offer, &session),
        None => Html::default(),
    })
}

fn panel(offer: &Offer, session: &Session) -> Html {
    let Prospect { of_another, is_new, changes, outdated } = session.store.prospect(offer, session.words);
    let (source, is_run) = match offer {
        Offer::Run { .. } => (session.words.file_changes, true),
        Offer::Answers(_) => (session.words.link_changes, false),
    };
    let (store, focus, told) = (session.store.clone(), session.effects.focus.clone(), session.own_id("told"));
    let leave = Callback::from(move |_: MouseEvent| {
        focus.emit(told.clone());
        store.set_offer(None);
    });
    let title = session.own_id("offer");
    // Whoever opens a file of another run hardly means to mix the two.
    let open_first = of_another.is_some();
    let buttons = [open_first, !open_first].map(|open| match open {
        true if is_run => button(session, session.words.open_offer, Wish::OpenOffer),
        false if is_new => button(session, session.words.take_offer, Wish::TakeOffer),
        _ => Html::default(),
    });
    html! {
        <section class="uc-offer" id={session.own_id("offered")} tabindex="-1" aria-labelledby={title.clone()}>
            // What it says may be long, and is there to be read.
            <div role="alert">
                { session.named_heading(1, "uc-offer__title", title, html! { {source} }) }
                { for of_another.iter().map(|said| html! { <p>{ said.clone() }</p> }) }
            </div>
            if changes.is_empty() && outdated.is_empty() {
                <p>{ if is_new { session.words.newer_alone } else { session.words.no_changes } }</p>
            } else {
                <ul>
                    { for changes.iter().take(MOST_LISTED).map(|change| html! {
                        <li>
                            { change.what.clone() }{ ": " }
                            <del>{ session.words.or_nothing(&change.from) }</del>{ " → " }<ins>{ session.words.or_nothing(&change.to) }</ins>
                        </li>
                    }) }
                    if changes.len() > MOST_LISTED {
                        <li>{ (session.words.more)(changes.len() - MOST_LISTED) }</li>
                    }
                    { for outdated.iter().take(MOST_LISTED).map(|said| html! { <li>{ said.clone() }</li> }) }
                    if outdated.len() > MOST_LISTED {
                        <li>{ (session.words.more)(outdated.len() - MOST_LISTED) }</li>
                    }
                </ul>
            }
            if !outdated.is_empty() {
                <p>{ session.words.newer_here }</p>
            }
            <p class="uc-offer__actions">
                { for buttons }
                <button type="button" class="uc-button" onclick={leave}>{ session.words.leave_offer }</button>
            </p>
        </section>
    }
}
