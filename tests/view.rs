//! Components as HTML, drawn without a browser. A case is a page in `tests/view/` and beside
//! it the HTML that is expected of it; `UPDATE_EXPECT=1 cargo test --test view` writes them
//! anew.
//!
//! The front matter of a case may say what its reader did: `done: step`, `not-applicable:
//! step`, `ours: step`, `changed: step former words`, `note: step words`, `regardless: step words`, `prove:
//! step snippet output`, `answers: engine=mysql`; and what stands around it: `words: de`,
//! `notice: words`, `alarm: words`, `runs: names`, `offer: step`, of the run `of-run: name`, `search: words`, `dir: rtl`.
//!
//! The test leaves a gallery of all cases in `target/gallery/`, as pages with their styles: every
//! component in every state. `tests/browser/pictures.spec.ts` compares them with the pictures
//! that were approved.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/drawn.rs"]
mod drawn;
#[path = "support/gallery.rs"]
mod gallery;
#[path = "support/pages.rs"]
mod pages;

use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::rc::Rc;

use drawn::{draw, html, text_of};
use expect_test::expect_file;
use pages::load;
use upgrade_checklist::environment::Environment;
use upgrade_checklist::guide::{self, Step};
use upgrade_checklist::markdoc;
use upgrade_checklist::progress::{Figures, Mark, Seen, StepState, Timestamp, judge};
use upgrade_checklist::render::{Format, render};
use upgrade_checklist::saved::KnownRun;
use upgrade_checklist::state::{Action, State};
use upgrade_checklist::view::{Effects, Filter, KnownRuns, Notice, Offer, Show, Store, Topic, Wish, press};
use upgrade_checklist::words::{ENGLISH, Words};
use yew::Callback;

#[test]
fn every_page_is_drawn_as_the_html_beside_it() {
    let pages = cases::pages("tests/view");
    pages.iter().for_each(|page| check(page));
    gallery::open(&pages);
}

#[test]
fn a_tick_is_told_to_its_own_step_and_the_counters_and_to_nobody_else() {
    let store = shipped();
    let heard = |topic: Topic| heard(&store, topic);
    let (_own, own) = heard(Topic::Step("raise-memory".into()));
    let (_other, other) = heard(Topic::Step("back-up-metadata".into()));
    let (_figures, figures) = heard(Topic::Figures);
    let (guide_subscription, guide) = heard(Topic::Guide);

    tick(&store, "raise-memory", "");
    assert_eq!((own.get(), other.get(), figures.get(), guide.get()), (1, 0, 1, 0));

    let choice = Action::SetInput { name: "engine".into(), value: Some("mysql".into()) };
    store.apply(&choice, Timestamp(2));
    assert_eq!((own.get(), other.get(), figures.get(), guide.get()), (1, 0, 2, 1));

    drop(guide_subscription);
    store.apply(&Action::StartOver, Timestamp(3));
    assert_eq!((own.get(), other.get(), guide.get()), (2, 1, 1));
}

#[test]
fn what_another_tab_did_is_taken_over_with_its_environment() {
    let (here, there) = (shipped(), shipped());
    tick(&there, "raise-memory", "");
    there.apply(&Action::SetInput { name: "engine".into(), value: Some("mysql".into()) }, Timestamp(2));
    here.merge(&there.state());
    assert_eq!(state_of(&here, "raise-memory"), StepState::Done);
    assert_eq!(here.guide().input("engine").unwrap().answer.as_deref(), Some("mysql"));
}

#[test]
fn the_next_step_is_the_first_that_is_open_and_a_changed_one_is_open() {
    let store = shipped();
    let next = || store.next_step().map(|step| step.id.clone());
    let guide = store.guide();
    let steps = guide.steps();
    let (first, second) = (steps[0], steps[1]);
    assert_eq!(next().as_ref(), Some(&first.id));
    tick(&store, &first.id, &first.fingerprint);
    assert_eq!(next().as_ref(), Some(&second.id));
    tick(&store, &first.id, "of another text");
    assert_eq!(next().as_ref(), Some(&first.id));
    assert_eq!(store.figures(store.guide().steps()).done, 0);
    for step in store.guide().steps() {
        tick(&store, &step.id, &step.fingerprint);
    }
    assert_eq!(next(), None);
    assert_eq!(store.figures(store.guide().steps()).percent(), 100);
}

