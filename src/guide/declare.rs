//! The inputs that a page declares with `choice`, `option` and `input`, what it names with
//! `let`, and what all of them are worth in each scenario.

use super::branch::{Guard, branches};
use super::locals::{Locals, NO_LOCALS};
use super::scenario::{Audience, Scenario, describe};
use super::{ChoiceOption, Input, InputKind, Labelled};
use crate::environment::value::{ByteSize, TypedValue, ValueType};
use crate::environment::{Environment, Objection};
use crate::markdoc::{Document, Node, Problem, Scope, Span, Value, Variable, number_text, suggest};

/// More scenarios than any page for people has; beyond it, which is a problem, only the
/// first option of an open choice counts, so that a hostile page cannot take all memory.
const MOST_SCENARIOS: usize = 4096;

/// As many as a scenario can count.
const MOST_OPTIONS: usize = u8::MAX as usize;

/// Everything a page asks, with the reader's answers.
pub(super) struct Inputs<'a> {
    declared: Vec<Declared<'a>>,
    scenarios: Vec<Scenario>,
}

/// One `choice`, `input` or `let` tag.
struct Declared<'a> {
    name: &'a str,
    label: &'a str,
    hint: Option<&'a str>,
    kind: DeclaredKind<'a>,
    answer: Option<&'a str>,
    error: Option<Objection>,
    /// For each scenario whether it is asked there.
    applies: Vec<bool>,
}

enum DeclaredKind<'a> {
    /// `index` counts the choices.
    Choice { index: usize, options: Vec<DeclaredOption<'a>> },
    Value {
        value_type: ValueType,
        default: String,
        /// What the page works out for the reader.
        suggest: Option<&'a Value>,
    },
    /// A name for a value that the page works out; nobody is asked.
    Named(&'a Value),
}

struct DeclaredOption<'a> {
    value: &'a str,
    label: &'a str,
    hint: Option<&'a str>,
    guards: Vec<Guard<'a>>,
}

/// What the variables are worth in one scenario.
#[derive(Clone, Copy)]
pub(super) struct Bound<'a> {
    inputs: &'a Inputs<'a>,
    scenario: usize,
    locals: &'a Locals<'a>,
    /// How many of the declarations are known: a `let` sees those before it alone, so that
    /// no two can stand for each other.
    known: usize,
}

impl<'a> Inputs<'a> {
    /// Reads the declarations of a page and works out the scenarios that the answers
    /// leave open.
    pub(super) fn declared_in(
        document: &'a Document,
        environment: &'a Environment,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut inputs = Self { declared: Vec::new(), scenarios: vec![Scenario::default()] };
        let mut guards = Vec::new();
        for node in &document.children {
            inputs.read(node, environment, &mut guards, problems);
        }
        inputs
    }

    /// Every scenario that is still open.
    pub(super) fn everyone(&self) -> Audience {
        Audience::everyone(self.scenarios.len())
    }

    /// Those for whom a condition is true, and the others.
    pub(super) fn split(
        &self,
        audience: &Audience,
        condition: &Value,
        locals: &Locals<'_>,
    ) -> (Audience, Audience) {
        audience.split(|scenario| condition.evaluate(&self.bound(scenario, locals)).is_truthy())
    }

    /// What sets an audience apart from a larger one, in the reader's words.
    pub(super) fn describe(&self, audience: &Audience, whole: &Audience) -> String {
        let labels: Vec<Vec<&str>> = self
            .declared
            .iter()
            .filter_map(|declared| match &declared.kind {
                DeclaredKind::Choice { options, .. } => Some(options.iter().map(|o| o.label).collect()),
                DeclaredKind::Value { .. } | DeclaredKind::Named(_) => None,
            })
            .collect();
        describe(&self.scenarios, &labels, audience, whole)
    }

