//! The stored and exported form of one run: text goes in, a [`Saved`] or the reason why not
//! comes out, and back.
//!
//! Start with [`read`]; [`Keeper`] keeps a run in a store that other tabs share. Reading never fails on what a later program added: members that it does
//! not know are kept and written back. A change that this rule cannot carry, as another kind
//! of mark, is a new [`SCHEMA`]. What is empty is left out; times are milliseconds since
//! 1970 in UTC.
//!
//! ```json
//! {"schema":1,"guide":"openmetadata-1.4.0","run":"default",
//!  "inputs":{"engine":{"value":"postgres","at":1732300000000}},
//!  "steps":{"prerequisites/backup":{"mark":"done","at":1732300060000,"fingerprint":"9f2c",
//!                                   "note":"in s3://backups","noteAt":1732300065000}}}
//! ```
//!
//! The form is walked as a tree rather than derived: one damaged record must not cost the
//! others, and the browser downloads less.

mod keeper;

pub use keeper::{Area, Fault, Keeper, Kept, Trouble};

use crate::progress::{Mark, Progress, Record, StepId, Timestamp, Unknown};
use crate::state::{Input, State};
use serde_json::{Map, Value};
use std::{collections::BTreeMap, fmt};

/// The schema that is written.
pub const SCHEMA: u64 = 1;

/// The longest text that is read. The largest guides need a tenth of it.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// One run of a guide, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// The guide's id.
    pub guide: String,
    /// The run's id.
    pub run: String,
    /// What the person chose and did.
    pub state: State,
    /// What a later version of this program keeps here.
    pub unknown: Unknown,
    /// Where something stood that is not what this schema says, as `steps/backup/at`. It was
    /// left out; whoever keeps the text should keep a copy.
    pub damaged: Vec<String>,
}

/// Why a text is not a saved run. Each is a sentence for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is longer than [`MAX_BYTES`].
    TooLarge {
        /// How long it is.
        bytes: usize,
    },
    /// It ends too early.
    CutShort,
    /// It is not JSON.
    NotJson,
    /// It is JSON, but no run of a checklist.
    NotSaved,
    /// A newer version of this program wrote it.
    Newer {
        /// Its schema.
        schema: u64,
    },
    /// It belongs to another guide.
    OtherGuide {
        /// That guide's id.
        guide: String,
    },
}

/// Reads a saved run.
pub fn read(text: &str) -> Result<Saved, Unreadable> {
    if text.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge { bytes: text.len() });
    }
    // Editors that mark a file as UTF-8 put this in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut members = match serde_json::from_str(text) {
        Ok(Value::Object(members)) => members,
        Ok(_) => return Err(Unreadable::NotSaved),
        Err(error) if error.is_eof() => return Err(Unreadable::CutShort),
        Err(_) => return Err(Unreadable::NotJson),
    };
    match members.remove("schema").and_then(|schema| schema.as_u64()) {
        Some(SCHEMA) => {}
        Some(schema) if schema > SCHEMA => return Err(Unreadable::Newer { schema }),
        _ => return Err(Unreadable::NotSaved),
    }
    let (Some(Value::String(guide)), Some(Value::String(run))) =
        (members.remove("guide"), members.remove("run"))
    else {
        return Err(Unreadable::NotSaved);
    };

    let mut damaged = Vec::new();
    let inputs = read_entries("inputs", &mut members, &mut damaged, read_input);
    let steps = read_entries("steps", &mut members, &mut damaged, read_record);
    let progress: Progress = steps.into_iter().map(|(id, record)| (StepId::from(id), record)).collect();
    let state = State::new(progress, inputs);
    Ok(Saved { guide, run, state, unknown: read_unknown(members), damaged })
}

/// Writes a run, so that [`read`] gives the same again.
pub fn write(saved: &Saved) -> String {
    let inputs = saved.state.all_inputs().map(|(name, input)| (name, write_input(input)));
    let steps = saved.state.progress.records().map(|(id, record)| (id.as_ref(), write_record(record)));
    object(
        vec![
            ("schema", SCHEMA.to_string()),
            ("guide", quoted(&saved.guide)),
            ("run", quoted(&saved.run)),
            ("inputs", object(inputs.collect(), &Unknown::default())),
            ("steps", object(steps.collect(), &Unknown::default())),
        ],
        &saved.unknown,
    )
}

impl Saved {
    /// A run that nothing is known of yet.
    pub fn new(guide: &str, run: &str) -> Self {
        Self { guide: guide.to_owned(), run: run.to_owned(), ..Self::default() }
    }

    /// The same run, if it is one of this guide.
    pub fn of_guide(self, guide: &str) -> Result<Self, Unreadable> {
        if self.guide == guide { Ok(self) } else { Err(Unreadable::OtherGuide { guide: self.guide }) }
    }

