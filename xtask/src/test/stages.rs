//! The stages of the test, as data: a name, what it shows, the tools it needs, how it runs.
//!
//! To add one, write a function and put its row where its cost belongs.

use super::counts::Counts;
use super::embed;
use crate::tools::{
    self, AWS, AZ, CHROMIUM, CLIPPY, DASH, DOCKER_COMPOSE, FIREFOX, GCLOUD, GECKODRIVER, KUBECTL, MARIADB,
    MOTO, NODE, NPM, PDFTOTEXT, POSTGRESQL, RUSTFMT, SHELLCHECK, Tool, WASM_TARGET,
};
use crate::{check, dist, page};
use anyhow::{Result, bail};
use std::io::IsTerminal;
use xshell::{Shell, cmd};

/// One row of the table.
pub struct Stage {
    pub name: &'static str,
    /// What holds when it passes.
    pub what: &'static str,
    pub tools: &'static [&'static Tool],
    /// Stages whose result it looks at; choosing it chooses them.
    pub after: &'static [&'static str],
    pub run: fn(&Shell, &mut Counts) -> Result<()>,
}

/// All stages, cheapest first.
pub const STAGES: &[Stage] = &[
    Stage { name: "format", what: "rustfmt changes nothing", tools: &[&RUSTFMT], after: &[], run: format },
    Stage {
        name: "layers",
        what: "the core builds alone, and no parser is in the app or in what writes runbooks",
        tools: &[],
        after: &[],
        run: layers,
    },
    Stage { name: "clippy", what: "no warning in native code", tools: &[&CLIPPY], after: &[], run: clippy },
    Stage {
        name: "clippy-wasm",
        what: "no warning in the page's code",
        tools: &[&CLIPPY, &WASM_TARGET],
        after: &[],
        run: clippy_wasm,
    },
    Stage { name: "doc", what: "no warning in the documentation", tools: &[], after: &[], run: doc },
    Stage {
        name: "cargo",
        what: "native tests pass, on real databases",
        tools: &[&POSTGRESQL, &MARIADB, &SHELLCHECK, &DASH],
        after: &[],
        run: cargo,
    },
    Stage {
        name: "markdoc",
        what: "our trees are those of the official Markdoc",
        tools: &[&NODE, &NPM],
        after: &[],
        run: markdoc,
    },
    Stage { name: "content", what: "the shipped content has no error", tools: &[], after: &[], run: content },
    Stage { name: "page", what: "the page that ships can be built", tools: &[], after: &[], run: build_page },
    Stage {
        name: "browser",
        what: "the page that ships works in a real browser",
        tools: &[&NODE, &NPM, &CHROMIUM, &PDFTOTEXT],
        after: &["page"],
        run: browser,
    },
    Stage {
        name: "firefox",
        what: "the element and the page work in Firefox too",
        tools: &[&NODE, &NPM, &FIREFOX, &GECKODRIVER],
        after: &["page"],
        run: firefox,
    },
    Stage {
        name: "npm",
        what: "the npm package is as bundlers and TypeScript want it",
        tools: &[&NODE, &NPM],
        after: &["page"],
        run: npm,
    },
    Stage {
        name: "embed",
        what: "sites of other builders embed the package",
        tools: embed::TOOLS,
        after: &["page"],
        run: embed,
    },
];

/// Runs only when it is asked for: its tools are large, and not everywhere to be had.
pub const CLOUD: Stage = Stage {
    name: "cloud",
    what: "the clouds' own tools understand the page's commands",
    tools: &[&AWS, &MOTO, &AZ, &GCLOUD, &KUBECTL, &DOCKER_COMPOSE],
    after: &[],
    run: cloud,
};

/// What the app, and the module that writes runbooks, never contain. Only the parser's module, which
/// is fetched for pages that are not the program's own, has `pulldown-cmark`.
const NEVER_IN_THE_APP: &[&str] = &["clap", "pulldown-cmark"];

fn format(shell: &Shell, _: &mut Counts) -> Result<()> {
    Ok(cmd!(shell, "cargo fmt --all --check").run()?)
}

fn layers(shell: &Shell, _: &mut Counts) -> Result<()> {
    cmd!(shell, "cargo check --locked --package upgrade-checklist --lib --no-default-features").run()?;
    for feature in ["browser", "runbook-module"] {
        let tree = cmd!(
            shell,
            "cargo tree --locked --package upgrade-checklist --no-default-features --features {feature}
             --target wasm32-unknown-unknown --edges normal --prefix none"
        )
        .read()?;
        // Each line is a package and its version: `serde v1.0.228`.
        let packages: Vec<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
        if let Some(package) = NEVER_IN_THE_APP.iter().find(|package| packages.contains(package)) {
            bail!("what is built with the feature {feature} contains {package}");
        }
    }
    Ok(())
}

fn clippy(shell: &Shell, _: &mut Counts) -> Result<()> {
    Ok(cmd!(shell, "cargo clippy --locked --workspace --all-targets -- -D warnings").run()?)
}

