//! The stored form of one run: text goes in, a [`Saved`] or the reason why not comes out,
//! and back.
//!
//! Start with [`read`]; [`Keeper`] keeps a run in a store that other tabs share. Reading
//! never fails on what a later program added: members that it does not know are kept and
//! written back. A change that this rule cannot carry, as another kind of mark, is a new
//! [`SCHEMA`]. What is empty is left out; times are milliseconds since 1970 in UTC.
//!
//! ```json
//! {"schema":1,"guide":"openmetadata-1.4.0","run":"default",
//!  "inputs":{"engine":{"value":"postgres","at":1732300000000}},
//!  "steps":{"raise-memory":{"mark":"done","at":1732300060000,"fingerprint":"9f2c",
//!    "seen":{"at":1732300060000,"passages":"3fa91c","for":{"engine":"postgres"}},
//!    "read":{"at":1732300060000,"texts":{"3fa91c":"Raise the memory for the migration"}},
//!    "note":"for the nightly migration","noteAt":1732300065000,
//!    "evidence":{"raise-memory#9":{"at":1732300070000,"text":"20MB","expected":"20MB","verdict":"expected"}}}}}
//! ```
//!
//! `run.schema.json` beside this file says the same as a JSON Schema, and ships with the page.
//! A part that came later carries its own `at`, so that a page of an earlier version merges it
//! rightly without understanding it; and what is known of the step at the time of its mark,
//! `seen` and `read`, counts only while its `at` is that of the mark.
//!
//! The form is walked member by member rather than derived: one damaged record must not cost
//! the others, and the browser downloads less.

pub(crate) mod json;
mod keeper;
mod link;
mod members;
mod runs;

pub use keeper::{Area, Fault, Keeper, Kept, Trouble};
pub use link::{read_link, write_link};
pub use runs::{DEFAULT_RUN, KnownRun, forget, runs, unused_id};

use crate::by_name::ByName;
use crate::progress::{
    Decision, Evidence, Latest, Mark, Progress, Record, Seen, StepId, Timestamp, Unknown, Verdict, judge,
};
use crate::state::{Input, State};
use crate::words::ENGLISH;
use json::{Json, Object};
use members::Members;
use std::fmt;

/// The schema that is written.
pub const SCHEMA: u64 = 1;

/// The longest text that is read. The largest guides need a tenth of it.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// What a mark is called.
const MARKS: [(Mark, &str); 3] =
    [(Mark::Done, "done"), (Mark::NotApplicable, "not-applicable"), (Mark::Ours, "ours")];

/// What a verdict is called.
const VERDICTS: [(Verdict, &str); 3] =
    [(Verdict::Expected, "expected"), (Verdict::Among, "among"), (Verdict::Other, "other")];

/// One run of a guide, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// The guide's id.
    pub guide: String,
    /// The run's id.
    pub run: String,
    /// What the person chose and did.
    pub state: State,
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
    let json = Json::parse(text).map_err(|error| match error {
        json::Error::CutShort => Unreadable::CutShort,
        json::Error::NotJson => Unreadable::NotJson,
    })?;
    let mut damaged = Vec::new();
    let members = json.members().ok_or(Unreadable::NotSaved)?;
    let mut run = Members { path: String::new(), members, damaged: &mut damaged };
    match run.take("schema").and_then(Json::whole_number) {
        Some(SCHEMA) => {}
        Some(schema) if schema > SCHEMA => return Err(Unreadable::Newer { schema }),
        _ => return Err(Unreadable::NotSaved),
    }
    let mut name = |name| run.take(name).and_then(Json::text).ok_or(Unreadable::NotSaved);
    let (guide, name) = (name("guide")?, name("run")?);

    let mut inputs = Vec::new();
    for (name, json) in run.entries("inputs") {
        if let Some(mut members) = run.entry("inputs", &name, json) {
            inputs.push((name, read_input(&mut members)));
        }
    }
    let mut records = Vec::new();
    for (id, json) in run.entries("steps") {
        if let Some(mut members) = run.entry("steps", &id, json) {
            records.push((StepId::from(id), read_record(&mut members)));
        }
    }
    let mut state = State::new(Progress::new(records), inputs);
    if let Some(mut members) = run.part("name") {
        state.name = Latest::new(members.text("value").unwrap_or_default(), members.time("at"));
        members.end();
    }
    if let Some(mut members) = run.part("deleted") {
        state.deleted = Latest::new(members.truth("value"), members.time("at"));
        members.end();
    }
    if let Some(mut members) = run.part("startedOver") {
        state.begin(members.time("at"));
        members.end();
    }
    state.unknown = run.unknown();
    Ok(Saved { guide, run: name, state, damaged })
}

