//! What the files that ship weigh; `sizes.mjs` measures them, and [`LIMITS`] bounds them.

use crate::tools::{NODE, Tool};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use xshell::{Shell, cmd};

/// What this needs.
pub const TOOLS: &[&Tool] = &[&NODE];

/// What opening `index.html` for the first time downloads, before its service worker fetches what
/// else works without a network.
pub const FIRST_VISIT: &[&str] = &[
    "early.js",
    "index.html",
    "manifest.webmanifest",
    "register.js",
    "service-worker.js",
    "styles/icon.svg",
    "styles/upgrade-checklist.css",
    "upgrade-checklist-app_bg.wasm",
    "upgrade-checklist.js",
];

/// What a page that comes from an address adds.
pub const WITH_SRC: &[&str] = &["parser.js", "source.js", "upgrade-checklist-parser_bg.wasm"];

/// What it adds when a reader saves a runbook. For when there is no network, the service worker
/// of the page that ships fetches it once the page is there.
pub const WITH_RUNBOOK: &[&str] = &["runbook.js", "upgrade-checklist-runbook_bg.wasm"];

/// Bytes of one file.
#[derive(Deserialize, Clone, Copy, Default)]
pub struct Size {
    pub raw: u64,
    pub gzip: u64,
    pub brotli: u64,
}

/// The sizes of some files by their paths.
pub type Sizes = BTreeMap<String, Size>;

/// Measures the files in the shell's folder, as the text of `sizes.json`.
pub fn measure(shell: &Shell) -> Result<String> {
    let script = include_str!("sizes.mjs");
    Ok(cmd!(shell, "node --input-type=module --eval {script}").quiet().read()? + "\n")
}

/// The sizes of the files in a folder.
pub fn of(shell: &Shell, folder: impl AsRef<Path>) -> Result<Sizes> {
    let _in_folder = shell.push_dir(folder);
    read(&measure(shell)?)
}

/// The same for people, with the sums that are bounded.
pub fn table(sizes: &str) -> Result<String> {
    let sizes = read(sizes)?;
    let mut table = format!("{:>9} {:>9} {:>9}  file in dist/\n", "raw", "gzip", "brotli");
    let mut add = |Size { raw, gzip, brotli }, name: &str| {
        table += &format!("{raw:>9} {gzip:>9} {brotli:>9}  {name}\n");
    };
    sizes.iter().for_each(|(file, size)| add(*size, file));
    for (name, files) in SUMS {
        add(sum(&sizes, files), name);
    }
    Ok(table)
}

/// The sums that have a limit, by their names there.
const SUMS: &[(&str, &[&str])] =
    &[("first visit", FIRST_VISIT), ("more with src", WITH_SRC), ("more with a runbook", WITH_RUNBOOK)];

/// The most bytes, compressed by brotli, that each sum may be.
const LIMITS: &str = include_str!("limits.json");

/// Fails where a sum is larger than its limit.
pub fn check(sizes: &str) -> Result<()> {
    let over = over(&read(sizes)?, &serde_json::from_str(LIMITS).context("reading limits.json")?)?;
    if over.is_empty() {
        return Ok(());
    }
    bail!("{}. Make it smaller, or raise xtask/src/dist/limits.json and say why", over.join(", "))
}

/// What is larger than its limit, in words.
fn over(sizes: &Sizes, limits: &BTreeMap<String, u64>) -> Result<Vec<String>> {
    let mut over = Vec::new();
    for (name, files) in SUMS {
        let limit = *limits.get(*name).with_context(|| format!("limits.json has no limit for {name}"))?;
        if let Some(missing) = files.iter().find(|file| !sizes.contains_key(**file)) {
            bail!("{missing} is missing");
        }
        let bytes = sum(sizes, files).brotli;
        if bytes > limit {
            over.push(format!("{name}: {bytes} bytes, {} more than its limit", bytes - limit));
        }
    }
    Ok(over)
}

fn sum(sizes: &Sizes, files: &[&str]) -> Size {
    let add = |sum: Size, size: &Size| Size {
        raw: sum.raw + size.raw,
        gzip: sum.gzip + size.gzip,
        brotli: sum.brotli + size.brotli,
    };
    files.iter().filter_map(|file| sizes.get(*file)).fold(Size::default(), add)
}

fn read(sizes: &str) -> Result<Sizes> {
    serde_json::from_str(sizes).context("reading the sizes")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{BTreeMap, FIRST_VISIT, SUMS, Size, Sizes, WITH_RUNBOOK, WITH_SRC, over};

    /// Each file weighs as much.
    fn sizes(brotli: u64) -> Sizes {
        let files = FIRST_VISIT.iter().chain(WITH_SRC).chain(WITH_RUNBOOK).map(|file| (*file).to_owned());
        files.map(|file| (file, Size { brotli, ..Size::default() })).collect()
    }

    fn limits(limit: u64) -> BTreeMap<String, u64> {
        SUMS.iter().map(|(name, files)| ((*name).to_owned(), limit * files.len() as u64)).collect()
    }

    #[test]
    fn a_sum_may_reach_its_limit_and_not_exceed_it() {
        assert!(over(&sizes(100), &limits(100)).unwrap().is_empty());
        let found = over(&sizes(101), &limits(100)).unwrap();
        let bytes = 101 * FIRST_VISIT.len();
        assert_eq!(
            found[0],
            format!("first visit: {bytes} bytes, {} more than its limit", FIRST_VISIT.len())
        );
        assert_eq!(found.len(), SUMS.len());
    }

    #[test]
    fn a_file_that_is_not_there_is_no_small_file() {
        let mut sizes = sizes(1);
        sizes.remove("index.html");
        assert!(over(&sizes, &limits(100)).is_err());
        assert!(over(&sizes, &BTreeMap::new()).is_err());
    }
}
