//! The checklist as HTML in the page that ships, so that it is readable before any script.

use crate::command::upgrade_checklist;
use anyhow::{Context, Result};
use xshell::Shell;

/// What stands in `index.html` where the checklist belongs.
const BEGINS: &str = "<!-- `cargo xtask dist` draws the checklist here. -->";
const ENDS: &str = "</upgrade-checklist>";

/// The newest guide as HTML, drawn by the native command.
pub fn draw(shell: &Shell) -> Result<String> {
    let drawn = upgrade_checklist(shell, "prerender").args(["--content", "content", "--heading-level", "1"]);
    Ok(drawn.read()?)
}

/// Puts a drawn checklist into a page, and takes out of its head what is only for who builds it.
pub fn insert(page: &str, drawn: &str) -> Result<String> {
    let (before, rest) = page.split_once(BEGINS).context("index.html has no place for the checklist")?;
    let (_, after) = rest.split_once(ENDS).context("the element of index.html does not end")?;
    let is_for_readers =
        |line: &&str| !["<!--", "<link data-trunk"].iter().any(|start| line.trim_start().starts_with(start));
    let before: Vec<&str> =
        before.lines().filter(is_for_readers).filter(|line| !line.trim().is_empty()).collect();
    Ok([&before.join("\n"), drawn, ENDS, after].concat())
}
