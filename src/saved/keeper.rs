//! Keeps one run in a store that other tabs write to as well: a state goes in, and after
//! [`Keeper::sync`] the state and the store hold the same.
//!
//! The store itself is an [`Area`], handed in; so faults and races are tested without a
//! browser.

use super::{Saved, Unreadable, read, write};
use crate::{percent::decoded, progress::Timestamp, state::State};

/// A store of named texts, as a browser's `localStorage`.
pub trait Area {
    /// The text under a key.
    fn get(&self, key: &str) -> Result<Option<String>, Fault>;
    /// Puts a text under a key, in place of the one there.
    fn set(&self, key: &str, text: &str) -> Result<(), Fault>;
    /// Takes a key away, with its text.
    fn remove(&self, key: &str) -> Result<(), Fault>;
    /// Every key, those of others included.
    fn keys(&self) -> Result<Vec<String>, Fault>;
    /// Whether it keeps what is put there. One that does not is never asked for it.
    fn keeps(&self) -> bool {
        true
    }
}

/// Why a store refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It may not be used, or there is none.
    Forbidden,
    /// It has no room left.
    Full,
}

/// Keeps one run of one guide.
pub struct Keeper<A> {
    area: A,
    key: String,
    guide: String,
    run: String,
    /// The text last seen in the store, and what it says: a large run is not read again at
    /// every tick.
    seen: Option<(String, Saved)>,
    /// What was set aside since this page was opened, or removed by somebody. The reader
    /// should go on seeing it.
    told: Option<Trouble>,
}

/// What came of keeping a state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Whether the store had something newer, so that the state is another now.
    pub changed: bool,
    /// What the reader should be told.
    pub trouble: Option<Trouble>,
}

/// What went wrong with the store. The page goes on, and its state in memory is the truth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing can be kept.
    Forbidden,
    /// There is no room left.
    Full,
    /// What was stored has gone while it was in use, and was stored again.
    Removed,
    /// What was stored cannot be read, or not wholly, and is now under a key of its own.
    SetAside {
        /// Why; `None` where only a part was damaged.
        why: Option<Unreadable>,
        /// Where it is now.
        key: String,
    },
    /// What is stored stays as it is, and nothing is saved.
    ReadOnly {
        /// Why.
        why: Unreadable,
    },
}

impl<A: Area> Keeper<A> {
    /// A keeper of one run in `area`.
    pub fn new(area: A, guide: &str, run: &str) -> Self {
        let key = key_of(guide, run);
        Self { area, key, guide: guide.to_owned(), run: run.to_owned(), seen: None, told: None }
    }

    /// The key that the run is kept under.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Merges the state with what is stored, and stores what the store lacked. This is also
    /// how a state is first loaded: an empty one lacks everything and adds nothing.
    ///
    /// `heard` is what another tab says that it stored. Browsers pass such writes on with a
    /// delay, so two tabs may each overwrite what they have not seen; whoever hears a text
    /// that lacks something of theirs writes again, and all end with the same.
    pub fn sync(&mut self, state: &mut State, heard: Option<&str>, now: Timestamp) -> Kept {
        if !self.area.keeps() {
            return Kept::default();
        }
        let mut stored = self.stored(heard, now);
        let mut changed = state.merge(&stored.saved.state);
        if let Some(Ok(mut heard)) = heard.map(|text| self.read(text)) {
            changed |= state.merge(&heard.state);
            stored.write |= stored.saved.state.merge(&heard.state);
            stored.write |= heard.state.merge(state);
        }
        stored.write |= stored.saved.state.merge(state);

        let trouble = match stored.refusal {
            Some(trouble) => Some(trouble),
            None if stored.write => self.write(stored.saved).err().map(Trouble::from),
            None => {
                self.seen = stored.text.map(|text| (text, stored.saved));
                None
            }
        };
        Kept { changed, trouble: trouble.or_else(|| self.told.clone()) }
    }

