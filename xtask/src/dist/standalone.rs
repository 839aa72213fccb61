//! `standalone.html`: everything in one file, which opens from a disk without a network.
//!
//! A browser loads no module and fetches nothing from a disk, so the script is a classic one
//! that finds styles and WebAssembly in the page itself. `standalone.mjs` puts the page
//! together.

use anyhow::Result;
use xshell::{Shell, cmd};

/// Where the parts are put together.
const FOLDER: &str = "target/standalone";

/// What the other page has as well.
const BUILT: &[&str] = &[
    "early.js",
    "fallback.js",
    "fetched.js",
    "hold.js",
    "places.js",
    "runbook.js",
    "scroll-restoration.js",
    "upgrade-checklist-app.js",
    "upgrade-checklist-runbook.js",
    "upgrade-checklist.js",
];

/// In place of those that fetch.
const IN_PAGE: &[&str] = &["program.js", "runbook-program.js", "styles.js"];

/// Builds `dist/standalone.html` around a drawn checklist.
pub fn build(shell: &Shell, drawn: &str) -> Result<()> {
    shell.remove_path(FOLDER)?;
    shell.create_dir(FOLDER)?;
    for part in BUILT {
        shell.copy_file(["dist/", part].concat(), FOLDER)?;
    }
    for part in IN_PAGE {
        shell.copy_file(["src/browser/standalone/", part].concat(), FOLDER)?;
    }
    shell.write_file(format!("{FOLDER}/drawn.html"), drawn)?;
    cmd!(
        shell,
        "esbuild {FOLDER}/upgrade-checklist.js --bundle --format=iife --minify --log-level=warning
         --define:import.meta.url=undefined --external:./source.js --outfile={FOLDER}/script.js"
    )
    .run()?;
    cmd!(
        shell,
        "esbuild {FOLDER}/early.js --bundle --format=iife --minify --log-level=warning
         --allow-overwrite --outfile={FOLDER}/early.js"
    )
    .run()?;
    let script = include_str!("standalone.mjs");
    Ok(cmd!(shell, "node --input-type=module --eval {script} {FOLDER} dist").quiet().run()?)
}
