//! All that a step says, as a reader would search it.

use super::{Block, Step, plain};
use crate::lower_case::lower_case;

impl Step {
    /// Its title, its text and its commands with the reader's values, in lower case.
    pub fn search_text(&self) -> String {
        let mut text = plain(&self.title);
        say(&self.body, &mut text);
        lower_case(&text)
    }
}

fn say(blocks: &[Block], text: &mut String) {
    for block in blocks {
        text.push('\n');
        let (content, words) = block.own_words();
        text.push_str(&plain(content));
        words.into_iter().for_each(|words| text.extend([words, "\n"]));
        if let Block::Snippet(snippet) = block {
            text.push_str(&snippet.text().unwrap_or_default());
        }
        block.bodies().for_each(|body| say(body, text));
    }
}
