//! How fast a page becomes a tree: ours, Markdoc's and marked's, natively and in Node.js.

use super::contender::Contender;
use super::report::{Report, Row, median};
use super::samples::{self, Sample};
use crate::tools::{self, NODE, NPM};
use anyhow::Result;
use std::process::Command;
use xshell::{Shell, cmd};

/// How often each parser reads each page, in turns.
const ROUNDS: usize = 15;

/// The parsers, the first being ours.
const PARSERS: [&str; 3] = ["ours", "markdoc", "marked"];

pub fn measure(shell: &Shell) -> Result<Report> {
    tools::prepare(shell, &[&NODE, &NPM])?;
    tools::install_node_modules(shell, "bench")?;
    let pages = samples::pages(shell)?;
    let files = samples::write(shell, &pages.iter().collect::<Vec<_>>())?;
    let mut ours = Contender::start(&mut native(shell)?, &files)?;
    let mut others = Contender::start(Command::new("node").arg("bench/parse/others.mjs"), &files)?;
    let mut rows = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let mut time = |parser: &'static str, repeats: Option<u32>| {
            let contender = if parser == PARSERS[0] { &mut ours } else { &mut others };
            match repeats {
                Some(repeats) => Ok(contender.time(parser, index, repeats)?.as_secs_f64()),
                None => contender.repeats(parser, index).map(f64::from),
            }
        };
        rows.push(row(page, &mut time)?);
    }
    let versions = shell.read_file("bench/package-lock.json")?;
    Ok(Report {
        figure: "parse",
        about: format!(
            "Text to tree, in megabytes a second: the median of {ROUNDS} rounds in which the parsers take \
             turns. Ours is compiled for speed and gives places and problems as well; npm @markdoc/markdoc {} \
             and marked {} run in Node.js. A ratio is how many times as fast we are, the median of the \
             rounds' ratios.",
            version(&versions, "@markdoc/markdoc")?,
            version(&versions, "marked")?,
        ),
        columns: ["page", "KB", "ours", "Markdoc", "marked", "/ Markdoc", "/ marked"]
            .map(str::to_owned)
            .to_vec(),
        rows,
    })
}

/// Measures one page.
fn row(page: &Sample, time: &mut dyn FnMut(&'static str, Option<u32>) -> Result<f64>) -> Result<Row> {
    let mut repeats = [1; PARSERS.len()];
    for (parser, repeats) in PARSERS.iter().zip(&mut repeats) {
        *repeats = time(parser, None)? as u32;
    }
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let mut seconds = [0.0; PARSERS.len()];
        for ((parser, repeats), seconds) in PARSERS.iter().zip(repeats).zip(&mut seconds) {
            *seconds = time(parser, Some(repeats))?;
        }
        rounds.push(seconds);
    }
    let megabytes = page.text.len() as f64 / 1e6;
    let speed = |parser: usize| median(rounds.iter().map(|seconds| megabytes / seconds[parser]));
    let ratio = |parser: usize| median(rounds.iter().map(|seconds| seconds[parser] / seconds[0]));
    Ok(Row {
        name: page.name.clone(),
        values: vec![Some(megabytes * 1e3), speed(0), speed(1), speed(2), ratio(1), ratio(2)],
    })
}

/// Our parser as a program of its own, compiled for speed.
pub fn native(shell: &Shell) -> Result<Command> {
    const BENCH: &[&str] = &[
        "bench",
        "--locked",
        "--quiet",
        "--no-default-features",
        "--features",
        "parser",
        "--bench",
        "parse",
    ];
    cmd!(shell, "cargo {BENCH...} --no-run").run()?;
    let mut command = Command::new("cargo");
    command.args(BENCH).arg("--");
    Ok(command)
}

/// Which version of a package is installed.
fn version(lock: &str, package: &str) -> Result<String> {
    let lock: serde_json::Value = serde_json::from_str(lock)?;
    let version = &lock["packages"][["node_modules/", package].concat()]["version"];
    Ok(version.as_str().unwrap_or("unknown").to_owned())
}
