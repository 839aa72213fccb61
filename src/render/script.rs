//! The runbook as one bash script, commented throughout.
//!
//! It stops at the first failure, asks before each change and waits where something is to
//! be done by hand. What is still open is never run: a command for only some readers, one
//! that cannot be written, and the original page's own snippets stand as comments.

mod client;

use self::client::{Client, fed_to};
use super::{added_in_words, announcing, labelled, numbered, remarks, said_in_words, text};
use crate::guide::{Block, Entry, Guide, Input, InputKind, Role, Section, Snippet, Step};
use crate::snippet::Language;

/// The guide as a script.
pub(super) fn script(guide: &Guide) -> String {
    let mut script = Script::default();
    script.head(guide);
    for phase in &guide.phases {
        script.section(phase, '=');
    }
    script.out.push_str("\nprintf '\\nEnd of the checklist.\\n'\n");
    script.out
}

/// What every script begins with. A pipe that fails is a failure, and a snippet that is
/// refused is skipped together with what verifies it. Bash stops in an `if`'s body as it
/// does elsewhere; only the condition may fail.
const HARNESS: &str = r#"set -euo pipefail

if [ -z "${BASH_SOURCE[0]:-}" ]; then
    echo 'Save this script to a file and run that: it reads your answers from its input.' >&2
    exit 2
fi

step=start
ran=yes
trap 'printf "\nStopped in “%s”: a command failed (exit %s). Nothing after it was run.\n" "$step" "$?" >&2' ERR

# begin TITLE: says which step comes now.
begin() {
    step=$1
    ran=yes
    printf '\n== %s\n' "$step"
}

# confirm WHAT: whether to run the commands that follow.
confirm() {
    local answer
    while true; do
        printf '\n%s\nRun this? [y]es, [s]kip, [q]uit: ' "$1"
        read -r answer || { echo; exit 1; }
        case $answer in
            y | yes) ran=yes; return 0 ;;
            s | skip) ran=no; return 1 ;;
            q | quit) exit 1 ;;
        esac
    done
}

# consider WORDS: shows what a step without commands says, and waits.
consider() {
    printf '\n%s\n\nPress Enter when this is done, or does not concern you. ' "$1"
    read -r || { echo; exit 1; }
}

# by_hand WHAT: waits until it is done.
by_hand() {
    printf '\nBy hand: %s\nPress Enter when it is done. ' "$1"
    read -r || { echo; exit 1; }
}
"#;

#[derive(Default)]
struct Script {
    out: String,
    /// The title of the step that is being written.
    step: String,
    /// Whether taking something back is what the step is about.
    step_undoes: bool,
    /// Whether what is being written is only for some of the readers.
    is_open: bool,
    /// The commands that open a database's client, as the page last gave them.
    psql: Option<String>,
    mysql: Option<String>,
}

/// What the script does with a snippet.
enum Use {
    /// Asks first.
    Ask(String),
    /// Runs it, as it changes nothing.
    Run(String),
    /// Shows it and waits.
    ByHand,
    /// Shows it.
    Show,
}

impl Script {
    fn head(&mut self, guide: &Guide) {
        self.out.push_str("#!/usr/bin/env bash\n");
        self.comment(&guide.title);
        self.out.push_str("#\n");
        self.comment(
            "Read this before you run it. It stops at the first failure and asks before each change.",
        );
        if !guide.inputs.is_empty() {
            self.out.push_str("#\n");
        }
        for input in &guide.inputs {
            self.comment(&said_in_words(input));
        }
        self.out.push('\n');
        let open: Vec<&str> =
            guide.inputs.iter().filter(|input| is_open(input)).map(|input| &*input.label).collect();
        if !open.is_empty() {
            let sentence =
                ["Not chosen yet: ", &open.join(", "), ". Choose, and make this script again."].concat();
            self.out.push_str(&["echo ", &quoted(&sentence), " >&2\nexit 2\n\n"].concat());
        }
        self.out.push_str(HARNESS);
        if !guide.intro.is_empty() {
            self.out.push('\n');
            self.comment(&text::body(&guide.intro));
        }
    }

    fn section(&mut self, section: &Section, rule: char) {
        let was_open = self.is_open;
        self.is_open |= section.only.is_some();
        let title = labelled(&text::words(&section.title), section.only.as_deref());
        self.out.push('\n');
        self.comment(&[&rule.to_string().repeat(4), " ", &title].concat());
        self.prose(&section.intro);
        for entry in &section.entries {
            match entry {
                Entry::Section(group) => self.section(group, '-'),
                Entry::Step(step) => self.write_step(step),
            }
        }
        self.is_open = was_open;
    }

