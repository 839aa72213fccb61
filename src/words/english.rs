//! English, the language that everything was first said in.

use super::Words;
use crate::environment::Objection;
use crate::environment::value::ValueType;
use crate::progress::{Evidence, Figures, Lack, Mark, Review, StepState, Verdict};
use crate::saved::{Trouble, Unreadable};

/// English.
pub static ENGLISH: Words = Words {
    lang: "en",

    eyebrow: "Upgrade checklist",
    guides: "Version",

    environment: "What you run",
    environment_hint: "Choose, and only the steps and commands for you stay. What you leave open is shown for every case.",
    values: "Values in the commands",
    values_hint: "They are put into every command below, quoted as its language wants. Passwords are never asked for.",
    undecided: "Show all",
    default: "Default",
    needed: "Needed",
    suggested: "Suggested",
    most_instead_of: "(the most there can be) instead of",
    use_it: "Use it",
    in_use: "(in use)",

    phases: "Phases",
    next: "Next",
    failed: "It failed: go on from",
    finished: "Everything is done",
    finished_without_proof: "Everything is ticked, but not every output is as expected",
    progress: "Progress",
    glance: "The whole upgrade at a glance",
    print: "Print",
    print_question: "What you left open is printed for every case, on many pages. Choose first, and only what is yours is printed.",
    print_all: "Print every case",
    download: "Download",
    download_markdown: "Task list (Markdown)",
    download_text: "Plain text",
    download_script: "Script that asks first (sh)",
    download_script_later: "For a script, make every choice first.",
    download_json: "For other programs (JSON)",
    no_runbook: "The file could not be written, as a part of the program could not be loaded. Nothing is lost: please try again, or load the page again.",
    start_over: "Start over",
    start_over_question: "Forget every tick, note and answer of this run? This cannot be undone. To keep them, start another run, at the top of this page.",
    start_over_yes: "Yes, start over",

    copy: "Copy",
    copied: "Copied",
    copy_failed: "Not copied: select it and copy by hand",
    expect: "Expect",
    caution: "Caution",
    original: "As in the original page",
    paste: "Paste the output",
    output: "Output of this command. It stays in your browser; leave passwords out",

    verify: "Verify",
    undo: "Undo",
    added: "Added to the original page",
    source: "Source",
    only: "Only for",
    only_some: "Only in some cases",
    table: "Table",

    details: "Details:",
    after: "After",
    note: "Your note",
    add_note: "Note",
    not_applicable: "Does not apply here",
    reopen: "Reopen",
    why_not: "Why it does not apply here",
    changed: "This step has changed since you decided about it. Read it again, then confirm or reopen it.",
    renew: "Done again",
    gate: "Go or no-go",
    regardless: "Going on regardless? Say why",
    reason: "Reason",
    evidence: "Output",
    nothing: "nothing",

    keys: "Keyboard shortcuts",
    keys_on: "Single keys go through the checklist",
    key_next_open: "Next open step",
    key_next: "Next step",
    key_previous: "Previous step",
    key_done: "Done, or not",

    filter: "Steps to show",
    search: "Search the steps",
    show: "Show",
    show_all: "All",
    show_open: "Open",
    show_undecided: "To review",
    show_ours: "Ours",
    area: "Area",
    everywhere: "Everywhere",
    show_everything: "Show all steps",
    ours: "Concerns us",

    run: "Run",
    first_run: "First run",
    run_name: "Name of this run",
    other_runs: "Other runs",
    new_run: "Another run of this checklist",
    new_run_example: "production",
    start_run: "Start it",
    delete_run: "Delete this run",
    deleted_runs: "Deleted runs",
    deleted: "Deleted",
    restore_run: "Bring it back",
    forget_run: "Delete it for good",
    run_deleted: "The run was deleted. You can bring it back at any time.",
    run_deleted_elsewhere: "This run was deleted, perhaps in another tab. Nothing in it is lost.",
    other_runs_unsaved: "What you did in another run could not be saved yet. Leave this page open until this notice goes.",
    take_back: "Undo",

    save_file: "Save as a file",
    read_file: "Open a file",
    copy_tasks: "Copy as a task list",
    copy_link: "Copy a link with your choices",
    copy_link_with_values: "… and with your values",
    copied_tasks: "The task list is on the clipboard, as Markdown.",
    copied_link: "The link is on the clipboard.",
    copy_refused: "This browser refused to copy.",
    from_file: "from a file",
    file_changes: "What this file would change",
    file_refused: "This file cannot be taken over.",
    link_changes: "What this link would change",
    link_taken: "Your choices were taken from the link.",
    no_changes: "It says nothing that is not here already.",
    newer_alone: "It says the same as is here, but was decided at another time.",
    newer_here: "What stays was decided here later. To see what the file says, open it as a run of its own.",
    take_offer: "Take it over",
    open_offer: "Open it as a run of its own",
    of_another_run: ["This file is of the run “", "”, and shown here is “", "”."],
    older_answer: [": stays ", ", the file says "],
    leave_offer: "Leave it",

    archived: "No longer in this checklist",
    archived_hint: "What you did with steps that the page no longer has. It is kept, and counts for nothing.",

    done_by: "Done by",
    checked_by: "Checked by",
    window: "Maintenance window",
    undo_sheet: "Undo sheet",
    undo_sheet_hint: "To take the upgrade back, from the last step to the first.",
    only_then: "Only once that is done, what else was begun:",
    links: "Links",
    time: "Time",
    initials: "Initials",
    sign_off: "Sign-off",
    name: "Name",
    date: "Date",
    signature: "Signature",

    dismiss: "Dismiss",
    not_saved: "Not saved",
    save_it: "Save it as a file",
    save_aside: "Save what was set aside",
    damaged: "The checklist was damaged on its way here. Please load the page again.",
    no_place: "This page has no place for a checklist.",

    no_such_guide,
    no_guides_at,
    state,
    still,
    marked_for,
    marked_for_short,
    severity,
    minutes,
    about_minutes,
    extent,
    effect,
    figures,
    percent,
    left,
    review,
    shown,
    outputs,
    between,
    more,
    change,
    gone,
    file_damaged,
    link_unknown,
    stale,
    lack,
    go,
    open_before,
    verdict,
    scope,
    restart,
    reconnect,
    verified,
    invalid,
    objection,
    unreadable,
    trouble,
};

