//! Every word that the program itself says to a reader, in every language that it speaks. What
//! a page says is its author's.
//!
//! Start with [`Words`]: a language is one value of it, in a file of its own, so a message that
//! a language lacks does not compile. To add a language, write its file and name it in
//! [`Words::SPOKEN`].

mod english;
mod german;

pub use english::ENGLISH;
pub use german::GERMAN;

use std::fmt;

use crate::environment::Objection;
use crate::environment::value::ValueType;
use crate::progress::{Evidence, Figures, Lack, Mark, Review, StepState};
use crate::saved::{DEFAULT_RUN, Trouble, Unreadable};

/// All that is said in one language.
#[allow(missing_docs, reason = "the English says what each is for")]
pub struct Words {
    /// The language, as `lang` names it.
    pub lang: &'static str,

    // The top of the page.
    pub eyebrow: &'static str,
    pub guides: &'static str,

    // What the reader runs.
    pub environment: &'static str,
    pub environment_hint: &'static str,
    pub values: &'static str,
    pub values_hint: &'static str,
    pub undecided: &'static str,
    pub default: &'static str,
    pub needed: &'static str,
    pub suggested: &'static str,
    pub most_instead_of: &'static str,
    pub use_it: &'static str,
    pub in_use: &'static str,

    // Beside the document.
    pub phases: &'static str,
    pub next: &'static str,
    pub failed: &'static str,
    pub finished: &'static str,
    pub finished_without_proof: &'static str,
    pub progress: &'static str,
    pub glance: &'static str,
    pub print: &'static str,
    pub print_question: &'static str,
    pub print_all: &'static str,
    pub download: &'static str,
    pub download_markdown: &'static str,
    pub download_text: &'static str,
    pub download_script: &'static str,
    pub download_script_later: &'static str,
    pub download_json: &'static str,
    pub no_runbook: &'static str,
    pub start_over: &'static str,
    pub start_over_question: &'static str,
    pub start_over_yes: &'static str,

    // A snippet.
    pub copy: &'static str,
    pub copied: &'static str,
    pub copy_failed: &'static str,
    pub expect: &'static str,
    pub caution: &'static str,
    pub original: &'static str,
    pub paste: &'static str,
    pub output: &'static str,

    // A step's text.
    pub verify: &'static str,
    pub undo: &'static str,
    pub added: &'static str,
    pub source: &'static str,
    pub only: &'static str,
    pub only_some: &'static str,
    pub table: &'static str,

    // What the reader says of a step.
    pub details: &'static str,
    pub after: &'static str,
    pub note: &'static str,
    pub add_note: &'static str,
    pub not_applicable: &'static str,
    pub reopen: &'static str,
    pub why_not: &'static str,
    pub changed: &'static str,
    pub renew: &'static str,
    pub gate: &'static str,
    pub regardless: &'static str,
    pub reason: &'static str,
    pub evidence: &'static str,
    pub nothing: &'static str,

    // Keys.
    pub keys: &'static str,
    pub keys_on: &'static str,
    pub key_next_open: &'static str,
    pub key_next: &'static str,
    pub key_previous: &'static str,
    pub key_done: &'static str,

    // Fewer steps.
    pub filter: &'static str,
    pub search: &'static str,
    pub show: &'static str,
    pub show_all: &'static str,
    pub show_open: &'static str,
    pub show_undecided: &'static str,
    pub show_ours: &'static str,
    pub area: &'static str,
    pub everywhere: &'static str,
    pub show_everything: &'static str,
    pub ours: &'static str,

    // Runs.
    pub run: &'static str,
    pub first_run: &'static str,
    pub run_name: &'static str,
    pub other_runs: &'static str,
    pub new_run: &'static str,
    pub new_run_example: &'static str,
    pub start_run: &'static str,
    pub delete_run: &'static str,
    pub deleted_runs: &'static str,
    pub deleted: &'static str,
    pub restore_run: &'static str,
    pub forget_run: &'static str,
    pub run_deleted: &'static str,
    pub run_deleted_elsewhere: &'static str,
    pub other_runs_unsaved: &'static str,
    pub take_back: &'static str,

