//! Which readers a passage is for, while not every choice has been made.
//!
//! A [`Scenario`] is one complete set of answers to the page's choices. A choice that is
//! still open stands for one scenario an option, so "not decided yet" needs no third
//! truth value: a condition splits an [`Audience`] into those for whom it holds and the
//! others, and a passage is shown as it is where everybody is on one side.

use std::rc::Rc;

/// One complete set of answers: for each choice the index of its option, or `None` where
/// the choice is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scenario(pub(super) Vec<Option<u8>>);

/// The scenarios that a passage is for, as indices into the page's list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Audience(Rc<[u32]>);

impl Scenario {
    /// The option taken in a choice.
    pub(super) fn option(&self, choice: usize) -> Option<u8> {
        self.0.get(choice).copied().flatten()
    }

    /// The same answers and one more.
    pub(super) fn extended(&self, option: Option<u8>) -> Self {
        Self(self.0.iter().copied().chain([option]).collect())
    }
}

impl Audience {
    /// Every scenario out of `count`.
    pub(super) fn everyone(count: usize) -> Self {
        Self((0..u32::try_from(count).unwrap_or(u32::MAX)).collect())
    }

    /// How many scenarios these are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nobody is left.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `holds` is true for somebody.
    pub(super) fn any(&self, mut holds: impl FnMut(usize) -> bool) -> bool {
        self.0.iter().any(|&index| holds(index as usize))
    }

    /// Those for whom `holds` is true, and the others.
    pub(super) fn split(&self, mut holds: impl FnMut(usize) -> bool) -> (Self, Self) {
        let (yes, no): (Vec<u32>, Vec<u32>) = self.0.iter().partition(|&&index| holds(index as usize));
        (Self(yes.into()), Self(no.into()))
    }

    /// Groups the scenarios that `key` does not tell apart, in the order of their first.
    pub(super) fn grouped<K: PartialEq>(&self, mut key: impl FnMut(usize) -> K) -> Vec<(K, Self)> {
        let mut groups: Vec<(K, Vec<u32>)> = Vec::new();
        for &index in self.0.iter() {
            let key = key(index as usize);
            match groups.iter_mut().find(|(known, _)| *known == key) {
                Some((_, members)) => members.push(index),
                None => groups.push((key, vec![index])),
            }
        }
        groups.into_iter().map(|(key, members)| (key, Self(members.into()))).collect()
    }
}

/// What sets `audience` apart from `whole`, in the options' labels: `PostgreSQL`,
/// `MySQL, Amazon RDS`, `Docker or Kubernetes`. Where several cases have to be named, each is
/// named whole, so that it is plain where one ends: `MySQL, Amazon RDS; PostgreSQL, Azure`.
/// Empty where nothing sets it apart.
///
/// `labels[choice][option]` is what the reader sees of each option.
pub(super) fn describe(
    scenarios: &[Scenario],
    labels: &[Vec<&str>],
    audience: &Audience,
    whole: &Audience,
) -> String {
    Labels { scenarios, labels }.cases(0, &audience.0, &whole.0).join("; ")
}

/// Whom something is for that stands in what is itself for some: `MySQL, Amazon RDS`. A part
/// that names several cases stands in parentheses, as both hold together.
pub(crate) fn both(outer: &str, inner: &str) -> String {
    let part = |label: &str| if label.contains("; ") { ["(", label, ")"].concat() } else { label.to_owned() };
    match (outer, inner) {
        ("", label) | (label, "") => label.to_owned(),
        _ => [&part(outer), ", ", &part(inner)].concat(),
    }
}

/// The words for audiences. These are lists of indices, sorted as the scenarios are: by the
/// option of the first choice, then by that of the second.
struct Labels<'a> {
    scenarios: &'a [Scenario],
    labels: &'a [Vec<&'a str>],
}

