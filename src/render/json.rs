//! The runbook as JSON. The names are a contract with other programs; `only`, for whom
//! something is of those whom what it stands in is for, is there only while that is open, and
//! `record`, what was done with a step, only where something was.
//!
//! Written by hand, as the page offers it too: a reader downloads less.

use super::{Said, Task, said, text};
use crate::by_name::ByName;
use crate::guide::{ANNOTATIONS, Block, Entry, Guide, Input, InputKind, Section, Snippet, Step, both, plain};
use crate::markdoc::{Problem, Source};
use crate::saved::json::quoted;

/// The guide as JSON.
pub(super) fn json(guide: &Guide, sources: &[Source], task: &dyn Fn(&Step) -> Task) -> String {
    let runbook = object(vec![
        ("guide", object(vec![("id", quoted(&guide.id)), ("title", quoted(&guide.title))])),
        ("inputs", array(guide.inputs.iter().map(input))),
        ("phases", array(guide.phases.iter().map(|each| phase(each, task)))),
        ("problems", array(problems(guide, sources))),
    ]);
    [&runbook, "\n"].concat()
}

fn input(input: &Input) -> String {
    let (input_type, options, suggested) = match &input.kind {
        InputKind::Choice(options) => {
            ("choice", array(options.iter().map(|option| quoted(&option.value))), None)
        }
        InputKind::Value { value_type, suggestion, .. } => {
            (value_type.name(), array([]), suggestion.as_ref())
        }
    };
    let value = match (said(input), &input.answer) {
        (Said::Open | Said::Refused(..), _) => None,
        (Said::Default(default), _) => Some(default),
        (Said::Answer(_), answer) => answer.as_deref(),
    };
    let mut members = vec![
        ("name", quoted(&input.name)),
        ("type", quoted(input_type)),
        ("label", quoted(&input.label)),
        ("value", text_or_null(value)),
        ("options", options),
    ];
    if let Some(suggested) = suggested {
        members.push(("suggested", quoted(&suggested.value)));
    }
    push_only(&mut members, input.only.as_deref());
    object(members)
}

fn phase(section: &Section, task: &dyn Fn(&Step) -> Task) -> String {
    let mut steps = Vec::new();
    collect_steps(section, "", task, &mut steps);
    let mut members = vec![
        ("id", quoted(&section.id)),
        ("title", quoted(plain(&section.title).trim())),
        ("steps", array(steps)),
    ];
    push_only(&mut members, section.only.as_deref());
    object(members)
}

/// The steps of a phase, those of its groups too, each with whom it is for.
fn collect_steps(section: &Section, only: &str, task: &dyn Fn(&Step) -> Task, steps: &mut Vec<String>) {
    for entry in &section.entries {
        let both = |inner: &Option<String>| both(only, inner.as_deref().unwrap_or_default());
        match entry {
            Entry::Section(group) => collect_steps(group, &both(&group.only), task, steps),
            Entry::Step(each) => steps.push(step(each, &both(&each.only), task(each))),
            Entry::Text(_) => {}
        }
    }
}

fn step(step: &Step, only: &str, task: Task) -> String {
    let mut snippets = Vec::new();
    collect(&step.body, "", &mut snippets);
    let mut members = vec![
        ("id", quoted(&step.id)),
        ("title", quoted(step.title_text().trim())),
        ("severity", text_or_null(step.severity.as_deref())),
        ("minutes", step.minutes.map_or_else(null, |minutes| minutes.to_string())),
        ("needs", array(step.needs.iter().map(|need| quoted(need)))),
        ("fingerprint", quoted(&step.fingerprint)),
        ("text", quoted(&text::body(&step.body))),
        ("snippets", array(snippets)),
    ];
    if task != Task::default() {
        let Task { ticked, struck, remark, note } = task;
        let record = vec![
            ("ticked", ticked.to_string()),
            ("applies", (!struck).to_string()),
            ("remark", quoted(&remark)),
            ("note", quoted(&note)),
        ];
        members.push(("record", object(record)));
    }
    push_only(&mut members, Some(only));
    object(members)
}

