//! The members of an object of JSON, while they are read one by one: what is not as it should be
//! is left out, and its place noted.

use super::json::Json;
use crate::progress::{Timestamp, Unknown};

/// The members of an object that are not yet read.
pub(super) struct Members<'a, 'd> {
    /// Where the object stands: `steps/backup/`.
    pub(super) path: String,
    /// In the order of their names.
    pub(super) members: Vec<(String, Json<'a>)>,
    /// The places of what is not as it should be.
    pub(super) damaged: &'d mut Vec<String>,
}

impl<'a> Members<'a, '_> {
    pub(super) fn take(&mut self, name: &str) -> Option<Json<'a>> {
        let place = self.members.binary_search_by(|(other, _)| other.as_str().cmp(name)).ok()?;
        Some(self.members.remove(place).1)
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let json = self.take(name)?;
        if json.is_null() { None } else { json.text().or_else(|| self.damage(name)) }
    }

    pub(super) fn time(&mut self, name: &str) -> Timestamp {
        let time = self.take(name).and_then(|json| time_of(json).or_else(|| self.damage(name)));
        time.unwrap_or_default()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.members.iter().any(|(other, _)| other == name)
    }

    pub(super) fn truth(&mut self, name: &str) -> bool {
        let truth = self.take(name).and_then(|json| json.truth().or_else(|| self.damage(name)));
        truth.unwrap_or_default()
    }

    /// Every member, each of them a text.
    pub(super) fn texts(&mut self) -> Vec<(String, String)> {
        let members = std::mem::take(&mut self.members).into_iter().filter(|(_, json)| !json.is_null());
        let text = |(name, json): (String, Json<'_>)| {
            let text = json.text().or_else(|| self.damage(&name))?;
            Some((name, text))
        };
        members.filter_map(text).collect()
    }

    /// One of these, by its name.
    pub(super) fn one_of<T: Copy>(&mut self, name: &str, known: &[(T, &str)]) -> Option<T> {
        let text = self.text(name)?;
        let found = known.iter().find(|(_, other)| *other == text);
        found.map(|(value, _)| *value).or_else(|| self.damage(name))
    }

    /// An object that is a part of this one.
    pub(super) fn part(&mut self, name: &str) -> Option<Members<'a, '_>> {
        let json = self.take(name)?;
        self.entry_at(name, json)
    }

    /// Ends a part, in which nothing may be left: what a later version adds, it adds beside
    /// the parts that are known.
    pub(super) fn end(mut self) {
        for (name, _) in std::mem::take(&mut self.members) {
            self.damage::<()>(&name);
        }
    }

    /// An object of named entries.
    pub(super) fn entries(&mut self, name: &str) -> Vec<(String, Json<'a>)> {
        let entries = self.take(name).and_then(|json| json.members().or_else(|| self.damage(name)));
        entries.unwrap_or_default()
    }

    /// One entry of such an object.
    pub(super) fn entry(&mut self, list: &str, name: &str, json: Json<'a>) -> Option<Members<'a, '_>> {
        self.entry_at(&[list, "/", name].concat(), json)
    }

    fn entry_at(&mut self, place: &str, json: Json<'a>) -> Option<Members<'a, '_>> {
        match json.members() {
            Some(members) => {
                Some(Members { path: [&self.path, place, "/"].concat(), members, damaged: self.damaged })
            }
            None => self.damage(place),
        }
    }

    /// What is left when every known member was taken out.
    pub(super) fn unknown(&mut self) -> Unknown {
        let mut unknown = Unknown::default();
        for (name, json) in std::mem::take(&mut self.members) {
            let members = json.members().unwrap_or_default();
            let at = members.into_iter().rfind(|(name, _)| name == "at").and_then(|(_, at)| time_of(at));
            unknown.keep(name, at.unwrap_or_default(), json.compact());
        }
        unknown
    }

    fn damage<T>(&mut self, name: &str) -> Option<T> {
        self.damaged.push([&self.path, name].concat());
        None
    }
}

/// A time that a clock can have given.
fn time_of(json: Json<'_>) -> Option<Timestamp> {
    json.whole_number().map(Timestamp).filter(|time| *time <= Timestamp::LAST_READ)
}
