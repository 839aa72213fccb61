//! Who is told when which part of the [`Store`](super::Store) changes: a tick redraws its step and
//! the counters, in a guide of ten steps or ten thousand.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use yew::{AttrValue, Callback};

use crate::progress::StepId;

/// A part of the store that a component can depend on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// What is known of one step.
    Step(StepId),
    /// How many steps are done.
    Figures,
    /// How many are done of the phase in this place.
    Phase(usize),
    /// What is known of steps in general, where much of it may be new, as after a merge.
    Records,
    /// Whether single keys go through the checklist.
    Keys,
    /// Which steps the reader wants to see.
    Filter,
    /// The guide, which changes with the reader's environment.
    Guide,
    /// What the reader's last answer did.
    Effect,
    /// Whether the code of this snippet was copied last.
    Copied(AttrValue),
    /// What the reader is told.
    Notices,
    /// The runs of the guide, and what this one is called.
    Runs,
    /// What is offered from elsewhere, and what it would change.
    Offer,
}

/// Those who want to know, by what.
#[derive(Default)]
pub(super) struct Topics {
    listeners: RefCell<HashMap<Topic, Vec<Listener>>>,
    last_listener: Cell<u32>,
    generation: Cell<u32>,
}

/// Whom to call, with a number to take the call back by.
type Listener = (u32, Callback<()>);

impl Topics {
    /// Counts the changes so far.
    pub(super) fn generation(&self) -> u32 {
        self.generation.get()
    }

    /// Calls `listener` on every change of a topic until what is returned is dropped.
    pub(super) fn subscribe(self: &Rc<Self>, topic: Topic, listener: Callback<()>) -> Subscription {
        let number = self.last_listener.get().wrapping_add(1);
        self.last_listener.set(number);
        self.listeners.borrow_mut().entry(topic.clone()).or_default().push((number, listener));
        Subscription { topics: self.clone(), topic, number }
    }

    /// Those of these topics that somebody listens to.
    pub(super) fn listened_to(&self, is_meant: impl Fn(&Topic) -> bool) -> Vec<Topic> {
        self.listeners.borrow().keys().filter(|topic| is_meant(topic)).cloned().collect()
    }

    /// Calls those who listen to these topics.
    pub(super) fn tell(&self, topics: &[Topic]) {
        self.generation.set(self.generation.get().wrapping_add(1));
        for topic in topics {
            // Listeners are copied out, as one that is called may subscribe or leave.
            let listeners = self.listeners.borrow().get(topic).cloned().unwrap_or_default();
            for (_, listener) in listeners {
                listener.emit(());
            }
        }
    }
}

/// Ends a subscription when it is dropped.
pub struct Subscription {
    topics: Rc<Topics>,
    topic: Topic,
    number: u32,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut listeners = self.topics.listeners.borrow_mut();
        if let Some(of_topic) = listeners.get_mut(&self.topic) {
            of_topic.retain(|(number, _)| *number != self.number);
            if of_topic.is_empty() {
                listeners.remove(&self.topic);
            }
        }
    }
}
