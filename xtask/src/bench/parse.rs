//! How fast a page becomes a tree: ours beside Markdoc's and marked's, natively and in Node.js,
//! and ours beside Markdoc's in a browser.

use super::Effort;
use super::contenders::version;
use super::reader::Reader;
use super::report::{Aim, Report, Row, median};
use super::samples::{self, Sample};
use crate::dist::shrink;
use crate::page;
use crate::tools::{self, CHROMIUM, ESBUILD, NODE, NPM, WASM_OPT};
use anyhow::Result;
use std::path::Path;
use std::process::Command;
use xshell::{Shell, cmd};

/// How often each parser reads each page, in turns.
fn rounds(effort: Effort) -> usize {
    effort.rounds(15)
}

/// Natively, and in Node.js.
pub fn measure(shell: &Shell, effort: Effort) -> Result<Vec<Report>> {
    tools::prepare(shell, &[&NODE, &NPM])?;
    tools::install_node_modules(shell, "benches")?;
    let pages = samples::pages(shell)?;
    let files = samples::write(shell, &pages.iter().collect::<Vec<_>>())?;
    let ours = Reader::start(&mut native(shell)?, &files)?;
    let others = Reader::start(Command::new("node").arg("benches/parse/others.mjs"), &files)?;
    let parsers = [(0, "ours"), (1, "markdoc"), (1, "marked")];
    let rows = compare(&pages, &mut [ours, others], parsers, rounds(effort), Aim::at_least(5, 15.0))?;
    Ok(vec![Report {
        figure: "parse",
        about: format!(
            "Text to tree, in megabytes a second: the median of {} rounds in which the parsers take \
             turns. Ours is compiled for speed and finds places and problems as well; npm @markdoc/markdoc {} \
             and marked {} run in Node.js. A ratio is how many times as fast we are, the median of the \
             rounds' ratios.",
            rounds(effort),
            version(shell, "@markdoc/markdoc")?,
            version(shell, "marked")?,
        ),
        columns: ["page", "KB", "ours", "Markdoc", "marked", "/ Markdoc", "/ marked"]
            .map(str::to_owned)
            .to_vec(),
        rows,
    }])
}

/// In one page of Chromium.
pub fn measure_in_browser(shell: &Shell, effort: Effort) -> Result<Vec<Report>> {
    tools::prepare(shell, &[&NODE, &NPM, &ESBUILD, &WASM_OPT, &CHROMIUM])?;
    tools::install_node_modules(shell, "benches")?;
    tools::install_node_modules(shell, "tests/browser")?;
    let folder = shell.current_dir().join("target/bench/browser");
    shell.remove_path(&folder)?;
    shell.create_dir(&folder)?;
    module(shell, &folder)?;
    let markdoc = folder.join("markdoc.js");
    cmd!(
        shell,
        "esbuild ./benches/node_modules/@markdoc/markdoc --bundle --minify --format=esm --log-level=warning
         --outfile={markdoc}"
    )
    .run()?;
    let pages = samples::pages(shell)?;
    let files = samples::write(shell, &pages.iter().collect::<Vec<_>>())?;
    let mut program = Command::new("node");
    program
        .arg("benches/browser/parse.mjs")
        .arg(&folder)
        .envs(shell.var("CHROMIUM").map(|path| ("CHROMIUM", path)));
    let browser = Reader::start(&mut program, &files)?;
    let parsers = [(0, "tree"), (0, "bytes"), (0, "markdoc")];
    let rows = compare(&pages, &mut [browser], parsers, rounds(effort), Aim::at_least(6, 5.0))?;
    Ok(vec![Report {
        figure: "parse-browser",
        about: format!(
            "The same in one page of Chromium: our parser's module, as far as a tree, and as far as the bytes \
             that the app takes; and npm @markdoc/markdoc {}, which has a tree then. Each begins with the page's bytes.",
            version(shell, "@markdoc/markdoc")?,
        ),
        columns: ["page", "KB", "tree", "bytes", "Markdoc", "/ bytes", "/ Markdoc"]
            .map(str::to_owned)
            .to_vec(),
        rows,
    }])
}

/// For each page its size, the speeds of the parsers, and the first one's ratio to each of the
/// others. A parser has the number of its reader and its name there.
fn compare<const N: usize>(
    pages: &[Sample],
    readers: &mut [Reader],
    parsers: [(usize, &str); N],
    rounds: usize,
    aim: Aim,
) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let mut repeats = [1; N];
        for ((reader, parser), repeats) in parsers.iter().zip(&mut repeats) {
            *repeats = readers[*reader].repeats(parser, index)?;
        }
        let mut times = Vec::new();
        for _ in 0..rounds {
            let mut seconds = [0.0; N];
            for (((reader, parser), repeats), seconds) in parsers.iter().zip(repeats).zip(&mut seconds) {
                *seconds = readers[*reader].time(parser, index, repeats)?.as_secs_f64();
            }
            times.push(seconds);
        }
        let megabytes = page.text.len() as f64 / 1e6;
        let speed = |parser: usize| median(times.iter().map(|seconds| megabytes / seconds[parser]));
        let ratio = |parser: usize| median(times.iter().map(|seconds| seconds[parser] / seconds[0]));
        let speeds = (0..N).map(speed);
        let values = [Some(megabytes * 1e3)].into_iter().chain(speeds).chain((1..N).map(ratio)).collect();
        rows.push(Row { name: page.name.clone(), values, aims: vec![aim] });
    }
    Ok(rows)
}

/// Our parser as a program of its own, compiled for speed.
pub fn native(shell: &Shell) -> Result<Command> {
    const BENCH: &[&str] = &[
        "bench",
        "--locked",
        "--quiet",
        "--no-default-features",
        "--features",
        "command",
        "--bench",
        "parse",
    ];
    cmd!(shell, "cargo {BENCH...} --no-run").run()?;
    let mut command = Command::new("cargo");
    command.args(BENCH).arg("--");
    Ok(command)
}

/// Our parser's module, shrunk as what ships is.
fn module(shell: &Shell, folder: &Path) -> Result<()> {
    page::prepare(shell)?;
    cmd!(
        shell,
        "cargo build --locked --quiet --profile parser --bin upgrade-checklist-parser --no-default-features
         --features parser-module --target wasm32-unknown-unknown"
    )
    // As Trunk builds it: what panics is found by its name.
    .env("CARGO_PROFILE_RELEASE_STRIP", "debuginfo")
    .run()?;
    let module = "target/wasm32-unknown-unknown/parser/upgrade-checklist-parser.wasm";
    cmd!(shell, "wasm-bindgen --target web --no-typescript --out-dir {folder} {module}").run()?;
    shrink::optimize_with_names(shell, &folder.join("upgrade-checklist-parser_bg.wasm"))
}
