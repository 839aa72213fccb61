//! What makes a tick doubtful: the step is another now, or too old, or what it needs is open.
//! The reader is told, and decides; nobody is locked out.

use std::rc::Rc;

use yew::prelude::*;

use super::inline::inlines;
use super::watch::watch;
use super::{Session, Standing, Topic};
use crate::guide::{Change, Piece, Step, difference};
use crate::progress::{Lack, Mark, Seen};

/// How many changed passages are shown; of the others only the number is said.
const MOST_LISTED: usize = 5;

/// How much is shown of what stands beside a change.
const CONTEXT: usize = 60;

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
            if record.is_of_other_text(&step.fingerprint, || step.hashes()) {
                <div>
                    <p>{ session.words.changed }</p>
                    { changes(step, &record.decision.value.seen, session) }
                </div>
            } else {
                <p>{ (session.words.marked_for)(mark, marked_for) }</p>
            }
            <button type="button" class="uc-button" onclick={decide(mark)}>{ (session.words.still)(mark) }</button>
            <button type="button" class="uc-button" onclick={decide(None)}>{ session.words.reopen }</button>
        </div>
    }
}

/// What became of the passages that are others now, where it is known what they were.
fn changes(step: &Step, seen: &Seen, session: &Session) -> Html {
    if seen.passages.is_empty() {
        return Html::default();
    }
    let (changes, unknown) = step.changed_since(&seen.passages, &seen.texts);
    if changes.is_empty() && unknown == 0 {
        return Html::default();
    }
    html! {
        <ul class="uc-changes">
            { for changes.iter().take(MOST_LISTED).map(|each| change(each, session)) }
            if changes.len() > MOST_LISTED {
                <li>{ (session.words.more)(changes.len() - MOST_LISTED) }</li>
            }
            if unknown > 0 {
                <li>{ (session.words.gone)(unknown) }</li>
            }
        </ul>
    }
}

/// What a passage said and what it says, word by word.
fn change(change: &Change, session: &Session) -> Html {
    let Change { former, present } = change;
    let label = (session.words.change)(former, present);
    html! {
        <li><span class="uc-changes__kind">{ label }</span>{ " " }{ for difference(former, present).iter().map(piece) }</li>
    }
}

fn piece(piece: &Piece) -> Html {
    match piece {
        Piece::Same(text) => html! { {between_changes(text)} },
        Piece::Gone(text) => html! { <del>{ text.clone() }</del> },
        Piece::New(text) => html! { <ins>{ text.clone() }</ins> },
    }
}

/// As much of a text that did not change as shows where the changes stand.
fn between_changes(text: &str) -> String {
    if text.len() <= 3 * CONTEXT {
        return text.to_owned();
    }
    let before = text.get(..text.floor_char_boundary(CONTEXT)).unwrap_or_default();
    let after = text.get(text.ceil_char_boundary(text.len() - CONTEXT)..).unwrap_or_default();
    [before, " … ", after].concat()
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
    let href = ["#", &session.step_id(&step.id)].concat();
    html! { <a {href} lang={session.lang.clone()}>{ inlines(&step.title) }</a> }
}

fn lack_name(lack: Lack) -> &'static str {
    match lack {
        Lack::Open => "open",
        Lack::Stale => "stale",
        Lack::Waived => "waived",
        Lack::Disproved => "disproved",
        Lack::Failed => "failed",
    }
}
