//! The runbook as one POSIX script, commented throughout.
//!
//! It says what the page says, stops at the first failure, asks before each change and before a
//! step that is optional, waits where something is to be done by hand, and says at its end what was
//! skipped and how to take back what was begun. What only looks may fail, and is looked at again.
//! While a choice is open there is no script. A command that cannot be written is never run, nor
//! are the original page's own snippets, which are done by hand; and what takes a step back is run
//! only where another step leads to it for that.
//!
//! What every script begins with is `script/harness.sh`.

mod client;
mod line;
mod loose;
mod numbers;
mod options;
mod posix;
mod terminal;
mod undo;

use std::rc::Rc;

use self::client::{Client, fed_to, left_open};
use self::line::{Line, without_assignments};
use self::numbers::numbers;
use self::posix::{compared, expected, here_document, in_its_shell, looked_at, quoted, without_controls};
use self::terminal::has_terminal;
use self::undo::Later;
use super::{added_in_words, announcing, facts, has_snippet, is_open, labelled, number, said_in_words, text};
use crate::guide::{Block, Entry, Guide, Place, Role, Section, Snippet, Step};
use crate::snippet::Language;
use crate::words::ENGLISH;

/// The guide as a script.
pub(super) fn script(guide: &Guide) -> String {
    let mut script = Script::new(guide);
    script.head();
    let open: Vec<&str> =
        guide.inputs.iter().filter(|input| is_open(input)).map(|input| &*input.label).collect();
    if !open.is_empty() {
        let sentence =
            ["Not chosen yet: ", &open.join(", "), ". Choose, and make this script again."].concat();
        script.out.push_str(&["echo ", &quoted(&sentence), " >&2\nexit 2\n"].concat());
        return script.out;
    }
    script.start();
    for phase in &guide.phases {
        script.section(phase, '=');
    }
    script.out.push_str("\n_at_end=yes\nprintf '\\nEnd of the checklist.\\n'\n");
    script.out
}

/// What every script begins with: it stops, asks, waits and compares.
const HARNESS: &str = include_str!("script/harness.sh");

struct Script<'a> {
    guide: &'a Guide,
    out: String,
    /// What stands for a link to each place.
    numbers: Vec<(Place<'a>, String)>,
    /// The title of the step that is being written.
    step: String,
    /// Whether taking something back is what the step is about.
    step_undoes: bool,
    /// What waits until the step is done, where no command does it and nobody was asked yet.
    waits: Option<String>,
    /// The steps that take back what earlier ones did, the last first.
    later: Vec<Later>,
    /// Whether the step that is being written is for everybody.
    doubt: Doubt,
    /// What was said since it was last shown.
    words: String,
    /// How many times it asks whether to run something.
    confirmed: usize,
    /// The commands that open a database's client, as the page last gave them.
    psql: Option<String>,
    mysql: Option<String>,
}

/// Whether a step is for everybody. If not, its reader is asked, once what stands before its first
/// command is said.
#[derive(Clone, Copy, Default)]
enum Doubt {
    #[default]
    None,
    /// Not asked yet.
    Open,
    /// Asked; where what follows the question begins.
    Asked(usize),
}

/// What the script does with a snippet.
enum Use {
    /// Asks first.
    Ask(String),
    /// Runs it, as it changes nothing, as often as somebody wants to look.
    Run(String),
    /// Shows it and waits.
    ByHand,
    /// Shows it.
    Show,
    /// Has it as a comment.
    Comment,
}

/// A command that the script has, and what is said of it.
struct Written<'a> {
    snippet: &'a Snippet,
    title: String,
    caution: String,
    remarks: String,
    code: String,
}

