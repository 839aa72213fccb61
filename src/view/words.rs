//! Every word that the view itself says, in one place.

use super::Lack;
use crate::progress::{Evidence, Figures, Mark, StepState, Verdict};
pub(super) use crate::render::facts::{reconnect, restart, scope, verified};
use crate::saved::DEFAULT_RUN;

pub(super) const EYEBROW: &str = "Upgrade checklist";
pub(super) const GUIDES: &str = "Version";
pub(super) const ENVIRONMENT: &str = "What you run";
pub(super) const ENVIRONMENT_HINT: &str =
    "Choose, and only the steps and commands for you stay. What you leave open is shown for every case.";
pub(super) const VALUES: &str = "Values in the commands";
pub(super) const VALUES_HINT: &str =
    "They are put into every command below, quoted as its language wants. Passwords are never asked for.";
pub(super) const UNDECIDED: &str = "Show all";
pub(super) const DEFAULT: &str = "Default";
pub(super) const SUGGESTED: &str = "Suggested";
pub(super) const USE_IT: &str = "Use it";
pub(super) const IN_USE: &str = "(in use)";
pub(super) const PHASES: &str = "Phases";
pub(super) const NEXT: &str = "Next";
pub(super) const FINISHED: &str = "Everything is done";
pub(super) const PRINT: &str = "Print";
pub(super) const DOWNLOAD: &str = "Download";
pub(super) const DOWNLOAD_MARKDOWN: &str = "Task list (Markdown)";
pub(super) const DOWNLOAD_TEXT: &str = "Plain text";
pub(super) const DOWNLOAD_SCRIPT: &str = "Script that asks first (sh)";
pub(super) const DOWNLOAD_SCRIPT_LATER: &str = "For a script, make every choice first.";
pub(super) const DOWNLOAD_JSON: &str = "For other programs (JSON)";
pub(super) const START_OVER: &str = "Start over";
pub(super) const START_OVER_QUESTION: &str =
    "Forget every tick, note and answer of this checklist? This cannot be undone.";
pub(super) const START_OVER_YES: &str = "Yes, start over";
pub(super) const COPY: &str = "Copy";
pub(super) const COPIED: &str = "Copied";
pub(super) const COPY_FAILED: &str = "Not copied: select it and copy by hand";
pub(super) const EXPECT: &str = "Expect";
pub(super) const VERIFY: &str = "Verify";
pub(super) const UNDO: &str = "Undo";
pub(super) const ADDED: &str = "Added to the original page";
pub(super) const SOURCE: &str = "Source";
pub(super) const CAUTION: &str = "Caution";
pub(super) const ORIGINAL: &str = "As in the original page";
pub(super) const CODE: &str = "Code";
pub(super) const ONLY: &str = "Only for";
pub(super) const NOTE: &str = "Your note";
pub(super) const ADD_NOTE: &str = "Note";
pub(super) const NOT_APPLICABLE: &str = "Does not apply here";
pub(super) const REOPEN: &str = "Reopen";
pub(super) const CHANGED: &str =
    "This step has changed since you decided about it. Read it again, then confirm or reopen it.";
pub(super) const RENEW: &str = "Done again";
pub(super) const WHY_NOT: &str = "Why it does not apply here";
pub(super) const GATE: &str = "Go or no-go";
pub(super) const REGARDLESS: &str = "Going on regardless? Say why";
pub(super) const PASTE: &str = "Paste the output";
pub(super) const OUTPUT: &str = "Output of this command. It stays in your browser; leave passwords out";
pub(super) const REASON: &str = "Reason";
pub(super) const EVIDENCE: &str = "Output";
pub(super) const RUN: &str = "Run";
pub(super) const RUN_NAME: &str = "Name of this run";
pub(super) const OTHER_RUNS: &str = "Other runs";
pub(super) const NEW_RUN: &str = "Another run of this checklist";
pub(super) const NEW_RUN_EXAMPLE: &str = "production";
pub(super) const START_RUN: &str = "Start it";
pub(super) const DELETE_RUN: &str = "Delete this run";
pub(super) const DELETED_RUNS: &str = "Deleted runs";
pub(super) const RESTORE_RUN: &str = "Bring it back";
pub(super) const FORGET_RUN: &str = "Delete it for good";
pub(super) const SAVE_FILE: &str = "Save as a file";
pub(super) const READ_FILE: &str = "Open a file";
pub(super) const COPY_TASKS: &str = "Copy as a task list";
pub(super) const COPY_LINK: &str = "Copy a link with your choices";
pub(super) const COPY_LINK_WITH_VALUES: &str = "… and with your values";
pub(super) const COPIED_TASKS: &str = "The task list is on the clipboard, as Markdown.";
pub(super) const COPIED_LINK: &str = "The link is on the clipboard.";
pub(super) const COPY_REFUSED: &str = "This browser refused to copy.";
pub(super) const NO_CHANGES: &str = "It says nothing that is not here already.";
pub(super) const TAKE_OFFER: &str = "Take it over";
pub(super) const OPEN_OFFER: &str = "Open it as a run of its own";
pub(super) const LEAVE_OFFER: &str = "Leave it";
pub(super) const ARCHIVED: &str = "No longer in this checklist";
pub(super) const ARCHIVED_HINT: &str =
    "What you did with steps that the page has no more. It is kept, and counts for nothing.";
