//! The browser's storage, as an [`Area`] that a run is kept in.

use crate::saved::{Area, Fault};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

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
}

impl BrowserStorage {
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

fn fault(error: JsValue) -> Fault {
    match error.dyn_ref::<DomException>() {
        Some(exception) if exception.name() == "QuotaExceededError" => Fault::Full,
        _ => Fault::Forbidden,
    }
}
