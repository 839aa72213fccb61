//! The searches that the guide offers for a reader's own code, run on a small tree of code:
//! each finds the lines that say so, and no others.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/pages.rs"]
mod pages;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use upgrade_checklist::environment::Environment;
use upgrade_checklist::guide;

#[test]
fn each_search_finds_what_has_changed_and_nothing_that_only_looks_like_it() {
    let code = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/searched");
    let environment = Environment::default().with("code_dir", code.to_str().unwrap());
    let guide = guide::build(&pages::load("content/openmetadata-1.4.0.md").0, &environment);
    let empty = tempfile::tempdir().unwrap();
    let mut expected: Vec<(String, String)> = marked(&code, Path::new("."));
    for step in guide.steps() {
        for snippet in step.snippets() {
            let command = snippet.text().filter(|text| text.contains("--exclude-dir"));
            let Some(command) = command else { continue };
            let (ours, rest) = expected.into_iter().partition(|(_, step_id)| step.id.ends_with(step_id));
            expected = rest;
            let ours: Vec<(String, String)> = ours;
            let wanted: BTreeSet<String> = ours.into_iter().map(|(place, _)| place).collect();
            assert!(!wanted.is_empty(), "nothing shows what {} finds", snippet.id);
            assert_eq!(found(&command), Some(wanted), "{}: {command}", step.id);
            let elsewhere =
                |folder: &Path| found(&command.replace(code.to_str().unwrap(), folder.to_str().unwrap()));
            assert_eq!(elsewhere(empty.path()), Some([].into()));
            assert_eq!(elsewhere(&empty.path().join("none")), None, "{command} finds nothing in no folder");
        }
    }
    assert_eq!(expected, [], "no step searches for these");
}

/// The lines that are to be found below a folder, each with the end of its step's id.
fn marked(folder: &Path, below: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder.join(below)).unwrap() {
        let entry = entry.unwrap();
        let path = below.join(entry.file_name());
        if entry.path().is_dir() {
            all.extend(marked(folder, &path));
            continue;
        }
        for (index, line) in fs::read_to_string(entry.path()).unwrap().lines().enumerate() {
            if let Some((_, step)) = line.split_once(" finds: ") {
                all.push((format!("{}:{}", path.display(), index + 1), step.to_owned()));
            }
        }
    }
    all
}

/// The places that a command prints; nothing where it fails, which it does not if it finds none.
fn found(command: &str) -> Option<BTreeSet<String>> {
    let output = Command::new("sh").args(["-c", command]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let place = |line: &str| line.splitn(3, ':').take(2).collect::<Vec<_>>().join(":");
    output.status.success().then(|| text.lines().map(place).collect())
}
