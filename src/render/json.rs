//! The runbook as JSON. The names are a contract with other programs; `only`, for whom
//! something is, is there only while that is open.

use serde::Serialize;

use super::{Said, said, text};
use crate::guide::{Block, Guide, Input, InputKind, Section, Snippet, Step, plain};
use crate::markdoc::{Problem, Severity, Source};

/// The guide as JSON.
pub(super) fn json(guide: &Guide, sources: &[Source]) -> String {
    let runbook = Runbook {
        guide: Head { id: &guide.id, title: &guide.title },
        inputs: guide.inputs.iter().map(InputForm::of).collect(),
        phases: guide.phases.iter().map(Phase::of).collect(),
        problems: problems(guide, sources),
    };
    // Only a map whose keys are not texts, or a failing writer, could make this fail.
    let mut json = serde_json::to_string_pretty(&runbook).unwrap_or_default();
    json.push('\n');
    json
}

#[derive(Serialize)]
struct Runbook<'a> {
    guide: Head<'a>,
    inputs: Vec<InputForm<'a>>,
    phases: Vec<Phase<'a>>,
    problems: Vec<ProblemForm<'a>>,
}

#[derive(Serialize)]
struct Head<'a> {
    id: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct InputForm<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    input_type: &'static str,
    label: &'a str,
    value: Option<&'a str>,
    options: Vec<&'a str>,
    /// What the page suggests, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    suggested: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    only: Option<&'a str>,
}

#[derive(Serialize)]
struct Phase<'a> {
    id: &'a str,
    title: String,
    steps: Vec<StepForm<'a>>,
}

#[derive(Serialize)]
struct StepForm<'a> {
    id: &'a str,
    title: String,
    severity: Option<&'a str>,
    fingerprint: &'a str,
    text: String,
    snippets: Vec<SnippetForm<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    only: Option<&'a str>,
}

#[derive(Serialize)]
struct SnippetForm<'a> {
    id: &'a str,
    role: &'static str,
    language: &'a str,
    /// `null` where it cannot be written; the problems say why.
    code: Option<String>,
    scope: Option<&'a str>,
    verified: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    only: String,
}

/// A problem of the page has a place; one of the reader's values has none.
#[derive(Serialize)]
struct ProblemForm<'a> {
    severity: &'static str,
    message: String,
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
}

impl<'a> InputForm<'a> {
    fn of(input: &'a Input) -> Self {
        let (input_type, options, suggested) = match &input.kind {
            InputKind::Choice(options) => {
                ("choice", options.iter().map(|option| option.value.as_str()).collect(), None)
            }
            InputKind::Value { value_type, suggestion, .. } => {
                (value_type.name(), Vec::new(), suggestion.as_deref())
            }
        };
        let value = match (said(input), &input.answer) {
            (Said::Open, _) => None,
            (Said::Default(default), _) => Some(default),
            (Said::Answer(_), answer) => answer.as_deref(),
        };
        Self {
            name: &input.name,
            input_type,
            label: &input.label,
            value,
            options,
            suggested,
            only: input.only.as_deref(),
        }
    }
}

impl<'a> Phase<'a> {
    fn of(section: &'a Section) -> Self {
        let steps = section.steps();
        Self {
            id: &section.id,
            title: plain(&section.title).trim().to_owned(),
            steps: steps.into_iter().map(|step| StepForm::of(step)).collect(),
        }
    }
}

impl<'a> StepForm<'a> {
    fn of(step: &'a Step) -> Self {
        let mut snippets = Vec::new();
        collect(&step.body, "", &mut snippets);
        Self {
            id: &step.id,
            title: step.title_text().trim().to_owned(),
            severity: step.severity.as_deref(),
            fingerprint: &step.fingerprint,
            text: text::body(&step.body),
            snippets,
            only: step.only.as_deref(),
        }
    }
}

impl<'a> SnippetForm<'a> {
    fn of(snippet: &'a Snippet, only: &str) -> Self {
        Self {
            id: &snippet.id,
            role: snippet.role.name(),
            language: &snippet.language,
            code: snippet.text(),
            scope: snippet.facts.scope.as_deref(),
            verified: snippet.facts.verified.as_deref(),
            only: only.to_owned(),
        }
    }
}

/// The snippets of a step, each with whom it is for.
fn collect<'a>(blocks: &'a [Block], only: &str, snippets: &mut Vec<SnippetForm<'a>>) {
    for block in blocks {
        match block {
            Block::Snippet(snippet) => snippets.push(SnippetForm::of(snippet, only)),
            Block::Variants(variants) => {
                for variant in variants {
                    let labels: Vec<&str> =
                        [only, &variant.label].into_iter().filter(|label| !label.is_empty()).collect();
                    collect(&variant.value, &labels.join(", "), snippets);
                }
            }
            other => other.bodies().for_each(|body| collect(body, only, snippets)),
        }
    }
}

fn problems<'a>(guide: &'a Guide, sources: &'a [Source]) -> Vec<ProblemForm<'a>> {
    let of_page = guide.problems.iter().map(|problem| of_page(problem, sources));
    let of_inputs = guide.inputs.iter().filter_map(|input| input.error.clone());
    let of_snippets = guide.steps().into_iter().flat_map(|step| step.snippets()).filter_map(|snippet| {
        let reason = snippet.code.as_ref().err()?;
        Some([&snippet.id, ": ", reason].concat())
    });
    let of_values = of_inputs.chain(of_snippets).map(|message| ProblemForm {
        severity: "error",
        message,
        path: None,
        line: None,
        column: None,
    });
    of_page.chain(of_values).collect()
}

fn of_page<'a>(problem: &Problem, sources: &'a [Source]) -> ProblemForm<'a> {
    let source = sources.get(problem.span.source as usize);
    let place = source.map(|source| source.line_column(problem.span.start));
    ProblemForm {
        severity: match problem.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        message: problem.message.clone(),
        path: source.map(|source| source.path.as_str()),
        line: place.map(|(line, _)| line),
        column: place.map(|(_, column)| column),
    }
}
