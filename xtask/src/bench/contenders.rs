//! The contenders: our page as it ships, and the same guide as other libraries would show it,
//! built by their own tools. See `benches/sites/`.

use crate::dist;
use crate::tools::{self, CHROMIUM, NODE, NPM, Tool};
use anyhow::{Context, Result};
use serde::Serialize;
use std::path::PathBuf;
use std::sync::OnceLock;
use xshell::{Shell, cmd};

/// What building and showing them needs, beside what `dist` needs.
pub const TOOLS: &[&Tool] = &[&NODE, &NPM, &CHROMIUM];

/// One of those that are compared.
pub struct Site {
    /// Its name in addresses and folders.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The packages whose versions matter.
    packages: &'static [&'static str],
}

pub const OURS: Site = Site { name: "ours", title: "ours", packages: &[] };

/// The alternatives, the one that we are measured by first.
pub const OTHERS: [Site; 3] = [
    Site { name: "react", title: "React", packages: &["react", "@markdoc/markdoc"] },
    Site { name: "preact", title: "Preact", packages: &["preact", "marked"] },
    Site { name: "svelte", title: "Svelte", packages: &["svelte", "markdown-it"] },
];

/// A contender as `measure.mjs` wants it.
#[derive(Serialize)]
pub struct Contender {
    pub name: &'static str,
    pub folder: PathBuf,
    /// The address of the page that ships.
    shipped: String,
    /// The address of a page that shows the guide at GUIDE.
    generated: String,
    /// The kind of guide that it reads.
    kind: &'static str,
}

/// All of them, built once: ours first, then [`OTHERS`] in their order.
pub fn built(shell: &Shell) -> Result<&'static [Contender]> {
    static BUILT: OnceLock<Vec<Contender>> = OnceLock::new();
    if BUILT.get().is_none() {
        let _ = BUILT.set(build(shell)?);
    }
    BUILT.get().map(Vec::as_slice).context("nothing was built")
}

fn build(shell: &Shell) -> Result<Vec<Contender>> {
    dist::make(shell)?;
    tools::prepare(shell, TOOLS)?;
    ["benches", "tests/browser"].iter().try_for_each(|folder| tools::install_node_modules(shell, folder))?;
    let built = shell.current_dir().join("target/bench/sites");
    // A copy, as the page that shows other guides belongs to the bench.
    let ours = built.join(OURS.name);
    shell.remove_path(&ours)?;
    shell.create_dir(&built)?;
    cmd!(shell, "cp -R dist {ours}").run()?;
    ["guide.html", "guide.js"]
        .iter()
        .try_for_each(|file| shell.copy_file(format!("benches/sites/ours/{file}"), &ours))?;
    // A first visit is measured, and nothing may be fetched beside it for the next.
    shell.write_file(ours.join("register.js"), "")?;
    let mut contenders = vec![Contender {
        name: OURS.name,
        folder: ours,
        shipped: "/ours/".to_owned(),
        generated: "/ours/guide.html?guide=GUIDE".to_owned(),
        kind: "bin",
    }];
    for Site { name, .. } in &OTHERS {
        let _in_benches = shell.push_dir("benches");
        cmd!(shell, "npm run --silent build").env("SITE", name).ignore_stdout().run()?;
        contenders.push(Contender {
            name,
            folder: built.join(name),
            shipped: format!("/{name}/"),
            generated: format!("/{name}/?guide=GUIDE"),
            kind: "md",
        });
    }
    Ok(contenders)
}

/// Who is compared, with the versions of all packages.
pub fn versions(shell: &Shell) -> Result<String> {
    let mut sites = Vec::new();
    for Site { packages, .. } in &OTHERS {
        let named = packages.iter().map(|name| Ok([*name, &version(shell, name)?].join(" ")));
        sites.push(named.collect::<Result<Vec<_>>>()?.join(" with "));
    }
    Ok(sites.join("; "))
}

/// Which version of a package is installed.
pub fn version(shell: &Shell, package: &str) -> Result<String> {
    let lock: serde_json::Value = serde_json::from_str(&shell.read_file("benches/package-lock.json")?)?;
    let version = lock["packages"][["node_modules/", package].concat()]["version"].as_str();
    Ok(version.context("a package has no version")?.to_owned())
}
