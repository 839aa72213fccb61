//! Beside the document, or above it where there is no room: progress, the phases with
//! their counts, the next open step, and what can be done with the whole.

use std::rc::Rc;

use yew::prelude::*;

use super::inline::inlines;
use super::progress::{OverallProgress, PhaseCount};
use super::store::use_topic;
use super::{Topic, use_session, words};
use crate::guide::Guide;
use crate::state::Action;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct RailProps {
    pub(super) guide: Rc<Guide>,
}

#[component]
pub(super) fn Rail(props: &RailProps) -> Html {
    let session = use_session();
    let guide = &props.guide;
    let print = session.effects.print.reform(|_: MouseEvent| ());
    html! {
        <aside class="uc-rail">
            <div class="uc-rail__summary">
                <OverallProgress guide={guide.clone()} />
                <NextStep />
            </div>
            <nav class="uc-rail__phases" aria-label={words::PHASES}>
                <ol>
                    { for guide.phases.iter().enumerate().map(|(index, phase)| html! {
                        <li key={phase.id.clone()}>
                            <a href={format!("#{}", session.dom_id(&phase.id))}>{ inlines(&phase.title) }</a>
                            <PhaseCount guide={guide.clone()} phase={index} />
                        </li>
                    }) }
                </ol>
            </nav>
            <div class="uc-rail__actions">
                <button type="button" class="uc-button" onclick={print}>{ words::PRINT }</button>
                <StartOver />
            </div>
        </aside>
    }
}

/// Leads to the first open step.
#[component]
fn NextStep() -> Html {
    let session = use_session();
    use_topic(&session.store, Topic::Figures);
    match session.store.next_step() {
        Some(step) => html! {
            <a class="uc-next" href={format!("#{}", session.dom_id(&step.id))}>
                <span class="uc-next__label">{ words::NEXT }</span>
                <span class="uc-next__title">{ inlines(&step.title) }</span>
            </a>
        },
        None if session.store.guide().steps().is_empty() => Html::default(),
        None => html! { <p class="uc-next uc-next--finished">{ words::FINISHED }</p> },
    }
}

/// Asks before it forgets everything.
#[component]
fn StartOver() -> Html {
    let session = use_session();
    let asked = use_state_eq(|| false);
    let ask = |question: bool| {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| asked.set(question))
    };
    if !*asked {
        return html! {
            <button type="button" class="uc-button" onclick={ask(true)}>{ words::START_OVER }</button>
        };
    }
    let start_over = {
        let asked = asked.clone();
        session.effects.act.reform(move |_: MouseEvent| {
            asked.set(false);
            Action::StartOver
        })
    };
    html! {
        <div class="uc-question" role="alertdialog" aria-label={words::START_OVER}>
            <p>{ words::START_OVER_QUESTION }</p>
            <button type="button" class="uc-button uc-button--risky" onclick={start_over}>{ words::START_OVER_YES }</button>
            <button type="button" class="uc-button" onclick={ask(false)}>{ words::START_OVER_NO }</button>
        </div>
    }
}
