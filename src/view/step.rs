//! One step: its box and title, its body, and what the reader says about it.

use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::VTag;

use super::block::blocks;
use super::doubt::{doubt, needs, renewal};
use super::environment::passed_over;
use super::field::TextField;
use super::gate::gate;
use super::inline::inlines;
use super::phase::only;
use super::watch::{steady, use_topic};
use super::{Session, Standing, Topic};
use crate::guide::{Input, Step};
use crate::progress::{Mark, Record, StepState};
use crate::state::Action;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct StepProps {
    pub(super) step: Rc<Step>,
    /// The inputs of its commands for which the page suggests another value.
    pub(super) passed_over: Vec<Input>,
    /// How far below the checklist's title its heading stands.
    pub(super) depth: u8,
    /// Whether it is among changes that are looked through first for those that matter here.
    pub(super) review: bool,
    pub(super) session: Session,
}

/// A step. It redraws when its own record changes, or whether it is shown, or too old.
#[component]
pub(super) fn StepView(props: &StepProps) -> Html {
    let StepProps { step, session, .. } = props;
    use_topic(&session.store, Topic::Step(step.id.as_str().into()));
    let standing = session.store.standing(step);
    let Standing { state, record, .. } = &standing;
    let state = *state;

    // A step that is done folds to a line. What the reader folds or opens stays so until the
    // step's state is another.
    let opened = use_state_eq(|| None::<(StepState, bool)>);
    let open = match *opened {
        Some((then, open)) if then == state => open,
        _ => matches!(state, StepState::Todo | StepState::Changed),
    };

    let decision = |mark: Option<Mark>| {
        let (store, step) = (session.store.clone(), step.clone());
        move || Action::Mark { step: step.id.as_str().into(), mark, seen: store.seen(&step) }
    };
    let checked = state == StepState::Done;
    // What the box says counts, as it may have been pressed twice before it was drawn again.
    let is_ticked = session.effects.is_ticked.clone();
    let (ticked, unticked) = (decision(Some(Mark::Done)), decision(None));
    let onchange = session.effects.act.reform(move |event: Event| match is_ticked.emit(event) {
        true => ticked(),
        false => unticked(),
    });
    let fold = Callback::from(move |_: MouseEvent| opened.set(Some((state, !open))));

    let ids = Ids::of(step, session);
    // A button that goes away with its press hands the focus to the step's box.
    let decide = |mark: Option<Mark>| {
        let (act, focus) = (session.effects.act.clone(), session.effects.focus.clone());
        let (action, checkbox) = (decision(mark), ids.checkbox.clone());
        Callback::from(move |_: MouseEvent| {
            focus.emit(checkbox.clone());
            act.emit(action());
        })
    };
    let inside = Session { step: Some(step.clone()), ..session.clone() };
    // What its author says is the same whatever its reader does with it.
    let body = use_callback((step.clone(), props.depth, session.clone()), |(), (step, depth, session)| {
        blocks(&step.body, *depth, &Session { step: Some(step.clone()), ..session.clone() })
    });
    let is_asked = props.review && session.store.decided(step).is_none();
    html! {
        <article
            part={["step ", state.as_str()].concat()}
            class="uc-step"
            id={ids.step.clone()}
            data-step={step.id.clone()}
            data-state={state.as_str()}
            data-severity={step.severity.clone()}
            hidden={!session.store.shows(&step.id)}
        >
            <header class="uc-step__head">
                <input id={ids.checkbox.clone()} class="uc-step__box" type="checkbox" {checked} {onchange} />
                { line(props, &ids, &standing) }
                if !step.body.is_empty() {
                    { folding(&ids, open, fold, session) }
                }
            </header>
            if is_asked {
                { triage(step, &ids, &decision, session) }
            }
            if state == StepState::Changed {
                { doubt(step, &standing, &decide, session) }
            }
            if step.stale.is_some() {
                { renewal(step, decide(Some(Mark::Done)), session) }
            }
            if step.gate {
                { gate(step, state, record, &inside) }
            }
            { foldable(ids.body.clone(), open, html! { <>
                { passed_over(&props.passed_over, &ids.checkbox, session) }
                <div class="uc-prose" lang={session.lang.clone()}>{ steady(session, body) }</div>
                { foot(&ids, &standing, is_asked, &decide, &inside) }
            </> }) }
            if state == StepState::NotApplicable {
                { why(session.words.why_not, record, &inside) }
            }
            // On paper whether its field is open or not.
            if !record.note.value.is_empty() {
                <p class="uc-step__note">{ session.words.note }{ ": " }{ record.note.value.clone() }</p>
            }
            <p class="uc-step__sign" aria-hidden="true">
                <span>{ session.words.time }</span><span>{ session.words.initials }</span>
            </p>
        </article>
    }
}

/// What the parts of a step are called in the page, so that one can name another.
struct Ids {
    step: AttrValue,
    checkbox: AttrValue,
    title: AttrValue,
    fold: AttrValue,
    body: AttrValue,
    note: AttrValue,
}

impl Ids {
    fn of(step: &Step, session: &Session) -> Self {
        let part = |kind: &str| session.dom_id(kind, &step.id);
        Self {
            step: session.step_id(&step.id),
            checkbox: part("box"),
            title: part("title"),
            fold: part("fold"),
            body: part("body"),
            note: part("note"),
        }
    }
}

