//! What makes a tick doubtful: the step is another now, or too old, or what it needs is open.
//! The reader is told, and decides; nobody is locked out.

use std::rc::Rc;

use yew::prelude::*;

use super::inline::inlines;
use super::watch::watch;
use super::{Lack, Session, Standing, Topic};
use crate::guide::Step;
use crate::progress::Mark;

/// How many changed passages are quoted; of the others only the number is said.
const MOST_LISTED: usize = 5;

/// How much of a changed passage is quoted.
const EXCERPT: usize = 90;

/// Why a mark no longer holds, and what the reader can do about it.
pub(super) fn doubt(
    step: &Step,
    standing: &Standing,
    decide: &impl Fn(Option<Mark>) -> Callback<MouseEvent>,
    session: &Session,
) -> Html {
    let Standing { record, marked_for, .. } = standing;
    let mark = record.mark();
    html! {
        <div class="uc-step__changed" role="status">
            if record.is_of_other_text(&step.fingerprint) {
                <div>
                    <p>{ session.words.changed }</p>
                    { changes(step, &record.decision.value.seen.passages, session) }
                </div>
            } else {
                <p>{ (session.words.marked_for)(mark, marked_for) }</p>
            }
            <button type="button" class="uc-button" onclick={decide(mark)}>{ (session.words.still)(mark) }</button>
            <button type="button" class="uc-button" onclick={decide(None)}>{ session.words.reopen }</button>
        </div>
    }
}

/// The passages that are others now, where it is known what they were.
fn changes(step: &Step, passages: &str, session: &Session) -> Html {
    if passages.is_empty() {
        return Html::default();
    }
    let (new, gone) = step.changed_since(passages);
    if new.is_empty() && gone == 0 {
        return Html::default();
    }
    html! {
        <ul class="uc-changes">
            { for new.iter().take(MOST_LISTED).map(|passage| html! {
                <li>{ session.words.new_passage }{ " " }<q>{ excerpt(&passage.text) }</q></li>
            }) }
            if new.len() > MOST_LISTED {
                <li>{ (session.words.more)(new.len() - MOST_LISTED) }</li>
            }
            if gone > 0 {
                <li>{ (session.words.gone)(gone) }</li>
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
    let (step, store, words) = (step.clone(), session.store.clone(), session.words);
    watch(session, Topic::Figures, move || {
        if !store.is_to_renew(&step) {
            return Html::default();
        }
        html! {
            <div class="uc-step__changed" role="status">
                <p>{ (words.stale)(step.stale.unwrap_or_default()) }</p>
                <button type="button" class="uc-button" onclick={renew.clone()}>{ words.renew }</button>
            </div>
        }
    })
}

/// The steps to do before this one, and which of them are not good enough. Each is drawn
/// again when it changes itself.
pub(super) fn needs(step: &Step, open: bool, session: &Session) -> Html {
    if step.needs.is_empty() {
        return Html::default();
    }
    let guide = session.store.guide();
    let steps = guide.steps();
    let needed = step.needs.iter().filter_map(|id| steps.iter().find(|step| step.id == *id));
    needed.map(|needed| need((*needed).clone(), open, session.clone())).collect()
}

fn need(needed: Rc<Step>, open: bool, session: Session) -> Html {
    let topic = Topic::Step(needed.id.as_str().into());
    watch(&session.clone(), topic, move || {
        let lack = session.store.lack(&needed).filter(|_| open);
        html! {
            <span class="uc-step__need" data-lack={lack.map(lack_name)}>
                { session.words.after }{ " " }
                { link(&needed, &session) }
                if let Some(lack) = lack {
                    { ", " }{ (session.words.lack)(lack) }
                }
            </span>
        }
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