    // What carries a run, and what comes from elsewhere.
    pub save_file: &'static str,
    pub read_file: &'static str,
    pub copy_tasks: &'static str,
    pub copy_link: &'static str,
    pub copy_link_with_values: &'static str,
    pub copied_tasks: &'static str,
    pub copied_link: &'static str,
    pub copy_refused: &'static str,
    pub from_file: &'static str,
    pub file_changes: &'static str,
    pub file_refused: &'static str,
    pub link_changes: &'static str,
    pub link_taken: &'static str,
    pub no_changes: &'static str,
    pub newer_alone: &'static str,
    pub newer_here: &'static str,
    pub take_offer: &'static str,
    pub open_offer: &'static str,
    /// Says which run a file is of, and which other one is shown: what stands around the two names.
    pub of_another_run: [&'static str; 3],
    /// Says of an input or a step that what is said of it stays, and what older is in a file: what
    /// stands behind the input, and between the two answers.
    pub older_answer: [&'static str; 2],
    pub leave_offer: &'static str,

    // What is left of steps that the page no longer has.
    pub archived: &'static str,
    pub archived_hint: &'static str,

    // Paper.
    pub done_by: &'static str,
    pub checked_by: &'static str,
    pub window: &'static str,
    pub undo_sheet: &'static str,
    pub undo_sheet_hint: &'static str,
    pub only_then: &'static str,
    pub links: &'static str,
    pub time: &'static str,
    pub initials: &'static str,
    pub sign_off: &'static str,
    pub name: &'static str,
    pub date: &'static str,
    pub signature: &'static str,

    // Notices.
    pub dismiss: &'static str,
    pub not_saved: &'static str,
    pub save_it: &'static str,
    pub save_aside: &'static str,
    pub damaged: &'static str,
    pub no_place: &'static str,

    // Sentences that depend on something.
    /// No guide has the name that the page asks for; these are there.
    pub no_such_guide: fn(&str, &[String]) -> String,
    /// What is at an address that was to hold guides.
    pub no_guides_at: fn(&str) -> String,
    /// The word beside a step's box.
    pub state: fn(StepState) -> &'static str,
    /// Confirms what was decided about a step that has changed since.
    pub still: fn(Option<Mark>) -> &'static str,
    /// What was decided about a step in another environment.
    pub marked_for: fn(Option<Mark>, &[String]) -> String,
    /// The same in a few words.
    pub marked_for_short: fn(&[String]) -> String,
    /// How much a step matters; the author's own word where it is none of ours.
    pub severity: fn(&str) -> String,
    /// How long one step takes.
    pub minutes: fn(u32) -> String,
    /// The same as a sentence.
    pub about_minutes: fn(u32) -> String,
    /// How many steps there are and how long they take.
    pub extent: fn(usize, u32) -> String,
    /// What an answer made of the steps: how many say something else or are new, how many there
    /// were, and how many there are.
    pub effect: fn(usize, usize, usize) -> String,
    /// How far the reader is, in one line.
    pub figures: fn(Figures) -> String,
    /// A part of a hundred.
    pub percent: fn(u8) -> String,
    /// How long the open steps take.
    pub left: fn(u32) -> String,
    /// How the changes of a review stand.
    pub review: fn(Review) -> String,
    /// How many of all steps are shown.
    pub shown: fn(usize, usize) -> String,
    /// How many outputs were kept, and how many of them were as expected.
    pub outputs: fn(usize, usize) -> String,
    /// From when to when it was done.
    pub between: fn(&str, &str) -> String,
    /// How many changes are not listed.
    pub more: fn(usize) -> String,
    /// What became of a passage since a step was read: what it said, and what it says.
    pub change: fn(&str, &str) -> &'static str,
    /// How many passages went since then, of which it is not known what they said.
    pub gone: fn(usize) -> String,
    /// What is left out of a file, as it cannot be read, as far as it is not too much to say.
    pub file_damaged: fn(&[String]) -> String,
    /// What in a link cannot be used, as far as it is not too much to say.
    pub link_unknown: fn(&[String]) -> String,
    /// Asks to do a step again, after so many hours.
    pub stale: fn(u32) -> String,
    /// Why a step is not good enough for another.
    pub lack: fn(Lack) -> &'static str,
    /// Whether all is ready before a step.
    pub go: fn(bool, StepState) -> &'static str,
    /// How much is open before a step.
    pub open_before: fn(usize) -> String,
    /// What came of an output that was pasted, where this is expected now, and these values of
    /// its step were given later.
    pub verdict: fn(&Evidence, &str, &str) -> String,
    /// What a snippet changes.
    pub scope: fn(&str) -> String,
    /// Whether the server must be restarted.
    pub restart: fn(bool) -> &'static str,
    /// Whether only connections opened afterwards see it.
    pub reconnect: fn(bool) -> &'static str,
    /// How a snippet was verified.
    pub verified: fn(&str) -> String,
    /// What a value of this type must be.
    pub invalid: fn(ValueType) -> &'static str,
    /// Why what the reader said cannot be used.
    pub objection: fn(&Objection) -> String,
    /// Why a stored run or a file cannot be read.
    pub unreadable: fn(&Unreadable) -> String,
    /// What went wrong with the browser's storage.
    pub trouble: fn(&Trouble) -> String,
}

impl Words {
    /// Every language, the first of them for whoever reads one that is not spoken here.
    pub const SPOKEN: [&Self; 2] = [&ENGLISH, &GERMAN];

    /// The words for whoever reads this language: `de`, `de-AT`. English for whoever reads one
    /// that is not spoken here.
    pub fn of(lang: &str) -> &'static Self {
        Self::spoken(lang).unwrap_or(&ENGLISH)
    }

    /// The words of a language, if it is spoken here.
    pub fn spoken(lang: &str) -> Option<&'static Self> {
        let primary = lang.split(['-', '_']).next().unwrap_or_default();
        Self::SPOKEN.into_iter().find(|words| primary.eq_ignore_ascii_case(words.lang))
    }

