//! The browser's storage, as an [`Area`] that a run is kept in.

use crate::saved::{Area, DEFAULT_RUN, Fault};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage, StorageEvent};

thread_local! {
    /// What the reader of this page said about single keys.
    static KEYS_WANTED: Cell<Option<bool>> = const { Cell::new(None) };
}

/// Which storage keeps a run, and so how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrowserStorage {
    /// `localStorage`: until the reader deletes it.
    Local,
    /// `sessionStorage`: until the tab is closed.
    Session,
    /// None: as long as the element lives.
    None,
}

impl Area for BrowserStorage {
    fn get(&self, key: &str) -> Result<Option<String>, Fault> {
        match self.area()? {
            Some(area) => area.get_item(key).map_err(fault),
            None => Ok(None),
        }
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Fault> {
        match self.area()? {
            Some(area) => area.set_item(key, text).map_err(fault),
            None => Ok(()),
        }
    }

    fn remove(&self, key: &str) -> Result<(), Fault> {
        match self.area()? {
            Some(area) => area.remove_item(key).map_err(fault),
            None => Ok(()),
        }
    }

    fn keys(&self) -> Result<Vec<String>, Fault> {
        let Some(area) = self.area()? else { return Ok(Vec::new()) };
        let length = area.length().map_err(fault)?;
        // A key that another tab removes meanwhile is none.
        Ok((0..length).filter_map(|index| area.key(index).ok()?).collect())
    }

    fn keeps(&self) -> bool {
        *self != Self::None
    }
}

impl BrowserStorage {
    /// Which run a guide was last opened with: in this tab, or else in any. It is this tab's from
    /// now on, whichever another tab opens.
    pub fn last_run(self, guide: &str) -> String {
        let key = last_run_key(guide);
        let areas = self.remembering();
        let last = areas.iter().find_map(|area| area.get(&key).ok()?);
        let last = last.unwrap_or_else(|| DEFAULT_RUN.to_owned());
        let _ = areas.first().map(|tab| tab.set(&key, &last));
        last
    }

    /// Remembers it. A browser that refuses costs a press at the next visit.
    pub fn remember_run(self, guide: &str, run: &str) {
        let key = last_run_key(guide);
        for area in self.remembering() {
            let _ = area.set(&key, run);
        }
    }

    /// Whether the reader lets single keys go through checklists: unless they said no, in this page
    /// or, where they said nothing in it, before.
    pub fn keys_wanted(self) -> bool {
        let is_silent = |area: Self| area.get(KEYS).ok().flatten().is_none();
        KEYS_WANTED.get().unwrap_or_else(|| self.remembering().into_iter().all(is_silent))
    }

    /// Remembers it. What a browser refuses to keep holds for this page.
    pub fn remember_keys(self, wanted: bool) {
        KEYS_WANTED.set(Some(wanted));
        for area in self.remembering() {
            let _ = if wanted { area.remove(KEYS) } else { area.set(KEYS, "off") };
        }
    }

    /// Whether what happened is about this storage, and not about the other one of the page.
    pub fn is_of(self, event: &StorageEvent) -> bool {
        matches!((self.area(), event.storage_area()), (Ok(Some(own)), Some(area)) if own == area)
    }

    /// Where the last run is remembered, the tab first: never longer than the runs themselves are kept.
    fn remembering(self) -> Vec<Self> {
        match self {
            Self::Local => vec![Self::Session, Self::Local],
            Self::Session => vec![Self::Session],
            Self::None => Vec::new(),
        }
    }

    /// The storage itself. It is asked for each time, as a reader may forbid it at any time.
    fn area(self) -> Result<Option<Storage>, Fault> {
        let window = web_sys::window().ok_or(Fault::Forbidden)?;
        let storage = match self {
            Self::Local => window.local_storage(),
            Self::Session => window.session_storage(),
            Self::None => return Ok(None),
        };
        storage.ok().flatten().ok_or(Fault::Forbidden).map(Some)
    }
}

/// Holds "off" where the reader wants no single keys.
const KEYS: &str = "upgrade-checklist:keys";

/// Beside the keys of the runs, and no key of a run: its second part is another.
fn last_run_key(guide: &str) -> String {
    ["upgrade-checklist:last-run:", guide].concat()
}

fn fault(error: JsValue) -> Fault {
    match error.dyn_ref::<DomException>() {
        Some(exception) if exception.name() == "QuotaExceededError" => Fault::Full,
        _ => Fault::Forbidden,
    }
}
