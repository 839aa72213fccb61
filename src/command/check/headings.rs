//! Headings and items that are no steps, though something is said of them that only steps have:
//! `{% note %}`, `## Back up {% severity="required" %}`.

use std::collections::HashMap;

use crate::guide::{LAYOUT, annotated, declares, declares_id, opening_strong, said_of_step};
use crate::markdoc::{Document, Kind, Node, Problem, heading_ids_of};

/// What is said of headings and items, and means nothing there.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let is_guide = declares_id(document);
    let mut problems = Vec::new();
    each(document, &mut |node, around| match (&node.kind, around) {
        (Kind::Heading, Some(around)) => {
            let said: Vec<String> = said_of_step(node).map(str::to_owned).collect();
            // In a page that is only read, an id is for links.
            let id = node.string("id").filter(|_| is_guide || !said.is_empty());
            let id = id.filter(|id| !heading_ids_of(node).iter().any(|own| own == id));
            let said: Vec<String> = id.map(|id| format!("#{id}")).into_iter().chain(said).collect();
            problems.extend(nothing(node, &said, "a heading", &format!(" in a `{around}`"), &cure(around)));
        }
        (Kind::Item, _) => {
            let said: Vec<String> = said_of_step(annotated(node)).map(str::to_owned).collect();
            let (place, cure) = match around {
                Some(around) => (format!(" in a `{around}`"), "make a heading of it, outside of that"),
                None if opening_strong(node).is_none() => {
                    (" that does not open in bold".to_owned(), "begin each item of this list in bold")
                }
                None => return,
            };
            problems.extend(nothing(node, &said, "an item", &place, cure));
        }
        _ => {}
    });
    problems
}

/// The headings that have ids and make neither a step nor a section, by these.
pub(super) fn without_step(document: &Document) -> HashMap<&str, &Node> {
    let mut headings = HashMap::new();
    each(document, &mut |node, around| {
        if let Some(id) = node.string("id").filter(|_| node.kind == Kind::Heading && around.is_some()) {
            headings.entry(id).or_insert(node);
        }
    });
    headings
}

fn nothing(node: &Node, said: &[String], what: &str, place: &str, cure: &str) -> Option<Problem> {
    let verb = if said.len() == 1 { "says" } else { "say" };
    let names = said.join("`, `");
    let message = format!("{what}{place} is no step, so its `{names}` {verb} nothing: {cure}");
    (!said.is_empty()).then(|| Problem::warning(node.span, message).coded("step-none"))
}

fn cure(around: &str) -> String {
    match around {
        "step" => "say that of the `step`".to_owned(),
        _ => format!("take the heading out of the `{around}`"),
    }
}

/// Sees every node, with what stands around it that holds no steps.
fn each<'a>(document: &'a Document, see: &mut dyn FnMut(&'a Node, Option<&'a str>)) {
    document.children.iter().for_each(|node| visit(node, None, see));
}

fn visit<'a>(node: &'a Node, around: Option<&'a str>, see: &mut dyn FnMut(&'a Node, Option<&'a str>)) {
    see(node, around);
    let own = match (&node.kind, node.tag()) {
        (_, Some(tag)) => Some(tag).filter(|tag| !is_open(tag)),
        (Kind::Item, _) => Some("list"),
        (Kind::Blockquote, _) => Some("quote"),
        _ => None,
    };
    node.children.iter().for_each(|child| visit(child, own.or(around), see));
}

/// Whether headings in a tag are read as if they stood around it.
fn is_open(tag: &str) -> bool {
    declares(tag) || LAYOUT.contains(&tag) || matches!(tag, "option" | "if" | "else" | "partial" | "added")
}
