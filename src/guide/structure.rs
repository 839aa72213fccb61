//! Cuts a page into phases, groups and steps.
//!
//! A top heading is a phase. A section without sub-headings is one step, unless it ends with a
//! list and all items of its lists open with bold text: then each item is a step. Where an
//! author wrote `step` tags, these are the steps. [`cut`] is the way in.

use std::collections::HashMap;
use std::rc::Rc;

use super::blocks::{Context, Writer, swallowed};
use super::declare::{Inputs, asks, report_undefined};
use super::docs_site::drop_heading;
use super::fingerprint::Fingerprint;
use super::locals::Locals;
use super::meta::{Meta, slug};
use super::passages::DIGITS;
use super::scenario::Audience;
use super::{Block, Entry, Inline, Section, Step};
use crate::markdoc::docs_site::step_title;
use crate::markdoc::{Document, Guard, Kind, Node, Problem, Span, Value, branches};

/// After how many hours a step is stale whose author says no more than that it becomes so.
const STALE_HOURS: u32 = 24;

/// The most minutes of a step, and hours until it is stale: so many that adding them up ends.
const MOST_TIME: u32 = 10_000;

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
    /// How many passages follow it in the branch that it stands in.
    follow: usize,
}

/// The docs site's tags that say nothing about the steps and headings in them.
pub(crate) const LAYOUT: [&str; 7] = [
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
    let mut cutter =
        Cutter { meta, inputs, problems, taken: HashMap::new(), needed: Vec::new(), opens: is_structure };
    let mut passages = Vec::new();
    for node in &document.children {
        cutter.flatten(node, &everyone, &Locals::default(), None, &mut passages);
    }
    let (mut intro, mut phases) = (Vec::new(), Vec::new());
    for (place, under) in sections(&passages).into_iter().enumerate() {
        match under.heading {
            Some(heading) => phases.extend(cutter.section(heading, under.body, &everyone)),
            None if place == 0 && under.body.len() < passages.len() => {
                intro = cutter.blocks(under.body, &everyone, &meta.id);
            }
            None => {
                let section = cutter.section_without_heading(under.body, &everyone);
                if place == 0 && section.entries.is_empty() {
                    intro = section.intro;
                } else if !section.intro.is_empty() || !section.entries.is_empty() {
                    phases.push(section);
                }
            }
        }
    }
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
    /// Around what tags are opened.
    opens: fn(&Node) -> bool,
}

/// A heading and what stands under it, or what stands under none.
struct Under<'s, 'a> {
    heading: Option<&'s Passage<'a>>,
    body: &'s [Passage<'a>],
}