#[test]
fn a_run_is_finished_without_its_optional_steps_and_counts_those_that_are_decided() {
    let store = shipped();
    let guide = store.guide();
    let (optional, needed): (Vec<_>, Vec<_>) = guide.steps().into_iter().partition(|step| step.is_optional());
    assert!(!optional.is_empty());
    for step in &needed {
        tick(&store, &step.id, &step.fingerprint);
    }
    let finished = |count| Figures { done: count, not_applicable: 0, total: count };
    assert_eq!((store.all_figures(), store.next_step()), (finished(needed.len()), None));
    // What failed was mended.
    tick(&store, &optional[0].id, &optional[0].fingerprint);
    assert_eq!((store.all_figures(), store.next_step()), (finished(needed.len() + 1), None));
    // Its text is another now.
    tick(&store, &optional[0].id, "of another text");
    assert_eq!(store.next_step().as_ref(), Some(optional[0]));
}

#[test]
fn what_is_counted_is_how_the_steps_stand() {
    let (store, other) = (shipped(), shipped());
    let check = |after: &str| {
        let guide = store.guide();
        let steps = guide.steps();
        assert_eq!(store.all_figures(), store.figures(steps.iter().copied()), "{after}");
        for (place, phase) in guide.phases.iter().enumerate() {
            assert_eq!(store.phase_figures(place), store.figures(phase.steps()), "{after}: phase {place}");
        }
        for step in &steps {
            assert_eq!(store.state_of_id(&step.id), Some(store.state_of(step)), "{after}: {}", step.id);
        }
        let left = || {
            steps.iter().filter(|step| match store.state_of(step) {
                StepState::Todo => !step.is_optional(),
                state => state.is_open(),
            })
        };
        assert_eq!(store.minutes_left(), left().filter_map(|step| step.minutes).sum::<u32>(), "{after}");
        assert_eq!(store.next_step().as_ref(), left().next().copied(), "{after}");
    };
    let choose = |value: &str| Action::SetInput { name: "engine".into(), value: Some(value.into()) };
    let mark = |place: usize, mark| {
        let guide = store.guide();
        let step = guide.steps()[place];
        Action::Mark { step: step.id.as_str().into(), mark, seen: store.seen(step) }
    };
    check("nothing");
    let (done, away) = (Some(Mark::Done), Some(Mark::NotApplicable));
    for (time, (place, value)) in
        (2..).zip([(0, done), (1, done), (1, away), (5, done), (0, None), (0, away)])
    {
        store.apply(&mark(place, value), Timestamp(time));
        check(&format!("{value:?} of step {place}"));
    }
    for (time, engine) in (20..).zip(["mysql", "postgres"]) {
        store.apply(&choose(engine), Timestamp(time));
        store.apply(&mark(4, done), Timestamp(time));
        check(engine);
    }
    tick(&other, "raise-memory", "");
    store.merge(&other.state());
    check("another tab");
    store.apply(&Action::StartOver, Timestamp(30));
    check("a new start");
}