    /// What the store has, or had of a run that was put away. What cannot be read is set aside on
    /// the way.
    fn stored(&mut self, heard: Option<&str>, now: Timestamp) -> Stored {
        let nothing =
            Stored { text: None, saved: Saved::new(&self.guide, &self.run), write: false, refusal: None };
        let text = match self.area.get(&self.key) {
            Ok(Some(text)) => text,
            Ok(None) => {
                let was_there = self.seen.is_some();
                let heard = heard.and_then(|text| Some((text.to_owned(), self.read(text).ok()?)));
                let mut last = heard.into_iter().chain(self.seen.take());
                if let Some((text, saved)) = last.find(|(_, saved)| saved.state.deleted.value) {
                    // Somebody removed it for good. It is as if it still stood there: what was put
                    // away is stored again only with something new.
                    return Stored { text: Some(text), saved, ..nothing };
                }
                if was_there {
                    self.told = Some(Trouble::Removed);
                }
                return nothing;
            }
            Err(fault) => return Stored { refusal: Some(fault.into()), ..nothing },
        };
        if let Some((seen, saved)) = self.seen.take()
            && seen == text
        {
            return Stored { text: Some(text), saved, ..nothing };
        }
        match self.read(&text) {
            Ok(saved) if saved.damaged.is_empty() => Stored { text: Some(text), saved, ..nothing },
            Ok(saved) => {
                let refusal = self.set_aside(&text, None, now).err().map(Trouble::from);
                Stored { saved: Saved { damaged: Vec::new(), ..saved }, write: true, refusal, ..nothing }
            }
            Err(why @ Unreadable::Newer { .. }) => {
                Stored { refusal: Some(Trouble::ReadOnly { why }), ..nothing }
            }
            Err(why) => match self.set_aside(&text, Some(why.clone()), now) {
                Ok(()) => Stored { write: true, ..nothing },
                Err(_) => Stored { refusal: Some(Trouble::ReadOnly { why }), ..nothing },
            },
        }
    }

    fn write(&mut self, saved: Saved) -> Result<(), Fault> {
        let text = write(&saved);
        self.area.set(&self.key, &text).map_err(|fault| self.meaning_of(fault))?;
        self.seen = Some((text, saved));
        Ok(())
    }

    /// What a refusal means: a store that is full of nothing is none, as browsers give one in
    /// private windows.
    fn meaning_of(&self, fault: Fault) -> Fault {
        match self.area.keys() {
            Ok(keys) if keys.is_empty() => Fault::Forbidden,
            _ => fault,
        }
    }

    fn read(&self, text: &str) -> Result<Saved, Unreadable> {
        read(text)?.of_guide(&self.guide)
    }

    /// Copies a text to a key of its own. One that is there already is left: a store that had
    /// room for the copy alone is tried again and again.
    fn set_aside(&mut self, text: &str, why: Option<Unreadable>, now: Timestamp) -> Result<(), Fault> {
        let prefix = [&self.key, ":unreadable:"].concat();
        let copies: Vec<String> =
            self.area.keys()?.into_iter().filter(|key| key.starts_with(&prefix)).collect();
        for key in &copies {
            if self.area.get(key)?.as_deref() == Some(text) {
                self.told = Some(Trouble::SetAside { why, key: key.clone() });
                return Ok(());
            }
        }
        let named = |time: u64| [&prefix, &time.to_string()[..]].concat();
        let mut time = now.0;
        // Another text of the same moment has its key.
        while copies.contains(&named(time)) {
            time += 1;
        }
        let key = named(time);
        self.area.set(&key, text)?;
        self.told = Some(Trouble::SetAside { why, key });
        Ok(())
    }
}

/// What a store has of a run.
struct Stored {
    /// The text that `saved` stands for word by word.
    text: Option<String>,
    saved: Saved,
    /// Whether the store needs to be written even if it lacks nothing.
    write: bool,
    /// Why the store may not be written.
    refusal: Option<Trouble>,
}

/// The key of a run.
pub(super) fn key_of(guide: &str, run: &str) -> String {
    ["upgrade-checklist:v1:", &key_part(guide), ":", &key_part(run)].concat()
}

/// A part of a key, without the colon that parts keys.
fn key_part(text: &str) -> String {
    text.replace('%', "%25").replace(':', "%3A")
}

/// The text that such a part stands for.
pub(super) fn from_key_part(part: &str) -> String {
    decoded(part)
}

impl Kept {
    /// Whether what the state says is in this page only.
    pub fn is_refused(&self) -> bool {
        self.trouble.as_ref().is_some_and(Trouble::is_refusal)
    }
}

impl Trouble {
    /// Whether what the reader does now is in this page only.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Forbidden | Self::Full | Self::ReadOnly { .. })
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Forbidden => Self::Forbidden,
            Fault::Full => Self::Full,
        }
    }
}
