//! The inputs as the reader is asked.

use super::bound::{as_size, size};
use super::{Declared, DeclaredKind, DeclaredOption, Inputs};
use crate::environment::Objection;
use crate::guide::locals::NO_LOCALS;
use crate::guide::scenario::Audience;
use crate::guide::{ChoiceOption, Input, InputKind, Labelled, Suggestion};
use crate::markdoc::Value;

impl<'a> Inputs<'a> {
    /// The inputs as the reader is asked, without those that apply to nobody. Several
    /// declarations of one name are one question.
    pub(in crate::guide) fn as_asked(&self) -> Vec<Input> {
        let mut names: Vec<&str> = Vec::new();
        let is_asked = |declared: &&Declared<'a>| {
            declared.applies.contains(&true) && !matches!(declared.kind, DeclaredKind::Named(_))
        };
        for declared in self.declared.iter().filter(is_asked) {
            if !names.contains(&declared.name) {
                names.push(declared.name);
            }
        }
        names.into_iter().filter_map(|name| self.asked(name)).collect()
    }

    fn asked(&self, name: &str) -> Option<Input> {
        let is_meant = |declared: &&Declared<'a>| declared.name == name && declared.applies.contains(&true);
        let all: Vec<&Declared<'a>> = self.declared.iter().filter(is_meant).collect();
        let first = all.first()?;
        let everyone = self.everyone();
        let (audience, _) = everyone.split(|scenario| all.iter().any(|declared| declared.applies(scenario)));
        let kind = match &first.kind {
            DeclaredKind::Named(_) => return None,
            DeclaredKind::Choice { .. } => InputKind::Choice(self.options(&all)),
            DeclaredKind::Value { value_type, .. } => InputKind::Value {
                value_type: *value_type,
                defaults: self.defaults(&all, &audience),
                suggestion: self.suggestion(&all, &audience),
            },
        };
        let label_of = |audience: &Audience| self.describe(audience, &everyone);
        Some(Input {
            name: name.to_owned(),
            label: first.label.to_owned(),
            hint: first.hint.map(str::to_owned),
            only: Some(label_of(&audience)).filter(|label| !label.is_empty()),
            kind,
            answer: first.answer.map(str::to_owned),
            error: all.iter().find_map(|declared| declared.error.clone()),
        })
    }

    /// The options of a choice that are possible for somebody.
    fn options(&self, all: &[&Declared<'a>]) -> Vec<ChoiceOption> {
        let mut asked: Vec<ChoiceOption> = Vec::new();
        for declared in all {
            let DeclaredKind::Choice { options, .. } = &declared.kind else { continue };
            for option in options {
                let is_new = asked.iter().all(|known| known.value != option.value);
                let is_possible =
                    |scenario| declared.applies(scenario) && self.holds(&option.guards, scenario);
                if is_new && (0..self.scenarios.len()).any(is_possible) {
                    asked.push(option.as_asked());
                }
            }
        }
        asked
    }

    /// What stands where nothing was typed, with whom each is for.
    fn defaults(&self, all: &[&Declared<'a>], audience: &Audience) -> Vec<Labelled<String>> {
        let default = |scenario: usize| {
            all.iter().find(|declared| declared.applies(scenario)).and_then(|declared| match &declared.kind {
                DeclaredKind::Value { default, .. } => Some(default.clone()),
                DeclaredKind::Choice { .. } | DeclaredKind::Named(_) => None,
            })
        };
        let groups = audience.grouped(default).into_iter();
        groups
            .filter_map(|(default, group)| {
                Some(Labelled { label: self.describe(&group, audience), value: default? })
            })
            .collect()
    }

    /// What the page suggests, where it suggests the same to everyone. Never less than what
    /// stands there anyway, and nothing that would be refused.
    fn suggestion(&self, all: &[&Declared<'a>], audience: &Audience) -> Option<Suggestion> {
        let suggestion = |scenario: usize| {
            let declared = all.iter().find(|declared| declared.applies(scenario))?;
            let DeclaredKind::Value { suggest: Some(suggest), value_type, default, range } = &declared.kind
            else {
                return None;
            };
            let text = match suggest.evaluate(&self.bound(scenario, &NO_LOCALS)) {
                Value::String(text) => text,
                // Of several sizes the largest. One that nobody has given is none.
                Value::Array(texts) => {
                    let largest = texts.iter().filter_map(as_size).max()?;
                    largest.with_unit().unwrap_or_else(|| largest.bytes().to_string())
                }
                _ => return None,
            };
            let text = match (size(&text), size(default)) {
                (Some(suggested), Some(least)) if suggested < least => default.clone(),
                _ => text,
            };
            let refused = value_type.parse(&text).ok().and_then(|value| range.refuses(&value));
            let (value, instead_of) = match refused {
                Some(Objection::AtLeast(least)) => (least, None),
                Some(Objection::AtMost(most)) => (most, Some(text)),
                _ => return Some(Suggestion { value: text, instead_of: None }),
            };
            // A version's bound may be the first of its numbers alone.
            value_type.parse(&value).is_ok().then_some(Suggestion { value, instead_of })
        };
        match audience.grouped(suggestion).as_slice() {
            [(suggestion, _)] => suggestion.clone(),
            _ => None,
        }
    }
}

impl DeclaredOption<'_> {
    fn as_asked(&self) -> ChoiceOption {
        ChoiceOption {
            value: self.value.to_owned(),
            label: self.label.to_owned(),
            hint: self.hint.map(str::to_owned),
        }
    }
}
