//! Go or no-go: what is open before a step that cannot be taken back.

use std::rc::Rc;

use yew::prelude::*;

use super::doubt::link;
use super::step::why;
use super::watch::watch;
use super::{Session, Topic};
use crate::guide::Step;
use crate::progress::{Lack, Record, StepState};

/// How many open steps are listed; of the others only the number is said.
const MOST_LISTED: usize = 10;

/// What is open before this step. Going on regardless is the reader's right, and has a
/// reason that is kept.
pub(super) fn gate(step: &Rc<Step>, state: StepState, record: &Record, session: &Session) -> Html {
    let (step, record, inside) = (step.clone(), record.clone(), session.clone());
    watch(session, Topic::Figures, move || {
        let open = inside.store.open_before(&step);
        let reason = !record.reason.value.is_empty();
        // Behind the gate only what was decided there matters.
        if state == StepState::NotApplicable || (state == StepState::Done && open.is_empty() && !reason) {
            return Html::default();
        }
        let go = open.is_empty();
        html! {
            <div class="uc-gate" data-go={go.to_string()} data-reason={reason.to_string()} role="group" aria-label={inside.words.gate}>
                <p class="uc-gate__verdict">
                    <strong>{ (inside.words.go)(go, state) }</strong>{ " " }{ (inside.words.open_before)(open.len()) }
                </p>
                if !go {
                    <ul>
                        { for open.iter().take(MOST_LISTED).map(|(step, lack)| html! {
                            <li key={step.id.clone()}>
                                { link(step, &inside) }
                                if *lack != Lack::Open {
                                    { ", " }{ (inside.words.lack)(*lack) }
                                }
                            </li>
                        }) }
                        if open.len() > MOST_LISTED {
                            <li key="">{ (inside.words.more)(open.len() - MOST_LISTED) }</li>
                        }
                    </ul>
                }
                if !go || reason {
                    { why(inside.words.regardless, &record, &inside) }
                }
            </div>
        }
    })
}
