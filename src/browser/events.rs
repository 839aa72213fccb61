//! What a host is told: a change of a run goes in, events on the element come out.
//!
//! [`Events::tell_changes`] compares what is before a piece of work with what is after, so that
//! a tick, another tab's and an import are told alike.

use crate::environment::Environment;
use crate::guide::Step;
use crate::in_order::in_order;
use crate::progress::{Figures, StepId, StepState};
use crate::view::Store;
use js_sys::{Function, Object, Reflect};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Tells one element's host what happens to one run.
#[derive(Clone)]
pub struct Events {
    /// Takes an event's name and its detail.
    fire: Function,
    guide: String,
    run: String,
}

/// Which steps a piece of work can change.
#[derive(Clone, Copy)]
pub enum Reach<'a> {
    /// None.
    Nothing,
    /// This one.
    Step(&'a StepId),
    /// Any.
    Everything,
}

impl Events {
    /// Events about a run, each given to `fire`.
    pub fn new(fire: Function, guide: &str, run: &str) -> Self {
        Self { fire, guide: guide.to_owned(), run: run.to_owned() }
    }

    /// The run stands in the page.
    pub fn ready(&self) {
        self.tell("upgrade-ready", &[]);
    }

    /// A command was copied, or could not be.
    pub fn copied(&self, snippet: &str, copied: bool) {
        self.tell("upgrade-copy", &[("snippet", snippet.into()), ("copied", copied.into())]);
    }

    /// The run cannot be kept as it should, in the reader's words.
    pub fn storage_error(&self, message: &str) {
        self.tell("upgrade-storage-error", &[("message", message.into())]);
    }

    /// Tells what a piece of work changed.
    pub fn tell_changes(&self, before: &Looked, after: &Looked) {
        let mut rest = before.steps.as_slice();
        for (step, state) in &after.steps {
            let was = in_order(&mut rest, |(id, _)| id == step);
            if was.is_some_and(|(_, was)| was != state) {
                let state = state.as_str().into();
                self.tell("upgrade-step-change", &[("step", step.as_str().into()), ("state", state)]);
            }
        }
        if after.environment != before.environment {
            self.tell("upgrade-environment-change", &[("environment", answers(&after.environment))]);
        }
        if after.figures != before.figures {
            self.progress(after.figures);
        }
    }

    /// The run stands so, or stands so now.
    pub fn progress(&self, figures: Figures) {
        let Figures { done, total, not_applicable, .. } = figures;
        let number = |number: usize| JsValue::from_f64(number as f64);
        self.tell(
            "upgrade-progress",
            &[
                ("done", number(done)),
                ("total", number(total)),
                ("notApplicable", number(not_applicable)),
                ("percent", number(figures.percent().into())),
            ],
        );
    }

    fn tell(&self, name: &str, members: &[(&str, JsValue)]) {
        let run = [("guide", self.guide.as_str().into()), ("run", self.run.as_str().into())];
        let detail = object(run.iter().chain(members).map(|(name, value)| (*name, value)));
        // A host whose listener throws has reported that itself.
        let _ = self.fire.call2(&JsValue::NULL, &name.into(), &detail);
    }
}

/// What a host is told of.
pub struct Looked {
    environment: Environment,
    steps: Vec<(String, StepState)>,
    figures: Figures,
}

impl Looked {
    /// How it stands.
    pub fn at(store: &Store, reach: Reach<'_>) -> Self {
        let steps = match reach {
            Reach::Nothing => Vec::new(),
            Reach::Step(id) => {
                let state = store.state_of_id(id.as_ref());
                state.map(|state| (id.as_ref().to_owned(), state)).into_iter().collect()
            }
            Reach::Everything => {
                let guide = store.guide();
                let state = |step: &Rc<Step>| (step.id.clone(), store.state_of(step));
                guide.steps().into_iter().map(state).collect()
            }
        };
        // An answer that does not hold is none.
        let guide = store.guide();
        let holds = |name: &str| guide.input(name).is_none_or(|input| input.error.is_none());
        let environment = store.environment();
        let environment = environment.iter().filter(|(name, _)| holds(name)).collect();
        Self { environment, steps, figures: store.all_figures() }
    }
}

/// What the reader said, by the names of the inputs.
pub(super) fn answers(environment: &Environment) -> JsValue {
    let answers: Vec<(&str, JsValue)> =
        environment.iter().map(|(name, answer)| (name, answer.into())).collect();
    object(answers.iter().map(|(name, value)| (*name, value)))
}

/// An object with these members.
pub(super) fn object<'a>(members: impl Iterator<Item = (&'a str, &'a JsValue)>) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of an object of one's own does not fail.
        let _ = Reflect::set(&object, &name.into(), value);
    }
    object.into()
}
