//! What a fence is made of for one reader: its author's text, and the values in it.

use std::rc::Rc;

use crate::environment::Objection;
use crate::environment::value::{TypedValue, ValueType};
use crate::guide::blocks::words;
use crate::guide::declare::{Bound, Inputs, Names, Once};
use crate::guide::locals::Locals;
use crate::markdoc::{Branch, Guard, Kind, Node, Scope, Span, Value, branches};
use crate::snippet::Spelling;

/// A piece of a fence in one scenario.
#[derive(PartialEq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    /// A value, or why there is none.
    Hole {
        node: Here<'a>,
        value: Result<TypedValue, Objection>,
        spelling: Spelling,
        /// An input that the page does not ask of this reader.
        unasked: Option<String>,
        /// The inputs that it is made of.
        inputs: Vec<String>,
        /// Whether it is the author's own, who gave it a name.
        is_own: bool,
    },
}

/// A node, which is no other that says the same.
pub(super) struct Here<'a>(&'a Node);

impl PartialEq for Here<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl<'a> Piece<'a> {
    pub(super) fn node(&self) -> Option<&'a Node> {
        match self {
            Self::Hole { node, .. } => Some(node.0),
            Self::Text(_) => None,
        }
    }

    pub(super) fn span(&self) -> Span {
        self.node().map(|node| node.span).unwrap_or_default()
    }

    pub(super) fn inputs(&self) -> &[String] {
        match self {
            Self::Text(_) => &[],
            Self::Hole { inputs, .. } => inputs,
        }
    }
}

/// A fence, of which each part is worked out once for all readers between whom it cannot differ.
pub(super) struct Fence<'a>(Vec<Source<'a>>);

enum Source<'a> {
    Text(Rc<Piece<'a>>),
    Hole { node: &'a Node, value: &'a Value, once: Once<'a, Rc<Piece<'a>>> },
    Branch { guards: Vec<Guard<'a>>, once: Once<'a, bool>, fence: Fence<'a> },
}

impl<'a> Fence<'a> {
    /// The parts of a fence.
    pub(super) fn new(node: &'a Node, inputs: &'a Inputs<'a>, locals: &Locals<'_>) -> Self {
        let mut fence = Self(Vec::new());
        fence.add(node, inputs, locals);
        fence
    }

    /// Adds the parts of a fence, or of something in it.
    fn add(&mut self, node: &'a Node, inputs: &'a Inputs<'a>, locals: &Locals<'_>) {
        match (&node.kind, node.attribute("content")) {
            (Kind::Text, Some(Value::String(text))) => self.0.push(Source::Text(Rc::new(Piece::Text(text)))),
            (Kind::Text, Some(value)) => {
                self.0.push(Source::Hole { node, value, once: inputs.once(Names::in_value(value), locals) });
            }
            (Kind::Fence, Some(Value::String(text))) if node.children.is_empty() => {
                self.0.push(Source::Text(Rc::new(Piece::Text(text))));
            }
            (Kind::Tag(name), _) if name == "if" => {
                for Branch { guards, children, .. } in branches(node) {
                    let once = inputs.once(Names::asked_by(&guards), locals);
                    let mut fence = Self(Vec::new());
                    children.into_iter().for_each(|child| fence.add(child, inputs, locals));
                    self.0.push(Source::Branch { guards, once, fence });
                }
            }
            _ => node.children.iter().for_each(|child| self.add(child, inputs, locals)),
        }
    }

    /// Adds what it is made of for one reader.
    pub(super) fn pieces(&mut self, bound: &Bound<'_>, pieces: &mut Vec<Rc<Piece<'a>>>) {
        for source in &mut self.0 {
            match source {
                Source::Text(text) => pieces.push(text.clone()),
                Source::Hole { node, value, once } => {
                    pieces.push(once.of(bound.scenario, || Rc::new(hole(node, value, bound))));
                }
                Source::Branch { guards, once, fence } => {
                    if once.of(bound.scenario, || bound.meets(guards)) {
                        fence.pieces(bound, pieces);
                    }
                }
            }
        }
    }
}

/// A value of the fence, for one reader.
fn hole<'a>(node: &'a Node, value: &Value, bound: &Bound<'_>) -> Piece<'a> {
    let (value, bound) = bound.meant(value);
    let (inner, spelling) = match value {
        Value::Function(function) => {
            match (Spelling::from_function(&function.name), function.parameters.as_slice()) {
                (Some(spelling), [(_, inner)]) => (inner, spelling),
                _ => (value, Spelling::Plain),
            }
        }
        _ => (value, Spelling::Plain),
    };
    let (inner, bound) = bound.meant(inner);
    let typed = match inner {
        Value::Variable(variable) if variable.path.len() == 1 => bound.typed(variable.name()),
        _ => None,
    };
    let value = typed.unwrap_or_else(|| match bound.lacks(inner) {
        Some(lack) => Err(lack),
        None => said(&inner.evaluate(&bound as &dyn Scope)),
    });
    let (mut inputs, mut is_own) = (Vec::new(), true);
    bound.each_answer(inner, &mut |name, typed| {
        is_own = false;
        inputs.extend(typed.map(|_| name.to_owned()));
    });
    Piece::Hole { node: Here(node), value, spelling, unasked: bound.unasked(inner), inputs, is_own }
}

/// What the page says for a hole: a whole number, or else a text. A function that gives none
/// must not leave an empty word in a command.
fn said(value: &Value) -> Result<TypedValue, Objection> {
    if *value == Value::Null {
        return Err(Objection::Nothing);
    }
    let words = words(value);
    if let (Value::Number(_), Ok(number)) = (value, ValueType::Number.parse(&words)) {
        return Ok(number);
    }
    ValueType::Text.parse(&words).map_err(|invalid| Objection::Invalid(invalid.0))
}
