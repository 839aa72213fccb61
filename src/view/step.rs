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

    // A step that is done folds to a line, until the reader opens it.
    let opened = use_state_eq(|| None::<bool>);
    use_effect_with(state, {
        let opened = opened.clone();
        move |_| opened.set(None)
    });
    let folded = !opened.unwrap_or(matches!(state, StepState::Todo | StepState::Changed));

    let mark =
        |mark: Option<Mark>| Action::Mark { step: id.clone(), mark, fingerprint: step.fingerprint.clone() };
    let act = |action: Action| session.effects.act.reform(move |_: MouseEvent| action.clone());
    let checked = state == StepState::Done;
    let toggled = mark((!checked).then_some(Mark::Done));
    let onchange = session.effects.act.reform(move |_: Event| toggled.clone());
    let fold = Callback::from(move |_: MouseEvent| opened.set(Some(folded)));

    let dom_id = session.step_id(&step.id);
    let box_id = [&dom_id, "-box"].concat();
    let body_id = [&dom_id, "-body"].concat();
    let has_body = !step.body.is_empty();
    let title = html! { <label for={box_id.clone()}>{ inlines(&step.title) }</label> };
    html! {
        <article
            class="uc-step"
            id={dom_id}
            data-step={step.id.clone()}
            data-state={state.as_str()}
            data-severity={step.severity.clone()}
        >
            <header class="uc-step__head">
                <input id={box_id} class="uc-step__box" type="checkbox" {checked} {onchange} />
                <div class="uc-step__line">
                    { session.heading(props.depth, "uc-step__title", title) }
                    { only(step.only.as_deref()) }
                    <p class="uc-step__meta">
                        { status(state, &record, &session.effects.time) }
                        if let Some(severity) = &step.severity {
                            <span class="uc-tag" data-severity={severity.clone()}>{ severity.clone() }</span>
                        }
                        if let Some(minutes) = step.minutes {
                            <span class="uc-step__minutes">{ words::minutes(minutes) }</span>
                        }
                    </p>
                </div>
                if has_body {
                    <button
                        type="button"
                        class="uc-step__fold"
                        aria-expanded={(!folded).to_string()}
                        aria-controls={body_id.clone()}
                        onclick={fold}
                    >
                        <span>{ if folded { words::SHOW } else { words::HIDE } }</span>
                    </button>
                }
            </header>
            if state == StepState::Changed {
                <div class="uc-step__changed" role="alert">
                    <p>{ words::CHANGED }</p>
                    <button type="button" class="uc-button" onclick={act(mark(record.mark))}>{ words::CONFIRM }</button>
                    <button type="button" class="uc-button" onclick={act(mark(None))}>{ words::REOPEN }</button>
                </div>
            }
            <div id={body_id} class="uc-step__body" hidden={folded}>
                <div class="uc-prose">{ blocks(&step.body, props.depth, session) }</div>
                <footer class="uc-step__foot">
                    { note(&id, &record.note, session) }
                    if state == StepState::NotApplicable {
                        <button type="button" class="uc-button" onclick={act(mark(None))}>{ words::REOPEN }</button>
                    } else {
                        <button type="button" class="uc-button" onclick={act(mark(Some(Mark::NotApplicable)))}>
                            { words::NOT_APPLICABLE }
                        </button>
                    }
                </footer>
            </div>
            if folded && !record.note.is_empty() {
                <p class="uc-step__note">{ record.note.clone() }</p>
            }
            <p class="uc-step__sign" aria-hidden="true">
                <span>{ words::TIME }</span><span>{ words::INITIALS }</span>
            </p>
        </article>
    }
}

fn status(state: StepState, record: &Record, time: &Callback<crate::progress::Timestamp, String>) -> Html {
    let when = if record.mark.is_some() { time.emit(record.at) } else { String::new() };
    html! {
        <span class="uc-step__status">
            { words::state(state) }
            if !when.is_empty() {
                { ", " }<time>{ when }</time>
            }
        </span>
    }
}

/// The reader's own words on a step.
fn note(step: &StepId, note: &str, session: &Session) -> Html {
    let id = [&session.step_id(step.as_ref()), "-note"].concat();
    let step = step.clone();
    let field_text = session.effects.field_text.clone();
    let oninput = session
        .effects
        .act
        .reform(move |event: InputEvent| Action::Note { step: step.clone(), note: field_text.emit(event) });
    html! {
        <details class="uc-note-field" open={!note.is_empty()}>
            <summary>{ words::ADD_NOTE }</summary>
            <label for={id.clone()}>{ words::NOTE }</label>
            <textarea id={id.clone()} rows="2" value={note.to_owned()} {oninput} />
        </details>
    }
}
