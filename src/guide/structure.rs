//! Cuts a page into phases, groups and steps.
//!
//! A top heading is a phase. A section without sub-headings is one step, unless it is a
//! list whose items each open with bold text: then each item is a step. Where an author
//! wrote `step` tags, these are the steps. [`cut`] is the way in.

use std::collections::HashMap;
use std::rc::Rc;

use super::blocks::{Context, Writer};
use super::branch::{Guard, branches};
use super::declare::{Inputs, report_undefined};
use super::docs_site::drop_heading;
use super::fingerprint::Fingerprint;
use super::locals::Locals;
use super::meta::{Meta, slug};
use super::passages::DIGITS;
use super::scenario::Audience;
use super::{Block, Entry, Inline, Section, Step};
use crate::markdoc::docs_site::step_title;
use crate::markdoc::{Document, Kind, Node, Problem, Span, Value, suggest};

/// After how many hours a step is stale whose author says no more than that it becomes so.
const STALE_HOURS: u32 = 24;

/// A node of the page's own level, after tags that only surround sections were opened.
#[derive(Clone)]
pub(super) struct Passage<'a> {
    /// The node.
    pub(super) node: &'a Node,
    /// Whom it is for.
    pub(super) audience: Audience,
    /// The variables of the partial that it stands in.
    pub(super) locals: Locals<'a>,
    /// The `added` tag around it.
    pub(super) added: Option<&'a Node>,
}

/// The docs site's tags that say nothing about the steps and headings in them.
const LAYOUT: [&str; 7] = [
    "stepsContainer",
    "ossContent",
    "extraContent",
    "apiPageContainer",
    "apiInfoContainer",
    "apiDescription",
    "apiVisualInfo",
];

/// The introduction of a page and its phases.
pub(super) fn cut<'a>(
    document: &'a Document,
    meta: &'a Meta,
    inputs: &'a Inputs<'a>,
    problems: &mut Vec<Problem>,
) -> (Vec<Block>, Vec<Section>) {
    let everyone = inputs.everyone();
    let mut cutter = Cutter { meta, inputs, problems, taken: HashMap::new(), needed: Vec::new() };
    let mut passages = Vec::new();
    for node in &document.children {
        cutter.flatten(node, &everyone, &Locals::default(), None, &mut passages);
    }
    let (before, sections) = sections(&passages);
    let (intro, phases) = if sections.is_empty() {
        cutter.page_without_headings(before, &everyone)
    } else {
        let intro = cutter.blocks(before, &everyone, &meta.id);
        let phases = sections.into_iter().filter_map(|section| cutter.section(section, &everyone));
        (intro, phases.collect())
    };
    cutter.report_missing_needs();
    (intro, phases)
}

struct Cutter<'a, 'p> {
    meta: &'a Meta,
    inputs: &'a Inputs<'a>,
    problems: &'p mut Vec<Problem>,
    /// The ids that are taken, each with the number that was last put behind it.
    taken: HashMap<String, usize>,
    /// The steps that others need, with the place where that is said, and whether they stand
    /// before it.
    needed: Vec<(Span, String, bool)>,
}

/// A heading and what stands under it.
#[derive(Clone, Copy)]
struct Under<'s, 'a> {
    heading: &'s Passage<'a>,
    body: &'s [Passage<'a>],
}

/// What is written for a step: all of it but its annotations.
struct Written {
    id: String,
    title: Vec<Inline>,
    body: Vec<Block>,
    fingerprint: String,
    shown: String,
}