/// The step's title, and in a few words how it stands and what to know beforehand.
fn line(props: &StepProps, ids: &Ids, Standing { state, record, .. }: &Standing) -> Html {
    let StepProps { step, session, .. } = props;
    let title =
        html! { <label id={ids.title.clone()} for={ids.checkbox.clone()}>{ inlines(&step.title) }</label> };
    html! {
        <div class="uc-step__line">
            { session.page_heading(props.depth, "uc-step__title", None, title) }
            { only(step.only.as_deref(), session) }
            <p class="uc-step__meta">
                { status(*state, record, session) }
                if let Some(severity) = &step.severity {
                    <span class="uc-tag" data-severity={severity.clone()}>{ (session.words.severity)(severity) }</span>
                }
                { needs(step, state.is_open(), session) }
                if let Some(minutes) = step.minutes {
                    <span class="uc-step__minutes">{ (session.words.minutes)(minutes) }</span>
                }
            </p>
        </div>
    }
}

/// The button that folds a step to its line, and opens it.
fn folding(ids: &Ids, open: bool, onclick: Callback<MouseEvent>, session: &Session) -> Html {
    html! {
        <button
            type="button"
            class="uc-step__fold"
            aria-expanded={open.to_string()}
            aria-controls={ids.body.clone()}
            aria-labelledby={[&ids.fold, " ", &ids.title].concat()}
            {onclick}
        >
            <span id={ids.fold.clone()}>{ session.words.details }</span>
        </button>
    }
}

/// The note on the step that the session is in, and whether it applies, unless that is asked above.
fn foot(
    ids: &Ids,
    Standing { state, record, .. }: &Standing,
    is_asked: bool,
    decide: &impl Fn(Option<Mark>) -> Callback<MouseEvent>,
    session: &Session,
) -> Html {
    let noted = session.step.clone().map(|step| {
        let field_text = session.effects.field_text.clone();
        let action =
            move |event| Action::Note { step: step.id.as_str().into(), note: field_text.emit(event) };
        session.effects.act.reform(action)
    });
    let (mark, label) = match state {
        StepState::NotApplicable => (None, session.words.reopen),
        _ => (Some(Mark::NotApplicable), session.words.not_applicable),
    };
    html! {
        <footer class="uc-step__foot">
            <TextField
                id={ids.note.clone()}
                summary={session.words.add_note}
                label={session.words.note}
                value={record.note.value.clone()}
                oninput={noted.unwrap_or_default()}
            />
            if !is_asked {
                <button type="button" class="uc-button uc-button--quiet" onclick={decide(mark)}>{ label }</button>
            }
            // The box may be some screens above.
            if state.is_open() {
                <button type="button" class="uc-button" onclick={decide(Some(Mark::Done))}>
                    { (session.words.state)(StepState::Done) }
                </button>
            }
        </footer>
    }
}

/// What folds away. Folded, a browser's own search still finds what stands in it, and the
/// element unfolds the step then; `html!` knows no more than whether something is hidden.
fn foldable(id: AttrValue, open: bool, content: Html) -> Html {
    let mut body = VTag::new("div");
    body.add_attribute("id", id);
    body.add_attribute("class", "uc-step__body");
    if !open {
        body.add_attribute("hidden", "until-found");
    }
    body.add_child(content);
    body.into()
}

/// Whether a change concerns this run. What is decided hands the focus on to the next one that
/// nobody decided about, so that a list of them is gone through with one key.
fn triage<A: Fn() -> Action + 'static>(
    step: &Step,
    ids: &Ids,
    decision: &impl Fn(Option<Mark>) -> A,
    session: &Session,
) -> Html {
    let button = |mark: Mark, label: &'static str| {
        let name = mark_name(mark);
        let (effects, store, action) = (session.effects.clone(), session.store.clone(), decision(Some(mark)));
        let (id, checkbox, own) = (step.id.clone(), ids.checkbox.clone(), session.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            effects.focus.emit(match store.next_undecided(&id) {
                Some(next) => own.dom_id(name, &next.id),
                None => checkbox.clone(),
            });
            effects.act.emit(action());
        });
        let id = session.dom_id(name, &step.id);
        html! {
            <button type="button" class="uc-button" {id} aria-describedby={ids.title.clone()} {onclick}>{ label }</button>
        }
    };
    html! {
        <div class="uc-triage">
            { button(Mark::Ours, session.words.ours) }
            { button(Mark::NotApplicable, session.words.not_applicable) }
        </div>
    }
}

fn mark_name(mark: Mark) -> &'static str {
    match mark {
        Mark::Ours => "ours",
        Mark::NotApplicable => "not-ours",
        Mark::Done => "done",
    }
}

/// A field for the reason of what was decided about the step that the session is in.
pub(super) fn why(label: &'static str, record: &Record, session: &Session) -> Html {
    let Some(step) = session.step.clone() else { return Html::default() };
    let id = session.dom_id("why", &step.id);
    let field_text = session.effects.field_text.clone();
    let oninput = session.effects.act.reform(move |event: InputEvent| Action::Reason {
        step: step.id.as_str().into(),
        reason: field_text.emit(event),
    });
    html! {
        <div class="uc-why">
            <label for={id.clone()}>{ label }</label>
            <input {id} type="text" autocomplete="off" value={record.reason.value.clone()} {oninput} />
        </div>
    }
}

fn status(state: StepState, record: &Record, session: &Session) -> Html {
    let when = match record.mark() {
        Some(_) => session.effects.time.emit(record.decision.value.clock),
        None => String::new(),
    };
    html! {
        <span class="uc-step__status">
            if state == StepState::Todo && record.mark() == Some(Mark::Ours) {
                { session.words.ours }
            } else {
                { (session.words.state)(state) }
            }
            if !when.is_empty() {
                { ", " }{ when }
            }
        </span>
    }
}
