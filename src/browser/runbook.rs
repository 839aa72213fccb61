//! A runbook to carry elsewhere: a WebAssembly module of its own writes it, which `runbook.js`
//! fetches when a reader wants one.

use super::events::{answers, object};
use super::run::Run;
use crate::view::RunbookRequest;
use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// The runbook of a run as a text; nothing if the module could not be had. `write` is that of
/// `runbook.js`, and `base` the site that the page's own links lead to.
pub async fn write(
    write: Function,
    bundle: Uint8Array,
    base: Option<String>,
    run: &Run,
    request: &RunbookRequest,
) -> Option<String> {
    let tasks = request.tasks.iter().map(|(step, task)| {
        let [step, remark, note] = [step, &task.remark, &task.note].map(JsValue::from);
        JsValue::from(Array::of5(&step, &task.ticked.into(), &task.struck.into(), &remark, &note))
    });
    let order = [
        ("bundle", bundle.into()),
        ("guide", run.guide.as_str().into()),
        ("base", base.into()),
        ("answers", answers(&run.store.environment())),
        ("tasks", tasks.collect::<Array>().into()),
        ("format", request.format.extension().into()),
    ];
    let order = object(order.iter().map(|(name, value)| (*name, value)));
    let written: Promise = write.call1(&JsValue::NULL, &order).ok()?.dyn_into().ok()?;
    written.await.ok()?.as_string()
}
