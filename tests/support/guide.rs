//! The shipped guide for one reader, and what stands in the place of what they did not say.

#![allow(dead_code, reason = "each suite uses its own part of this")]

use upgrade_checklist::environment::Environment;
use upgrade_checklist::environment::value::ValueType;
use upgrade_checklist::guide::{self, Guide, Input, InputKind};
use upgrade_checklist::markdoc::Document;

use super::pages::load;

/// The page of the guide.
pub const SHIPPED: &str = "content/openmetadata-1.4.0.md";

/// The page, read once.
pub fn shipped() -> Document {
    let (document, problems) = load(SHIPPED);
    assert!(problems.is_empty(), "{problems:?}");
    document
}

/// The guide for a reader who gives these answers where they are asked for; what else has
/// no default gets an answer that will do. Every answer is one that the guide can use.
pub fn guide_for(document: &Document, answers: &[(&str, String)]) -> Guide {
    let mut environment: Environment =
        answers.iter().map(|(name, answer)| (*name, answer.as_str())).collect();
    // An answer may bring up a question.
    loop {
        let guide = guide::build(document, &environment);
        assert!(guide.problems.is_empty(), "{:?}", guide.problems);
        let mut open = Vec::new();
        for input in guide.inputs.iter().filter(|input| environment.get(&input.name).is_none()) {
            let given =
                answers.iter().find(|(name, _)| *name == input.name).map(|(_, answer)| answer.clone());
            open.extend(given.or_else(|| made_up(input)).map(|answer| (input.name.clone(), answer)));
        }
        if open.is_empty() {
            let wrong: Vec<_> = guide.inputs.iter().filter(|input| input.error.is_some()).collect();
            assert!(wrong.is_empty(), "{wrong:?}");
            return guide;
        }
        for (name, answer) in open {
            environment = environment.with(&name, &answer);
        }
    }
}

/// Every way to answer the choices of the guide, as answers.
pub fn combinations(document: &Document) -> Vec<Vec<(String, String)>> {
    let guide = guide::build(document, &Environment::default());
    let mut complete = vec![Vec::new()];
    for input in &guide.inputs {
        let InputKind::Choice(options) = &input.kind else { continue };
        let with = |answers: &Vec<(String, String)>| {
            let answers = answers.clone();
            let name = input.name.clone();
            options.iter().map(move |option| [&answers[..], &[(name.clone(), option.value.clone())]].concat())
        };
        complete = complete.iter().flat_map(with).collect::<Vec<_>>();
    }
    complete
}

/// An answer to what has no default.
fn made_up(input: &Input) -> Option<String> {
    match &input.kind {
        InputKind::Choice(options) => options.first().map(|option| option.value.clone()),
        InputKind::Value { defaults, .. } if defaults.iter().all(|default| !default.value.is_empty()) => None,
        InputKind::Value { value_type, .. } => Some(match value_type {
            ValueType::Identifier | ValueType::Text => "some name".to_owned(),
            ValueType::Host => "db.example.com".to_owned(),
            ValueType::Port => "4406".to_owned(),
            ValueType::Number => "3".to_owned(),
            ValueType::Path => "/some path".to_owned(),
            ValueType::Size => "7MB".to_owned(),
            ValueType::Version => "1.3.4".to_owned(),
            // Each has a name of its own, so that no two can be mixed up unnoticed.
            ValueType::Resource => format!("my-{}", input.name.replace('_', "-")),
        }),
    }
}