impl<'a> Cutter<'a, '_> {
    /// Opens the tags that surround headings or steps, so that these stand in one row.
    fn flatten(
        &mut self,
        node: &'a Node,
        audience: &Audience,
        locals: &Locals<'a>,
        added: Option<&'a Node>,
        passages: &mut Vec<Passage<'a>>,
    ) {
        match node.tag() {
            Some("choice" | "input" | "let") => {}
            Some("if") if surrounds_structure(node) => {
                for branch in branches(node) {
                    for guard in &branch.guards {
                        report_undefined(guard.condition(), self.inputs, locals, node.span, self.problems);
                    }
                    let narrowed = Guard::narrow(&branch.guards, self.inputs, audience, locals);
                    for child in branch.children {
                        self.flatten(child, &narrowed, locals, added, passages);
                    }
                }
            }
            // What is missing is shown where it would stand.
            Some("partial") if !node.children.is_empty() => {
                let locals = locals.within(node);
                for child in &node.children {
                    self.flatten(child, audience, &locals, added, passages);
                }
            }
            Some("added") if surrounds_structure(node) => {
                for child in &node.children {
                    self.flatten(child, audience, locals, Some(node), passages);
                }
            }
            Some(name) if LAYOUT.contains(&name) && surrounds_structure(node) => {
                for child in &node.children {
                    self.flatten(child, audience, locals, added, passages);
                }
            }
            // What is for nobody here stays in the row: ids and fingerprints do not depend on
            // the reader.
            _ if node.kind == Kind::Comment || is_empty_heading(node) => {}
            _ => {
                passages.push(Passage { node, audience: audience.clone(), locals: locals.clone(), added });
            }
        }
    }

    fn page_without_headings(
        &mut self,
        passages: &[Passage<'a>],
        everyone: &Audience,
    ) -> (Vec<Block>, Vec<Section>) {
        let path = slug(&self.meta.id);
        let (before, entries) = self.entries_of(passages, everyone, &path);
        if entries.is_empty() {
            return (self.blocks(passages, everyone, &path), Vec::new());
        }
        let intro = self.blocks(before, everyone, &path);
        let title = vec![Inline::Text(self.meta.title.clone())];
        (Vec::new(), vec![Section { id: path, title, only: None, intro, entries }])
    }

    /// A phase; none, where it is for nobody here.
    fn section(&mut self, under: Under<'_, 'a>, outer: &Audience) -> Option<Section> {
        let path = self.path(under.heading.node, None);
        let section = self.section_at(under, path, outer);
        (!under.heading.audience.is_empty()).then_some(section)
    }

    fn section_at(&mut self, under: Under<'_, 'a>, path: String, outer: &Audience) -> Section {
        let heading = under.heading;
        let audience = &heading.audience;
        let (before, subsections) = sections(under.body);
        let is_step = is_one_step(under.body);
        if !is_step {
            self.report_no_step(heading.node);
        }
        let (intro, mut entries) = if is_step {
            (Vec::new(), vec![Entry::Step(Rc::new(self.step_under(under, path.clone(), outer)))])
        } else {
            let (intro, entries) = self.entries_of(before, audience, &path);
            (self.blocks(intro, audience, &path), entries)
        };
        for subsection in subsections {
            entries.extend(self.entry(subsection, &path, audience));
        }
        Section {
            title: self.title(heading, heading.node),
            only: self.only(audience, outer),
            id: path,
            intro,
            entries,
        }
    }

    /// A section below a phase: a step of its own, or a group. None, where it is for nobody
    /// here.
    fn entry(&mut self, under: Under<'_, 'a>, parent: &str, outer: &Audience) -> Option<Entry> {
        let path = self.path(under.heading.node, Some(parent));
        let entry = if is_one_step(under.body) {
            Entry::Step(Rc::new(self.step_under(under, path, outer)))
        } else {
            Entry::Section(self.section_at(under, path, outer))
        };
        (!under.heading.audience.is_empty()).then_some(entry)
    }

    /// The steps among passages without headings, and what stands before them.
    fn entries_of<'s>(
        &mut self,
        passages: &'s [Passage<'a>],
        outer: &Audience,
        path: &str,
    ) -> (&'s [Passage<'a>], Vec<Entry>) {
        if let Some(first) = step_tags(passages) {
            let entries = self.steps_of_tags(&passages[first..], path, outer);
            return (&passages[..first], entries);
        }
        if let Some(place) = bold_list(passages) {
            let list = &passages[place];
            let steps = list.node.children.iter().map(|item| self.step_of_item(item, list, path, outer));
            let entries = steps.map(|step| Entry::Step(Rc::new(step))).collect();
            return (&passages[..place], if list.audience.is_empty() { Vec::new() } else { entries });
        }
        (passages, Vec::new())
    }

    fn step_under(&mut self, under: Under<'_, 'a>, path: String, outer: &Audience) -> Step {
        let heading = under.heading;
        let body = self.blocks(under.body, &heading.audience, &path);
        let title = self.title(heading, heading.node);
        let nodes = under.body.iter().map(|passage| passage.node);
        let fingerprint = Fingerprint::of([heading.node].into_iter().chain(nodes));
        let shown = self.shown(&mut [heading].into_iter().chain(under.body));
        self.step(Written { id: path, title, body, fingerprint, shown }, heading, heading.node, outer)
    }

    fn step_of_item(&mut self, item: &'a Node, list: &Passage<'a>, parent: &str, outer: &Audience) -> Step {
        let strong = opening_strong(item);
        let path = match item.string("id") {
            Some(id) => self.taken(id.to_owned(), item),
            None => {
                let words = strong.map(Node::text).unwrap_or_default();
                self.taken(format!("{parent}/{}", slug(&words)), item)
            }
        };
        let mut writer = self.writer(&path);
        let context = Context::new(list.audience.clone(), list.locals.clone());
        let title = strong.map(|strong| writer.inlines(&strong.children, &context)).unwrap_or_default();
        let mut body = writer.blocks(&item.children, &context);
        drop_title(&mut body);
        let fingerprint = Fingerprint::of([item]);
        let shown = self.shown(&mut [&Passage { node: item, ..list.clone() }].into_iter());
        self.step(Written { id: path, title, body, fingerprint, shown }, list, item, outer)
    }

    /// Steps that their author marked. What stands between two of them belongs to the
    /// earlier one.
    fn steps_of_tags(&mut self, passages: &[Passage<'a>], parent: &str, outer: &Audience) -> Vec<Entry> {
        let starts_step = |passage: &Passage<'_>| passage.node.tag() == Some("step");
        let mut entries = Vec::new();
        for run in passages.chunk_by(|_, next| !starts_step(next)) {
            let Some((passage, more)) = run.split_first() else { continue };
            let node = passage.node;
            let words = Some(step_title(node)).filter(|words| !words.is_empty());
            let words = words.as_deref().unwrap_or("Step");
            let path = match node.string("id") {
                Some(id) => self.taken(id.to_owned(), node),
                None => self.taken([parent, "/", &slug(words)].concat(), node),
            };
            let context = Context::new(passage.audience.clone(), passage.locals.clone());
            let mut writer = self.writer(&path);
            let mut body = writer.blocks(&node.children, &context);
            drop_heading(&mut body, words);
            body.extend(writer.passages(more, &passage.audience));
            let title = vec![Inline::Text(words.to_owned())];
            let fingerprint = Fingerprint::of(run.iter().map(|passage| passage.node));
            let shown = self.shown(&mut run.iter());
            let written = Written { id: path, title, body, fingerprint, shown };
            let step = self.step(written, passage, node, outer);
            if !passage.audience.is_empty() {
                entries.push(Entry::Step(Rc::new(step)));
            }
        }
        entries
    }

    /// A step of what is written for it in this place, with what `node` is annotated with.
    fn step(&mut self, written: Written, place: &Passage<'a>, node: &Node, outer: &Audience) -> Step {
        let Written { id, title, body, fingerprint, shown } = written;
        let body = match place.added {
            Some(added) if place.node.kind != Kind::Heading => vec![super::blocks::added(added, body)],
            _ => body,
        };
        let needs = names(node, "needs");
        for need in &needs {
            let is_before = *need != id && self.taken.contains_key(need);
            self.needed.push((node.span, need.clone(), is_before));
        }
        Step {
            id,
            title,
            only: self.only(&place.audience, outer),
            aliases: names(node, "aliases"),
            needs,
            severity: node.string("severity").map(str::to_owned),
            minutes: self.time(node, "minutes"),
            stale: match node.attribute("stale") {
                Some(Value::Bool(true)) => Some(STALE_HOURS),
                _ => self.time(node, "stale"),
            },
            is_change: node.kind == Kind::Item,
            gate: matches!(node.attribute("gate"), Some(Value::Bool(true))),
            body,
            fingerprint,
            shown,
        }
    }

    /// So many minutes or hours. One that was begun counts whole: half an hour cut off would be
    /// none at all.
    fn time(&mut self, node: &Node, name: &str) -> Option<u32> {
        let Some(Value::Number(written)) = node.attribute(name) else { return None };
        let whole = Some(written.ceil() as u32).filter(|whole| *whole > 0);
        if whole.map(f64::from) != Some(*written) {
            let taken =
                whole.map_or_else(|| "it says nothing".to_owned(), |whole| format!("{whole} is taken"));
            let message = ["`", name, "` must be a whole number, at least 1: ", &taken].concat();
            self.problems.push(Problem::error(node.span, message).coded("number-part").about(name, None));
        }
        whole
    }

    fn blocks(&mut self, passages: &[Passage<'a>], outer: &Audience, path: &str) -> Vec<Block> {
        self.writer(path).passages(passages, outer)
    }

    fn title(&mut self, heading: &Passage<'a>, node: &'a Node) -> Vec<Inline> {
        let context = Context::new(heading.audience.clone(), heading.locals.clone());
        let mut title = self.writer("").inlines(&node.children, &context);
        // A space stands before the annotation of a heading.
        if let Some(Inline::Text(text)) = title.last_mut() {
            text.truncate(text.trim_end().len());
        }
        title
    }

    fn shown<'p>(&self, passages: &mut dyn Iterator<Item = &'p Passage<'a>>) -> String
    where
        'a: 'p,
    {
        Fingerprint::of_shown(passages, self.inputs, DIGITS)
    }

    fn only(&self, audience: &Audience, outer: &Audience) -> Option<String> {
        Some(self.inputs.describe(audience, outer)).filter(|label| !label.is_empty())
    }

    fn writer<'w>(&'w mut self, path: &str) -> Writer<'a, 'w> {
        Writer::new(self.meta, self.inputs, self.problems, path)
    }

    fn path(&mut self, heading: &Node, parent: Option<&str>) -> String {
        let path = match (heading.string("id"), parent) {
            (Some(id), _) => id.to_owned(),
            (None, None) => slug(&heading.text()),
            (None, Some(parent)) => [parent, "/", &slug(&heading.text())].concat(),
        };
        self.taken(path, heading)
    }

    /// Reports what is said of a step where there is none: what stands below the heading makes
    /// steps of its own.
    fn report_no_step(&mut self, heading: &Node) {
        let of_steps = ["severity", "minutes", "needs", "aliases", "stale", "gate"];
        if let Some(name) = of_steps.iter().find(|name| heading.attribute(name).is_some()) {
            let message =
                ["what stands below this heading makes steps of its own, so its `", name, "` says nothing"];
            self.problems.push(Problem::warning(heading.span, message.concat()).coded("step-none"));
        }
    }

    fn report_missing_needs(&mut self) {
        for (span, need, is_before) in std::mem::take(&mut self.needed) {
            if self.taken.contains_key(&need) {
                if !is_before {
                    let message = ["a step needs `", &need, "`, which does not stand before it"].concat();
                    self.problems.push(Problem::error(span, message).coded("step-later").about(&need, None));
                }
            } else {
                let message = ["a step needs `", &need, "`, but no step has this id"].concat();
                let meant = suggest(&need, self.taken.keys().map(String::as_str));
                self.problems.push(Problem::error(span, message).coded("step-undefined").about(&need, meant));
            }
        }
    }

    /// An id that no other section or step has.
    fn taken(&mut self, id: String, node: &Node) -> String {
        let Some(mut number) = self.taken.get(&id).copied() else {
            self.taken.insert(id.clone(), 1);
            return id;
        };
        let free = loop {
            number += 1;
            let other = format!("{id}-{number}");
            if !self.taken.contains_key(&other) {
                break other;
            }
        };
        self.taken.insert(free.clone(), 1);
        let message =
            ["the id `", &id, "` is taken; give this one its own, as in {% #another-id %}"].concat();
        self.problems.push(Problem::error(node.span, message).coded("id-duplicate").about(&id, None));
        self.taken.insert(id, number);
        free
    }
}

