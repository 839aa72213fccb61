//! The answers that are given with `--set`, which no guide is written with that cannot be used.
//!
//! Start with [`usable`].

use super::Failure;
use crate::environment::{Environment, Objection};
use crate::guide::{Guide, InputKind, Snippet, build};
use crate::markdoc::{Document, suggest};

/// The answers to what a guide asks, where all of them can be used.
pub(super) fn usable(document: &Document, set: &[(String, String)]) -> Result<Environment, Failure> {
    let environment: Environment = set.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    refuse_unknown(&build(document, &Environment::default()), set)?;
    refuse_unusable(document, &environment, &build(document, &environment))?;
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
pub(super) fn refuse_unusable(
    document: &Document,
    environment: &Environment,
    guide: &Guide,
) -> Result<(), Failure> {
    for input in &guide.inputs {
        if let (Some(answer), Some(error)) = (&input.answer, &input.error) {
            return Err(Failure(format!("`{}` cannot be `{answer}`: {error}", input.name)));
        }
    }
    for (snippet, why) in unwritten(guide) {
        let answered = snippet.inputs.iter().filter_map(|name| Some((name, environment.get(name)?)));
        // The one without which that is no longer what is wrong.
        for (name, answer) in answered {
            let others: Environment = environment.iter().filter(|(other, _)| other != name).collect();
            let without = build(document, &others);
            let remains = |(other, same): (&Snippet, &Objection)| other.id == snippet.id && same == why;
            if !unwritten(&without).any(remains) {
                let title = snippet.facts.title.as_deref().unwrap_or(&snippet.id);
                return Err(Failure(format!("`{name}` cannot be `{answer}` in “{title}”: {why}")));
            }
        }
    }
    Ok(())
}

/// The commands that cannot be written with what was said, and why. Of what the page works out it
/// is not known whether that ever gives anything.
fn unwritten(guide: &Guide) -> impl Iterator<Item = (&Snippet, &Objection)> {
    let snippets = guide.steps().into_iter().flat_map(|step| step.snippets());
    let unwritten = snippets.filter_map(|snippet| Some((snippet.as_ref(), snippet.code.as_ref().err()?)));
    unwritten.filter(|(_, why)| !matches!(why, Objection::Missing(_) | Objection::Nothing))
}

fn refusal(what: String, given: &str, known: Vec<&str>) -> Failure {
    match suggest(given, known.iter().copied()) {
        Some(meant) => Failure(format!("{what}: did you mean `{meant}`?")),
        None => Failure(format!("{what}, only: {}", known.join(", "))),
    }
}
