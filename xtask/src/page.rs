//! How Trunk is called: the tools it needs, and the flags that keep it from the network.

use crate::command::upgrade_checklist;
use crate::tools::{self, TRUNK, Tool, WASM_BINDGEN, WASM_TARGET};
use anyhow::Result;
use xshell::{Cmd, Shell, cmd};

/// What building the page needs.
pub const TOOLS: &[&Tool] = &[&WASM_TARGET, &TRUNK, &WASM_BINDGEN];

/// Makes the tools ready, and fetches the crates that an offline build then finds.
pub fn prepare(shell: &Shell) -> Result<()> {
    tools::prepare(shell, TOOLS)?;
    Ok(cmd!(shell, "cargo fetch --locked --quiet").quiet().run()?)
}

/// Writes the guides that the app takes in when it is compiled, as Trunk's hook does.
pub fn compile_guides(shell: &Shell) -> Result<()> {
    Ok(upgrade_checklist(shell, "compile").args(["content", "-o", "target/guide.bin"]).run()?)
}

/// `trunk COMMAND`, for the page as it ships.
///
/// Trunk would download a tool that it misses. `--offline` forbids it that. The functions keep
/// their names until `dist::shrink` has used them.
pub fn trunk<'a>(shell: &'a Shell, command: &str) -> Cmd<'a> {
    // Trunk takes `NO_COLOR=1` for a mistake, as it wants `true`.
    let plain = shell.var_os("NO_COLOR").map(|_| "--no-color");
    cmd!(shell, "trunk {plain...} {command} --release --locked --offline")
        .env_remove("NO_COLOR")
        .env("CARGO_PROFILE_RELEASE_STRIP", "debuginfo")
}
