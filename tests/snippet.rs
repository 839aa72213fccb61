//! Values written into snippets: the cases of `tests/data/snippets`, a file for each
//! language. What real programs read in them, `tests/quoting.rs` shows.
//!
//! A case is a title, its values (`name: type = text`, where a text in double quotes is a
//! JSON string), a template with `{% $name %}` for a hole, and what is written, or who is
//! told what.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/hostile.rs"]
mod hostile;

use std::path::PathBuf;

use hostile::typed;
use upgrade_checklist::environment::Objection;
use upgrade_checklist::environment::value::{TypedValue, ValueType};
use upgrade_checklist::snippet::{self, Fault, Language, Part, Spelling};

#[test]
fn every_case_of_every_language_holds() {
    let mut wrong = Vec::new();
    let other: (Language, &[&str]) = (Language::Other, &["text"]);
    let files = std::fs::read_dir("tests/data/snippets").unwrap().count();
    assert_eq!(files, Language::NAMES.len() + 1, "a file for each language");
    for (language, names) in Language::NAMES.iter().chain([&other]) {
        // The file has one of the names that a fence may have.
        let mut paths = names.iter().map(|name| PathBuf::from(format!("tests/data/snippets/{name}.txt")));
        let path = paths.find(|path| path.exists()).unwrap_or_else(|| panic!("no cases for {names:?}"));
        let text = std::fs::read_to_string(&path).unwrap();
        for case in format!("\n{text}").split("\n=== ").skip(1) {
            wrong.extend(check(*language, case).map(|why| format!("{}: {why}", path.display())));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

/// What is wrong with one case.
fn check(language: Language, case: &str) -> Option<String> {
    let (head, rest) = case.split_once("\n--- template\n").expect("a template");
    let (template, expected) = rest.split_once("\n--- ").expect("what is expected");
    let (title, values) = head.split_once('\n').expect("a value");
    let values: Vec<(&str, TypedValue)> = values.lines().map(value).collect();

    let found = match snippet::write(language, &parts(template, &values)) {
        Ok(runs) => {
            let text: String = runs.iter().map(|run| run.text.as_str()).collect();
            format!("written\n{text}")
        }
        Err(errors) => {
            let fault = match errors[0].fault {
                Fault::Position => "position",
                Fault::Value => "value",
            };
            format!("refused {fault}\n{}", errors[0].why)
        }
    };
    let expected = expected.trim_end_matches('\n');
    (found != expected).then(|| format!("{title}\n--- expected {expected}\n--- found {found}"))
}

/// `name: type = text`.
fn value(line: &str) -> (&str, TypedValue) {
    let (name, rest) = line.split_once(": ").expect("name: type = text");
    let (value_type, text) = rest.split_once(" = ").expect("name: type = text");
    let text = serde_json::from_str(text).ok().filter(|_| text.starts_with('"')).unwrap_or(text.to_owned());
    (name, typed(ValueType::from_name(value_type).expect("a type's name"), &text))
}

/// The parts of a template; a hole is `{% $name %}` or `{% function($name) %}`.
fn parts<'a>(template: &'a str, values: &'a [(&str, TypedValue)]) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once("{% ") {
        let (hole, after) = after.split_once(" %}").expect("a hole ends");
        let (function, name) = hole.split_once('$').expect("a hole names a value");
        let name = name.trim_end_matches(')');
        let (_, value) = values.iter().find(|(known, _)| *known == name).expect("a value of that name");
        let spelling = match function {
            "" => Spelling::Plain,
            function => Spelling::from_function(function.trim_end_matches('(')).expect("a function"),
        };
        parts.push(Part::Literal(literal));
        parts.push(Part::Hole { value, spelling });
        rest = after;
    }
    parts.push(Part::Literal(rest));
    parts
}

#[test]
fn a_language_is_the_same_in_upper_case() {
    for (name, language) in [
        ("yaml", Language::Yaml),
        ("YAML", Language::Yaml),
        ("Bash", Language::Shell),
        ("SQL", Language::Other),
        ("", Language::Other),
    ] {
        assert_eq!(Language::from_fence(name), language, "{name}");
    }
}

#[test]
fn a_file_of_any_program_is_saved_as_no_file_of_mysql() {
    let endings = ["cnf", "INI", "postgresql.conf", "yml", "Bash", "sql"];
    let endings = endings.map(|name| Language::from_fence(name).extension());
    assert_eq!(endings, [".cnf", ".ini", ".conf", ".yaml", ".sh", ".txt"]);
}

#[test]
fn a_missing_value_is_told_to_the_reader_and_its_place_to_the_author() {
    let no_host = Objection::Missing("Host".to_owned());
    let missing = [Part::Literal("psql --host="), Part::Missing(&no_host)];
    let errors = snippet::write(Language::Shell, &missing).unwrap_err();
    assert_eq!((errors[0].part, errors[0].fault), (1, Fault::Value));
    assert_eq!(errors[0].why, no_host);

    let misplaced = [Part::Literal("echo '"), Part::Missing(&no_host), Part::Literal("'")];
    assert_eq!(snippet::write(Language::Shell, &misplaced).unwrap_err()[0].fault, Fault::Position);
}

#[test]
fn a_run_answers_to_its_part_and_literals_may_be_in_pieces() {
    let host = typed(ValueType::Host, "localhost");
    let hole = Part::Hole { value: &host, spelling: Spelling::Plain };
    let runs = snippet::write(
        Language::Postgres,
        &[
            Part::Literal("SELECT 1 -"),
            Part::Literal("- it's\n, "),
            hole,
            Part::Literal(""),
            Part::Literal(";"),
        ],
    )
    .unwrap();
    let shown: Vec<(&str, Option<usize>)> = runs.iter().map(|run| (run.text.as_str(), run.hole)).collect();
    assert_eq!(
        shown,
        [("SELECT 1 -", None), ("- it's\n, ", None), ("'localhost'", Some(2)), ("", None), (";", None)]
    );
}

#[test]
fn every_misplaced_hole_is_told() {
    let host = typed(ValueType::Host, "localhost");
    let hole = Part::Hole { value: &host, spelling: Spelling::Plain };
    let errors = snippet::write(
        Language::Shell,
        &[Part::Literal("echo '"), hole, Part::Literal("' \""), hole, Part::Literal("\" "), hole],
    )
    .unwrap_err();
    assert_eq!(errors.iter().map(|error| error.part).collect::<Vec<_>>(), [1, 3]);
}
