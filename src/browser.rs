//! The rim, the only place that knows a browser: the encoded guides go in, and checklists
//! stand in the page.
//!
//! Start with [`start`], then `app` (what a mount shows) and `run` (how it is kept). Each
//! other module is one thing that a browser can do. A browser that refuses is ordinary here:
//! nothing panics, and the reader is told where it matters.

mod address;
mod app;
mod clipboard;
mod clock;
mod download;
mod fields;
mod file;
mod mount;
mod print;
mod run;
mod storage;
mod tabs;
mod time;

use crate::guide::bundle::Bundle;
use mount::Mount;
use std::rc::Rc;

/// Draws a checklist in every place of the page that asks for one. `bundle` is what the
/// command `compile` wrote.
pub fn start(bundle: &[u8]) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let mounts = Mount::all(&document);
    if mounts.is_empty() {
        let sentence =
            "Upgrade Checklist: this page has no element with the id upgrade-checklist or with data-guide.";
        web_sys::console::error_1(&sentence.into());
    }
    match Bundle::decode(bundle) {
        Ok(bundle) => {
            let bundle = Rc::new(bundle);
            mounts.into_iter().for_each(|mount| app::App::start(bundle.clone(), mount));
        }
        Err(_) => mounts.iter().for_each(|mount| {
            mount.explain(
                "The checklist of this page was damaged on its way here. Please load the page again.",
            );
        }),
    }
}
