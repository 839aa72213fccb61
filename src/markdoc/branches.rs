//! The branches of an `if` tag, and the conditions under which each stands.

use super::{Node, Scope, Value};

/// A branch of an `if`: what stands in it, under which conditions.
pub(crate) struct Branch<'a> {
    /// The `if` or `else` that it begins with.
    #[cfg_attr(not(feature = "command"), allow(dead_code, reason = "only `check` tells its place"))]
    pub(crate) tag: &'a Node,
    /// What must hold, and what must not.
    pub(crate) guards: Vec<Guard<'a>>,
    /// The nodes of the branch.
    pub(crate) children: Vec<&'a Node>,
}

/// A condition that a tag stands under.
#[derive(Clone)]
pub(crate) struct Guard<'a> {
    condition: &'a Value,
    holds: bool,
}

/// The branches of an `if` tag: its own, and one for each `else`. Where an author did not close
/// an `else`, what follows is in it.
pub(crate) fn branches(node: &Node) -> Vec<Branch<'_>> {
    const FALSE: &Value = &Value::Bool(false);
    const TRUE: &Value = &Value::Bool(true);
    let mut conditions = vec![node.attribute("primary").unwrap_or(FALSE)];
    let mut branches = vec![(node, Vec::new())];
    let mut rest: Vec<_> = node.children.iter().rev().collect();
    while let Some(child) = rest.pop() {
        if child.tag() == Some("else") {
            conditions.push(child.attribute("primary").unwrap_or(TRUE));
            branches.push((child, Vec::new()));
            rest.extend(child.children.iter().rev());
        } else if let Some((_, branch)) = branches.last_mut() {
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
        .map(|(index, (tag, children))| Branch { tag, guards: guards(index), children })
        .collect()
}

impl<'a> Guard<'a> {
    /// Whether it lets through whoever has these variables.
    pub(crate) fn lets_through(&self, scope: &dyn Scope) -> bool {
        self.condition.evaluate(scope).is_truthy() == self.holds
    }

    /// The condition as it was written.
    pub(crate) fn condition(&self) -> &'a Value {
        self.condition
    }

    /// Whether it has to hold, and not to be wrong.
    pub(crate) fn holds(&self) -> bool {
        self.holds
    }
}
