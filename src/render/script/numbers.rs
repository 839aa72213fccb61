//! The numbers of the steps, by which the script says where a link within the guide leads.

use crate::guide::{Entry, Guide, Place, Section};

/// Every phase, group and step of a guide, with the number of its step.
pub(super) fn numbers(guide: &Guide) -> Vec<(Place<'_>, String)> {
    let numbered: Vec<&str> = guide.steps().iter().map(|step| &*step.id).collect();
    let number = |id: &str| numbered.iter().position(|other| *other == id).map(|place| place + 1);
    let mut numbers = Vec::new();
    let mut sections: Vec<&Section> = guide.phases.iter().collect();
    while let Some(section) = sections.pop() {
        let first = section.steps().first().and_then(|step| number(&step.id));
        numbers.extend(first.map(|first| (Place::Section(&section.id), format!("(from step {first})"))));
        sections.extend(section.entries.iter().filter_map(|entry| match entry {
            Entry::Section(group) => Some(group),
            Entry::Step(_) | Entry::Text(_) => None,
        }));
    }
    let steps = numbered.iter().zip(1..).map(|(id, number)| (Place::Step(id), format!("(step {number})")));
    numbers.extend(steps);
    numbers
}
