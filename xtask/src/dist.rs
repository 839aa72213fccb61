//! `cargo xtask dist`: the files that ship, in `dist/`, and their sizes.

mod sizes;

use crate::page;
use crate::tools::{self, NODE, NPM, Tool, WASM_OPT};
use anyhow::{Context, Result};
use clap::Args;
use std::process::ExitCode;
use xshell::{Shell, cmd};

/// Build what ships into dist/, and measure it
#[derive(Args)]
pub struct Arguments {}

/// What this needs beyond what building the page needs.
pub const TOOLS: &[&Tool] = &[&NODE, &NPM, &WASM_OPT];

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

pub fn run(shell: &Shell, _: &Arguments) -> Result<ExitCode> {
    build(shell)?;
    Ok(ExitCode::SUCCESS)
}

/// Builds `dist/` anew and prints what each file weighs.
pub fn build(shell: &Shell) -> Result<()> {
    page::prepare(shell)?;
    tools::prepare(shell, TOOLS)?;
    // What an earlier build left must not pass for this one's.
    shell.remove_path("dist")?;
    page::trunk(shell, "build").args(["--dist", "dist"]).run()?;
    for file in shell.read_dir("dist")? {
        if file.extension().is_some_and(|extension| extension == "wasm") {
            // Here and not in Trunk, so that plain `trunk build` needs no wasm-opt.
            cmd!(shell, "wasm-opt -Oz {ENABLED...} {file} --output {file}").run()?;
        }
    }
    let sizes = sizes::measure(&shell.current_dir().join("dist")).context("measuring dist/")?;
    print!("{}", sizes::table(&sizes));
    shell.write_file("dist/sizes.json", sizes::json(&sizes)?)?;
    Ok(())
}
