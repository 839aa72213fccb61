//! `html`: a page as plain HTML, with a docs site's own tags.

use std::path::Path;

use super::answers::{refuse_unknown, refuse_unusable};
use super::pages::{Page, Partials};
use super::{Failure, Verdict, pages, print, remark};
use crate::environment::Environment;
use crate::guide::{self, Guide, InputKind, Meta, build, declares_id, written};
use crate::markdoc::html::{Config, html as write};
use crate::markdoc::{Base, Problem, Value, number_text, validate};

pub(super) fn html(
    file: &Path,
    set: &[(String, String)],
    config: Option<&Path>,
    base: Option<Base>,
) -> Result<Verdict, Failure> {
    let mut config = match config {
        None => Config::docs_site(),
        Some(path) => {
            let (name, json) = pages::text(path)?;
            Config::read(&json).map_err(|error| Failure(format!("`{name}`: {error}")))?
        }
    };
    let known = config.clone();
    for (name, text) in set {
        config.set(name, text);
    }
    let partials = Partials { texts: config.partials.clone(), ..Partials::beside(file) };
    let page = Page::read(file, &partials)?;
    config.base = base.or_else(|| Meta::read(&page.document).0.base);
    let mut problems = validate(&page.document, &config.added_to(guide::schemas()));
    problems.extend(config.misplaced(&page.document));
    let mut document = page.document.clone();
    let guide = build(&document, &Environment::default());
    if declares_id(&page.document) || !guide.inputs.is_empty() {
        let set = set.iter().filter(|(name, _)| !known.knows(name));
        refuse_unknown(&guide, &set.cloned().collect::<Vec<_>>())?;
        let is_given = |problem: &&Problem| {
            let name = problem.word.as_ref().map_or("", |word| &word.given);
            problem.code == Some("variable-undefined") && !config.knows(name)
        };
        problems.extend(guide.problems.iter().filter(is_given).cloned());
        let is_others = |(name, _): &&(String, Value)| guide.input(name).is_none();
        let others = config.variables.iter().filter(is_others).cloned().collect();
        let environment = answers(&config);
        let guide = build(&document, &environment);
        refuse_unusable(&document, &environment, &guide)?;
        document = written(&document, &environment, others);
        let open = answer(&guide, &mut config);
        page.remark(&problems);
        if !open.is_empty() {
            remark(&format!(
                "not answered: {}. What needs it is empty or left out, and no condition on it holds: answer with --set NAME=VALUE",
                open.join(", ")
            ));
        }
    } else {
        page.remark(&problems);
    }
    print(write(&document, &config).as_bytes())?;
    print(b"\n")?;
    Ok(Verdict::Good)
}

/// What is known of what a guide may ask, as it would be typed.
fn answers(config: &Config) -> Environment {
    let texts = config.variables.iter().filter_map(|(name, value)| match value {
        Value::String(text) => Some((name.as_str(), text.clone())),
        Value::Number(number) => Some((name.as_str(), number_text(*number))),
        _ => None,
    });
    let texts: Vec<(&str, String)> = texts.collect();
    texts.iter().map(|(name, text)| (*name, text.as_str())).collect()
}

/// Gives the inputs of a guide their answers as every format writes them, or else their defaults,
/// where these are the same for everyone, and its functions what they are worth. What is still
/// open comes back, with its possible answers.
fn answer(guide: &Guide, config: &mut Config) -> Vec<String> {
    config.functions = Some(guide::function);
    let mut open = Vec::new();
    for input in &guide.inputs {
        let name = &input.name;
        match &input.kind {
            InputKind::Value { value_type, defaults, .. } => {
                let said = match (&input.answer, defaults.as_slice()) {
                    (Some(answer), _) => answer,
                    (None, [default]) => &default.value,
                    (None, _) => "",
                };
                match value_type.parse(said) {
                    Ok(value) if !said.is_empty() => config.set(name, &value.to_string()),
                    _ => open.push(format!("`{name}`")),
                }
            }
            InputKind::Choice(_) if config.knows(name) => {}
            InputKind::Choice(options) => match options.as_slice() {
                [only] => config.set(name, &only.value),
                _ => {
                    let values: Vec<&str> = options.iter().map(|option| option.value.as_str()).collect();
                    open.push(format!("`{name}` ({})", values.join(", ")));
                }
            },
        }
    }
    open
}
