//! `runbook`: a whole guide for one environment.

use super::{Failure, Verdict, WhichGuide, pages, print};
use crate::environment::Environment;
use crate::guide::{Guide, InputKind, build};
use crate::markdoc::suggest;
use crate::render::{Format, render};

pub(super) fn runbook(
    which: &WhichGuide,
    set: &[(String, String)],
    format: Format,
) -> Result<Verdict, Failure> {
    let page = pages::chosen(which)?;
    let environment: Environment = set.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let guide = build(&page.document, &environment);
    refuse_unknown(&build(&page.document, &Environment::default()), set)?;
    refuse_invalid(&guide)?;
    page.remark(&guide.problems);
    print(render(&guide, format, &page.document.sources).as_bytes())?;
    Ok(Verdict::Good)
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
fn refuse_invalid(guide: &Guide) -> Result<(), Failure> {
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
