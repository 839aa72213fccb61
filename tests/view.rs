//! Components as HTML, without a browser.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::rc::Rc;

use upgrade_checklist::markdoc;
use upgrade_checklist::state::State;
use upgrade_checklist::view::{Checklist, ChecklistProps, Effects, Store};
use yew::LocalServerRenderer;

#[test]
fn scratch() {
    let text = std::fs::read_to_string("content/openmetadata-1.4.0.md").unwrap();
    let (document, _) = markdoc::parse("x", &text);
    let (document, _) =
        markdoc::include(document, &mut |file| std::fs::read_to_string(format!("content/{file}")).ok());
    let store = Rc::new(Store::new(document, State::default()));
    let props = ChecklistProps {
        store,
        effects: Effects::none(),
        prefix: "uc".into(),
        heading_level: 1,
        guides: Rc::from([]),
    };
    let html = block_on(LocalServerRenderer::<Checklist>::with_props(props).hydratable(false).render());
    let css: String = "page tokens base layout head rail environment notice phase step block snippet print"
        .split(' ')
        .map(|n| std::fs::read_to_string(format!("styles/{n}.css")).unwrap())
        .collect();
    std::fs::write("/tmp/view.html", format!("<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><style>{css}</style><body>{html}")).unwrap();
}

/// Runs a future that never waits for anything outside.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}
