//! Makes `dist/` smaller without changing what it does: fewer files, and fewer bytes in each.
//!
//! Here and not in Trunk, so that plain `trunk build` needs no tool but Trunk's own.

use super::{integrity, names, order, panics};
use crate::tools::{ESBUILD, NODE, NPM, Tool, WASM_OPT};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use xshell::{Shell, cmd};

/// What this needs.
pub const TOOLS: &[&Tool] = &[&NODE, &NPM, &WASM_OPT, &ESBUILD];

/// The styles, which become one file.
const STYLES: &str = "styles/upgrade-checklist.css";

/// What is loaded only where a page comes from an address, or a reader saves it, and so is taken
/// into nothing else.
const LATER: &[&str] = &["--external:./source.js", "--external:./parser.js", "--external:./runbook.js"];

/// What several scripts take in, and so is removed only after the last of them.
const SHARED: &[&str] = &["fetched.js", "hold.js"];

/// What the compiler already uses of WebAssembly. With more than this wasm-opt writes forms
/// that browsers do not read yet.
const ENABLED: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// How wasm-opt is to shrink: twice, as each pass finds more after the other. What counts is the
/// size after compression, to which repetition costs little: no function is copied to its only
/// caller, no two are made one that asks which it is, no result is kept in a variable for its second
/// use, and the data stay in one piece.
/// Nothing stands in the first 1024 bytes of the memory but the very end of the stack, which
/// grows down to them, so adding up an address never comes around to them.
const SHRINKING: &[&str] = &[
    "-Oz",
    "-Oz",
    "--one-caller-inline-max-function-size=1",
    "--always-inline-max-function-size=4",
    "--skip-pass=local-cse",
    "--skip-pass=merge-similar-functions",
    "--skip-pass=memory-packing",
    "--low-memory-unused",
    "--strip-producers",
    "--strip-target-features",
];

/// Shrinks the WebAssembly in the shell's folder, and its styles.
pub fn programs_and_styles(shell: &Shell) -> Result<()> {
    for file in shell.read_dir(".")? {
        if file.extension().is_some_and(|extension| extension == "wasm") {
            optimize(shell, &file)?;
        }
    }
    bundle(shell, STYLES, &[])
}

/// Makes one script of the element's, twice: npm's carries the styles, the page's fetches them.
/// Each has the hashes of the program and the styles that it fetches, so that it takes no others;
/// what writes runbooks, that of its own program and of the app's that orders them.
pub fn element(shell: &Shell) -> Result<()> {
    let program = tell("PROGRAM_INTEGRITY", &integrity::of(shell, "upgrade-checklist-app_bg.wasm")?)?;
    let styles = tell("STYLES", shell.read_file(STYLES)?.trim())?;
    cmd!(
        shell,
        "esbuild upgrade-checklist.js --bundle --format=esm --minify --log-level=warning {program} {styles}
         {LATER...} --outfile=npm/upgrade-checklist.js"
    )
    .quiet()
    .run()?;
    bundle(shell, "early.js", &[])?;
    // The parser's hash is not told: a page that comes from elsewhere is not the program's either.
    bundle(shell, "parser.js", &[])?;
    bundle(shell, "source.js", &[])?;
    let writer = tell("RUNBOOK_INTEGRITY", &integrity::of(shell, "upgrade-checklist-runbook_bg.wasm")?)?;
    bundle(shell, "runbook.js", &[program.clone(), writer])?;
    let styles = tell("STYLES_INTEGRITY", &integrity::of(shell, STYLES)?)?;
    bundle(shell, "upgrade-checklist.js", &[program, styles])?;
    Ok(SHARED.iter().try_for_each(|file| shell.remove_path(file))?)
}

/// Has esbuild put a text in the place of a name.
fn tell(name: &str, text: &str) -> Result<String> {
    Ok(format!("--define:{name}={}", serde_json::to_string(text)?))
}

/// Shrinks WebAssembly as what ships is shrunk, and keeps the names of its functions.
pub fn optimize_with_names(shell: &Shell, file: &Path) -> Result<()> {
    trap_panics(shell, file)?;
    Ok(cmd!(shell, "wasm-opt {SHRINKING...} {ENABLED...} --debuginfo {file} --output {file}").run()?)
}

/// Shrinks WebAssembly and the names that its script uses.
fn optimize(shell: &Shell, file: &Path) -> Result<()> {
    trap_panics(shell, file)?;
    let option = names::OPTION;
    let printed =
        cmd!(shell, "wasm-opt {SHRINKING...} {ENABLED...} {option} {file} --output {file}").read()?;
    // wasm-bindgen's names: `app_bg.wasm` and `app.js`.
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let script = file.with_file_name([stem.trim_end_matches("_bg"), ".js"].concat());
    let renamed = names::rename(&shell.read_file(&script)?, &printed)
        .with_context(|| format!("shortening the names in {}", script.display()))?;
    shell.write_file(&script, renamed)?;
    let ordered = order::similar_beside_each_other(&shell.read_binary_file(file)?)
        .with_context(|| format!("ordering the functions of {}", file.display()))?;
    Ok(shell.write_file(file, ordered)?)
}

fn trap_panics(shell: &Shell, file: &Path) -> Result<()> {
    let program = panics::trap(&shell.read_binary_file(file)?)
        .with_context(|| format!("making the panics of {} trap", file.display()))?;
    Ok(shell.write_file(file, program)?)
}

/// What esbuild tells of a bundle: the files that are in it now.
#[derive(Deserialize)]
struct Bundle {
    inputs: BTreeMap<String, serde_json::Value>,
}

/// Puts a file and all that it imports into one, and removes what was taken in.
fn bundle(shell: &Shell, entry: &str, options: &[String]) -> Result<()> {
    const REPORT: &str = "bundle.json";
    cmd!(
        shell,
        "esbuild {entry} --bundle --format=esm --minify --log-level=warning --metafile={REPORT}
         {options...} {LATER...} --allow-overwrite --outfile={entry}"
    )
    .run()?;
    let Bundle { inputs } =
        serde_json::from_str(&shell.read_file(REPORT)?).context("reading esbuild's report")?;
    shell.remove_path(REPORT)?;
    for input in inputs.keys().filter(|input| *input != entry && !SHARED.contains(&input.as_str())) {
        shell.remove_path(input)?;
    }
    Ok(())
}
