//! Throw-away database servers for tests: a real PostgreSQL and a real MariaDB, each with
//! its data in a directory of its own, on a free port of the loopback interface, stopped
//! and removed when dropped.
//!
//! Start with [`Postgres::start`] and [`MariaDb::start`].

#![allow(dead_code, reason = "each suite uses its own part of this")]

mod mariadb;
mod postgres;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

#[allow(unused_imports, reason = "each suite uses its own part of this")]
pub use mariadb::{MariaDb, program as mariadb_program};
#[allow(unused_imports, reason = "each suite uses its own part of this")]
pub use postgres::{Postgres, program as postgres_program};

/// What OpenMetadata and its operator are called at a server.
#[derive(Clone, Copy)]
pub struct Account {
    /// OpenMetadata's own user.
    pub user: &'static str,
    /// Its database.
    pub database: &'static str,
    /// Who may change the server.
    pub admin: &'static str,
    /// The password of both.
    pub password: &'static str,
}

/// What can be said of a server in the same words, whichever it is.
pub trait Database {
    /// The port that it listens on.
    fn port(&self) -> u16;
    /// The directory in which its commands run.
    fn home(&self) -> &Home;
    /// Makes the users, and the database with the sample in it.
    fn admit(&self, account: &Account);
    /// Makes an empty database of another name, for OpenMetadata's user.
    fn make_empty(&self, account: &Account, database: &str);
    /// Takes them all away again.
    fn dismiss(&self, account: &Account);
    /// The memory for sorting that a new connection of OpenMetadata's gets, and the server's
    /// own, each with where it comes from.
    fn memory(&self, account: &Account) -> [String; 2];
    /// The databases by their names, and what is in each: equal where all of it is.
    fn contents(&self) -> BTreeMap<String, String>;
    /// Puts a file where the server looks for its settings.
    fn configure(&self, file: &str, restart: bool);
    /// Takes that file away again.
    fn forget_configuration(&self);
    /// Stops and starts it with these flags, and with the files as they are now.
    fn restart(&self, flags: &[String]);
    /// When it last read its files, where it can be told to while it runs.
    fn last_read(&self) -> String;
    /// Makes a dump of the database fail in its midst, until [`Database::mend`].
    fn damage(&self, account: &Account);
    /// Makes it whole again.
    fn mend(&self, account: &Account);
    /// A connection of OpenMetadata's that stays open.
    fn stay(&self, account: &Account) -> Session;
    /// The question for the memory of an open connection, with an answer of one line.
    fn question(&self) -> &'static str;
    /// What a shell in its container would have in its environment.
    fn variables(&self, account: &Account) -> Vec<(&'static str, String)>;
}

/// How long a server may take to start or to stop before the test fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often a server is started, because another process may take its port before it.
const ATTEMPTS: usize = 5;

/// A directory that the servers' user owns, removed when dropped. Programs in its `bin` come
/// before others of their name.
pub struct Home {
    directory: tempfile::TempDir,
    /// Root may not run a database, so it gives the directory to `nobody`: user and group.
    nobody: Option<(u32, u32)>,
}

impl Home {
    /// A new directory.
    pub fn new() -> Self {
        let directory = tempfile::Builder::new().prefix("upgrade-checklist-").tempdir().unwrap();
        let is_root = directory.path().metadata().unwrap().uid() == 0;
        let id = |kind: &str| stdout(Command::new("id").args([kind, "nobody"])).trim().parse().unwrap();
        let nobody = is_root.then(|| (id("-u"), id("-g")));
        if let Some((user, group)) = nobody {
            chown(directory.path(), Some(user), Some(group)).unwrap();
        }
        std::fs::create_dir(directory.path().join("bin")).unwrap();
        Self { directory, nobody }
    }

    /// Lets its commands find a program by this name.
    pub fn alias(&self, name: &str, program: &Path) {
        std::os::unix::fs::symlink(program, self.path().join("bin").join(name)).unwrap();
    }

