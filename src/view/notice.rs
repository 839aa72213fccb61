//! What the reader is told about the checklist itself: that it cannot be kept, that it was
//! changed elsewhere.

use yew::prelude::*;

use super::store::use_topic;
use super::{Topic, use_session, words};

/// A message to the reader, one of a kind at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it is about: a newer notice of the same kind takes its place.
    pub kind: &'static str,
    /// One or two plain sentences: what happened, what it means, what to do.
    pub text: String,
    /// Whether something is at risk; the others are only good to know.
    pub urgent: bool,
}

/// Every notice, the urgent ones announced at once.
#[component]
pub(super) fn Notices() -> Html {
    let session = use_session();
    use_topic(&session.store, Topic::Notices);
    let notices = session.store.notices();
    html! {
        <div class="uc-notices" aria-live="polite">
            { for notices.into_iter().map(|notice| {
                let store = session.store.clone();
                let kind = notice.kind;
                let dismiss = Callback::from(move |_: MouseEvent| store.notify(kind, None));
                html! {
                    <div key={kind} class="uc-notice" data-urgent={notice.urgent.to_string()} role={notice.urgent.then_some("alert")}>
                        <p>{ notice.text }</p>
                        <button type="button" class="uc-button" onclick={dismiss}>{ words::DISMISS }</button>
                    </div>
                }
            }) }
        </div>
    }
}
