//! A small picture of the whole upgrade: a segment for each step, in the colour and the shape
//! of how it stands.

use std::rc::Rc;

use yew::prelude::*;

use super::watch::watch;
use super::{Session, Topic};
use crate::guide::Guide;

/// How many segments a picture can have. In a longer guide each stands for several steps.
const MOST_SEGMENTS: usize = 120;

/// The picture, with its words for who cannot see it.
pub(super) fn glance(guide: &Rc<Guide>, session: &Session) -> Html {
    let (guide, store, words) = (guide.clone(), session.store.clone(), session.words);
    watch(session, Topic::Figures, move || {
        let figures = store.all_figures();
        if figures.total == 0 || store.is_too_long_to_recount() {
            return Html::default();
        }
        let label = [words.glance, ": ", &(words.figures)(figures)].concat();
        let each = figures.total.div_ceil(MOST_SEGMENTS);
        html! {
            <div class="uc-glance" role="img" aria-label={label}>
                { for guide.phases.iter().map(|phase| html! {
                    <span class="uc-glance__phase">
                        { for phase.steps().chunks(each).map(|steps| {
                            // The first that is open shows, or else the last.
                            let mut states = steps.iter().map(|step| store.state_of(step));
                            let last = states.next_back().unwrap_or_default();
                            let state = states.find(|state| state.is_open()).unwrap_or(last);
                            html! { <i data-stands={state.as_str()} /> }
                        }) }
                    </span>
                }) }
            </div>
        }
    })
}
