//! What a step says, passage by passage, so that what changed since somebody read it can be
//! shown.
//!
//! Start with [`Step::changed_since`]. The hashes that are kept with a tick tell which
//! passages are others now; the texts, as far as there was room for them, what they said.

use super::difference::likeness;
use super::fingerprint::Fnv;
use super::{Block, Facts, Inline, Snippet, Step, plain};

/// How long a short hash is. With 24 bits a change is overlooked once in millions.
pub(super) const DIGITS: u32 = 6;

/// Stands in a hash for a value of the reader's.
const VALUE: &str = "\0";

/// What stands between the hashes of the passages and the one of all that is shown. Ticks of
/// earlier versions have none, and are taken for those of another text where their fingerprint
/// is another.
const SHOWN: char = '.';

/// The most bytes that are kept of what a step said, and compared. What comes from elsewhere may
/// hold any number of them.
pub const MOST_READ: usize = 8 << 10;

/// How alike a former passage and a new one are, at least, where the one became the other.
const ALIKE: usize = 30;

/// A passage of a step as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Names what it says but for the reader's own values, in few characters.
    pub hash: String,
    /// Its text, with what its reader sees only elsewhere: where a link leads, and what is
    /// said of a command, as the author wrote it.
    pub text: String,
}

/// What became of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it said; nothing where it is new.
    pub former: String,
    /// What it says; nothing where it is gone.
    pub present: String,
}

impl Step {
    /// Its passages: paragraphs, headings, snippets and other words, in their order.
    pub fn passages(&self) -> Vec<Passage> {
        let mut passages = vec![Passage::of(&self.title)];
        collect(&self.body, &mut passages);
        passages
    }

    /// The short hashes of its passages, one after another, and behind them that of all that
    /// this reader is shown.
    pub fn hashes(&self) -> String {
        let mut hashes: String = self.passages().into_iter().map(|passage| passage.hash).collect();
        hashes.push(SHOWN);
        hashes + &self.shown
    }

    /// The texts of its passages by their hashes, in the order of these: those that fit into
    /// `most` bytes.
    pub fn texts(&self, most: usize) -> Vec<(String, String)> {
        let mut texts: Vec<(String, String)> = Vec::new();
        let mut room = most;
        for Passage { hash, text } in self.passages() {
            let place = texts.binary_search_by(|(other, _)| other.cmp(&hash));
            if let (Err(place), Some(left)) = (place, room.checked_sub(text.len())) {
                room = left;
                texts.insert(place, (hash, text));
            }
        }
        texts
    }

    /// What became of the passages that are others than those that these hashes name, in the
    /// order of the present ones; and how many are gone of which there is no text. Where none
    /// is another and the step is, what its author changed is where the values come from.
    pub fn changed_since(&self, hashes: &str, texts: &[(String, String)]) -> (Vec<Change>, usize) {
        let (hashes, shown) = hashes.split_once(SHOWN).unwrap_or((hashes, &self.shown));
        let known: Vec<&[u8]> = hashes.as_bytes().chunks(DIGITS as usize).collect();
        let present = self.passages();
        let is_gone = |hash: &&[u8]| present.iter().all(|passage| passage.hash.as_bytes() != *hash);
        let mut room = MOST_READ;
        let has_room = |(_, text): &&(String, String)| {
            // An empty one takes time, too.
            let left = room.checked_sub(text.len() + 1);
            room = left.unwrap_or_default();
            left.is_some()
        };
        let texts: Vec<_> = texts.iter().take_while(has_room).collect();
        let text_of = |hash: &[u8]| {
            let place = texts.binary_search_by(|(other, _)| other.as_bytes().cmp(hash)).ok()?;
            texts.get(place).copied()
        };
        let all_gone: Vec<_> = known.iter().copied().filter(is_gone).map(text_of).collect();
        let mut gone: Vec<&str> = all_gone.iter().flatten().map(|(_, text)| text.as_str()).collect();
        let unknown = all_gone.len() - gone.len();

        let mut changes = Vec::new();
        // What has no words, as a line across, says nothing that could be told.
        let is_new =
            |passage: &&Passage| !passage.text.is_empty() && !known.contains(&passage.hash.as_bytes());
        for Passage { text, .. } in present.iter().filter(is_new) {
            let alike = gone.iter().enumerate().map(|(place, gone)| (likeness(gone, text), place));
            // Of those that are as alike as each other, the first.
            let alike = alike.filter(|(alike, _)| *alike >= ALIKE).min_by_key(|(alike, _)| 100 - alike);
            let former = alike.map_or(String::new(), |(_, place)| gone.remove(place).to_owned());
            changes.push(Change { former, present: text.clone() });
        }
        let gone = gone.into_iter().filter(|gone| !gone.is_empty());
        let gone = gone.map(|gone| Change { former: gone.to_owned(), present: String::new() });
        changes.extend(gone);
        if changes.is_empty() && unknown == 0 && shown != self.shown {
            for Passage { hash, text } in present {
                let former = text_of(hash.as_bytes()).filter(|(_, former)| *former != text);
                changes.extend(former.map(|(_, former)| Change { former: former.clone(), present: text }));
            }
        }
        (changes, unknown)
    }
}

