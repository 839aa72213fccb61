//! A terminal in which snippets are run as a reader would run them: commands in a shell,
//! SQL pasted into the client that the page opened before, and the password typed where it
//! is asked for. Or a whole script, with every question that it asks answered.

#![allow(dead_code, reason = "each suite uses its own part of this")]

use std::cell::RefCell;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use upgrade_checklist::guide::Snippet;
use upgrade_checklist::snippet::Language;

use super::servers::Home;

/// A terminal, and the client that is open in it.
pub struct Terminal<'a> {
    /// The shell that runs the commands.
    shell: &'a str,
    home: &'a Home,
    /// What the reader types where a password is asked for.
    password: &'a str,
    /// The client that a step opened, into which its SQL is pasted.
    client: RefCell<Option<String>>,
}

/// What a snippet did: what it printed, or what it said when it failed.
pub type Outcome = Result<String, String>;

impl<'a> Terminal<'a> {
    /// A terminal with nothing run in it.
    pub fn new(shell: &'a str, home: &'a Home, password: &'a str) -> Self {
        home.folder("reader");
        Self { shell, home, password, client: RefCell::default() }
    }

    /// The reader's home, in which the commands run.
    pub fn reader(&self) -> PathBuf {
        self.home.path().join("reader")
    }

    /// Runs a command, or pastes SQL into the client that is open. A command before SQL
    /// opens the client for it.
    pub fn run(&self, snippet: &Snippet, next: Option<&Snippet>) -> Outcome {
        let code = snippet.text().unwrap();
        if is_sql(snippet) {
            let client = self.client.borrow().clone();
            return self.execute(&client.ok_or("no client was opened before")?, &code);
        }
        let does_something = ["--execute", "--command"].iter().any(|option| code.contains(option));
        if next.is_some_and(is_sql) && !does_something {
            self.client.replace(Some(code.clone()));
        }
        self.execute(&code, "")
    }

    /// Runs a command where no file may grow beyond so many kilobytes, as on a full disk.
    pub fn run_on_full_disk(&self, snippet: &Snippet, kilobytes: u32) -> Outcome {
        // A shell counts in blocks of 512 bytes or of 1024; what counts is that it ends.
        self.run_after(&format!("ulimit -f {kilobytes}"), snippet)
    }

    /// Runs a command behind what the reader typed before it.
    pub fn run_after(&self, typed: &str, snippet: &Snippet) -> Outcome {
        self.execute(&format!("{typed}\n{}", snippet.text().unwrap()), "")
    }

    /// Runs a script in a terminal from its beginning to its end. `reply` is given what stands
    /// on the screen since the last answer, where that asks for one. Gives how it ended, and
    /// all that stood on the screen.
    pub fn go_through(
        &self,
        script: &Path,
        from: Option<&str>,
        reply: &dyn Fn(&str) -> &'static str,
    ) -> (ExitStatus, String) {
        let mut terminal =
            self.opened("exec \"$RUN_SHELL\" \"$RUN_COMMAND\" ${RUN_FROM:+--from \"$RUN_FROM\"}");
        terminal.envs(from.map(|step| ("RUN_FROM", step)));
        let asks = |seen: &str| ["[q]uit: ", "[y/n] "].iter().any(|end| seen.ends_with(end));
        self.talk(terminal.env("RUN_COMMAND", script), &|seen| asks(seen).then(|| reply(seen)))
    }

    /// A terminal in which this runs, in the reader's home.
    fn opened(&self, command: &str) -> Command {
        let mut script = self.home.command("timeout");
        script.args(["120", "script", "--quiet", "--return", "/dev/null", "--command", command]);
        script.current_dir(self.reader()).env("HOME", self.reader());
        script.env("RUN_SHELL", self.shell).env("SHELL", "/bin/sh");
        script
    }

    /// Types what is asked for: the password, and what `reply` says to the rest.
    fn talk(
        &self,
        terminal: &mut Command,
        reply: &dyn Fn(&str) -> Option<&'static str>,
    ) -> (ExitStatus, String) {
        let mut child = terminal.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut keyboard = child.stdin.take().unwrap();
        let mut screen = child.stdout.take().unwrap();
        let (mut all, mut unread) = (Vec::new(), 0);
        let mut buffer = [0; 1024];
        // Only after the question: what is typed before it, a client throws away.
        while let Ok(length @ 1..) = screen.read(&mut buffer) {
            all.extend_from_slice(&buffer[..length]);
            let seen = String::from_utf8_lossy(&all[unread..]);
            let is_password = seen.contains("assword") && seen.ends_with(": ") && !seen.ends_with("[q]uit: ");
            let typed = if is_password { Some(self.password) } else { reply(&seen) };
            if let Some(typed) = typed {
                unread = all.len();
                keyboard.write_all(format!("{typed}\n").as_bytes()).unwrap();
            }
        }
        (child.wait().unwrap(), String::from_utf8_lossy(&all).replace('\r', ""))
    }

    /// Runs a command in a terminal of its own, because a client asks the terminal for a
    /// password, whatever its input is.
    fn execute(&self, command: &str, pasted: &str) -> Outcome {
        let file = |name: &str| self.home.path().join(name);
        std::fs::write(file("pasted"), pasted).unwrap();
        let mut terminal =
            self.opened("exec \"$RUN_SHELL\" -c \"$RUN_COMMAND\" <../pasted >../printed 2>../errors");
        let (status, seen) = self.talk(terminal.env("RUN_COMMAND", command), &|_| None);
        let printed = std::fs::read_to_string(file("printed")).unwrap();
        let errors = std::fs::read_to_string(file("errors")).unwrap();
        // psql goes on after an error, and ends well; the reader sees it.
        let failed = !pasted.is_empty() && errors.lines().any(|line| line.starts_with("ERROR"));
        if status.success() && !failed {
            Ok(printed)
        } else {
            Err(format!("{status}\n{errors}\n{seen}\n{printed}"))
        }
    }
}

/// Whether it is pasted into a database's client.
pub fn is_sql(snippet: &Snippet) -> bool {
    matches!(Language::from_fence(&snippet.language), Language::Postgres | Language::MySql)
}
