//! Where the links within a page lead.

use super::{Block, Entry, Guide, Inline, Section, Step, plain};
use crate::markdoc::is_heading_id;
use crate::percent::decoded;

/// A part of a guide that a link can lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// The section with this id.
    Section(&'a str),
    /// The step with this id.
    Step(&'a str),
}

/// By what a link finds a place.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Id,
    /// The words of a heading, as the docs site or GitHub make an id of them.
    Words,
}

impl Guide {
    /// What a link to `#fragment` means: an id that the author gave, wherever it stands, or else
    /// the words of a heading. A heading inside a step leads to the step.
    pub fn place_of(&self, fragment: &str) -> Option<Place<'_>> {
        let fragment = decoded(fragment);
        let place = |by| self.phases.iter().find_map(|phase| phase.place_of(&fragment, by));
        place(By::Id).or_else(|| place(By::Words))
    }
}

impl Section {
    fn place_of(&self, fragment: &str, by: By) -> Option<Place<'_>> {
        let is_here = match by {
            By::Id => self.id == fragment,
            By::Words => names(&self.title, fragment) || has_heading(&self.intro, fragment),
        };
        if is_here {
            return Some(Place::Section(&self.id));
        }
        self.entries.iter().find_map(|entry| match entry {
            Entry::Section(group) => group.place_of(fragment, by),
            Entry::Step(step) => step.is_at(fragment, by).then_some(Place::Step(&step.id)),
            Entry::Text(text) => {
                (by == By::Words && has_heading(text, fragment)).then_some(Place::Section(&self.id))
            }
        })
    }
}

impl Step {
    fn is_at(&self, fragment: &str, by: By) -> bool {
        match by {
            By::Id => self.id == fragment || self.aliases.iter().any(|alias| alias == fragment),
            By::Words => names(&self.title, fragment) || has_heading(&self.body, fragment),
        }
    }
}

fn has_heading(blocks: &[Block], fragment: &str) -> bool {
    blocks.iter().any(|block| match block {
        Block::Heading { content, .. } => names(content, fragment),
        other => other.bodies().any(|body| has_heading(body, fragment)),
    })
}

fn names(title: &[Inline], fragment: &str) -> bool {
    let own = title.iter().map(|inline| match inline {
        Inline::Text(text) => text.as_str(),
        _ => " ",
    });
    is_heading_id(fragment, &plain(title), &own.collect::<String>())
}
