//! Where the people sign who did the upgrade. Only paper shows it.

use yew::prelude::*;

use super::{Session, words};
use crate::guide::Guide;

/// The block to sign.
pub(super) fn signoff(guide: &Guide, session: &Session) -> Html {
    html! {
        <section class="uc-signoff" aria-hidden="true">
            { session.heading(1, "uc-signoff__title", html! { {words::SIGN_OFF} }) }
            <p>{ guide.title.clone() }</p>
            <dl>
                { for [words::NAME, words::DATE, words::SIGNATURE].map(|field| html! {
                    <div><dt>{ field }</dt><dd></dd></div>
                }) }
            </dl>
        </section>
    }
}
