//! Sites of other builders, each in a folder of `tests/embed/`, as their maintainers would
//! write them: they get the package as npm packs it. `tests/browser/embed.spec.ts` drives what
//! they become.

use crate::tools::{self, CHROMIUM, MKDOCS, NODE, NPM, PYTHON, Tool};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use xshell::{Shell, cmd};

/// What building and driving the sites needs.
pub const TOOLS: &[&Tool] = &[&NODE, &NPM, &CHROMIUM, &PYTHON, &MKDOCS];

/// Where the sites are.
const FOLDER: &str = "tests/embed";

/// Sites whose packages npm installs, and whose script `build` builds them.
const OF_NPM: &[&str] = &["vite", "next", "docusaurus"];

/// What such builders keep for the next time. They would take it for that of any package of
/// the same version, and so show us an old one.
const KEPT: &[&str] = &[".docusaurus", ".next", "node_modules/.cache"];

/// Builds every site with the package of now.
pub fn build(shell: &Shell) -> Result<()> {
    let package = pack(shell)?;
    for site in OF_NPM {
        let folder = format!("{FOLDER}/{site}");
        tools::install_node_modules(shell, &folder)?;
        let _in_site = shell.push_dir(folder);
        unpack(shell, &package, "node_modules/upgrade-checklist")?;
        KEPT.iter().try_for_each(|kept| shell.remove_path(kept))?;
        cmd!(shell, "npm run --silent build").env("NEXT_TELEMETRY_DISABLED", "1").run()?;
    }
    let _in_site = shell.push_dir(format!("{FOLDER}/mkdocs"));
    unpack(shell, &package, "docs/checklist")?;
    // Material's own advertisement, in red.
    Ok(cmd!(shell, "mkdocs build --strict --quiet").env("NO_MKDOCS_2_WARNING", "1").run()?)
}

/// Packs `dist/npm` as npm would before publishing it.
pub fn pack(shell: &Shell) -> Result<PathBuf> {
    let folder = "target/npm";
    shell.remove_path(folder)?;
    shell.create_dir(folder)?;
    cmd!(shell, "npm pack ./dist/npm --silent --pack-destination {folder}").run()?;
    shell.read_dir(folder)?.pop().context("npm packed nothing")
}

/// Lays what is in a package into a folder, in place of what is there.
pub fn unpack(shell: &Shell, package: &Path, folder: &str) -> Result<()> {
    shell.remove_path(folder)?;
    shell.create_dir(folder)?;
    Ok(cmd!(shell, "tar -xzf {package} -C {folder} --strip-components=1").run()?)
}
