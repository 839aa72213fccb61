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

#[derive(Clone, PartialEq, Properties)]
struct WatchProps {
    store: Rc<Store>,
    #[prop_or_default]
    topic: Option<Topic>,
    draw: Callback<(), Html>,
}

#[component]
fn Watch(props: &WatchProps) -> Html {
    use_topic(&props.store, props.topic.clone());
    props.draw.emit(())
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
