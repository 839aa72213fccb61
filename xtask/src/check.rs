//! `cargo xtask check`: the problems of the shipped content, with file, line and column, and
//! how each of its commands was verified.

use anyhow::Result;
use clap::Args;
use std::process::ExitCode;
use xshell::{Shell, cmd};

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
    let command =
        |task: &str| cmd!(shell, "cargo run --locked --quiet --bin upgrade-checklist -- {task}").quiet();
    let checked = command("check").arg("content").run();
    command("matrix").run()?;
    Ok(checked?)
}