fn clippy_wasm(shell: &Shell, _: &mut Counts) -> Result<()> {
    page::compile_guides(shell)?;
    cmd!(
        shell,
        "cargo clippy --locked --package upgrade-checklist --lib --bin upgrade-checklist-app
         --no-default-features --features browser --target wasm32-unknown-unknown -- -D warnings"
    )
    .run()?;
    for module in ["parser", "runbook"] {
        cmd!(
            shell,
            "cargo clippy --locked --package upgrade-checklist --lib --bin upgrade-checklist-{module}
             --no-default-features --features {module}-module --target wasm32-unknown-unknown -- -D warnings"
        )
        .run()?;
    }
    Ok(())
}

fn doc(shell: &Shell, _: &mut Counts) -> Result<()> {
    // With all features, as the browser's module has documentation too.
    Ok(cmd!(shell, "cargo doc --locked --workspace --all-features --no-deps --document-private-items")
        .env("RUSTDOCFLAGS", "-D warnings")
        .run()?)
}

fn cargo(shell: &Shell, counts: &mut Counts) -> Result<()> {
    let color = if std::io::stdout().is_terminal() { "always" } else { "never" };
    // Property tests try the same cases on every run, so that none fails by chance. Plain `cargo
    // test` tries others each time.
    let seed = std::env::var("PROPTEST_RNG_SEED").unwrap_or_else(|_| "20240514".to_owned());
    counts.add_cargo_test(
        cmd!(shell, "cargo test --locked --workspace --no-fail-fast -- --color {color}")
            .env("PROPTEST_RNG_SEED", seed),
    )
}

fn markdoc(shell: &Shell, counts: &mut Counts) -> Result<()> {
    let folder = "tests/markdoc/official";
    tools::install_node_modules(shell, folder)?;
    let mut pages = Vec::new();
    for pattern in ["content/**/*.md", "tests/markdoc/pages/*.md", "benches/parse/pages/*.md"] {
        for page in glob::glob(&shell.current_dir().join(pattern).to_string_lossy())? {
            pages.push(page?);
        }
    }
    let trees = cmd!(shell, "node {folder}/main.mjs {pages...}").read()?;
    shell.write_file("target/markdoc/official.jsonl", trees)?;
    let arguments = ["--ignored", "--nocapture"];
    counts.add_cargo_test(cmd!(
        shell,
        "cargo test --locked --package upgrade-checklist --test official -- {arguments...}"
    ))
}

fn cloud(shell: &Shell, counts: &mut Counts) -> Result<()> {
    counts.add_cargo_test(cmd!(shell, "cargo test --locked --test tools -- --ignored --nocapture"))
}

fn content(shell: &Shell, _: &mut Counts) -> Result<()> {
    check::content(shell)
}

fn build_page(shell: &Shell, _: &mut Counts) -> Result<()> {
    dist::build(shell)
}

fn npm(shell: &Shell, _: &mut Counts) -> Result<()> {
    tools::install_node_modules(shell, "tests/npm")?;
    let package = &embed::pack(shell)?;
    let bin = shell.current_dir().join("tests/npm/node_modules/.bin");
    let [publint, attw, tsc] = ["publint", "attw", "tsc"].map(|program| bin.join(program));
    cmd!(shell, "{publint} --strict {package}").run()?;
    // Of what is no module there is nothing to find out.
    let others = ["upgrade-checklist.css", "upgrade-checklist-app_bg.wasm", "custom-elements.json"];
    cmd!(shell, "{attw} {package} --profile esm-only --exclude-entrypoints {others...}").run()?;
    // Beside the rest, as its user has it.
    let _in_tests = shell.push_dir("tests/npm");
    embed::unpack(shell, package, "node_modules/upgrade-checklist")?;
    Ok(cmd!(shell, "{tsc}").run()?)
}

fn embed(shell: &Shell, counts: &mut Counts) -> Result<()> {
    embed::build(shell)?;
    play(shell, counts, &["embed.spec.ts"])
}

fn browser(shell: &Shell, counts: &mut Counts) -> Result<()> {
    if !shell.path_exists("dist/index.html") {
        bail!("there is no page to look at");
    }
    // It leaves the gallery that pictures.spec.ts looks at.
    cmd!(shell, "cargo test --locked --quiet --test view").run()?;
    play(shell, counts, &["--grep-invert", "@embed|@firefox"])
}

fn firefox(shell: &Shell, counts: &mut Counts) -> Result<()> {
    play(shell, counts, &["firefox.spec.ts"])
}

/// Runs the browser's tests that these arguments choose.
fn play(shell: &Shell, counts: &mut Counts, chosen: &[&str]) -> Result<()> {
    // What an earlier run reported must not pass for this one's.
    let report = "target/playwright/report.json";
    shell.remove_path(report)?;
    tools::install_node_modules(shell, "tests/browser")?;
    let folder = shell.push_dir("tests/browser");
    cmd!(shell, "npm run --silent types").run()?;
    let played = cmd!(shell, "npm run --silent test -- {chosen...}").run();
    drop(folder);
    match shell.read_file(report) {
        Ok(text) => counts.add_playwright(&text)?,
        // Why the tests did not even start says more than that their report is not there.
        Err(missing) => return Err(played.err().unwrap_or(missing).into()),
    }
    Ok(played?)
}
