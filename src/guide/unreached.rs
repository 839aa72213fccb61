//! The passages of a page that no reader gets, whatever they answer. Only `check` asks.

use super::declare::{Inputs, declares, name_of};
use super::locals::{Locals, NO_LOCALS};
use super::scenario::Audience;
use crate::environment::Environment;
use crate::markdoc::{Document, Guard, Node, Span, Value, branches};

/// The branches of a page by the places of their tags, each place as often as it is included.
#[derive(Default)]
pub(crate) struct Reach {
    /// Those that some reader gets.
    pub(crate) somebody: Vec<Span>,
    /// Those that nobody gets; what stands in them is not looked at.
    pub(crate) nobody: Vec<Span>,
    /// The names whose worth depends on what a reader types, read so far.
    unknown: Vec<String>,
}

/// Which branches of a page are for whom.
pub(crate) fn reach(document: &Document) -> Reach {
    let environment = Environment::default();
    let mut problems = Vec::new();
    let inputs = Inputs::declared_in(document, &environment, &mut problems);
    let mut reach = Reach::default();
    // Where not every case can be looked at, nobody knows.
    if !problems.iter().any(|problem| problem.code == Some(super::TOO_MANY)) {
        let everyone = inputs.everyone();
        document.children.iter().for_each(|node| reach.node(node, &inputs, &everyone, &NO_LOCALS));
    }
    reach
}

impl Reach {
    fn node<'a>(&mut self, node: &'a Node, inputs: &Inputs<'_>, audience: &Audience, locals: &Locals<'a>) {
        match node.tag() {
            Some("if") => self.branches(node, inputs, audience, locals),
            Some("let") => {
                let value = node.attribute("value");
                if value.is_some_and(|value| !self.is_known(value, inputs, audience, locals)) {
                    self.unknown.extend(name_of(node).map(str::to_owned));
                }
            }
            Some("partial") => self.all(&node.children, inputs, audience, &locals.within(node)),
            _ => self.all(&node.children, inputs, audience, locals),
        }
    }

    fn all<'a>(&mut self, nodes: &'a [Node], inputs: &Inputs<'_>, audience: &Audience, locals: &Locals<'a>) {
        nodes.iter().for_each(|node| self.node(node, inputs, audience, locals));
    }

    fn branches<'a>(
        &mut self,
        node: &'a Node,
        inputs: &Inputs<'_>,
        audience: &Audience,
        locals: &Locals<'a>,
    ) {
        for branch in branches(node) {
            let mut guards = branch.guards;
            let all = guards.len();
            guards.retain(|guard| self.is_known(guard.condition(), inputs, audience, locals));
            if guards.len() < all {
                // What is declared there is so only for some of those who type something.
                let declared = branch.children.iter().flat_map(|child| declared_in(child));
                self.unknown.extend(declared.map(str::to_owned));
            }
            let narrowed = Guard::narrow(&guards, inputs, audience, locals);
            if !narrowed.is_empty() {
                self.somebody.push(branch.tag.span);
                branch.children.into_iter().for_each(|child| self.node(child, inputs, &narrowed, locals));
            } else if branch.children.iter().any(|child| has_content(child)) {
                self.nobody.push(branch.tag.span);
            }
        }
    }

    /// Whether the choices alone say what a value is: what a reader may type is not known, and a
    /// variable that nothing declares is a fault of its own.
    fn is_known(&self, value: &Value, inputs: &Inputs<'_>, audience: &Audience, locals: &Locals<'_>) -> bool {
        let mut is_known = true;
        let is_unknown = |name: &str| self.unknown.iter().any(|unknown| unknown == name);
        value.variables(&mut |variable| match locals.find(variable.name()) {
            Some((passed, _)) => passed.variables(&mut |variable| is_known &= !is_unknown(variable.name())),
            None => is_known &= inputs.declares(variable.name()) && !is_unknown(variable.name()),
        });
        let mut is_typed = false;
        is_known
            && !audience.any(|scenario| {
                let each = &mut |_: &str, typed: Option<_>| is_typed |= typed.is_some();
                inputs.bound(scenario, locals).each_answer(value, each);
                is_typed
            })
    }
}

/// The names that a node and all in it declare.
fn declared_in(node: &Node) -> impl Iterator<Item = &str> {
    let nodes = std::iter::once(node).chain(node.descendants());
    nodes.filter(|node| node.tag().is_some_and(declares)).filter_map(name_of)
}

/// Whether there is more than the blanks between tags.
fn has_content(node: &Node) -> bool {
    let is_blank = node.string("content").is_some_and(|text| text.trim().is_empty());
    let is_wrapper = matches!(node.kind, crate::markdoc::Kind::Inline | crate::markdoc::Kind::Paragraph);
    !is_blank && (!is_wrapper || node.children.iter().any(has_content))
}
