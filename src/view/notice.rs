//! What the reader is told about the checklist itself: that it cannot be kept, that it was
//! changed elsewhere.

use yew::prelude::*;

use super::watch::watch;
use super::{Session, Topic, Wish};

/// A message to the reader, one of a kind at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// What it is about: a newer notice of the same kind takes its place.
    pub kind: &'static str,
    /// One or two plain sentences: what happened, what it means, what to do.
    pub text: String,
    /// Whether something is at risk; the others are only good to know.
    pub urgent: bool,
    /// What the reader can do about it, and what that is called.
    pub remedy: Option<(&'static str, Wish)>,
}

/// Every notice, the urgent ones announced at once.
pub(super) fn notices(session: &Session) -> Html {
    let session = session.clone();
    watch(&session.clone(), Topic::Notices, move || {
        html! {
            <div class="uc-notices" id={session.own_id("told")} tabindex="-1" aria-live="polite">
                { for session.store.notices().into_iter().map(|notice| one(notice, &session)) }
            </div>
        }
    })
}

fn one(notice: Notice, session: &Session) -> Html {
    let Notice { kind, text, urgent, remedy } = notice;
    let (store, focus, told) = (session.store.clone(), session.effects.focus.clone(), session.own_id("told"));
    // A button that goes away with its press hands the focus to where it stood.
    let dismiss = Callback::from(move |_: MouseEvent| {
        focus.emit(told.clone());
        store.notify(kind, None);
    });
    html! {
        <div key={kind} class="uc-notice" part="notice" data-urgent={urgent.to_string()} role={urgent.then_some("alert")}>
            <p>{ text }</p>
            if let Some((label, wish)) = remedy {
                <button type="button" class="uc-button" onclick={session.wishing(wish)}>{ label }</button>
            }
            <button type="button" class="uc-button" onclick={dismiss}>{ session.words.dismiss }</button>
        </div>
    }
}
