//! Links that lead nowhere, on their own page or on another of the same folder, and ids, former
//! ones too, that are not the only ones of their name.
//!
//! A link to another page is followed from the file that it stands in, as editors and code
//! hosts do. What lies on the web, at a root that only the site knows, or on the site of the page's
//! `base`, is not looked at.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::headings::without_step;
use crate::command::pages::{self, Partials};
use crate::environment::Environment;
use crate::guide::{Entry, Guide, Meta, Section, build, ids_in, slug};
use crate::lower_case::lower_case;
use crate::markdoc::{Document, Kind, Node, Problem, Source, Span, heading_ids_of, suggest};
use crate::percent::decoded;

/// The dead links and the ids that are given twice; what is known of other pages is kept.
pub(super) fn problems(document: &Document, guide: &Guide, others: &mut Others) -> Vec<Problem> {
    let page = Targets::of(document, guide);
    let headings = without_step(document);
    let has_base = Meta::read(document).0.base.is_some();
    let dead = page.links.iter().filter_map(|link| {
        let (file, anchor) = link.href.split_once('#').unwrap_or((&link.href, ""));
        let file = file.split_once('?').map_or(file, |(file, _)| file);
        let from = || document.sources.get(link.span.source as usize).map(|source| source.path.as_str());
        match file {
            "" if anchor.is_empty() => None,
            "" => dead_anchor(link, anchor, &page.ids, "on this page")
                .filter(|_| !page.has_heading(anchor))
                .or_else(|| no_place(link, anchor, guide, &headings)),
            _ if is_page_beside(file) && !has_base => others.problem(link, from()?, file, anchor),
            _ => None,
        }
    });
    let mut problems: Vec<Problem> = dead.collect();
    problems.extend(page.former_ids());
    problems.extend(page.problems);
    problems
}

/// The files that a page links to, from those that its links stand in.
pub(super) fn pages_linked(document: &Document) -> BTreeSet<PathBuf> {
    let nodes = document.nodes();
    let linked = nodes.filter_map(|node| {
        let address = node.string("href")?.split(['#', '?']).next()?;
        let from = document.sources.get(node.span.source as usize)?;
        let folder = Path::new(&from.path).parent()?;
        is_page_beside(address).then(|| pages::plain(&folder.join(decoded(address))))
    });
    linked.collect()
}

/// A link that an author wrote.
struct Link {
    href: String,
    span: Span,
}

/// The pages that links lead to, each read once.
#[derive(Default)]
pub(super) struct Others {
    /// What a link may lead to in each, or `None` where it is not there.
    targets: HashMap<PathBuf, Option<BTreeSet<String>>>,
    /// The pages that are there, by the folders that they lie in or below.
    below: HashMap<PathBuf, Vec<PathBuf>>,
}

impl Others {
    fn problem(&mut self, link: &Link, from: &str, file: &str, anchor: &str) -> Option<Problem> {
        let folder = Path::new(from).parent().unwrap_or(Path::new(""));
        let path = folder.join(decoded(file));
        let targets = self.targets.entry(path).or_insert_with_key(|path| {
            let page = pages::Page::read(path, &Partials::beside(path)).ok()?;
            let guide = build(&page.document, &Environment::default());
            Some(Targets::of(&page.document, &guide).ids)
        });
        match targets {
            None => {
                let files = self.below.entry(folder.to_owned());
                let files = files.or_insert_with_key(|folder| pages::below(folder).unwrap_or_default());
                let names: Vec<&str> =
                    files.iter().filter_map(|file| file.strip_prefix(folder).ok()?.to_str()).collect();
                let meant = suggest(file, names.iter().copied());
                let message =
                    format!("there is no page `{file}` beside this one, so this link leads nowhere");
                Some(Problem::error(link.span, message).coded(DEAD).about(file, meant))
            }
            Some(_) if anchor.is_empty() => None,
            Some(targets) => dead_anchor(link, anchor, targets, &format!("in `{file}`")),
        }
    }
}

pub(super) const DEAD: &str = "link-dead";

fn dead_anchor(link: &Link, anchor: &str, targets: &BTreeSet<String>, place: &str) -> Option<Problem> {
    let target = decoded(anchor);
    if targets.contains(&target) {
        return None;
    }
    let message = format!("nothing {place} has the id `{target}`, so this link leads nowhere");
    let meant = suggest(&target, targets.iter().map(String::as_str));
    Some(Problem::error(link.span, message).coded(DEAD).about(anchor, meant))
}

/// A link to the id of a heading that is no step: the checklist knows such a heading by its words.
fn no_place(link: &Link, anchor: &str, guide: &Guide, headings: &HashMap<&str, &Node>) -> Option<Problem> {
    let id = decoded(anchor);
    let heading = headings.get(&*id).filter(|_| guide.place_of(anchor).is_none())?;
    if guide.steps().is_empty() {
        return None;
    }
    let [_, meant] = heading_ids_of(heading);
    let message = format!(
        "`{id}` is the id of a heading that is no step, so in the checklist this link leads nowhere: its words do, \
         `#{meant}`"
    );
    Some(Problem::warning(link.span, message).coded(DEAD).about(anchor, Some(&meant)))
}

