//! The checklist's own tags where they are misspelt, or stand where they mean nothing.
//!
//! What an unknown tag holds is kept: of a docs site's tag that nobody knows, that is what
//! its author wants, and a warning. A misspelt condition shows it to the wrong readers, and a
//! misspelt `verify` or `choice` makes other commands of it: an error.

use std::collections::{HashMap, HashSet};

use super::spans::spans;
use super::unticked::{BEFORE, BEHIND};
use crate::guide::{self, Block, Entry, Guide, Section, declares, declares_id, name_of, said_of_step};
use crate::markdoc::docs_site::step_title;
use crate::markdoc::{Document, Kind, Node, Problem, Schemas, Severity, Span, Value, heading_ids_of};

/// Makes errors of the unknown tags that would change what a checklist says.
pub(super) fn judge(document: &Document, problems: &mut [Problem]) {
    let own = OwnTags::default();
    let mut conditions = HashSet::new();
    let mut is_checklist = declares_id(document);
    for node in document.nodes() {
        if is_condition(node) {
            conditions.insert((node.span.source, node.span.start));
        }
        is_checklist |= node.tag().is_some_and(|name| own.is_ours_alone(name));
    }
    let declared = declared(document);
    for problem in problems.iter_mut().filter(|problem| problem.code == Some("tag-undefined")) {
        let given = problem.word.as_ref().map(|word| word.given.clone()).unwrap_or_default();
        if declared.contains(given.as_str()) {
            problem.severity = Severity::Error;
            problem.code = Some(VARIABLE);
            problem.message = format!("no tag is named `{given}`: for its value write `{{% ${given} %}}`");
            problem.word = None;
            continue;
        }
        let meant = problem.word.as_ref().and_then(|word| word.meant.as_deref());
        let is_near = is_checklist && meant.is_some_and(|meant| own.has(meant));
        if conditions.contains(&(problem.span.source, problem.span.start)) || is_near {
            problem.severity = Severity::Error;
        }
    }
}

/// The code of a problem with a variable that lacks its `$`. It is no tag that needs an end.
pub(super) const VARIABLE: &str = "variable-unmarked";

/// The names that a page gives values to.
pub(super) fn declared(document: &Document) -> HashSet<&str> {
    let questions = document.nodes().filter(|node| node.tag().is_some_and(declares));
    questions.filter_map(name_of).collect()
}

/// The tags that stand where they mean nothing.
pub(super) fn problems(document: &Document, guide: &Guide) -> Vec<Problem> {
    let own = OwnTags::default();
    let mut problems = Vec::new();
    visit(&document.children, None, &mut |node, parent| match node.tag() {
        // That one is misspelt, and said to be.
        Some("else") if parent.is_some_and(|parent| own.is_misspelt_if(parent)) => {}
        // One in another is in the `if` of that.
        Some("else") if !matches!(parent.and_then(Node::tag), Some("if" | "else")) => {
            let message = "this `else` stands in no `if`, so what follows is for everyone";
            problems.push(Problem::error(node.span, message).coded("else-outside"));
        }
        // A condition that is written as an attribute is told as such.
        Some("if") if node.attribute("primary").is_none() && node.attributes.annotations().is_empty() => {
            let message = "this `if` has no condition, so what stands in it is for nobody";
            problems.push(Problem::error(node.span, message).coded("if-empty"));
        }
        Some(name @ ("verify" | "undo")) if node.children.iter().all(|child| child.kind == Kind::Comment) => {
            let message = format!("nothing stands in this `{name}`, and readers see none");
            problems.push(Problem::warning(node.span, message).coded("tag-empty"));
        }
        Some("step")
            if step_title(node).is_empty()
                && ["title", "srNumber"].iter().all(|name| node.attribute(name).is_none()) =>
        {
            let message = "this step has no title: write `{% step title=\"…\" %}`";
            problems.push(Problem::warning(node.span, message).coded("step-untitled"));
        }
        _ => {}
    });
    problems.extend(outside_steps(document, guide));
    document.children.iter().for_each(|node| inner_steps(node, None, &mut problems));
    if declares_id(document) {
        problems.extend(document.nodes().filter(|node| node.kind == Kind::Item).filter_map(heading_in_item));
    }
    problems
}

/// A heading in an item, which was meant to stand below it, mostly, and to be a step.
fn heading_in_item(item: &Node) -> Option<Problem> {
    let heading = item.children.iter().find(|node| node.kind == Kind::Heading)?;
    // Else that is told to say nothing.
    let is_own = |id: &str| heading_ids_of(heading).iter().any(|own| own == id);
    let says_nothing = said_of_step(heading).next().is_none() && heading.string("id").is_none_or(is_own);
    let message = "a heading in an item of a list is no step: begin it in the first column";
    Some(Problem::warning(heading.span, message).coded("heading-inner")).filter(|_| says_nothing)
}

