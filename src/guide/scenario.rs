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

    /// The indices of the scenarios.
    pub(super) fn indices(&self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|&index| index as usize)
    }

    /// How many scenarios these are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nobody is left.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
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
/// `MySQL, Amazon RDS`, `Docker or Kubernetes`. Empty where nothing does.
///
/// `labels[choice][option]` is what the reader sees of each option.
pub(super) fn describe(
    scenarios: &[Scenario],
    labels: &[Vec<&str>],
    audience: &Audience,
    whole: &Audience,
) -> String {
    describe_from(0, scenarios, labels, audience, whole)
}

fn describe_from(
    first: usize,
    scenarios: &[Scenario],
    labels: &[Vec<&str>],
    audience: &Audience,
    whole: &Audience,
) -> String {
    if audience.len() == whole.len() {
        return String::new();
    }
    let options_of = |audience: &Audience, choice: usize| -> Vec<Option<u8>> {
        let taken = |option: Option<u8>| {
            audience.indices().any(|index| scenarios.get(index).is_some_and(|s| s.option(choice) == option))
        };
        let options = labels.get(choice).map_or(0, Vec::len) as u8;
        [None].into_iter().chain((0..options).map(Some)).filter(|&option| taken(option)).collect()
    };
    let label_of = |choice: usize, option: Option<u8>| {
        option.and_then(|option| labels.get(choice)?.get(option as usize).copied())
    };

    // The choices in which the audience is smaller than the whole. If taking exactly
    // these options leads back to the audience, naming them says it all.
    let narrowed: Vec<(usize, Vec<Option<u8>>)> = (first..labels.len())
        .map(|choice| (choice, options_of(audience, choice)))
        .filter(|(choice, options)| options.len() < options_of(whole, *choice).len())
        .collect();
    let (named, _) = whole.split(|index| {
        narrowed.iter().all(|(choice, options)| {
            scenarios.get(index).is_some_and(|scenario| options.contains(&scenario.option(*choice)))
        })
    });
    if named.len() == audience.len() {
        let parts: Vec<String> = narrowed
            .iter()
            .map(|(choice, options)| {
                let names: Vec<&str> =
                    options.iter().filter_map(|option| label_of(*choice, *option)).collect();
                names.join(" or ")
            })
            .filter(|part| !part.is_empty())
            .collect();
        return parts.join(", ");
    }

    // Otherwise name the cases of the first choice that is open one by one.
    let Some(choice) = (first..labels.len()).find(|&choice| options_of(whole, choice).len() > 1) else {
        return String::new();
    };
    let cases: Vec<String> = options_of(audience, choice)
        .into_iter()
        .map(|option| {
            let takes = |index: usize| scenarios.get(index).is_some_and(|s| s.option(choice) == option);
            let rest =
                describe_from(choice + 1, scenarios, labels, &audience.split(takes).0, &whole.split(takes).0);
            match (label_of(choice, option), rest.is_empty()) {
                (Some(label), true) => label.to_owned(),
                (Some(label), false) => format!("{label}, {rest}"),
                (None, _) => rest,
            }
        })
        .collect();
    cases.join("; ")
}
