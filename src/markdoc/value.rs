//! Values as a page writes them, and what they are worth to one reader.

/// What stands after the `=` of an attribute, or inside `{% … %}`.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names are Markdoc's own")]
pub enum Value {
    Null,
    Bool(bool),
    Number(f64),
    String(String),
    Array(Vec<Value>),
    Object(Vec<(String, Value)>),
    Variable(Variable),
    Function(Function),
}

/// `$name.key[0]["other key"]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// The name and what is reached from it; never empty.
    pub path: Vec<Segment>,
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
            Self::Object(entries) => Self::Object(
                entries.iter().map(|(key, value)| (key.clone(), value.evaluate(scope))).collect(),
            ),
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

impl Variable {
    /// The name after the `$`.
    pub fn name(&self) -> &str {
        match self.path.first() {
            Some(Segment::Key(name)) => name,
            _ => "",
        }
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
