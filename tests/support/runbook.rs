//! The guide as the command `upgrade-checklist runbook` prints it, and a terminal in which
//! its snippets are run as a reader would run them.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::servers::{Home, stdout};

/// A guide for one environment.
#[derive(Deserialize)]
pub struct Runbook {
    inputs: Vec<Input>,
    phases: Vec<Phase>,
    problems: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Input {
    name: String,
    options: Vec<String>,
}

#[derive(Deserialize)]
struct Phase {
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    id: String,
    snippets: Vec<Snippet>,
}

/// A command, statement or file of a step.
#[derive(Deserialize)]
pub struct Snippet {
    id: String,
    role: String,
    language: String,
    code: Option<String>,
    verified: Option<String>,
}

impl Runbook {
    /// The shipped guide with these answers.
    pub fn new(answers: &[(&str, String)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_upgrade-checklist"));
        command.args(["runbook", "--content", "content", "--format", "json"]);
        for (name, value) in answers {
            command.arg("--set").arg(format!("{name}={value}"));
        }
        let runbook: Self = serde_json::from_str(&stdout(&mut command)).unwrap();
        assert!(runbook.problems.is_empty(), "{:?}", runbook.problems);
        runbook
    }

    /// The values that a choice offers.
    pub fn options(&self, name: &str) -> &[String] {
        &self.inputs.iter().find(|input| input.name == name).expect("an input of that name").options
    }

    /// What one step says to run, in order; not what it says was only read up or parsed.
    pub fn snippets(&self, step: &str, role: &str) -> Vec<&Snippet> {
        let step = self.steps().find(|known| known.id == step).unwrap_or_else(|| panic!("no step {step}"));
        let in_role = step.snippets.iter().filter(|snippet| snippet.role == role);
        let snippets: Vec<_> = in_role
            .filter(|snippet| !matches!(snippet.verified.as_deref(), Some("documented" | "parsed")))
            .collect();
        assert!(!snippets.is_empty(), "{} has nothing to {role}", step.id);
        snippets
    }

    /// Compares what the guide says was run with what was.
    pub fn check_claims(&self, ran: &BTreeSet<String>) {
        for snippet in self.steps().flat_map(|step| &step.snippets) {
            let claimed = snippet.verified.as_deref() == Some("ran");
            let run = ran.contains(snippet.code());
            assert!(!claimed || run, "{} says that it ran, and did not:\n{}", snippet.id, snippet.code());
            assert!(claimed || !run, "{} ran and does not say so:\n{}", snippet.id, snippet.code());
        }
    }

    fn steps(&self) -> impl Iterator<Item = &Step> {
        self.phases.iter().flat_map(|phase| &phase.steps)
    }
}

impl Snippet {
    fn code(&self) -> &str {
        self.code.as_deref().unwrap_or_else(|| panic!("{} could not be written", self.id))
    }
}

/// A terminal of the reader's, and what was run in it.
pub struct Terminal<'a> {
    /// The shell that runs the commands.
    shell: &'a str,
    /// The reader's home, and the owner of what runs.
    home: &'a Home,
    /// What the reader types where a password is asked for.
    password: &'a str,
    /// The client that a step opened, into which its SQL is pasted.
    client: RefCell<Option<String>>,
    ran: RefCell<BTreeSet<String>>,
}

impl<'a> Terminal<'a> {
    /// A terminal with nothing run in it.
    pub fn new(shell: &'a str, home: &'a Home, password: &'a str) -> Self {
        Self { shell, home, password, client: RefCell::default(), ran: RefCell::default() }
    }

    /// Runs the snippets in order; gives what they printed. What is no command but a file's
    /// content goes to `install`.
    pub fn run(&self, snippets: &[&Snippet], mut install: impl FnMut(&str)) -> String {
        let mut printed = String::new();
        for (index, snippet) in snippets.iter().enumerate() {
            let code = snippet.code();
            let pasted = matches!(snippet.language.as_str(), "pgsql" | "mysql");
            let opens_client = snippets.get(index + 1).is_some_and(|next| is_sql(next)) && !pasted;
            if opens_client {
                self.client.replace(Some(code.to_owned()));
            }
            match snippet.language.as_str() {
                "sh" => printed += &self.succeed(snippet, code, ""),
                "pgsql" | "mysql" => {
                    let client = self.client.borrow();
                    let client = client.as_deref().expect("a client was opened before");
                    printed += &self.succeed(snippet, client, code);
                }
                "ini" | "postgresql.conf" => install(code),
                other => panic!("{}: how is {other} run?", snippet.id),
            }
            self.ran.borrow_mut().insert(code.to_owned());
        }
        printed
    }

    /// Runs one command that must fail.
    pub fn fail(&self, snippets: &[&Snippet]) {
        let [snippet] = snippets else { panic!("one command") };
        assert!(self.execute(snippet.code(), "").is_err(), "{} did not notice", snippet.id);
    }

    /// What was run.
    pub fn ran(&self) -> BTreeSet<String> {
        self.ran.borrow().clone()
    }

    fn succeed(&self, snippet: &Snippet, command: &str, pasted: &str) -> String {
        self.execute(command, pasted)
            .unwrap_or_else(|why| panic!("{}: {why}\n{command}\n{pasted}", snippet.id))
    }

    /// Runs a command in a terminal of its own, because a client asks the terminal for a
    /// password, whatever its input is.
    fn execute(&self, command: &str, pasted: &str) -> Result<String, String> {
        let file = |name: &str| self.home.path().join(name);
        std::fs::write(file("pasted"), pasted).unwrap();
        let mut script = self.home.command("timeout");
        script.args(["120", "script", "--quiet", "--return", "/dev/null", "--command"]);
        script.arg("exec \"$RUN_SHELL\" -c \"$RUN_COMMAND\" <pasted >printed 2>errors");
        script.env("RUN_SHELL", self.shell).env("RUN_COMMAND", command).env("SHELL", "/bin/sh");
        script.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = script.spawn().unwrap();
        let mut keyboard = child.stdin.take().unwrap();
        let mut screen = child.stdout.take().unwrap();
        let mut seen = String::new();
        let mut buffer = [0; 1024];
        // Only after the question: what is typed before it, a client throws away.
        while let Ok(length @ 1..) = screen.read(&mut buffer) {
            seen.push_str(&String::from_utf8_lossy(&buffer[..length]));
            if seen.contains("assword:") {
                seen.clear();
                keyboard.write_all(format!("{}\n", self.password).as_bytes()).unwrap();
            }
        }
        let status = child.wait().unwrap();
        let printed = std::fs::read_to_string(file("printed")).unwrap();
        let errors = std::fs::read_to_string(file("errors")).unwrap();
        if status.success() { Ok(printed) } else { Err(format!("{status}\n{errors}\n{seen}\n{printed}")) }
    }
}

fn is_sql(snippet: &Snippet) -> bool {
    matches!(snippet.language.as_str(), "pgsql" | "mysql")
}