/// The code is `null` where it cannot be written; the problems say why.
fn snippet(snippet: &Snippet, only: &str) -> String {
    let facts = &snippet.facts;
    let [title, scope, restart, reconnect, verified, expect, caution] = ANNOTATIONS;
    let truth = |truth: Option<bool>| truth.map_or_else(null, |truth| truth.to_string());
    let mut members = vec![
        ("id", quoted(&snippet.id)),
        ("role", quoted(snippet.role.name())),
        ("language", quoted(&snippet.language)),
        (title, text_or_null(facts.title.as_deref())),
        ("code", text_or_null(snippet.text().as_deref())),
        (scope, text_or_null(facts.scope.as_deref())),
        (restart, truth(facts.restart)),
        (reconnect, truth(facts.reconnect)),
        (expect, text_or_null(facts.expect.as_deref())),
        (caution, text_or_null(facts.caution.as_deref())),
        (verified, text_or_null(facts.verified.as_deref())),
    ];
    push_only(&mut members, Some(only));
    object(members)
}

/// The snippets of a step, each with whom it is for.
fn collect(blocks: &[Block], only: &str, snippets: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Snippet(each) => snippets.push(snippet(each, only)),
            Block::Variants(variants) => {
                for variant in variants {
                    collect(&variant.value, &both(only, &variant.label), snippets);
                }
            }
            other => other.bodies().for_each(|body| collect(body, only, snippets)),
        }
    }
}

/// A problem of the page has a place; one of the reader's values has none.
fn problems(guide: &Guide, sources: &[Source]) -> Vec<String> {
    let of_page = guide.problems.iter().map(|problem| of_page(problem, sources));
    let of_inputs = guide.inputs.iter().filter_map(|input| Some(input.error.as_ref()?.to_string()));
    let of_snippets = guide.steps().into_iter().flat_map(|step| step.snippets()).filter_map(|snippet| {
        let reason = snippet.code.as_ref().err()?;
        Some([&snippet.id, ": ", &reason.to_string()].concat())
    });
    let of_values = of_inputs.chain(of_snippets).map(|message| problem("error", &message, None));
    let mut known = ByName::default();
    let is_new = |problem: &String| {
        let is_new = known.get(problem).is_none();
        known.insert(problem.clone(), ());
        is_new
    };
    of_page.chain(of_values).filter(is_new).collect()
}

fn of_page(found: &Problem, sources: &[Source]) -> String {
    let source = sources.get(found.span.source as usize);
    let place = source.map(|source| (source.path.as_str(), source.line_column(found.span.start)));
    problem(found.severity.name(), &found.message, place)
}

fn problem(severity: &str, message: &str, place: Option<(&str, (usize, usize))>) -> String {
    let number = |number: Option<usize>| number.map_or_else(null, |number| number.to_string());
    object(vec![
        ("severity", quoted(severity)),
        ("message", quoted(message)),
        ("path", text_or_null(place.map(|(path, _)| path))),
        ("line", number(place.map(|(_, (line, _))| line))),
        ("column", number(place.map(|(_, (_, column))| column))),
    ])
}

fn push_only(members: &mut Vec<(&str, String)>, only: Option<&str>) {
    if let Some(only) = only.filter(|only| !only.is_empty()) {
        members.push(("only", quoted(only)));
    }
}

fn text_or_null(text: Option<&str>) -> String {
    text.map_or_else(null, quoted)
}

fn null() -> String {
    "null".to_owned()
}

/// An object of members that are JSON already.
fn object(members: Vec<(&str, String)>) -> String {
    let members = members.into_iter().map(|(name, json)| [&quoted(name), ": ", &json].concat());
    in_lines("{", members.collect(), "}")
}

/// An array of values that are JSON already.
fn array(values: impl IntoIterator<Item = String>) -> String {
    in_lines("[", values.into_iter().collect(), "]")
}

/// Each on lines of its own, indented. A line break in a text is written `\\n`, so every one
/// that stands here is between values.
fn in_lines(open: &str, items: Vec<String>, close: &str) -> String {
    if items.is_empty() {
        return [open, close].concat();
    }
    let items: Vec<String> =
        items.iter().map(|item| ["\n  ", &item.replace('\n', "\n  ")].concat()).collect();
    [open, &items.join(","), "\n", close].concat()
}
