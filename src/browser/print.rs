//! The browser's own printing.

/// Opens the print dialog. A browser that has none does nothing.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}
