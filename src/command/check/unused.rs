//! Names that nothing uses: readers are asked for a value that stands nowhere, or a `let` names
//! what is never looked at. A file may be shared by guides, and one that uses a name is enough.

use std::collections::HashSet;

use super::text::{is_of_name, variables};
use crate::guide::{declares, name_of};
use crate::markdoc::{Document, Problem, Severity, Span};

/// The names that a page gives, by the places where it does.
#[derive(Default)]
pub(super) struct Names {
    /// Those that it uses.
    pub(super) used: Vec<Span>,
    /// Those that it does not, with what is said of them.
    pub(super) unused: Vec<Problem>,
}

/// Which names a page uses. Of one with errors nobody knows, and what another problem tells of is
/// told.
pub(super) fn names(document: &Document, problems: &[Problem]) -> Names {
    let mut used = HashSet::new();
    for (_, value) in document.nodes().flat_map(|node| &node.attributes) {
        value.variables(&mut |variable| {
            used.insert(variable.name());
        });
    }
    let is_faulty = problems.iter().any(|problem| problem.severity == Severity::Error);
    let told = problems.iter().flat_map(|problem| problem.message.split(|c| !is_of_name(c)));
    let told: HashSet<&str> = told.collect();
    // A tag without its end is a text, but was meant to use it.
    let lines = document.sources.iter().flat_map(|source| source.text.lines());
    let tags = lines.filter_map(|line| line.split_once("{%"));
    let written: HashSet<&str> = tags.flat_map(|(_, tag)| variables(tag)).collect();
    let mut names = Names::default();
    for node in document.nodes() {
        let Some(tag) = node.tag().filter(|tag| declares(tag)) else { continue };
        let Some(name) = name_of(node) else { continue };
        if used.contains(name) {
            names.used.push(node.span);
            continue;
        }
        let why = match tag {
            "input" => "readers are asked for",
            "let" => "this `let` names",
            // A choice may be asked for itself.
            _ => continue,
        };
        if !is_faulty && !told.contains(name) && !written.contains(name) {
            let message = format!(
                "{why} `{name}`, and nothing uses it: write `{{% ${name} %}}` where it belongs, or take this away"
            );
            let problem = Problem::warning(node.span, message).coded("name-unused");
            names.unused.push(problem.about(name, None));
        }
    }
    names
}
