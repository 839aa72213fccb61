//! The variables that a partial passes on to what it includes.

use std::rc::Rc;

use super::declare::Names;
use crate::markdoc::{Node, Value};

/// The variables that a partial was given, and those of the partial around it.
#[derive(Clone, Default)]
pub(super) struct Locals<'a>(Option<Rc<Frame<'a>>>);

struct Frame<'a> {
    values: &'a [(String, Value)],
    outer: Locals<'a>,
}

/// Outside every partial.
pub(super) const NO_LOCALS: Locals<'static> = Locals(None);

impl<'a> Locals<'a> {
    /// These variables and those that a partial tag passes on.
    pub(super) fn within(&self, partial: &'a Node) -> Self {
        match partial.attribute("variables") {
            Some(Value::Object(values)) => Self(Some(Rc::new(Frame { values, outer: self.clone() }))),
            _ => self.clone(),
        }
    }

    /// Whether a variable is one of these.
    pub(super) fn declares(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// What these variables are made of outside every partial.
    pub(super) fn outermost<'n>(&self, names: Names<'n>) -> Names<'n>
    where
        'a: 'n,
    {
        let Some(frame) = self.0.as_deref() else { return names };
        frame.outer.outermost(names.replaced(|name, replaced| {
            match frame.values.iter().find(|(key, _)| key == name) {
                Some((_, value)) => replaced.add_all(value),
                None => replaced.add(name),
            }
        }))
    }

    /// The value that a variable was given, and the variables that were known there.
    pub(super) fn find(&self, name: &str) -> Option<(&'a Value, &Locals<'a>)> {
        let frame = self.0.as_deref()?;
        match frame.values.iter().find(|(key, _)| key == name) {
            Some((_, value)) => Some((value, &frame.outer)),
            None => frame.outer.find(name),
        }
    }
}
