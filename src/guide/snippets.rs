//! Fences with the reader's values in them.

mod pieces;

use std::rc::Rc;

use pieces::{Fence, Piece};

use super::blocks::{Context, Writer, count_fences, push_variants, snippet, words};
use super::declare::{Bound, Names, report_undefined};
use super::{Block, Facts, Role, Snippet};
use crate::environment::Objection;
use crate::environment::value::ValueType;
use crate::markdoc::docs_site::number;
use crate::markdoc::{Kind, Node, Problem, Value, branches};
use crate::snippet::{Fault, Language, Part, Run, Spelling, write};

/// What is written of the pieces of a fence, or why that cannot be with this reader's values, and
/// beside it the same with lines for what is missing.
type Code = (Result<Vec<Run>, Objection>, Vec<Run>);

/// What a fence is in each scenario. Writing takes long, and most scenarios have the same pieces.
struct Codes<'a, 'l> {
    language: &'l str,
    written: Vec<(Vec<Rc<Piece<'a>>>, Rc<Code>)>,
    problems: Vec<Problem>,
}

impl<'a> Codes<'a, '_> {
    fn code_of(&mut self, pieces: Vec<Rc<Piece<'a>>>) -> Rc<Code> {
        let is_same = |(one, other): (&Rc<Piece<'_>>, &Rc<Piece<'_>>)| Rc::ptr_eq(one, other) || one == other;
        let are_same = |known: &[_]| known.len() == pieces.len() && known.iter().zip(&pieces).all(is_same);
        if let Some((_, code)) = self.written.iter().find(|(known, _)| are_same(known)) {
            return code.clone();
        }
        let code = Rc::new(code(self.language, &pieces, &mut self.problems));
        self.written.push((pieces, code.clone()));
        code
    }

    /// The inputs that any of it is made of.
    fn inputs(&self) -> Vec<String> {
        let mut inputs: Vec<String> = Vec::new();
        for name in self.written.iter().flat_map(|(pieces, _)| pieces).flat_map(|piece| piece.inputs()) {
            if !inputs.contains(name) {
                inputs.push(name.clone());
            }
        }
        inputs
    }
}

impl<'a> Writer<'a, '_> {
    /// Writes a fence: once where it is the same for everyone, else once for each of
    /// those who need it otherwise.
    pub(super) fn fence(&mut self, node: &'a Node, context: &Context<'a>, blocks: &mut Vec<Block>) {
        let id = self.next_snippet_id(node);
        let language = node.string("language").unwrap_or_default().to_owned();
        let role = context.role.unwrap_or_else(|| self.own_role(is_plain(node)));
        report_undefined_in(node, self, context);

        let mut codes = Codes { language: &language, written: Vec::new(), problems: Vec::new() };
        let mut fence = Fence::new(node, self.inputs, &context.locals);
        let mut once = self.inputs.once(names_in(node), &context.locals);
        let groups = context.audience.grouped(|scenario| {
            once.of(scenario, || {
                let bound = self.bound(scenario, context);
                let mut pieces = Vec::new();
                fence.pieces(&bound, &mut pieces);
                Rc::new((codes.code_of(pieces), facts(node, &bound), answered(node, &bound)))
            })
        });
        let inputs = codes.inputs();
        self.problems.extend(codes.problems);
        let variants = self.labelled(groups, context, |group| {
            let (code, facts, answered) = Rc::unwrap_or_clone(group);
            let (code, blank) = Rc::unwrap_or_clone(code);
            let (id, language, inputs) = (id.clone(), language.clone(), inputs.clone());
            let marks = number(node).map(|number| vec![Some(number)]).unwrap_or_default();
            vec![snippet(Snippet { id, role, language, code, blank, inputs, marks, facts, answered })]
        });
        push_variants(blocks, variants);
    }

    /// What a fence is for that stands in no tag which says so. A plain one is the original page's
    /// where something else was added to that; elsewhere it is the guide's own.
    pub(super) fn own_role(&self, is_plain: bool) -> Role {
        if is_plain && self.meta.is_added_to { Role::Original } else { Role::Apply }
    }

    /// The id of a fence: the one that its author gave, or its number in the step.
    pub(super) fn next_snippet_id(&mut self, node: &Node) -> String {
        self.fences += count_fences(node);
        match node.string("id") {
            Some(id) => id.to_owned(),
            None => [&self.path, "#", &self.fences.to_string()].concat(),
        }
    }
}

