//! What the app's WebAssembly is made of: its code by crate, ours by module, and its data.
//!
//! The app is built once more with its functions' names, and goes through the same tools as the
//! one that ships. A function belongs to the first crate in its name that is not Rust's own, so
//! what the standard library writes for our types counts as ours.

use super::Effort;
use super::report::{Report, Row};
use crate::dist;
use crate::page;
use crate::tools;
use anyhow::Result;
use std::collections::BTreeMap;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};
use xshell::{Shell, cmd};

/// Rust's own crates.
const RUST: &[&str] = &["core", "alloc", "std"];

/// Our crate, as names have it.
const OURS: &str = "upgrade_checklist";

/// What is smaller than this many bytes is counted together.
const SMALL: u64 = 2_000;

pub fn measure(shell: &Shell, _: Effort) -> Result<Vec<Report>> {
    page::prepare(shell)?;
    tools::prepare(shell, dist::shrink::TOOLS)?;
    page::compile_guides(shell)?;
    let folder = shell.current_dir().join("target/bench/bundle");
    shell.create_dir(&folder)?;
    // Names that tell the types for which a function was made. Apart from other builds, as
    // these flags would make all of them start anew.
    let target = folder.join("target");
    let unstripped = "profile.release.strip=false";
    cmd!(
        shell,
        "cargo build --locked --quiet --release --bin upgrade-checklist-app --no-default-features
         --features browser --target wasm32-unknown-unknown --config {unstripped} --target-dir {target}"
    )
    .env("RUSTFLAGS", "-C symbol-mangling-version=v0")
    .run()?;
    let built = target.join("wasm32-unknown-unknown/release/upgrade-checklist-app.wasm");
    cmd!(
        shell,
        "wasm-bindgen --target web --no-typescript --keep-debug --no-demangle --out-dir {folder} {built}"
    )
    .run()?;
    let program = folder.join("upgrade-checklist-app_bg.wasm");
    dist::shrink::optimize_with_names(shell, &program)?;
    let parts = parts(&shell.read_binary_file(program)?)?;

    let total: u64 = parts.values().sum();
    let small: u64 = parts.values().filter(|bytes| **bytes < SMALL).sum();
    let mut large: Vec<(&str, u64)> = parts
        .iter()
        .map(|(part, bytes)| (part.as_str(), *bytes))
        .filter(|(_, bytes)| *bytes >= SMALL)
        .collect();
    large.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    let row = |(part, bytes): (&str, u64)| Row {
        name: part.to_owned(),
        values: vec![Some(bytes as f64 / 1e3), Some(bytes as f64 * 100.0 / total as f64)],
        ..Row::default()
    };
    Ok(vec![Report {
        figure: "bundle",
        about:
            "The app's WebAssembly, in kilobytes before compression. What Rust's own crates and others write \
                for our types counts as ours; data are the guides, words and tables."
                .to_owned(),
        columns: ["part", "KB", "%"].map(str::to_owned).to_vec(),
        rows: large.into_iter().chain([("smaller parts", small), ("all", total)]).map(row).collect(),
    }])
}

/// The bytes of each part of a WebAssembly file that has its names.
fn parts(program: &[u8]) -> Result<BTreeMap<String, u64>> {
    let mut names = BTreeMap::new();
    let mut bodies = Vec::new();
    let mut imported = 0;
    let mut parts = BTreeMap::new();
    for payload in Parser::new(0).parse_all(program) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(length(&body.range())),
            Payload::DataSection(data) => {
                *parts.entry("data".to_owned()).or_default() += length(&data.range());
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(sections) = section.as_known() {
                    for section in sections {
                        let Name::Function(functions) = section? else { continue };
                        for naming in functions {
                            let naming = naming?;
                            names.insert(naming.index, naming.name);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    for (index, bytes) in (imported..).zip(bodies) {
        // What wasm-bindgen and wasm-opt make themselves need not have a name.
        let part = names.get(&index).map_or_else(|| "without a name".to_owned(), |name| part_of(name));
        *parts.entry(part).or_default() += bytes;
    }
    Ok(parts)
}

fn length(range: &std::ops::Range<u64>) -> u64 {
    range.end - range.start
}

/// The part that a function belongs to: a crate, or a module of ours.
fn part_of(name: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(name));
    let crates = || {
        let words = name.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':');
        words.filter_map(|path| path.split_once("::")).filter(|(first, _)| !first.is_empty())
    };
    let Some((first, rest)) = crates().find(|(first, _)| !RUST.contains(first)) else {
        let is_rust = crates().next().is_some() || name.starts_with("__rust");
        return if is_rust { "Rust's own".to_owned() } else { "glue".to_owned() };
    };
    match rest.split("::").next() {
        Some(module) if first == OURS => ["ours: ", module].concat(),
        _ => first.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::part_of;

    #[test]
    fn a_function_belongs_to_the_first_crate_that_is_not_rusts_own() {
        for (name, expected) in [
            ("_RNvNtCs1234_4core3fmt5write", "Rust's own"),
            ("_RNvMs_NtCs1234_8dlmalloc8dlmallocNtB4_8Dlmalloc6malloc", "dlmalloc"),
            ("_RNvNtNtCs1234_17upgrade_checklist4view5block5block", "ours: view"),
            (
                "<alloc::vec::Vec<upgrade_checklist::guide::Block> as core::clone::Clone>::clone",
                "ours: guide",
            ),
            ("<alloc::rc::Rc<yew::html::Scope<upgrade_checklist::view::Step>>>::drop_slow", "yew"),
            ("drawing_show", "glue"),
        ] {
            assert_eq!(part_of(name), expected, "{name}");
        }
    }
}
