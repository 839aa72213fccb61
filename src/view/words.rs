//! Every word that the view itself says, in one place.

use super::Lack;
use crate::progress::{Evidence, Figures, Mark, StepState, Verdict};
pub(super) use crate::render::facts::{reconnect, restart, scope, verified};

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
pub(super) const NEW_PASSAGE: &str = "New or changed:";
pub(super) const RENEW: &str = "Done again";
pub(super) const WHY_NOT: &str = "Why it does not apply here";
pub(super) const GATE: &str = "Go or no-go";
pub(super) const REGARDLESS: &str = "Going on regardless? Say why";
pub(super) const PASTE: &str = "Paste the output";
pub(super) const OUTPUT: &str = "Output of this command. It stays in your browser; leave passwords out";
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

/// How many passages went since a step was read.
pub(super) fn gone(passages: usize) -> String {
    match passages {
        1 => "One passage is gone, or reads otherwise now.".to_owned(),
        _ => [&passages.to_string(), " passages are gone, or read otherwise now."].concat(),
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
        Lack::Stale => "too long ago",
    }
}

/// Whether all is ready.
pub(super) fn go(go: bool) -> &'static str {
    if go { "Go." } else { "No-go." }
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
