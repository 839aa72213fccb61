//! Works something out once for all scenarios between which it cannot differ: most of what a page
//! says depends on one or two of its choices, and each other choice multiplies the scenarios.

use super::{Declared, DeclaredKind, Inputs};
use crate::guide::locals::Locals;
use crate::markdoc::{Guard, Value};

/// How many variables are looked at, and how many results kept, at most: looking for one among
/// more could take longer than working it out.
const MOST_VARIABLES: usize = 64;
const MOST_KEPT: usize = 64;

/// Something that is made of certain variables.
pub(in crate::guide) struct Once<'a, T> {
    /// What the variables are worth that are not worth the same to everyone; `None` where there
    /// are too many of them.
    worth: Option<Vec<&'a [u16]>>,
    /// What was worked out, each with a scenario that it is for.
    kept: Vec<(usize, T)>,
}

impl<T: Clone> Once<'_, T> {
    /// What it is in a scenario, worked out where that was not done for one like it.
    pub(in crate::guide) fn of(&mut self, scenario: usize, work_out: impl FnOnce() -> T) -> T {
        let Some(worth) = &self.worth else { return work_out() };
        if let Some((_, known)) = self.kept.iter().find(|(other, _)| are_alike(worth, scenario, *other)) {
            return known.clone();
        }
        let new = work_out();
        if self.kept.len() < MOST_KEPT {
            self.kept.push((scenario, new.clone()));
        }
        new
    }
}

/// Whether each variable is worth the same in both scenarios.
fn are_alike(worth: &[&[u16]], scenario: usize, other: usize) -> bool {
    worth.iter().all(|of_one| of_one.get(scenario) == of_one.get(other))
}

/// Names of variables; `None` where they are too many.
pub(in crate::guide) struct Names<'v>(Option<Vec<&'v str>>);

impl<'v> Names<'v> {
    pub(in crate::guide) fn new() -> Self {
        Self(Some(Vec::new()))
    }

    /// The variables in conditions.
    pub(in crate::guide) fn asked_by(guards: &[Guard<'v>]) -> Self {
        let mut names = Self::new();
        guards.iter().for_each(|guard| names.add_all(guard.condition()));
        names
    }

    /// The variables in a value.
    pub(in crate::guide) fn in_value(value: &'v Value) -> Self {
        let mut names = Self::new();
        names.add_all(value);
        names
    }

    /// Adds the variables in a value.
    pub(in crate::guide) fn add_all(&mut self, value: &'v Value) {
        value.variables(&mut |variable| self.add(variable.name()));
    }

    /// Adds one that may be there already.
    pub(in crate::guide) fn add(&mut self, name: &'v str) {
        if let Some(names) = &mut self.0
            && !names.contains(&name)
        {
            if names.len() < MOST_VARIABLES {
                names.push(name);
            } else {
                self.0 = None;
            }
        }
    }

    /// What stands in their place.
    pub(in crate::guide) fn replaced(self, replace: impl Fn(&'v str, &mut Self)) -> Self {
        let mut replaced = Self(self.0.as_ref().map(|_| Vec::new()));
        self.0.into_iter().flatten().for_each(|name| replace(name, &mut replaced));
        replaced
    }
}

impl Inputs<'_> {
    /// Something that is made of nothing but these variables.
    pub(in crate::guide) fn once<T>(&self, names: Names<'_>, locals: &Locals<'_>) -> Once<'_, T> {
        Once { worth: self.worth_of(&locals.outermost(names)), kept: Vec::new() }
    }

    fn worth_of(&self, names: &Names<'_>) -> Option<Vec<&[u16]>> {
        let of_one = |name: &&str| self.declared.iter().rfind(|declared| declared.name == *name);
        let worth = names.0.as_ref()?.iter().filter_map(of_one).map(|declared| &*declared.worth);
        Some(worth.filter(|worth| worth.iter().any(|number| worth.first() != Some(number))).collect())
    }

    /// What a declaration's name is worth in each scenario: the number of the first of those in
    /// which it is worth the same, or nothing where it is not declared.
    pub(super) fn number_worth(&self, declared: &Declared<'_>) -> Vec<u16> {
        let before = self.declared.iter().rfind(|other| other.name == declared.name);
        let mut behind = Names::new();
        if let DeclaredKind::Named(value) = declared.kind {
            behind.add_all(value);
        }
        let behind = self.worth_of(&behind);
        let is_worth_the_same = |scenario: usize, other: usize| match (&declared.kind, &behind) {
            (DeclaredKind::Choice { index, .. }, _) => {
                let [this, other] = [scenario, other].map(|scenario| self.scenarios.get(scenario));
                this.map(|this| this.option(*index)) == other.map(|other| other.option(*index))
            }
            (DeclaredKind::Value { .. }, _) => true,
            (DeclaredKind::Named(_), Some(behind)) => are_alike(behind, scenario, other),
            (DeclaredKind::Named(_), None) => false,
        };
        // The first declaration that applies counts.
        let earlier = |scenario: usize| before.map_or(0, |before| before.worth(scenario));
        let mut firsts: Vec<usize> = Vec::new();
        let number = |scenario: usize| {
            if earlier(scenario) == 0 && !declared.applies(scenario) {
                return 0;
            }
            let is_alike = |&first: &usize| {
                earlier(first) == earlier(scenario)
                    && (earlier(first) > 0 || is_worth_the_same(first, scenario))
            };
            let first = firsts.iter().copied().find(is_alike).unwrap_or(scenario);
            if first == scenario && firsts.len() < MOST_KEPT {
                firsts.push(scenario);
            }
            u16::try_from(first + 1).unwrap_or_default()
        };
        (0..self.scenarios.len()).map(number).collect()
    }
}
