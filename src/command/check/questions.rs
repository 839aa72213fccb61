//! Questions that are not asked as their author wrote them: what stands in a `choice` and is no
//! answer, answers to no question, names that no variable can have, and names that hide each other.

use std::collections::HashMap;

use super::text::is_of_name;
use crate::guide::{declares, name_of};
use crate::markdoc::{Document, Kind, Node, Problem};

/// What is wrong with the questions of a page.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut problems = Vec::new();
    document.children.iter().for_each(|node| judge(node, false, &mut problems));
    let mut given = HashMap::new();
    document.children.iter().for_each(|node| hidden(node, true, &mut given, &mut problems));
    problems
}

/// Names that are worth something to every reader already, so that a `let` is never looked at, or a
/// question asked for nothing. In branches of an `if`, each may be for other readers.
fn hidden<'a>(
    node: &'a Node,
    is_for_all: bool,
    given: &mut HashMap<&'a str, &'a str>,
    problems: &mut Vec<Problem>,
) {
    if let Some(tag) = node.tag().filter(|tag| declares(tag))
        && let Some(name) = name_of(node)
    {
        match given.get(name) {
            // Two questions of one name are the guide's own finding.
            Some(first) if *first == "let" || tag == "let" => {
                let message =
                    format!("the `{first}` above has the name `{name}` already, and hides this `{tag}`");
                problems.push(Problem::warning(node.span, message).coded("name-hidden").about(name, None));
            }
            _ if is_for_all => {
                given.insert(name, tag);
            }
            _ => {}
        }
    }
    let is_for_all = is_for_all && node.tag() != Some("if");
    node.children.iter().for_each(|child| hidden(child, is_for_all, given, problems));
}

fn judge(node: &Node, in_choice: bool, problems: &mut Vec<Problem>) {
    match node.tag() {
        Some("choice") => {
            problems.extend(wrong_name(node).or_else(|| capital_letter(node)));
            if let Some(other) = node.children.iter().find_map(no_option) {
                let message = "only an `option` belongs in a `choice`: readers see this where it stands";
                problems.push(Problem::warning(other.span, message).coded("choice-content"));
            }
            return node.children.iter().for_each(|child| judge(child, true, problems));
        }
        Some("input") => problems.extend(wrong_name(node).or_else(|| capital_letter(node))),
        Some("let") => problems.extend(wrong_name(node)),
        Some("option") if !in_choice => {
            let message = "this `option` stands in no `choice`, and so is no answer to anything";
            problems.push(Problem::error(node.span, message).coded("option-outside"));
        }
        _ => {}
    }
    node.children.iter().for_each(|child| judge(child, in_choice, problems));
}

/// What stands in a choice and is neither an option nor around one.
fn no_option(node: &Node) -> Option<&Node> {
    match (&node.kind, node.tag()) {
        (_, Some("option" | "else"))
        | (Kind::Softbreak | Kind::Hardbreak | Kind::Comment | Kind::Error, _) => None,
        (_, Some("if" | "partial")) | (Kind::Paragraph | Kind::Inline, _) => {
            node.children.iter().find_map(no_option)
        }
        (Kind::Text, _) if node.string("content").is_some_and(|text| text.trim().is_empty()) => None,
        _ => Some(node),
    }
}

/// A name that `{% $name %}` cannot say.
fn wrong_name(node: &Node) -> Option<Problem> {
    let name = name_of(node)?;
    if !name.is_empty() && name.chars().all(is_of_name) {
        return None;
    }
    let message = format!(
        "no variable can be named `{name}`: a name has letters from a to z, digits, `-` and `_`, as in `{{% $db_host %}}`"
    );
    Some(Problem::error(node.span, message).coded("name-invalid").about(name, None))
}

/// A name that an element's `set-NAME` cannot say: HTML reads every attribute in small letters.
fn capital_letter(node: &Node) -> Option<Problem> {
    let name = name_of(node)?;
    let mut small = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && small.ends_with(|before: char| before.is_ascii_lowercase()) {
            small.push('_');
        }
        small.push(letter.to_ascii_lowercase());
    }
    let message = format!("no `set-{name}` can answer this: an attribute has no capital letters");
    let problem = || Problem::warning(node.span, message).coded("name-capital").about(name, Some(&small));
    (small != name).then(problem)
}
