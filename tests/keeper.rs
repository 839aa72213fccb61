//! Tabs that share a store end with the same, and a store that refuses or holds rubbish costs
//! the reader nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use proptest::{collection::vec, prelude::*};
use std::{cell::RefCell, collections::BTreeMap, collections::VecDeque, rc::Rc};
use upgrade_checklist::progress::{Mark, Seen, StepId, Timestamp};
use upgrade_checklist::saved::{
    Area, Fault, Keeper, KnownRun, Saved, Trouble, Unreadable, forget, read, runs, unused_id, write,
};
use upgrade_checklist::state::{Action, State};

const GUIDE: &str = "openmetadata-1.4.0";
const KEY: &str = "upgrade-checklist:v1:openmetadata-1.4.0:default";
const ASIDE: &str = "upgrade-checklist:v1:openmetadata-1.4.0:default:unreadable:1000";

#[test]
fn what_was_ticked_is_found_again() {
    let store = Store::default();
    let mut state = State::default();
    let mut keeper = store.keeper();
    keeper.sync(&mut state, None, Timestamp(1));
    assert_eq!(store.texts(), [], "looking at a page stores nothing");
    state.apply(&tick("backup"), Timestamp(2));
    let kept = keeper.sync(&mut state, None, Timestamp(2));
    assert_eq!((kept.changed, kept.trouble), (false, None));

    let mut later = State::default();
    let kept = store.keeper().sync(&mut later, None, Timestamp(3));
    assert_eq!((kept.changed, kept.trouble), (true, None));
    assert_eq!(later, state);
}

#[test]
fn a_key_names_its_guide_and_run_without_doubt() {
    for (guide, run, key) in [
        ("openmetadata-1.4.0", "default", KEY),
        ("a:b", "c", "upgrade-checklist:v1:a%3Ab:c"),
        ("a", "b:c", "upgrade-checklist:v1:a:b%3Ac"),
        ("a%3Ab", "c", "upgrade-checklist:v1:a%253Ab:c"),
    ] {
        assert_eq!(Keeper::new(Store::default(), guide, run).key(), key);
    }
}

#[test]
fn the_runs_of_a_guide_are_those_that_the_store_holds() {
    let store = Store::default();
    for (guide, run, actions) in [
        (GUIDE, "default", &[tick("backup")][..]),
        (GUIDE, "prod-eu", &[Action::Rename("Production".into())]),
        (GUIDE, "a:b", &[tick("backup"), Action::Delete(true)]),
        ("another", "staging", &[tick("backup")]),
    ] {
        let mut state = State::default();
        actions.iter().for_each(|action| state.apply(action, NOW));
        Keeper::new(store.clone(), guide, run).sync(&mut state, None, NOW);
    }
    // Whatever a text calls itself, a run is named by its key, which opens it.
    let edited = r#"{"schema":1,"guide":"openmetadata-1.4.0","run":"default"}"#;
    store.put("upgrade-checklist:v1:openmetadata-1.4.0:q%253A", edited);
    store.put(ASIDE, "what was set aside");
    store.put("of another page", "as it was");
    store.put("upgrade-checklist:v1:openmetadata-1.4.0:rubbish", "{");

    let run = |id: &str, name: &str, deleted| KnownRun { id: id.into(), name: name.into(), deleted };
    let found = runs(&store, GUIDE).unwrap();
    let expected = [
        run("prod-eu", "Production", false),
        run("a:b", "a:b", true),
        run("default", "default", false),
        run("q%3A", "q%3A", false),
    ];
    assert_eq!(found, expected);

    for (name, id) in [
        ("staging", "staging"),
        ("prod-eu", "prod-eu-2"),
        ("Production", "Production-2"),
        ("default", "default-2"),
        ("a:b", "a:b-2"),
    ] {
        assert_eq!(unused_id(name, &found), id);
    }
    forget(&store, GUIDE, "a:b").unwrap();
    assert_eq!(runs(&store, GUIDE).unwrap().len(), 3);
    assert_eq!(store.text(ASIDE).as_deref(), Some("what was set aside"));
}

