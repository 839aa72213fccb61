//! The time, as the reader's computer tells it.

use crate::progress::Timestamp;
use wasm_bindgen::{JsCast, closure::Closure};

/// A minute, in milliseconds.
const MINUTE: i32 = 60_000;

/// Calls back every minute until it is dropped.
pub struct Minutes {
    number: i32,
    _call: Closure<dyn Fn()>,
}

impl Minutes {
    /// Starts counting.
    pub fn count(call: impl Fn() + 'static) -> Option<Self> {
        let call = Closure::<dyn Fn()>::new(call);
        let window = web_sys::window()?;
        let function = call.as_ref().unchecked_ref();
        let number = window.set_interval_with_callback_and_timeout_and_arguments_0(function, MINUTE).ok()?;
        Some(Self { number, _call: call })
    }
}

impl Drop for Minutes {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_interval_with_handle(self.number);
        }
    }
}

/// Now.
pub fn now() -> Timestamp {
    // A clock before 1970 counts as 1970: a negative number becomes 0.
    Timestamp(js_sys::Date::now() as u64)
}
