//! What the files that ship weigh; `sizes.mjs` measures them.

use crate::tools::{NODE, Tool};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use xshell::{Shell, cmd};

/// What this needs.
pub const TOOLS: &[&Tool] = &[&NODE];

/// Bytes of one file.
#[derive(Deserialize)]
struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Measures the files in the shell's folder, as the text of `sizes.json`.
pub fn measure(shell: &Shell) -> Result<String> {
    let script = include_str!("sizes.mjs");
    Ok(cmd!(shell, "node --input-type=module --eval {script}").quiet().read()? + "\n")
}

/// The same for people.
pub fn table(sizes: &str) -> Result<String> {
    let sizes: BTreeMap<String, Size> = serde_json::from_str(sizes).context("reading the sizes")?;
    let mut table = format!("{:>9} {:>9} {:>9}  file in dist/\n", "raw", "gzip", "brotli");
    for (file, Size { raw, gzip, brotli }) in sizes {
        table += &format!("{raw:>9} {gzip:>9} {brotli:>9}  {file}\n");
    }
    Ok(table)
}