#[test]
fn a_run_that_was_put_away_is_not_brought_back_by_a_tab_that_still_shows_it() {
    let store = Store::default();
    let [mut here, mut there] = [State::default(), State::default()];
    let [mut keeper, mut other] = [store.keeper(), store.keeper()];
    here.apply(&tick("backup"), Timestamp(1));
    keeper.sync(&mut here, None, Timestamp(1));
    other.sync(&mut there, None, Timestamp(1));
    here.apply(&Action::Delete(true), Timestamp(2));
    keeper.sync(&mut here, None, Timestamp(2));
    there.apply(&tick("memory"), Timestamp(3));
    assert!(other.sync(&mut there, None, Timestamp(3)).changed);
    assert!(there.deleted.value && store.state().deleted.value);

    there.apply(&Action::Delete(false), Timestamp(4));
    other.sync(&mut there, None, Timestamp(4));
    assert!(keeper.sync(&mut here, None, Timestamp(5)).changed);
    assert!(!here.deleted.value && here.progress.records().count() == 2, "nothing was lost meanwhile");
}

#[test]
fn a_run_that_was_put_away_and_then_removed_is_stored_again_only_with_something_new() {
    // What another tab did may be heard late: all of it is done by then.
    for heard_late in [false, true] {
        let store = Store::default();
        let (mut here, mut there) = (State::default(), State::default());
        let (mut keeper, mut other) = (store.keeper(), store.keeper());
        here.apply(&tick("backup"), Timestamp(1));
        keeper.sync(&mut here, None, Timestamp(1));
        other.sync(&mut there, None, Timestamp(1));
        here.apply(&Action::Delete(true), Timestamp(2));
        keeper.sync(&mut here, None, Timestamp(2));
        let away = store.text(KEY).unwrap();
        if !heard_late {
            other.sync(&mut there, Some(&away), Timestamp(3));
        }
        forget(&store, GUIDE, "default").unwrap();
        for heard in [Some(&*away).filter(|_| heard_late), None, None] {
            let kept = other.sync(&mut there, heard, Timestamp(4));
            assert_eq!((kept.trouble, store.text(KEY)), (None, None), "{heard_late}");
        }
        assert!(there.deleted.value, "{heard_late}");

        there.apply(&Action::Delete(false), Timestamp(5));
        assert_eq!(other.sync(&mut there, None, Timestamp(5)).trouble, None);
        assert_eq!(store.state(), there, "whoever brings it back has all of it");
        assert_eq!(there.progress.records().count(), 1);
    }
}

#[test]
fn an_unreadable_text_is_set_aside_and_the_page_goes_on() {
    let another = r#"{"schema":1,"guide":"another","run":"default"}"#;
    for (text, why) in [
        ("", Unreadable::CutShort),
        (r#"{"schema":1,"gui"#, Unreadable::CutShort),
        ("<!doctype html>", Unreadable::NotJson),
        ("[]", Unreadable::NotSaved),
        (another, Unreadable::OtherGuide { guide: "another".into() }),
    ] {
        let aside = Trouble::SetAside { why: Some(why), key: ASIDE.into() };
        let store = Store::holding(text);
        let mut keeper = store.keeper();
        let mut state = State::default();
        assert_eq!(keeper.sync(&mut state, None, NOW).trouble, Some(aside.clone()), "{text}");
        state.apply(&tick("backup"), NOW);
        assert_eq!(keeper.sync(&mut state, None, NOW).trouble, Some(aside), "the reader goes on seeing it");

        assert_eq!(store.text(ASIDE).as_deref(), Some(text));
        assert_eq!(store.state(), state);
        let again = store.keeper().sync(&mut State::default(), None, Timestamp(2000));
        assert_eq!(again.trouble, None, "it is set aside once");
        assert_eq!(store.texts().len(), 2);
    }
}

#[test]
fn what_is_whole_in_a_damaged_text_is_taken_and_all_of_it_set_aside() {
    let text = r#"{"schema":1,"guide":"openmetadata-1.4.0","run":"default",
        "steps":{"backup":{"mark":"done","at":5},"memory":7}}"#;
    let store = Store::holding(text);
    let mut state = State::default();
    let kept = store.keeper().sync(&mut state, None, NOW);
    assert_eq!(kept.trouble, Some(Trouble::SetAside { why: None, key: ASIDE.into() }));
    assert_eq!(state.progress.record("backup").and_then(|record| record.mark()), Some(Mark::Done));
    assert_eq!(store.text(ASIDE).as_deref(), Some(text));
    assert_eq!(store.state(), state);
}

