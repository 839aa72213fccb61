//! What the variables are worth in one scenario.

use super::{Declared, DeclaredKind, Inputs};
use crate::environment::Objection;
use crate::environment::value::{ByteSize, TypedValue, ValueType};
use crate::guide::locals::{Locals, NO_LOCALS};
use crate::markdoc::{Guard, Scope, Value, Variable, number_text};

/// What the variables are worth in one scenario.
#[derive(Clone, Copy)]
pub(in crate::guide) struct Bound<'a> {
    pub(super) inputs: &'a Inputs<'a>,
    pub(in crate::guide) scenario: usize,
    pub(super) locals: &'a Locals<'a>,
    /// How many of the declarations are known: a `let` sees those before it alone, so that
    /// no two can stand for each other.
    pub(super) known: usize,
    /// Whether this is for a value that another names.
    pub(super) nested: bool,
    /// Whether this is for a condition, to which a value that nobody has given is nothing.
    pub(super) in_condition: bool,
}

/// How many names a value may stand for, those in these counted too. No page for people needs a
/// tenth of it, and in a hostile one each name could double what stands behind the one before.
pub(in crate::guide) const MOST_NAMES: usize = 256;

/// How long a text may become that is made of others, in bytes.
const MOST_JOINED: usize = 4096;

/// What was typed, checked, or why there is none.
type Typed = Result<TypedValue, Objection>;

impl<'a> Bound<'a> {
    /// The checked value of an input; `Err` with why there is none. `None` where the name is
    /// not an input here.
    pub(in crate::guide) fn typed(&self, name: &str) -> Option<Typed> {
        let declared = self.declared(name)?;
        let DeclaredKind::Value { value_type, default, .. } = &declared.kind else { return None };
        let text = match declared.answer {
            Some(answer) => answer,
            None if default.is_empty() => return Some(Err(Objection::Missing(declared.label.to_owned()))),
            None => default,
        };
        let of_input = |why| Objection::Of(declared.label.to_owned(), Box::new(why));
        Some(match &declared.error {
            Some(error) => Err(of_input(error.clone())),
            None => value_type.parse(text).map_err(|invalid| of_input(Objection::Invalid(invalid.0))),
        })
    }

