//! Where the people sign who did the upgrade. Only paper shows it.

use yew::prelude::*;

use super::{Session, cover};
use crate::guide::Guide;

/// The block to sign.
pub(super) fn signoff(guide: &Guide, session: &Session) -> Html {
    html! {
        <section class="uc-signoff" aria-hidden="true">
            { session.heading(1, "uc-signoff__title", html! { {session.words.sign_off} }) }
            <p><span lang={session.lang.clone()}>{ guide.title.clone() }</span>{ " · " }{ cover::run(session) }</p>
            <p>{ cover::so_far(session) }</p>
            { for [session.words.done_by, session.words.checked_by].map(|who| html! {
                <>
                    <p class="uc-signoff__who">{ who }</p>
                    <dl>
                        { for [session.words.name, session.words.date, session.words.signature].map(|field| html! {
                            <div><dt>{ field }</dt><dd></dd></div>
                        }) }
                    </dl>
                </>
            }) }
        </section>
    }
}
