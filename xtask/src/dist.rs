//! `cargo xtask dist`: the files that ship, in `dist/`, and their sizes.

mod shrink;
mod sizes;

use crate::{page, tools};
use anyhow::{Context, Result};
use clap::Args;
use std::process::ExitCode;
use xshell::Shell;

/// Build what ships into dist/, and measure it
#[derive(Args)]
pub struct Arguments {}

pub fn run(shell: &Shell, _: &Arguments) -> Result<ExitCode> {
    build(shell)?;
    Ok(ExitCode::SUCCESS)
}

/// Builds `dist/` anew and prints what each file weighs.
pub fn build(shell: &Shell) -> Result<()> {
    page::prepare(shell)?;
    tools::prepare(shell, shrink::TOOLS)?;
    let dist = shell.current_dir().join("dist");
    // What an earlier build left must not pass for this one's.
    shell.remove_path(&dist)?;
    page::trunk(shell, "build").arg("--dist").arg(&dist).run()?;
    let in_dist = shell.push_dir(&dist);
    shrink::shrink(shell)?;
    drop(in_dist);
    let sizes = sizes::measure(&dist).context("measuring dist/")?;
    print!("{}", sizes::table(&sizes));
    shell.write_file(dist.join("sizes.json"), sizes::json(&sizes)?)?;
    Ok(())
}