impl Written<'_> {
    /// Whether what it prints stands on a screen: that is not compared, its reader says whether it
    /// is as expected.
    fn is_on_screen(&self) -> bool {
        has_terminal(self.snippet.code.as_deref().unwrap_or_default())
    }

    /// Asks its reader whether it is.
    fn judged(&self, expect: Option<&str>) -> String {
        let expected = expect.map_or("", |_| "\nExpected: ");
        let asked = [&*self.title, expected, expect.unwrap_or_default()].concat();
        ["_as_it_should_be ", &quoted(&asked)].concat()
    }
}

impl<'a> Script<'a> {
    fn new(guide: &'a Guide) -> Self {
        Self {
            guide,
            out: String::new(),
            numbers: numbers(guide),
            step: String::new(),
            step_undoes: false,
            waits: None,
            later: Vec::new(),
            doubt: Doubt::None,
            words: String::new(),
            confirmed: 0,
            psql: None,
            mysql: None,
        }
    }

    fn head(&mut self) {
        let guide = self.guide;
        self.out.push_str("#!/bin/sh\n");
        self.comment(&guide.title);
        self.out.push_str("#\n");
        self.comment(
            "Read this before you run it. It stops at the first failure and asks before each change. \
             With --from STEP, a number, it goes on from that step.",
        );
        if !guide.inputs.is_empty() {
            self.out.push_str("#\n");
        }
        for input in &guide.inputs {
            self.comment(&said_in_words(input));
        }
        self.out.push('\n');
        // The titles are prose, what a container's shell expands is quoted for it, and a value
        // brings its own quotes.
        self.out.push_str("# shellcheck disable=SC1112,SC2016,SC2026\n");
    }

    fn start(&mut self) {
        let guide = self.guide;
        self.out.push_str(&["_steps=", &guide.steps().len().to_string(), "\n", HARNESS].concat());
        // What the script was made of, and what the page suggests in its place.
        self.say(&guide.title);
        if !guide.inputs.is_empty() {
            self.say("The answers at the top of the page are these. With others, make this script anew:");
        }
        let answers: Vec<String> = guide.inputs.iter().map(said_in_words).collect();
        self.say(&answers.join("\n"));
        self.show_words();
        self.show_all(&guide.intro);
        self.find_later();
    }

    fn section(&mut self, section: &Section, rule: char) {
        let title = labelled(&text::words(&section.title), section.only.as_deref());
        self.out.push('\n');
        self.comment(&[&rule.to_string().repeat(4), " ", &title].concat());
        self.show_all(&section.intro);
        for entry in &section.entries {
            match entry {
                Entry::Section(group) => self.section(group, '-'),
                Entry::Step(step) => self.write_step(step),
                Entry::Text(text) => self.show_all(text),
            }
        }
    }

    fn write_step(&mut self, step: &Step) {
        self.step = labelled(&text::words(&step.title), step.only.as_deref());
        let snippets = step.snippets();
        self.step_undoes = self.later.iter().any(|later| later.id == step.id);
        self.words.clear();
        let remarks = facts::of_step(step, self.guide).join(". ");
        self.out.push_str("\n_begin ");
        self.out.push_str(&quoted(&self.step));
        if !remarks.is_empty() {
            self.out.push_str(&[" ", &quoted(&remarks)].concat());
        }
        self.out.push('\n');
        let undo = self.undo_of(step);
        let has_undo = undo.is_some();
        if self.step_undoes {
            self.out.push_str("_takes_back=yes\n");
        } else if let Some(undo) = undo {
            self.undo_later(step);
            let has_command = snippets.iter().any(|snippet| snippet.role == Role::Undo);
            let keep = if has_command { "_undo_with " } else { "_undo_by_words " };
            self.out.push_str(&[keep, &here_document("UNDO", &undo), "\n"].concat());
        }
        let only_shows = |snippet: &Snippet| snippet.facts.scope.as_deref() == Some("nothing");
        let does = snippets.iter().any(|snippet| match snippet.role {
            Role::Apply => !only_shows(snippet),
            Role::Undo => self.step_undoes,
            Role::Original => !is_only_shown(snippet),
            Role::Verify => false,
        });
        let looks = snippets.iter().any(|snippet| snippet.role == Role::Verify);
        let by_hand = ["_ran=no\n_by_hand ", &quoted(&self.step), "\n"].concat();
        // Of what is done by hand, something may be to be seen or taken back.
        let is_told = !looks && !has_undo;
        // Who looks at something before and after did what there is to do.
        let is_asked = does || looks && snippets.iter().any(|snippet| snippet.role == Role::Apply);
        self.waits = (!is_asked).then(|| if is_told { "_finished\n".to_owned() } else { by_hand });
        self.only_if("_reached", |script| {
            if step.gate {
                script.out.push_str("_tell_skipped\n");
            }
            if !does && !looks {
                // Nothing to run: the reader is shown the words, and decides.
                let start = script.out.len();
                script.blocks(&step.body);
                if script.words.is_empty() && !does_something(&script.out[start..]) {
                    script.words = script.told(&step.body);
                }
                script.wait();
            } else if step.severity.as_deref() == Some("optional") {
                // What goes back after a failure is not for who goes straight through.
                script.doubt = Doubt::Open;
                script.body(step);
                script.end_doubt();
            } else {
                script.body(step);
            }
        });
        self.settings(&snippets);
    }

