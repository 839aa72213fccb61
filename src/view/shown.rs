//! Which steps are shown: all, or those that the reader asked for.
//!
//! That is worked out when the reader asks, and not again with every tick: a step that was just
//! done stays where it is.

use std::collections::HashSet;
use std::rc::Rc;

use super::{Store, Topic};
use crate::guide::{Entry, Guide, Section, Step};
use crate::lower_case::lower_case;
use crate::progress::{Mark, Review, StepState};

/// What the reader wants to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// How the steps stand.
    pub show: Show,
    /// The id of the phase or group that they are in.
    pub area: Option<String>,
    /// Words that each of them says.
    pub words: String,
}

/// How the steps stand that the reader wants to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// However they stand.
    #[default]
    All,
    /// They are to be done, or to be looked at again.
    Open,
    /// They are changes that nobody decided about yet.
    Undecided,
    /// They are no changes, or changes that concern this run.
    Ours,
}

impl Store {
    /// What the reader wants to see.
    pub fn filter(&self) -> Filter {
        self.shown().borrow().filter.clone()
    }

    /// Shows other steps.
    pub fn set_filter(&self, filter: Filter) {
        let guide = self.guide();
        let ids = (filter != Filter::default()).then(|| self.found(&guide, &filter));
        let before = self.shown().replace(Shown { filter, ids });
        let was_shown = |id: &str| before.ids.as_ref().is_none_or(|ids| ids.contains(id));
        let changed = guide.steps().into_iter().filter(|step| was_shown(&step.id) != self.shows(&step.id));
        let topics = changed.map(|step| Topic::Step(step.id.as_str().into()));
        self.tell(&topics.chain([Topic::Filter]).collect::<Vec<_>>());
    }

    /// Works out again which steps are shown, where the guide is another.
    pub(super) fn filter_again(&self) {
        let guide = self.guide();
        let mut filter = self.filter();
        // An area that is not there any more can be chosen no more, and would hide all.
        filter.area =
            filter.area.filter(|id| guide.phases.iter().flat_map(areas).any(|(_, area)| area.id == *id));
        let ids = (filter != Filter::default()).then(|| self.found(&guide, &filter));
        *self.shown().borrow_mut() = Shown { filter, ids };
    }

    /// Whether a step is shown.
    pub fn shows(&self, id: &str) -> bool {
        self.shown().borrow().ids.as_ref().is_none_or(|ids| ids.contains(id))
    }

    /// How the changes of a review stand.
    pub fn review(&self, review: &Section) -> Review {
        let mut figures = Review::default();
        for step in review.steps() {
            let count = match self.decided(step) {
                Some(Mark::Done) => &mut figures.done,
                Some(Mark::NotApplicable) => &mut figures.not_ours,
                Some(Mark::Ours) => &mut figures.ours,
                None => &mut figures.undecided,
            };
            *count += 1;
        }
        figures
    }

    /// The first change after this step that nobody decided about, or else the first of all.
    pub(super) fn next_undecided(&self, step: &str) -> Option<Rc<Step>> {
        let guide = self.guide();
        let reviews = guide.phases.iter().filter(|phase| phase.is_review());
        let mut steps: Vec<&Rc<Step>> = reviews.flat_map(Section::steps).collect();
        let place = steps.iter().position(|other| other.id == step).unwrap_or_default();
        steps.rotate_left(place);
        let mut others = steps.into_iter().skip(1);
        others.find(|other| self.decided(other).is_none() && self.shows(&other.id)).cloned()
    }

    /// Whether a step is a change of a review that nobody decided about.
    pub(super) fn is_undecided(&self, step: &Step) -> bool {
        let guide = self.guide();
        let mut reviews = guide.phases.iter().filter(|phase| phase.is_review());
        self.decided(step).is_none() && reviews.any(|phase| phase.steps().iter().any(|of| of.id == step.id))
    }

    /// What was decided about a step, as far as that still holds.
    pub(super) fn decided(&self, step: &Step) -> Option<Mark> {
        let holds = self.state_of(step) != StepState::Changed;
        self.progress(|progress| progress.record(&step.id)?.mark().filter(|_| holds))
    }

    /// The ids of the steps that a filter lets through.
    fn found(&self, guide: &Guide, filter: &Filter) -> HashSet<String> {
        let wanted = lower_case(&filter.words);
        let words: Vec<&str> = wanted.split_whitespace().collect();
        let mut found = HashSet::new();
        for phase in &guide.phases {
            let review = phase.is_review();
            let is_wanted =
                |(_, area): &(usize, &Section)| filter.area.as_ref().is_none_or(|id| *id == area.id);
            let steps =
                areas(phase).into_iter().find(is_wanted).map(|(_, area)| area.steps()).unwrap_or_default();
            let fits = |step: &&&Rc<Step>| self.fits(step, review, filter.show) && self.says(step, &words);
            found.extend(steps.iter().filter(fits).map(|step| step.id.clone()));
        }
        found
    }

    fn fits(&self, step: &Step, review: bool, show: Show) -> bool {
        match show {
            Show::All => true,
            Show::Open => self.is_left(step),
            Show::Undecided => review && self.decided(step).is_none(),
            Show::Ours => match self.decided(step) {
                Some(mark) => mark != Mark::NotApplicable,
                None => !review,
            },
        }
    }

    /// Whether a step, or what the reader noted about it, says all of these words.
    fn says(&self, step: &Step, words: &[&str]) -> bool {
        if words.is_empty() {
            return true;
        }
        let mut said = step.search_text();
        if let Some(record) = self.record(&step.id) {
            said.extend(["\n", &lower_case(&record.note.value), "\n", &lower_case(&record.reason.value)]);
        }
        words.iter().all(|word| said.contains(word))
    }
}

/// What is shown: what the reader asked for, and the ids that came of it; `None` where nothing
/// was asked.
#[derive(Default)]
pub(super) struct Shown {
    filter: Filter,
    ids: Option<HashSet<String>>,
}

/// A phase and the groups in it, each with how deep it is.
pub(super) fn areas(phase: &Section) -> Vec<(usize, &Section)> {
    let mut found = vec![(0, phase)];
    for entry in &phase.entries {
        if let Entry::Section(group) = entry {
            found.extend(areas(group).into_iter().map(|(depth, inner)| (depth + 1, inner)));
        }
    }
    found
}
