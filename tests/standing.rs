//! A tick means what it says for the reader who looks at it now: in another environment, after
//! the text changed, and when it is too old for what comes next.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::cell::Cell;
use std::rc::Rc;

use upgrade_checklist::environment::{Locked, Presets};
use upgrade_checklist::guide::{Change, Step};
use upgrade_checklist::markdoc;
use upgrade_checklist::progress::{Lack, Mark, Seen, StepState, Timestamp, judge};
use upgrade_checklist::saved::{read_link, write_link};
use upgrade_checklist::state::{Action, State};
use upgrade_checklist::view::{Filter, Offer, Pressed, Prospect, Show, Store, Topic, press};
use upgrade_checklist::words::ENGLISH;
use yew::Callback;

const PAGE: &str = r#"---
id: tool
---

{% choice name="engine" label="Database" %}
{% option value="mysql" label="MySQL" /%}
{% option value="postgres" label="PostgreSQL" /%}
{% /choice %}

{% choice name="hosting" label="Where" %}
{% option value="own" label="Own server" /%}
{% option value="rds" label="Amazon RDS" /%}
{% /choice %}

{% input name="host" type="host" label="Host" default="db" /%}

# Before

## Backup {% #backup stale=24 %}

{% if equals($engine, "mysql") %}Use mysqldump.{% else /%}Use pg_dump.{% /if %}

```sh {% title="Save it" %}
save {% $host %}
```

## Prove it {% #prove needs="backup" %}

Read it back.

## Tell everyone {% #tell %}

The same for all.

Really.

# Upgrade

## Run it {% #run gate=true needs="prove" %}

Now.
"#;

const HOUR: u64 = 3_600_000;

#[test]
fn a_tick_counts_for_the_environment_that_it_was_made_for() {
    use StepState::{Changed, Done};
    // What was chosen when the steps were ticked, what is chosen now, how the backup stands,
    // and whom the page says that it was ticked for. The other step is the same for all.
    for (then, now, state, marked_for) in [
        ("", "", Done, ""),
        ("", "engine=mysql", Done, ""),
        ("engine=mysql", "engine=mysql", Done, ""),
        ("engine=mysql", "engine=postgres", Changed, "MySQL"),
        ("engine=mysql", "", Done, ""),
        ("engine=mysql", "engine=mysql hosting=rds", Done, ""),
        ("hosting=own", "hosting=rds", Done, ""),
        ("engine=mysql hosting=own", "engine=postgres hosting=rds", Changed, "MySQL, Own server"),
        ("engine=mysql host=a", "engine=mysql host=b", Changed, "Host a"),
        ("engine=mysql host=a", "engine=mysql host=a", Done, ""),
        ("", "host=b", Changed, "Host db"),
        ("host=db", "", Done, ""),
        ("host=/", "host=b", Done, ""),
    ] {
        let store = shown(PAGE, State::default());
        choose(&store, then);
        tick(&store, "backup", 1);
        tick(&store, "tell", 1);
        for name in ["engine", "hosting", "host"] {
            store.apply(&Action::SetInput { name: name.into(), value: None }, Timestamp(2));
        }
        choose(&store, now);
        let standing = store.standing(&step(&store, "backup"));
        let case = format!("ticked for {then:?}, now {now:?}");
        assert_eq!((standing.state, standing.marked_for.join(", ").as_str()), (state, marked_for), "{case}");
        assert_eq!(store.state_of(&step(&store, "tell")), Done, "{case}");
        let done = if state == Done { 2 } else { 1 };
        assert_eq!(store.figures(store.guide().steps()).done, done, "{case}");

        tick(&store, "backup", 3);
        assert_eq!(store.state_of(&step(&store, "backup")), Done, "confirmed, {case}");
    }
}

#[test]
fn a_command_whose_values_are_missing_is_compared_too() {
    use StepState::{Changed, Done};
    let (choices, _) = PAGE.split_once("{% input").unwrap();
    let page = choices.to_owned()
        + r#"{% if equals($hosting, "rds") %}
{% input name="host" type="host" label="Host" /%}
{% else /%}
{% input name="host" type="host" label="Host" default="localhost" /%}
{% /if %}

# Before

## Ask it {% #ask %}

```sh
{% if equals($engine, "mysql") %}mysql{% else /%}psql{% /if %} --host={% $host %}
```
"#;
    for (then, now, state) in [
        ("engine=mysql hosting=rds", "engine=postgres hosting=rds", Changed),
        ("engine=mysql hosting=own", "engine=postgres hosting=rds", Changed),
        ("engine=mysql hosting=rds", "engine=mysql hosting=own", Done),
        ("engine=mysql hosting=rds", "engine=mysql hosting=rds host=a", Done),
    ] {
        let store = shown(&page, State::default());
        choose(&store, then);
        tick(&store, "ask", 1);
        choose(&store, now);
        assert_eq!(store.standing(&step(&store, "ask")).state, state, "{then} -> {now}");
    }
}

#[test]
fn many_foreign_environments_cost_no_more_than_a_few_comparisons() {
    let options: String =
        (0..40).map(|n| format!("{{% option value=\"o{n}\" label=\"O{n}\" /%}}\n")).collect();
    let steps: String = (0..40).map(|n| format!("## S{n} {{% #s{n} %}}\n\nThe same for all.\n\n")).collect();
    let page = format!("{{% choice name=\"a\" label=\"A\" %}}\n{options}{{% /choice %}}\n\n# P\n\n{steps}");
    let store = shown(&page, State::default());
    for number in 0..40 {
        choose(&store, &format!("a=o{number}"));
        tick(&store, &format!("s{number}"), 1);
    }
    // Those beyond the bound are asked about, which is safe; and so is the present one not.
    let figures = store.figures(store.guide().steps());
    assert!((1..40).contains(&figures.done), "{figures:?}");
    assert_eq!(store.state_of(&step(&store, "s39")), StepState::Done);
}