    /// A folder in it, empty or as it is, that the owner may write to.
    pub fn folder(&self, name: &str) -> PathBuf {
        let folder = self.path().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        if let Some((user, group)) = self.nobody {
            chown(&folder, Some(user), Some(group)).unwrap();
        }
        folder
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// A command that runs as the owner, in this directory, with it as `HOME`, and without
    /// what the developer's environment says to databases and shells.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::iter::once(self.path().join("bin")).chain(std::env::split_paths(&path));
        let mut command = Command::new(program.as_ref());
        command.current_dir(self.path()).env_clear();
        command.env("HOME", self.path()).env("LC_ALL", "C.UTF-8");
        // A MariaDB that starts deletes the temporary tables that it finds, another's too.
        command.env("TMPDIR", self.path());
        command.env("PATH", std::env::join_paths(path).unwrap());
        if let Some((user, group)) = self.nobody {
            command.uid(user).gid(group);
        }
        command
    }
}

/// A connection that stays open, for one question after another.
pub struct Session {
    client: Child,
    answers: BufReader<ChildStdout>,
}

impl Session {
    fn open(command: &mut Command) -> Self {
        let mut client = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let answers = BufReader::new(client.stdout.take().unwrap());
        Self { client, answers }
    }

    /// The answer to a question that has one of one line.
    pub fn ask(&mut self, sql: &str) -> String {
        writeln!(self.client.stdin.as_mut().unwrap(), "{sql}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        answer
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The client ends with its input.
        drop(self.client.stdin.take());
        let _ = self.client.wait();
    }
}

/// A server's process, stopped when dropped.
struct Daemon {
    child: Child,
    log: PathBuf,
    /// The signal on which it closes its files and ends.
    stop: &'static str,
}

impl Daemon {
    /// Starts a server; nothing where it ended before it was ready.
    fn start(
        command: Command,
        log: PathBuf,
        stop: &'static str,
        is_ready: impl FnMut() -> bool,
    ) -> Option<Self> {
        let mut daemon = Self::spawn(command, log, stop);
        daemon.wait_until(is_ready).then_some(daemon)
    }

    fn spawn(mut command: Command, log: PathBuf, stop: &'static str) -> Self {
        let file = std::fs::File::create(&log).unwrap();
        let errors = file.try_clone().unwrap();
        let child = command.stdin(Stdio::null()).stdout(file).stderr(errors).spawn().unwrap();
        Self { child, log, stop }
    }

    fn wait_until(&mut self, mut is_ready: impl FnMut() -> bool) -> bool {
        let ended = |child: &mut Child| child.try_wait().unwrap().is_some();
        let answer = poll(|| (is_ready() || ended(&mut self.child)).then_some(()));
        let ready = answer.is_some() && !ended(&mut self.child);
        if !ready {
            eprintln!("{}", std::fs::read_to_string(&self.log).unwrap_or_default());
        }
        ready
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let pid = self.child.id().to_string();
        let _ = Command::new("kill").args(["-s", self.stop, &pid]).status();
        if poll(|| self.child.try_wait().ok().flatten()).is_none() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Asks again and again, for as long as [`PATIENCE`] lasts.
pub fn poll<T>(mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    None
}

/// A port that nothing listens on.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// The first of these directories that holds the program, then `PATH`.
fn find(program: &str, directories: impl IntoIterator<Item = PathBuf>, package: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let directories = directories.into_iter().chain(std::env::split_paths(&path));
    directories.map(|directory| directory.join(program)).find(|path| path.is_file()).unwrap_or_else(|| {
        panic!("{program} is not installed; this installs it: sudo apt-get install --yes {package}")
    })
}

/// What a command printed; it must succeed.
pub fn stdout(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {}\n{errors}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

/// Runs a command with `input` as its standard input; gives what it printed, or what it
/// printed as its error.
pub fn run_with(command: &mut Command, input: &str) -> Result<String, String> {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // Written beside, so that neither pipe fills while the other is waited for. A client
    // that stops at an error closes its end early; its exit status tells.
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(text) } else { Err(format!("{}: {errors}\n{text}", output.status)) }
}

/// A name or a text in quotes, those in it doubled.
fn quoted(text: &str, quote: char) -> String {
    let doubled = [quote, quote].iter().collect::<String>();
    format!("{quote}{}{quote}", text.replace(quote, &doubled))
}
