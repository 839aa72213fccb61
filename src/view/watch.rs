//! Redraws just what depends on one topic of the store, or on none.

use std::rc::Rc;

use yew::prelude::*;

use super::{Session, Store, Topic};

/// A part of the checklist that is drawn again whenever `topic` changes, and for nothing
/// else. One component serves all such parts, as each component costs the bundle some KB.
pub(super) fn watch(session: &Session, topic: Topic, draw: impl Fn() -> Html + 'static) -> Html {
    let draw = Callback::from(move |()| draw());
    html! { <Watch store={session.store.clone()} {topic} {draw} /> }
}

/// A part that is drawn again only when `draw` is another callback, whatever is drawn around it.
pub(super) fn steady(session: &Session, draw: Callback<(), Html>) -> Html {
    html! { <Watch store={session.store.clone()} {draw} /> }
}

/// A part that the screen does not show, and so is drawn when there is time for that.
pub(super) fn later(session: &Session, draw: impl Fn() -> Html + 'static) -> Html {
    let draw = Callback::from(move |()| draw());
    html! { <Watch store={session.store.clone()} later={session.effects.later.clone()} {draw} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct WatchProps {
    store: Rc<Store>,
    #[prop_or_default]
    topic: Option<Topic>,
    #[prop_or_default]
    later: Option<Callback<Callback<()>>>,
    draw: Callback<(), Html>,
}

#[component]
fn Watch(props: &WatchProps) -> Html {
    use_topic(&props.store, props.topic.clone());
    if use_due(&props.later) { props.draw.emit(()) } else { Html::default() }
}

/// Whether there was time to draw what can wait, for which this asks once.
#[hook]
pub(super) fn use_due(later: &Option<Callback<Callback<()>>>) -> bool {
    let is_due = use_state_eq(|| later.is_none());
    // While it is drawn, and not after that, so that whoever prints the page then gets all of it.
    let is_asked_for = use_mut_ref(bool::default);
    if let Some(later) = later
        && !is_asked_for.replace(true)
    {
        let is_due = is_due.setter();
        later.emit(Callback::from(move |()| is_due.set(true)));
    }
    *is_due
}

/// Draws the component again whenever a topic changes, if it depends on one.
#[hook]
pub(super) fn use_topic(store: &Rc<Store>, topic: impl Into<Option<Topic>>) {
    let update = use_force_update();
    let drawn = store.generation();
    use_effect_with((store.clone(), topic.into()), move |(store, topic)| {
        let subscription = topic.as_ref().map(|topic| {
            let again = update.clone();
            store.subscribe(topic.clone(), Callback::from(move |()| again.force_update()))
        });
        // What changed between drawing and subscribing was not heard.
        if subscription.is_some() && store.generation() != drawn {
            update.force_update();
        }
        move || drop(subscription)
    });
}