fn state(state: StepState) -> &'static str {
    match state {
        StepState::Todo => "To do",
        StepState::Done => "Done",
        StepState::NotApplicable => "Does not apply",
        StepState::Changed => "Changed",
    }
}

fn still(mark: Option<Mark>) -> &'static str {
    match mark {
        Some(Mark::NotApplicable) => "Still does not apply",
        Some(Mark::Ours) => "Still concerns us",
        _ => "Still done",
    }
}

fn marked_for(mark: Option<Mark>, choices: &[String]) -> String {
    let decided = match mark {
        Some(Mark::NotApplicable) => "Set aside for ",
        _ => "Ticked for ",
    };
    [decided, &choices.join(", "), ". For what you chose now, this step is another one."].concat()
}

fn marked_for_short(choices: &[String]) -> String {
    ["decided for ", &choices.join(", ")].concat()
}

fn severity(severity: &str) -> String {
    match severity {
        "required" => "Required",
        "recommended" => "Recommended",
        "optional" => "Optional",
        other => other,
    }
    .to_owned()
}

fn minutes(minutes: u32) -> String {
    [&minutes.to_string(), " min"].concat()
}

fn about_minutes(minutes: u32) -> String {
    match minutes {
        1 => "About a minute".to_owned(),
        _ => ["About ", &minutes.to_string(), " minutes"].concat(),
    }
}

fn extent(steps: usize, minutes: u32) -> String {
    let count = steps.to_string();
    let noun = if steps == 1 { " step" } else { " steps" };
    match minutes {
        0 => [&count, noun].concat(),
        1 => [&count, noun, ", about a minute"].concat(),
        2..90 => [&count, noun, ", about ", &minutes.to_string(), " minutes"].concat(),
        _ => [&count, noun, ", about ", &minutes.div_ceil(60).to_string(), " hours"].concat(),
    }
}

fn effect(changed: usize, before: usize, now: usize) -> String {
    let changes = match changed {
        0 if before == now => "No step changed.".to_owned(),
        1 => "1 step changed.".to_owned(),
        _ => [&changed.to_string(), " steps changed."].concat(),
    };
    match before == now {
        true => changes,
        false => [&changes, " There are ", &now.to_string(), " now, not ", &before.to_string(), "."].concat(),
    }
}

fn figures(figures: Figures) -> String {
    let Figures { done, not_applicable, .. } = figures;
    let (done, of) = (done.to_string(), figures.applicable().to_string());
    match not_applicable {
        0 => [&done, " of ", &of, " done"].concat(),
        _ => [&done, " of ", &of, " done, ", &not_applicable.to_string(), " not applicable"].concat(),
    }
}

fn percent(percent: u8) -> String {
    [&percent.to_string(), "%"].concat()
}

fn left(minutes: u32) -> String {
    match minutes {
        1 => "about a minute left".to_owned(),
        2..90 => ["about ", &minutes.to_string(), " minutes left"].concat(),
        _ => ["about ", &minutes.div_ceil(60).to_string(), " hours left"].concat(),
    }
}