impl Labels<'_> {
    fn option(&self, scenario: u32, choice: usize) -> Option<u8> {
        self.scenarios.get(scenario as usize)?.option(choice)
    }

    /// The cases that make up the audience, told apart by the choices from `first` on, as those
    /// before it are the same in the whole. One without words is the whole.
    fn cases(&self, first: usize, audience: &[u32], whole: &[u32]) -> Vec<String> {
        if audience.is_empty() {
            return Vec::new();
        }
        if audience.len() == whole.len() {
            return vec![String::new()];
        }
        if let Some(case) = self.one_case(first, audience, whole) {
            return vec![case];
        }
        // Otherwise name the cases of the first choice that is open; together those of which
        // the same is to be said.
        let (Some(&start), Some(&end)) = (whole.first(), whole.last()) else { return Vec::new() };
        let is_open = |choice: &usize| self.option(start, *choice) != self.option(end, *choice);
        let Some(choice) = (first..self.labels.len()).find(is_open) else { return Vec::new() };
        let mut groups: Vec<(Vec<bool>, Vec<String>)> = Vec::new();
        let mut rest = audience;
        for part in whole.chunk_by(|&a, &b| self.option(a, choice) == self.option(b, choice)) {
            let (members, others) = rest.split_at(rest.partition_point(|index| Some(index) <= part.last()));
            rest = others;
            let (options, cases) = (self.options(choice, part), self.cases(choice + 1, members, part));
            match groups.iter_mut().find(|(_, known)| *known == cases) {
                Some((known, _)) => known.iter_mut().zip(options).for_each(|(known, taken)| *known |= taken),
                None => groups.push((options, cases)),
            }
        }
        // Nothing depends on a choice of which all options say the same.
        if let [(_, cases)] = groups.as_mut_slice() {
            return std::mem::take(cases);
        }
        let named = |(options, cases): (Vec<bool>, Vec<String>)| {
            let names = self.names(choice, &options);
            cases.into_iter().map(move |case| both(&names, &case))
        };
        groups.into_iter().flat_map(named).collect()
    }

    /// The choices in which the audience is smaller than the whole, if naming their options says
    /// it all. That a choice is asked, or is not, has no name.
    fn one_case(&self, first: usize, audience: &[u32], whole: &[u32]) -> Option<String> {
        let narrowed: Vec<(usize, Vec<bool>)> = (first..self.labels.len())
            .map(|choice| (choice, self.options(choice, audience)))
            .filter(|(choice, options)| !options[0] && options[1..] != self.options(*choice, whole)[1..])
            .collect();
        let is_named = |&&index: &&u32| {
            narrowed.iter().all(|(choice, options)| options[place(self.option(index, *choice))])
        };
        (whole.iter().filter(is_named).count() == audience.len()).then(|| {
            let names = narrowed.iter().map(|(choice, options)| self.names(*choice, options));
            names.collect::<Vec<_>>().join(", ")
        })
    }

    /// Which options of a choice these scenarios take; the first is that it is not asked.
    fn options(&self, choice: usize, scenarios: &[u32]) -> Vec<bool> {
        let mut taken = vec![false; self.labels.get(choice).map_or(0, Vec::len) + 1];
        scenarios.iter().for_each(|&index| taken[place(self.option(index, choice))] = true);
        taken
    }

    fn names(&self, choice: usize, options: &[bool]) -> String {
        let labels = self.labels.get(choice).into_iter().flatten().zip(&options[1..]);
        labels.filter(|(_, taken)| **taken).map(|(label, _)| *label).collect::<Vec<_>>().join(" or ")
    }
}

/// Where an option stands among those of its choice, after that it is not asked.
fn place(option: Option<u8>) -> usize {
    option.map_or(0, |option| usize::from(option) + 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_for_some_of_some_is_for_those_who_are_both() {
        for (outer, inner, label) in [
            ("", "", ""),
            ("A", "", "A"),
            ("", "B; C", "B; C"),
            ("A or B", "C", "A or B, C"),
            ("A, B; C", "D", "(A, B; C), D"),
            ("A", "B; C", "A, (B; C)"),
        ] {
            assert_eq!(both(outer, inner), label);
        }
    }

    proptest! {
        #[test]
        fn a_label_names_its_audience_and_nobody_else(
            choices in vec((2..4u8, prop::option::of((0..4usize, 0..3u8))), 1..5),
            takes_part in vec(0..3u8, 256),
        ) {
            // A choice may be asked of those alone who took an option of one before it.
            let mut scenarios = vec![Scenario::default()];
            for (options, asked_of) in &choices {
                let mut extended = Vec::new();
                for scenario in &scenarios {
                    let is_asked = asked_of.is_none_or(|(choice, option)| scenario.option(choice) == Some(option));
                    let taken = (0..*options).map(Some).filter(|_| is_asked).chain((!is_asked).then_some(None));
                    extended.extend(taken.map(|option| scenario.extended(option)));
                }
                scenarios = extended;
            }
            let names: Vec<Vec<String>> = choices
                .iter()
                .enumerate()
                .map(|(choice, (options, _))| (0..*options).map(|option| format!("{choice}.{option}")).collect())
                .collect();
            let labels: Vec<Vec<&str>> =
                names.iter().map(|names| names.iter().map(String::as_str).collect()).collect();
            // Some take no part at all, and of the others some are meant.
            let (whole, _) = Audience::everyone(scenarios.len()).split(|index| takes_part[index] > 0);
            let (audience, others) = whole.split(|index| takes_part[index] > 1);
            let label = describe(&scenarios, &labels, &audience, &whole);
            let is_named = |index: &u32| {
                label.split("; ").any(|case| {
                    case.split(", ").all(|part| {
                        part.split(" or ").any(|name| {
                            let (choice, option) = name.split_once('.').unwrap();
                            let option = Some(option.parse().unwrap());
                            scenarios[*index as usize].option(choice.parse().unwrap()) == option
                        })
                    })
                })
            };
            if audience.is_empty() || others.is_empty() {
                prop_assert_eq!(label, "");
            } else {
                prop_assert!(audience.0.iter().all(is_named), "{label:?}: {audience:?} of {whole:?}");
                prop_assert!(!others.0.iter().any(is_named), "{label:?}: {audience:?} of {whole:?}");
            }
        }
    }
}