/// Writes a run, so that [`read`] gives the same again.
pub fn write(saved: &Saved) -> String {
    let mut out = String::new();
    let mut run = Object::open(&mut out);
    run.number("schema", SCHEMA);
    run.text("guide", &saved.guide);
    run.text("run", &saved.run);
    let State { progress, name, deleted, .. } = &saved.state;
    let mut inputs = run.object("inputs");
    saved.state.all_inputs().for_each(|(name, input)| write_input(inputs.object(name), input));
    drop(inputs);
    let mut steps = run.object("steps");
    progress.records().for_each(|(id, record)| write_record(steps.object(id.as_ref()), record));
    drop(steps);
    if *name != Latest::default() {
        write_part(run.object("name"), name.at, &[("value", &name.value)]);
    }
    if *deleted != Latest::default() {
        let mut part = run.object("deleted");
        part.number("at", deleted.at.0);
        part.json("value", if deleted.value { "true" } else { "false" });
    }
    if saved.state.begun() != Timestamp::default() {
        run.object("startedOver").number("at", saved.state.begun().0);
    }
    write_unknown(run, &saved.state.unknown);
    out
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
}

/// The sentence in English.
impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&(ENGLISH.unreadable)(self))
    }
}

impl std::error::Error for Unreadable {}

fn read_input(members: &mut Members<'_, '_>) -> Input {
    let answer = Latest::new(members.text("value"), members.time("at"));
    Input { answer, unknown: members.unknown() }
}

fn read_record(members: &mut Members<'_, '_>) -> Record {
    let (mark, at) = (members.one_of("mark", &MARKS), members.time("at"));
    let fingerprint = members.text("fingerprint").unwrap_or_default();
    let mut seen = Seen { fingerprint, ..Seen::default() };
    let mut clock = at;
    if let Some(mut part) = members.part("seen") {
        let passages = part.text("passages").unwrap_or_default();
        let answers = part.part("for").map(|mut answers| answers.texts());
        let other = part.has("clock").then(|| part.time("clock"));
        // An earlier version of the page does not know it, and marks without it.
        if part.time("at") == at {
            seen = Seen { passages, answers, ..seen };
            clock = other.unwrap_or(at);
        }
        part.end();
    }
    if let Some(mut part) = members.part("read") {
        let texts = part.part("texts").map(|mut texts| texts.texts());
        if part.time("at") == at {
            seen.texts = texts.unwrap_or_default();
        }
        part.end();
    }
    // That there is none holds since the decision, unless it is known since when.
    let mut reason = Latest::new(String::new(), at);
    if let Some(mut part) = members.part("reason") {
        reason = Latest::new(part.text("value").unwrap_or_default(), part.time("at"));
        part.end();
    }
    let mut evidence = ByName::default();
    for (snippet, json) in members.entries("evidence") {
        if let Some(mut part) = members.entry("evidence", &snippet, json) {
            let text = part.text("text");
            let expected = part.text("expected").unwrap_or_default();
            let verdict = part.one_of("verdict", &VERDICTS).unwrap_or(Verdict::Other);
            // Whoever wrote it may have judged otherwise, but has seen what was not kept of it.
            let proof = text.map(|text| {
                let judged = judge(&expected, &text);
                Evidence { verdict: verdict.min(judged.verdict), text, expected }
            });
            evidence.insert(snippet, Latest::new(proof, part.time("at")));
            part.end();
        }
    }
    let note = Latest::new(members.text("note").unwrap_or_default(), members.time("noteAt"));
    let decision = Latest::new(Decision { mark, seen, clock }, at);
    Record { decision, reason, note, evidence, unknown: members.unknown() }
}