    /// The variables as they are in one scenario.
    pub(super) fn bound<'b>(&'b self, scenario: usize, locals: &'b Locals<'b>) -> Bound<'b> {
        Bound { inputs: self, scenario, locals, known: self.declared.len() }
    }

    /// Whether a name is declared at all, in whatever scenario.
    pub(super) fn declares(&self, name: &str) -> bool {
        self.declared.iter().any(|declared| declared.name == name)
    }

    /// Every name that is declared.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.declared.iter().map(|declared| declared.name)
    }

    /// The inputs as the reader is asked, without those that apply to nobody. Several
    /// declarations of one name are one question.
    pub(super) fn as_asked(&self) -> Vec<Input> {
        let mut names: Vec<&str> = Vec::new();
        let is_asked = |declared: &&Declared<'a>| {
            declared.applies.contains(&true) && !matches!(declared.kind, DeclaredKind::Named(_))
        };
        for declared in self.declared.iter().filter(is_asked) {
            if !names.contains(&declared.name) {
                names.push(declared.name);
            }
        }
        names.into_iter().filter_map(|name| self.asked(name)).collect()
    }

    fn asked(&self, name: &str) -> Option<Input> {
        let is_meant = |declared: &&Declared<'a>| declared.name == name && declared.applies.contains(&true);
        let all: Vec<&Declared<'a>> = self.declared.iter().filter(is_meant).collect();
        let first = all.first()?;
        let everyone = self.everyone();
        let (audience, _) = everyone.split(|scenario| all.iter().any(|declared| declared.applies(scenario)));
        let kind = match &first.kind {
            DeclaredKind::Named(_) => return None,
            DeclaredKind::Choice { .. } => InputKind::Choice(self.options(&all)),
            DeclaredKind::Value { value_type, .. } => InputKind::Value {
                value_type: *value_type,
                defaults: self.defaults(&all, &audience),
                suggestion: self.suggestion(&all, &audience),
            },
        };
        let label_of = |audience: &Audience| self.describe(audience, &everyone);
        Some(Input {
            name: name.to_owned(),
            label: first.label.to_owned(),
            hint: first.hint.map(str::to_owned),
            only: Some(label_of(&audience)).filter(|label| !label.is_empty()),
            kind,
            answer: first.answer.map(str::to_owned),
            error: all.iter().find_map(|declared| declared.error.clone()),
        })
    }

    /// The options of a choice that are possible for somebody.
    fn options(&self, all: &[&Declared<'a>]) -> Vec<ChoiceOption> {
        let mut asked: Vec<ChoiceOption> = Vec::new();
        for declared in all {
            let DeclaredKind::Choice { options, .. } = &declared.kind else { continue };
            for option in options {
                let is_new = asked.iter().all(|known| known.value != option.value);
                if is_new && (0..self.scenarios.len()).any(|scenario| self.holds(&option.guards, scenario)) {
                    asked.push(option.as_asked());
                }
            }
        }
        asked
    }

    /// What stands where nothing was typed, with whom each is for.
    fn defaults(&self, all: &[&Declared<'a>], audience: &Audience) -> Vec<Labelled<String>> {
        let default = |scenario: usize| {
            all.iter().find(|declared| declared.applies(scenario)).and_then(|declared| match &declared.kind {
                DeclaredKind::Value { default, .. } => Some(default.clone()),
                DeclaredKind::Choice { .. } | DeclaredKind::Named(_) => None,
            })
        };
        let groups = audience.grouped(default).into_iter();
        groups
            .filter_map(|(default, group)| {
                Some(Labelled { label: self.describe(&group, audience), value: default? })
            })
            .collect()
    }

    /// What the page suggests, where it suggests the same to everyone. Never less than what
    /// stands there anyway.
    fn suggestion(&self, all: &[&Declared<'a>], audience: &Audience) -> Option<String> {
        let suggestion = |scenario: usize| {
            let declared = all.iter().find(|declared| declared.applies(scenario))?;
            let DeclaredKind::Value { suggest: Some(suggest), default, .. } = &declared.kind else {
                return None;
            };
            match suggest.evaluate(&self.bound(scenario, &NO_LOCALS)) {
                Value::String(text) => match (size(&text), size(default)) {
                    (Some(suggested), Some(least)) if suggested < least => Some(default.clone()),
                    _ => Some(text),
                },
                _ => None,
            }
        };
        match audience.grouped(suggestion).as_slice() {
            [(suggestion, _)] => suggestion.clone(),
            _ => None,
        }
    }

    fn read(
        &mut self,
        node: &'a Node,
        environment: &'a Environment,
        guards: &mut Vec<Guard<'a>>,
        problems: &mut Vec<Problem>,
    ) {
        match node.tag() {
            Some("if") => {
                let depth = guards.len();
                for branch in branches(node) {
                    for child in branch.children {
                        guards.extend(branch.guards.iter().cloned());
                        self.read(child, environment, guards, problems);
                        guards.truncate(depth);
                    }
                }
            }
            Some("choice") => self.read_choice(node, environment, guards, problems),
            Some("input") => self.read_value(node, environment, guards, problems),
            Some("let") => self.read_named(node, guards, problems),
            _ => node.children.iter().for_each(|child| self.read(child, environment, guards, problems)),
        }
    }

    fn read_choice(
        &mut self,
        node: &'a Node,
        environment: &'a Environment,
        guards: &[Guard<'a>],
        problems: &mut Vec<Problem>,
    ) {
        let Some(name) = declared_name(node, problems) else { return };
        let mut options = Vec::new();
        read_options(&node.children, &mut Vec::new(), &mut options, problems);
        if options.is_empty() {
            problems.push(Problem::error(node.span, format!("the choice `{name}` has no `option`")));
            return;
        }
        if options.len() > MOST_OPTIONS {
            let message = format!("the choice `{name}` has more than {MOST_OPTIONS} options");
            problems.push(Problem::error(node.span, message));
            options.truncate(MOST_OPTIONS);
        }
        let answer = environment.get(name);
        let answered = answer.and_then(|answer| options.iter().position(|option| option.value == answer));

        // Each scenario becomes one for every option that is open in it; `parents` says from
        // which each came.
        let (mut scenarios, mut parents) = (Vec::new(), Vec::new());
        let (mut asked, mut possible, mut too_many) = (false, false, false);
        for (index, scenario) in self.scenarios.iter().enumerate() {
            let available: Vec<usize> = if self.holds(guards, index) {
                (0..options.len()).filter(|&option| self.holds(&options[option].guards, index)).collect()
            } else {
                Vec::new()
            };
            asked |= !available.is_empty();
            let taken: Vec<Option<u8>> = match answered.filter(|answered| available.contains(answered)) {
                Some(answered) => {
                    possible = true;
                    vec![u8::try_from(answered).ok()]
                }
                None if available.is_empty() => vec![None],
                None => available.iter().map(|&option| u8::try_from(option).ok()).collect(),
            };
            let fits = scenarios.len() + taken.len() <= MOST_SCENARIOS;
            too_many |= !fits;
            for option in taken.into_iter().take(if fits { usize::MAX } else { 1 }) {
                scenarios.push(scenario.extended(option));
                parents.push(index);
            }
        }
        if too_many {
            problems.push(Problem::error(
                node.span,
                "the open choices have more combinations than can be shown, so some cases are missing",
            ));
        }
        for declared in &mut self.declared {
            declared.applies = parents.iter().map(|&parent| declared.applies(parent)).collect();
        }
        self.scenarios = scenarios;
        let error = match (answer, answered) {
            (Some(answer), None) => Some(Objection::NoAnswer(answer.to_owned())),
            (Some(_), Some(option)) if asked && !possible => {
                let DeclaredOption { label, guards, .. } = &options[option];
                Some(Objection::Impossible((*label).to_owned(), self.answers_in(guards)))
            }
            _ => None,
        };
        let kind = DeclaredKind::Choice { index: self.choices(), options };
        self.declare(Declared::new(name, node, kind, answer, error), guards);
    }

    fn read_value(
        &mut self,
        node: &'a Node,
        environment: &'a Environment,
        guards: &[Guard<'a>],
        problems: &mut Vec<Problem>,
    ) {
        let Some(name) = declared_name(node, problems) else { return };
        let type_name = node.string("type").unwrap_or("text");
        let Some(value_type) = ValueType::from_name(type_name) else {
            problems.push(Problem::error(node.span, format!("an input cannot be of the type `{type_name}`")));
            return;
        };
        let default = match node.attribute("default") {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number_text(*number),
            _ => String::new(),
        };
        if !default.is_empty()
            && let Err(invalid) = value_type.parse(&default)
        {
            problems
                .push(Problem::error(node.span, format!("the default of `{name}` is not valid: {invalid}")));
        }
        let answer = environment.get(name).filter(|answer| !answer.trim().is_empty());
        let range = SizeRange::of(node);
        let error = answer.and_then(|answer| match value_type.parse(answer) {
            Ok(value) => range.refuses(&value),
            Err(invalid) => Some(Objection::Invalid(invalid.0)),
        });
        let suggest = node.attribute("suggest");
        if let Some(value) = suggest {
            report_undefined(value, self, &NO_LOCALS, node.span, problems);
        }
        let kind = DeclaredKind::Value { value_type, default, suggest };
        self.declare(Declared::new(name, node, kind, answer, error), guards);
    }

    fn read_named(&mut self, node: &'a Node, guards: &[Guard<'a>], problems: &mut Vec<Problem>) {
        let Some(name) = declared_name(node, problems) else { return };
        let value = node.attribute("value").unwrap_or(&Value::Null);
        report_undefined(value, self, &NO_LOCALS, node.span, problems);
        self.declare(Declared::new(name, node, DeclaredKind::Named(value), None, None), guards);
    }

    /// Adds a declaration. Its guards see only what was declared before it, so that no two
    /// can wait for each other.
    fn declare(&mut self, mut declared: Declared<'a>, guards: &[Guard<'a>]) {
        declared.applies = (0..self.scenarios.len()).map(|scenario| self.holds(guards, scenario)).collect();
        self.declared.push(declared);
    }

    /// The labels of the answers in use that these conditions ask for by their names.
    fn answers_in(&self, guards: &[Guard<'_>]) -> Vec<String> {
        let mut names = Vec::new();
        guards
            .iter()
            .for_each(|guard| guard.condition().variables(&mut |variable| names.push(variable.name())));
        let is_meant = |declared: &&Declared<'_>| declared.error.is_none() && names.contains(&declared.name);
        let asked_for = self.declared.iter().filter(is_meant);
        let label = |declared: &Declared<'_>| match &declared.kind {
            DeclaredKind::Choice { options, .. } => {
                let taken = options.iter().find(|option| declared.answer == Some(option.value))?;
                Some(taken.label.to_owned())
            }
            _ => None,
        };
        asked_for.filter_map(label).collect()
    }

    fn holds(&self, guards: &[Guard<'_>], scenario: usize) -> bool {
        let bound = self.bound(scenario, &NO_LOCALS);
        guards.iter().all(|guard| guard.lets_through(&bound))
    }

    fn choices(&self) -> usize {
        self.declared.iter().filter(|declared| matches!(declared.kind, DeclaredKind::Choice { .. })).count()
    }
}

impl<'a> Declared<'a> {
    /// A declaration of which it is not known yet where it applies.
    fn new(
        name: &'a str,
        node: &'a Node,
        kind: DeclaredKind<'a>,
        answer: Option<&'a str>,
        error: Option<Objection>,
    ) -> Self {
        Self {
            name,
            label: node.string("label").unwrap_or(name),
            hint: node.string("hint"),
            kind,
            answer,
            error,
            applies: Vec::new(),
        }
    }

    fn applies(&self, scenario: usize) -> bool {
        self.applies.get(scenario).copied().unwrap_or(false)
    }
}

impl DeclaredOption<'_> {
    fn as_asked(&self) -> ChoiceOption {
        ChoiceOption {
            value: self.value.to_owned(),
            label: self.label.to_owned(),
            hint: self.hint.map(str::to_owned),
        }
    }
}

impl<'a> Bound<'a> {
    /// The checked value of an input; `Err` with why there is none. `None` where the name is
    /// not an input here.
    pub(super) fn typed(&self, name: &str) -> Option<Result<TypedValue, Objection>> {
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

    /// Why a value that is made of several cannot be: the first of them that is not filled in
    /// or not valid.
    pub(super) fn lacks(&self, value: &Value) -> Option<Objection> {
        let mut lack = None;
        value.variables(&mut |variable| {
            let found = match self.locals.find(variable.name()) {
                Some((value, outer)) => Bound { locals: outer, ..*self }.lacks(value),
                None => match self.named(variable.name()) {
                    Some((value, before)) => before.lacks(value),
                    None => self.typed(variable.name()).and_then(Result::err),
                },
            };
            lack = lack.take().or(found);
        });
        lack
    }

    /// The first input in a value that is asked of others, and not here.
    pub(super) fn unasked(&self, value: &Value) -> Option<String> {
        let mut unasked = None;
        value.variables(&mut |variable| {
            let found = match self.locals.find(variable.name()) {
                Some((value, outer)) => Bound { locals: outer, ..*self }.unasked(value),
                None if let Some((value, before)) = self.named(variable.name()) => before.unasked(value),
                None => Some(variable.name())
                    .filter(|name| self.inputs.declares(name) && self.declared(name).is_none())
                    .map(str::to_owned),
            };
            unasked = unasked.take().or(found);
        });
        unasked
    }

    fn declared(&self, name: &str) -> Option<&'a Declared<'a>> {
        self.position(name).and_then(|position| self.inputs.declared.get(position))
    }

    fn position(&self, name: &str) -> Option<usize> {
        let mut declared = self.inputs.declared.iter().take(self.known);
        declared.position(|declared| declared.name == name && declared.applies(self.scenario))
    }

    /// What a `let` names, and the variables that were known there.
    fn named(&self, name: &str) -> Option<(&'a Value, Bound<'a>)> {
        let known = self.position(name)?;
        match self.inputs.declared.get(known)?.kind {
            DeclaredKind::Named(value) => Some((value, Bound { known, locals: &NO_LOCALS, ..*self })),
            _ => None,
        }
    }

    /// The value of an input as words: what was typed in its plain form, or the input's
    /// name where that is not valid.
    fn words(&self, declared: &Declared<'_>) -> String {
        match self.typed(declared.name) {
            Some(Ok(value)) => value.to_string(),
            _ => format!("‹{}›", declared.label),
        }
    }
}

impl Scope for Bound<'_> {
    fn variable(&self, variable: &Variable) -> Option<Value> {
        let name = variable.name();
        if let Some((value, outer)) = self.locals.find(name) {
            return Some(value.evaluate(&Bound { locals: outer, ..*self }));
        }
        let declared = self.declared(name)?;
        match &declared.kind {
            DeclaredKind::Choice { index, options } => {
                let option = self.inputs.scenarios.get(self.scenario)?.option(*index)?;
                options.get(usize::from(option)).map(|option| Value::String(option.value.to_owned()))
            }
            DeclaredKind::Value { .. } => Some(Value::String(self.words(declared))),
            DeclaredKind::Named(_) => self.named(name).map(|(value, before)| value.evaluate(&before)),
        }
    }

    /// The spellings of a size (`bytes`, `kib`, `mb`), a multiple of it (`times`), and texts
    /// that become one (`join`).
    fn function(&self, name: &str, parameters: &[Value]) -> Option<Value> {
        match (name, parameters) {
            ("bytes", [size]) => Some(Value::Number(as_size(size)?.bytes() as f64)),
            ("kib", [size]) => as_size(size)?.kib().map(|kib| Value::Number(kib as f64)),
            ("mb", [size]) => as_size(size)?.with_unit().map(Value::String),
            ("times", [size, Value::Number(factor)]) if *factor >= 1.0 => {
                as_size(size)?.times(*factor as u64)?.with_unit().map(Value::String)
            }
            ("join", texts) => {
                let mut joined = String::new();
                for text in texts {
                    match text {
                        Value::String(text) => joined.push_str(text),
                        Value::Number(number) => joined.push_str(&number_text(*number)),
                        _ => return None,
                    }
                }
                Some(Value::String(joined))
            }
            _ => None,
        }
    }
}

fn as_size(value: &Value) -> Option<ByteSize> {
    match value {
        Value::String(text) => size(text),
        _ => None,
    }
}

fn size(text: &str) -> Option<ByteSize> {
    match ValueType::Size.parse(text) {
        Ok(TypedValue::Size(size)) => Some(size),
        _ => None,
    }
}

/// The sizes that an input takes: from its `min` to its `max`, where these are written.
struct SizeRange<'a> {
    min: Option<&'a str>,
    max: Option<&'a str>,
}

impl<'a> SizeRange<'a> {
    fn of(input: &'a Node) -> Self {
        Self { min: input.string("min"), max: input.string("max") }
    }

    /// Why a value is outside.
    fn refuses(&self, value: &TypedValue) -> Option<Objection> {
        let TypedValue::Size(given) = value else { return None };
        let limit = |text: Option<&'a str>| Some((size(text?)?, text?));
        match (limit(self.min), limit(self.max)) {
            (Some((min, text)), _) if *given < min => Some(Objection::AtLeast(text.to_owned())),
            (_, Some((max, text))) if *given > max => Some(Objection::AtMost(text.to_owned())),
            _ => None,
        }
    }
}

fn read_options<'a>(
    nodes: &'a [Node],
    guards: &mut Vec<Guard<'a>>,
    options: &mut Vec<DeclaredOption<'a>>,
    problems: &mut Vec<Problem>,
) {
    for node in nodes {
        match node.tag() {
            Some("option") => match node.string("value").or_else(|| node.string("primary")) {
                Some(value) => options.push(DeclaredOption {
                    value,
                    label: node.string("label").unwrap_or(value),
                    hint: node.string("hint"),
                    guards: guards.clone(),
                }),
                None => problems.push(Problem::error(node.span, "an `option` needs a `value`")),
            },
            Some("if") => {
                let depth = guards.len();
                for branch in branches(node) {
                    guards.extend(branch.guards);
                    for child in branch.children {
                        read_options(std::slice::from_ref(child), guards, options, problems);
                    }
                    guards.truncate(depth);
                }
            }
            _ => read_options(&node.children, guards, options, problems),
        }
    }
}

fn declared_name<'a>(node: &'a Node, problems: &mut Vec<Problem>) -> Option<&'a str> {
    let name = node.string("name").or_else(|| node.string("primary"));
    if name.is_none() {
        let tag = node.tag().unwrap_or_default();
        problems
            .push(Problem::error(node.span, format!("`{tag}` needs a `name`, which its variable will have")));
    }
    name
}

/// Reports the variables of a value that nothing declares.
pub(super) fn report_undefined(
    value: &Value,
    inputs: &Inputs<'_>,
    locals: &Locals<'_>,
    span: Span,
    problems: &mut Vec<Problem>,
) {
    value.variables(&mut |variable| {
        let name = variable.name();
        if !inputs.declares(name) && !locals.declares(name) {
            let message = ["no `choice` or `input` declares the variable `$", name, "`"].concat();
            let problem = Problem::error(span, message).coded("variable-undefined");
            problems.push(problem.about(name, suggest(name, inputs.names())));
        }
    });
}
