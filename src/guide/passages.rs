//! What a step says, passage by passage, so that what changed since somebody read it can be
//! pointed at without keeping the text.

use super::fingerprint::Fnv;
use super::{Block, Inline, Snippet, Step, plain};

/// How long a short hash is. With 24 bits a changed passage is overlooked once in millions;
/// that the step changed at all is what its fingerprint says.
const DIGITS: u32 = 6;

/// A passage of a step as its reader sees it, but for the reader's own values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Names what it says, in few characters.
    pub hash: String,
    /// Its text.
    pub text: String,
}

impl Step {
    /// Its passages: paragraphs, headings, tables and snippets, in their order.
    pub fn passages(&self) -> Vec<Passage> {
        let mut passages = vec![Passage::of(plain(&self.title), &self.title)];
        collect(&self.body, &mut passages);
        passages
    }

    /// The short hashes of its passages, one after another.
    pub fn hashes(&self) -> String {
        self.passages().into_iter().map(|passage| passage.hash).collect()
    }

    /// The passages that are not among those that these hashes name, and how many of those
    /// are gone.
    pub fn changed_since(&self, hashes: &str) -> (Vec<Passage>, usize) {
        let known: Vec<&[u8]> = hashes.as_bytes().chunks(DIGITS as usize).collect();
        let present = self.passages();
        let is_gone = |hash: &&&[u8]| present.iter().all(|passage| passage.hash.as_bytes() != **hash);
        let gone = known.iter().filter(is_gone).count();
        let is_new = |passage: &Passage| !known.contains(&passage.hash.as_bytes());
        (present.into_iter().filter(is_new).collect(), gone)
    }
}

fn collect(blocks: &[Block], passages: &mut Vec<Passage>) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => {
                passages.push(Passage::of(plain(content), content));
            }
            Block::Snippet(snippet) => passages.push(Passage::of_snippet(snippet)),
            other => other.bodies().for_each(|body| collect(body, passages)),
        }
    }
}

impl Passage {
    fn of(text: String, content: &[Inline]) -> Self {
        let mut hash = Fnv::new();
        said(content, &mut hash);
        Self { hash: hash.digits(DIGITS), text }
    }

    fn of_snippet(snippet: &Snippet) -> Self {
        let mut hash = Fnv::new();
        match &snippet.code {
            Ok(runs) => runs.iter().for_each(|run| match run.hole {
                Some(_) => hash.byte(0),
                None => hash.bytes(run.text.as_bytes()),
            }),
            // What stands there is not known until the reader mends a value.
            Err(_) => hash.bytes(snippet.id.as_bytes()),
        }
        let title = snippet.facts.title.as_deref().unwrap_or_default();
        hash.bytes(title.as_bytes());
        let text = match (title, snippet.text()) {
            ("", text) => text.unwrap_or_default(),
            (title, _) => title.to_owned(),
        };
        Self { hash: hash.digits(DIGITS), text }
    }
}

/// What the author wrote, with a mark in the place of each value.
fn said(content: &[Inline], hash: &mut Fnv) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) => hash.bytes(text.as_bytes()),
            Inline::Filled(_) => hash.byte(0),
            Inline::Strong(inner) | Inline::Em(inner) | Inline::Struck(inner) => said(inner, hash),
            Inline::Link { href, content, .. } => {
                hash.bytes(href.as_bytes());
                said(content, hash);
            }
            Inline::Image { src, .. } => hash.bytes(src.as_bytes()),
            Inline::Break => hash.byte(b'\n'),
            Inline::Variants(variants) => variants.iter().for_each(|variant| said(&variant.value, hash)),
        }
    }
}
