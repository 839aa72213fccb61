//! Links that lead nowhere on their own page, and ids that are not the only ones of their
//! name.

use std::collections::{HashMap, HashSet};

use crate::environment::Environment;
use crate::guide::{Entry, Section, build, slug};
use crate::markdoc::{Document, Kind, Node, Problem, Source, Span};
use crate::markdoc::{decoded, heading_ids_of};

/// The dead links and the ids that are given twice.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut page = Page { sources: &document.sources, ..Page::default() };
    document.children.iter().for_each(|node| page.read(node));
    build(document, &Environment::default()).phases.iter().for_each(|phase| page.add_ids_of(phase));
    let dead = page.links.iter().filter(|(target, _)| !page.targets.contains(target.as_str()));
    let dead = dead.map(|(target, span)| {
        Problem::error(
            *span,
            format!("nothing on this page has the id `{target}`, so this link leads nowhere"),
        )
    });
    dead.chain(page.problems).collect()
}

#[derive(Default)]
struct Page<'a> {
    sources: &'a [Source],
    /// What a link may lead to.
    targets: HashSet<String>,
    /// The node that the author gave each id first.
    given: HashMap<&'a str, &'a Node>,
    links: Vec<(String, Span)>,
    problems: Vec<Problem>,
}

impl<'a> Page<'a> {
    fn read(&mut self, node: &'a Node) {
        if let Some(id) = node.string("id") {
            self.given_id(id, node);
        }
        // A docs site gives a heading the id that its words make.
        if node.kind == Kind::Heading {
            self.targets.insert(slug(&node.text()));
            self.targets.extend(heading_ids_of(node));
        }
        if let Some(target) = node.string("href").and_then(|href| href.strip_prefix('#'))
            && !target.is_empty()
        {
            self.links.push((decoded(target), node.span));
        }
        node.children.iter().for_each(|child| self.read(child));
    }

    /// Two steps or sections of one id are the guide's own finding.
    fn given_id(&mut self, id: &'a str, node: &'a Node) {
        self.targets.insert(id.to_owned());
        match self.given.get(id) {
            None => {
                self.given.insert(id, node);
            }
            Some(first) if is_structure(first) && is_structure(node) => {}
            Some(Node { span, .. }) => {
                let source = self.sources.get(span.source as usize);
                let place = source.map(|source| (&source.path, source.line_column(span.start).0));
                let place = place.map(|(path, line)| format!(", at {path}:{line}")).unwrap_or_default();
                let message = format!("the id `{id}` is given before{place}");
                self.problems.push(Problem::error(node.span, message));
            }
        }
    }

    fn add_ids_of(&mut self, section: &Section) {
        self.targets.insert(section.id.clone());
        for entry in &section.entries {
            match entry {
                Entry::Section(group) => self.add_ids_of(group),
                Entry::Step(step) => {
                    self.targets.insert(step.id.clone());
                    self.targets.extend(step.aliases.iter().cloned());
                }
            }
        }
    }
}

fn is_structure(node: &Node) -> bool {
    matches!(node.kind, Kind::Heading | Kind::Item) || node.tag() == Some("step")
}