    fn write_step(&mut self, step: &Step) {
        let was_open = self.is_open;
        self.is_open |= step.only.is_some();
        self.step = labelled(&text::words(&step.title), step.only.as_deref());
        self.step_undoes = step.snippets().iter().all(|snippet| snippet.role != Role::Apply);
        self.out.push_str("\nbegin ");
        self.out.push_str(&quoted(&self.step));
        self.out.push('\n');
        if step.snippets().is_empty() {
            // Nothing to run: the reader is shown the words, and decides.
            let words = text::body(&step.body);
            self.out.push_str(&["consider ", &quoted(&words), "\n"].concat());
        } else {
            self.blocks(&step.body);
        }
        self.is_open = was_open;
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Snippet(snippet) => self.snippet(snippet),
                Block::Variants(variants) => {
                    let was_open = std::mem::replace(&mut self.is_open, true);
                    for variant in variants {
                        self.passage(&variant.label, &variant.value);
                    }
                    self.is_open = was_open;
                }
                Block::Verify(body) => self.passage("Verify", body),
                Block::Undo(body) => self.passage("Undo", body),
                Block::Added { reason, source, body } => {
                    self.out.push('\n');
                    self.comment(&added_in_words(reason.as_deref(), source.as_deref()));
                    self.blocks(body);
                }
                Block::Note { kind, body } => self.passage(kind, body),
                Block::Numbered(passages) => {
                    passages.iter().for_each(|each| self.passage(&numbered(each), &each.body));
                }
                other => match other.bodies().any(has_snippet) {
                    true => other.bodies().for_each(|body| self.blocks(body)),
                    false => self.prose(std::slice::from_ref(other)),
                },
            }
        }
    }

    fn passage(&mut self, label: &str, body: &[Block]) {
        if !label.is_empty() {
            self.out.push('\n');
            self.comment(&announcing(label));
        }
        self.blocks(body);
    }

    fn prose(&mut self, blocks: &[Block]) {
        let words = text::body(blocks);
        if !words.is_empty() {
            self.out.push('\n');
            self.comment(&words);
        }
    }

    fn snippet(&mut self, snippet: &Snippet) {
        self.out.push('\n');
        let facts = &snippet.facts;
        let title = facts.title.as_deref().unwrap_or(&self.step).to_owned();
        if let Some(title) = &facts.title {
            self.comment(title);
        }
        if let Some(caution) = &facts.caution {
            self.comment(&["Caution: ", caution].concat());
        }
        for remark in remarks(snippet) {
            self.comment(&remark);
        }
        let code = match (&snippet.code, snippet.text()) {
            (Ok(_), Some(code)) => code,
            (Err(reason), _) => {
                self.comment(&["Not written: ", reason].concat());
                if self.is_done(snippet.role) {
                    let missing = [&title, " (not in this script: ", reason, ")"].concat();
                    self.out.push_str(&["by_hand ", &quoted(&missing), "\n"].concat());
                }
                return;
            }
            (Ok(_), None) => return,
        };
        match self.use_of(snippet, &code) {
            Use::Ask(command) => {
                self.out.push_str(&["if confirm ", &quoted(&title), "; then\n", &command, "\nfi\n"].concat());
            }
            Use::Run(command) => {
                self.out.push_str(&["if [ \"$ran\" = yes ]; then\n", &command, "\nfi\n"].concat());
            }
            Use::ByHand => {
                self.code(&code);
                self.out.push_str(&["by_hand ", &quoted(&title), "\n"].concat());
            }
            Use::Show => self.code(&code),
        }
    }

    fn use_of(&mut self, snippet: &Snippet, code: &str) -> Use {
        if !self.is_done(snippet.role) {
            return Use::Show;
        }
        let changes_nothing =
            snippet.role == Role::Verify || snippet.facts.scope.as_deref() == Some("nothing");
        let command = match Language::from_fence(&snippet.language) {
            Language::Shell => {
                let runs = snippet.code.as_deref().unwrap_or_default();
                if let Some(client) = Client::opened_by(runs) {
                    self.keep(client);
                    return Use::Show;
                }
                does_something(code).then(|| code.to_owned())
            }
            Language::Postgres => self.psql.as_deref().map(|client| fed_to(client, code)),
            Language::MySql => self.mysql.as_deref().map(|client| fed_to(client, code)),
            _ => None,
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
        !self.is_open
            && match role {
                Role::Apply | Role::Verify => true,
                Role::Undo => self.step_undoes,
                Role::Original => false,
            }
    }

    /// Keeps a client for the SQL that follows it. Where it cannot be fed, no other takes
    /// its place: that one may have another user.
    fn keep(&mut self, client: Client) {
        match client.sql {
            Language::Postgres => self.psql = client.command,
            _ => self.mysql = client.command,
        }
    }

    fn code(&mut self, code: &str) {
        code.lines().for_each(|line| self.comment_line(&["    ", line].concat()));
    }

    fn comment(&mut self, text: &str) {
        text.lines().for_each(|line| self.comment_line(line));
    }

    /// A carriage return or another control character could hide what follows it from
    /// whoever reads the script in a terminal.
    fn comment_line(&mut self, line: &str) {
        self.out.push('#');
        if !line.is_empty() {
            self.out.push(' ');
            self.out
                .extend(line.chars().map(|character| if character.is_control() { ' ' } else { character }));
        }
        self.out.push('\n');
    }
}

/// Whether the reader has to choose, and has not.
fn is_open(input: &Input) -> bool {
    match &input.kind {
        InputKind::Choice(options) => !input.is_answered() && options.len() > 1,
        InputKind::Value { .. } => false,
    }
}

/// Whether there is a command: an `if` around comments alone is a mistake in bash.
fn does_something(code: &str) -> bool {
    code.lines().map(str::trim).any(|line| !line.is_empty() && !line.starts_with('#'))
}

fn has_snippet(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| matches!(block, Block::Snippet(_)) || block.bodies().any(has_snippet))
}

/// The text as one word of the shell.
fn quoted(text: &str) -> String {
    ["'", &text.replace('\'', "'\\''"), "'"].concat()
}