pub(super) const DETAILS: &str = "Details:";
pub(super) const AFTER: &str = "After";
pub(super) const PROGRESS: &str = "Progress";
pub(super) const TIME: &str = "Time";
pub(super) const INITIALS: &str = "Initials";
pub(super) const SIGN_OFF: &str = "Sign-off";
pub(super) const NAME: &str = "Name";
pub(super) const DATE: &str = "Date";
pub(super) const SIGNATURE: &str = "Signature";
pub(super) const TABLE: &str = "Table";
pub(super) const DISMISS: &str = "Dismiss";

/// The word beside a step's box.
pub(super) fn state(state: StepState) -> &'static str {
    match state {
        StepState::Todo => "To do",
        StepState::Done => "Done",
        StepState::NotApplicable => "Does not apply",
        StepState::Changed => "Changed",
    }
}

/// Confirms what was decided about a step that has changed since.
pub(super) fn still(mark: Option<Mark>) -> &'static str {
    match mark {
        Some(Mark::NotApplicable) => "Still does not apply",
        _ => "Still done",
    }
}

/// What was decided about a step in another environment.
pub(super) fn marked_for(mark: Option<Mark>, choices: &[String]) -> String {
    let decided = match mark {
        Some(Mark::NotApplicable) => "Set aside for ",
        _ => "Ticked for ",
    };
    [decided, &choices.join(", "), ". For what you chose now, this step is another one."].concat()
}

/// The same in a few words.
pub(super) fn marked_for_short(choices: &[String]) -> String {
    ["ticked for ", &choices.join(", ")].concat()
}

/// What was decided about a step.
pub(super) fn mark(mark: Option<Mark>) -> &'static str {
    state(match mark {
        Some(Mark::Done) => StepState::Done,
        Some(Mark::NotApplicable) => StepState::NotApplicable,
        None => StepState::Todo,
    })
}

/// What the page says of a file or a link that somebody hands it.
pub mod said {
    /// What a file would change.
    pub const FILE: &str = "What this file would change";
    /// What a link would change.
    pub const LINK: &str = "What this link would change";
    /// A link was followed.
    pub const LINK_TAKEN: &str = "Your choices were taken from the link.";
    /// What a file that cannot be taken is.
    pub const FILE_REFUSED: &str = "This file cannot be taken over.";
    /// What a run from a file is called that brings no name.
    pub const FROM_FILE: &str = "from a file";
    /// A run was put away.
    pub const DELETED: &str = "The run was deleted. You can bring it back at any time.";
    /// A run was put away that is shown.
    pub const DELETED_ELSEWHERE: &str =
        "This run was deleted, perhaps in another tab. Nothing in it is lost.";
    /// Takes a deletion back.
    pub const UNDO: &str = "Undo";
    /// Brings back what is shown.
    pub const KEEP: &str = "Bring it back";
    /// Saves what was set aside.
    pub const SAVE_ASIDE: &str = "Save what was set aside";
    /// Saves what cannot be kept.
    pub const SAVE: &str = "Save it as a file";

