//! The native command, by its cases.
//!
//! Each page in `command/` is a session: after `$` stands what is typed, after `?` the
//! status if it is not 0, and then what is printed, errors included. It runs in a copy of
//! the folder that the session names. `UPDATE_EXPECT=1 cargo test --test command` writes what
//! is printed now into the cases; read the diff before you accept it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

#[test]
fn the_command_answers_as_its_cases_say() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/command");
    let mut checked = 0;
    for entry in fs::read_dir(&cases).unwrap() {
        let case = entry.unwrap().path();
        if case.extension().is_some_and(|extension| extension == "md") {
            check(&case);
            checked += 1;
        }
    }
    assert!(checked > 0, "there are no cases in {}", cases.display());
}

#[test]
fn the_shipped_content_has_no_problems() {
    let said = answer("upgrade-checklist check content", Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(said.ends_with("pages, no problem\n") && said.lines().count() == 1, "{said}");
}

#[test]
fn the_readme_shows_how_each_command_was_verified() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&file).unwrap();
    let matrix = answer("upgrade-checklist matrix", Path::new(env!("CARGO_MANIFEST_DIR")));
    let (before, rest) = readme.split_once("<!-- matrix: ").expect("a mark where the matrix begins");
    let (mark, rest) = rest.split_once("-->\n").expect("an end of that mark");
    let (_, after) = rest.split_once("<!-- /matrix -->").expect("a mark where the matrix ends");
    let expected = [before, "<!-- matrix: ", mark, "-->\n\n", &matrix, "\n<!-- /matrix -->", after].concat();
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(file, expected).unwrap();
    } else {
        assert!(
            readme == expected,
            "README.md shows another matrix: UPDATE_EXPECT=1 cargo test --test command"
        );
    }
}

/// One where a choice is open only says so.
#[test]
fn the_readme_shows_how_to_print_a_script_that_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let mut shown = readme.lines().filter_map(|line| line.split_once(" > upgrade.sh"));
    let (typed, _) = shown.next().expect("a line that prints a script");
    let script = answer(typed, root);
    assert!(script.starts_with("#!/bin/sh\n") && !script.contains("\nexit 2\n"), "{typed}\n{script}");
}

/// A script for each engine, for each place where the database runs.
#[test]
fn every_shell_understands_the_shipped_scripts_and_shellcheck_finds_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let open = answer("upgrade-checklist runbook --format json", root);
    let open: serde_json::Value = serde_json::from_str(&open).unwrap();
    let inputs = open["inputs"].as_array().unwrap();
    let choices: Vec<&serde_json::Value> = inputs.iter().filter(|input| input["type"] == "choice").collect();
    let longest = choices.iter().map(|choice| choice["options"].as_array().unwrap().len()).max().unwrap();
    let folder = tempfile::tempdir().unwrap();
    for engine in 0..2 {
        for number in 0..longest {
            let answers = choices.iter().enumerate().map(|(place, choice)| {
                let options = choice["options"].as_array().unwrap();
                let option = &options[(if place == 0 { engine } else { number }) % options.len()];
                format!(" --set {}={}", choice["name"].as_str().unwrap(), option.as_str().unwrap())
            });
            let set: String = answers.collect();
            let script = folder.path().join("script.sh");
            let typed = format!("upgrade-checklist runbook --format sh{set} 2>&1 > {}", script.display());
            assert_eq!(answer(&typed, root), "", "{set}");
            for judge in ["sh -n", "bash -n", "dash -n", "shellcheck"] {
                let program = judge.split(' ').next().unwrap();
                // A developer's machine may lack one; the test stage installs them.
                if answer(&format!("command -v {program}"), root).starts_with("? ") {
                    continue;
                }
                assert_eq!(answer(&format!("{judge} script.sh"), folder.path()), "", "{judge},{set}");
            }
        }
    }
}

fn check(case: &Path) {
    let written = fs::read_to_string(case).unwrap();
    let actual = replay(&written, case.parent().unwrap());
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(case, actual).unwrap();
    } else {
        let differs = written.lines().zip(actual.lines()).position(|(one, other)| one != other);
        let line = differs.unwrap_or(written.lines().count().min(actual.lines().count())) + 1;
        assert_eq!(written, actual, "{} differs from line {line} on", case.display());
    }
}

/// The session with what the command prints now.
fn replay(session: &str, cases: &Path) -> String {
    let mut lines = session.lines();
    let mut out = String::new();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some((fence, folder)) = line.split_once("console ").filter(|(fence, _)| fence.starts_with("```"))
        else {
            continue;
        };
        let copy = tempfile::tempdir().unwrap();
        copy_folder(&cases.join(folder), copy.path());
        let typed = lines.by_ref().take_while(|line| *line != fence).filter(|line| line.starts_with("$ "));
        let answers = typed.map(|line| [line, "\n", &answer(&line[2..], copy.path())].concat());
        out.push_str(&answers.collect::<Vec<_>>().join("\n"));
        out.push_str(fence);
        out.push('\n');
    }
    out
}

fn answer(typed: &str, folder: &Path) -> String {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_upgrade-checklist"));
    let path = [program.parent().unwrap().to_str().unwrap(), ":", &env::var("PATH").unwrap()].concat();
    let output = Command::new("sh")
        .args(["-c", &["exec 2>&1; ", typed].concat()])
        .current_dir(folder)
        .env("PATH", path)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let mut printed = String::from_utf8(output.stdout).unwrap();
    if !printed.is_empty() && !printed.ends_with('\n') {
        printed.push('\n');
    }
    match output.status.code().unwrap() {
        0 => printed,
        status => format!("? {status}\n{printed}"),
    }
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
