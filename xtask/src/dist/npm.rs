//! `npm/`: the package, ready for `npm pack`.

use anyhow::{Context, Result, ensure};
use xshell::Shell;

/// What is the same in the package and in `dist/`.
const BUILT: &[&str] = &[
    "parser.js",
    "runbook.js",
    "source.js",
    "styles/upgrade-checklist.css",
    "upgrade-checklist-app_bg.wasm",
    "run.schema.json",
    "upgrade-checklist-parser_bg.wasm",
    "upgrade-checklist-runbook_bg.wasm",
];

/// What only the package has; in the repository it stands in `src/browser/npm/`.
const WRITTEN: &[&str] =
    &["custom-elements.json", "markdoc.d.ts", "markdoc.js", "react.d.ts", "upgrade-checklist.d.ts"];

/// Builds `dist/npm` around the script that [`super::shrink::element`] put there.
pub fn build(shell: &Shell) -> Result<()> {
    shell.create_dir("dist/npm")?;
    for file in BUILT {
        shell.copy_file(["dist/", file].concat(), "dist/npm")?;
    }
    for file in WRITTEN {
        shell.copy_file(["src/browser/npm/", file].concat(), "dist/npm")?;
    }
    let attributes = attributes(&shell.read_file("README.md")?)?;
    let readme = shell.read_file("src/browser/npm/README.md")?.replace("{{ attributes }}", &attributes);
    shell.write_file("dist/npm/README.md", readme)?;
    shell.copy_file("LICENSE", "dist/npm")?;
    let package = shell.read_file("src/browser/npm/package.json")?;
    let version = version(&shell.read_file("Cargo.toml")?)?;
    shell.write_file("dist/npm/package.json", package.replace("0.0.0", &version))?;
    Ok(())
}

/// The table of the element's attributes, which the project's README has.
fn attributes(readme: &str) -> Result<String> {
    let rows: Vec<&str> = readme
        .lines()
        .skip_while(|line| *line != "| attribute | for |")
        .take_while(|line| line.starts_with('|'))
        .collect();
    ensure!(rows.len() > 2, "README.md has no table of attributes");
    Ok(rows.join("\n"))
}

/// The version of the package of crates, which is that of npm's as well.
fn version(manifest: &str) -> Result<String> {
    let line = manifest.lines().find_map(|line| line.strip_prefix("version = "));
    Ok(line.context("Cargo.toml has no version")?.trim_matches('"').to_owned())
}
