//! `cargo xtask dist`: the files that ship, in `dist/`, and their sizes.

mod integrity;
mod names;
mod npm;
mod offline;
mod order;
mod panics;
mod prerender;
pub mod shrink;
pub mod sizes;
mod standalone;

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

/// Builds `dist/` anew, prints what each file weighs, and fails where that is too much.
pub fn build(shell: &Shell) -> Result<()> {
    let sizes = make(shell)?;
    print!("{}", sizes::table(&sizes)?);
    sizes::check(&sizes)
}

/// Builds `dist/` anew, and gives the text of its `sizes.json`.
pub fn make(shell: &Shell) -> Result<String> {
    let dist = shell.current_dir().join("dist");
    // What an earlier build left must not pass for this one's, wherever this one fails.
    shell.remove_path(&dist)?;
    page::prepare(shell)?;
    tools::prepare(shell, shrink::TOOLS)?;
    tools::prepare(shell, sizes::TOOLS)?;
    page::trunk(shell, "build").arg("--dist").arg(&dist).run()?;
    let drawn = prerender::draw(shell)?;
    {
        let _in_dist = shell.push_dir(&dist);
        shrink::programs_and_styles(shell)?;
        shell.write_file("index.html", prerender::insert(&shell.read_file("index.html")?, &drawn)?)?;
    }
    // Before the element's script takes in what it imports, as it takes in other things.
    standalone::build(shell, &drawn)?;
    let in_dist = shell.push_dir(&dist);
    shrink::element(shell)?;
    drop(in_dist);
    npm::build(shell)?;
    offline::build(shell)?;
    let _in_dist = shell.push_dir(&dist);
    let sizes = sizes::measure(shell)?;
    shell.write_file("sizes.json", &sizes)?;
    Ok(sizes)
}
