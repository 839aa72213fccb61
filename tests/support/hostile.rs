//! Values that look for trouble, the same in every run, and the snippets that they are
//! written into.

#![allow(dead_code, reason = "each suite uses its own part of this")]

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use upgrade_checklist::environment::value::{TypedValue, ValueType};
use upgrade_checklist::snippet::{self, Language, Part, Spelling, WriteError};

/// So many values of a type, the same in every run.
pub fn values(value_type: ValueType, count: usize) -> Vec<TypedValue> {
    let mut runner = TestRunner::deterministic();
    let strategy = texts_for(value_type);
    let mut texts = std::iter::repeat_with(|| strategy.new_tree(&mut runner).unwrap().current());
    let mut values: Vec<TypedValue> = ALWAYS.iter().filter_map(|text| value_type.parse(text).ok()).collect();
    while values.len() < count {
        values.extend(texts.next().and_then(|text| value_type.parse(&text).ok()));
    }
    values
}

/// Texts that some program is known to stumble over.
const ALWAYS: [&str; 30] = [
    "",
    "-x",
    "--help",
    "--",
    "~",
    "~root/x",
    "~/it's $HOME",
    "/",
    "!!",
    "!$",
    "a\nb",
    "a\0b",
    "\u{1}\u{1f}\u{7f}\u{85}",
    "$(touch hacked)",
    "`touch hacked`",
    "'; DROP TABLE x; --",
    "\\",
    "\\\\'",
    "'\\''",
    "\"\\\"",
    "%s%n%%",
    "*",
    "[a-z]?",
    "{a,b}",
    "a=b",
    "postgresql://elsewhere/x",
    "\u{202e}txt.exe\u{202c}",
    "\u{feff}x\u{200b}",
    "null",
    "$$",
];

fn texts_for(value_type: ValueType) -> BoxedStrategy<String> {
    match value_type {
        ValueType::Identifier | ValueType::Text => hostile(),
        ValueType::Path => (prop_oneof!["/", "~/"], hostile()).prop_map(|(root, rest)| root + &rest).boxed(),
        ValueType::Host => prop_oneof![
            "[a-z0-9_]{1,9}(-[a-z0-9]{1,9}){0,2}(\\.[a-z][a-z0-9]{0,9}){0,3}\\.?",
            any::<std::net::IpAddr>().prop_map(|address| address.to_string()),
        ]
        .boxed(),
        ValueType::Port => any::<u16>().prop_map(|port| port.to_string()).boxed(),
        ValueType::Number => any::<u64>().prop_map(|number| (number >> 11).to_string()).boxed(),
        ValueType::Size => (1_u64..5000, prop_oneof!["", "kB", " MB", "G"])
            .prop_map(|(n, unit)| format!("{n}{unit}"))
            .boxed(),
        ValueType::Resource => "[A-Za-z0-9][A-Za-z0-9._()-]{0,40}".boxed(),
        ValueType::Version => "[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}".boxed(),
    }
}

/// Texts made of what each language quotes, escapes or expands, now and then long, of more
/// than one line, or with a character that no terminal shows.
fn hostile() -> BoxedStrategy<String> {
    let troubles =
        "'\"`\\$#!~*?[]{}()<>|&;%^=:,. -\u{a0}äé漢🎉\u{2028}\u{feff}\u{202e}\u{2066}\u{200f}\u{301}";
    let trouble = proptest::sample::select(troubles.chars().collect::<Vec<_>>());
    let any = any::<char>().prop_filter("no control", |c| !c.is_control());
    let words =
        ["''", "\\'", "$(id)", "`id`", "${x}", "$$", "--", "/*", "*/", "no", "\\n", "!!", "%s", "://", "EOF"];
    let control =
        proptest::sample::select("\n\r\t\0\u{1}\u{1b}\u{7f}\u{85}\u{9b}".chars().collect::<Vec<_>>());
    let piece = prop_oneof![
        160 => trouble.prop_map(String::from),
        80 => "[a-z0-9]{1,3}",
        40 => any.prop_map(String::from),
        40 => proptest::sample::select(words.to_vec()).prop_map(String::from),
        2 => control.prop_map(String::from),
    ];
    prop_oneof![
        60 => proptest::collection::vec(piece.clone(), 0..12),
        1 => proptest::collection::vec(piece, 200..400),
    ]
    .prop_map(|pieces| pieces.concat())
    .boxed()
}

/// The text of a snippet that is `template` with the values in the places of its `□`s.
pub fn written(language: Language, template: &str, values: &[TypedValue]) -> String {
    try_written(language, template, values, Spelling::Plain)
        .unwrap_or_else(|errors| panic!("{values:?}: {errors:?}"))
}

/// The same with another spelling, or why it cannot be written.
pub fn try_written(
    language: Language,
    template: &str,
    values: &[TypedValue],
    spelling: Spelling,
) -> Result<String, Vec<WriteError>> {
    let mut literals = template.split('□');
    let mut parts = vec![Part::Literal(literals.next().unwrap_or_default())];
    for (literal, value) in literals.zip(values) {
        parts.push(Part::Hole { value, spelling });
        parts.push(Part::Literal(literal));
    }
    let runs = snippet::write(language, &parts)?;
    Ok(runs.into_iter().map(|run| run.text).collect())
}

/// The value of a text that is one.
pub fn typed(value_type: ValueType, text: &str) -> TypedValue {
    value_type.parse(text).unwrap_or_else(|invalid| panic!("{text:?}: {invalid}"))
}
