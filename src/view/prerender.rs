//! A checklist as HTML, drawn without a browser.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use yew::LocalServerRenderer;

use super::{Checklist, ChecklistProps};

/// The checklist as its reader first sees it.
pub fn prerender(props: ChecklistProps) -> String {
    let renderer = LocalServerRenderer::<Checklist>::with_props(props).hydratable(false);
    now(renderer.render())
}

/// What a future gives that waits for nothing, as drawing does.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}