fn collect(blocks: &[Block], passages: &mut Vec<Passage>) {
    for block in blocks {
        match block {
            Block::Snippet(snippet) => {
                passages.push(Passage::of_code(snippet));
                let facts =
                    Passage { text: facts(snippet, None), ..Passage::of_words(facts(snippet, Some(VALUE))) };
                if !facts.text.is_empty() {
                    passages.push(facts);
                }
                continue;
            }
            Block::Callouts(cards) => {
                for card in cards {
                    let mut text = card.title.clone();
                    card.href.iter().for_each(|href| add_address(href, &mut text));
                    passages.push(Passage::of_words(text));
                }
            }
            _ => {
                let (content, words) = block.own_words();
                if !content.is_empty() {
                    passages.push(Passage::of(content));
                }
                let words = words.into_iter().filter(|words| !words.is_empty());
                passages.extend(words.map(|words| Passage::of_words(words.to_owned())));
            }
        }
        block.bodies().for_each(|body| collect(body, passages));
    }
}

impl Passage {
    fn of(content: &[Inline]) -> Self {
        let mut hash = Fnv::new();
        hash_words(content, &mut hash);
        let mut text = plain(content);
        addresses(content, &mut text);
        Self { hash: hash.digits(DIGITS), text }
    }

    fn of_words(text: String) -> Self {
        let mut hash = Fnv::new();
        hash.bytes(text.as_bytes());
        Self { hash: hash.digits(DIGITS), text }
    }

    fn of_code(snippet: &Snippet) -> Self {
        let mut hash = Fnv::new();
        match &snippet.code {
            Ok(runs) => runs.iter().for_each(|run| match run.hole {
                Some(_) => hash.bytes(VALUE.as_bytes()),
                None => hash.bytes(run.text.as_bytes()),
            }),
            // What stands there is not known until the reader mends a value.
            Err(_) => hash.bytes(snippet.id.as_bytes()),
        }
        let title = snippet.facts.title.as_deref().unwrap_or_default();
        hash.bytes(if is_answered(snippet, "title") { VALUE } else { title }.as_bytes());
        let code = snippet.text().unwrap_or_default();
        let parts = [title, code.trim_end()].into_iter().filter(|part| !part.is_empty());
        let text = parts.collect::<Vec<_>>().join("\n");
        Self { hash: hash.digits(DIGITS), text }
    }
}

/// What the author says of a snippet beside its title, in the words of the attributes; with this
/// in the place of what is made of the reader's values.
fn facts(snippet: &Snippet, in_place: Option<&str>) -> String {
    let Facts { title: _, scope, restart, reconnect, verified: _, expect, caution } = &snippet.facts;
    let truth = |truth: &Option<bool>| truth.map(|truth| if truth { "true" } else { "false" });
    let mut facts = snippet.language.clone();
    for (name, fact) in [
        ("scope", scope.as_deref()),
        ("restart", truth(restart)),
        ("reconnect", truth(reconnect)),
        ("expect", expect.as_deref()),
        ("caution", caution.as_deref()),
    ] {
        let Some(fact) = in_place.filter(|_| is_answered(snippet, name)).or(fact) else { continue };
        let between = if facts.is_empty() { "" } else { ", " };
        [between, name, ": ", fact].into_iter().for_each(|part| facts.push_str(part));
    }
    facts
}

fn is_answered(snippet: &Snippet, fact: &str) -> bool {
    snippet.answered.iter().any(|answered| answered == fact)
}

/// Where links lead and what pictures are of, behind the words.
fn addresses(content: &[Inline], text: &mut String) {
    for inline in content {
        match inline {
            Inline::Strong(inner) | Inline::Em(inner) | Inline::Struck(inner) => addresses(inner, text),
            Inline::Link { href, content, .. } => {
                add_address(href, text);
                addresses(content, text);
            }
            Inline::Image { src, .. } => add_address(src, text),
            Inline::Variants(variants) => variants.iter().for_each(|variant| addresses(&variant.value, text)),
            Inline::Text(_) | Inline::Code(_) | Inline::Filled(_) | Inline::Break => {}
        }
    }
}

fn add_address(address: &str, text: &mut String) {
    [" (", address, ")"].into_iter().for_each(|part| text.push_str(part));
}

/// What the author wrote, with a mark in the place of each value.
fn hash_words(content: &[Inline], hash: &mut Fnv) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) => hash.bytes(text.as_bytes()),
            Inline::Filled(_) => hash.bytes(VALUE.as_bytes()),
            Inline::Strong(inner) | Inline::Em(inner) | Inline::Struck(inner) => hash_words(inner, hash),
            Inline::Link { href, content, .. } => {
                hash.bytes(href.as_bytes());
                hash_words(content, hash);
            }
            Inline::Image { src, .. } => hash.bytes(src.as_bytes()),
            Inline::Break => hash.byte(b'\n'),
            Inline::Variants(variants) => {
                variants.iter().for_each(|variant| hash_words(&variant.value, hash))
            }
        }
    }
}
