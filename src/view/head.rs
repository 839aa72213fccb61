//! The top of the page: what this is, for which upgrade, how long it takes.

use std::rc::Rc;

use yew::prelude::*;

use super::block::blocks;
use super::{use_session, words};
use crate::guide::Guide;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct HeadProps {
    pub(super) guide: Rc<Guide>,
    pub(super) guides: Rc<[(String, String)]>,
}

#[component]
pub(super) fn Head(props: &HeadProps) -> Html {
    let session = use_session();
    let guide = &props.guide;
    let steps = guide.steps();
    let minutes = steps.iter().filter_map(|step| step.minutes).sum();
    html! {
        <header class="uc-head">
            <p class="uc-head__eyebrow">{ words::EYEBROW }</p>
            { session.heading(0, "uc-head__title", html! { {guide.title.clone()} }) }
            if !props.guides.is_empty() {
                <nav class="uc-head__guides" aria-label={words::GUIDES}>
                    { for props.guides.iter().map(|(id, title)| {
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
            <div class="uc-head__intro">{ blocks(&guide.intro, 1, &session) }</div>
            if !steps.is_empty() {
                <p class="uc-head__extent">{ words::extent(steps.len(), minutes) }</p>
            }
        </header>
    }
}
