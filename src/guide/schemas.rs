//! The checklist's own tags, as schemas beside those of the docs site.
/// x
pub fn schemas() {}
