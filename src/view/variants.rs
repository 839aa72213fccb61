//! The cases of what is not the same for every reader, each with whom it is for.

use yew::prelude::*;

use super::Session;
use super::block::blocks;
use super::code::Medium;
use super::watch::use_due;
use crate::guide::{Block, Labelled};

/// As many cases as stand open beside each other; more are folded, each to its label.
const MOST_OPEN: usize = 2;

/// The cases. `depth` is how far below the checklist's title their headings stand.
pub(super) fn variants(cases: &[Labelled<Vec<Block>>], depth: u8, session: &Session) -> Html {
    let is_folded = cases.len() > MOST_OPEN;
    let case = |case: &Labelled<Vec<Block>>| {
        let label = case.label.clone();
        if is_folded && session.medium == Medium::Screen {
            let (body, inside) = (case.value.clone(), session.clone());
            let draw =
                Callback::from(move |medium| blocks(&body, depth, &Session { medium, ..inside.clone() }));
            let later = session.effects.later.clone();
            html! { <Folded {label} {later} {draw} /> }
        } else {
            html! {
                <details class="uc-variant" open={!is_folded}>
                    <summary>{ label }</summary>
                    <div class="uc-variant__body">{ blocks(&case.value, depth, session) }</div>
                </details>
            }
        }
    };
    html! { <div class="uc-variants">{ for cases.iter().map(case) }</div> }
}

#[derive(Clone, PartialEq, Properties)]
struct FoldedProps {
    label: String,
    later: Option<Callback<Callback<()>>>,
    draw: Callback<Medium, Html>,
}

/// A case that is folded to its label. Until it is opened for the first time, only paper shows
/// what stands in it, and the browser's own search finds it: it is drawn for these, later.
#[component]
fn Folded(FoldedProps { label, later, draw }: &FoldedProps) -> Html {
    let was_open = use_state_eq(bool::default);
    let is_due = use_due(later);
    let ontoggle = {
        let was_open = was_open.clone();
        Callback::from(move |_: Event| was_open.set(true))
    };
    html! {
        <details class="uc-variant" {ontoggle}>
            <summary>{ label }</summary>
            <div class="uc-variant__body">
                if *was_open {
                    { draw.emit(Medium::Screen) }
                } else if is_due {
                    { draw.emit(Medium::Paper) }
                }
            </div>
        </details>
    }
}
