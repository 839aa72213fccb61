//! How a step stands for the reader who looks at it now: done is not enough where it was done
//! for another environment.

use std::collections::HashSet;
use std::rc::Rc;

use super::Store;
use crate::environment::Environment;
use crate::guide::{self, Guide, Input, InputKind, MOST_READ, Step};
use crate::in_order::in_order;
use crate::markdoc::Document;
use crate::progress::{Record, Seen, StepState};

/// Of how many other environments a guide is compared with the present one. A record made for
/// one beyond them counts as made for another, whatever its step says.
const MOST_COMPARED: usize = 16;

/// The most bytes that are kept of what all steps of a guide said when they were marked: a
/// browser's storage holds a few millions.
const MOST_READ_OF_ALL: usize = 512 << 10;

/// With less than this, what a step said is not worth its place.
const LEAST_READ: usize = 256;

/// How a step stands, and what is known of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// How it stands.
    pub state: StepState,
    /// What is known of it.
    pub record: Record,
    /// What was answered otherwise when it was marked, as the reader knows it, where that makes
    /// this another step.
    pub marked_for: Vec<String>,
}

/// Which steps differ in other environments. Kept, as every step of a run asks for the same.
#[derive(Default)]
pub(super) struct Compared {
    /// What the reader chose.
    choices: Option<Rc<[(String, String)]>>,
    /// What the page's other inputs are worth.
    typed: Option<Rc<[(String, String)]>>,
    /// The guide for these choices.
    present: Option<Rc<Guide>>,
    /// The values with which guides are compared.
    values: Option<Rc<[(String, String)]>>,
    others: Vec<(Answers, HashSet<String>)>,
}

/// Answers, in the order of the inputs' names.
type Answers = Vec<(String, String)>;

impl Compared {
    /// The reader has answered otherwise: nothing holds but what depends on the page alone.
    pub(super) fn forget(&mut self) {
        *self = Self { values: self.values.take(), ..Self::default() };
    }
}

impl Store {
    /// How a step stands, with what is known of it.
    pub fn standing(&self, step: &Step) -> Standing {
        let record = self.record(&step.id).unwrap_or_default();
        let guide = self.guide();
        let others = self.marked_for(step, &record);
        let marked_for = others.iter().map(|(name, value)| named(guide.input(name), value)).collect();
        Standing { state: self.state_of(step), record, marked_for }
    }

    /// How a step stands.
    pub fn state_of(&self, step: &Step) -> StepState {
        self.progress(|progress| match progress.state_of(&step.id, &step.fingerprint, || step.hashes()) {
            state @ (StepState::Done | StepState::NotApplicable) => {
                let record = progress.record(&step.id);
                let is_for_another = record.is_some_and(|record| !self.marked_for(step, record).is_empty());
                if is_for_another { StepState::Changed } else { state }
            }
            state => state,
        })
    }

    /// What a step is for the reader now.
    pub fn seen(&self, step: &Step) -> Seen {
        let room = MOST_READ_OF_ALL / self.guide().steps().len().max(1);
        Seen {
            fingerprint: step.fingerprint.clone(),
            passages: step.hashes(),
            texts: if room < LEAST_READ { Vec::new() } else { step.texts(room.min(MOST_READ)) },
            answers: Some(self.answers_of(step)),
        }
    }

    /// What was answered otherwise when a step was marked, if that makes a difference to it. A
    /// choice that was open then, or is now, contradicts nothing, and neither does a value that
    /// was missing.
    fn marked_for(&self, step: &Step, record: &Record) -> Answers {
        let Some(then) = record.mark().and(record.decision.value.seen.answers.as_ref()) else {
            return Answers::new();
        };
        let otherwise = |now: &[(String, String)]| -> Answers {
            let is_other = |(name, value): &&(String, String)| {
                now.iter().any(|(present, answer)| present == name && answer != value)
            };
            then.iter().filter(is_other).cloned().collect()
        };
        let now = self.choices();
        let mut others = otherwise(&now);
        if !others.is_empty() && !self.differs(step, &now, &others) {
            others.clear();
        }
        let typed = otherwise(&self.typed());
        others.extend(typed.into_iter().filter(|(name, _)| step.uses(name)));
        others
    }

    /// What the reader chose, and the values in the commands of a step.
    fn answers_of(&self, step: &Step) -> Answers {
        let mut answers = self.choices().to_vec();
        self.typed()
            .iter()
            .filter(|(name, _)| step.uses(name))
            .for_each(|typed| put(&mut answers, typed.clone()));
        answers
    }

