//! What a reader may type for each type of value, and what is answered. The cases are the
//! lines of `tests/data/values.txt`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use upgrade_checklist::environment::value::ValueType;

#[test]
fn every_line_of_the_table_holds() {
    let table = include_str!("data/values.txt");
    let cases = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let wrong: Vec<String> = cases.filter_map(check).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What is wrong with one line of the table.
fn check(line: &str) -> Option<String> {
    let (name, rest) = line.split_once(" |").expect("TYPE | TYPED | EXPECTED");
    let (typed, expected) = rest.rsplit_once("| ").expect("TYPE | TYPED | EXPECTED");
    // Exactly one space around the typed text is the table's.
    let typed = unescaped(typed.strip_prefix(' ').unwrap_or(typed).strip_suffix(' ').unwrap_or_default());
    let value_type = ValueType::from_name(name).expect("a type's name");
    assert_eq!(value_type.name(), name);

    let found = match value_type.parse(&typed) {
        Ok(value) => {
            let shown = value.to_string();
            assert_eq!(value_type.parse(&shown), Ok(value), "what is shown reads back: {line}");
            shown
        }
        Err(invalid) => format!("! {}", invalid),
    };
    (found != unescaped(expected)).then(|| format!("{line}\n    gave {found:?}"))
}

/// A text in double quotes is a JSON string, for what a line cannot hold.
fn unescaped(text: &str) -> String {
    serde_json::from_str(text).ok().filter(|_| text.starts_with('"')).unwrap_or_else(|| text.to_owned())
}