#[test]
fn two_unreadable_texts_of_one_moment_have_each_a_key() {
    let store = Store::holding("one");
    store.keeper().sync(&mut State::default(), None, NOW);
    store.put(KEY, "two");
    let kept = store.keeper().sync(&mut State::default(), None, NOW);
    let key = format!("{KEY}:unreadable:1001");
    assert_eq!(store.text(ASIDE).as_deref(), Some("one"));
    assert_eq!(store.text(&key).as_deref(), Some("two"));
    assert_eq!(kept.trouble, Some(Trouble::SetAside { why: Some(Unreadable::NotJson), key }));
}

#[test]
fn a_text_that_stays_unreadable_is_copied_once() {
    let store = Store::holding("one");
    for time in [NOW, Timestamp(2000)] {
        // As where there was room for the copy and none for the run.
        store.put(KEY, "one");
        let kept = store.keeper().sync(&mut State::default(), None, time);
        let aside = Trouble::SetAside { why: Some(Unreadable::NotJson), key: ASIDE.into() };
        assert_eq!(kept.trouble, Some(aside));
    }
    assert_eq!(store.texts().len(), 2);
}

#[test]
fn a_newer_schema_is_never_overwritten() {
    let text = r#"{"schema":2,"steps":"of another form"}"#;
    let store = Store::holding(text);
    let mut keeper = store.keeper();
    let mut state = State::default();
    for time in 0..3 {
        state.apply(&tick("backup"), Timestamp(time));
        let kept = keeper.sync(&mut state, None, Timestamp(time));
        assert_eq!(kept.trouble, Some(Trouble::ReadOnly { why: Unreadable::Newer { schema: 2 } }));
    }
    assert_eq!(store.texts(), [(KEY.to_owned(), text.to_owned())]);
    assert_eq!(
        state.progress.record("backup").and_then(|record| record.mark()),
        Some(Mark::Done),
        "memory stays the truth"
    );
}

#[test]
fn a_store_that_refuses_is_told_and_tried_again_at_the_next_action() {
    for (fault, others, trouble) in [
        (Fault::Full, true, Trouble::Full),
        // A store without any room is none, as that of a private window.
        (Fault::Full, false, Trouble::Forbidden),
        (Fault::Forbidden, true, Trouble::Forbidden),
    ] {
        let store = Store::default();
        if others {
            store.put("of another page", "x");
        }
        let before = store.texts();
        let mut keeper = store.keeper();
        let mut state = State::default();
        state.apply(&tick("backup"), Timestamp(1));
        store.refuse(Some(fault));
        assert!(trouble.is_refusal());
        assert_eq!(keeper.sync(&mut state, None, Timestamp(1)).trouble, Some(trouble));
        assert_eq!(store.texts(), before);

        store.refuse(None);
        state.apply(&tick("memory"), Timestamp(2));
        assert_eq!(keeper.sync(&mut state, None, Timestamp(2)).trouble, None);
        assert_eq!(store.state(), state, "nothing done meanwhile is lost");
    }
}