#[test]
fn what_changed_since_a_tick_is_pointed_at() {
    for (from, to, expected) in [
        ("The same for all.", "The same for some.", &["The same for all. -> The same for some."][..]),
        ("The same for all.", "Nobody but you.", &[" -> Nobody but you.", "The same for all. -> "]),
        ("The same for all.", "The same for all.\n\nAnd more.", &[" -> And more."]),
        ("\n\nReally.", "", &["Really. -> "]),
        ("## Tell everyone", "## Tell nobody", &["Tell everyone -> Tell nobody"]),
        (
            "Really.",
            "The same for you.\n\nReally, really.",
            &[" -> The same for you.", "Really. -> Really, really."],
        ),
        ("## Tell everyone", "## Tell everyone", &[]),
        // A line across says nothing.
        ("The same for all.", "The same for all.\n\n---", &[]),
    ] {
        let before = shown(PAGE, State::default());
        let seen = before.seen(&step(&before, "tell"));
        let after = shown(&PAGE.replace(from, to), State::default());
        let (changes, unknown) = step(&after, "tell").changed_since(&seen.passages, &seen.texts);
        assert_eq!((written(&changes), unknown), (expected.join("; "), 0), "{from} -> {to}");

        // Where there was no room for the texts, it says how many are not known.
        let (changes, unknown) = step(&after, "tell").changed_since(&seen.passages, &[]);
        assert!(changes.iter().all(|change| change.former.is_empty()), "{from} -> {to}");
        let gone = expected.iter().filter(|change| !change.starts_with(" -> ")).count();
        assert_eq!(unknown, gone, "{from} -> {to}");
    }
}

#[test]
fn former_texts_without_end_are_compared_as_far_as_they_would_have_been_kept() {
    let store = shown(PAGE, State::default());
    let texts: Vec<(String, String)> =
        (0..2_000).map(|number| (format!("{number:06}"), format!("{number} said. ").repeat(300))).collect();
    let passages: String = texts.iter().map(|(hash, _)| hash.as_str()).collect();
    let (changes, unknown) = step(&store, "tell").changed_since(&passages, &texts);
    assert!(unknown > 1_990, "{unknown}");
    assert!(changes.len() < 10, "{}", changes.len());
}

#[test]
fn what_a_step_said_is_kept_as_far_as_there_is_room() {
    let page = |sections: usize| -> String {
        let sections = (0..sections).map(|n| format!("## S{n}\n\nShort {n}.\n\n{}\n\n", "long ".repeat(60)));
        ["# P\n\n".to_owned()].into_iter().chain(sections).collect()
    };
    // Of many steps only the short passages are kept, of very many nothing.
    for (steps, kept) in [(1, 3), (2_000, 2), (2_100, 0)] {
        let store = shown(&page(steps), State::default());
        let seen = store.seen(store.guide().steps()[0]);
        assert_eq!((seen.texts.len(), seen.passages.len()), (kept, 18 + 7), "{steps} steps");
    }
}

#[test]
fn a_value_changes_no_passage_and_a_command_does() {
    let before = shown(PAGE, State::default());
    let seen = before.seen(&step(&before, "backup"));
    choose(&before, "host=another");
    let backup = step(&before, "backup");
    assert_eq!(backup.changed_since(&seen.passages, &seen.texts), (Vec::new(), 0));

    let after = shown(&PAGE.replace("save {%", "save --all {%"), State::default());
    let (changes, unknown) = step(&after, "backup").changed_since(&seen.passages, &seen.texts);
    assert_eq!((written(&changes).as_str(), unknown), ("Save it\nsave db -> Save it\nsave --all db", 0));
}

#[test]
fn what_is_said_of_a_command_with_a_value_in_it_is_the_same_whatever_the_value() {
    let page = PAGE.replace("title=\"Save it\"", "title=join(\"Save \", $host) expect=$host");
    let before = shown(&page, State::default());
    let seen = before.seen(&step(&before, "backup"));
    choose(&before, "host=another");
    assert_eq!(step(&before, "backup").hashes(), seen.passages);
    for (from, to, pointed_at) in [
        ("expect=$host", "expect=join($host, \"1\")", "sh, expect: db -> sh, expect: db1"),
        ("\"Save \"", "\"Keep \"", "Save db\nsave db -> Keep db\nsave db"),
        ("expect=$host", "expect=\"db\"", "sh, expect: db -> sh, expect: db"),
    ] {
        let after = shown(&page.replace(from, to), State::default());
        let backup = step(&after, "backup");
        assert_ne!(backup.hashes(), seen.passages, "{from} -> {to}");
        let (changes, unknown) = backup.changed_since(&seen.passages, &seen.texts);
        assert_eq!((written(&changes).as_str(), unknown), (pointed_at, 0), "{from} -> {to}");
    }
}