    /// What was decided about a step.
    pub fn mark(&self, mark: Option<Mark>) -> &'static str {
        (self.state)(match mark {
            Some(Mark::Done) => StepState::Done,
            Some(Mark::NotApplicable) => StepState::NotApplicable,
            Some(Mark::Ours) => return self.ours,
            None => StepState::Todo,
        })
    }

    /// That nothing is left to do, and whether all that was pasted shows that it took effect.
    pub fn finish(&self, has_proof: bool) -> &'static str {
        if has_proof { self.finished } else { self.finished_without_proof }
    }

    /// What a run is called.
    pub fn name_of_run(&self, name: &str) -> String {
        if name.is_empty() || name == DEFAULT_RUN { self.first_run.to_owned() } else { name.to_owned() }
    }

    /// A text, or a word for none.
    pub fn or_nothing<'a>(&self, text: &'a str) -> &'a str {
        if text.is_empty() { self.nothing } else { text }
    }
}

/// The first few of many names, each as far as it can be read at a glance.
fn some_of(names: &[String], more: fn(usize) -> String) -> String {
    let short = |name: &String| name.chars().take(40).collect::<String>();
    let mut said: Vec<String> = names.iter().take(5).map(short).collect();
    if names.len() > said.len() {
        said.push(more(names.len() - said.len()));
    }
    said.join(", ")
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.lang)
    }
}

/// There is one value for each language.
impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.lang == other.lang
    }
}

impl Eq for Words {}
