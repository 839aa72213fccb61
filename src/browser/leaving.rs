//! A page that holds what could not be kept: the browser asks its reader before it is closed.

use gloo::events::{EventListener, EventListenerOptions};

/// Has the browser ask, until it is dropped.
pub struct Leaving {
    _listener: EventListener,
}

impl Leaving {
    /// From now on leaving the page is a question.
    pub fn ask() -> Option<Self> {
        let window = web_sys::window()?;
        let options = EventListenerOptions::enable_prevent_default();
        let ask = EventListener::new_with_options(&window, "beforeunload", options, |event| {
            event.prevent_default()
        });
        Some(Self { _listener: ask })
    }
}