    /// What in a link cannot be used, as far as it is not too much to say.
    pub fn link_unknown(names: &[String]) -> String {
        let short = |name: &String| name.chars().take(40).collect::<String>();
        let mut said: Vec<String> = names.iter().take(5).map(short).collect();
        if names.len() > said.len() {
            said.push(super::more(names.len() - said.len()));
        }
        ["This checklist does not know what the link says of: ", &said.join(", ")].concat()
    }
}

/// What a run is called.
pub(super) fn run_name(name: &str) -> String {
    if name.is_empty() || name == DEFAULT_RUN { "First run".to_owned() } else { name.to_owned() }
}

/// A run that was put away.
pub(super) fn deleted(name: &str) -> String {
    ["Deleted: ", &run_name(name)].concat()
}

/// A text, or a sign that there is none.
pub(super) fn or_nothing(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}

/// How many changes are not listed.
pub(super) fn more(changes: usize) -> String {
    ["and ", &changes.to_string(), " more"].concat()
}

/// What became of a passage since a step was read.
pub(super) fn change(former: &str, present: &str) -> &'static str {
    match (former, present) {
        ("", _) => "New:",
        (_, "") => "Gone:",
        _ => "Reworded:",
    }
}

/// How many passages went since a step was read, of which it is not known what they said.
pub(super) fn gone(passages: usize) -> String {
    match passages {
        1 => "One passage is gone, or reads otherwise now. Its former words were not kept.".to_owned(),
        _ => {
            let number = passages.to_string();
            [&number, " passages are gone, or read otherwise now. Their former words were not kept."].concat()
        }
    }
}

/// Asks to do a step again.
pub(super) fn stale(hours: u32) -> String {
    let ago = match hours {
        1 => "an hour".to_owned(),
        _ => [&hours.to_string(), " hours"].concat(),
    };
    ["Done more than ", &ago, " ago, which is too long for what comes next. Do it again."].concat()
}

/// Why a step is not good enough for another.
pub(super) fn lack(lack: Lack) -> &'static str {
    match lack {
        Lack::Open => "still open",
        Lack::Stale => "done too long ago",
    }
}

/// Whether all is ready.
pub(super) fn go(go: bool, state: StepState) -> &'static str {
    match (go, state) {
        (true, _) => "Go.",
        (false, StepState::Done) => "Done regardless.",
        (false, _) => "No-go.",
    }
}

/// How much is open before a step.
pub(super) fn open_before(open: usize) -> String {
    match open {
        0 => "Everything before this step is done.".to_owned(),
        1 => "One step before this one is not done:".to_owned(),
        _ => [&open.to_string(), " steps before this one are not done:"].concat(),
    }
}

/// What came of an output that was pasted.
pub(super) fn verdict(kept: &Evidence, expected: &str) -> String {
    match kept.verdict {
        _ if kept.expected != expected => {
            ["It was compared with ", &kept.expected, ". Now ", expected, " is expected: paste it anew."]
                .concat()
        }
        Verdict::Expected => "As expected.".to_owned(),
        Verdict::Among => "What is expected stands in it, among other lines.".to_owned(),
        Verdict::Other => ["Not what is expected, which is ", expected, "."].concat(),
    }
}

/// How far the reader is, in one line.
pub(super) fn figures(figures: Figures) -> String {
    let Figures { done, not_applicable, .. } = figures;
    let applicable = figures.applicable();
    match not_applicable {
        0 => [&done.to_string(), " of ", &applicable.to_string(), " done"].concat(),
        _ => {
            let set_aside = not_applicable.to_string();
            [&done.to_string(), " of ", &applicable.to_string(), " done, ", &set_aside, " not applicable"]
                .concat()
        }
    }
}

/// How many steps there are and how long they take.
pub(super) fn extent(steps: usize, minutes: u32) -> String {
    let count = steps.to_string();
    let noun = if steps == 1 { " step" } else { " steps" };
    match minutes {
        0 => [&count, noun].concat(),
        1 => [&count, noun, ", about a minute"].concat(),
        2..90 => [&count, noun, ", about ", &minutes.to_string(), " minutes"].concat(),
        _ => [&count, noun, ", about ", &minutes.div_ceil(60).to_string(), " hours"].concat(),
    }
}

/// How long one step takes.
pub(super) fn minutes(minutes: u32) -> String {
    [&minutes.to_string(), " min"].concat()
}
