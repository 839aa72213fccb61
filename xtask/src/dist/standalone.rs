//! `standalone.html`: everything in one file, which opens from a disk without a network.
//!
//! A browser loads no module and fetches nothing from a disk, so the script is a classic one
//! that finds styles and WebAssembly in the page itself. `standalone.mjs` puts the page
//! together.

use anyhow::Result;
use xshell::{Shell, cmd};

/// Where the parts are put together.
const FOLDER: &str = "target/standalone";

/// Builds `dist/standalone.html` around a drawn checklist.
pub fn build(shell: &Shell, drawn: &str) -> Result<()> {
    shell.remove_path(FOLDER)?;
    shell.create_dir(FOLDER)?;
    for part in ["dist/upgrade-checklist.js", "dist/fallback.js", "dist/upgrade-checklist-app.js"] {
        shell.copy_file(part, FOLDER)?;
    }
    // In place of those that fetch.
    for part in ["src/browser/standalone/program.js", "src/browser/standalone/styles.js"] {
        shell.copy_file(part, FOLDER)?;
    }
    shell.write_file(format!("{FOLDER}/drawn.html"), drawn)?;
    cmd!(
        shell,
        "esbuild {FOLDER}/upgrade-checklist.js --bundle --format=iife --minify --log-level=warning
         --define:import.meta.url=undefined --external:./source.js --outfile={FOLDER}/script.js"
    )
    .run()?;
    let script = include_str!("standalone.mjs");
    Ok(cmd!(shell, "node --input-type=module --eval {script} {FOLDER} dist").quiet().run()?)
}
