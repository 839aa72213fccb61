//! The folder where installed tools live, one for each name and version.
//!
//! It belongs to the user, not to a clone: a second clone, and the next run on the same
//! machine, find everything there. `~/.cargo/bin` is never written to.

use anyhow::{Context, Result};
use etcetera::BaseStrategy;
use std::path::PathBuf;

/// `$XDG_CACHE_HOME/upgrade-checklist/tools/NAME-VERSION`, by default below `~/.cache`.
pub fn folder(name: &str, version: &str) -> Result<PathBuf> {
    let base = etcetera::choose_base_strategy().context("there is no home folder for the tools' cache")?;
    Ok(base.cache_dir().join("upgrade-checklist").join("tools").join(format!("{name}-{version}")))
}
