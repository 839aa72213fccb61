//! `cargo xtask check`: the problems of the shipped content, with file, line and column.

use anyhow::Result;
use clap::Args;
use std::process::ExitCode;
use xshell::{Shell, cmd};

/// Report the problems of the shipped content
#[derive(Args)]
pub struct Arguments {}

pub fn run(shell: &Shell, _: &Arguments) -> Result<ExitCode> {
    Ok(match content(shell) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    })
}

/// Fails if the content has an error; the command itself prints what and where.
pub fn content(shell: &Shell) -> Result<()> {
    Ok(cmd!(shell, "cargo run --locked --quiet --bin upgrade-checklist -- check content").quiet().run()?)
}
