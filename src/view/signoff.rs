//! Where the people sign who did the upgrade. Only paper shows it.

use yew::prelude::*;

use super::Session;
use crate::guide::Guide;

/// The block to sign.
pub(super) fn signoff(guide: &Guide, session: &Session) -> Html {
    html! {
        <section class="uc-signoff" aria-hidden="true">
            { session.heading(1, "uc-signoff__title", html! { {session.words.sign_off} }) }
            <p lang={session.lang.clone()}>{ guide.title.clone() }</p>
            <dl>
                { for [session.words.name, session.words.date, session.words.signature].map(|field| html! {
                    <div><dt>{ field }</dt><dd></dd></div>
                }) }
            </dl>
        </section>
    }
}
