//! The browser's `localStorage`, as an [`Area`] that a run is kept in.

use crate::saved::{Area, Fault};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

/// What the browser keeps for this site until the reader deletes it.
pub struct LocalStorage;

impl Area for LocalStorage {
    fn get(&self, key: &str) -> Result<Option<String>, Fault> {
        area()?.get_item(key).map_err(fault)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Fault> {
        area()?.set_item(key, text).map_err(fault)
    }
}

/// The storage itself. It is asked for each time, as a reader may forbid it at any time.
fn area() -> Result<Storage, Fault> {
    let storage = web_sys::window().and_then(|window| window.local_storage().ok()?);
    storage.ok_or(Fault::Forbidden)
}

fn fault(error: JsValue) -> Fault {
    match error.dyn_ref::<DomException>() {
        Some(exception) if exception.name() == "QuotaExceededError" => Fault::Full,
        _ => Fault::Forbidden,
    }
}
