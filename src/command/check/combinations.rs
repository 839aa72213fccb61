//! What is wrong in a guide for some combination of its choices.

use std::collections::{BTreeMap, HashSet};

use crate::environment::Environment;
use crate::guide::{Block, Guide, Input, InputKind, Role, Step, build};
use crate::markdoc::{Document, Kind, Node, Problem, Span};

/// As many guides as are built at most; a page for people has far fewer combinations.
const MOST_GUIDES: usize = 2000;

/// The problems of every combination, each once.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    let mut combinations =
        Combinations { document, built: 0, was_cut: false, problems: Vec::new(), steps: BTreeMap::new() };
    combinations.visit(&Environment::default(), &mut Vec::new());
    let mut problems = combinations.problems;
    if combinations.was_cut {
        let message = "the choices have so many combinations that only some of them were checked";
        problems.push(Problem::warning(Span::default(), message));
    }
    problems.extend(combinations.steps.iter().filter_map(|(id, variants)| hole(document, id, variants)));
    problems
}

struct Combinations<'a> {
    document: &'a Document,
    built: usize,
    /// Whether combinations were left out.
    was_cut: bool,
    problems: Vec<Problem>,
    /// What each step says in each combination, by the step's id.
    steps: BTreeMap<String, Vec<Variant>>,
}

/// What a step says in one combination.
struct Variant {
    /// The combination in the reader's words.
    labels: String,
    has_commands: bool,
    passages: HashSet<String>,
}

impl Combinations<'_> {
    /// Builds the guide for these answers, and then with each answer to the first choice
    /// that they leave open.
    fn visit(&mut self, environment: &Environment, labels: &mut Vec<String>) {
        if self.built == MOST_GUIDES {
            self.was_cut = true;
            return;
        }
        self.built += 1;
        let guide = build(self.document, environment);
        let open = guide.inputs.iter().find_map(|input| open_choice(input, environment));
        match open {
            Some((name, options)) => {
                for (value, label) in options {
                    labels.push(label.to_owned());
                    self.visit(&environment.clone().with(name, value), labels);
                    labels.pop();
                }
            }
            None => self.record(&guide, &labels.join(", ")),
        }
        for problem in guide.problems {
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
    }

    fn record(&mut self, guide: &Guide, labels: &str) {
        for step in guide.steps() {
            let mut passages = HashSet::new();
            collect(&step.body, &mut passages);
            let variant = Variant { labels: labels.to_owned(), has_commands: has_commands(step), passages };
            self.steps.entry(step.id.clone()).or_default().push(variant);
        }
    }
}

/// A step has a hole where it has commands for some readers, and says to others nothing
/// but what it says to all.
fn hole(document: &Document, id: &str, variants: &[Variant]) -> Option<Problem> {
    let served: Vec<&Variant> = variants.iter().filter(|variant| variant.has_commands).collect();
    let says_nothing = |variant: &&Variant| {
        !variant.has_commands && served.iter().all(|other| variant.passages.is_subset(&other.passages))
    };
    let left_out: Vec<&str> =
        variants.iter().filter(says_nothing).map(|variant| variant.labels.as_str()).collect();
    let first = left_out.first().filter(|_| !served.is_empty())?;
    let more = match left_out.len() - 1 {
        0 => String::new(),
        more => format!(", nor for {more} other combinations"),
    };
    let message = format!("the step `{id}` has commands for other readers, but nothing for {first}{more}");
    Some(
        Problem::warning(place(&document.children, id).unwrap_or_default(), message)
            .coded("step-hole")
            .about(id, None),
    )
}

/// A choice that is not answered and has more than one answer.
fn open_choice<'a>(
    input: &'a Input,
    environment: &Environment,
) -> Option<(&'a str, impl Iterator<Item = (&'a str, &'a str)>)> {
    match &input.kind {
        InputKind::Choice(options) if environment.get(&input.name).is_none() && options.len() > 1 => {
            let options = options.iter().map(|option| (option.value.as_str(), option.label.as_str()));
            Some((&input.name, options))
        }
        _ => None,
    }
}

fn has_commands(step: &Step) -> bool {
    step.snippets().iter().any(|snippet| matches!(snippet.role, Role::Apply | Role::Undo))
}

/// The blocks that hold no others, in a form that can be compared.
fn collect(blocks: &[Block], passages: &mut HashSet<String>) {
    for block in blocks {
        let mut bodies = block.bodies().peekable();
        match bodies.peek() {
            Some(_) => bodies.for_each(|body| collect(body, passages)),
            None => {
                passages.insert(format!("{block:?}"));
            }
        }
    }
}

/// Where a step's author gave it its id.
fn place(nodes: &[Node], id: &str) -> Option<Span> {
    nodes.iter().find_map(|node| {
        let is_it = node.string("id") == Some(id) && !matches!(node.kind, Kind::Fence);
        if is_it { Some(node.span) } else { place(&node.children, id) }
    })
}
