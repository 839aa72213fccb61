//! Taking back: how each step is taken back, and which steps do that for an earlier one.
//!
//! Such a step has no command but those that take something back, and is led to by a link in the
//! undo of the earlier one, whatever words or values stand there. What takes any other step back
//! is kept, and told at the end.

use super::Script;
use super::posix::{here_document, without_controls};
use crate::guide::{Block, Guide, Inline, Place, Role, Step};

/// A step that takes back what an earlier one did.
pub(super) struct Later {
    pub(super) id: String,
    undo: String,
}

impl Script<'_> {
    /// Finds the steps that take back what earlier ones did.
    pub(super) fn find_later(&mut self) {
        let guide = self.guide;
        let mut ids = Vec::new();
        for step in guide.steps() {
            let Some(undo) = self.undo_of(step) else { continue };
            if ids.contains(&&*step.id) && only_takes_back(step) {
                let undo = [without_controls(step.title_text().trim()), undo].join("\n");
                self.later.insert(0, Later { id: step.id.clone(), undo });
            }
            ids.extend(led_to(step, guide));
        }
    }

    /// Writes what later steps take back, of those to which the undo of a step leads.
    pub(super) fn undo_later(&mut self, step: &Step) {
        let ids = led_to(step, self.guide);
        let mut taken_back = String::new();
        for later in self.later.iter().filter(|later| ids.contains(&&*later.id)) {
            taken_back.push_str(&later.undo);
            taken_back.push_str("\n\n");
        }
        if !taken_back.is_empty() {
            let text = here_document("UNDO", taken_back.trim_end());
            self.out.push_str(&["_undo_later ", &text, "\n"].concat());
        }
    }

    /// How a step is taken back.
    pub(super) fn undo_of(&self, step: &Step) -> Option<String> {
        let mut undo = Vec::new();
        self.collect_undo(&step.body, &mut undo);
        Some(undo.join("\n\n")).filter(|undo| !undo.is_empty())
    }

    fn collect_undo(&self, blocks: &[Block], undo: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Undo(body) => {
                    let words = without_controls(&self.told(body));
                    undo.push(words.lines().map(|line| ["  ", line].concat()).collect::<Vec<_>>().join("\n"));
                }
                other => other.bodies().for_each(|body| self.collect_undo(body, undo)),
            }
        }
    }
}

/// Whether a step has no command but to take something back, and to look whether it worked.
fn only_takes_back(step: &Step) -> bool {
    step.snippets().iter().all(|snippet| matches!(snippet.role, Role::Undo | Role::Verify))
}

/// The ids of the steps to which the undo of one leads.
fn led_to<'a>(step: &Step, guide: &'a Guide) -> Vec<&'a str> {
    let mut links = Vec::new();
    links_of_undo(&step.body, false, &mut links);
    let places = links.into_iter().filter_map(|link| guide.place_of(link.strip_prefix('#')?));
    let ids = places.filter_map(|place| match place {
        Place::Step(id) => Some(id),
        Place::Section(_) => None,
    });
    ids.collect()
}

fn links_of_undo<'a>(blocks: &'a [Block], is_undo: bool, links: &mut Vec<&'a str>) {
    for block in blocks {
        let is_undo = is_undo || matches!(block, Block::Undo(_));
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) | Block::Figure { content, .. }
                if is_undo =>
            {
                linked(content, links);
            }
            Block::Callouts(cards) if is_undo => {
                links.extend(cards.iter().filter_map(|card| card.href.as_deref()));
            }
            other => other.bodies().for_each(|body| links_of_undo(body, is_undo, links)),
        }
    }
}

fn linked<'a>(inlines: &'a [Inline], links: &mut Vec<&'a str>) {
    for inline in inlines {
        match inline {
            Inline::Link { href, .. } => links.push(href),
            Inline::Strong(inner) | Inline::Em(inner) | Inline::Struck(inner) => linked(inner, links),
            Inline::Variants(variants) => variants.iter().for_each(|variant| linked(&variant.value, links)),
            Inline::Text(_) | Inline::Code(_) | Inline::Filled(_) | Inline::Image { .. } | Inline::Break => {}
        }
    }
}