#[test]
fn what_the_author_changed_for_others_reopens_nothing() {
    use StepState::{Changed, Done};
    let tagged = PAGE.replace("title=\"Save it\"", "title=\"Save it\" caution=\"Not twice.\"");
    for (page, [mysql, postgres, open]) in [
        (PAGE.to_owned(), [Done, Done, Done]),
        (PAGE.replace("Use mysqldump.", "Use MySQL’s mysqldump."), [Changed, Done, Changed]),
        (PAGE.replace("Use pg_dump.", "Use the server’s pg_dump."), [Done, Changed, Changed]),
        (PAGE.replace("save {%", "save --all {%"), [Changed; 3]),
        (tagged, [Changed; 3]),
    ] {
        for (choice, state) in [("engine=mysql", mysql), ("engine=postgres", postgres), ("", open)] {
            let before = shown(PAGE, State::default());
            choose(&before, choice);
            tick(&before, "backup", 2);
            let after = shown(&page, before.state());
            assert_eq!(after.state_of(&step(&after, "backup")), state, "{choice}: {page}");
        }
    }
}

const CARE: &str = r#"{% input name="user" type="identifier" label="User" default="om" /%}
{% input name="database" type="identifier" label="Database" default="shop" /%}
{% input name="memory" type="size" label="Memory" default="1GB" /%}

# Before

## Care {% #care %}

{% choice name="engine" label="Database" %}
{% option value="mysql" label="MySQL" /%}
{% option value="postgres" label="PostgreSQL" /%}
{% /choice %}

Ask {% $user %}.

- First __at once__, and *Now*
- then

{% if equals($engine, "mysql") %}Or {% $user %}.{% /if %}

{% if equals($engine, "postgres") %}
{% input name="schema" type="identifier" label="Schema" hint="Rarely another." default="public" /%}
{% choice name="pool" label="Pool" %}
{% option value="none" label="No pool" /%}
{% option value="pgbouncer" label="PgBouncer" /%}
{% /choice %}
{% /if %}

```sh {% restart=false scope="session" expect="1" %}
psql -U {% $user %} -c {% kib($memory) %}
```

