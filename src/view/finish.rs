//! The end: what was done, when, and what shows that it was. Drawn once nothing is open.

use std::rc::Rc;

use yew::prelude::*;

use super::inline::inlines;
use super::proof::Proof;
use super::tally::counts;
use super::watch::watch;
use super::{Session, Standing, Topic, Wish};
use crate::guide::{Guide, Step};
use crate::progress::{StepState, Timestamp};

/// What the finished run comes to.
pub(super) fn finish(guide: &Rc<Guide>, session: &Session) -> Html {
    let (guide, session) = (guide.clone(), session.clone());
    watch(&session.clone(), Topic::Figures, move || {
        let figures = session.store.all_figures();
        if !figures.finished() {
            return Html::default();
        }
        let words = session.words;
        let standings = guide.steps().into_iter().map(|step| (step, session.store.standing(step)));
        let standings: Vec<_> = standings.filter(|(step, standing)| counts(step, standing.state)).collect();
        let times = standings.iter().map(|(_, standing)| standing.record.decision.value.clock);
        let proofs = |(step, standing): &(&Rc<Step>, Standing)| -> Vec<bool> {
            let proofs = session.store.proofs(step, &standing.record);
            proofs.iter().map(Proof::is_good).collect()
        };
        let are_good: Vec<bool> = standings.iter().flat_map(proofs).collect();
        let good = are_good.iter().filter(|good| **good).count();
        let when =
            |time: Option<Timestamp>| time.map_or(String::new(), |time| session.effects.time.emit(time));
        let (from, to) = (when(times.clone().min()), when(times.max()));
        let has_proof = session.store.has_proof();
        let title = session.own_id("finish");
        let print = session.effects.print.reform(|_: MouseEvent| ());
        html! {
            <section class="uc-finish" data-good={has_proof.to_string()} id={session.own_id("end")} aria-labelledby={title.clone()}>
                { session.named_heading(1, "uc-finish__title", title, html! { {words.finish(has_proof)} }) }
                <p>{ (words.figures)(figures) }{ ". " }{ (words.outputs)(are_good.len(), good) }</p>
                if !from.is_empty() {
                    <p>{ (words.between)(&from, &to) }</p>
                }
                <p class="uc-finish__actions">
                    <button type="button" class="uc-button" onclick={print}>{ words.print }</button>
                    <button type="button" class="uc-button" onclick={session.wishing(Wish::SaveFile)}>
                        { words.save_file }
                    </button>
                </p>
                <ol class="uc-finish__steps">
                    { for standings.iter().map(|(step, standing)| line(step, standing, &session)) }
                </ol>
            </section>
        }
    })
}

fn line(step: &Step, standing: &Standing, session: &Session) -> Html {
    let Standing { state, record, .. } = standing;
    let time = session.effects.time.emit(record.decision.value.clock);
    let proofs = session.store.proofs(step, record);
    html! {
        <li data-stands={state.as_str()} data-good={proofs.iter().all(Proof::is_good).to_string()}>
            <span lang={session.lang.clone()}>{ inlines(&step.title) }</span>
            <small>
                if *state == StepState::NotApplicable {
                    { (session.words.state)(*state) }{ " " }
                }
                { time }
            </small>
            if !record.reason.value.is_empty() {
                <p>{ session.words.reason }{ ": " }{ record.reason.value.clone() }</p>
            }
            { for proofs.iter().map(|proof| html! {
                <p class={(!proof.is_good()).then_some("uc-verdict")}>
                    <code>{ shortened(&proof.kept.text) }</code>{ " " }{ proof.in_words(session.words) }
                </p>
            }) }
        </li>
    }
}

/// The last line of an output, which is where results stand.
fn shortened(output: &str) -> String {
    let mut lines = output.trim().lines().rev();
    let last = lines.next().unwrap_or_default().trim().to_owned();
    if lines.next().is_some() { ["… ", &last].concat() } else { last }
}
