//! Beside the document, or above it where there is no room: progress, the phases with
//! their counts, the next open step, and what can be done with the whole.

use std::rc::Rc;

use yew::prelude::*;

use super::inline::inlines;
use super::watch::watch;
use super::{Session, Topic, progress, words};
use crate::guide::Guide;
use crate::state::Action;

/// What stands beside the document.
pub(super) fn rail(guide: &Rc<Guide>, session: &Session) -> Html {
    let print = session.effects.print.reform(|_: MouseEvent| ());
    html! {
        <aside class="uc-rail">
            <div class="uc-rail__summary">
                { progress::overall(guide, session) }
                { next_step(session) }
            </div>
            <nav class="uc-rail__phases" aria-label={words::PHASES}>
                <ol>
                    { for guide.phases.iter().enumerate().map(|(index, phase)| html! {
                        <li key={phase.id.clone()}>
                            <a href={format!("#{}", session.section_id(&phase.id))}>{ inlines(&phase.title) }</a>
                            { progress::of_phase(guide, index, session) }
                        </li>
                    }) }
                </ol>
            </nav>
            <div class="uc-rail__actions">
                <button type="button" class="uc-button" onclick={print}>{ words::PRINT }</button>
                <StartOver act={session.effects.act.clone()} />
            </div>
        </aside>
    }
}

/// Leads to the first open step.
fn next_step(session: &Session) -> Html {
    let session = session.clone();
    watch(&session.clone(), Topic::Figures, move || match session.store.next_step() {
        Some(step) => html! {
            <a class="uc-next" href={format!("#{}", session.step_id(&step.id))}>
                <span class="uc-next__label">{ words::NEXT }</span>
                <span class="uc-next__title">{ inlines(&step.title) }</span>
            </a>
        },
        None if session.store.guide().steps().is_empty() => Html::default(),
        None => html! { <p class="uc-next uc-next--finished">{ words::FINISHED }</p> },
    })
}

#[derive(Clone, PartialEq, Properties)]
struct StartOverProps {
    act: Callback<Action>,
}

/// Asks before it forgets everything.
#[component]
fn StartOver(props: &StartOverProps) -> Html {
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
        props.act.reform(move |_: MouseEvent| {
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
