//! A history of actions means the same wherever and in whatever order it is put together.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::process::Command;

use proptest::{collection::vec, prelude::*};
use upgrade_checklist::environment::{Locked, Presets};
use upgrade_checklist::progress::Verdict::{Among, Expected, Other};
use upgrade_checklist::progress::{
    Evidence, Figures, MOST_KEPT, Mark, Progress, Seen, StepId, StepState, Timestamp, Verdict, judge,
};
use upgrade_checklist::saved::{Saved, read, write};
use upgrade_checklist::state::{Action, State};

#[test]
fn percent_counts_what_applies_and_says_100_only_when_nothing_is_open() {
    //  done, not applicable, total => percent, remaining, finished
    for (done, not_applicable, total, percent, remaining, finished) in [
        (0, 0, 0, 0, 0, false),
        (0, 0, 13, 0, 13, false),
        (1, 0, 13, 7, 12, false),
        (12, 0, 13, 92, 1, false),
        (13, 0, 13, 100, 0, true),
        (12, 1, 13, 100, 0, true),
        (1, 3, 13, 10, 9, false),
        (0, 13, 13, 100, 0, true),
        (9_999, 0, 10_000, 99, 1, false),
        // Counts that cannot be, as another program may make them up.
        (20, 0, 13, 100, 0, true),
        (0, 20, 13, 100, 0, true),
        (5, 0, 0, 99, 0, false),
    ] {
        let figures = Figures { done, not_applicable, total };
        let found = (figures.percent(), figures.remaining(), figures.finished());
        assert_eq!(found, (percent, remaining, finished), "{figures:?}");
    }
}

#[test]
fn figures_count_the_steps_that_they_are_asked_about() {
    let mut progress = Progress::default();
    progress.mark(&"backup".into(), Some(Mark::Done), seen(""), Timestamp(1), Timestamp(1));
    progress.mark(&"helm".into(), Some(Mark::NotApplicable), seen(""), Timestamp(1), Timestamp(1));
    progress.mark(&"gone-from-the-guide".into(), Some(Mark::Done), seen(""), Timestamp(1), Timestamp(1));
    progress.note(&"memory".into(), "who has the password?", Timestamp(1));

    progress.mark(&"changed".into(), Some(Mark::Done), seen("as it was"), Timestamp(1), Timestamp(1));

    let steps = ["backup", "helm", "memory", "sort", "changed"];
    let states = steps.map(|id| progress.state_of(id, "as it is", String::new));
    assert_eq!(Figures::of(states), Figures { done: 1, not_applicable: 1, total: 5 });
}

#[test]
fn a_step_is_changed_when_its_text_is_no_longer_the_one_that_was_marked() {
    use StepState::{Changed, Done, NotApplicable, Todo};
    // A fingerprint, and for whom it is known, the passages that this person saw.
    for (mark, marked, present, state, name) in [
        (Some(Mark::Done), "a", "a", Done, "done"),
        (Some(Mark::Done), "a", "b", Changed, "changed"),
        (Some(Mark::Done), "a 123456", "b 123456", Done, "done"),
        (Some(Mark::Done), "a 123456", "b 123457", Changed, "changed"),
        (Some(Mark::Done), "a 123456", "a 123457", Done, "done"),
        (Some(Mark::NotApplicable), "a 123456", "b 123456", NotApplicable, "not-applicable"),
        (Some(Mark::NotApplicable), "a", "a", NotApplicable, "not-applicable"),
        (Some(Mark::NotApplicable), "a", "b", Changed, "changed"),
        (Some(Mark::Ours), "a", "a", Todo, "todo"),
        (Some(Mark::Ours), "a", "b", Changed, "changed"),
        (None, "a", "b", Todo, "todo"),
        // An import from elsewhere may not know what the text was.
        (Some(Mark::Done), "", "b", Done, "done"),
    ] {
        let mut progress = Progress::default();
        let [marked, present] = [marked, present].map(|of| of.split_once(' ').unwrap_or((of, "")));
        let seen = Seen { passages: marked.1.to_owned(), ..seen(marked.0) };
        progress.mark(&"backup".into(), mark, seen, Timestamp(1), Timestamp(1));
        let found = progress.state_of("backup", present.0, || present.1.to_owned());
        assert_eq!((found, found.as_str()), (state, name), "{mark:?} at {marked:?}, now {present:?}");
    }
    assert_eq!(Progress::default().state_of("backup", "a", String::new), Todo, "a step that nobody touched");
}