fn review(review: Review) -> String {
    let Review { undecided, ours, done, not_ours } = review;
    let all = undecided + ours + done + not_ours;
    let counts =
        [(undecided, " to review"), (ours, " to do"), (done, " done"), (not_ours, " not applicable")];
    let parts = counts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, what)| [&count.to_string(), *what].concat()).collect();
    let noun = if all == 1 { " change: " } else { " changes: " };
    [&all.to_string(), noun, &parts.join(", ")].concat()
}

fn shown(shown: usize, all: usize) -> String {
    match shown {
        0 => "No step matches.".to_owned(),
        _ => [&shown.to_string(), " of ", &all.to_string(), " steps shown."].concat(),
    }
}

fn outputs(kept: usize, good: usize) -> String {
    match (kept, kept - good.min(kept)) {
        (0, _) => "No output was kept.".to_owned(),
        (1, 0) => "One output was kept, as expected.".to_owned(),
        (1, _) => "One output was kept, not as expected.".to_owned(),
        (_, 0) => [&kept.to_string(), " outputs were kept, all as expected."].concat(),
        (_, bad) => {
            [&kept.to_string(), " outputs were kept, ", &bad.to_string(), " not as expected."].concat()
        }
    }
}

fn between(from: &str, to: &str) -> String {
    if from == to { [from, "."].concat() } else { ["From ", from, " to ", to, "."].concat() }
}

fn more(changes: usize) -> String {
    ["and ", &changes.to_string(), " more"].concat()
}

fn change(former: &str, present: &str) -> &'static str {
    match (former, present) {
        ("", _) => "New:",
        (_, "") => "Gone:",
        _ => "Reworded:",
    }
}

fn gone(passages: usize) -> String {
    match passages {
        1 => "One passage is gone, or reads otherwise now. Its former words were not kept.".to_owned(),
        _ => {
            let number = passages.to_string();
            [&number, " passages are gone, or read otherwise now. Their former words were not kept."].concat()
        }
    }
}

fn file_damaged(places: &[String]) -> String {
    ["Not all of this file can be read. This is left out: ", &super::some_of(places, more), "."].concat()
}

fn link_unknown(names: &[String]) -> String {
    ["This checklist cannot use what the link says of: ", &super::some_of(names, more)].concat()
}

fn stale(hours: u32) -> String {
    let ago = match hours {
        1 => "an hour".to_owned(),
        _ => [&hours.to_string(), " hours"].concat(),
    };
    ["Done more than ", &ago, " ago, which is too long for what comes next. Do it again."].concat()
}

fn lack(lack: Lack) -> &'static str {
    match lack {
        Lack::Open => "still open",
        Lack::Stale => "done too long ago",
        Lack::Waived => "set aside without a reason",
        Lack::Disproved => "its output is not what is expected",
        Lack::Failed => "is done, so this step failed",
    }
}

fn go(go: bool, state: StepState) -> &'static str {
    match (go, state) {
        (true, _) => "Go.",
        (false, StepState::Done) => "Done regardless.",
        (false, _) => "No-go.",
    }
}

fn open_before(open: usize) -> String {
    match open {
        0 => "Nothing before this step stands in the way.".to_owned(),
        1 => "One step before this one stands in the way.".to_owned(),
        _ => [&open.to_string(), " steps before this one stand in the way."].concat(),
    }
}

fn verdict(kept: &Evidence, expected: &str, changed: &str) -> String {
    match kept.verdict {
        _ if kept.expected != expected => {
            ["It was compared with ", &kept.expected, ". Now ", expected, " is expected: paste it anew."]
                .concat()
        }
        _ if !changed.is_empty() => ["Changed since this was pasted: ", changed, ". Paste it anew."].concat(),
        Verdict::Expected => "As expected.".to_owned(),
        Verdict::Among => "What is expected stands in it, among other lines.".to_owned(),
        Verdict::Other => ["Not what is expected, which is ", expected, "."].concat(),
    }
}

fn scope(scope: &str) -> String {
    match scope {
        "session" => "Changes this session only".to_owned(),
        "role" => "Changes one role in one database".to_owned(),
        "database" => "Changes one database".to_owned(),
        "server" => "Changes the whole server".to_owned(),
        "files" => "Writes files".to_owned(),
        "nothing" => "Changes nothing".to_owned(),
        other => ["Changes: ", other].concat(),
    }
}

fn restart(restart: bool) -> &'static str {
    if restart { "Needs a restart" } else { "No restart" }
}

fn reconnect(reconnect: bool) -> &'static str {
    if reconnect { "New connections only" } else { "Open connections too" }
}

fn verified(verified: &str) -> String {
    match verified {
        "ran" => "Run in our tests",
        "parsed" => "Accepted by the vendor’s tool, not run",
        "documented" => "From the documentation",
        other => other,
    }
    .to_owned()
}