    /// The value that one is nothing but another name for, and the variables that are known
    /// there.
    pub(in crate::guide) fn meant<'v>(&self, value: &'v Value) -> (&'v Value, Bound<'v>)
    where
        'a: 'v,
    {
        if let Value::Variable(variable) = value
            && let Some((behind, before)) = self.behind(variable.name())
            && let Some(named) = variable.reach(behind)
        {
            return before.meant(named);
        }
        (value, Bound { nested: false, ..*self })
    }

    /// Why a value that is made of several cannot be: the first of them that is not filled in
    /// or not valid.
    pub(in crate::guide) fn lacks(&self, value: &Value) -> Option<Objection> {
        let mut lack = None;
        self.each_answer(value, &mut |_, typed| {
            lack = lack.take().or(typed.and_then(Result::err));
        });
        lack
    }

    /// Whether a value is the author's own, with nothing in it that a reader answers.
    pub(in crate::guide) fn is_own(&self, value: &Value) -> bool {
        let mut is_own = true;
        self.each_answer(value, &mut |_, _| is_own = false);
        is_own
    }

    /// What is asked that a value is made of, with what it is worth where it is typed.
    pub(in crate::guide) fn each_answer(&self, value: &Value, each: &mut dyn FnMut(&str, Option<Typed>)) {
        value.variables(&mut |variable| match self.behind(variable.name()) {
            Some((value, before)) => before.each_answer(value, each),
            None => each(variable.name(), self.typed(variable.name())),
        });
    }

    /// The first input in a value that is asked of others, and not here.
    pub(in crate::guide) fn unasked(&self, value: &Value) -> Option<String> {
        let mut unasked = None;
        value.variables(&mut |variable| {
            let found = match self.behind(variable.name()) {
                Some((value, before)) => before.unasked(value),
                None => Some(variable.name())
                    .filter(|name| self.inputs.declares(name) && self.declared(name).is_none())
                    .map(str::to_owned),
            };
            unasked = unasked.take().or(found);
        });
        unasked
    }

    /// Whether all of these let through whoever is in this scenario.
    pub(in crate::guide) fn meets(&self, guards: &[Guard<'_>]) -> bool {
        let asking = Bound { in_condition: true, ..*self };
        guards.iter().all(|guard| guard.lets_through(&asking))
    }

    fn declared(&self, name: &str) -> Option<&'a Declared<'a>> {
        self.position(name).and_then(|position| self.inputs.declared.get(position))
    }

    fn position(&self, name: &str) -> Option<usize> {
        let mut declared = self.inputs.declared.iter().take(self.known);
        declared.position(|declared| declared.name == name && declared.applies(self.scenario))
    }

    /// The value that a partial passes on or a `let` names, and the variables that were known
    /// there. It is nothing where too many stand behind it.
    fn behind(&self, name: &str) -> Option<(&'a Value, Bound<'a>)> {
        let (value, known, locals) = match self.locals.find(name) {
            Some((value, outer)) => (value, self.known, outer),
            None => {
                let known = self.position(name)?;
                let DeclaredKind::Named(value) = self.inputs.declared.get(known)?.kind else { return None };
                (value, known, &NO_LOCALS)
            }
        };
        let names = if self.nested { self.inputs.names_behind.get() + 1 } else { 1 };
        self.inputs.names_behind.set(names);
        let value = if names > MOST_NAMES { &Value::Null } else { value };
        Some((value, Bound { known, locals, nested: true, ..*self }))
    }

    /// Whether more stands behind a name than is worked out.
    pub(super) fn is_too_large(&self, name: &str) -> bool {
        self.behind(name).is_some_and(|(value, before)| {
            // Any question about a value looks behind all its names, and so counts them.
            before.unasked(value);
            self.inputs.names_behind.get() > MOST_NAMES
        })
    }

    /// What a reader answers, or is asked to.
    fn answer(&self, name: &str) -> Option<Value> {
        let declared = self.declared(name)?;
        match &declared.kind {
            DeclaredKind::Choice { index, options } => {
                let option = self.inputs.scenarios.get(self.scenario)?.option(*index)?;
                options.get(usize::from(option)).map(|option| Value::String(option.value.to_owned()))
            }
            // What was typed in its plain form, or in its place the input's label.
            DeclaredKind::Value { .. } => match self.typed(name) {
                Some(Ok(value)) => Some(Value::String(value.to_string())),
                _ if self.in_condition => None,
                _ => Some(Value::String(["‹", declared.label, "›"].concat())),
            },
            DeclaredKind::Named(_) => None,
        }
    }
}

impl Scope for Bound<'_> {
    fn variable(&self, variable: &Variable) -> Option<Value> {
        let name = variable.name();
        let value = match self.behind(name) {
            Some((value, before)) => value.evaluate(&before),
            None => self.answer(name)?,
        };
        // What a reader answers has no parts, and must not stand for one.
        variable.reach(&value).cloned()
    }

    fn function(&self, name: &str, parameters: &[Value]) -> Option<Value> {
        function(name, parameters)
    }
}

/// The spellings of a size (`bytes`, `kib`, `mb`), a multiple of it (`times`), and texts
/// that become one (`join`).
pub fn function(name: &str, parameters: &[Value]) -> Option<Value> {
    match (name, parameters) {
        ("bytes", [size]) => Some(Value::Number(as_size(size)?.bytes() as f64)),
        ("kib", [size]) => as_size(size)?.kib().map(|kib| Value::Number(kib as f64)),
        ("mb", [size]) => as_size(size)?.with_unit().map(Value::String),
        ("times", [size, Value::Number(factor)]) if *factor >= 1.0 => {
            as_size(size)?.times(*factor)?.with_unit().map(Value::String)
        }
        ("join", texts) => {
            let mut joined = String::new();
            for text in texts {
                match text {
                    Value::String(text) => joined.push_str(text),
                    Value::Number(number) => joined.push_str(&number_text(*number)),
                    _ => return None,
                }
                if joined.len() > MOST_JOINED {
                    return None;
                }
            }
            Some(Value::String(joined))
        }
        _ => None,
    }
}

pub(super) fn as_size(value: &Value) -> Option<ByteSize> {
    match value {
        Value::String(text) => size(text),
        _ => None,
    }
}

pub(super) fn size(text: &str) -> Option<ByteSize> {
    match ValueType::Size.parse(text) {
        Ok(TypedValue::Size(size)) => Some(size),
        _ => None,
    }
}
