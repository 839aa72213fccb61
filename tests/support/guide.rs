//! The shipped guide for one reader, and what stands in the place of what they did not say.

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
    let mut environment = Environment::default();
    // An answer may bring up a question.
    loop {
        let guide = guide::build(document, &environment);
        assert!(guide.problems.is_empty(), "{:?}", guide.problems);
        let open = guide.inputs.iter().find_map(|input| {
            let given =
                answers.iter().find(|(name, _)| *name == input.name).map(|(_, answer)| answer.clone());
            let answer = given.or_else(|| made_up(input))?;
            (environment.get(&input.name).is_none()).then_some((input.name.clone(), answer))
        });
        let Some((name, answer)) = open else {
            let wrong: Vec<_> = guide.inputs.iter().filter(|input| input.error.is_some()).collect();
            assert!(wrong.is_empty(), "{wrong:?}");
            return guide;
        };
        environment = environment.with(&name, &answer);
    }
}

/// Every way to answer the choices of the guide, as answers.
pub fn combinations(document: &Document) -> Vec<Vec<(String, String)>> {
    let mut complete = Vec::new();
    let mut open = vec![Vec::<(String, String)>::new()];
    while let Some(answers) = open.pop() {
        let environment: Environment = answers.iter().cloned().collect();
        let guide = guide::build(document, &environment);
        let choice = guide.inputs.iter().find_map(|input| match &input.kind {
            InputKind::Choice(options) if environment.get(&input.name).is_none() => {
                Some((&input.name, options))
            }
            _ => None,
        });
        match choice {
            Some((name, options)) => open.extend(options.iter().rev().map(|option| {
                let mut more = answers.clone();
                more.push((name.clone(), option.value.clone()));
                more
            })),
            None => complete.push(answers),
        }
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
            ValueType::Path => "/some path".to_owned(),
            ValueType::Size => "7MB".to_owned(),
            // Each has a name of its own, so that no two can be mixed up unnoticed.
            ValueType::Resource => format!("my-{}", input.name.replace('_', "-")),
        }),
    }
}