fn write_input(mut out: Object<'_>, input: &Input) {
    if let Some(value) = &input.answer.value {
        out.text("value", value);
    }
    write_time(&mut out, "at", input.answer.at);
    write_unknown(out, &input.unknown);
}

fn write_record(mut out: Object<'_>, record: &Record) {
    let Record { decision, reason, note, evidence, unknown } = record;
    let Decision { mark, seen, clock } = &decision.value;
    if let Some(mark) = mark {
        out.text("mark", name_of(*mark, &MARKS));
    }
    write_time(&mut out, "at", decision.at);
    write_text(&mut out, "fingerprint", &seen.fingerprint);
    if seen.answers.is_some() || !seen.passages.is_empty() || *clock != decision.at {
        write_seen(out.object("seen"), seen, *clock, decision.at);
    }
    if !seen.texts.is_empty() {
        let mut read = out.object("read");
        read.number("at", decision.at.0);
        write_texts(read.object("texts"), &seen.texts);
    }
    write_text(&mut out, "note", &note.value);
    write_time(&mut out, "noteAt", note.at);
    if !reason.value.is_empty() || reason.at != decision.at {
        write_part(out.object("reason"), reason.at, &[("value", &reason.value)]);
    }
    let mut proofs = evidence.iter().peekable();
    if proofs.peek().is_some() {
        let mut all = out.object("evidence");
        proofs.for_each(|(snippet, evidence)| write_evidence(all.object(snippet), evidence));
    }
    write_unknown(out, unknown);
}

fn write_seen(mut out: Object<'_>, seen: &Seen, clock: Timestamp, at: Timestamp) {
    out.number("at", at.0);
    if clock != at {
        out.number("clock", clock.0);
    }
    write_text(&mut out, "passages", &seen.passages);
    if let Some(answers) = &seen.answers {
        write_texts(out.object("for"), answers);
    }
}

fn write_evidence(out: Object<'_>, evidence: &Latest<Option<Evidence>>) {
    let Some(Evidence { text, expected, verdict }) = &evidence.value else {
        return write_part(out, evidence.at, &[]);
    };
    let verdict = name_of(*verdict, &VERDICTS);
    write_part(out, evidence.at, &[("text", text), ("expected", expected), ("verdict", verdict)]);
}

/// The name of one of these.
fn name_of<T: PartialEq>(value: T, known: &[(T, &'static str)]) -> &'static str {
    known.iter().find(|(other, _)| *other == value).map_or("", |(_, name)| name)
}

/// A part that carries its own time.
fn write_part(mut out: Object<'_>, at: Timestamp, texts: &[(&str, &str)]) {
    out.number("at", at.0);
    texts.iter().for_each(|(name, text)| out.text(name, text));
}

fn write_texts(mut out: Object<'_>, texts: &[(String, String)]) {
    texts.iter().for_each(|(name, text)| out.text(name, text));
}

fn write_text(out: &mut Object<'_>, name: &str, text: &str) {
    if !text.is_empty() {
        out.text(name, text);
    }
}

fn write_time(out: &mut Object<'_>, name: &str, time: Timestamp) {
    if time > Timestamp::default() {
        out.number(name, time.0);
    }
}

/// What a later version keeps stands behind what is known.
fn write_unknown(mut out: Object<'_>, unknown: &Unknown) {
    unknown.members().for_each(|(name, json)| out.json(name, json));
}