#[test]
fn a_text_that_cannot_be_set_aside_is_left_where_it_is() {
    let damaged =
        r#"{"schema":1,"guide":"openmetadata-1.4.0","run":"default","steps":{"a":{"mark":"done"},"b":1}}"#;
    for (text, trouble, found) in [
        ("rubbish", Trouble::ReadOnly { why: Unreadable::NotJson }, None),
        (damaged, Trouble::Full, Some(Mark::Done)),
    ] {
        let store = Store::holding(text);
        store.refuse(Some(Fault::Full));
        let mut state = State::default();
        assert_eq!(store.keeper().sync(&mut state, None, NOW).trouble, Some(trouble));
        assert_eq!(store.texts(), [(KEY.to_owned(), text.to_owned())]);
        assert_eq!(
            state.progress.record("a").and_then(|record| record.mark()),
            found,
            "what is whole in it is shown"
        );
    }
}

#[test]
fn a_store_that_was_emptied_while_in_use_is_filled_again() {
    let store = Store::default();
    let mut keeper = store.keeper();
    let mut state = State::default();
    for (step, trouble) in [("backup", None), ("memory", Some(Trouble::Removed))] {
        state.apply(&tick(step), NOW);
        assert_eq!(keeper.sync(&mut state, None, NOW).trouble, trouble, "the reader is told");
        store.0.borrow_mut().texts.clear();
    }
    assert_eq!(keeper.sync(&mut state, None, NOW).trouble, Some(Trouble::Removed));
    assert_eq!(store.state(), state);
    assert_eq!(state.progress.records().count(), 2);
}

