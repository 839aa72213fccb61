//! `cargo xtask dist`: the files that ship, in `dist/`, and their sizes.

mod names;
mod shrink;
mod sizes;

use crate::{page, tools};
use anyhow::Result;
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
    let dist = shell.current_dir().join("dist");
    // What an earlier build left must not pass for this one's, wherever this one fails.
    shell.remove_path(&dist)?;
    page::prepare(shell)?;
    tools::prepare(shell, shrink::TOOLS)?;
    tools::prepare(shell, sizes::TOOLS)?;
    page::trunk(shell, "build").arg("--dist").arg(&dist).run()?;
    let _in_dist = shell.push_dir(&dist);
    shrink::shrink(shell)?;
    let sizes = sizes::measure(shell)?;
    print!("{}", sizes::table(&sizes)?);
    shell.write_file("sizes.json", sizes)?;
    Ok(())
}