#[test]
fn a_tick_here_and_a_note_there_both_stay() {
    let mut here = State::default();
    let mut there = State::default();
    here.apply(&tick("backup"), Timestamp(10));
    there.apply(&note("backup", "took 40 minutes"), Timestamp(20));
    assert!(here.merge(&there));

    let record = here.progress.record("backup").unwrap();
    assert_eq!((record.mark(), record.note.value.as_str()), (Some(Mark::Done), "took 40 minutes"));
}

#[test]
fn starting_over_is_not_undone_by_a_tab_that_still_has_the_ticks() {
    let mut here = State::default();
    here.apply(&tick("backup"), Timestamp(10));
    here.apply(&note("backup", "took 40 minutes"), Timestamp(11));
    here.apply(&set("engine", Some("mysql")), Timestamp(12));
    let there = here.clone();
    // The clock has gone back meanwhile.
    here.apply(&Action::StartOver, Timestamp(5));

    assert!(!here.merge(&there));
    assert_eq!(here.progress.record("backup").and_then(|record| record.mark()), None);
    assert_eq!(here.progress.record("backup").unwrap().note.value, "");
    assert_eq!(here.inputs().count(), 0);
}

#[test]
fn what_was_done_before_starting_over_does_not_come_back_though_nobody_saw_it_then() {
    for (done, done_at, begun, stays) in [
        (tick("backup"), 20, 100, false),
        (note("backup", "took 40 minutes"), 20, 100, false),
        (set("engine", Some("mysql")), 20, 100, false),
        (tick("backup"), 120, 100, true),
        (set("engine", Some("mysql")), 120, 100, true),
        (Action::Rename("Staging".into()), 20, 100, true),
    ] {
        let (mut here, mut there) = (State::default(), State::default());
        there.apply(&done, Timestamp(done_at));
        let apart = there.clone();
        here.apply(&Action::StartOver, Timestamp(begun));
        here.merge(&there);
        there.merge(&here);
        assert_eq!(here, there, "{done:?}");
        let says_something = here.progress.records().any(|(_, record)| record.says_something())
            || here.inputs().count() > 0
            || !here.name.value.is_empty();
        assert_eq!(says_something, stays, "{done:?} at {done_at}");
        assert!(!here.merge(&apart), "{done:?} changes nothing more");
    }
    // The clock has gone back, and the reader goes on.
    let mut state = State::default();
    state.apply(&Action::StartOver, Timestamp(100));
    let before = state.clone();
    state.apply(&tick("backup"), Timestamp(50));
    state.merge(&before);
    assert_eq!(state.progress.record("backup").unwrap().mark(), Some(Mark::Done));
}

#[test]
fn a_time_beyond_the_last_one_is_never_given() {
    let max = Timestamp::MAX;
    let before = Timestamp(max.0 - 1);
    for (past, now, expected) in [
        (Timestamp(5), Timestamp(7), Timestamp(7)),
        (Timestamp(7), Timestamp(5), Timestamp(8)),
        (before, Timestamp(5), max),
        (max, Timestamp(5), max),
        (Timestamp(5), Timestamp(u64::MAX), max),
    ] {
        assert_eq!(past.next(now), expected, "{now:?} after {past:?}");
    }
}