    /// What the inputs are worth that are no choices, as far as each has one value.
    fn typed(&self) -> Rc<[(String, String)]> {
        if let Some(typed) = &self.compared().borrow().typed {
            return typed.clone();
        }
        let worth = |input: &Input| {
            let InputKind::Value { value_type, defaults, .. } = &input.kind else { return None };
            let text = match (&input.answer, defaults.as_slice()) {
                (Some(answer), _) if input.is_answered() => answer,
                (_, [default]) if input.error.is_none() => &default.value,
                _ => return None,
            };
            Some((input.name.clone(), value_type.parse(text).ok()?.to_string()))
        };
        let typed: Rc<[_]> = self.guide().inputs.iter().filter_map(worth).collect();
        self.compared().borrow_mut().typed = Some(typed.clone());
        typed
    }

    /// What the reader chose, or the page for them, as far as it is asked.
    fn choices(&self) -> Rc<[(String, String)]> {
        if let Some(choices) = &self.compared().borrow().choices {
            return choices.clone();
        }
        let mut choices = Answers::new();
        for input in self.guide().inputs.iter().filter(|input| input.is_answered()) {
            if let (InputKind::Choice(_), Some(answer)) = (&input.kind, &input.answer) {
                put(&mut choices, (input.name.clone(), answer.clone()));
            }
        }
        let choices: Rc<[_]> = choices.into();
        self.compared().borrow_mut().choices = Some(choices.clone());
        choices
    }

    /// Whether a step is another one where these choices are made instead.
    fn differs(&self, step: &Step, now: &[(String, String)], others: &[(String, String)]) -> bool {
        let mut compared = self.compared().borrow_mut();
        let Compared { present, values, others: known, .. } = &mut *compared;
        if let Some((_, differing)) = known.iter().find(|(choices, _)| choices == others) {
            return differing.contains(&step.id);
        }
        if known.len() >= MOST_COMPARED {
            return true;
        }
        let values = values.get_or_insert_with(|| sample_values(self.document())).clone();
        let build = |choices: &[(String, String)]| {
            let environment: Environment = [&values, choices].concat().into_iter().collect();
            guide::build(self.document(), &environment)
        };
        let present = present.get_or_insert_with(|| Rc::new(build(now)));
        let other = build(&[now, others].concat());
        let differing = differing(present, &other);
        let differs = differing.contains(&step.id);
        known.push((others.to_vec(), differing));
        differs
    }
}

/// One value for each input, whoever is asked for it. What a reader types makes no step another;
/// but without any, a command may not be there to be compared, and with a default, one that only
/// its default tells apart would be another.
fn sample_values(document: &Document) -> Rc<[(String, String)]> {
    let guide = guide::build(document, &Environment::default());
    let sample = |input: &Input| {
        let InputKind::Value { value_type, defaults, .. } = &input.kind else { return None };
        let default = defaults.iter().map(|default| &*default.value).find(|default| !default.is_empty());
        Some((input.name.clone(), default.unwrap_or(value_type.sample()).to_owned()))
    };
    guide.inputs.iter().filter_map(sample).collect()
}

/// The ids of the steps of one guide that another lacks or has otherwise. Both have them in
/// the page's order.
pub(super) fn differing(present: &Guide, other: &Guide) -> HashSet<String> {
    let others = other.steps();
    let mut rest = others.as_slice();
    let mut differing = HashSet::new();
    for step in present.steps() {
        let same = in_order(&mut rest, |other| other.id == step.id);
        if same.is_none_or(|same| same.body != step.body || same.title != step.title) {
            differing.insert(step.id.clone());
        }
    }
    differing
}

/// Adds an answer in the order of the names.
fn put(answers: &mut Answers, answer: (String, String)) {
    answers.insert(answers.partition_point(|other| *other < answer), answer);
}

/// An answer as the reader knows it: an option's label, or an input's with its value.
fn named(input: Option<&Input>, value: &str) -> String {
    match input {
        Some(Input { kind: InputKind::Value { .. }, label, .. }) => [label, " ", value].concat(),
        input => label(input, value),
    }
}

/// An option in the reader's words.
pub(super) fn label(input: Option<&Input>, value: &str) -> String {
    if let Some(Input { kind: InputKind::Choice(options), .. }) = input
        && let Some(option) = options.iter().find(|option| option.value == value)
    {
        return option.label.clone();
    }
    value.to_owned()
}
