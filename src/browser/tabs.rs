//! Other tabs of the same site: what they store is heard here.

use super::storage::BrowserStorage;
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{StorageEvent, Window};

/// Listens until it is dropped.
pub struct Tabs {
    _listeners: [EventListener; 2],
}

impl Tabs {
    /// Calls `heard` with the text that another tab put into `storage` under `key`, or with `None`
    /// where the store should be looked at again: something was removed, or this page comes back
    /// from where it heard nothing.
    ///
    /// `others` is called where another run of the same guide was touched, of which there may
    /// be one more or less, or may have been while this page heard nothing.
    pub fn listen(
        window: &Window,
        storage: BrowserStorage,
        key: String,
        heard: impl Fn(Option<String>) + Clone + 'static,
        others: impl Fn() + Clone + 'static,
    ) -> Self {
        let (back, others_back) = (heard.clone(), others.clone());
        let stored = EventListener::new(window, "storage", move |event| {
            let Some(event) = event.dyn_ref::<StorageEvent>().filter(|event| storage.is_of(event)) else {
                return;
            };
            let of_guide = key.trim_end_matches(|letter| letter != ':');
            match event.key() {
                Some(changed) if changed == key => heard(event.new_value()),
                Some(changed) if changed.starts_with(of_guide) => others(),
                Some(_) => {}
                // All of the storage was emptied.
                None => {
                    heard(None);
                    others();
                }
            }
        });
        // Also fires when the reader goes back to a page that the browser had frozen.
        let shown = EventListener::new(window, "pageshow", move |_| {
            back(None);
            others_back();
        });
        Self { _listeners: [stored, shown] }
    }
}
