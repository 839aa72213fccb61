//! The branches of an `if` tag, and the conditions under which each stands.

use super::declare::Inputs;
use super::locals::Locals;
use super::scenario::Audience;
use crate::markdoc::{Node, Scope, Value};

/// A branch of an `if`: what stands in it, under which conditions.
pub(super) struct Branch<'a> {
    /// What must hold, and what must not.
    pub(super) guards: Vec<Guard<'a>>,
    /// The nodes of the branch.
    pub(super) children: Vec<&'a Node>,
}

/// A condition that a tag stands under.
#[derive(Clone)]
pub(super) struct Guard<'a> {
    condition: &'a Value,
    holds: bool,
}

/// The branches of an `if` tag: its own, and one for each `else`. Where an author did not close
/// an `else`, what follows is in it.
pub(super) fn branches(node: &Node) -> Vec<Branch<'_>> {
    const FALSE: &Value = &Value::Bool(false);
    const TRUE: &Value = &Value::Bool(true);
    let mut conditions = vec![node.attribute("primary").unwrap_or(FALSE)];
    let mut branches = vec![Vec::new()];
    let mut rest: Vec<_> = node.children.iter().rev().collect();
    while let Some(child) = rest.pop() {
        if child.tag() == Some("else") {
            conditions.push(child.attribute("primary").unwrap_or(TRUE));
            branches.push(Vec::new());
            rest.extend(child.children.iter().rev());
        } else if let Some(branch) = branches.last_mut() {
            branch.push(child);
        }
    }
    let guards = |index: usize| {
        conditions[..=index]
            .iter()
            .enumerate()
            .map(|(place, &condition)| Guard { condition, holds: place == index })
            .collect()
    };
    branches
        .into_iter()
        .enumerate()
        .map(|(index, children)| Branch { guards: guards(index), children })
        .collect()
}

impl<'a> Guard<'a> {
    /// The part of an audience that the guards let through.
    pub(super) fn narrow(
        guards: &[Guard<'a>],
        inputs: &Inputs<'_>,
        audience: &Audience,
        locals: &Locals<'_>,
    ) -> Audience {
        guards.iter().fold(audience.clone(), |audience, guard| {
            let (yes, no) = inputs.split(&audience, guard.condition, locals);
            if guard.holds { yes } else { no }
        })
    }

    /// Whether it lets through whoever has these variables.
    pub(super) fn lets_through(&self, scope: &dyn Scope) -> bool {
        self.condition.evaluate(scope).is_truthy() == self.holds
    }

    /// The condition as it was written.
    pub(super) fn condition(&self) -> &'a Value {
        self.condition
    }
}