/// The variables in a fence, or in something in it.
fn names_in(node: &Node) -> Names<'_> {
    let mut names = Names::new();
    add_names(node, &mut names);
    return names;

    fn add_names<'n>(node: &'n Node, names: &mut Names<'n>) {
        node.attributes.iter().for_each(|(_, value)| names.add_all(value));
        node.children.iter().for_each(|child| add_names(child, names));
    }
}

/// What stands on paper for a value that is missing.
const LINE: &str = "__________";

/// Writes the pieces in the fence's language. What the author did wrong goes to the problems.
fn code(language: &str, pieces: &[Rc<Piece<'_>>], problems: &mut Vec<Problem>) -> Code {
    let last = pieces.len().saturating_sub(1);
    let mut parts = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        match &**piece {
            Piece::Text(text) if index == last => {
                parts.push(Part::Literal(text.strip_suffix('\n').unwrap_or(text)));
            }
            Piece::Text(text) => parts.push(Part::Literal(text)),
            Piece::Hole { value: Ok(value), spelling, .. } => {
                parts.push(Part::Hole { value, spelling: *spelling });
            }
            Piece::Hole { value: Err(why), .. } => parts.push(Part::Missing(why)),
        }
    }
    let known = Language::from_fence(language);
    report_holes(language, known, pieces, problems);
    let mut written = write(known, &parts).map_err(|errors| {
        for error in errors.iter().filter(|error| error.fault == Fault::Position) {
            let span = pieces.get(error.part).map(|piece| piece.span()).unwrap_or_default();
            report(Problem::error(span, error.why.to_string()), problems);
        }
        errors.into_iter().next().map_or(Objection::Nothing, |error| error.why)
    });
    for (run, piece) in written.iter_mut().flatten().zip(pieces) {
        if let Piece::Hole { is_own: true, .. } = &**piece {
            run.hole = None;
        }
    }
    let blank = if written.is_err() { blank(known, pieces, parts) } else { Vec::new() };
    (written, blank)
}

