//! Texts that look for trouble, and the snippets that they are written into.

use proptest::prelude::*;
use upgrade_checklist::environment::value::{TypedValue, ValueType};
use upgrade_checklist::snippet::{self, Language, Part, Spelling};

/// Texts of one line that look for trouble: what each language quotes, escapes or expands.
pub fn hostile() -> impl Strategy<Value = String> {
    let troubles = "'\"`\\$#!~*?[]{}()<>|&;%^=:,. -\u{a0}äé漢🎉\u{2028}\u{feff}";
    let trouble = proptest::sample::select(troubles.chars().collect::<Vec<_>>());
    let any = any::<char>().prop_filter("one line", |c| !c.is_control());
    let word = proptest::sample::select(vec![
        "''", "\\'", "$(id)", "`id`", "${x}", "$$", "--", "/*", "no", "\\n", "!!",
    ]);
    proptest::collection::vec(
        prop_oneof![
            4 => trouble.prop_map(String::from),
            2 => "[a-z0-9]{1,3}",
            1 => any.prop_map(String::from),
            1 => word.prop_map(String::from),
        ],
        0..12,
    )
    .prop_map(|pieces| pieces.concat())
}

/// The text of a snippet that is `template` with the values in the places of its `□`s.
pub fn written(language: Language, template: &str, values: &[TypedValue]) -> String {
    let mut literals = template.split('□');
    let mut parts = vec![Part::Literal(literals.next().unwrap_or_default())];
    for (literal, value) in literals.zip(values) {
        parts.push(Part::Hole { value, spelling: Spelling::Plain });
        parts.push(Part::Literal(literal));
    }
    let runs = snippet::write(language, &parts).unwrap_or_else(|errors| panic!("{values:?}: {errors:?}"));
    runs.into_iter().map(|run| run.text).collect()
}

/// Values of the type that takes any text.
pub fn texts(texts: &[String]) -> Vec<TypedValue> {
    texts.iter().map(|text| typed(ValueType::Text, text)).collect()
}

/// The value of a text that is one.
pub fn typed(value_type: ValueType, text: &str) -> TypedValue {
    value_type.parse(text).unwrap_or_else(|invalid| panic!("{text:?}: {invalid}"))
}
