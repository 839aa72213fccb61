//! Commands that stand in no step: nobody can tick them, and the script does not run them.
//!
//! A guide knows no places. Its snippets come in the order of the fences that they are made of,
//! but for those in branches of several `if`s, which are brought together.

use std::collections::HashSet;

use crate::guide::{Block, Entry, Guide, Section, Snippet};
use crate::markdoc::{Document, Kind, Node, Problem, Value};

/// Where what belongs to no step stands.
pub(super) const BEFORE: &str = "before any step";
pub(super) const BEHIND: &str = "behind an `if` or a list of steps";

/// The commands in no step that may change something.
pub(super) fn problems(document: &Document, guide: &Guide) -> Vec<Problem> {
    // A page without steps is to be read.
    if guide.steps().is_empty() {
        return Vec::new();
    }
    let fences = document.nodes().filter(|node| node.kind == Kind::Fence).collect();
    let mut search = Search { fences, ..Search::default() };
    search.blocks(&guide.intro, Some(BEFORE));
    guide.phases.iter().for_each(|phase| search.section(phase));
    search.problems
}

/// Finds the fence of each snippet.
#[derive(Default)]
struct Search<'a> {
    fences: Vec<&'a Node>,
    /// Where the last one was.
    at: usize,
    used: HashSet<usize>,
    /// The id of the last snippet: one fence is several where readers need it otherwise.
    last: String,
    problems: Vec<Problem>,
}

impl Search<'_> {
    fn section(&mut self, section: &Section) {
        self.blocks(&section.intro, Some(BEFORE));
        for entry in &section.entries {
            match entry {
                Entry::Section(group) => self.section(group),
                Entry::Step(step) => self.blocks(&step.body, None),
                Entry::Text(text) => self.blocks(text, Some(BEHIND)),
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block], place: Option<&str>) {
        for block in blocks {
            match block {
                Block::Snippet(snippet) => self.snippet(snippet, place),
                // Those are said to stand in no step themselves.
                Block::Verify(body) | Block::Undo(body) => self.blocks(body, None),
                _ => block.bodies().for_each(|body| self.blocks(body, place)),
            }
        }
    }

    fn snippet(&mut self, snippet: &Snippet, place: Option<&str>) {
        if self.last == snippet.id {
            return;
        }
        self.last.clone_from(&snippet.id);
        let is_it = |at: &usize| !self.used.contains(at) && is_made_of(snippet, self.fences[*at]);
        let behind = (self.at..self.fences.len()).find(is_it);
        let Some(at) = behind.or_else(|| (0..self.at).find(is_it)) else { return };
        self.at = at;
        self.used.insert(at);
        if let Some(place) = place.filter(|_| snippet.may_change()) {
            let message = format!(
                "this command stands {place}, so nobody can tick it and the script does not run it: make a step \
                 of it, or say `scope=\"nothing\"`"
            );
            self.problems.push(Problem::warning(self.fences[at].span, message).coded("command-outside"));
        }
    }
}

/// Whether a snippet can be this fence, as far as its readers' values do not matter.
fn is_made_of(snippet: &Snippet, fence: &Node) -> bool {
    let title = match fence.attribute("title") {
        None => snippet.facts.title.is_none(),
        Some(Value::String(title)) => snippet.facts.title.as_deref().unwrap_or_default() == title.as_str(),
        Some(_) => true,
    };
    let id = fence.string("id").is_none_or(|id| id == snippet.id);
    let code = match snippet.text() {
        Some(code) if fence.children.is_empty() => {
            fence.string("content").map(str::trim_end) == Some(code.trim_end())
        }
        _ => true,
    };
    title && id && code && fence.string("language").unwrap_or_default() == snippet.language
}
