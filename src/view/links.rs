//! Links on paper: a number where each stands, and the addresses at the end. Only paper shows
//! them.

use yew::prelude::*;

use super::Session;

/// The number of an address, if it leads out of the guide.
pub(super) fn number(address: &str, session: &Session) -> Html {
    match session.links.iter().position(|known| known == address) {
        Some(place) => html! { <sup class="uc-footnote" aria-hidden="true">{ place + 1 }</sup> },
        None => Html::default(),
    }
}

/// Every address, by its number.
pub(super) fn list(session: &Session) -> Html {
    if session.links.is_empty() {
        return Html::default();
    }
    html! {
        <section class="uc-links" aria-hidden="true">
            { session.heading(1, "uc-links__title", html! { {session.words.links} }) }
            <ol>{ for session.links.iter().map(|address| html! { <li>{ address.clone() }</li> }) }</ol>
        </section>
    }
}
