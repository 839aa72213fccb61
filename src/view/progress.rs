//! How far the reader is: a bar and its words.

use yew::prelude::*;

use super::watch::watch;
use super::{Session, Topic, words};

/// The progress of the whole guide. Its words are announced when they change.
pub(super) fn overall(session: &Session) -> Html {
    let store = session.store.clone();
    watch(session, Topic::Figures, move || {
        let figures = store.all_figures();
        if figures.total == 0 {
            return Html::default();
        }
        let label = words::figures(figures);
        html! {
            <div class="uc-progress" part="progress">
                <progress max="100" value={figures.percent().to_string()} aria-label={words::PROGRESS} />
                <p class="uc-progress__words" aria-live="polite">
                    <strong>{ figures.percent() }{ "%" }</strong>{ " " }{ label }
                </p>
            </div>
        }
    })
}

/// How many steps of the phase in this place are done.
pub(super) fn of_phase(phase: usize, session: &Session) -> Html {
    let store = session.store.clone();
    watch(session, Topic::Phase(phase), move || {
        let figures = store.phase_figures(phase);
        if figures.total == 0 {
            return Html::default();
        }
        let finished = figures.finished().to_string();
        html! {
            <span class="uc-count" data-finished={finished} title={words::figures(figures)}>
                { figures.done }{ "/" }{ figures.applicable() }
            </span>
        }
    })
}
