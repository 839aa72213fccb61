//! What lets the page that ships be installed, and opened without a network: a manifest and a
//! service worker.

use super::integrity;
use anyhow::{Context, Result};
use xshell::{Shell, cmd};

/// What the worker keeps. The page itself is asked for by its folder.
const FILES: &[&str] = &[
    "./",
    "early.js",
    "register.js",
    "runbook.js",
    "manifest.webmanifest",
    "upgrade-checklist.js",
    "upgrade-checklist-app_bg.wasm",
    "upgrade-checklist-runbook_bg.wasm",
    "styles/upgrade-checklist.css",
    "styles/icon.svg",
];

/// Makes the page in `dist/` installable.
pub fn build(shell: &Shell) -> Result<()> {
    const FOLDER: &str = "src/browser/offline";
    let page = shell.read_file("dist/index.html")?;
    let (before, after) = page.split_once("</head>").context("index.html has no head")?;
    let links = r#"<link rel="manifest" href="manifest.webmanifest" />
    <script type="module" src="register.js"></script>
  </head>"#;
    shell.write_file("dist/index.html", [before, "  ", links, after].concat())?;
    shell.copy_file(format!("{FOLDER}/manifest.webmanifest"), "dist")?;
    cmd!(shell, "esbuild {FOLDER}/register.js --minify --log-level=warning --outfile=dist/register.js")
        .run()?;

    // One hash of all, so that any change is a new version.
    let hashes = FILES.iter().map(|file| {
        let file = if *file == "./" { "index.html" } else { *file };
        integrity::of(shell, &["dist/", file].concat())
    });
    shell.write_file("target/versions", hashes.collect::<Result<Vec<_>>>()?.join("\n"))?;
    let version = integrity::of(shell, "target/versions")?;
    let files = format!("--define:FILES={}", serde_json::to_string(FILES)?);
    let version = format!("--define:VERSION={}", serde_json::to_string(&version[..23])?);
    Ok(cmd!(
        shell,
        "esbuild {FOLDER}/service-worker.js --minify --log-level=warning {files} {version}
         --outfile=dist/service-worker.js"
    )
    .run()?)
}
