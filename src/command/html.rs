//! `html`: a page as plain HTML, with a docs site's own tags.

use std::path::Path;

use super::answers::refuse_unknown;
use super::pages::{Page, Partials};
use super::{Failure, Verdict, pages, print, remark};
use crate::environment::Environment;
use crate::guide::{self, Guide, InputKind, Meta, build, declares_id};
use crate::markdoc::html::{Config, html as write};
use crate::markdoc::{Base, Problem, validate};

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
    let guide = build(&page.document, &Environment::default());
    if declares_id(&page.document) || !guide.inputs.is_empty() {
        let set = set.iter().filter(|(name, _)| !known.knows(name));
        refuse_unknown(&guide, &set.cloned().collect::<Vec<_>>())?;
        let is_given = |problem: &&Problem| {
            let name = problem.word.as_ref().map_or("", |word| &word.given);
            problem.code == Some("variable-undefined") && !config.knows(name)
        };
        problems.extend(guide.problems.iter().filter(is_given).cloned());
        let open = answer_by_default(&guide, &mut config);
        page.remark(&problems);
        if !open.is_empty() {
            remark(&format!(
                "not answered: {}. What needs it is empty, and no condition on it holds: answer with --set NAME=VALUE",
                open.join(", ")
            ));
        }
    } else {
        page.remark(&problems);
    }
    print(write(&page.document, &config).as_bytes())?;
    print(b"\n")?;
    Ok(Verdict::Good)
}

/// Gives the inputs of a guide their defaults, where these are the same for everyone, and its
/// functions what they are worth. What is still open comes back, with its possible answers.
fn answer_by_default(guide: &Guide, config: &mut Config) -> Vec<String> {
    config.functions = Some(guide::function);
    let mut open = Vec::new();
    for input in &guide.inputs {
        let name = &input.name;
        if config.knows(name) {
            continue;
        }
        match &input.kind {
            InputKind::Value { defaults, .. } => match defaults.as_slice() {
                [default] if !default.value.is_empty() => config.set(name, &default.value),
                _ => open.push(format!("`{name}`")),
            },
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
