//! One step: its box and title, its body, and what the reader says about it.

use std::rc::Rc;

use yew::prelude::*;

use super::block::blocks;
use super::inline::inlines;
use super::phase::only;
use super::watch::use_topic;
use super::{Session, Topic, words};
use crate::guide::Step;
use crate::progress::{Mark, Record, StepId, StepState};
use crate::state::Action;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct StepProps {
    pub(super) step: Rc<Step>,
    /// How far below the checklist's title its heading stands.
    pub(super) depth: u8,
    pub(super) session: Session,
}

/// A step. It redraws when its own record changes, and for nothing else.
#[component]
pub(super) fn StepView(props: &StepProps) -> Html {
    let StepProps { step, session, .. } = props;
    let id = StepId::from(step.id.as_str());
    use_topic(&session.store, Topic::Step(id.clone()));
    let (state, record) = session.store.step(&step.id, &step.fingerprint);

    // A step that is done folds to a line. What the reader folds or opens stays so until the
    // step's state is another.
    let opened = use_state_eq(|| None::<(StepState, bool)>);
    let open = match *opened {
        Some((then, open)) if then == state => open,
        _ => matches!(state, StepState::Todo | StepState::Changed),
    };

    let mark =
        |mark: Option<Mark>| Action::Mark { step: id.clone(), mark, fingerprint: step.fingerprint.clone() };
    let checked = state == StepState::Done;
    let toggled = mark((!checked).then_some(Mark::Done));
    let onchange = session.effects.act.reform(move |_: Event| toggled.clone());
    let fold = Callback::from(move |_: MouseEvent| opened.set(Some((state, !open))));

    let dom_id = session.step_id(&step.id);
    let box_id = AttrValue::from([&dom_id, "-box"].concat());
    let body_id = [&dom_id, "-body"].concat();
    let title_id = [&dom_id, "-title"].concat();
    let fold_id = [&dom_id, "-fold"].concat();
    let has_body = !step.body.is_empty();
    let title = html! { <label id={title_id.clone()} for={box_id.clone()}>{ inlines(&step.title) }</label> };
    // A button that goes away with its press hands the focus to the step's box.
    let decide = |decision: Option<Mark>| {
        let (act, focus) = (session.effects.act.clone(), session.effects.focus.clone());
        let (action, box_id) = (mark(decision), box_id.clone());
        Callback::from(move |_: MouseEvent| {
            focus.emit(box_id.clone());
            act.emit(action.clone());
        })
    };
    html! {
        <article
            class="uc-step"
            id={dom_id}
            data-step={step.id.clone()}
            data-state={state.as_str()}
            data-severity={step.severity.clone()}
        >
            <header class="uc-step__head">
                <input id={box_id.clone()} class="uc-step__box" type="checkbox" {checked} {onchange} />
                <div class="uc-step__line">
                    { session.heading(props.depth, "uc-step__title", title) }
                    { only(step.only.as_deref()) }
                    <p class="uc-step__meta">
                        { status(state, &record, &session.effects.time) }
                        if let Some(severity) = &step.severity {
                            <span class="uc-tag" data-severity={severity.clone()}>{ severity.clone() }</span>
                        }
                        { needs(step, session) }
                        if let Some(minutes) = step.minutes {
                            <span class="uc-step__minutes">{ words::minutes(minutes) }</span>
                        }
                    </p>
                </div>
                if has_body {
                    <button
                        type="button"
                        class="uc-step__fold"
                        aria-expanded={open.to_string()}
                        aria-controls={body_id.clone()}
                        aria-labelledby={[&fold_id, " ", &title_id].concat()}
                        onclick={fold}
                    >
                        <span id={fold_id}>{ words::DETAILS }</span>
                    </button>
                }
            </header>
            if state == StepState::Changed {
                <div class="uc-step__changed" role="status">
                    <p>{ words::CHANGED }</p>
                    <button type="button" class="uc-button" onclick={decide(record.mark)}>
                        { words::still(record.mark) }
                    </button>
                    <button type="button" class="uc-button" onclick={decide(None)}>{ words::REOPEN }</button>
                </div>
            }
            <div id={body_id} class="uc-step__body" hidden={!open}>
                <div class="uc-prose">{ blocks(&step.body, props.depth, session) }</div>
                <footer class="uc-step__foot">
                    <NoteField step={id.clone()} note={record.note.clone()} session={session.clone()} />
                    if state == StepState::NotApplicable {
                        <button type="button" class="uc-button" onclick={decide(None)}>{ words::REOPEN }</button>
                    } else {
                        <button type="button" class="uc-button" onclick={decide(Some(Mark::NotApplicable))}>
                            { words::NOT_APPLICABLE }
                        </button>
                    }
                </footer>
            </div>
            if !open && !record.note.is_empty() {
                <p class="uc-step__note">{ record.note.clone() }</p>
            }
            <p class="uc-step__sign" aria-hidden="true">
                <span>{ words::TIME }</span><span>{ words::INITIALS }</span>
            </p>
        </article>
    }
}

/// The steps to do before this one.
fn needs(step: &Step, session: &Session) -> Html {
    let guide = session.store.guide();
    let steps = guide.steps();
    let needed = step.needs.iter().filter_map(|id| steps.iter().find(|step| step.id == *id));
    needed
        .map(|needed| {
            html! {
                <span>
                    { words::AFTER }{ " " }
                    <a href={["#", &session.step_id(&needed.id)].concat()}>{ inlines(&needed.title) }</a>
                </span>
            }
        })
        .collect()
}

fn status(state: StepState, record: &Record, time: &Callback<crate::progress::Timestamp, String>) -> Html {
    let when = if record.mark.is_some() { time.emit(record.at) } else { String::new() };
    html! {
        <span class="uc-step__status">
            { words::state(state) }
            if !when.is_empty() {
                { ", " }{ when }
            }
        </span>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct NoteFieldProps {
    step: StepId,
    note: String,
    session: Session,
}

/// The reader's own words on a step. Whether the field is open is the reader's business
/// once it is there, or it would close under the cursor when its last letter goes.
#[component]
fn NoteField(props: &NoteFieldProps) -> Html {
    let NoteFieldProps { step, note, session } = props;
    let open = use_memo((), |()| !note.is_empty());
    let id = [&session.step_id(step.as_ref()), "-note"].concat();
    let step = step.clone();
    let field_text = session.effects.field_text.clone();
    let oninput = session
        .effects
        .act
        .reform(move |event: InputEvent| Action::Note { step: step.clone(), note: field_text.emit(event) });
    html! {
        <details class="uc-note-field" open={*open}>
            <summary>{ words::ADD_NOTE }</summary>
            <label for={id.clone()}>{ words::NOTE }</label>
            <textarea id={id.clone()} rows="2" value={note.clone()} {oninput} />
        </details>
    }
}
