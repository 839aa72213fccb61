//! What makes a tick doubtful: the step is another now, or too old, or what it needs is open.
//! The reader is told, and decides; nobody is locked out.

use std::rc::Rc;

use yew::prelude::*;

use super::inline::inlines;
use super::watch::watch;
use super::{Lack, Session, Standing, Topic, words};
use crate::guide::Step;
use crate::progress::Mark;

/// How much of a changed passage is quoted.
const EXCERPT: usize = 90;

/// Why a mark no longer holds, and what the reader can do about it.
pub(super) fn doubt(
    step: &Step,
    standing: &Standing,
    decide: &impl Fn(Option<Mark>) -> Callback<MouseEvent>,
) -> Html {
    let Standing { record, marked_for, .. } = standing;
    let mark = record.mark();
    html! {
        <div class="uc-step__changed" role="status">
            if record.is_of_other_text(&step.fingerprint) {
                <div>
                    <p>{ words::CHANGED }</p>
                    { changes(step, &record.decision.value.seen.passages) }
                </div>
            } else {
                <p>{ words::marked_for(mark, marked_for) }</p>
            }
            <button type="button" class="uc-button" onclick={decide(mark)}>{ words::still(mark) }</button>
            <button type="button" class="uc-button" onclick={decide(None)}>{ words::REOPEN }</button>
        </div>
    }
}

/// The passages that are others now, where it is known what they were.
fn changes(step: &Step, passages: &str) -> Html {
    if passages.is_empty() {
        return Html::default();
    }
    let (new, gone) = step.changed_since(passages);
    if new.is_empty() && gone == 0 {
        return Html::default();
    }
    html! {
        <ul class="uc-changes">
            { for new.iter().map(|passage| html! {
                <li>{ words::NEW_PASSAGE }{ " " }<q>{ excerpt(&passage.text) }</q></li>
            }) }
            if gone > 0 {
                <li>{ words::gone(gone) }</li>
            }
        </ul>
    }
}

fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.len() <= EXCERPT {
        return line;
    }
    let cut = line.get(..line.floor_char_boundary(EXCERPT)).unwrap_or_default();
    [cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole), "…"].concat()
}

/// Asks for a step to be done again that is too old for those that need it.
pub(super) fn renewal(step: &Rc<Step>, renew: Callback<MouseEvent>, session: &Session) -> Html {
    let (step, store) = (step.clone(), session.store.clone());
    watch(session, Topic::Figures, move || {
        if !store.is_to_renew(&step) {
            return Html::default();
        }
        html! {
            <div class="uc-step__changed" role="status">
                <p>{ words::stale(step.stale.unwrap_or_default()) }</p>
                <button type="button" class="uc-button" onclick={renew.clone()}>{ words::RENEW }</button>
            </div>
        }
    })
}

/// The steps to do before this one, and which of them are not good enough.
pub(super) fn needs(step: &Rc<Step>, session: &Session) -> Html {
    if step.needs.is_empty() {
        return Html::default();
    }
    let (step, session) = (step.clone(), session.clone());
    watch(&session.clone(), Topic::Figures, move || {
        let guide = session.store.guide();
        let steps = guide.steps();
        let open = session.store.state_of(&step).is_open();
        let lacks = if open { session.store.lacks(&step) } else { Vec::new() };
        let needed = step.needs.iter().filter_map(|id| steps.iter().find(|step| step.id == *id));
        needed
            .map(|needed| {
                let lack = lacks.iter().find(|(lacking, _)| lacking.id == needed.id).map(|(_, lack)| *lack);
                html! {
                    <span class="uc-step__need" data-lack={lack.map(lack_name)}>
                        { words::AFTER }{ " " }
                        { link(needed, &session) }
                        if let Some(lack) = lack {
                            { ", " }{ words::lack(lack) }
                        }
                    </span>
                }
            })
            .collect()
    })
}

/// Leads to a step.
pub(super) fn link(step: &Step, session: &Session) -> Html {
    html! { <a href={["#", &session.step_id(&step.id)].concat()}>{ inlines(&step.title) }</a> }
}

fn lack_name(lack: Lack) -> &'static str {
    match lack {
        Lack::Open => "open",
        Lack::Stale => "stale",
    }
}
