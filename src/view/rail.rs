//! Beside the document, or above it where there is no room: progress, the phases with
//! their counts, the next open step, and what can be done with the whole.

use std::rc::Rc;

use yew::prelude::*;

use super::inline::inlines;
use super::watch::watch;
use super::{Session, Topic, downloads, keys, progress};
use crate::guide::{Guide, Step};
use crate::render::is_decided;
use crate::state::Action;

/// What stands beside the document.
pub(super) fn rail(guide: &Rc<Guide>, session: &Session) -> Html {
    html! {
        <aside class="uc-rail" part="rail">
            <div class="uc-rail__summary">
                { run(session) }
                { progress::overall(session) }
                { next_step(session) }
            </div>
            if !guide.phases.is_empty() {
                <nav class="uc-rail__phases" aria-label={session.words.phases}>
                    if !guide.inputs.is_empty() {
                        <a href={["#", &session.own_id("environment")].concat()}>{ session.words.environment }</a>
                    }
                    <ol lang={session.lang.clone()}>
                        { for guide.phases.iter().enumerate().map(|(index, phase)| html! {
                            <li key={phase.id.clone()}>
                                <a href={format!("#{}", session.section_id(&phase.id))}>{ inlines(&phase.title) }</a>
                                { progress::of_phase(index, session) }
                            </li>
                        }) }
                    </ol>
                </nav>
            }
            <div class="uc-rail__actions">
                { print(guide, session) }
                { downloads::downloads(guide, session) }
                if !guide.steps().is_empty() {
                    { keys::panel(session) }
                }
                // A page that only reads has nothing to forget.
                if !guide.steps().is_empty() || !guide.inputs.is_empty() {
                    { start_over(session) }
                }
            </div>
        </aside>
    }
}

/// Which run this is, where there are others.
fn run(session: &Session) -> Html {
    let inside = session.clone();
    watch(session, Topic::Runs, move || match inside.store.runs().next() {
        Some(_) => {
            html! { <p class="uc-rail__run">{ inside.words.name_of_run(&inside.store.run_name()) }</p> }
        }
        None => Html::default(),
    })
}

/// Leads to the first open step; where one failed, to what was done last for that.
fn next_step(session: &Session) -> Html {
    let session = session.clone();
    let link = |label, failed: bool, step: &Step, session: &Session| {
        html! {
            <a class="uc-next" data-failed={failed.then_some("")} href={["#", &session.step_id(&step.id)].concat()}>
                <span class="uc-next__label">{ label }</span>
                <span class="uc-next__title" lang={session.lang.clone()}>{ inlines(&step.title) }</span>
            </a>
        }
    };
    watch(&session.clone(), Topic::Figures, move || {
        match (session.store.failure(), session.store.next_step()) {
            (Some((_, done)), _) => link(session.words.failed, true, &done, &session),
            (None, Some(step)) => link(session.words.next, false, &step, &session),
            _ if session.store.guide().steps().is_empty() => Html::default(),
            _ => html! {
                <a class="uc-next uc-next--finished" data-good={session.store.has_proof().to_string()} href={["#", &session.own_id("end")].concat()}>
                    { session.words.finish(session.store.has_proof()) }
                </a>
            },
        }
    })
}

/// Prints; before it prints every case of what is open, it asks.
fn print(guide: &Guide, session: &Session) -> Html {
    let words = session.words;
    let onclick = session.effects.print.reform(|_: MouseEvent| ());
    let button =
        |label: &'static str| html! { <button type="button" class="uc-button" {onclick}>{ label }</button> };
    if is_decided(guide) {
        button(words.print)
    } else {
        asks(words.print, "uc-question", words.print_question, button(words.print_all))
    }
}

/// Asks before it forgets everything.
fn start_over(session: &Session) -> Html {
    let words = session.words;
    let onclick = session.effects.act.reform(|_: MouseEvent| Action::StartOver);
    let yes = html! { <button type="button" class="uc-button uc-button--risky" {onclick}>{ words.start_over_yes }</button> };
    asks(words.start_over, "uc-question uc-question--risky", words.start_over_question, yes)
}

/// What is asked before it is done.
fn asks(label: &'static str, class: &'static str, question: &'static str, yes: Html) -> Html {
    html! {
        <details class="uc-asks" name="uc-rail">
            <summary class="uc-button">{ label }</summary>
            <div {class}>
                <p>{ question }</p>
                { yes }
            </div>
        </details>
    }
}
