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

    fn remove(&self, key: &str) -> Result<(), Fault> {
        area()?.remove_item(key).map_err(fault)
    }

    fn keys(&self) -> Result<Vec<String>, Fault> {
        let area = area()?;
        let length = area.length().map_err(fault)?;
        // A key that another tab removes meanwhile is none.
        Ok((0..length).filter_map(|index| area.key(index).ok()?).collect())
    }
}

/// Which run a guide was last opened with: in this tab, or else in any.
pub fn last_run(guide: &str) -> Option<String> {
    let key = last_run_key(guide);
    let of = |area: Option<Storage>| area?.get_item(&key).ok()?;
    of(session()).or_else(|| of(area().ok()))
}

/// Remembers it. A browser that refuses costs a press at the next visit.
pub fn remember_run(guide: &str, run: &str) {
    let key = last_run_key(guide);
    for area in [session(), area().ok()].into_iter().flatten() {
        let _ = area.set_item(&key, run);
    }
}

/// Beside the keys of the runs, and no key of a run: its second part is another.
fn last_run_key(guide: &str) -> String {
    ["upgrade-checklist:last-run:", guide].concat()
}

fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
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
