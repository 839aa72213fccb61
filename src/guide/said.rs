//! All that a step says, as a reader would search it.

use super::{Block, Step, plain};
use crate::lower_case::lower_case;

impl Step {
    /// Its title, its text and its commands with the reader's values, in lower case.
    pub fn said(&self) -> String {
        let mut text = plain(&self.title);
        say(&self.body, &mut text);
        lower_case(&text)
    }
}

fn say(blocks: &[Block], text: &mut String) {
    for block in blocks {
        text.push('\n');
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => text.push_str(&plain(content)),
            Block::Figure { content, caption } => {
                text.push_str(&plain(content));
                text.push_str(caption.as_deref().unwrap_or_default());
            }
            Block::Snippet(snippet) => {
                text.push_str(snippet.facts.title.as_deref().unwrap_or_default());
                text.push('\n');
                text.push_str(&snippet.text().unwrap_or_default());
            }
            Block::Callouts(cards) => cards.iter().for_each(|card| text.push_str(&card.title)),
            Block::Added { reason, .. } => text.push_str(reason.as_deref().unwrap_or_default()),
            _ => {}
        }
        block.bodies().for_each(|body| say(body, text));
    }
}
