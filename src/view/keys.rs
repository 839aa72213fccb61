//! Keys that go through the checklist: the list of them, and what each does. They can be
//! switched off, as whoever speaks to their computer may press one by accident.

use std::rc::Rc;

use yew::prelude::*;

use super::watch::watch;
use super::{Session, Store, Topic};
use crate::guide::Step;
use crate::progress::{Mark, StepState};
use crate::state::Action;
use crate::words::Words;

/// What a key does.
#[derive(Clone, Debug, PartialEq)]
pub enum Pressed {
    /// Goes to the element of the checklist with this id.
    Goes(String),
    /// Does this, and goes there.
    Does(Action, String),
}

/// What pressing a key does while the keyboard is in the step of this DOM id, if in any.
pub fn press(store: &Store, prefix: &str, key: &str, place: Option<&str>) -> Option<Pressed> {
    if !store.has_keys() {
        return None;
    }
    let id_of = |step: &Step| super::dom_id(prefix, "step", &step.id);
    let box_of = |step: &Rc<Step>| super::dom_id(prefix, "box", &step.id).to_string();
    let guide = store.guide();
    let mut steps = guide.steps();
    steps.retain(|step| store.shows(&step.id));
    let here = steps.iter().position(|step| place == Some(&*id_of(step)));
    let at = |index: Option<usize>| index.and_then(|index| steps.get(index)).copied();
    let does = |step: &Rc<Step>, mark: Option<Mark>| {
        let action = Action::Mark { step: step.id.as_str().into(), mark, seen: store.seen(step) };
        Pressed::Does(action, box_of(step))
    };
    match key {
        "n" => {
            // Where the rail leads to; from there to what else is left, and around.
            let led = store.failure().map(|(_, done)| done).or_else(|| store.next_step());
            let is_led = |step: &Step| led.as_ref().is_some_and(|led| led.id == step.id);
            steps.retain(|step| is_led(step) || store.is_left(step));
            let here = steps.iter().position(|step| place == Some(&*id_of(step)));
            let next = match here {
                Some(here) => steps.get(here + 1),
                None => steps.iter().find(|step| is_led(step)),
            };
            next.or(steps.first()).map(|step| Pressed::Goes(box_of(step)))
        }
        "j" => at(Some(here.map_or(0, |here| here + 1))).map(|step| Pressed::Goes(box_of(step))),
        "k" => at(here?.checked_sub(1)).map(|step| Pressed::Goes(box_of(step))),
        "x" => {
            at(here).map(|step| does(step, (store.state_of(step) != StepState::Done).then_some(Mark::Done)))
        }
        "c" => at(here).filter(|step| store.is_undecided(step)).map(|step| does(step, Some(Mark::Ours))),
        "d" => at(here).map(|step| does(step, Some(Mark::NotApplicable))),
        "/" => Some(Pressed::Goes([prefix, "-search"].concat())),
        "?" => Some(Pressed::Goes([prefix, "-keys"].concat())),
        _ => None,
    }
}

fn keys(words: &Words) -> [(&'static str, &'static str); 8] {
    [
        ("n", words.key_next_open),
        ("j", words.key_next),
        ("k", words.key_previous),
        ("x", words.key_done),
        ("c", words.ours),
        ("d", words.not_applicable),
        ("/", words.search),
        ("?", words.keys),
    ]
}

/// The list, with its switch.
pub(super) fn panel(session: &Session) -> Html {
    let session = session.clone();
    watch(&session.clone(), Topic::Keys, move || {
        let words = session.words;
        let on = session.store.has_keys();
        let is_ticked = session.effects.is_ticked.clone();
        let switch = session.effects.use_keys.reform(move |event| is_ticked.emit(event));
        html! {
            <details class="uc-keys" name="uc-rail">
                <summary class="uc-button" id={session.own_id("keys")}>{ words.keys }</summary>
                <label><input type="checkbox" checked={on} onchange={switch} />{ " " }{ words.keys_on }</label>
                <dl>
                    { for keys(words).map(|(key, does)| html! {
                        <div><dt><kbd>{ key }</kbd></dt><dd>{ does }</dd></div>
                    }) }
                </dl>
            </details>
        }
    })
}