    /// What a step sets in the shell that runs all of this is set, too, where the script goes on
    /// behind it.
    fn settings(&mut self, snippets: &[&Rc<Snippet>]) {
        for snippet in snippets {
            let Some(code) = snippet.text().filter(|_| self.is_done(snippet.role) && is_setting(snippet))
            else {
                continue;
            };
            let title = snippet.facts.title.as_deref().unwrap_or_default();
            let asked = ["From “", &self.step, "”, which is passed over\n", title].concat();
            self.only_if("! _reached", |script| script.confirm(&asked, &code));
        }
    }

    /// What is done only if a command of the harness says so.
    fn only_if(&mut self, condition: &str, write: impl FnOnce(&mut Self)) {
        self.out.push_str(&["if ", condition, "; then\n"].concat());
        let start = self.out.len();
        write(self);
        self.end_if(start);
    }

    /// Ends what begins at `start` and is done only if something holds.
    fn end_if(&mut self, start: usize) {
        // A shell wants at least one command there.
        if !does_something(&self.out[start..]) {
            self.out.push_str(":\n");
        }
        self.out.push_str("fi\n");
    }

    /// Asks whether the step is for its reader, where that was not asked yet.
    fn ask_in_doubt(&mut self) {
        if let Doubt::Open = self.doubt {
            self.show_words();
            self.out.push_str("if _wanted; then\n");
            self.doubt = Doubt::Asked(self.out.len());
        }
    }

    fn end_doubt(&mut self) {
        if let Doubt::Asked(start) = std::mem::take(&mut self.doubt) {
            self.end_if(start);
        }
    }

    /// What a step says and does; what it says behind its last command, too.
    fn body(&mut self, step: &Step) {
        self.blocks(&step.body);
        self.show_words();
    }

