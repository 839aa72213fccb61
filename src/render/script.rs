//! The runbook as one bash script, commented throughout.
//!
//! It stops at the first failure, asks before each change and waits where something is to
//! be done by hand. What is still open is never run: a command for only some readers, one
//! that cannot be written, and the original page's own snippets stand as comments.

use super::{added_in_words, remarks, said_in_words, text};
use crate::guide::{Block, Entry, Guide, Input, InputKind, Role, Section, Snippet, Step};
use crate::snippet::Language;

/// The guide as a script.
pub(super) fn script(guide: &Guide) -> String {
    let mut script = Script { out: String::new(), guide, step: String::new(), is_open: false };
    script.head();
    for phase in &guide.phases {
        script.section(phase, '=');
    }
    script.out.push_str("\nprintf '\\nEnd of the checklist.\\n'\n");
    script.out
}

/// What every script begins with. A pipe that fails is a failure, and a snippet that is
/// refused is skipped together with what verifies it.
const HARNESS: &str = r#"set -Eeuo pipefail

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

# by_hand WHAT: waits until it is done.
by_hand() {
    printf '\nBy hand: %s\nPress Enter when it is done. ' "$1"
    read -r || { echo; exit 1; }
}
"#;

struct Script<'a> {
    out: String,
    guide: &'a Guide,
    /// The title of the step that is being written.
    step: String,
    /// Whether what is being written is only for some of the readers.
    is_open: bool,
}

impl Script<'_> {
    fn head(&mut self) {
        self.out.push_str("#!/usr/bin/env bash\n");
        self.comment(&self.guide.title);
        self.out.push_str("#\n");
        self.comment(
            "Read this before you run it. It stops at the first failure and asks before each change.",
        );
        if !self.guide.inputs.is_empty() {
            self.out.push_str("#\n");
        }
        for input in &self.guide.inputs {
            self.comment(&said_in_words(input));
        }
        self.out.push('\n');
        self.out.push_str(HARNESS);
        for client in [Client::Psql, Client::Mysql] {
            if self
                .guide
                .steps()
                .iter()
                .any(|step| step.snippets().iter().any(|s| Client::of(s) == Some(client)))
            {
                self.client(client);
            }
        }
        if !self.guide.intro.is_empty() {
            self.out.push('\n');
            self.comment(&text::body(&self.guide.intro));
        }
    }

    /// How SQL reaches the server, with the reader's values.
    fn client(&mut self, client: Client) {
        self.out.push_str(
            "\n# How SQL reaches your server; passwords come from the client's own files or prompt.\n",
        );
        self.out.push_str(client.name());
        self.out.push_str("() { ");
        self.out.push_str(client.command());
        for (name, option) in client.options() {
            if let Some(value) = self.guide.input(name).and_then(value) {
                self.out.push(' ');
                self.out.push_str(option);
                self.out.push_str(&quoted(value));
            }
        }
        self.out.push_str(" \"$@\"; }\n");
    }

    fn section(&mut self, section: &Section, rule: char) {
        let was_open = self.is_open;
        self.is_open |= section.only.is_some();
        let title = titled(&text::words(&section.title), section.only.as_deref());
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
        self.step = titled(&text::words(&step.title), step.only.as_deref());
        self.out.push_str("\nbegin ");
        self.out.push_str(&quoted(&self.step));
        self.out.push('\n');
        self.blocks(&step.body);
        self.is_open = was_open;
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Snippet(snippet) => self.snippet(snippet),
                Block::Variants(variants) => {
                    let was_open = std::mem::replace(&mut self.is_open, true);
                    for variant in variants {
                        self.labelled(&variant.label, &variant.value);
                    }
                    self.is_open = was_open;
                }
                Block::Verify(body) => self.labelled("Verify", body),
                Block::Undo(body) => self.labelled("Undo", body),
                Block::Added { reason, source, body } => {
                    self.out.push('\n');
                    self.comment(&added_in_words(reason.as_deref(), source.as_deref()));
                    self.blocks(body);
                }
                Block::Note { kind, body } => self.labelled(kind, body),
                other => match super::bodies(other).any(has_snippet) {
                    true => super::bodies(other).for_each(|body| self.blocks(body)),
                    false => self.prose(std::slice::from_ref(other)),
                },
            }
        }
    }

    fn labelled(&mut self, label: &str, body: &[Block]) {
        self.out.push('\n');
        self.comment(&[label, ":"].concat());
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
        for remark in remarks(facts) {
            self.comment(&remark);
        }
        let code = match (&snippet.code, snippet.text()) {
            (Ok(_), Some(code)) => code,
            (Err(reason), _) => return self.comment(&["Not written: ", reason].concat()),
            (Ok(_), None) => return,
        };
        let runs = !self.is_open && matches!(snippet.role, Role::Apply | Role::Verify);
        match command(snippet, &code) {
            Some(command) if runs => {
                self.out.push_str(match snippet.role {
                    Role::Verify => "if [ \"$ran\" = yes ]; then\n",
                    _ => "if confirm ",
                });
                if snippet.role != Role::Verify {
                    self.out.push_str(&quoted(&title));
                    self.out.push_str("; then\n");
                }
                self.out.push_str(&command);
                self.out.push_str("\nfi\n");
            }
            _ => {
                code.lines().for_each(|line| self.comment_line(&["    ", line].concat()));
                if runs && snippet.role == Role::Apply {
                    self.out.push_str("by_hand ");
                    self.out.push_str(&quoted(&title));
                    self.out.push('\n');
                }
            }
        }
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

/// The programs that take a database's SQL.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Client {
    Psql,
    Mysql,
}

