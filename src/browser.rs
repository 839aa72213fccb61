//! The rim: the only place that knows a browser.

pub mod clipboard;
pub mod clock;
pub mod download;
pub mod print;
pub mod storage;
pub mod tabs;