#[test]
fn of_two_actions_on_one_step_the_newer_stays() {
    let mut here = State::default();
    let mut there = State::default();
    here.apply(&tick("backup"), Timestamp(10));
    there.apply(&Action::Mark { step: "backup".into(), mark: None, seen: seen("a") }, Timestamp(11));
    here.apply(&set("engine", Some("postgres")), Timestamp(21));
    there.apply(&set("engine", Some("mysql")), Timestamp(20));
    here.merge(&there);
    there.merge(&here);

    assert_eq!(here, there);
    assert_eq!(here.progress.record("backup").and_then(|record| record.mark()), None);
    assert_eq!(here.input("engine"), Some("postgres"));
}

/// What is expected, an output, and whether that says it.
const OUTPUTS: &[(&str, &str, Verdict)] = &[
    ("20MB", "20MB", Expected),
    ("20MB", "  20MB \r\n\n", Expected),
    ("20MB", " work_mem \n----------\n 20MB\n(1 row)\n", Among),
    ("20MB", "120MB", Other),
    ("20MB", "SET work_mem = '20MB';", Other),
    ("1.4.8", "Name: openmetadata\nVersion: 1.4.8\n", Among),
    ("1.4.8", r#"{"version":"1.4.8","revision":"a1b2","timestamp":1723}"#, Expected),
    ("1.4.8", "{\n  \"version\": \"1.4.8\",\n  \"revision\": \"a1b2\"\n}", Among),
    ("1.4.8", r#"{"version":"1.4.81"}"#, Other),
    ("1.4.8", "It cannot be upgraded to this version: 1.4.8", Other),
    ("1.4.8", "version: \"1.4.8\"", Expected),
    ("1.4.8", "Version : 1.4.8", Expected),
    ("1.4.8", "version: 1.4.8\nclient\t: 1.3.4", Other),
    ("1.4.8", r#"{"previous":"1.4.8","version":"1.3.4"}"#, Other),
    ("1.4.8", "{\n  \"previous\": \"1.4.8\",\n  \"version\": \"v1.3.4\"\n}", Other),
    ("1.4.8", r#"{"version":"1.4.8","running":{"version":"1.3.4"}}"#, Other),
    ("1.4.8", r#"{"version":"1.4.8","client":{"version":"1.4.8","port":8585}}"#, Expected),
    ("1.4.8", r#"{"message":"failed, version:1.4.8, sorry"}"#, Other),
    ("1.4.8", "previous: 1.4.8\nversion: 1.3.4", Other),
    ("healthy", r#"{"db":"unhealthy","ui":"healthy"}"#, Other),
    ("healthy", r#"{"db":"healthy","ui":"healthy","checks":2}"#, Expected),
    ("20971520", "ERROR: 20971520", Other),
    ("20971520", "sort_buffer_size: 20971520", Expected),
    ("20971520", r#"{"lastFailure":20971520}"#, Other),
    ("20", "not -20.5 but 0.20 of 1:20", Other),
    ("1\n2", "a: 1\nb: 2", Expected),
    ("20MB", "4MB", Other),
    ("20MB", "", Other),
    ("", "anything", Other),
    ("20971520", "20971520\t20971520", Expected),
    ("20971520", "20971520\t262144", Other),
    ("20971520", "+--+\n| 20971520 | 20971520 |\n+--+", Among),
    ("a\nb", "a\nb\n", Expected),
    ("a\nb", "x\na\nb", Among),
    ("a\nb", "a\nx\nb", Other),
    // What is expected may have quotes of its own; they do not make it a word.
    ("\"20\"", "Val: \"20\"\nSize: 30", Other),
    ("\"20\"", "Val: \"20\"\nName: x", Among),
    ("|", "|", Expected),
    ("x", "|\t|", Other),
    // A terminal may paste a tab as spaces.
    ("20971520", "20971520        20971520", Expected),
    ("20971520", "20971520 20971520", Expected),
    ("20971520", "2097152020971520", Other),
    ("20971520", "20971520  262144", Other),
    ("in sync", "in sync\tin sync", Expected),
    // As a client draws a variable and its value.
    (
        "20971520",
        "+--+--+\n| Variable_name | Value |\n+--+--+\n| sort_buffer_size | 20971520 |\n+--+--+",
        Among,
    ),
    ("20971520", "sort_buffer_size\t20971520", Expected),
    ("20971520", "sort_buffer_size        20971520", Expected),
    ("20971520", "*** 1. row ***\nVariable_name: sort_buffer_size\n        Value: 20971520", Among),
    (
        "20971520",
        "*** 1. row ***\n@@GLOBAL.sort_buffer_size: 20971520\n@@SESSION.sort_buffer_size: 20971520",
        Among,
    ),
    ("20971520", "*** 1. row ***\n@@sort_buffer_size: 20971520", Among),
    (
        "20971520",
        "*** 1. row ***\n@@GLOBAL.sort_buffer_size: 20971520\n@@SESSION.sort_buffer_size: 262144",
        Other,
    ),
    ("20971520", "| sort_buffer_size | 262144 |", Other),
    ("20971520", "| sort_buffer_size | 20971520 |\n| sort_buffer_size | 262144 |", Other),
    ("20971520", "| error_count | 20971520 |", Other),
    ("20971520", "| sort_buffer_size | 20971520 | 262144 |", Other),
    ("20971520", "| sort_buffer_size | 209715200 |", Other),
    ("20MB", "-[ RECORD 1 ]--\nwork_mem | 20MB", Among),
    ("20MB", "   name   | setting \n----------+---------\n work_mem | 20MB\n(1 row)", Among),
    ("20MB", "work_mem|20MB", Expected),
    ("20MB", "work_mem|4MB", Other),
    ("20MB", "work_mem 20MB", Other),
    ("20MB", "| work_mem 20MB |", Other),
    ("20MB", "took 4444\n20MB", Among),
    ("in-sync", "applying\tin-sync", Other),
    // An output that says two things says neither.
    ("20MB", "20MB\n4MB", Other),
    ("20MB", "4MB\n20MB", Other),
    ("20MB", "'20MB'\n20MB", Among),
    ("20MB", " work_mem \n----------\n 20MB\n(1 row)\n\n work_mem \n----------\n 4MB\n(1 row)\n", Other),
    ("20971520", "Enter password: \n20971520\t20971520\n\n# the next morning\n262144\t262144", Other),
    ("20971520", "20971520\t20971520\n20971520\t262144", Other),
    ("20971520", "+--+\n| 20971520 | 20971520 |\n| 20971520 |   262144 |\n+--+", Other),
    ("1.4.8", "1.4.8\nclient: 1.3.4", Other),
    ("1\n2", "1\n2\n1", Among),
    ("1\n2", "1\n2\n3", Other),
    // What is of another kind says nothing against it, nor what is no value.
    ("20MB", "Time: 0.345 ms\n20MB\nRecords: 0  Duplicates: 0", Among),
    ("20MB", "2024-05-01 12:00:01 UTC\n20MB\n3 rows in set (0.00 sec)", Among),
    ("in-sync", "Group: default\nin-sync", Among),
    // A client that fails has shown nothing.
    ("20MB", "psql: error: connection to server failed\n20MB", Other),
    ("20MB", "20MB\nERROR:  permission denied", Other),
    ("20MB", "psql:raise.sql:2: FATAL:  the database system is starting up\n20MB", Other),
    ("20971520", "ERROR 1045 (28000): Access denied for user\n20971520\t20971520", Other),
    ("20971520", "mysqldump: Got error: 1045: Access denied\n20971520\t20971520", Other),
    ("1.4.8", "curl: (7) Failed to connect to localhost\nversion: 1.4.8", Other),
    ("1.4.8", "Error from server (NotFound): deployments.apps not found\nVersion: 1.4.8", Other),
    ("20971520", "mysql: [Warning] Using a password can be insecure.\n20971520\t20971520", Among),
    ("20MB", "Errors: none\n20MB", Among),
    ("ERROR: none", "ERROR: none", Expected),
];

#[test]
fn an_output_is_judged_by_whole_lines() {
    for (expected, output, verdict) in OUTPUTS {
        let Evidence { text, expected: kept, verdict: found } = judge(expected, output);
        assert_eq!(found, *verdict, "{output:?} where {expected:?} is expected");
        assert_eq!((text.as_str(), kept.as_str()), (*output, *expected));
    }
    let long = "ä".repeat(MOST_KEPT) + "\n20MB";
    let kept = judge("20MB", &long);
    assert_eq!(kept.verdict, Among, "it is judged as a whole");
    assert!(kept.text.len() < MOST_KEPT + 5 && kept.text.ends_with("\n20MB"));
    for before in ["took 4444\n", "no error\n", "x"] {
        for after in ["", "\nx", "\nit took 4444"] {
            let long =
                [&before.repeat(MOST_KEPT / before.len()), "\n20MB", &after.repeat(MOST_KEPT / 8)].concat();
            let kept = judge("20MB", &long);
            assert_eq!(kept.verdict, Among);
            assert_eq!(
                judge("20MB", &kept.text).verdict,
                Among,
                "{before:?} {after:?}: of what is kept as well"
            );
        }
    }
}

#[test]
fn the_script_judges_an_output_as_the_page_does() {
    const JUDGES: &str = "_output=$OUTPUT\n_expect \"$EXPECTED\"\n_at_end=yes\n";
    let harness = include_str!("../src/render/script/harness.sh");
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("script.sh");
    fs::write(&script, ["_steps=1\n", harness, JUDGES].concat()).unwrap();
    for (expected, output, verdict) in OUTPUTS {
        let mut shell = Command::new("sh");
        let ended = shell.arg(&script).env("OUTPUT", output).env("EXPECTED", expected).output().unwrap();
        assert_eq!(
            ended.status.success(),
            *verdict != Other,
            "{output:?} where {expected:?} is expected: {}",
            String::from_utf8_lossy(&ended.stderr)
        );
    }
}

#[test]
fn a_reason_ends_with_the_decision_that_it_was_for() {
    let mut state = State::default();
    let mark = |mark| Action::Mark { step: "helm".into(), mark, seen: seen("a") };
    let reason = |state: &State| state.progress.record("helm").unwrap().reason.value.clone();
    state.apply(&Action::Reason { step: "helm".into(), reason: "no Helm here".into() }, Timestamp(1));
    for (time, after, expected) in [
        (2, Some(Mark::NotApplicable), "no Helm here"),
        (3, Some(Mark::NotApplicable), "no Helm here"),
        (4, Some(Mark::Done), ""),
    ] {
        state.apply(&mark(after), Timestamp(time));
        assert_eq!(reason(&state), expected, "after {after:?} at {time}");
    }
    state.apply(&Action::Reason { step: "helm".into(), reason: "it was no help".into() }, Timestamp(5));
    for (time, after, expected) in [
        // Whoever unticks a step and ticks it again has the same reason.
        (6, None, "it was no help"),
        (7, Some(Mark::Done), "it was no help"),
        (8, Some(Mark::NotApplicable), ""),
    ] {
        state.apply(&mark(after), Timestamp(time));
        assert_eq!(reason(&state), expected, "after {after:?} at {time}");
    }
    state.apply(&Action::Reason { step: "helm".into(), reason: "no Helm here".into() }, Timestamp(9));
    state.apply(&mark(None), Timestamp(10));
    assert_eq!(reason(&state), "", "what is to be done again applies");
}

#[test]
fn a_reason_for_another_decision_made_elsewhere_does_not_outlast_it() {
    use Mark::{Done, NotApplicable};
    // What was decided here, and why; what was decided elsewhere later, and why.
    for ((here, why_here), (there, why_there), expected) in [
        ((NotApplicable, "no Helm"), (Done, ""), ""),
        ((Done, "in a hurry"), (NotApplicable, ""), ""),
        ((NotApplicable, "no Helm"), (NotApplicable, ""), ""),
        ((NotApplicable, "no Helm"), (Done, "in a hurry"), "in a hurry"),
        ((NotApplicable, ""), (Done, "in a hurry"), "in a hurry"),
    ] {
        let decided = |mark, why: &str, time: u64, before: bool| {
            let mark = Action::Mark { step: "helm".into(), mark: Some(mark), seen: seen("a") };
            let reason = Action::Reason { step: "helm".into(), reason: why.into() };
            let mut state = State::default();
            let mut actions = vec![mark, reason];
            actions.truncate(if why.is_empty() { 1 } else { 2 });
            // What is said before a step is ticked is the reason, too.
            if before {
                actions.reverse();
            }
            (time..).zip(actions).for_each(|(time, action)| state.apply(&action, Timestamp(time)));
            state
        };
        for before in [false, true] {
            let both = merged(&decided(here, why_here, 10, before), &decided(there, why_there, 20, before));
            let record = both.progress.record("helm").unwrap();
            let found = (record.mark(), record.reason.value.as_str());
            assert_eq!(found, (Some(there), expected), "{here:?} {why_here:?}, {there:?} {why_there:?}");
        }
    }
}

#[test]
fn who_confirms_a_decision_takes_no_reason_away_that_is_given_elsewhere() {
    let set_aside = Action::Mark { step: "helm".into(), mark: Some(Mark::NotApplicable), seen: seen("a") };
    let mut here = State::default();
    here.apply(&set_aside, Timestamp(10));
    let mut there = here.clone();
    there.apply(&Action::Reason { step: "helm".into(), reason: "no Helm".into() }, Timestamp(12));
    here.apply(&set_aside, Timestamp(15));
    // Kept in between, as everything is.
    let kept = write(&Saved { state: here, ..Saved::new("guide", "run") });
    let both = merged(&read(&kept).unwrap().state, &there);
    assert_eq!(both.progress.record("helm").unwrap().reason.value, "no Helm");
}

#[test]
fn how_old_a_decision_is_does_not_depend_on_a_clock_that_was_wrong_before() {
    let mut state = State::default();
    state.apply(&Action::StartOver, Timestamp(1_000));
    state.apply(&tick("backup"), Timestamp(50));
    let decision = &state.progress.record("backup").unwrap().decision;
    assert_eq!((decision.value.clock, decision.at), (Timestamp(50), Timestamp(1_000)));
}

#[test]
fn what_the_page_answers_holds_again_after_starting_over() {
    let presets = Presets::new([("engine".to_owned(), "postgres".to_owned())], Locked::Nothing);
    let mut state = State::default();
    let engine = |state: &State| presets.environment(state).get("engine").map(str::to_owned);
    for (action, expected) in [
        (set("engine", Some("mysql")), Some("mysql")),
        (set("engine", None), None),
        // The clock has gone back.
        (Action::StartOver, Some("postgres")),
    ] {
        let time = if action == Action::StartOver { 5 } else { 10 };
        state.apply(&action, Timestamp(time));
        assert_eq!(engine(&state).as_deref(), expected, "{action:?}");
    }
}

#[test]
fn an_output_stays_with_its_snippet_when_the_step_gets_another_id() {
    let evidence = Some(judge("whole", "whole"));
    let mut progress = Progress::default();
    for snippet in ["old#2", "older#2", "read-it"] {
        progress.prove(&"old".into(), snippet, evidence.clone(), Timestamp(1));
    }
    progress.carry_over("old", &"new".into());
    let record = progress.record("new").unwrap();
    let found = ["new#2", "old#2", "older#2", "read-it"].map(|snippet| record.evidence_of(snippet).is_some());
    assert_eq!(found, [true, false, true, true]);
}

#[test]
fn nothing_from_elsewhere_is_later_than_now() {
    let (now, later) = (Timestamp(1_000), Timestamp(5_000));
    let evidence = Some(judge("whole", "whole"));
    let mut state = State::default();
    for action in [
        Action::StartOver,
        tick("backup"),
        note("backup", "took 40 minutes"),
        Action::Reason { step: "backup".into(), reason: "in a hurry".into() },
        Action::Prove { step: "backup".into(), snippet: "backup#1".into(), evidence },
        set("engine", Some("mysql")),
        Action::Rename("Staging".into()),
        Action::Delete(true),
    ] {
        state.apply(&action, later);
    }
    let stored = |state: &State| write(&Saved { state: state.clone(), ..Saved::new("guide", "run") });
    assert!(stored(&state).matches("500").count() > 7, "{}", stored(&state));
    let with_later_member = |text: String, at: u64, value: &str| {
        let member = format!(r#""later":{{"at":{at},"text":"{value}"}},"#);
        ["\"steps\":", "\"backup\":{", "\"engine\":{"].iter().fold(text, |text, before| {
            let with = if before.ends_with('{') { [before, &*member] } else { [&*member, before] };
            text.replacen(before, &with.concat(), 1)
        })
    };
    let mut theirs = read(&with_later_member(stored(&state), 5_000, "theirs")).unwrap().state;
    theirs.cap(now);
    let mut ours = State::default();
    let actions = [tick("backup"), set("engine", Some("mysql"))];
    actions.iter().for_each(|action| ours.apply(action, now));
    let ours = read(&with_later_member(stored(&ours), 1_001, "ours")).unwrap().state;
    // What a later version keeps is kept as it is, and comes before what is newer.
    let both = stored(&merged(&theirs, &ours));
    assert_eq!(both.matches("ours").count(), 3, "{both}");
    assert!(!both.contains("5000") && !both.contains("5001"), "{both}");
}

#[test]
fn how_long_ago_something_was_is_known_unless_it_lies_ahead() {
    let hour = 3_600_000;
    for (hours_ago, hours, is_further) in
        [(0, 24, false), (24, 24, false), (25, 24, true), (-1, 24, false), (-30, 24, true)]
    {
        let now = Timestamp(1_000 * hour);
        let then = Timestamp(now.0.checked_add_signed(-hours_ago * hour as i64).unwrap());
        assert_eq!(then.is_further_than(hours, now), is_further, "{hours_ago} hours ago");
    }
}

const TABS: usize = 3;

/// Something that happens in one of several tabs.
#[derive(Clone, Debug)]
enum Event {
    /// The reader acts, at what the computer takes for the time.
    Act { tab: usize, action: Action, now: Timestamp },
    /// A tab sees what another has.
    See { tab: usize, other: usize },
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn merging_is_commutative_associative_and_idempotent(events in vec(event(), 0..40)) {
        let [a, b, c] = play(&events);
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        let both = merged(&a, &b);
        prop_assert_eq!(&merged(&both, &a), &both);
        prop_assert_eq!(&merged(&both, &both), &both);
    }

    #[test]
    fn merge_says_whether_it_changed_anything(events in vec(event(), 0..40)) {
        let [mut a, b, _] = play(&events);
        let before = a.clone();
        let changed = a.merge(&b);
        prop_assert_eq!(changed, a != before);
    }

    /// The clock may say anything: an action still wins over all that its tab had seen.
    #[test]
    fn an_action_wins_over_all_that_was_known_where_it_was_done(
        events in vec(event(), 0..40), action in action(), now in time(),
    ) {
        let [mut tab, other, _] = play(&events);
        tab.merge(&other);
        tab.apply(&action, now);
        let after = tab.clone();
        tab.merge(&other);
        prop_assert_eq!(&tab, &after);
        let was_done = match &action {
            Action::SetInput { name, value } => tab.input(name) == value.as_deref(),
            Action::Mark { step, mark, .. } => tab.progress.record(step.as_ref()).and_then(|record| record.mark()) == *mark,
            Action::Note { step, note } => tab.progress.record(step.as_ref()).is_some_and(|record| record.note.value == *note),
            Action::Reason { step, reason } => tab.progress.record(step.as_ref()).is_some_and(|record| record.reason.value == *reason),
            Action::Prove { step, snippet, evidence } => {
                tab.progress.record(step.as_ref()).is_some_and(|record| record.evidence_of(snippet) == evidence.as_ref())
            }
            Action::Rename(name) => tab.name.value == *name,
            Action::Delete(deleted) => tab.deleted.value == *deleted,
            Action::StartOver => {
                tab.inputs().next().is_none()
                    && tab.progress.records().all(|(_, record)| !record.says_something() && record.reason.value.is_empty())
            }
        };
        prop_assert!(was_done);
    }

    #[test]
    fn percent_is_a_percentage(done: u16, not_applicable: u16, total: u16) {
        let figures = Figures { done: done.into(), not_applicable: not_applicable.into(), total: total.into() };
        prop_assert!(figures.percent() <= 100);
        prop_assert_eq!(figures.percent() == 100, figures.finished());
    }
}

/// What each tab has after these events.
fn play(events: &[Event]) -> [State; TABS] {
    let mut tabs: [State; TABS] = Default::default();
    for event in events {
        match event {
            Event::Act { tab, action, now } => tabs[*tab].apply(action, *now),
            Event::See { tab, other } => {
                let seen = tabs[*other].clone();
                tabs[*tab].merge(&seen);
            }
        }
    }
    tabs
}

fn merged(one: &State, other: &State) -> State {
    let mut both = one.clone();
    both.merge(other);
    both
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (0..TABS, action(), time()).prop_map(|(tab, action, now)| Event::Act { tab, action, now }),
        1 => (0..TABS, 0..TABS).prop_map(|(tab, other)| Event::See { tab, other }),
    ]
}

/// Few steps, values and times, so that they meet often.
fn action() -> impl Strategy<Value = Action> {
    let step = || prop::sample::select(vec!["backup", "memory", "sort"]).prop_map(StepId::from);
    let mark =
        prop::sample::select(vec![None, Some(Mark::Done), Some(Mark::NotApplicable), Some(Mark::Ours)]);
    let name = prop::sample::select(vec!["engine", "host"]);
    let value = prop::option::of(prop::sample::select(vec!["mysql", "postgres"]));
    prop_oneof![
        4 => (step(), mark, any_seen()).prop_map(|(step, mark, seen)| Action::Mark { step, mark, seen }),
        2 => (step(), "[xy]{0,2}").prop_map(|(step, reason)| Action::Reason { step, reason }),
        2 => (step(), prop::option::of("20|30")).prop_map(|(step, output)| Action::Prove {
            step,
            snippet: "s#1".to_owned(),
            evidence: output.map(|output| judge("20", &output)),
        }),
        1 => "[xy]{0,2}".prop_map(Action::Rename),
        1 => any::<bool>().prop_map(Action::Delete),
        2 => (step(), "[xy]{0,2}").prop_map(|(step, note)| Action::Note { step, note }),
        2 => (name, value).prop_map(|(name, value)| set(name, value)),
        1 => Just(Action::StartOver),
    ]
}

fn any_seen() -> impl Strategy<Value = Seen> {
    let choices = prop::option::of(vec(("engine", "[mp]"), 0..2));
    let texts = vec(("aaaaaa", "[xy]"), 0..2);
    ("[ab]", texts, choices).prop_map(|(fingerprint, texts, choices)| Seen {
        texts,
        answers: choices,
        ..seen(&fingerprint)
    })
}

fn seen(fingerprint: &str) -> Seen {
    Seen { fingerprint: fingerprint.to_owned(), ..Seen::default() }
}

fn time() -> impl Strategy<Value = Timestamp> {
    (0_u64..6).prop_map(Timestamp)
}

fn tick(step: &str) -> Action {
    Action::Mark { step: step.into(), mark: Some(Mark::Done), seen: seen("a") }
}

fn note(step: &str, note: &str) -> Action {
    Action::Note { step: step.into(), note: note.into() }
}

fn set(name: &str, value: Option<&str>) -> Action {
    Action::SetInput { name: name.into(), value: value.map(str::to_owned) }
}
