//! How all steps of a guide stand, kept so that a tick counts itself and not the whole guide.
//!
//! A [`Tally`] is derived from a guide and a state, and forgotten whenever more than one step
//! may stand otherwise.

use std::rc::Rc;

use crate::guide::{Guide, Step};
use crate::progress::{Figures, StepState};

/// Every step with its state, and the sums.
pub(super) struct Tally {
    steps: Vec<Counted>,
    all: Figures,
    phases: Vec<Figures>,
    /// How many minutes the steps take that are left.
    minutes_left: u32,
    /// No step before this place is left.
    next: usize,
    /// The places of the steps that become too old.
    ageing: Vec<usize>,
    /// The places of the steps that are done only where another failed.
    failing: Vec<usize>,
}

struct Counted {
    step: Rc<Step>,
    phase: usize,
    state: StepState,
}

impl Tally {
    /// Counts a whole guide.
    pub(super) fn new(guide: &Guide, state_of: impl Fn(&Step) -> StepState) -> Self {
        let mut tally = Self {
            steps: Vec::new(),
            all: Figures::default(),
            phases: Vec::new(),
            minutes_left: 0,
            next: 0,
            ageing: Vec::new(),
            failing: Vec::new(),
        };
        for (phase, section) in guide.phases.iter().enumerate() {
            let mut figures = Figures::default();
            for step in section.steps() {
                let state = state_of(step);
                if counts(step, state) {
                    [&mut figures, &mut tally.all].into_iter().for_each(|figures| figures.add(state));
                }
                tally.minutes_left += minutes_of(step, state);
                let place = tally.steps.len();
                tally.ageing.extend(step.stale.map(|_| place));
                tally.failing.extend(step.failed.as_ref().map(|_| place));
                tally.steps.push(Counted { step: step.clone(), phase, state });
            }
            tally.phases.push(figures);
        }
        tally
    }

    /// Counts one step anew. Gives the place of its phase.
    pub(super) fn recount(&mut self, id: &str, state_of: impl Fn(&Step) -> StepState) -> Option<usize> {
        let place = self.place(id)?;
        let Counted { step, phase, state } = self.steps.get_mut(place)?;
        let before = std::mem::replace(state, state_of(step));
        self.minutes_left = self.minutes_left + minutes_of(step, *state) - minutes_of(step, before);
        for figures in [&mut self.all].into_iter().chain(self.phases.get_mut(*phase)) {
            if counts(step, before) {
                figures.take_away(before);
            }
            if counts(step, *state) {
                figures.add(*state);
            }
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

    /// How many minutes the steps take that are left and say so.
    pub(super) fn minutes_left(&self) -> u32 {
        self.minutes_left
    }

    /// How the step of this id stands.
    pub(super) fn state(&self, id: &str) -> Option<StepState> {
        Some(self.steps.get(self.place(id)?)?.state)
    }

    /// Looked for one by one: even ten thousand ids are compared in no time, and a map of them
    /// would be more to download.
    fn place(&self, id: &str) -> Option<usize> {
        self.steps.iter().position(|each| each.step.id == id)
    }

    /// A step that failed and is open again, with the last one that was done for that.
    pub(super) fn failure(&self) -> Option<(Rc<Step>, Rc<Step>)> {
        self.failing.iter().rev().find_map(|place| {
            let done = self.steps.get(*place).filter(|each| each.state == StepState::Done)?;
            let failed = self.steps.get(self.place(done.step.failed.as_ref()?)?)?;
            failed.state.is_open().then(|| (failed.step.clone(), done.step.clone()))
        })
    }

    /// The first step that is left to do, and those before it that may have become too old.
    pub(super) fn next(&mut self) -> Option<(Rc<Step>, Vec<Rc<Step>>)> {
        while self.steps.get(self.next).is_some_and(|each| !is_left(&each.step, each.state)) {
            self.next += 1;
        }
        let ageing = self.ageing.iter().filter(|place| **place < self.next);
        let step = |place: &usize| Some(self.steps.get(*place)?.step.clone());
        Some((step(&self.next)?, ageing.filter_map(step).collect()))
    }
}

/// Whether a step is one of those that there are to do: an optional one is once its reader decided
/// about it. Else a run would never be finished in which nothing failed.
pub(super) fn counts(step: &Step, state: StepState) -> bool {
    state != StepState::Todo || !step.is_optional()
}

/// Whether a step is still to be done.
pub(super) fn is_left(step: &Step, state: StepState) -> bool {
    state.is_open() && counts(step, state)
}

/// How long a step still takes.
fn minutes_of(step: &Step, state: StepState) -> u32 {
    step.minutes.filter(|_| is_left(step, state)).unwrap_or_default()
}