/// Reports the holes that get no value, and those of which nobody knows how to quote it.
fn report_holes(language: &str, known: Language, pieces: &[Rc<Piece<'_>>], problems: &mut Vec<Problem>) {
    for piece in pieces {
        let (message, code) = match &**piece {
            Piece::Hole { unasked: Some(name), .. } => {
                (format!("`${name}` is not asked of every reader who sees this"), "value-unasked")
            }
            Piece::Hole { value: Err(Objection::Nothing), .. } => {
                ("this gives no value, so its command is shown to nobody".to_owned(), "value-nothing")
            }
            _ => continue,
        };
        report(Problem::error(piece.span(), message).coded(code), problems);
    }
    if known == Language::Other
        && let Some(node) = pieces.iter().find_map(|piece| piece.node())
    {
        let name = if language.is_empty() { "no language" } else { language };
        let message = format!(
            "a value cannot be quoted for `{name}`: one that is no plain word (letters, digits, `_./:@+-`) is \
             refused, and its command not shown"
        );
        report(Problem::warning(node.span, message).coded("value-unquotable"), problems);
    }
}

/// The same with lines for what is missing.
fn blank(known: Language, pieces: &[Rc<Piece<'_>>], parts: Vec<Part<'_>>) -> Vec<Run> {
    let Ok(line) = ValueType::Text.parse(LINE) else { return Vec::new() };
    let parts = parts.into_iter().map(|part| match part {
        Part::Missing(Objection::Missing(_)) => Part::Hole { value: &line, spelling: Spelling::Plain },
        part => part,
    });
    let mut blank = write(known, &parts.collect::<Vec<_>>()).unwrap_or_default();
    // A size with its unit, or a name as a string, is a text whatever it is, and the line for it has
    // the quotes of one. Which another value needs is known only with it.
    for (run, piece) in blank.iter_mut().zip(pieces) {
        if let Piece::Hole { value: Err(_), spelling, .. } = &**piece
            && !matches!(spelling, Spelling::Mb | Spelling::Text)
        {
            LINE.clone_into(&mut run.text);
        }
    }
    blank
}

/// Adds a problem in the order of the page, once, though several scenarios have it.
fn report(problem: Problem, problems: &mut Vec<Problem>) {
    let order = |known: &Problem| {
        known.span.start.cmp(&problem.span.start).then_with(|| known.message.cmp(&problem.message))
    };
    if let Err(place) = problems.binary_search_by(order) {
        problems.insert(place, problem);
    }
}

/// What a fence can say of itself, by the names of its attributes. Whoever reads them takes all of
/// them apart, so that the compiler asks for one that is added.
pub(crate) const ANNOTATIONS: [&str; 7] =
    ["title", "scope", "restart", "reconnect", "verified", "expect", "caution"];

fn facts(node: &Node, bound: &Bound<'_>) -> Facts {
    let [title, scope, restart, reconnect, verified, expect, caution] = ANNOTATIONS;
    let text = |name: &str| {
        node.attribute(name).map(|value| words(&value.evaluate(bound))).filter(|text| !text.is_empty())
    };
    // An output is compared with no value that is missing.
    let is_known = |value: &Value| bound.lacks(value).is_none();
    let truth = |name: &str| match node.attribute(name) {
        Some(Value::Bool(truth)) => Some(*truth),
        _ => None,
    };
    Facts {
        title: text(title),
        scope: text(scope),
        restart: truth(restart),
        reconnect: truth(reconnect),
        verified: text(verified),
        expect: text(expect).filter(|_| node.attribute(expect).is_some_and(is_known)),
        caution: text(caution),
    }
}

/// The facts that are made of what a reader answers.
fn answered(node: &Node, bound: &Bound<'_>) -> Vec<String> {
    let attributes = node.attributes.iter().filter(|(_, value)| !bound.is_own(value));
    attributes.map(|(name, _)| name.to_string()).collect()
}

/// The text of a fence that is the same for every reader, and of a page that knows nothing
/// of us.
pub(super) fn plain_text(node: &Node) -> Option<String> {
    if node.kind != Kind::Fence || !is_plain(node) {
        return None;
    }
    match node.children.as_slice() {
        [] => node.string("content").map(str::to_owned),
        read => Some(read.iter().filter_map(|child| child.string("content")).collect()),
    }
}

/// Whether a fence is as it would be in a page that knows nothing of us. One that was only warned
/// of with `caution` is plain still.
fn is_plain(node: &Node) -> bool {
    node.children.iter().all(|child| child.string("content").is_some())
        && ANNOTATIONS.iter().all(|name| *name == "caution" || node.attribute(name).is_none())
}

fn report_undefined_in<'a>(node: &'a Node, writer: &mut Writer<'a, '_>, context: &Context<'a>) {
    for child in &node.children {
        if let Some(content) = child.attribute("content") {
            report_undefined(content, writer.inputs, &context.locals, child.span, writer.problems);
        }
        if child.tag() == Some("if") {
            for guard in branches(child).iter().flat_map(|branch| &branch.guards) {
                report_undefined(
                    guard.condition(),
                    writer.inputs,
                    &context.locals,
                    child.span,
                    writer.problems,
                );
            }
        }
        report_undefined_in(child, writer, context);
    }
    if node.kind == Kind::Fence {
        for (_, value) in &node.attributes {
            report_undefined(value, writer.inputs, &context.locals, node.span, writer.problems);
        }
    }
}