/// What is written for a step: all of it but its annotations.
struct Written<'s, 'a> {
    id: String,
    title: Vec<Inline>,
    body: Vec<Block>,
    /// The passages that it is written of.
    said: &'s [&'s Passage<'a>],
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
            Some(tag) if asks(tag) => {
                for child in swallowed(node) {
                    self.flatten(child, audience, locals, added, passages);
                }
            }
            Some("if") if surrounds(node, self.opens) => {
                for branch in branches(node) {
                    for guard in &branch.guards {
                        report_undefined(guard.condition(), self.inputs, locals, node.span, self.problems);
                    }
                    let narrowed = Guard::narrow(&branch.guards, self.inputs, audience, locals);
                    let start = passages.len();
                    for child in branch.children {
                        self.flatten(child, &narrowed, locals, added, passages);
                    }
                    for (follow, passage) in passages[start..].iter_mut().rev().enumerate() {
                        passage.follow = passage.follow.min(follow);
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
            Some("added") if surrounds(node, self.opens) => {
                for child in &node.children {
                    self.flatten(child, audience, locals, Some(node), passages);
                }
            }
            Some(name) if LAYOUT.contains(&name) && surrounds(node, self.opens) => {
                for child in &node.children {
                    self.flatten(child, audience, locals, added, passages);
                }
            }
            // What is for nobody here stays in the row: ids and fingerprints do not depend on
            // the reader.
            _ if node.kind == Kind::Comment || is_empty_heading(node) => {}
            _ => {
                let (audience, locals) = (audience.clone(), locals.clone());
                passages.push(Passage { node, audience, locals, added, follow: usize::MAX });
            }
        }
    }

    /// What stands under no heading, as a phase named like the page.
    fn section_without_heading(&mut self, body: &[Passage<'a>], everyone: &Audience) -> Section {
        let id = self.free(slug(&self.meta.id));
        let title = vec![Inline::Text(self.meta.title.clone())];
        let (intro, entries) = self.entries(body, everyone, &id);
        Section { id, title, only: None, intro, entries }
    }

    /// A phase; none, where it is for nobody here.
    fn section(&mut self, heading: &Passage<'a>, body: &[Passage<'a>], outer: &Audience) -> Option<Section> {
        let path = self.path(heading.node, None, &heading.node.text());
        let section = self.section_at(heading, body, path, outer);
        (!heading.audience.is_empty()).then_some(section)
    }

    fn section_at(
        &mut self,
        heading: &Passage<'a>,
        body: &[Passage<'a>],
        path: String,
        outer: &Audience,
    ) -> Section {
        let audience = &heading.audience;
        let (intro, entries) = if self.is_one_step(heading, body) {
            let step = self.step_under(heading, body, path.clone(), outer);
            (Vec::new(), vec![Entry::Step(Rc::new(step))])
        } else {
            self.report_no_step(heading.node);
            self.entries(body, audience, &path)
        };
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
    fn entry(
        &mut self,
        heading: &Passage<'a>,
        body: &[Passage<'a>],
        parent: &str,
        outer: &Audience,
    ) -> Option<Entry> {
        let path = self.path(heading.node, Some(parent), &heading.node.text());
        let entry = if self.is_one_step(heading, body) {
            Entry::Step(Rc::new(self.step_under(heading, body, path, outer)))
        } else {
            Entry::Section(self.section_at(heading, body, path, outer))
        };
        (!heading.audience.is_empty()).then_some(entry)
    }

    /// What stands in a section before its first step, and its steps and groups.
    fn entries(&mut self, body: &[Passage<'a>], outer: &Audience, path: &str) -> (Vec<Block>, Vec<Entry>) {
        let (mut entries, mut fences) = (Vec::new(), 0);
        for under in sections(body) {
            match under.heading {
                Some(heading) => entries.extend(self.entry(heading, under.body, path, outer)),
                None => self.entries_of(under.body, outer, path, &mut fences, &mut entries),
            }
        }
        match entries.first_mut() {
            Some(Entry::Text(intro)) => (std::mem::take(intro), entries.split_off(1)),
            _ => (Vec::new(), entries),
        }
    }

    /// The steps among passages without headings, and what stands around them.
    fn entries_of(
        &mut self,
        passages: &[Passage<'a>],
        outer: &Audience,
        path: &str,
        fences: &mut usize,
        entries: &mut Vec<Entry>,
    ) {
        let has_tags = passages.iter().any(|passage| is_step(passage.node));
        let listed = if has_tags { None } else { self.listed(passages, true) };
        let is_list = |passage: &Passage<'_>| listed.is_some() && is_list(passage.node);
        let starts_step = |passage: &Passage<'_>| is_step(passage.node) || is_list(passage);
        let mut rest = listed.as_deref().unwrap_or(passages);
        while let Some((first, more)) = rest.split_first() {
            // What stands behind a step belongs to it, but not to the step of an `if` what
            // stands behind that.
            let most = if is_step(first.node) { first.follow.min(more.len()) } else { more.len() };
            let most = if is_list(first) { 0 } else { most };
            let end = more[..most].iter().position(starts_step).unwrap_or(most);
            let run;
            (run, rest) = rest.split_at(end + 1);
            if is_step(first.node) {
                let step = self.step_of_tag(first, run, path, outer);
                entries.extend((!first.audience.is_empty()).then(|| Entry::Step(Rc::new(step))));
            } else if is_list(first) {
                for item in &first.node.children {
                    let step = self.step_of_item(item, first, path, outer);
                    entries.extend((!first.audience.is_empty()).then(|| Entry::Step(Rc::new(step))));
                }
            } else {
                let mut writer = self.writer(path);
                writer.fences = *fences;
                let text = writer.passages(run, outer);
                *fences = writer.fences;
                match entries.last_mut() {
                    Some(Entry::Text(open)) => open.extend(text),
                    _ if text.is_empty() => {}
                    _ => entries.push(Entry::Text(text)),
                }
            }
        }
    }

    /// Whether a heading with what stands under it is one step: something is said, below it or
    /// by it, and nothing in it makes steps of its own. A heading alone may only head what
    /// follows, or questions; that it has an id may be for links.
    fn is_one_step(&mut self, heading: &Passage<'a>, body: &[Passage<'a>]) -> bool {
        let is_said = said_of_step(heading.node).next().is_some();
        (!body.is_empty() || is_said)
            && !body.iter().any(|passage| is_structure(passage.node))
            && self.listed(body, !is_said).is_none()
    }

    /// The passages with the tags open that surround lists, where the items of these are steps:
    /// each opens in bold, and a list comes last. Lists that might be meant so are reported.
    fn listed(&mut self, passages: &[Passage<'a>], is_reported: bool) -> Option<Vec<Passage<'a>>> {
        let mut opened = Vec::new();
        self.opens = is_list;
        for Passage { node, audience, locals, added, .. } in passages {
            self.flatten(node, audience, locals, *added, &mut opened);
        }
        self.opens = is_structure;
        let lists = || opened.iter().map(|passage| passage.node).filter(|node| is_list(node));
        let is_last = opened.last().is_some_and(|last| is_list(last.node));
        if is_last && lists().all(|list| count_bold(list) == list.children.len()) {
            return Some(opened);
        }
        for list in lists().filter(|list| is_reported && count_bold(list) * 2 >= list.children.len().max(2)) {
            let message = "the items of this list are no steps: each item of all lists here would have to \
                           open in bold, and a list to come last";
            self.problems.push(Problem::warning(list.span, message).coded("step-none"));
        }
        None
    }

    fn step_under(
        &mut self,
        heading: &Passage<'a>,
        under: &[Passage<'a>],
        path: String,
        outer: &Audience,
    ) -> Step {
        let body = self.blocks(under, &heading.audience, &path);
        let title = self.title(heading, heading.node);
        let said: Vec<&Passage<'_>> = [heading].into_iter().chain(under).collect();
        self.step(Written { id: path, title, body, said: &said }, heading, heading.node, outer)
    }

    fn step_of_item(&mut self, item: &'a Node, list: &Passage<'a>, parent: &str, outer: &Audience) -> Step {
        let strong = opening_strong(item);
        let annotated = annotated(item);
        let words = strong.map(Node::text).unwrap_or_default();
        let path = self.path(annotated, Some(parent), &words);
        let mut writer = self.writer(&path);
        let context = Context::new(list.audience.clone(), list.locals.clone());
        let title = strong.map(|strong| writer.inlines(&strong.children, &context)).unwrap_or_default();
        let mut body = writer.blocks(&item.children, &context);
        drop_title(&mut body);
        let said = &[&Passage { node: item, ..list.clone() }];
        self.step(Written { id: path, title, body, said }, list, annotated, outer)
    }

    /// A step that its author marked, with what belongs to it.
    fn step_of_tag(
        &mut self,
        passage: &Passage<'a>,
        run: &[Passage<'a>],
        parent: &str,
        outer: &Audience,
    ) -> Step {
        let node = passage.node;
        let words = Some(step_title(node)).filter(|words| !words.is_empty());
        let words = words.as_deref().unwrap_or("Step");
        let path = self.path(node, Some(parent), words);
        let context = Context::new(passage.audience.clone(), passage.locals.clone());
        let mut writer = self.writer(&path);
        let mut body = writer.blocks(&node.children, &context);
        drop_heading(&mut body, words);
        body.extend(writer.passages(&run[1..], &passage.audience));
        let mut title = Vec::new();
        match node.attribute("title") {
            Some(value @ (Value::Variable(_) | Value::Function(_))) => {
                writer.interpolation(value, node, &context, &mut title);
            }
            _ => title.push(Inline::Text(words.to_owned())),
        }
        let said: Vec<&Passage<'_>> = run.iter().collect();
        self.step(Written { id: path, title, body, said: &said }, passage, node, outer)
    }

    /// A step of what is written for it in this place, with what `node` is annotated with.
    fn step(&mut self, written: Written<'_, 'a>, place: &Passage<'a>, node: &Node, outer: &Audience) -> Step {
        let Written { id, title, body, said } = written;
        let body = match place.added {
            Some(added) if place.node.kind != Kind::Heading => vec![super::blocks::added(added, body)],
            _ => body,
        };
        let needs = ids_in(node, "needs");
        let failed = node.string("failed").map(str::to_owned);
        for need in needs.iter().chain(&failed) {
            let is_before = *need != id && self.taken.contains_key(need);
            self.needed.push((node.span, need.clone(), is_before));
        }
        Step {
            id,
            title,
            only: self.only(&place.audience, outer),
            aliases: ids_in(node, "aliases"),
            needs,
            failed,
            severity: node.string("severity").map(str::to_owned),
            minutes: self.time(node, "minutes"),
            stale: match node.attribute("stale") {
                Some(Value::Bool(true)) => Some(STALE_HOURS),
                _ => self.time(node, "stale"),
            },
            is_change: place.node.kind == Kind::List,
            gate: matches!(node.attribute("gate"), Some(Value::Bool(true))),
            body,
            fingerprint: Fingerprint::of(said, self.inputs),
            shown: Fingerprint::of_shown(said, self.inputs, DIGITS),
        }
    }

    /// So many minutes or hours. One that was begun counts whole: half an hour cut off would be
    /// none at all.
    fn time(&mut self, node: &Node, name: &str) -> Option<u32> {
        let Some(Value::Number(written)) = node.attribute(name) else { return None };
        let whole = Some((written.ceil() as u32).min(MOST_TIME)).filter(|whole| *whole > 0);
        if whole.map(f64::from) != Some(*written) {
            let taken = whole.map_or_else(|| "it is ignored".to_owned(), |whole| format!("{whole} is taken"));
            let message = format!("`{name}` must be a whole number from 1 to {MOST_TIME}: {taken}");
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

    fn only(&self, audience: &Audience, outer: &Audience) -> Option<String> {
        Some(self.inputs.describe(audience, outer)).filter(|label| !label.is_empty())
    }

    fn writer<'w>(&'w mut self, path: &str) -> Writer<'a, 'w> {
        Writer::new(self.meta, self.inputs, self.problems, path)
    }

    /// The id that a node has, or else what its words make below its parent's.
    fn path(&mut self, node: &Node, parent: Option<&str>, words: &str) -> String {
        let path = match (node.string("id"), parent) {
            (Some(id), _) => id.to_owned(),
            (None, None) => slug(words),
            (None, Some(parent)) => [parent, "/", &slug(words)].concat(),
        };
        self.taken(path, node)
    }

    /// Reports what is said of a step where there is none: what stands below the heading makes
    /// steps of its own.
    fn report_no_step(&mut self, heading: &Node) {
        let names: Vec<_> = said_of_step(heading).collect();
        if !names.is_empty() {
            let message = [
                "what stands below this heading makes steps of its own, so its `",
                &names.join("`, `"),
                if names.len() == 1 { "` says nothing" } else { "` say nothing" },
            ];
            self.problems.push(Problem::warning(heading.span, message.concat()).coded("step-none"));
        }
    }

    fn report_missing_needs(&mut self) {
        for (span, need, is_before) in std::mem::take(&mut self.needed) {
            if self.taken.contains_key(&need) {
                if !is_before {
                    let message = ["the step `", &need, "` does not stand before this one"].concat();
                    self.problems.push(Problem::error(span, message).coded("step-later").about(&need, None));
                }
            } else {
                let message = ["no step has the id `", &need, "`"].concat();
                self.problems.push(Problem::error(span, message).coded("step-undefined").about(&need, None));
            }
        }
    }

    /// An id that no other section or step has. That it needs another number is reported.
    fn taken(&mut self, id: String, node: &Node) -> String {
        let free = self.free(id.clone());
        if free != id {
            let message =
                ["the id `", &id, "` is taken; give this one its own, as in {% #another-id %}"].concat();
            self.problems.push(Problem::error(node.span, message).coded("id-duplicate").about(&id, None));
        }
        free
    }

    /// The same id, or where it is taken the next with a number.
    fn free(&mut self, id: String) -> String {
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
        self.taken.insert(id, number);
        free
    }
}

/// What stands under each heading, and between that under none. A section ends where a heading
/// is as high as its own, or higher, and with the branch of an `if` that its heading stands in:
/// what comes behind is for other readers, too, and belongs to the heading around both.
fn sections<'s, 'a>(passages: &'s [Passage<'a>]) -> Vec<Under<'s, 'a>> {
    let mut sections = Vec::new();
    let mut rest = passages;
    while let Some((first, more)) = rest.split_first() {
        let open = level(first.node);
        let most = if open.is_some() { first.follow.min(more.len()) } else { more.len() };
        let is_end =
            |next: &Passage<'_>| level(next.node).is_some_and(|level| open.is_none_or(|open| level <= open));
        let end = more[..most].iter().position(is_end).unwrap_or(most);
        let run;
        (run, rest) = rest.split_at(end + 1);
        sections.push(match open {
            Some(_) => Under { heading: Some(first), body: &run[1..] },
            None => Under { heading: None, body: run },
        });
    }
    sections
}

fn is_step(node: &Node) -> bool {
    node.tag() == Some("step")
}

fn is_list(node: &Node) -> bool {
    node.kind == Kind::List
}

/// How many items of a list open in bold.
fn count_bold(list: &Node) -> usize {
    list.children.iter().filter(|item| opening_strong(item).is_some()).count()
}

/// The bold text that an item opens with.
pub(crate) fn opening_strong(node: &Node) -> Option<&Node> {
    let first = node.children.iter().find(|child| {
        !(child.kind == Kind::Text && child.string("content").is_some_and(|text| text.trim().is_empty()))
    })?;
    match first.kind {
        Kind::Strong => Some(first),
        Kind::Paragraph | Kind::Inline => opening_strong(first),
        _ => None,
    }
}

/// The node that has what is written behind an item's words: where blank lines stand in its list,
/// the paragraph that it opens with.
pub(crate) fn annotated(item: &Node) -> &Node {
    item.children.first().filter(|first| first.kind == Kind::Paragraph).unwrap_or(item)
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

/// The attributes of a heading that say something of a step.
pub(crate) fn said_of_step(heading: &Node) -> impl Iterator<Item = &'static str> {
    let of_steps = ["severity", "minutes", "needs", "aliases", "stale", "gate", "failed"];
    of_steps.into_iter().filter(|name| heading.attribute(name).is_some())
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

fn is_structure(node: &Node) -> bool {
    node.kind == Kind::Heading || is_step(node)
}

/// Whether tags of a tag, or it itself, hold such a node.
pub(crate) fn surrounds(node: &Node, is_such: fn(&Node) -> bool) -> bool {
    node.children.iter().any(|child| is_such(child) || (child.tag().is_some() && surrounds(child, is_such)))
}

/// The ids that an attribute names: in a list, or in a text with commas or blanks between them,
/// which no id has that is made of words.
pub(crate) fn ids_in(node: &Node, attribute: &str) -> Vec<String> {
    match node.attribute(attribute) {
        Some(Value::String(text)) => {
            let names = text.split(|c: char| c == ',' || c.is_whitespace());
            names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
        }
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