#[test]
fn a_change_that_is_another_since_it_was_decided_about_is_to_be_reviewed_everywhere() {
    let store = shipped();
    let guide = store.guide();
    let review = guide.phases.iter().find(|phase| phase.is_review()).unwrap();
    let change = review.steps()[1].id.clone();
    let decide = |fingerprint: &str| {
        let seen = Seen { fingerprint: fingerprint.to_owned(), ..Seen::default() };
        let mark = Some(Mark::NotApplicable);
        store.apply(&Action::Mark { step: change.as_str().into(), mark, seen }, Timestamp(1));
    };
    let shown = |show: Show| {
        store.set_filter(Filter { show, ..Filter::default() });
        let shown = review.steps().iter().filter(|step| store.shows(&step.id)).count();
        let has_it = store.shows(&change);
        store.set_filter(Filter::default());
        (shown, has_it)
    };
    let key = || press(&store, "uc", "c", Some(&format!("uc-step-{change}")));
    let all = review.steps().len();
    for (fingerprint, is_to_review) in [("another", true), (&*review.steps()[1].fingerprint, false)] {
        decide(fingerprint);
        let undecided = if is_to_review { all } else { all - 1 };
        assert_eq!(store.review(review).undecided, undecided);
        assert_eq!(shown(Show::Undecided), (undecided, is_to_review));
        assert_eq!(shown(Show::Ours), (0, false));
        assert_eq!(key().is_some(), is_to_review);
    }
    // What is no change has nothing to be decided.
    assert_eq!(press(&store, "uc", "c", Some("uc-step-stop-writers")), None);
    store.set_filter(Filter { show: Show::Undecided, ..Filter::default() });
    assert!(!store.shows("stop-writers"));
}

#[test]
fn what_is_told_already_is_told_to_nobody_again_and_a_name_from_elsewhere_is() {
    let (here, there) = (shipped(), shipped());
    let heard = |topic: Topic| heard(&here, topic);
    let (_notices, notices) = heard(Topic::Notices);
    let notice = || Some(Notice { kind: "link", text: "Look".to_owned(), urgent: false, remedy: None });
    here.notify("link", notice());
    here.notify("link", notice());
    assert_eq!(notices.get(), 1);
    let (_runs, runs) = heard(Topic::Runs);
    there.apply(&Action::Rename("  ".to_owned()), Timestamp(1));
    here.merge(&there.state());
    assert_eq!((here.run_name(), runs.get()), (here.runs().shown, 0), "blanks are no name");
    there.apply(&Action::Rename("Staging ".to_owned()), Timestamp(2));
    here.merge(&there.state());
    assert_eq!((here.run_name().as_str(), runs.get()), ("Staging", 1));
}

#[test]
fn a_step_keeps_its_tick_when_it_gets_another_id() {
    let page = |heading: &str| markdoc::parse("page.md", &format!("# Phase\n\n## {heading}\n\nDo it.\n")).0;
    let before = Store::new(page("Title {% #old %}"), State::default());
    tick(&before, "old", &before.guide().steps()[0].fingerprint);

    let renamed = page("Title {% #new aliases=[\"older\", \"old\"] %}");
    let after = Store::new(renamed.clone(), before.state());
    assert_eq!(state_of(&after, "new"), StepState::Done);

    // Another tab still shows the page of before.
    let other = Store::new(renamed, State::default());
    other.merge(&before.state());
    assert_eq!(state_of(&other, "new"), StepState::Done);

    // What is reopened under its new id stays open.
    let reopen = Action::Mark { step: "new".into(), mark: None, seen: Seen::default() };
    after.apply(&reopen, Timestamp(5));
    after.merge(&before.state());
    assert_eq!(state_of(&Store::new(after_page(), after.state()), "new"), StepState::Todo);

    fn after_page() -> markdoc::Document {
        markdoc::parse("page.md", "# Phase\n\n## Title {% #new aliases=\"old\" %}\n\nDo it.\n").0
    }
}

