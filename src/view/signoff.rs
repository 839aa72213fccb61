//! Where the people sign who did the upgrade. Only paper shows it.

use std::rc::Rc;

use yew::prelude::*;

use super::{use_session, words};
use crate::guide::Guide;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct SignOffProps {
    pub(super) guide: Rc<Guide>,
}

#[component]
pub(super) fn SignOff(props: &SignOffProps) -> Html {
    let session = use_session();
    html! {
        <section class="uc-signoff" aria-hidden="true">
            { session.heading(1, "uc-signoff__title", html! { {words::SIGN_OFF} }) }
            <p>{ props.guide.title.clone() }</p>
            <dl>
                { for [words::NAME, words::DATE, words::SIGNATURE].map(|field| html! {
                    <div><dt>{ field }</dt><dd></dd></div>
                }) }
            </dl>
        </section>
    }
}
