//! What a reader downloads until the guide works, and what the parser adds; bytes are exact.

use super::Effort;
use super::compare::{REACT, SVELTE, columns, ratio_to, row};
use super::contenders::{self, Contender};
use super::report::{Aim, Report, Row};
use crate::dist::sizes::{self, Sizes};
use anyhow::Result;
use xshell::Shell;

/// The kinds of files, each by the ends of their names.
const KINDS: &[(&str, &[&str])] =
    &[("HTML", &[".html"]), ("styles", &[".css"]), ("scripts", &[".js"]), ("WebAssembly", &[".wasm"])];

pub fn measure(shell: &Shell, _: Effort) -> Result<Vec<Report>> {
    let contenders = contenders::built(shell)?;
    let mut all = Vec::new();
    for contender in contenders {
        all.push(first_visit(shell, contender)?);
    }
    let sum = |pick: &dyn Fn(&str) -> bool| -> Vec<Vec<f64>> {
        let of =
            |sizes: &Sizes| sizes.iter().filter(|(file, _)| pick(file)).map(|(_, size)| size.brotli).sum();
        all.iter().map(|sizes| vec![kilobytes(of(sizes))]).collect()
    };
    let whole = sum(&|_| true);
    let aims = [(ratio_to(REACT), 0.60), (ratio_to(SVELTE), 1.0)];
    let mut rows = vec![row("KB to a working guide", &whole, &aims)];
    for (kind, ends) in KINDS {
        rows.push(row(*kind, &sum(&|file| ends.iter().any(|end| file.ends_with(end))), &[]));
    }
    let dist = sizes::of(shell, "dist")?;
    let later: u64 = sizes::WITH_SRC.iter().filter_map(|file| dist.get(*file)).map(|size| size.brotli).sum();
    rows.push(Row {
        name: "KB more where a page comes from src".to_owned(),
        values: vec![Some(kilobytes(later))],
        aims: vec![Aim::at_most(1, 80.0)],
    });
    Ok(vec![Report {
        figure: "sizes",
        about: format!(
            "Kilobytes (1000 bytes) of a first visit, each file compressed by brotli as well as it can. All \
             show the pages that ship, whole. Ours is readable before any script, and has all its features; \
             the others tick, count, keep, choose, fill commands in, copy and filter: {}.",
            contenders::versions(shell)?,
        ),
        columns: columns("first visit"),
        rows,
    }])
}

/// The files of a contender's first visit.
fn first_visit(shell: &Shell, contender: &Contender) -> Result<Sizes> {
    if contender.name != contenders::OURS.name {
        return sizes::of(shell, &contender.folder);
    }
    let mut files = sizes::of(shell, "dist")?;
    files.retain(|file, _| sizes::FIRST_VISIT.contains(&file.as_str()));
    Ok(files)
}

fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1e3
}
