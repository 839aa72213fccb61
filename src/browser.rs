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
mod fetch;
mod fields;
mod file;
mod mount;
mod print;
mod run;
mod storage;
mod tabs;
mod time;

use crate::environment::Environment;
use crate::guide::{
    self,
    bundle::{Bundle, GuideSource},
};
use mount::Mount;
use std::rc::Rc;
use web_sys::Element;

/// Draws a checklist in every place of the page that asks for one. `bundle` is what the
/// command `compile` wrote, for those that name no other.
pub fn start(bundle: &[u8]) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let mounts = Mount::all(&document);
    if mounts.is_empty() {
        let sentence =
            "Upgrade Checklist: this page has no element with the id upgrade-checklist or with data-guide.";
        web_sys::console::error_1(&sentence.into());
    }
    let shipped = Bundle::decode(bundle).ok().map(Rc::new);
    for mount in mounts.into_iter().filter(|mount| !mount.is_fetched) {
        match mount.guides.clone() {
            None => show(shipped.clone(), mount),
            Some(address) => yew::platform::spawn_local(async move {
                let bytes = fetch::bytes(&address).await.unwrap_or_default();
                show(Bundle::decode(&bytes).ok().map(Rc::new), mount);
            }),
        }
    }
}

/// Draws the pages that a place of the page names in `data-src`. `bundle` is what the parser
/// made of them.
pub fn show_fetched(place: &Element, bundle: &[u8]) {
    let mounts = place.owner_document().map(|document| Mount::all(&document)).unwrap_or_default();
    let Some(mount) = mounts.into_iter().find(|mount| mount.element == *place) else { return };
    let bundle = Bundle::decode(bundle).ok().map(Rc::new);
    let has_steps =
        |guide: &GuideSource| !guide::build(&guide.document, &Environment::default()).steps().is_empty();
    match &bundle {
        Some(bundle) if !bundle.guides().iter().any(has_steps) => {
            mount.explain("There is no step in the page that this checklist is made of.");
        }
        _ => show(bundle, mount),
    }
}

fn show(bundle: Option<Rc<Bundle>>, mount: Mount) {
    match bundle {
        Some(bundle) => app::App::start(bundle, mount),
        None => {
            mount.explain(
                "The checklist of this page was damaged on its way here. Please load the page again.",
            );
        }
    }
}