    /// Waits until the reader has done what no command does.
    fn wait(&mut self) {
        if let Some(waits) = self.waits.take() {
            self.show_words();
            self.out.push_str(&waits);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Snippet(snippet) => self.snippet(snippet),
                Block::Verify(body) => {
                    self.ask_in_doubt();
                    self.wait();
                    self.passage("Verify", body);
                    if !has_snippet(body) {
                        self.show_words();
                        let asked = ["until _as_it_should_be ", &quoted(&self.step), "; do :; done"].concat();
                        self.out.push_str(&["if [ \"$_ran\" = yes ]; then\n", &asked, "\nfi\n"].concat());
                    }
                }
                // It is kept for the end.
                Block::Undo(_) if !self.step_undoes => {}
                Block::Undo(body) => self.passage("Undo", body),
                Block::Added { reason, source, body } => {
                    self.out.push('\n');
                    self.comment(&added_in_words(reason.as_deref(), source.as_deref()));
                    self.blocks(body);
                }
                other if !other.bodies().any(has_snippet) => self.prose(std::slice::from_ref(other)),
                Block::Note { kind, body } => self.passage(kind, body),
                Block::Numbered(passages) => {
                    for each in passages {
                        self.passage(&[&number(each), &*each.title].concat(), &each.body);
                    }
                }
                Block::Variants(variants) => {
                    variants.iter().for_each(|each| self.passage(&each.label, &each.value));
                }
                Block::Callouts(cards) => cards.iter().for_each(|each| self.passage(&each.title, &each.body)),
                other => other.bodies().for_each(|body| self.blocks(body)),
            }
        }
    }

    fn passage(&mut self, label: &str, body: &[Block]) {
        if !label.is_empty() {
            self.say(&announcing(label));
        }
        self.blocks(body);
    }

    fn prose(&mut self, blocks: &[Block]) {
        let words = self.told(blocks);
        self.say(&words);
    }

    /// Keeps words to be shown.
    fn say(&mut self, words: &str) {
        if !words.is_empty() && !self.words.is_empty() {
            self.words.push_str("\n\n");
        }
        self.words.push_str(words);
    }

    fn snippet(&mut self, snippet: &Snippet) {
        self.ask_in_doubt();
        self.out.push('\n');
        let said = &snippet.facts;
        let title = said.title.as_deref().unwrap_or(&self.step).to_owned();
        if let Some(title) = &said.title {
            self.comment(title);
        }
        let caution = said.caution.as_deref().map(|caution| ["Caution: ", caution].concat());
        let caution = caution.unwrap_or_default();
        self.comment(&caution);
        let remarks = facts::of_snippet(snippet);
        remarks.iter().for_each(|remark| self.comment(remark));
        let code = match &snippet.code {
            Ok(_) => snippet.text().unwrap_or_default(),
            Err(reason) => return self.unwritten(snippet, &title, &reason.to_string()),
        };
        let way = self.use_of(snippet, &code);
        let written = Written { snippet, title, caution, remarks: remarks.join(". "), code };
        match way {
            Use::Ask(command) => self.ask(&written, &command),
            Use::Run(command) => self.look(&written, &command),
            Use::ByHand => self.by_hand(&written),
            Use::Show => self.only_show(&written),
            Use::Comment => written.code.lines().for_each(|line| self.comment_line(&["    ", line].concat())),
        }
    }

    /// Says why a command is not in the script, and waits where it is part of the way.
    fn unwritten(&mut self, snippet: &Snippet, title: &str, reason: &str) {
        self.comment(&["Not written: ", reason].concat());
        if self.is_done(snippet.role) {
            // It may have opened a client.
            if Language::from_fence(&snippet.language) == Language::Shell {
                (self.psql, self.mysql) = (None, None);
            }
            self.show_words();
            let missing = [title, " (not in this script: ", reason, ")"].concat();
            let command = if changes_nothing(snippet) { "" } else { " command" };
            self.out.push_str(&["_by_hand ", &quoted(&missing), command, "\n"].concat());
        }
    }

    fn ask(&mut self, written: &Written, command: &str) {
        if written.snippet.facts.title.is_none() {
            // What nothing is said of says itself what it does.
            self.show_code(&written.code);
        }
        let expect = written.snippet.facts.expect.as_deref();
        let run = match expect {
            Some(_) if written.is_on_screen() => {
                let judged = written.judged(expect);
                [&compared(command, None), "\nuntil ", &judged, "; do :; done"].concat()
            }
            expect => compared(command, expect),
        };
        let mut asked = self.take_words();
        if !asked.is_empty() {
            asked.push('\n');
        }
        for line in [&written.title, &written.caution, &written.remarks] {
            if !asked.is_empty() && !line.is_empty() {
                asked.push('\n');
            }
            asked.push_str(line);
        }
        self.confirm(&asked, &run);
    }

    /// Runs what its reader says yes to, between two numbers, by which the script finds it to show.
    fn confirm(&mut self, asked: &str, run: &str) {
        self.confirmed += 1;
        let number = self.confirmed.to_string();
        let lines = ["if _confirm ", &quoted(asked), " ", &number, "; then\n", run, "\nfi # ", &number, "\n"];
        self.out.push_str(&lines.concat());
    }

    fn look(&mut self, written: &Written, command: &str) {
        let Snippet { facts, role, .. } = written.snippet;
        if facts.title.is_some() {
            self.say(&announcing(&written.title));
        }
        self.show_words();
        let run = match facts.expect.as_deref() {
            Some(expect) if !written.is_on_screen() => {
                looked_at("_output=$(", command, &["_expect ", &expected(expect), " again"].concat())
            }
            None if *role != Role::Verify => compared(command, None),
            expect => looked_at("(", command, &written.judged(expect)),
        };
        let shown = if *role == Role::Verify { "ran" } else { "looks" };
        self.out.push_str(&["if [ \"$_", shown, "\" = yes ]; then\n", &run, "\nfi\n"].concat());
    }

    fn by_hand(&mut self, written: &Written) {
        if written.snippet.role == Role::Original {
            self.say(&announcing(ENGLISH.original));
        }
        self.say(&written.caution);
        self.show_code(&written.code);
        self.out.push_str(&["_by_hand ", &quoted(&written.title), "\n"].concat());
    }

    fn only_show(&mut self, written: &Written) {
        let is_original = written.snippet.role == Role::Original;
        self.say(&written.caution);
        self.say(&announcing(if is_original { ENGLISH.original } else { &written.title }));
        self.show_code(&written.code);
    }

    /// What was said since it was last shown: for whom a command is, and when it would be wrong.
    fn take_words(&mut self) -> String {
        std::mem::take(&mut self.words)
    }

    fn show_words(&mut self) {
        let words = self.take_words();
        if !words.is_empty() {
            self.show(&words);
        }
    }

    /// Shows what stands between steps, on the way to the next one, and waits where that is
    /// something to do.
    fn show_all(&mut self, blocks: &[Block]) {
        let words = self.told(blocks);
        if !words.is_empty() {
            self.out.push('\n');
            self.only_if("_next_reached", |script| {
                script.show(&words);
                if has(blocks, &Snippet::may_change) {
                    script.out.push_str("_finished\n");
                }
            });
        }
    }

    fn use_of(&mut self, snippet: &Snippet, code: &str) -> Use {
        if snippet.role == Role::Original {
            return if is_only_shown(snippet) { Use::Show } else { Use::ByHand };
        }
        let changes_nothing = changes_nothing(snippet);
        let language = Language::from_fence(&snippet.language);
        let command = match language {
            Language::Shell => {
                let runs = snippet.code.as_deref().unwrap_or_default();
                if let Some(client) = Client::opened_by(runs) {
                    // One that cannot be fed is opened by hand.
                    let is_fed = client.command.is_some();
                    self.keep(client.sql, client.command);
                    return if is_fed { Use::Comment } else { Use::Show };
                }
                // What follows may be for a client that is not known here.
                left_open(runs).into_iter().for_each(|sql| self.keep(sql, None));
                does_something(code).then(|| in_its_shell(&snippet.language, code))
            }
            Language::Postgres => self.psql.as_deref().map(|client| fed_to(client, language, code)),
            Language::MySql => self.mysql.as_deref().map(|client| fed_to(client, language, code)),
            Language::MyCnf
            | Language::Ini
            | Language::PostgresConf
            | Language::PgPass
            | Language::Yaml
            | Language::Compose
            | Language::Json
            | Language::Properties
            | Language::Other => None,
        };
        match command {
            Some(command) if changes_nothing => Use::Run(command),
            Some(command) => Use::Ask(command),
            None if changes_nothing => Use::Show,
            None => Use::ByHand,
        }
    }

    /// Whether a snippet of this role is part of going through the checklist.
    fn is_done(&self, role: Role) -> bool {
        match role {
            Role::Apply | Role::Verify => true,
            Role::Undo => self.step_undoes,
            Role::Original => false,
        }
    }

    /// Keeps a client for the SQL that follows it. Where it cannot be fed, no other takes
    /// its place: that one may have another user.
    fn keep(&mut self, sql: Language, command: Option<String>) {
        match sql {
            Language::Postgres => self.psql = command,
            _ => self.mysql = command,
        }
    }

    /// Shows code when the script comes there, below what was said before it.
    fn show_code(&mut self, code: &str) {
        let code: Vec<String> = code.lines().map(|line| ["    ", line].concat()).collect();
        self.say(&code.join("\n"));
        self.show_words();
    }

    fn show(&mut self, text: &str) {
        let text = without_controls(text);
        self.out.push_str(&["_show ", &here_document("TEXT", &text), "\n"].concat());
    }

    /// Prose, in which a link to a place in the guide is the number of its step.
    fn told(&self, blocks: &[Block]) -> String {
        let words = text::body(blocks);
        let mut pieces = words.split("<#");
        let mut told = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let link = piece.split_once('>').and_then(|(to, rest)| Some((self.number(to)?, rest)));
            let (number, rest) = link.unwrap_or(("<#", piece));
            told.push_str(number);
            told.push_str(rest);
        }
        told
    }

    fn number(&self, fragment: &str) -> Option<&str> {
        let place = self.guide.place_of(fragment)?;
        self.numbers.iter().find(|(other, _)| *other == place).map(|(_, number)| &**number)
    }

    fn comment(&mut self, text: &str) {
        text.lines().for_each(|line| self.comment_line(line));
    }

    fn comment_line(&mut self, line: &str) {
        self.out.push('#');
        if !line.is_empty() {
            self.out.push(' ');
            self.out.push_str(&without_controls(line));
        }
        self.out.push('\n');
    }
}