fn invalid(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::Identifier => "A name is one line of text, and not empty.",
        ValueType::Text => "Any text will do.",
        ValueType::Host => "A host is a DNS name such as db.example.com, or an IP address, without a port.",
        ValueType::Port => "A port is a whole number from 1 to 65535.",
        ValueType::Number => "A whole number is needed here, in digits alone.",
        ValueType::Path => "A path is one line that starts with / or ~/.",
        ValueType::Size => "A size is a whole number with kB, MB or GB, such as 20MB, or bytes alone.",
        ValueType::Resource => {
            "Such a name starts with a letter or a digit and holds only those and . _ - ( )."
        }
        ValueType::Version => "A version is three numbers with points between them, such as 1.4.8.",
    }
}

fn objection(objection: &Objection) -> String {
    match objection {
        Objection::Invalid(value_type) => invalid(*value_type),
        Objection::AtLeast(least) => return ["It must be at least ", least, "."].concat(),
        Objection::AtMost(most) => return ["It must be at most ", most, "."].concat(),
        Objection::NoAnswer(answer) => return ["“", answer, "” is not one of the answers."].concat(),
        Objection::Impossible(option, others) => {
            let others = match others.is_empty() {
                true => "your other answers".to_owned(),
                false => ["“", &others.join("” and “"), "”"].concat(),
            };
            return ["“", option, "” does not go with ", &others, ", so every possible way is shown."]
                .concat();
        }
        Objection::Missing(label) => {
            return ["Fill in “", label, "” above to complete this command."].concat();
        }
        Objection::Of(label, why) => return [label, ": ", &self::objection(why)].concat(),
        Objection::Nothing => "This value cannot be written here.",
        Objection::Control => "This value holds a line break or another control character.",
        Objection::Home => "Only a shell knows what ~ means: give the path from / on.",
        Objection::Unquotable => {
            "No value can be quoted for this command’s language: only a plain word can stand here, without spaces and quotes."
        }
        Objection::Inexact => "This size is not a whole number of kB.",
        Objection::Option => "A value that starts with - would be taken for an option.",
        Objection::Connection => {
            "A name with = or :// in it stands in no command: PostgreSQL’s programs take such a name for an address."
        },
        Objection::LongForMySql => "MySQL takes a name of 64 characters at most.",
        Objection::BeyondMySql => "MySQL takes no emoji or other character beyond U+FFFF in a name.",
        Objection::LongForPostgres => "PostgreSQL takes a name of 63 bytes at most.",
        Objection::Author(why) => why,
    }
    .to_owned()
}

fn no_such_guide(name: &str, names: &[String]) -> String {
    ["This page has no checklist “", name, "”. It has: ", &super::some_of(names, more)].concat()
}

fn no_guides_at(address: &str) -> String {
    [address, " is no file of guides that `upgrade-checklist compile` of this version wrote."].concat()
}

fn unreadable(why: &Unreadable) -> String {
    match why {
        Unreadable::TooLarge { bytes } => {
            let megabytes = (bytes / (1024 * 1024)).to_string();
            ["The saved progress is ", &megabytes, " MB long, more than any checklist needs."].concat()
        }
        Unreadable::CutShort => "The saved progress ends too early; a part of it is missing.".to_owned(),
        Unreadable::NotJson => "The saved progress is damaged and cannot be read.".to_owned(),
        Unreadable::NotSaved => "What is saved here is not the progress of a checklist.".to_owned(),
        Unreadable::Newer { schema } => {
            let schema = schema.to_string();
            let before = "The progress was saved by a newer version of this page (schema ";
            [before, &schema, "). It is left as it is."].concat()
        }
        Unreadable::OtherGuide { guide } => {
            ["The saved progress belongs to another checklist, “", guide, "”."].concat()
        }
    }
}

fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Forbidden => {
            "This browser does not let the page store anything, as in some private windows. Your progress stays until you close the page."
                .to_owned()
        }
        Trouble::Full => {
            "The browser's storage for this site is full. What you do now stays until you close the page, but is not saved."
                .to_owned()
        }
        Trouble::Removed => {
            "What was saved in this browser was removed while this page was open. It was saved again, as this page shows it."
                .to_owned()
        }
        Trouble::SetAside { why: Some(why), key } => [
            &unreadable(why),
            " It was set aside under “",
            key,
            "” in this browser's storage, and this page starts afresh.",
        ]
        .concat(),
        Trouble::SetAside { why: None, key } => [
            "A part of the saved progress was damaged. All else was restored, and the whole was set aside under “",
            key,
            "” in this browser's storage.",
        ]
        .concat(),
        Trouble::ReadOnly { why } => [&unreadable(why), " What you do now is not saved."].concat(),
    }
}