/// What stands before the first heading, and what stands under each. A section ends where
/// a heading is as high as its own, or higher.
fn sections<'s, 'a>(passages: &'s [Passage<'a>]) -> (&'s [Passage<'a>], Vec<Under<'s, 'a>>) {
    let mut starts = Vec::new();
    let mut open = u32::MAX;
    for (index, passage) in passages.iter().enumerate() {
        if let Some(level) = level(passage.node).filter(|level| *level <= open) {
            open = level;
            starts.push(index);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([passages.len()]);
    let sections = starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| Under { heading: &passages[start], body: &passages[start + 1..end] })
        .collect();
    (&passages[..starts.first().copied().unwrap_or(passages.len())], sections)
}

/// Whether what stands under a heading is one step: there is something, and nothing in it
/// makes steps of its own.
fn is_one_step(body: &[Passage<'_>]) -> bool {
    !body.is_empty() && sections(body).1.is_empty() && step_tags(body).is_none() && bold_list(body).is_none()
}

/// The first `step` tag, in passages that have no headings of their own.
fn step_tags(passages: &[Passage<'_>]) -> Option<usize> {
    passages.iter().position(|passage| passage.node.tag() == Some("step"))
}

/// The list whose items are steps: the last of the passages, each item opening in bold.
fn bold_list(passages: &[Passage<'_>]) -> Option<usize> {
    let (last, before) = passages.split_last()?;
    let is_list = |node: &Node| node.kind == Kind::List;
    let opens_bold = !last.node.children.is_empty()
        && last.node.children.iter().all(|item| opening_strong(item).is_some());
    (is_list(last.node) && opens_bold && !before.iter().any(|passage| is_list(passage.node)))
        .then_some(before.len())
}

/// The bold text that an item opens with.
fn opening_strong(node: &Node) -> Option<&Node> {
    let first = node.children.iter().find(|child| {
        !(child.kind == Kind::Text && child.string("content").is_some_and(|text| text.trim().is_empty()))
    })?;
    match first.kind {
        Kind::Strong => Some(first),
        Kind::Paragraph | Kind::Inline => opening_strong(first),
        _ => None,
    }
}

/// Takes the bold title, which stands above the body, and the colon behind it out of the
/// body's first paragraph.
fn drop_title(body: &mut Vec<Block>) {
    let Some(Block::Paragraph(inlines)) = body.first_mut() else { return };
    if let Some(title) = inlines.iter().position(|inline| matches!(inline, Inline::Strong(_))) {
        inlines.drain(..=title);
    }
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        let rest = text.trim_start_matches([':', ' ', '—', '–']).to_owned();
        *text = rest;
    }
    inlines.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    if inlines.is_empty() {
        body.remove(0);
    }
}

/// Whether a heading has no words: it heads nothing.
fn is_empty_heading(node: &Node) -> bool {
    node.kind == Kind::Heading && node.children.iter().all(|inline| inline.children.is_empty())
}

fn level(node: &Node) -> Option<u32> {
    match (&node.kind, node.attribute("level")) {
        (Kind::Heading, Some(Value::Number(level))) => Some(*level as u32),
        _ => None,
    }
}

fn surrounds_structure(node: &Node) -> bool {
    node.children.iter().any(|child| {
        child.kind == Kind::Heading
            || child.tag() == Some("step")
            || (child.tag().is_some() && surrounds_structure(child))
    })
}

fn names(node: &Node, attribute: &str) -> Vec<String> {
    match node.attribute(attribute) {
        Some(Value::String(name)) => vec![name.clone()],
        Some(Value::Array(names)) => names
            .iter()
            .filter_map(|name| match name {
                Value::String(name) => Some(name.clone()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