#[test]
fn two_steps_that_become_one_lose_no_note() {
    let page = |steps: &str| markdoc::parse("page.md", &format!("# Phase\n\n{steps}")).0;
    let note = |state: &mut State, step: &str, text: &str, time| {
        state.apply(&Action::Note { step: step.into(), note: text.to_owned() }, Timestamp(time));
    };
    let said = |state: State| {
        let store = Rc::new(Store::new(page("## B {% #b aliases=[\"a\", \"c\"] %}\n\nDo it.\n"), state));
        let mark = Action::Mark { step: "b".into(), mark: None, seen: Seen::default() };
        // What is drawn is what is kept after any action and any merge.
        store.apply(&mark, Timestamp(9));
        store.merge(&store.state());
        let note = store.record("b").unwrap().note.value;
        (note, text_of(&draw(&ENGLISH, store, Effects::none())).contains(ENGLISH.archived))
    };
    for (notes, expected) in [
        (vec![("b", "of b", 1), ("a", "of a", 2)], ("of b\n\nof a", false)),
        (vec![("b", "alpha", 1), ("a", "zeta", 2)], ("alpha\n\nzeta", false)),
        (vec![("a", "of a", 1), ("b", "of b", 2)], ("of b", true)),
        (vec![("a", "of a", 1), ("c", "of c", 2)], ("of a\n\nof c", false)),
        // The same, said again or with more words, as by who goes on after a step got another id.
        (vec![("a", "of a", 1), ("b", "of a", 2)], ("of a", false)),
        (vec![("a", "of a", 1), ("b", "of a, too", 2)], ("of a, too", false)),
        (vec![("a", "of a", 1), ("b", "", 2)], ("", false)),
        (vec![("b", "of", 1), ("a", "of a", 2)], ("of a", false)),
    ] {
        let mut state = State::default();
        notes.iter().for_each(|(step, text, time)| note(&mut state, step, text, *time));
        let (note, archived) = said(state);
        assert_eq!((note.as_str(), archived), expected, "{notes:?}");
    }
}

#[test]
fn an_area_that_an_answer_takes_away_hides_nothing() {
    let page = "{% choice name=\"engine\" label=\"Database\" %}{% option value=\"a\" label=\"A\" /%}{% option value=\"b\" label=\"B\" /%}{% /choice %}\n\n\
        # Before\n\n## One\n\nDo it.\n\n{% if equals($engine, \"a\") %}\n## Only A\n\n### Two\n\nDo it.\n\n### Three\n\nDo it.\n{% /if %}\n";
    let (document, problems) = markdoc::parse("page.md", page);
    assert_eq!(problems, []);
    let store = Store::new(document, State::default());
    let shown = || store.guide().steps().into_iter().filter(|step| store.shows(&step.id)).count();
    let answer = |value: &str, time| {
        store.apply(&Action::SetInput { name: "engine".into(), value: Some(value.into()) }, Timestamp(time));
    };
    store.set_filter(Filter { area: Some("before/only-a".into()), ..Filter::default() });
    assert_eq!(shown(), 2);
    answer("a", 1);
    assert_eq!((shown(), store.filter().area.as_deref()), (2, Some("before/only-a")));
    answer("b", 2);
    assert_eq!((shown(), store.filter()), (1, Filter::default()));
    store.set_filter(Filter { area: Some("before".into()), words: "do".into(), ..Filter::default() });
    answer("a", 3);
    assert_eq!((shown(), store.filter().area.as_deref()), (3, Some("before")));
}

#[test]
fn a_file_says_which_of_its_answers_are_not_taken_and_names_all_as_the_page_does() {
    let store = shipped();
    let answers = |state: &mut State, answers: &str, time| {
        for answer in answers.split_whitespace() {
            let (name, value) = answer.split_once('=').unwrap();
            let action = Action::SetInput { name: name.into(), value: Some(value.into()) };
            state.apply(&action, Timestamp(time));
        }
    };
    let (mut ours, mut theirs) = (State::default(), State::default());
    answers(&mut ours, "engine=postgres hosting=cloud-sql", 5);
    store.merge(&ours);
    answers(&mut theirs, "engine=mysql hosting=aws-aurora deployment=bare-metal cluster=main", 3);
    store.offer(Offer::Run { id: "default".into(), state: theirs }, Timestamp(9));
    let said = text_of(&draw(&ENGLISH, store.clone(), Effects::none()));
    let label = |name: &str| {
        let whole = guide::build(store.document(), &Environment::default());
        whole.input(name).unwrap().label.clone()
    };
    assert!(said.contains("Database: stays PostgreSQL, the file says MySQL"), "{said}");
    assert!(said.contains("stays Google Cloud SQL, the file says Amazon Aurora"), "{said}");
    assert!(said.contains(&[&label("cluster"), ": ", ENGLISH.nothing, " → main"].concat()), "{said}");
    let prospect = store.prospect(&store.offered().unwrap(), &ENGLISH);
    let changes: Vec<String> = prospect.changes().map(|[what, ..]| what.to_owned()).collect();
    assert_eq!(changes, [label("cluster"), label("deployment")]);
}

