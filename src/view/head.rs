//! The top of the page: what this is, for which upgrade, how long it takes.

use std::rc::Rc;

use yew::prelude::*;

use super::block::blocks;
use super::glance::glance;
use super::runs;
use super::{ChecklistProps, Session};
use crate::guide::Guide;

/// The top of the page, with the other guides that it has and the runs of this one.
pub(super) fn head(guide: &Rc<Guide>, props: &ChecklistProps, session: &Session) -> Html {
    let ChecklistProps { guides, address, .. } = props;
    let steps = guide.steps();
    let needed: Vec<_> = steps.iter().filter(|step| !step.is_optional()).collect();
    let minutes = needed.iter().filter_map(|step| step.minutes).sum();
    html! {
        <header class="uc-head" part="head">
            <p class="uc-head__eyebrow">{ session.words.eyebrow }</p>
            { session.page_heading(0, "uc-head__title", None, html! { {guide.title.clone()} }) }
            if !guides.is_empty() {
                <nav class="uc-head__guides" aria-label={session.words.guides}>
                    { for guides.iter().map(|(id, title)| {
                        let open = session.effects.open_guide.reform({
                            let id = id.clone();
                            move |_: MouseEvent| id.clone()
                        });
                        html! {
                            <button key={id.clone()} type="button" class="uc-button" onclick={open}>
                                { title.clone() }
                            </button>
                        }
                    }) }
                </nav>
            }
            <div class="uc-head__intro uc-prose" lang={session.lang.clone()}>{ blocks(&guide.intro, 1, session) }</div>
            if !steps.is_empty() {
                { glance(guide, session) }
                <p class="uc-head__extent">{ (session.words.extent)(needed.len(), minutes) }</p>
                { runs::panel(session, address) }
            }
        </header>
    }
}
