//! The developer's commands. This is the map:
//!
//! | command | file | what it does |
//! |---|---|---|
//! | `cargo xtask serve` | `serve.rs` | shows the page that ships and rebuilds it on every change |
//! | `cargo xtask test` | `test.rs` | everything that must hold, cheapest first, and a table of results |
//! | `cargo xtask check` | `check.rs` | the problems of the shipped content |
//! | `cargo xtask dist` | `dist.rs` | the files that ship, and their sizes |
//! | `cargo xtask bench` | `bench.rs` | how fast and small we are beside the alternatives |
//!
//! Each command names the [`tools`] it needs. A tool is found, or installed into a cache
//! folder of our own, or named with the command that would install it. How Trunk is called
//! is said once, in `page.rs`.

mod bench;
mod check;
mod command;
mod dist;
mod page;
mod serve;
mod test;
mod tools;

use anyhow::Result;
use clap::Parser;
use std::path::Path;
use std::process::ExitCode;
use xshell::Shell;

/// The developer's commands; each installs what it needs and says so.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Command {
    Serve(serve::Arguments),
    Test(test::Arguments),
    Check(check::Arguments),
    Dist(dist::Arguments),
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    let command = Command::parse();
    match run(&command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<ExitCode> {
    let shell = Shell::new()?;
    shell.change_dir(repository());
    match command {
        Command::Serve(arguments) => serve::run(&shell, arguments),
        Command::Test(arguments) => test::run(&shell, arguments),
        Command::Check(arguments) => check::run(&shell, arguments),
        Command::Dist(arguments) => dist::run(&shell, arguments),
        Command::Bench(arguments) => bench::run(&shell, arguments),
    }
}

/// The folder of the workspace, from where every command runs.
fn repository() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}