#[test]
fn an_answer_says_what_it_did() {
    let store = shipped();
    let said = || text_of(&draw(&ENGLISH, store.clone(), Effects::none()));
    let answer = |value: Option<&str>, time| {
        let before = store.guide();
        store.apply(
            &Action::SetInput { name: "engine".into(), value: value.map(str::to_owned) },
            Timestamp(time),
        );
        let now = store.guide();
        let is_same = |step: &Step| {
            let is_it = |other: &&Rc<Step>| other.id == step.id;
            before.steps().into_iter().find(is_it).is_some_and(|other| other.body == step.body)
        };
        let changed = now.steps().into_iter().filter(|step| !is_same(step)).count();
        (changed, before.steps().len(), now.steps().len())
    };
    assert!(!said().contains("steps changed"));
    for (time, value) in (1..).zip([Some("postgres"), Some("mysql"), None]) {
        let (changed, before, now) = answer(value, time);
        assert!(changed > 1, "{value:?}");
        let expected = (ENGLISH.effect)(changed, before, now);
        assert_eq!(said().matches(&expected).count(), 1, "{expected}");
    }
    answer(None, 9);
    assert!(said().contains("No step changed."));
    tick(&store, "raise-memory", "");
    assert!(!said().contains("No step changed."), "it is not what the reader did last");
    answer(None, 11);
    store.apply(&Action::StartOver, Timestamp(12));
    assert!(!said().contains("No step changed."), "who starts over has answered nothing");
}

#[test]
fn a_value_is_needed_that_a_command_waits_for_until_it_is_there() {
    let page = "{% input name=\"old\" label=\"Version before\" /%}\n{% input name=\"former\" label=\"If it had one\" /%}\n{% input name=\"new\" label=\"Version after\" default=\"1.4.0\" /%}\n\n# P\n\n## Go\n\n```sh\necho {% $old %} {% $new %}\n```\n\n{% undo %}\n```sh\necho {% $former %}\n```\n{% /undo %}\n";
    let (document, problems) = markdoc::parse("page.md", page);
    assert_eq!(problems, []);
    let store = Rc::new(Store::new(document, State::default()));
    let needed = || text_of(&draw(&ENGLISH, store.clone(), Effects::none())).matches(ENGLISH.needed).count();
    assert_eq!(needed(), 1, "what has a default is not, nor what only takes a step back");
    store.apply(&Action::SetInput { name: "old".into(), value: Some("1.3.4".into()) }, Timestamp(1));
    assert_eq!(needed(), 0);
}

#[test]
fn a_run_is_not_called_done_while_an_output_says_otherwise() {
    let (document, _) =
        markdoc::parse("page.md", &fs::read_to_string("tests/view/a_finished_run.md").unwrap());
    let store = Rc::new(Store::new(document, State::default()));
    for step in store.guide().steps() {
        tick(&store, &step.id, &step.fingerprint);
    }
    let says = |words: &str| text_of(&draw(&ENGLISH, store.clone(), Effects::none())).matches(words).count();
    assert_eq!((says(ENGLISH.finished), says(ENGLISH.finished_without_proof)), (2, 0));
    let prove = |output: &str, time| {
        let (step, snippet) = ("upgrade/raise".into(), "upgrade/raise#1".to_owned());
        let evidence = Some(judge("20MB", output));
        store.apply(&Action::Prove { step, snippet, evidence }, Timestamp(time));
    };
    prove("4MB", 5);
    assert_eq!((says(ENGLISH.finished), says(ENGLISH.finished_without_proof)), (0, 2));
    prove("20MB", 6);
    assert_eq!((says(ENGLISH.finished), says(ENGLISH.finished_without_proof)), (2, 0));
}

