//! The time, as the reader's computer tells it.

use crate::progress::Timestamp;

/// Now.
pub fn now() -> Timestamp {
    // A clock before 1970 counts as 1970: a negative number becomes 0.
    Timestamp(js_sys::Date::now() as u64)
}
