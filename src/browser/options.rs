//! What an element asks for by its attributes. Those that are needed before the program is there
//! (`src`, `guides`, `loading`, `lang`) are read in `upgrade-checklist.js`, and `theme` by the
//! styles.

use super::advice::warn;
use super::storage::BrowserStorage;
use crate::environment::{Locked, Presets};
use crate::markdoc::Base;
use crate::words::Words;
use web_sys::Element;

/// The level of a checklist's title where its page does not say: below the page's own.
const HEADING_LEVEL: u8 = 2;

/// The attributes of which only some values mean something, and those. `theme` is read by the
/// styles, and `loading` before there is anything here.
const KNOWN: [(&str, &[&str]); 5] = [
    ("theme", &["light", "dark", "auto"]),
    ("storage", &["local", "session", "none"]),
    ("heading-level", &["1", "2", "3", "4", "5", "6"]),
    ("url-state", &["none", "hash"]),
    ("loading", &["lazy", "eager"]),
];

/// What an element asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// `guide-id`; without it the newest guide.
    pub guide: Option<String>,
    /// `run`: the name of the run; without it the one last shown.
    pub run: Option<String>,
    /// `storage`: what keeps the run.
    pub storage: BrowserStorage,
    /// `base`: the site that the page's own links lead to; the guide's own, without.
    pub base: Option<String>,
    /// `heading-level`: the level of the checklist's title among its host's headings.
    pub heading_level: u8,
    /// `lang`, the element's own or the nearest around it: the language of the program's words.
    pub words: &'static Words,
    /// `url-state="hash"`: links carry answers in the page's own address.
    pub has_address: bool,
    /// `set-NAME` and `lock`: what the page answers for its readers.
    pub presets: Presets,
}

impl Options {
    /// Whether the run of these options is that of others.
    pub fn asks_for_the_run_of(&self, other: &Self) -> bool {
        (&self.guide, &self.run, &self.base, self.storage)
            == (&other.guide, &other.run, &other.base, other.storage)
    }

    /// What an element asks for now, where this is the language around it.
    pub fn of(element: &Element, lang: &str) -> Self {
        let attribute = |name| element.get_attribute(name).filter(|value| !value.is_empty());
        for (name, known) in KNOWN {
            if let Some(value) = attribute(name).filter(|value| !known.contains(&value.as_str())) {
                warn(&[name, "=\"", &value, "\" means nothing. It may be: ", &known.join(", ")]);
            }
        }
        if let (Some(_), Some(src)) = (attribute("guides"), attribute("src")) {
            warn(&["src=\"", &src, "\" is not shown: guides is, and there can be one of them."]);
        }
        let level = attribute("heading-level").and_then(|level| level.parse().ok());
        let names = element.get_attribute_names().into_iter().filter_map(|name| name.as_string());
        let answers = names.filter_map(|name| {
            // An attribute's name cannot hold a capital letter, an input's may hold an underscore.
            let input = name.strip_prefix("set-")?.to_owned();
            Some((input, element.get_attribute(&name)?))
        });
        let locked = match element.get_attribute("lock") {
            None => Locked::Nothing,
            Some(names) if names.trim().is_empty() => Locked::Everything,
            Some(names) => Locked::Only(names.split_whitespace().map(str::to_owned).collect()),
        };
        Self {
            guide: attribute("guide-id"),
            run: attribute("run"),
            storage: match attribute("storage").as_deref() {
                Some("session") => BrowserStorage::Session,
                Some("none") => BrowserStorage::None,
                _ => BrowserStorage::Local,
            },
            heading_level: level.filter(|level| (1..=6).contains(level)).unwrap_or(HEADING_LEVEL),
            base: attribute("base").filter(|base| is_base(base)),
            words: Words::of(lang),
            has_address: attribute("url-state").as_deref() == Some("hash"),
            presets: Presets::new(answers, locked),
        }
    }
}

/// Whether links can lead to a site that is called so; its host's author is told if not.
fn is_base(address: &str) -> bool {
    let is_usable = Base::new(address).is_some();
    if !is_usable {
        warn(&["base=\"", address, "\" means nothing. It must be an address that starts with https://"]);
    }
    is_usable
}
