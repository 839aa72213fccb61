//! What a page is called that is ours: by the run that it shows, so that its tabs can be told
//! apart.

use super::run::Run;
use crate::saved::DEFAULT_RUN;
use crate::view::{Subscription, Topic};
use std::cell::RefCell;
use std::rc::Rc;
use yew::Callback;

thread_local! {
    /// What the page was called by itself, and what it was called then.
    static CALLED: RefCell<[String; 2]> = RefCell::default();
}

/// As long as it lives, the page is called by a run.
pub struct Title {
    _renamed: Subscription,
}

impl Title {
    /// Calls the page by this run of this guide; by the first, as it is called by itself.
    pub fn keep(run: &Rc<Run>, guide: &str) -> Self {
        let (shown, guide) = (run.clone(), guide.to_owned());
        let renamed = Callback::from(move |()| match shown.store.run_name() {
            name if name.is_empty() || name == DEFAULT_RUN => call(None),
            name => call(Some([&name, " – ", &guide].concat())),
        });
        renamed.emit(());
        Self { _renamed: run.store.subscribe(Topic::Runs, renamed) }
    }
}

impl Drop for Title {
    fn drop(&mut self) {
        call(None);
    }
}

fn call(title: Option<String>) {
    let Some(page) = web_sys::window().and_then(|window| window.document()) else { return };
    let before = page.title();
    CALLED.with_borrow_mut(|[own, called]| {
        // Somebody else may have called it otherwise.
        if *called != before {
            own.clone_from(&before);
        }
        *called = title.unwrap_or_else(|| own.clone());
        if *called != before {
            page.set_title(called);
        }
    });
}