#[test]
fn the_undo_sheet_begins_with_the_upgrade_and_not_with_what_takes_a_rescue_back() {
    let page = "# P\n\n## Go {% #go %}\n\n```sh\ngo\n```\n\n{% undo %}\n```sh\ngo-back\n```\n{% /undo %}\n\n\
        ## Restore {% #restore severity=\"optional\" failed=\"go\" %}\n\n```sh\nrestore\n```\n\n\
        {% undo %}\n```sh\ndrop-it\n```\n{% /undo %}\n";
    let (document, problems) = markdoc::parse("page.md", page);
    assert_eq!(problems, []);
    let drawn = draw(&ENGLISH, Rc::new(Store::new(document, State::default())), Effects::none());
    let (page, sheet) = drawn.split_once("class=\"uc-undo-sheet\"").unwrap();
    assert!(page.contains("drop-it") && sheet.contains("go-back") && !sheet.contains("drop-it"), "{sheet}");
}

#[test]
fn what_stands_between_steps_is_drawn_there_in_every_form() {
    let page = "# P\n\n- **Sow**: a\n\nBetween.\n\n- **Reap**: b\n";
    let (document, problems) = markdoc::parse("page.md", page);
    assert_eq!(problems, []);
    let guide = guide::build(&document, &Environment::default());
    let drawn = text_of(&html(document.clone(), State::default()));
    let formats = [Format::Text, Format::Markdown, Format::Script];
    let forms = formats.map(|format| render(&guide, format, &document.sources));
    for form in forms.iter().chain([&drawn]) {
        let places = ["Sow", "Between.", "Reap"].map(|words| form.find(words));
        assert!(places[0] < places[1] && places[1] < places[2] && places[0].is_some(), "{form}");
    }
}

#[test]
fn a_value_that_looks_like_html_is_drawn_as_text() {
    let mut state = State::default();
    let value = "/tmp/<img src=x onerror=alert(1)>".to_owned();
    state.apply(&Action::SetInput { name: "backup_dir".into(), value: Some(value.clone()) }, Timestamp(1));
    let page = html(load("content/openmetadata-1.4.0.md").0, state);
    assert!(!page.contains("<img src=x"));
    assert!(text_of(&page).contains(&value));
}

fn check(page: &Path) {
    let text = fs::read_to_string(page).unwrap();
    let (document, problems) = markdoc::parse("case.md", &text);
    assert_eq!(problems, []);
    let state = reader(&text, &Store::new(document.clone(), State::default()));
    let store = Rc::new(Store::new(document, state));
    surround(&text, &store);
    let words = Words::of(said(&text, "words").unwrap_or_default());
    let time = Callback::from(|_| "24 Nov 2026, 14:05".to_owned());
    let html = draw(words, store, Effects { live: true, time, ..Effects::none() });
    let name = page.file_stem().unwrap().to_str().unwrap();
    gallery::hang(name, said(&text, "dir").unwrap_or("ltr"), &html);
    let lines = html.replace("><", ">\n<");
    expect_file![page.with_extension("html")].assert_eq(&(lines + "\n"));
}

/// What the front matter of a case says for a key.
fn said<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
}