    /// Takes over what is newer in another copy of this run. Says whether that changed
    /// anything.
    pub fn merge(&mut self, other: &Self) -> bool {
        let changed = self.state.merge(&other.state);
        self.unknown.merge(&other.unknown) || changed
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { bytes } => write!(
                out,
                "The saved progress is {} MB long, more than any checklist needs.",
                bytes / (1024 * 1024)
            ),
            Self::CutShort => out.write_str("The saved progress ends too early; a part of it is missing."),
            Self::NotJson => out.write_str("The saved progress is damaged and cannot be read."),
            Self::NotSaved => out.write_str("What is saved here is not the progress of a checklist."),
            Self::Newer { schema } => write!(
                out,
                "The progress was saved by a newer version of this page (schema {schema}). It is left as it is."
            ),
            Self::OtherGuide { guide } => {
                write!(out, "The saved progress belongs to another checklist, “{guide}”.")
            }
        }
    }
}

impl std::error::Error for Unreadable {}

/// Reads an object of named entries. What is no such object, and each entry that is none, is
/// noted as damaged.
fn read_entries<T>(
    name: &str,
    members: &mut Map<String, Value>,
    damaged: &mut Vec<String>,
    read_entry: fn(&mut Members<'_>) -> T,
) -> BTreeMap<String, T> {
    let entries = match members.remove(name) {
        None => return BTreeMap::new(),
        Some(Value::Object(entries)) => entries,
        Some(_) => {
            damaged.push(name.to_owned());
            return BTreeMap::new();
        }
    };
    let mut read = BTreeMap::new();
    for (key, value) in entries {
        let path = format!("{name}/{key}");
        match value {
            Value::Object(members) => {
                let mut members = Members { path, members, damaged };
                read.insert(key, read_entry(&mut members));
            }
            _ => damaged.push(path),
        }
    }
    read
}

fn read_input(members: &mut Members<'_>) -> Input {
    Input { value: members.text("value"), at: members.time("at"), unknown: members.unknown() }
}

fn read_record(members: &mut Members<'_>) -> Record {
    Record {
        mark: members.mark(),
        at: members.time("at"),
        fingerprint: members.text("fingerprint").unwrap_or_default(),
        note: members.text("note").unwrap_or_default(),
        note_at: members.time("noteAt"),
        unknown: members.unknown(),
    }
}

/// The members of an entry that are not yet read.
struct Members<'a> {
    path: String,
    members: Map<String, Value>,
    damaged: &'a mut Vec<String>,
}

impl Members<'_> {
    fn text(&mut self, name: &str) -> Option<String> {
        match self.members.remove(name)? {
            Value::String(text) => Some(text),
            Value::Null => None,
            _ => self.damage(name),
        }
    }

    fn time(&mut self, name: &str) -> Timestamp {
        let time = self.members.remove(name).and_then(|value| time_of(&value).or_else(|| self.damage(name)));
        time.unwrap_or_default()
    }

    fn mark(&mut self) -> Option<Mark> {
        match self.text("mark")?.as_str() {
            "done" => Some(Mark::Done),
            "not-applicable" => Some(Mark::NotApplicable),
            _ => self.damage("mark"),
        }
    }

    fn unknown(&mut self) -> Unknown {
        read_unknown(std::mem::take(&mut self.members))
    }

    fn damage<T>(&mut self, name: &str) -> Option<T> {
        self.damaged.push(format!("{}/{name}", self.path));
        None
    }
}

/// What is left when every known member was taken out.
fn read_unknown(members: Map<String, Value>) -> Unknown {
    let mut unknown = Unknown::default();
    for (name, value) in members {
        let at = value.get("at").and_then(time_of).unwrap_or_default();
        unknown.keep(name, at, value.to_string());
    }
    unknown
}

fn time_of(value: &Value) -> Option<Timestamp> {
    value.as_u64().map(Timestamp).filter(|time| *time <= Timestamp::MAX)
}

fn write_input(input: &Input) -> String {
    let mut members = Vec::new();
    if let Some(value) = &input.value {
        members.push(("value", quoted(value)));
    }
    push_time(&mut members, "at", input.at);
    object(members, &input.unknown)
}

fn write_record(record: &Record) -> String {
    let mut members = Vec::new();
    if let Some(mark) = record.mark {
        let name = match mark {
            Mark::Done => "done",
            Mark::NotApplicable => "not-applicable",
        };
        members.push(("mark", quoted(name)));
    }
    push_time(&mut members, "at", record.at);
    push_text(&mut members, "fingerprint", &record.fingerprint);
    push_text(&mut members, "note", &record.note);
    push_time(&mut members, "noteAt", record.note_at);
    object(members, &record.unknown)
}

fn push_text(members: &mut Vec<(&str, String)>, name: &'static str, text: &str) {
    if !text.is_empty() {
        members.push((name, quoted(text)));
    }
}

fn push_time(members: &mut Vec<(&str, String)>, name: &'static str, time: Timestamp) {
    if time > Timestamp::default() {
        members.push((name, time.0.to_string()));
    }
}

/// An object of members that are JSON already.
fn object(members: Vec<(&str, String)>, unknown: &Unknown) -> String {
    let mut out = String::from("{");
    let known = members.iter().map(|(name, json)| (*name, json.as_str()));
    for (name, json) in known.chain(unknown.members()) {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str(&quoted(name));
        out.push(':');
        out.push_str(json);
    }
    out.push('}');
    out
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
