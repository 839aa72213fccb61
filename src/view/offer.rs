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
use crate::state::State;
use crate::words::Words;

/// How many changes are listed; of the others only the number is said.
const MOST_LISTED: usize = 30;

/// What another state would change in the one that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Where it comes from, in the reader's words.
    pub source: String,
    /// The state to be merged.
    pub state: State,
    /// Whether it can be a run of its own.
    is_run: bool,
    /// Says which run it is of, where that is not the one that is shown.
    of_another: Option<String>,
    /// Whether anything would be another then, if only when it was decided.
    is_new: bool,
    /// What would be another then that can be seen.
    changes: Vec<Change>,
    /// What it says that would not be taken, as it was said otherwise later: whoever did not know
    /// could end with a mixture that nobody meant.
    outdated: Vec<String>,
}

/// What would be another.
#[derive(Clone, Debug, PartialEq)]
struct Change {
    what: String,
    from: String,
    to: String,
}

impl Store {
    /// Shows what another state would change, how steps stand included. Nothing it says is later
    /// than now. `run` is the id of the run that it is, if it is one.
    pub fn offer(&self, source: &str, mut state: State, run: Option<&str>, now: Timestamp, words: &Words) {
        let source = source.to_owned();
        let ours = self.run_name();
        let theirs = run.map(|id| KnownRun::of(id, &state).name).filter(|theirs| *theirs != ours);
        let of_another = theirs.map(|theirs| {
            let [file, shown, end] = words.of_another_run;
            [file, &words.name_of_run(&theirs), shown, &words.name_of_run(&ours), end].concat()
        });
        state.cap(now);
        let mut after = self.state();
        let is_new = after.merge(&state);
        let after = self.with_state(after);
        after.set_now(self.now());
        // What only other readers are asked has a label too.
        let guides = [self.guide(), guide::build(self.document(), &Environment::default()).into()];
        let changes = changes(self, &after, &guides, words);
        let outdated = outdated(self, &after.state(), &state, &guides, words);
        self.set_offer(Some(Rc::new(Offer {
            source,
            state,
            is_run: run.is_some(),
            of_another,
            is_new,
            changes,
            outdated,
        })));
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

impl Offer {
    /// Whether it can be taken over: it would change something, if only when it was decided.
    pub fn is_new(&self) -> bool {
        self.is_new
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

/// The answers of an offer that are otherwise in what has taken it over.
fn outdated(
    store: &Store,
    after: &State,
    offered: &State,
    guides: &[Rc<Guide>],
    words: &Words,
) -> Vec<String> {
    let names = offered.all_inputs().map(|(name, _)| name).filter(|name| !store.is_locked(name));
    let said = names.filter_map(|name| {
        let input = asked(guides, name);
        let (now, theirs) = (answered(after, input, name), answered(offered, input, name));
        let [stays, says] = words.older_answer;
        let what = input.map_or(name, |input| &input.label);
        (!theirs.is_empty() && theirs != now)
            .then(|| [what, stays, words.or_nothing(&now), says, &theirs].concat())
    });
    said.collect()
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
    let Offer { source, changes, outdated, is_run, of_another, is_new, .. } = offer;
    let (store, focus, told) = (session.store.clone(), session.effects.focus.clone(), session.own_id("told"));
    let leave = Callback::from(move |_: MouseEvent| {
        focus.emit(told.clone());
        store.set_offer(None);
    });
    let title = session.own_id("offer");
    // Whoever opens a file of another run hardly means to mix the two.
    let open_first = of_another.is_some();
    let buttons = [open_first, !open_first].map(|open| match open {
        true if *is_run => button(session, session.words.open_offer, Wish::OpenOffer),
        false if *is_new => button(session, session.words.take_offer, Wish::TakeOffer),
        _ => Html::default(),
    });
    html! {
        <section class="uc-offer" id={session.own_id("offered")} tabindex="-1" aria-labelledby={title.clone()}>
            // What it says may be long, and is there to be read.
            <div role="alert">
                { session.named_heading(1, "uc-offer__title", title, html! { {source.clone()} }) }
                { for of_another.iter().map(|said| html! { <p>{ said.clone() }</p> }) }
            </div>
            if changes.is_empty() && outdated.is_empty() {
                <p>{ if *is_new { session.words.newer_alone } else { session.words.no_changes } }</p>
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
                </ul>
            }
            <p class="uc-offer__actions">
                { for buttons }
                <button type="button" class="uc-button" onclick={leave}>{ session.words.leave_offer }</button>
            </p>
        </section>
    }
}
