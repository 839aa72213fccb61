//! What lets the page that ships be installed, and opened without a network: a manifest and a
//! service worker.

use super::integrity;
use anyhow::{Context, Result};
use xshell::{Shell, cmd};

/// What the worker keeps beside the page.
const FILES: &[&str] = &[
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

/// What the page says of them. Its version is how the worker knows it.
const LINKS: &str = r#"  <link rel="manifest" href="manifest.webmanifest" />
    <script type="module" src="register.js" data-version="VERSION"></script>
  </head>"#;

/// Makes the page in `dist/` installable.
pub fn build(shell: &Shell) -> Result<()> {
    const FOLDER: &str = "src/browser/offline";
    let page = shell.read_file("dist/index.html")?;
    let (before, after) = page.split_once("</head>").context("index.html has no head")?;
    shell.copy_file(format!("{FOLDER}/manifest.webmanifest"), "dist")?;
    cmd!(shell, "esbuild {FOLDER}/register.js --minify --log-level=warning --outfile=dist/register.js")
        .run()?;

    let hashes = FILES.iter().map(|file| Ok((file, integrity::of(shell, &["dist/", file].concat())?)));
    let files = serde_json::to_string(&hashes.collect::<Result<Vec<_>>>()?)?;
    // One hash of all, so that any change is a new version.
    shell.write_file("target/versions", [before, LINKS, after, &files].concat())?;
    let version = &integrity::of(shell, "target/versions")?[..23];
    shell.write_file("dist/index.html", [before, &LINKS.replace("VERSION", version), after].concat())?;
    let files = format!("--define:FILES={files}");
    let version = format!("--define:VERSION={}", serde_json::to_string(version)?);
    Ok(cmd!(
        shell,
        "esbuild {FOLDER}/service-worker.js --minify --log-level=warning {files} {version}
         --outfile=dist/service-worker.js"
    )
    .run()?)
}