impl Client {
    fn of(snippet: &Snippet) -> Option<Self> {
        match Language::from_fence(&snippet.language) {
            Language::Postgres => Some(Self::Psql),
            Language::MySql => Some(Self::Mysql),
            _ => None,
        }
    }

    /// The name of the script's function.
    fn name(self) -> &'static str {
        match self {
            Self::Psql => "run_pgsql",
            Self::Mysql => "run_mysql",
        }
    }

    fn command(self) -> &'static str {
        match self {
            Self::Psql => "psql --no-psqlrc --set=ON_ERROR_STOP=1",
            Self::Mysql => "mysql --table",
        }
    }

    /// The inputs that say where the server is, and the options that take them.
    fn options(self) -> [(&'static str, &'static str); 4] {
        match self {
            Self::Psql => {
                [("host", "--host="), ("port", "--port="), ("user", "--username="), ("database", "--dbname=")]
            }
            Self::Mysql => {
                [("host", "--host="), ("port", "--port="), ("user", "--user="), ("database", "--database=")]
            }
        }
    }
}

/// The shell's command for a snippet; none if a shell cannot run it.
fn command(snippet: &Snippet, code: &str) -> Option<String> {
    if let Some(client) = Client::of(snippet) {
        let mut end = "SQL".to_owned();
        while code.lines().any(|line| line == end) {
            end.push('_');
        }
        return Some([client.name(), " <<'", &end, "'\n", code, "\n", &end].concat());
    }
    let does_something = code.lines().map(str::trim).any(|line| !line.is_empty() && !line.starts_with('#'));
    (Language::from_fence(&snippet.language) == Language::Shell && does_something).then(|| code.to_owned())
}

fn has_snippet(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| matches!(block, Block::Snippet(_)) || super::bodies(block).any(has_snippet))
}

/// The text of a value that is not open.
fn value(input: &Input) -> Option<&str> {
    match (&input.kind, super::said(input)) {
        (InputKind::Value { .. }, super::Said::Answer(value) | super::Said::Default(value)) => Some(value),
        _ => None,
    }
}

fn titled(title: &str, only: Option<&str>) -> String {
    match only {
        Some(label) => [title, " (", label, ")"].concat(),
        None => title.to_owned(),
    }
}

/// The text as one word of the shell.
fn quoted(text: &str) -> String {
    ["'", &text.replace('\'', "'\\''"), "'"].concat()
}