/// Whether an address is that of a page in the same folder or another one near.
fn is_page_beside(file: &str) -> bool {
    file.ends_with(".md") && !file.starts_with('/') && !file.contains(':')
}

#[derive(Default)]
struct Targets<'a> {
    sources: &'a [Source],
    /// What a link may lead to.
    ids: BTreeSet<String>,
    /// The ids that the words of its headings make.
    headings: BTreeSet<String>,
    /// The node that the author gave each id first.
    given: HashMap<&'a str, &'a Node>,
    links: Vec<Link>,
    /// The former ids of steps, and where each is given.
    aliases: Vec<(String, Span)>,
    /// The ids of the steps.
    steps: BTreeSet<String>,
    problems: Vec<Problem>,
}

impl<'a> Targets<'a> {
    fn of(document: &'a Document, guide: &Guide) -> Self {
        let mut page = Self { sources: &document.sources, ..Self::default() };
        document.nodes().for_each(|node| page.read(node));
        guide.phases.iter().for_each(|phase| page.add_ids_of(phase));
        page
    }

    fn read(&mut self, node: &'a Node) {
        if let Some(id) = node.string("id") {
            self.given_id(id, node);
        }
        // A docs site gives a heading the id that its words make.
        if node.kind == Kind::Heading {
            self.ids.insert(slug(&node.text()));
            self.ids.extend(heading_ids_of(node));
            self.headings.extend(heading_ids_of(node));
        }
        if node.kind == Kind::Link && node.string("href") == Some("") {
            let message = "this link has no address, and so leads nowhere";
            self.problems.push(Problem::warning(node.span, message).coded("link-empty"));
        }
        if let Some(href) = node.string("href") {
            self.links.push(Link { href: href.to_owned(), span: node.span });
        }
        self.aliases.extend(ids_in(node, "aliases").into_iter().map(|alias| (alias, node.span)));
    }

    /// Whether a link within the page leads to a heading by its words, whose case is any.
    fn has_heading(&self, anchor: &str) -> bool {
        self.headings.contains(&lower_case(&decoded(anchor)))
    }

    /// What was done with a step of a former id is taken over to each step that says it had that:
    /// to one that nobody did, where it is another's.
    fn former_ids(&self) -> Vec<Problem> {
        let mut known = BTreeSet::new();
        let mut problems = Vec::new();
        for (alias, span) in &self.aliases {
            let is_first = known.insert(alias);
            if alias.is_empty() || alias.contains(|c: char| c == ',' || c.is_whitespace()) {
                problems.push(never_an_id(alias, *span));
                continue;
            }
            let message = match self.steps.contains(alias) {
                true => {
                    format!("`{alias}` is no former id: a step has it, whose ticks this step would take over")
                }
                false if is_first => continue,
                false => {
                    format!("`{alias}` is the former id of another step, too: both would take its ticks over")
                }
            };
            problems.push(Problem::error(*span, message).coded("alias-taken").about(alias, None));
        }
        problems
    }

    /// Two steps or sections of one id are the guide's own finding.
    fn given_id(&mut self, id: &'a str, node: &'a Node) {
        self.ids.insert(id.to_owned());
        if id.contains(char::is_whitespace) {
            let meant = slug(id);
            let message =
                format!("no link and no `needs` can name an id with a blank in it: write `{meant}`");
            let problem = Problem::warning(node.span, message).coded("id-invalid");
            self.problems.push(problem.about(id, Some(&meant)));
        }
        match self.given.get(id) {
            None => {
                self.given.insert(id, node);
            }
            Some(first) if is_structure(first) && is_structure(node) => {}
            Some(Node { span, .. }) => {
                let source = self.sources.get(span.source as usize);
                let place = source.map(|source| (&source.path, source.line_column(span.start).0));
                let place = place.map(|(path, line)| format!(", at {path}:{line}")).unwrap_or_default();
                let message = format!("the id `{id}` is given before{place}");
                self.problems.push(Problem::error(node.span, message).coded("id-duplicate").about(id, None));
            }
        }
    }

    fn add_ids_of(&mut self, section: &Section) {
        self.ids.insert(section.id.clone());
        for entry in &section.entries {
            match entry {
                Entry::Section(group) => self.add_ids_of(group),
                Entry::Step(step) => {
                    self.ids.insert(step.id.clone());
                    self.steps.insert(step.id.clone());
                    self.ids.extend(step.aliases.iter().cloned());
                }
                Entry::Text(_) => {}
            }
        }
    }
}

/// An id that was made of a heading's words has none of their blanks.
fn never_an_id(alias: &str, span: Span) -> Problem {
    let message = format!(
        "`{alias}` was never an id: that of a step without its own is made of the headings above it and its \
         words, as in `{}`",
        ["section/", &slug(alias)].concat()
    );
    Problem::warning(span, message).coded("alias-invalid").about(alias, None)
}

fn is_structure(node: &Node) -> bool {
    matches!(node.kind, Kind::Heading | Kind::Item) || node.tag() == Some("step")
}