/// The `step` tags in something that is a part of a step, or of what stands before one. The docs
/// site's have numbers, and are drawn wherever they stand.
fn inner_steps(node: &Node, around: Option<&str>, problems: &mut Vec<Problem>) {
    let within = match node.tag() {
        Some("step") => {
            if let Some(around) = around.filter(|_| node.attribute("srNumber").is_none()) {
                let message = format!("this `step` stands in a `{around}`, and so nobody can tick it");
                problems.push(Problem::warning(node.span, message).coded("step-inner"));
            }
            Some("step")
        }
        Some(name @ ("note" | "verify" | "undo" | "inlineCallout" | "tile")) => Some(name),
        _ if node.kind == Kind::Item => Some("list"),
        _ if node.kind == Kind::Blockquote => Some("quote"),
        _ => None,
    };
    node.children.iter().for_each(|child| inner_steps(child, within.or(around), problems));
}

/// The checklist's own tags, with those of Markdoc that choose between readers.
struct OwnTags {
    all: Schemas,
    docs_site: Schemas,
}

impl Default for OwnTags {
    fn default() -> Self {
        Self { all: guide::schemas(), docs_site: Schemas::docs_site() }
    }
}

impl OwnTags {
    fn has(&self, name: &str) -> bool {
        matches!(name, "if" | "else" | "step") || self.is_ours_alone(name)
    }

    fn is_misspelt_if(&self, node: &Node) -> bool {
        is_condition(node) && node.tag().is_some_and(|name| self.all.tag(name).is_none())
    }

    fn is_ours_alone(&self, name: &str) -> bool {
        self.all.tag(name).is_some() && self.docs_site.tag(name).is_none()
    }
}

/// Whether a tag has a condition as its value without a name.
fn is_condition(node: &Node) -> bool {
    matches!(node.attribute("primary"), Some(Value::Function(_) | Value::Variable(_)))
}

/// The `verify` and `undo` that stand in no step.
fn outside_steps(document: &Document, guide: &Guide) -> Vec<Problem> {
    let tags = document.nodes().filter_map(|node| Some((node.tag()?, node.span)));
    let tags = tags.filter(|(name, _)| matches!(*name, "verify" | "undo")).collect();
    let mut outside = Outside { tags, spans: spans(document, guide), problems: Vec::new() };
    outside.report(Span::default(), 0, &guide.intro, BEFORE);
    for phase in &guide.phases {
        outside.section(phase);
    }
    outside.problems
}

/// Finds what stands in no step: tags come in the page's order, as the blocks made of them do.
struct Outside<'a> {
    tags: Vec<(&'a str, Span)>,
    spans: HashMap<String, Span>,
    problems: Vec<Problem>,
}

impl Outside<'_> {
    /// Reports those of a section, and says how many stand in it, its steps included.
    fn section(&mut self, section: &Section) -> usize {
        let after = self.spans.get(&section.id).copied().unwrap_or_default();
        let mut passed = self.report(after, 0, &section.intro, BEFORE);
        for entry in &section.entries {
            passed += match entry {
                Entry::Section(group) => self.section(group),
                Entry::Step(step) => count(&step.body),
                Entry::Text(text) => self.report(after, passed, text, BEHIND),
            };
        }
        passed
    }

    /// Reports those of a text, before which so many stand after a place; and says how many.
    fn report(&mut self, after: Span, passed: usize, text: &[Block], place: &str) -> usize {
        let count = count(text);
        let of_section = |span: &Span| span.source == after.source && span.start >= after.start;
        let of_section = self.tags.iter().filter(|(_, span)| of_section(span));
        for (name, span) in of_section.skip(passed).take(count) {
            let message = format!("this `{name}` stands {place}, and so belongs to none");
            self.problems.push(Problem::warning(*span, message).coded("step-none"));
        }
        count
    }
}

/// How many `verify` and `undo` stand in some blocks.
fn count(blocks: &[Block]) -> usize {
    let each = blocks.iter().map(|block| match block {
        Block::Verify(_) | Block::Undo(_) => 1,
        _ => block.bodies().map(count).sum(),
    });
    each.sum()
}

/// Visits every node with the one around it.
fn visit<'a>(nodes: &'a [Node], parent: Option<&'a Node>, see: &mut dyn FnMut(&'a Node, Option<&'a Node>)) {
    for node in nodes {
        see(node, parent);
        visit(&node.children, Some(node), see);
    }
}