/// What stands around a case, according to its front matter.
fn surround(text: &str, store: &Store) {
    for (kind, urgent) in [("notice", false), ("alarm", true)] {
        let notice = said(text, kind).map(|text| Notice {
            kind,
            text: text.to_owned(),
            urgent,
            remedy: urgent.then_some((ENGLISH.save_it, Wish::SaveFile)),
        });
        store.notify(kind, notice);
    }
    if let Some(names) = said(text, "runs") {
        let run =
            |name: &str| KnownRun { id: name.into(), name: name.into(), deleted: name.starts_with("old") };
        let runs = names.split(", ").map(run).collect();
        store.set_runs(KnownRuns { shown: names.split(", ").next().unwrap().into(), runs });
    }
    if let Some(step) = said(text, "offer") {
        let run = said(text, "of-run").unwrap_or_default();
        let mut theirs = store.state();
        let mark = Action::Mark { step: step.into(), mark: Some(Mark::Done), seen: Seen::default() };
        theirs.apply(&mark, Timestamp(9));
        store.offer(Offer::Run { id: run.into(), state: theirs }, Timestamp(10));
    }
    if let Some(words) = said(text, "search") {
        store.set_filter(Filter { words: words.to_owned(), ..Filter::default() });
    }
}

/// What the reader of a case did, according to its front matter.
fn reader(text: &str, store: &Store) -> State {
    let mut state = State::default();
    let guide = store.guide();
    let now = Timestamp(1);
    for line in text.lines().skip(1).take_while(|line| *line != "---") {
        let Some((key, words)) = line.split_once(": ") else { continue };
        let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
        let mark = |mark, changed: bool| {
            let step = guide.steps().into_iter().find(|step| step.id == first).expect("a step of the case");
            let mut seen = store.seen(step);
            if changed {
                seen.fingerprint = "of another text".to_owned();
                // The words are what its last passage said; behind it stands what all of it did.
                seen.passages.truncate(seen.passages.find('.').unwrap());
                let last = seen.passages.split_off(seen.passages.len() - 6);
                seen.texts.retain(|(hash, _)| *hash != last);
                seen.texts.push(("xxxxxx".to_owned(), rest.to_owned()));
                seen.passages.push_str("xxxxxx.xxxxxx");
            }
            Action::Mark { step: first.into(), mark: Some(mark), seen }
        };
        let action = match key {
            "done" => mark(Mark::Done, false),
            "changed" => mark(Mark::Done, true),
            "not-applicable" => mark(Mark::NotApplicable, false),
            "ours" => mark(Mark::Ours, false),
            "prove" => {
                let (snippet, output) = rest.split_once(' ').unwrap();
                let evidence = Some(judge("20MB", output));
                Action::Prove { step: first.into(), snippet: snippet.to_owned(), evidence }
            }
            "regardless" => Action::Reason { step: first.into(), reason: rest.to_owned() },
            "note" => Action::Note { step: first.into(), note: rest.to_owned() },
            "answers" => {
                let (name, value) = words.split_once('=').unwrap();
                Action::SetInput { name: name.to_owned(), value: Some(value.to_owned()) }
            }
            _ => continue,
        };
        state.apply(&action, now);
    }
    state
}

/// Counts how often a topic is told, for as long as the subscription lives.
fn heard(store: &Rc<Store>, topic: Topic) -> (impl Sized, Rc<Cell<u32>>) {
    let count = Rc::new(Cell::new(0));
    let listener = Callback::from({
        let count = count.clone();
        move |()| count.set(count.get() + 1)
    });
    (store.subscribe(topic, listener), count)
}

fn shipped() -> Rc<Store> {
    Rc::new(Store::new(load("content/openmetadata-1.4.0.md").0, State::default()))
}

fn tick(store: &Store, step: &str, fingerprint: &str) {
    let seen = Seen { fingerprint: fingerprint.to_owned(), ..Seen::default() };
    store.apply(&Action::Mark { step: step.into(), mark: Some(Mark::Done), seen }, Timestamp(1));
}

fn state_of(store: &Store, step: &str) -> StepState {
    let guide = store.guide();
    let step = guide.steps().into_iter().find(|other| other.id == step).expect("a step of the page");
    store.state_of(step)
}
