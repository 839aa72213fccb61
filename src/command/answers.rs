//! The answers that are given with `--set`, which no guide is written with that cannot be used.
//!
//! Start with [`usable`].

use super::Failure;
use crate::environment::Environment;
use crate::guide::{Guide, InputKind, build};
use crate::markdoc::{Document, suggest};

/// The answers to what a guide asks, where all of them can be used.
pub(super) fn usable(document: &Document, set: &[(String, String)]) -> Result<Environment, Failure> {
    let environment: Environment = set.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    refuse_unknown(&build(document, &Environment::default()), set)?;
    refuse_invalid(&build(document, &environment))?;
    Ok(environment)
}

/// A misspelt answer must not give a runbook for another environment than was meant.
pub(super) fn refuse_unknown(guide: &Guide, set: &[(String, String)]) -> Result<(), Failure> {
    for (name, value) in set {
        let names = guide.inputs.iter().map(|input| input.name.as_str());
        let Some(input) = guide.input(name) else {
            return Err(refusal(format!("the guide does not ask for `{name}`"), name, names.collect()));
        };
        let InputKind::Choice(options) = &input.kind else { continue };
        let values: Vec<&str> = options.iter().map(|option| option.value.as_str()).collect();
        if !values.contains(&value.as_str()) {
            return Err(refusal(format!("`{name}` cannot be `{value}`"), value, values));
        }
    }
    Ok(())
}

/// Nor may one that cannot be used leave commands out of a runbook that looks whole.
pub(super) fn refuse_invalid(guide: &Guide) -> Result<(), Failure> {
    for input in &guide.inputs {
        if let (Some(answer), Some(error)) = (&input.answer, &input.error) {
            return Err(Failure(format!("`{}` cannot be `{answer}`: {error}", input.name)));
        }
    }
    Ok(())
}

fn refusal(what: String, given: &str, known: Vec<&str>) -> Failure {
    match suggest(given, known.iter().copied()) {
        Some(meant) => Failure(format!("{what}: did you mean `{meant}`?")),
        None => Failure(format!("{what}, only: {}", known.join(", "))),
    }
}