{% verify %}
Look at [it](https://example.com/a).
{% /verify %}

{% added reason="Learnt here" %}
{% note noteType="Tip" %}
More.
{% /note %}
{% /added %}

{% inlineCallout icon="x" bold="Read" href="/a" %}
On.
{% /inlineCallout %}

{% image src="/a.png" alt="A" caption="A picture" /%}

| a | b |
|---|---|
| c | d |
"#;

/// What the author writes otherwise, and how that is pointed at.
const CORRECTIONS: &[[&str; 3]] = &[
    ["Ask {% $user %}", "Ask {% $database %}", "Ask om. -> Ask shop."],
    ["-U {% $user %}", "-U {% $database %}", "psql -U om -c 1048576 -> psql -U shop -c 1048576"],
    ["kib($memory)", "bytes($memory)", "psql -U om -c 1048576 -> psql -U om -c 1073741824"],
    [
        "restart=false scope=\"session\"",
        "restart=true scope=\"server\"",
        "sh, scope: session, restart: false, expect: 1 -> sh, scope: server, restart: true, expect: 1",
    ],
    [
        "expect=\"1\"",
        "expect=\"2\"",
        "sh, scope: session, restart: false, expect: 1 -> sh, scope: session, restart: false, expect: 2",
    ],
    ["verify %}", "undo %}", ""],
    [
        "```sh",
        "```bash",
        "sh, scope: session, restart: false, expect: 1 -> bash, scope: session, restart: false, expect: 1",
    ],
    [
        "example.com/a",
        "example.com/b",
        "Look at it. (https://example.com/a) -> Look at it. (https://example.com/b)",
    ],
    ["Learnt here", "Learnt there", "Learnt here -> Learnt there"],
    ["Tip", "Warning", " -> Warning; Tip -> "],
    ["bold=\"Read\"", "bold=\"Read this\"", "Read (/a) -> Read this (/a)"],
    ["href=\"/a\"", "href=\"/b\"", "Read (/a) -> Read (/b)"],
    ["A picture", "A drawing", " -> A drawing; A picture -> "],
    ["| c | d |", "| c | e |", " -> e; d -> "],
];

#[test]
fn whatever_the_author_corrects_in_what_a_reader_is_shown_asks_for_a_second_look() {
    for [from, to, pointed_at] in CORRECTIONS {
        let before = shown(CARE, State::default());
        choose(&before, "engine=postgres");
        tick(&before, "care", 2);
        let seen = before.seen(&step(&before, "care"));
        let after = shown(&CARE.replace(from, to), before.state());
        let care = step(&after, "care");
        assert_eq!(after.state_of(&care), StepState::Changed, "{from} -> {to}");
        let (changes, unknown) = care.changed_since(&seen.passages, &seen.texts);
        assert_eq!((written(&changes).as_str(), unknown), (*pointed_at, 0), "{from} -> {to}");
    }
    // What is for others is none of that, and neither is how the page asks, how it is written,
    // or how its commands were tested.
    for (from, to) in [
        ("*Now*", "_Now_"),
        ("__at once__", "**at once**"),
        ("- First __at once__, and *Now*\n- then", "* First __at once__, and *Now*\n* then"),
        ("and *Now*\n- then", "and *Now*\n\n- then"),
        ("scope=\"session\"", "scope=\"session\" verified=\"ran\""),
        ("Or {% $user %}", "Or {% $database %}"),
        ("MySQL", "My SQL"),
        ("Rarely another.", "Seldom another."),
        ("No pool", "None"),
        ("Ask", "Ask"),
    ] {
        let before = shown(CARE, State::default());
        choose(&before, "engine=postgres");
        tick(&before, "care", 2);
        let after = shown(&CARE.replace(from, to), before.state());
        assert_eq!(after.state_of(&step(&after, "care")), StepState::Done, "{from} -> {to}");
    }
}

const NAMED: &str = r#"{% choice name="engine" label="Database" %}
{% option value="mysql" label="MySQL" /%}
{% option value="postgres" label="PostgreSQL" /%}
{% /choice %}
{% input name="user" type="identifier" label="User" default="om" /%}
{% input name="owner" type="identifier" label="Owner" default="om" /%}
{% let name="verb" value="apply" /%}
{% let name="what" value={verb: $verb, target: "staging", other: "production"} /%}
{% let name="who" value=$user /%}
{% if equals($engine, "mysql") %}
{% let name="tool" value="mysql" /%}
{% else /%}
{% let name="tool" value="psql" /%}
{% /if %}

# Before

{% partial file="move.md" variables={verb: $what.verb, target: $what.target, old: "1.3"} /%}
"#;

const MOVE: &str = r#"## Move {% #move %}

From {% $old %}:

```sh
move {% $tool %} {% $verb %} {% $target %} --user={% $who %}
```
"#;

#[test]
fn what_the_author_names_otherwise_asks_for_a_second_look() {
    use StepState::{Changed, Done};
    let shown = |page: &str, state: State| {
        let (document, problems) =
            markdoc::include(markdoc::parse("page.md", page).0, &mut |_| Some(MOVE.into()));
        assert_eq!(problems, []);
        Store::new(document, state)
    };
    let command = "move mysql apply staging --user=om";
    for (from, to, state, present) in [
        ("\"apply\"", "\"destroy\"", Changed, "move mysql destroy staging --user=om"),
        ("target: \"staging\"", "target: \"production\"", Changed, "move mysql apply production --user=om"),
        ("$what.target", "$what.other", Changed, "move mysql apply production --user=om"),
        (
            "\"tool\" value=\"mysql\"",
            "\"tool\" value=\"mariadb\"",
            Changed,
            "move mariadb apply staging --user=om",
        ),
        ("value=\"psql\"", "value=\"pgcli\"", Done, command),
        ("value=$user", "value=$owner", Changed, command),
        ("label=\"User\"", "label=\"Role\"", Done, command),
    ] {
        let before = shown(NAMED, State::default());
        choose(&before, "engine=mysql");
        tick(&before, "move", 2);
        let seen = before.seen(&step(&before, "move"));
        let after = shown(&NAMED.replacen(from, to, 1), before.state());
        let moved = step(&after, "move");
        assert_eq!(after.state_of(&moved), state, "{from} -> {to}");
        let (changes, unknown) = moved.changed_since(&seen.passages, &seen.texts);
        let expected = if command == present { String::new() } else { format!("{command} -> {present}") };
        assert_eq!((written(&changes), unknown), (expected, 0), "{from} -> {to}");
    }
    // In words, too.
    let before = shown(NAMED, State::default());
    let seen = before.seen(&step(&before, "move"));
    let after = shown(&NAMED.replace("1.3", "1.2"), State::default());
    let (changes, _) = step(&after, "move").changed_since(&seen.passages, &seen.texts);
    assert_eq!(written(&changes), "From 1.3: -> From 1.2:");
}

#[test]
fn a_tick_of_an_earlier_version_holds_while_its_step_is_the_same() {
    for (from, to, state) in [("", "", StepState::Done), ("Ask", "Do ask", StepState::Changed)] {
        let store = shown(CARE, State::default());
        let mut seen = store.seen(&step(&store, "care"));
        seen.passages.truncate(seen.passages.find('.').unwrap());
        let mark = Action::Mark { step: "care".into(), mark: Some(Mark::Done), seen };
        store.apply(&mark, Timestamp(2));
        let after = shown(&CARE.replace(from, to), store.state());
        assert_eq!(after.state_of(&step(&after, "care")), state, "{from} -> {to}");
    }
}

fn written(changes: &[Change]) -> String {
    let each = changes.iter().map(|Change { former, present }| format!("{former} -> {present}"));
    each.collect::<Vec<_>>().join("; ")
}

#[test]
fn a_step_says_what_is_not_good_enough_before_it() {
    let store = shown(PAGE, State::default());
    let run = step(&store, "run");
    let backup = step(&store, "backup");
    let names = |lacks: Vec<(Rc<Step>, Lack)>| {
        lacks.into_iter().map(|(step, lack)| (step.id.clone(), lack)).collect::<Vec<_>>()
    };
    let open = |id: &str| (id.to_owned(), Lack::Open);
    assert_eq!(store.lack(&backup), Some(Lack::Open));
    assert_eq!(names(store.open_before(&run)), [open("backup"), open("prove"), open("tell")]);

    for id in ["backup", "prove", "tell"] {
        tick(&store, id, HOUR);
    }
    store.set_now(Timestamp(24 * HOUR));
    assert_eq!(names(store.open_before(&run)), []);
    assert!(!store.is_to_renew(&backup));

    store.set_now(Timestamp(26 * HOUR));
    assert_eq!(names(store.open_before(&run)), [("backup".to_owned(), Lack::Stale)]);
    assert_eq!(store.lack(&backup), Some(Lack::Stale));
    assert!(store.is_to_renew(&backup));
    assert_eq!(store.state_of(&backup), StepState::Done, "it was done, and stays so");
    assert_eq!(store.next_step(), Some(backup.clone()), "it comes before the upgrade again");

    // Nobody is locked out, though it is remembered; and behind the upgrade, an old backup is
    // only old.
    tick(&store, "run", 26 * HOUR);
    assert_eq!(store.state_of(&run), StepState::Done);
    assert_eq!(names(store.open_before(&run)), [("backup".to_owned(), Lack::Stale)]);
    assert!(!store.is_to_renew(&backup));
    assert_eq!(store.next_step(), None);
}

#[test]
fn what_was_good_enough_for_the_upgrade_may_become_old_behind_it() {
    let store = shown(PAGE, State::default());
    for id in ["backup", "prove", "tell", "run"] {
        tick(&store, id, HOUR);
    }
    store.set_now(Timestamp(1_000 * HOUR));
    assert_eq!(store.open_before(&step(&store, "run")), []);
    // Nor does one that is made anew say that there was none in time.
    tick(&store, "backup", 1_000 * HOUR);
    assert_eq!(store.open_before(&step(&store, "run")), []);
}

#[test]
fn a_gate_wants_what_is_too_old_before_it_whoever_else_needs_it() {
    let store = shown(&PAGE.replace("{% #tell %}", "{% #tell stale=1 %}"), State::default());
    tick(&store, "tell", HOUR);
    store.set_now(Timestamp(3 * HOUR));
    assert!(store.is_to_renew(&step(&store, "tell")));
    tick(&store, "run", 3 * HOUR);
    assert!(!store.is_to_renew(&step(&store, "tell")));
}

#[test]
fn behind_the_upgrade_no_backup_is_asked_for_again_whatever_is_still_open() {
    let after = "\n# After\n\n## Look at it {% #look needs=\"run\" %}\n\nAll.\n";
    let store = shown(&[PAGE, after].concat(), State::default());
    for id in ["backup", "prove", "tell"] {
        tick(&store, id, HOUR);
    }
    store.set_now(Timestamp(30 * HOUR));
    assert!(store.is_to_renew(&step(&store, "backup")));
    tick(&store, "run", 30 * HOUR);
    assert!(!store.is_to_renew(&step(&store, "backup")));
    assert_eq!(store.next_step(), Some(step(&store, "look")));
}

#[test]
fn where_the_upgrade_failed_nobody_is_led_past_that_or_asked_for_a_backup_of_what_it_left() {
    let fails = r#"
# If It Fails

## Read why {% #read severity="optional" failed="run" %}

There.

## Restore {% #restore severity="optional" needs="read" failed="run" %}

Back.
"#;
    let store = shown(&[PAGE, fails].concat(), State::default());
    for id in ["backup", "prove", "tell"] {
        tick(&store, id, HOUR);
    }
    let [run, read, restore] = ["run", "read", "restore"].map(|id| step(&store, id));
    assert_eq!((store.failure(), store.next_step()), (None, Some(run.clone())));
    tick(&store, "read", 2 * HOUR);
    store.set_now(Timestamp(30 * HOUR));
    assert_eq!(store.failure(), Some((run.clone(), read.clone())));
    assert!(!store.is_to_renew(&step(&store, "backup")));
    assert_eq!(store.open_before(&run), [(read, Lack::Failed)]);
    tick(&store, "restore", 31 * HOUR);
    assert_eq!(store.failure(), Some((run.clone(), restore)));
    // Whoever mended it may try again, and is past it then.
    tick(&store, "run", 32 * HOUR);
    assert_eq!(store.failure(), None);
}

#[test]
fn the_key_for_what_is_next_leads_where_the_page_says_and_on_to_what_is_left() {
    let fails = "\n# If It Fails\n\n## Read why {% #read severity=\"optional\" failed=\"run\" %}\n\nThere.\n";
    let store = shown(&[PAGE, fails].concat(), State::default());
    let next = |here: &str| match press(&store, "uc", "n", Some(&["uc-step-", here].concat())) {
        Some(Pressed::Goes(place)) => place.trim_start_matches("uc-box-").to_owned(),
        _ => String::new(),
    };
    let round = |first: &str| {
        let mut places = vec![next(first)];
        while places.len() < 4 {
            places.push(next(places.last().unwrap()));
        }
        places.join(" ")
    };
    tick(&store, "prove", HOUR);
    assert_eq!(round(""), "backup tell run backup");
    assert_eq!(next("prove"), "backup", "what is done is no place to go on from");
    tick(&store, "backup", HOUR);
    store.set_now(Timestamp(30 * HOUR));
    assert_eq!(round(""), "backup tell run backup", "what is too old is to be done again");
    tick(&store, "read", 30 * HOUR);
    assert_eq!(round(""), "read tell run read", "where something failed, from there");
    let open = Filter { show: Show::Open, ..Filter::default() };
    let shows = |store: &Store, filter: &Filter| {
        store.set_filter(filter.clone());
        let guide = store.guide();
        guide.steps().into_iter().filter(|step| store.shows(&step.id)).count()
    };
    assert_eq!((shows(&store, &open), next("")), (2, "tell".to_owned()), "as far as it is shown");
    store.set_filter(Filter::default());
    for id in ["tell", "run"] {
        tick(&store, id, 31 * HOUR);
    }
    store.apply(
        &Action::Mark { step: "read".into(), mark: None, seen: Seen::default() },
        Timestamp(32 * HOUR),
    );
    assert!(store.all_figures().finished());
    assert_eq!(
        (next(""), shows(&store, &open)),
        (String::new(), 0),
        "an optional step is nothing that is left"
    );
}

#[test]
fn a_required_step_is_not_set_aside_without_a_word_and_none_counts_that_was_disproved() {
    let page = PAGE.replace("{% #backup stale=24 %}", "{% #backup severity=\"required\" %}").replace(
        "Read it back.",
        "{% verify %}\n```sh {% #read expect=\"whole\" %}\nread\n```\n{% /verify %}",
    );
    let store = shown(&page, State::default());
    let act = |action: Action, now: u64| store.apply(&action, Timestamp(now));
    let lack = |id: &str| store.lack(&step(&store, id));
    let set_aside = |id: &str| Action::Mark {
        step: id.into(),
        mark: Some(Mark::NotApplicable),
        seen: store.seen(&step(&store, id)),
    };
    act(set_aside("backup"), 1);
    act(set_aside("tell"), 1);
    assert_eq!((lack("backup"), lack("tell")), (Some(Lack::Waived), None));
    for (reason, expected) in [(" \n", Some(Lack::Waived)), ("a snapshot does it", None)] {
        act(Action::Reason { step: "backup".into(), reason: reason.into() }, 2);
        assert_eq!(lack("backup"), expected, "{reason:?}");
    }

    tick(&store, "prove", 3);
    assert_eq!(lack("prove"), None, "nobody has to paste");
    for (output, expected) in [("torn", Some(Lack::Disproved)), ("whole", None)] {
        let evidence = Some(judge("whole", output));
        act(Action::Prove { step: "prove".into(), snippet: "read".into(), evidence }, 4);
        assert_eq!(lack("prove"), expected, "{output}");
    }
    // The page expects something else by now: what was pasted was for another command.
    let evidence = Some(judge("all of it", "torn"));
    act(Action::Prove { step: "prove".into(), snippet: "read".into(), evidence }, 5);
    assert_eq!(lack("prove"), None);
}

#[test]
fn an_output_of_other_values_disproves_nothing() {
    let page = PAGE.replace(
        "Read it back.",
        "{% verify %}\n```sh {% #read expect=\"whole\" %}\nread {% $host %}\n```\n{% /verify %}",
    );
    let store = shown(&page, State::default());
    let prove = |store: &Store| {
        let evidence = Some(judge("whole", "torn"));
        let action = Action::Prove { step: "prove".into(), snippet: "read".into(), evidence };
        store.apply(&action, Timestamp(2));
    };
    prove(&store);
    tick(&store, "prove", 3);
    assert_eq!(store.lack(&step(&store, "prove")), Some(Lack::Disproved));
    let host = Action::SetInput { name: "host".to_owned(), value: Some("other".to_owned()) };
    store.apply(&host, Timestamp(4));
    tick(&store, "prove", 5);
    assert_eq!(store.lack(&step(&store, "prove")), None, "it is the other host's");

    // What came first is known by a clock that goes back, too.
    prove(&store);
    assert_eq!(store.lack(&step(&store, "prove")), Some(Lack::Disproved), "it is this host's");
    let host = Action::SetInput { name: "host".to_owned(), value: Some("third".to_owned()) };
    store.apply(&host, Timestamp(1));
    tick(&store, "prove", 6);
    assert_eq!(store.lack(&step(&store, "prove")), None, "it is the other host's");
}

#[test]
fn who_only_touches_a_value_does_away_with_no_output_that_disproves() {
    let page = PAGE.replace(
        "Read it back.",
        "{% verify %}\n```sh {% #read expect=\"whole\" %}\nread {% $host %}\n```\n{% /verify %}",
    );
    for (ticked, proved) in [(2, 3), (3, 2)] {
        let store = shown(&page, State::default());
        let evidence = Some(judge("whole", "torn"));
        let prove = Action::Prove { step: "prove".into(), snippet: "read".into(), evidence };
        for now in [2, 3] {
            if now == ticked {
                tick(&store, "prove", now);
            }
            if now == proved {
                store.apply(&prove, Timestamp(now));
            }
        }
        for (value, now) in [(Some("d".to_owned()), 4), (None, 5)] {
            store.apply(&Action::SetInput { name: "host".to_owned(), value }, Timestamp(now));
        }
        let prove = step(&store, "prove");
        assert_eq!(store.state_of(&prove), StepState::Done);
        assert_eq!(store.lack(&prove), Some(Lack::Disproved), "ticked at {ticked}, proved at {proved}");
        tick(&store, "prove", 6);
        assert_eq!(store.lack(&prove), None, "who ticks it now says so of the present value");
    }
}

#[test]
fn a_step_that_became_too_old_is_drawn_so_whatever_was_done_in_between() {
    let store = Rc::new(shown(PAGE, State::default()));
    tick(&store, "backup", HOUR);
    store.set_now(Timestamp(24 * HOUR));
    let told = Rc::new(Cell::new(0));
    let listener = Callback::from({
        let told = told.clone();
        move |()| told.set(told.get() + 1)
    });
    let _subscription = store.subscribe(Topic::Step("backup".into()), listener);
    tick(&store, "tell", 26 * HOUR);
    store.set_now(Timestamp(26 * HOUR + 1));
    assert_eq!(told.get(), 1, "it was told");
    store.set_now(Timestamp(27 * HOUR));
    assert_eq!(told.get(), 1, "it was told once");
}

#[test]
fn a_clock_that_was_wrong_is_no_proof_of_freshness() {
    let store = shown(PAGE, State::default());
    tick(&store, "backup", 1_000 * HOUR);
    store.set_now(Timestamp(10 * HOUR));
    assert!(store.is_to_renew(&step(&store, "backup")));
    tick(&store, "backup", 10 * HOUR);
    assert!(!store.is_to_renew(&step(&store, "backup")));
    let at = store.record("backup").unwrap().decision.at;
    assert_eq!(at, Timestamp(1_000 * HOUR + 1), "the newer action still comes after the older");
}

#[test]
fn what_comes_from_elsewhere_is_shown_before_it_changes_anything() {
    let store = shown(PAGE, State::default());
    choose(&store, "engine=mysql");
    tick(&store, "backup", 5);
    let before = store.state();

    // It says that it comes from the year 9999, to win over whatever the reader does.
    let mut theirs = State::default();
    theirs.apply(&Action::SetInput { name: "engine".into(), value: Some("postgres".into()) }, Timestamp::MAX);
    theirs.apply(&Action::Mark { step: "backup".into(), mark: None, seen: Seen::default() }, Timestamp::MAX);
    theirs.apply(&Action::Note { step: "gone".into(), note: "<b>hi</b>".into() }, Timestamp::MAX);
    offer_run(&store, theirs, Timestamp(10));
    assert_eq!(store.state(), before, "nothing changes until the reader says so");
    let changes = prospect(&store).changes().map(|parts| parts.join(" | ")).collect::<Vec<_>>();
    assert_eq!(
        changes,
        ["Database | MySQL | PostgreSQL", "Backup | Done | To do", "gone, Your note |  | <b>hi</b>"]
    );

    store.take_offer();
    assert_eq!(store.state_of(&step(&store, "backup")), StepState::Todo);
    tick(&store, "backup", 11);
    store.merge(&before);
    assert_eq!(store.state_of(&step(&store, "backup")), StepState::Done, "the reader has the last word");
    assert_eq!(store.record("backup").unwrap().decision.at, Timestamp(11));
}

#[test]
fn whatever_would_stand_otherwise_is_shown_before_it_is_taken() {
    use StepState::{Changed, Done};
    let ticked = |answers: &str, now: u64| {
        let store = shown(PAGE, State::default());
        choose(&store, answers);
        tick(&store, "backup", now);
        store
    };
    let deleted = {
        let store = ticked("", 5);
        store.apply(&Action::Delete(true), Timestamp(6));
        store
    };
    let changed = shown(&PAGE.replace("Use pg_dump", "Do use pg_dump"), State::default());
    tick(&changed, "backup", 9);
    for (here, there, now, offered, [before, after]) in [
        // Ticked for one host, then about another, for which it was confirmed elsewhere.
        ("host=a;host=b", ticked("host=b", 9), 10, "Backup | Done, Changed | Done", [Changed, Done]),
        ("host=b", ticked("host=a", 9), 10, "Backup | Done | Done, Changed", [Done, Changed]),
        // Renewed elsewhere.
        ("", ticked("", 25 * HOUR), 26 * HOUR, "Backup | Done, done too long ago | Done", [Done, Done]),
        // Confirmed elsewhere for a text that is another.
        ("", changed, 10, "Backup | Done | Done, Changed", [Done, Changed]),
        ("", deleted, 10, "Run |  | Deleted", [Done, Done]),
        ("", ticked("", 5), 10, "", [Done, Done]),
        // Renewed elsewhere before it was too old.
        ("", ticked("", 9), 10, "", [Done, Done]),
    ] {
        let (then, later) = here.split_once(';').unwrap_or((here, ""));
        let store = ticked(then, 5);
        choose(&store, later);
        store.set_now(Timestamp(now));
        let backup = step(&store, "backup");
        assert_eq!(store.state_of(&backup), before, "{here}: {offered}");
        offer_run(&store, there.state(), Timestamp(now));
        let changes = prospect(&store).changes().map(|parts| parts.join(" | ")).collect::<Vec<_>>();
        assert_eq!(changes.join("; "), offered, "{here}");
        let before = store.state();
        let can_be_taken = prospect(&store).is_new();
        store.take_offer();
        assert_eq!(can_be_taken, store.state() != before, "{here}: {offered}");
        assert_eq!(store.state_of(&step(&store, "backup")), after, "{here}: {offered}");
    }
}

#[test]
fn what_a_file_says_and_was_decided_otherwise_since_is_named() {
    let store = shown(PAGE, State::default());
    tick(&store, "tell", 2);
    tick(&store, "backup", 2);
    store.apply(&Action::Note { step: "tell".into(), note: "all know".into() }, Timestamp(3));
    let file = store.state();
    store.apply(&Action::Mark { step: "tell".into(), mark: None, seen: Seen::default() }, Timestamp(4));
    store.apply(&Action::Note { step: "tell".into(), note: "not yet".into() }, Timestamp(5));
    let outdated = |now: u64| {
        offer_run(&store, file.clone(), Timestamp(now));
        let prospect = prospect(&store);
        assert_eq!((prospect.is_new(), prospect.changes().count()), (false, 0));
        prospect.outdated().to_vec()
    };
    let tell = "Tell everyone: stays To do, the file says Done";
    assert_eq!(outdated(6), [tell, "Tell everyone, Your note: stays not yet, the file says all know"]);
    store.apply(&Action::StartOver, Timestamp(7));
    let note = "Tell everyone, Your note: stays nothing, the file says all know";
    assert_eq!(outdated(8), ["Backup: stays To do, the file says Done", tell, note]);
}

#[test]
fn what_is_offered_is_what_taking_it_over_does_whatever_was_done_meanwhile() {
    let answers = vec![("engine".to_owned(), "postgres".to_owned())];
    let mut theirs = State::default();
    theirs.apply(&Action::SetInput { name: "engine".into(), value: Some("postgres".into()) }, Timestamp(3));
    for (offer, before, after) in [
        // A link is taken at its word when it is taken, and a file was written when it was.
        (Offer::Answers(answers), "Database | MySQL | PostgreSQL", "Database |  | PostgreSQL"),
        (Offer::Run { id: "default".into(), state: theirs }, "Database | MySQL | PostgreSQL", ""),
    ] {
        let store = Rc::new(shown(PAGE, State::default()));
        choose(&store, "engine=mysql");
        let told = Rc::new(Cell::new(0));
        let listener = Callback::from({
            let told = told.clone();
            move |()| told.set(told.get() + 1)
        });
        let _subscription = store.subscribe(Topic::Offer, listener);
        tick(&store, "tell", 2);
        assert_eq!(told.get(), 0, "nothing is offered");
        store.offer(offer, Timestamp(4));
        let changes = || prospect(&store).changes().map(|parts| parts.join(" | ")).collect::<String>();
        assert_eq!(changes(), before);
        store.apply(&Action::SetInput { name: "engine".into(), value: None }, Timestamp(5));
        assert_eq!(told.get(), 2);
        assert_eq!((changes(), prospect(&store).is_new()), (after.to_owned(), !after.is_empty()));
        store.take_offer();
        let answer = (!after.is_empty()).then_some("postgres");
        assert_eq!(store.state().input("engine"), answer);
        assert!(store.offered().is_none());
    }
}

#[test]
fn a_link_gives_what_the_page_asks_for_and_names_the_rest() {
    for (link, usable, unknown) in [
        ("#upgrade?engine=mysql&hosting=rds", "engine=mysql hosting=rds", ""),
        ("#upgrade?engine=oracle&host=db.example", "host=db.example", "engine"),
        ("#upgrade?colour=blue&engine=mysql&x", "engine=mysql", "colour x"),
        ("#upgrade?host=%41%2Db&hosting=%ZZ&engine=%ff", "host=A-b", "hosting engine"),
        ("#upgrade?", "", ""),
    ] {
        let store = shown(PAGE, State::default());
        let (known, others) = store.usable(read_link(link).unwrap());
        let known: Vec<_> = known.iter().map(|(name, answer)| format!("{name}={answer}")).collect();
        assert_eq!((known.join(" ").as_str(), others.join(" ").as_str()), (usable, unknown), "{link}");
    }
    assert_eq!(read_link("#uc-step-backup"), None);
    assert_eq!(read_link(""), None);
    // Other programs write a space so.
    assert_eq!(read_link("#upgrade?x+y=a+b%2Bc"), Some(vec![("x y".to_owned(), "a b+c".to_owned())]));
    let answers = [("engine", "a&b=c d+e%é"), ("x y", "")];
    let link = write_link(answers);
    assert_eq!(link, "#upgrade?engine=a%26b%3Dc%20d%2Be%25%C3%A9&x%20y=");
    assert_eq!(read_link(&link).unwrap(), answers.map(|(name, answer)| (name.to_owned(), answer.to_owned())));
}

#[test]
fn what_the_page_locks_no_link_and_no_file_changes() {
    let (document, problems) = markdoc::parse("page.md", PAGE);
    assert_eq!(problems, []);
    let answers =
        [("engine", "mysql"), ("hosting", "own")].map(|(name, answer)| (name.into(), answer.into()));
    let presets = Presets::new(answers, Locked::Only(vec!["engine".into()]));
    let store = Store::with_presets(document, State::default(), presets);
    let link = read_link("#upgrade?engine=postgres&hosting=rds").unwrap();
    let (usable, unknown) = store.usable(link.clone());
    assert_eq!(usable, [("hosting".to_owned(), "rds".to_owned())]);
    assert_eq!(unknown, ["engine"]);

    let mut theirs = State::default();
    for (name, answer) in link {
        theirs.apply(&Action::SetInput { name, value: Some(answer) }, Timestamp(1));
    }
    offer_run(&store, theirs, Timestamp(2));
    let changes = prospect(&store).changes().map(|parts| parts.join(" | ")).collect::<Vec<_>>();
    assert_eq!(changes, ["Where |  | Amazon RDS"]);
}

fn shown(page: &str, state: State) -> Store {
    let (document, problems) = markdoc::parse("page.md", page);
    assert_eq!(problems, []);
    Store::new(document, state)
}

/// Offers what a file holds.
fn offer_run(store: &Store, state: State, now: Timestamp) {
    store.offer(Offer::Run { id: "default".into(), state }, now);
}

/// What taking over what is offered would do.
fn prospect(store: &Store) -> Prospect {
    store.prospect(&store.offered().unwrap(), &ENGLISH)
}

fn choose(store: &Store, answers: &str) {
    for answer in answers.split_whitespace() {
        let (name, value) = answer.split_once('=').unwrap();
        let action = Action::SetInput { name: name.to_owned(), value: Some(value.to_owned()) };
        store.apply(&action, Timestamp(1));
    }
}

fn tick(store: &Store, id: &str, now: u64) {
    let seen = store.seen(&step(store, id));
    store.apply(&Action::Mark { step: id.into(), mark: Some(Mark::Done), seen }, Timestamp(now));
}

fn step(store: &Store, id: &str) -> Rc<Step> {
    store.guide().steps().into_iter().find(|step| step.id == id).expect("a step of the page").clone()
}
