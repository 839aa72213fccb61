//! How far the reader is: a bar and its words.

use yew::prelude::*;

use super::watch::watch;
use super::{Session, Topic};

/// The progress of the whole guide. Its words are announced when they change.
pub(super) fn overall(session: &Session) -> Html {
    let (store, words, told) = (session.store.clone(), session.words, session.own_id("told"));
    watch(session, Topic::Figures, move || {
        let figures = store.all_figures();
        if figures.total == 0 {
            return Html::default();
        }
        let label = (words.figures)(figures);
        let left = store.minutes_left();
        html! {
            <div class="uc-progress" part="progress">
                <progress max="100" value={figures.percent().to_string()} aria-label={words.progress} />
                <p class="uc-progress__words" aria-live="polite">
                    <strong>{ (words.percent)(figures.percent()) }</strong>{ " " }{ label }
                    if figures.done > 0 && left > 0 {
                        <span class="uc-progress__left">{ ", " }{ (words.left)(left) }</span>
                    }
                </p>
                // The notice itself may be far away.
                if store.is_unsaved() {
                    <a class="uc-unsaved" href={["#", &told].concat()}>{ words.not_saved }</a>
                }
            </div>
        }
    })
}

/// How many steps of the phase in this place are done.
pub(super) fn of_phase(phase: usize, session: &Session) -> Html {
    let (store, words) = (session.store.clone(), session.words);
    watch(session, Topic::Phase(phase), move || {
        let figures = store.phase_figures(phase);
        if figures.total == 0 {
            return Html::default();
        }
        let is_good = figures
            .finished()
            .then(|| store.guide().phases.get(phase).is_none_or(|phase| store.has_proof_of(phase)));
        let label = match is_good {
            Some(false) => words.finished_without_proof.to_owned(),
            _ => (words.figures)(figures),
        };
        html! {
            <span class="uc-count" role="img" data-good={is_good.map(|good| good.to_string())} aria-label={label}>
                { figures.done }{ "/" }{ figures.applicable() }
            </span>
        }
    })
}
