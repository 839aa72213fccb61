//! Values as a page writes them, and what they are worth to one reader.

/// What stands after the `=` of an attribute, or inside `{% … %}`.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names are Markdoc's own")]
pub enum Value {
    Null,
    Bool(bool),
    Number(f64),
    String(String),
    Array(Box<[Value]>),
    /// In a box, as the others are, so that a value is no larger than a string.
    Object(Box<Vec<(String, Value)>>),
    Variable(Variable),
    Function(Box<Function>),
}

/// `$name.key[0]["other key"]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// The name and what is reached from it; never empty.
    pub path: Box<[Segment]>,
}

/// One step of a variable's path.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Segment {
    Key(String),
    Index(u32),
}

/// `name(a, b, key=c)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// The function's name.
    pub name: String,
    /// Its parameters in order; a name where one was written.
    pub parameters: Vec<(Option<String>, Value)>,
}

/// Where variables and functions get their values.
pub trait Scope {
    /// The value of a variable, or `None` where it is not defined.
    fn variable(&self, variable: &Variable) -> Option<Value>;

    /// The value of a function beyond Markdoc's own (`equals`, `and`, `or`, `not`,
    /// `default`, `debug`); `None` where it is not defined.
    fn function(&self, _name: &str, _parameters: &[Value]) -> Option<Value> {
        None
    }
}

/// Where nothing is known.
impl Scope for () {
    fn variable(&self, _variable: &Variable) -> Option<Value> {
        None
    }
}

impl Value {
    /// Markdoc's truth: everything but `false` and `null`.
    pub fn is_truthy(&self) -> bool {
        !matches!(self, Self::Null | Self::Bool(false))
    }

    /// The value with every variable and function in it replaced; what is not defined
    /// becomes [`Value::Null`].
    pub fn evaluate(&self, scope: &dyn Scope) -> Value {
        match self {
            Self::Variable(variable) => scope.variable(variable).unwrap_or(Self::Null),
            Self::Function(function) => function.evaluate(scope),
            Self::Array(items) => Self::Array(items.iter().map(|item| item.evaluate(scope)).collect()),
            Self::Object(entries) => Self::Object(Box::new(
                entries.iter().map(|(key, value)| (key.clone(), value.evaluate(scope))).collect(),
            )),
            plain => plain.clone(),
        }
    }

    /// Calls `visit` with every variable inside.
    pub fn variables<'a>(&'a self, visit: &mut dyn FnMut(&'a Variable)) {
        match self {
            Self::Variable(variable) => visit(variable),
            Self::Function(function) => {
                function.parameters.iter().for_each(|(_, value)| value.variables(visit))
            }
            Self::Array(items) => items.iter().for_each(|item| item.variables(visit)),
            Self::Object(entries) => entries.iter().for_each(|(_, value)| value.variables(visit)),
            _ => {}
        }
    }
}

/// A number as a page would write it, exact up to 15 digits.
///
/// A page's numbers are whole or short decimals, and Rust's way of writing every other float
/// as well is 14 KB of WebAssembly.
pub fn number_text(number: f64) -> String {
    let magnitude = number.abs();
    let shifted = |places: usize| (magnitude * power_of_ten(places)).round();
    let cut = |zeros: usize| (magnitude / power_of_ten(zeros)).round();
    // Of a large one only the first digits are known: as many as tell it from all others.
    let mut zeros = 0;
    while cut(zeros) >= 1e15 && zeros < MAX_ZEROS {
        zeros += 1;
    }
    while zeros > 0 && cut(zeros) * power_of_ten(zeros) != magnitude && cut(zeros - 1) < 1e18 {
        zeros -= 1;
    }
    let mut places = 0;
    while shifted(places) / power_of_ten(places) != magnitude
        && magnitude * power_of_ten(places + 1) < u64::MAX as f64
        && places < MAX_PLACES
    {
        places += 1;
    }
    let digits = if zeros > 0 { cut(zeros) } else { shifted(places) };
    let mut text = (digits as u64).to_string();
    text.push_str(&"0".repeat(zeros));
    if places > 0 {
        let zeros = "0".repeat((places + 1).saturating_sub(text.len()));
        text.insert_str(0, &zeros);
        text.insert(text.len() - places, '.');
    }
    if number.is_sign_negative() {
        text.insert(0, '-');
    }
    text
}

/// The most zeros at the end: a number has no more digits.
const MAX_ZEROS: usize = 308;

/// The most decimal places: all of a power of ten that is still exact as a whole number.
const MAX_PLACES: usize = 18;

fn power_of_ten(exponent: usize) -> f64 {
    std::iter::repeat_n(10.0, exponent).product()
}

impl Variable {
    /// The name after the `$`.
    pub fn name(&self) -> &str {
        match self.path.first() {
            Some(Segment::Key(name)) => name,
            _ => "",
        }
    }

    /// What its path leads to, from the value of its name on.
    pub fn reach<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        let mut path = self.path.iter().skip(1);
        path.try_fold(value, |value, segment| match (value, segment) {
            (Value::Object(entries), Segment::Key(key)) => {
                entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
            }
            (Value::Array(items), Segment::Index(index)) => items.get(*index as usize),
            _ => None,
        })
    }
}

impl Function {
    fn evaluate(&self, scope: &dyn Scope) -> Value {
        let values: Vec<Value> = self.parameters.iter().map(|(_, value)| value.evaluate(scope)).collect();
        match self.name.as_str() {
            "equals" => Value::Bool(values.windows(2).all(|pair| pair[0] == pair[1])),
            "and" => Value::Bool(values.iter().all(Value::is_truthy)),
            "or" => Value::Bool(values.iter().any(Value::is_truthy)),
            "not" => Value::Bool(!values.first().is_some_and(Value::is_truthy)),
            "default" => match &values[..] {
                [Value::Null, fallback, ..] => fallback.clone(),
                [value, ..] => value.clone(),
                [] => Value::Null,
            },
            name => scope.function(name, &values).unwrap_or(Value::Null),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::number_text;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_number_of_15_digits_is_written_as_it_was(
            digits in -999_999_999_999_999..=999_999_999_999_999_i64, places in 0..=15,
        ) {
            let number: f64 = format!("{digits}e-{places}").parse()?;
            prop_assert_eq!(number_text(number), number.to_string());
        }

        #[test]
        fn a_large_number_is_written_as_it_was(
            digits in -999_999_999_999_999..=999_999_999_999_999_i64, zeros in 0..=22,
        ) {
            let number: f64 = format!("{digits}e{zeros}").parse()?;
            prop_assert_eq!(number_text(number), number.to_string());
        }

        #[test]
        fn any_other_number_is_near_what_was_written(number in prop_oneof![-1e18..1e18_f64, -1e38..1e38_f64, -1e300..1e300_f64]) {
            let written: f64 = number_text(number).parse()?;
            prop_assert!((written - number).abs() <= number.abs() * 1e-15, "{}", written);
        }
    }

    #[test]
    fn what_is_no_use_to_a_page_is_written_somehow() {
        for number in [f64::NAN, f64::INFINITY, f64::MIN, f64::MIN_POSITIVE, 1e300, -0.0] {
            assert!(!number_text(number).is_empty());
        }
    }
}
