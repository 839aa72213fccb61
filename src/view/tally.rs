//! How all steps of a guide stand, kept so that a tick counts itself and not the whole guide.
//!
//! A [`Tally`] is derived from a guide and a state, and forgotten whenever more than one step
//! may stand otherwise.

use std::collections::HashMap;
use std::rc::Rc;

use crate::guide::{Guide, Section, Step};
use crate::progress::{Figures, StepState};

/// Every step with its state, and the sums.
pub(super) struct Tally {
    steps: Vec<Counted>,
    /// Where each step stands in `steps`.
    places: HashMap<String, usize>,
    all: Figures,
    phases: Vec<Figures>,
    /// No step before this place is open.
    next: usize,
}

struct Counted {
    step: Rc<Step>,
    phase: usize,
    state: StepState,
}

impl Tally {
    /// Counts a whole guide.
    pub(super) fn new(guide: &Guide, state_of: impl Fn(&Step) -> StepState) -> Self {
        let mut steps = Vec::new();
        for (phase, section) in guide.phases.iter().enumerate() {
            let counted =
                |step: &Rc<Step>| Counted { step: step.clone(), phase, state: state_of(step) };
            steps.extend(section.steps().into_iter().map(counted));
        }
        let states = |section: &Section| Figures::of(section.steps().into_iter().map(|step| state_of(step)));
        Self {
            places: steps.iter().enumerate().map(|(place, each)| (each.step.id.clone(), place)).collect(),
            all: Figures::of(steps.iter().map(|each| each.state)),
            phases: guide.phases.iter().map(states).collect(),
            steps,
            next: 0,
        }
    }

    /// Counts one step anew. Gives the place of its phase.
    pub(super) fn recount(&mut self, id: &str, state_of: impl Fn(&Step) -> StepState) -> Option<usize> {
        let place = *self.places.get(id)?;
        let Counted { step, phase, state } = self.steps.get_mut(place)?;
        let before = std::mem::replace(state, state_of(step));
        self.all.exchange(before, *state);
        if let Some(figures) = self.phases.get_mut(*phase) {
            figures.exchange(before, *state);
        }
        if state.is_open() {
            self.next = self.next.min(place);
        }
        Some(*phase)
    }

    /// The figures of the whole guide.
    pub(super) fn all(&self) -> Figures {
        self.all
    }

    /// The figures of the phase in this place.
    pub(super) fn phase(&self, phase: usize) -> Figures {
        self.phases.get(phase).copied().unwrap_or_default()
    }

    /// A step with its state.
    pub(super) fn step(&self, id: &str) -> Option<(&Rc<Step>, StepState)> {
        let Counted { step, state, .. } = self.steps.get(*self.places.get(id)?)?;
        Some((step, *state))
    }

    /// The first step that is open.
    pub(super) fn next(&mut self) -> Option<&Rc<Step>> {
        while self.steps.get(self.next).is_some_and(|each| !each.state.is_open()) {
            self.next += 1;
        }
        self.steps.get(self.next).map(|each| &each.step)
    }
}