/// The store may still show what this tab wrote, when the other tab's write has already
/// replaced it.
#[test]
fn a_tab_that_hears_a_text_without_its_tick_writes_again() {
    let store = Store::default();
    let mut keeper = store.keeper();
    let mut state = State::default();
    state.apply(&tick("backup"), Timestamp(1));
    keeper.sync(&mut state, None, Timestamp(1));
    let whole = store.text(KEY).unwrap();
    for (heard, writes) in [
        (r#"{"schema":1,"guide":"openmetadata-1.4.0","run":"default"}"#, 2),
        (&whole, 2),
        ("rubbish", 2),
        (r#"{"schema":1,"guide":"another","run":"default"}"#, 2),
        (r#"{"schema":1,"guide":"openmetadata-1.4.0","run":"default","steps":{"backup":{"at":0}}}"#, 3),
    ] {
        assert!(!keeper.sync(&mut state, Some(heard), Timestamp(2)).changed);
        assert_eq!(store.0.borrow().writes.len(), writes, "{heard}");
    }
}

#[test]
fn members_of_a_later_version_are_written_back() {
    let store = Store::holding(
        r#"{"schema":1,"guide":"openmetadata-1.4.0","run":"default","owner":"Staging",
            "steps":{"backup":{"mark":"done","at":5,"approval":{"at":6,"text":"20MB"}}}}"#,
    );
    let mut keeper = store.keeper();
    let mut state = State::default();
    keeper.sync(&mut state, None, NOW);
    state.apply(&Action::Mark { step: "backup".into(), mark: None, seen: Seen::default() }, NOW);
    keeper.sync(&mut state, None, NOW);
    let expected = r#"{"schema":1,"guide":"openmetadata-1.4.0","run":"default","inputs":{},"steps":{"backup":{"at":1000,"approval":{"at":6,"text":"20MB"}}},"owner":"Staging"}"#;
    assert_eq!(store.text(KEY).unwrap(), expected);

    // Whoever empties the store takes none of it, and a file has it, too.
    store.0.borrow_mut().texts.clear();
    keeper.sync(&mut state, None, NOW);
    assert_eq!(store.text(KEY).unwrap(), expected);
    let file = write(&Saved { state, ..Saved::new(GUIDE, "default") });
    assert_eq!(file, expected);
}

#[test]
fn a_time_that_no_clock_gave_does_not_outlast_what_the_reader_does() {
    for at in [Timestamp::MAX, Timestamp(Timestamp::MAX.0 - 1), Timestamp(5)] {
        let text = format!(
            r#"{{"schema":1,"guide":"{GUIDE}","run":"default","steps":{{"backup":{{"mark":"done","at":{}}}}}}}"#,
            at.0
        );
        let store = Store::holding(&text);
        let (mut keeper, mut state) = (store.keeper(), State::default());
        keeper.sync(&mut state, None, NOW);
        let (mut other, mut theirs) = (store.keeper(), State::default());
        other.sync(&mut theirs, None, NOW);
        let mark = |state: &State| state.progress.record("backup").unwrap().mark();
        assert_eq!((mark(&state), mark(&theirs)), (Some(Mark::Done), Some(Mark::Done)), "{at:?}");
        let undo = Action::Mark { step: "backup".into(), mark: None, seen: Seen::default() };
        state.apply(&undo, NOW);
        keeper.sync(&mut state, None, NOW);
        other.sync(&mut theirs, None, NOW);
        keeper.sync(&mut state, None, NOW);
        let is_done = [&state, &theirs, &store.state()].map(|state| mark(state).is_some());
        assert_eq!(is_done, [false; 3], "{at:?}");
    }
}

/// Something that happens to one of several tabs, or between it and the browser.
#[derive(Clone, Debug)]
enum Event {
    /// The reader acts in the tab, which keeps its state at once.
    Act(usize, Action, Timestamp),
    /// The browser takes over the oldest write of the tab that it has not seen.
    Flush(usize),
    /// The tab hears the oldest write of another that it has not heard; its store shows that
    /// write already, or not yet.
    Hear(usize, bool),
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// A browser lets each tab see its own writes at once and passes them on with a delay, so
    /// tabs overwrite each other. The outcome is still that of one tab that did it all.
    #[test]
    fn tabs_that_overwrite_each_other_end_with_the_same(events in vec(event(), 0..60)) {
        let mut browser = Browser::default();
        let mut all = State::default();
        for event in events {
            match event {
                Event::Act(tab, action, now) => {
                    browser.act(tab, &action, now);
                    all.merge(&browser.tabs[tab].state);
                }
                Event::Flush(tab) => browser.flush(tab),
                Event::Hear(tab, shown) => browser.hear(tab, shown),
            }
        }
        // Each round passes everything on. They end, or the tabs would answer each other for
        // ever.
        let mut rounds = 0;
        while browser.is_busy() {
            (0..TABS).for_each(|tab| browser.flush(tab));
            (0..TABS).for_each(|tab| browser.hear(tab, true));
            rounds += 1;
            prop_assert!(rounds < 500, "the tabs never come to rest");
        }
        for tab in &browser.tabs {
            prop_assert_eq!(&tab.state, &all);
        }
        let stored = browser.stored.map(|text| read(&text).unwrap().state).unwrap_or_default();
        prop_assert_eq!(stored, all);
    }
}

const TABS: usize = 3;

/// Several tabs of one browser.
#[derive(Default)]
struct Browser {
    /// What is on the disk.
    stored: Option<String>,
    tabs: [Tab; TABS],
}

/// A tab with its own copy of the store.
struct Tab {
    store: Store,
    keeper: Keeper<Store>,
    state: State,
    unheard: VecDeque<String>,
}

impl Default for Tab {
    fn default() -> Self {
        let store = Store::default();
        Self { keeper: store.keeper(), store, state: State::default(), unheard: VecDeque::new() }
    }
}

impl Browser {
    fn act(&mut self, tab: usize, action: &Action, now: Timestamp) {
        let tab = &mut self.tabs[tab];
        tab.state.apply(action, now);
        let kept = tab.keeper.sync(&mut tab.state, None, now);
        assert_eq!(kept.trouble, None);
    }

    fn flush(&mut self, from: usize) {
        let write = self.tabs[from].store.0.borrow_mut().writes.pop_front();
        let Some(text) = write else { return };
        if self.stored.as_ref() == Some(&text) {
            return;
        }
        self.stored = Some(text.clone());
        for (other, tab) in self.tabs.iter_mut().enumerate() {
            if other != from {
                tab.unheard.push_back(text.clone());
            }
        }
    }

    fn hear(&mut self, tab: usize, shown: bool) {
        let tab = &mut self.tabs[tab];
        let Some(text) = tab.unheard.pop_front() else { return };
        // While writes of its own are under way, a tab goes on seeing those.
        if shown && tab.store.0.borrow().writes.is_empty() {
            tab.store.put(KEY, &text);
        }
        let before = tab.state.clone();
        let kept = tab.keeper.sync(&mut tab.state, Some(&text), Timestamp(0));
        assert_eq!(kept.trouble, None);
        assert_eq!(kept.changed, tab.state != before);
    }

    fn is_busy(&self) -> bool {
        self.tabs.iter().any(|tab| !tab.unheard.is_empty() || !tab.store.0.borrow().writes.is_empty())
    }
}

fn event() -> impl Strategy<Value = Event> {
    let time = (0_u64..6).prop_map(Timestamp);
    prop_oneof![
        3 => (0..TABS, action(), time).prop_map(|(tab, action, now)| Event::Act(tab, action, now)),
        2 => (0..TABS).prop_map(Event::Flush),
        2 => (0..TABS, any::<bool>()).prop_map(|(tab, shown)| Event::Hear(tab, shown)),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let step = prop::sample::select(vec!["backup", "memory"]).prop_map(StepId::from);
    let mark =
        prop::sample::select(vec![None, Some(Mark::Done), Some(Mark::NotApplicable), Some(Mark::Ours)]);
    let value = prop::option::of("[xy]");
    prop_oneof![
        4 => (step, mark).prop_map(|(step, mark)| Action::Mark { step, mark, seen: Seen::default() }),
        2 => value.prop_map(|value| Action::SetInput { name: "engine".into(), value }),
        1 => "[xy]".prop_map(|note| Action::Note { step: "backup".into(), note }),
        1 => Just(Action::StartOver),
    ]
}

const NOW: Timestamp = Timestamp(1000);

fn tick(step: &str) -> Action {
    Action::Mark { step: step.into(), mark: Some(Mark::Done), seen: Seen::default() }
}

/// A store in memory that can be made to refuse.
#[derive(Clone, Default)]
struct Store(Rc<RefCell<Inside>>);

#[derive(Default)]
struct Inside {
    texts: BTreeMap<String, String>,
    writes: VecDeque<String>,
    refusal: Option<Fault>,
}

impl Store {
    fn holding(text: &str) -> Self {
        let store = Self::default();
        store.put(KEY, text);
        store
    }

    fn keeper(&self) -> Keeper<Store> {
        Keeper::new(self.clone(), GUIDE, "default")
    }

    fn put(&self, key: &str, text: &str) {
        self.0.borrow_mut().texts.insert(key.to_owned(), text.to_owned());
    }

    fn refuse(&self, refusal: Option<Fault>) {
        self.0.borrow_mut().refusal = refusal;
    }

    fn text(&self, key: &str) -> Option<String> {
        self.0.borrow().texts.get(key).cloned()
    }

    fn texts(&self) -> Vec<(String, String)> {
        self.0.borrow().texts.clone().into_iter().collect()
    }

    fn state(&self) -> State {
        read(&self.text(KEY).unwrap()).unwrap().state
    }
}

impl Area for Store {
    fn get(&self, key: &str) -> Result<Option<String>, Fault> {
        match self.0.borrow().refusal {
            Some(Fault::Forbidden) => Err(Fault::Forbidden),
            _ => Ok(self.text(key)),
        }
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Fault> {
        if let Some(fault) = self.0.borrow().refusal {
            return Err(fault);
        }
        self.put(key, text);
        self.0.borrow_mut().writes.push_back(text.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), Fault> {
        self.0.borrow_mut().texts.remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, Fault> {
        match self.0.borrow().refusal {
            Some(Fault::Forbidden) => Err(Fault::Forbidden),
            _ => Ok(self.0.borrow().texts.keys().cloned().collect()),
        }
    }
}
