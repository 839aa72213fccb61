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
    let mut expected: Vec<(String, String)> = marked(&code);
    for step in guide.steps() {
        for snippet in step.snippets() {
            let command = snippet.text().filter(|text| text.starts_with("grep "));
            let Some(command) = command else { continue };
            let (ours, rest) = expected.into_iter().partition(|(_, step_id)| step.id.ends_with(step_id));
            expected = rest;
            let ours: Vec<(String, String)> = ours;
            let wanted: BTreeSet<String> = ours.into_iter().map(|(place, _)| place).collect();
            assert!(!wanted.is_empty(), "nothing shows what {} finds", snippet.id);
            assert_eq!(found(&command), wanted, "{}: {command}", step.id);
            let nothing = command.replace(code.to_str().unwrap(), empty.path().to_str().unwrap());
            assert_eq!(found(&nothing), [].into());
        }
    }
    assert_eq!(expected, [], "no step searches for these");
}

/// The lines that are to be found, each with the end of its step's id.
fn marked(folder: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(marked(&path));
            continue;
        }
        for (index, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            if let Some((_, step)) = line.split_once(" finds: ") {
                all.push((format!("{}:{}", path.display(), index + 1), step.to_owned()));
            }
        }
    }
    all
}

/// The places that a command prints. To find nothing is no failure.
fn found(command: &str) -> BTreeSet<String> {
    let output = Command::new("sh").args(["-c", command]).output().unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let place = |line: &str| line.splitn(3, ':').take(2).collect::<Vec<_>>().join(":");
    text.lines().map(place).collect()
}
