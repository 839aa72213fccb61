//! What is stored is read again, whoever wrote it, and nothing in it is lost.
//!
//! A case is a file in `tests/data/saved`: `NAME.json` is what a browser may hold, `NAME.txt`
//! what comes of it. `UPDATE_EXPECT=1` writes the latter; read the difference before you
//! accept it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use expect_test::expect_file;
use proptest::{collection::btree_map, collection::vec, prelude::*};
use std::{fs, path::PathBuf};
use upgrade_checklist::progress::{
    Decision, Latest, Mark, Progress, Record, Seen, StepId, Timestamp, Unknown, judge,
};
use upgrade_checklist::saved::{MAX_BYTES, SCHEMA, Saved, Unreadable, read, write};
use upgrade_checklist::state::{Input, State};

#[test]
fn what_a_browser_may_hold_is_read_or_explained() {
    let cases = cases();
    assert!(cases.len() >= 19, "only {} cases in tests/data/saved", cases.len());
    for (path, text) in cases {
        expect_file![path.with_extension("txt")].assert_eq(&outcome(&text));
    }
}

/// A schema that was ever written is read for good. Whoever adds one adds its samples here,
/// and a way from the one before it.
#[test]
fn every_schema_that_was_ever_written_has_samples_that_are_read_whole() {
    for schema in 1..=SCHEMA {
        let prefix = format!("schema-{schema}");
        let name = |path: &PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
        let samples = cases().into_iter().filter(|(path, _)| name(path).starts_with(&prefix));
        let samples: Vec<_> = samples.collect();
        assert!(
            samples.len() >= 3,
            "schema {schema}: an empty run, an ordinary one, and one with everything"
        );
        for (path, text) in samples {
            let saved = read(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
            assert_eq!(saved.damaged, [""; 0], "{}", path.display());
            assert_eq!(saved.state.unknown, Unknown::default(), "{}", path.display());
            assert!(write(&saved).starts_with(&format!("{{\"schema\":{SCHEMA},")));
        }
    }
}

/// What comes of a text: the run as it would be written back, after what was damaged in it;
/// or the sentence that the reader sees.
fn outcome(text: &str) -> String {
    match read(text).and_then(|saved| saved.of_guide("openmetadata-1.4.0")) {
        Ok(saved) => {
            let mut damaged: Vec<_> =
                saved.damaged.iter().map(|place| format!("damaged: {place}\n")).collect();
            damaged.sort();
            // One member a line is easier to compare.
            let written = write(&saved).replace("},", "},\n  ").replace(":{\"", ":{\n  \"");
            damaged.into_iter().chain([written, "\n".to_owned()]).collect()
        }
        Err(error) => format!("{error}\n"),
    }
}

#[test]
fn a_text_longer_than_any_checklist_is_refused_unread() {
    let text = format!(r#"{{"schema":1,"guide":"g","run":"r","x":"{}"}}"#, "x".repeat(MAX_BYTES));
    assert_eq!(read(&text), Err(Unreadable::TooLarge { bytes: text.len() }));
    assert_eq!(
        Unreadable::TooLarge { bytes: 500 << 20 }.to_string(),
        "The saved progress is 500 MB long, more than any checklist needs."
    );
}

#[test]
fn a_text_that_was_cut_anywhere_is_never_taken_for_the_whole() {
    let (_, text) = cases().into_iter().find(|(path, _)| path.ends_with("schema-1.json")).unwrap();
    let whole = text.trim_end();
    for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        assert_eq!(read(&whole[..end]), Err(Unreadable::CutShort), "cut after {end} bytes");
    }
}

#[test]
fn a_large_run_is_well_below_the_limit() {
    let mut state = State::default();
    for step in 0..10_000 {
        let id = StepId::from(format!("backward-incompatible-changes/1.4.0/group-{}/step-{step}", step / 20));
        let seen = Seen {
            fingerprint: "0123456789abcdef".to_owned(),
            passages: "0a1b2c".repeat(4),
            // For so many steps the page keeps none.
            texts: Vec::new(),
            answers: Some(vec![("engine".to_owned(), "postgres".to_owned())]),
        };
        state.progress.mark(
            &id,
            Some(Mark::Done),
            seen,
            Timestamp(1_732_300_000_000),
            Timestamp(1_732_300_000_000),
        );
        state.progress.note(&id, "done by the night shift", Timestamp(1_732_300_000_000));
    }
    let saved = Saved { state, ..Saved::new("large", "default") };
    let text = write(&saved);
    assert!(text.len() < MAX_BYTES / 3, "{} bytes", text.len());
    assert_eq!(read(&text), Ok(saved));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_written_is_read_again(saved in saved()) {
        prop_assert_eq!(read(&write(&saved)), Ok(saved));
    }

    #[test]
    fn a_text_with_a_few_bytes_changed_is_read_or_refused(
        saved in saved(), changes in vec((any::<prop::sample::Index>(), any::<char>()), 1..4),
    ) {
        let mut text: Vec<char> = write(&saved).chars().collect();
        for (place, character) in changes {
            let place = place.index(text.len());
            text[place] = character;
        }
        let text: String = text.into_iter().collect();
        // What was read once is written in a form that is read the same.
        if let Ok(once) = read(&text) {
            let written = write(&once);
            prop_assert_eq!(read(&written), Ok(Saved { damaged: Vec::new(), ..once }));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text: String) {
        prop_assert!(read(&text).is_err());
    }
}

fn cases() -> Vec<(PathBuf, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/saved");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect();
    cases.sort();
    cases
}

fn saved() -> impl Strategy<Value = Saved> {
    let choices = prop::option::of(btree_map(text(), text(), 0..3));
    let texts = btree_map(text(), text(), 0..3);
    let seen = (text(), text(), texts, choices).prop_map(|(fingerprint, passages, texts, choices)| Seen {
        fingerprint,
        passages,
        texts: texts.into_iter().collect(),
        answers: choices.map(|choices| choices.into_iter().collect()),
    });
    let decision =
        latest((mark(), seen, time()).prop_map(|(mark, seen, clock)| Decision { mark, seen, clock }));
    let evidence = (text(), text()).prop_map(|(text, expected)| judge(&expected, &text));
    let evidence = btree_map(text(), latest(prop::option::of(evidence)), 0..3);
    let record = (decision, latest(text()), latest(text()), evidence, unknown()).prop_map(
        |(decision, reason, note, evidence, unknown)| Record {
            reason: held(reason, &decision),
            decision,
            note,
            evidence: evidence.into_iter().collect(),
            unknown,
        },
    );
    let input =
        (latest(prop::option::of(text())), unknown()).prop_map(|(answer, unknown)| Input { answer, unknown });
    let steps = btree_map(text().prop_map(StepId::from), record, 0..6);
    let inputs = btree_map(text(), input, 0..6);
    let run = (text(), latest(text()), latest(any::<bool>()));
    (text(), run, steps, inputs, unknown()).prop_map(
        |(guide, (run, name, deleted), steps, inputs, unknown)| {
            let mut state = State::new(Progress::new(steps), inputs);
            (state.name, state.deleted, state.unknown) = (name, deleted, unknown);
            Saved { guide, run, state, damaged: Vec::new() }
        },
    )
}

fn latest<T: Clone + Ord + std::fmt::Debug>(
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Latest<T>> {
    (value, time()).prop_map(|(value, at)| Latest::new(value, at))
}

/// A reason as a record may have it: one that was given is no older than the decision.
fn held(reason: Latest<String>, decision: &Latest<Decision>) -> Latest<String> {
    let is_for_it = !reason.value.is_empty() || reason.at == Timestamp::default();
    let at = if is_for_it { reason.at.max(decision.at) } else { reason.at };
    Latest::new(reason.value, at)
}

fn mark() -> impl Strategy<Value = Option<Mark>> {
    prop::sample::select(vec![None, Some(Mark::Done), Some(Mark::NotApplicable), Some(Mark::Ours)])
}

/// Any characters, those that JSON escapes among them.
fn text() -> impl Strategy<Value = String> {
    vec(any::<char>(), 0..8).prop_map(String::from_iter)
}

fn time() -> impl Strategy<Value = Timestamp> {
    (0..=Timestamp::LAST_READ.0).prop_map(Timestamp)
}

/// A later version's members. Their names are none of ours.
fn unknown() -> impl Strategy<Value = Unknown> {
    vec(("later-[a-z\"\\\\]{0,3}", time(), text()), 0..3).prop_map(|members| {
        let mut unknown = Unknown::default();
        for (name, at, text) in members {
            let value = serde_json::json!({ "at": at.0, "text": text });
            unknown.keep(name, at, value.to_string());
        }
        unknown
    })
}