/// Whether there is a command: an `if` around comments alone is a mistake in bash.
fn does_something(code: &str) -> bool {
    code.lines().map(str::trim).any(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Whether a snippet only gives the shell values that the commands after it use, takes them away,
/// or goes to a folder.
fn is_setting(snippet: &Snippet) -> bool {
    let code = snippet.text().unwrap_or_default();
    // What is in bash has a shell of its own (`in_its_shell`).
    Language::from_fence(&snippet.language) == Language::Shell
        && !Language::is_bash(&snippet.language)
        && does_something(&code)
        && code.lines().filter(|line| does_something(line)).all(sets)
}

/// Whether a line does no more than that.
fn sets(line: &str) -> bool {
    let read = Line::of_text(line);
    let is_set = match read.words.as_slice() {
        [command, rest @ ..] if command.text == "cd" => rest.len() < 2,
        words => without_assignments(words).is_empty(),
    };
    line.starts_with("export ")
        || line.starts_with("unset ")
        || is_set && read.is_plain && !read.does_more && !read.substitutes
}

/// Whether a snippet is only to look.
fn changes_nothing(snippet: &Snippet) -> bool {
    snippet.role == Role::Verify || snippet.facts.scope.as_deref() == Some("nothing")
}

fn has(blocks: &[Block], is_such: &dyn Fn(&Snippet) -> bool) -> bool {
    blocks.iter().any(|block| match block {
        Block::Snippet(snippet) => is_such(snippet),
        other => other.bodies().any(|body| has(body, is_such)),
    })
}

/// Whether a snippet of the original page is one that its reader is warned of: it is not to be
/// done as it stands.
fn is_only_shown(snippet: &Snippet) -> bool {
    snippet.facts.caution.is_some()
}
