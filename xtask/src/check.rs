//! `cargo xtask check`: the problems of the shipped content, with file, line and column, and
//! how each of its commands was verified.

use crate::command::upgrade_checklist;
use anyhow::Result;
use clap::Args;
use std::process::ExitCode;
use xshell::Shell;

/// Report the problems of the shipped content, and how each command was verified
#[derive(Args)]
pub struct Arguments {}

pub fn run(shell: &Shell, _: &Arguments) -> Result<ExitCode> {
    Ok(match content(shell) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    })
}

/// Fails if the content has an error, or if a step has commands for some readers and no word
/// for others; the command itself prints what and where.
pub fn content(shell: &Shell) -> Result<()> {
    let checked = upgrade_checklist(shell, "check").arg("content").quiet().run();
    upgrade_checklist(shell, "matrix").quiet().run()?;
    Ok(checked?)
}
