//! The commands of the shipped guide, run as they are printed, step by step in its order, on
//! a real PostgreSQL and a real MariaDB (in MySQL's place), and what they did seen from
//! other connections.
//!
//! [`Walk`] knows no step and no command. It asks the guide, and holds it to its word: a
//! snippet changes what its `scope` says and nothing else, prints what it says to expect,
//! was run if it says so; what a step undoes is undone; what proves a backup notices a
//! broken one; what restores it refuses a database that is not empty, and a choice between
//! backups; what drops what was restored refuses OpenMetadata's own. What every snippet did
//! stands in `tests/data/walks`; `UPDATE_EXPECT=1 cargo test --test executed` writes it anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/guide.rs"]
mod guide;
#[path = "support/pages.rs"]
mod pages;
#[path = "support/servers.rs"]
mod servers;
#[path = "support/standins.rs"]
mod standins;
#[path = "support/terminal.rs"]
mod terminal;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use expect_test::expect_file;
use guide::{combinations, guide_for, shipped};
use servers::{Account, Database, Home, MariaDb, Postgres, poll, stdout};
use standins::{StandIns, write_program};
use terminal::{Outcome, Terminal, is_sql};
use upgrade_checklist::guide::{Guide, Role, Snippet, Step};
use upgrade_checklist::markdoc::Document;
use upgrade_checklist::progress::{Verdict, judge};
use upgrade_checklist::snippet::Language;

/// A reader with the values that the guide offers, and one whose values need quotes.
const READERS: [Reader; 2] = [
    Reader {
        shell: "dash",
        folder: "~/openmetadata-backup",
        kept: "kept",
        restored: "openmetadata_restored",
        account: Account {
            user: "openmetadata_user",
            database: "openmetadata_db",
            admin: "operator",
            password: "secret",
        },
    },
    Reader {
        shell: "bash",
        folder: "/it's a $HOME",
        kept: "kept 'here' $x",
        restored: "--all \"Re\" `stored`; $x \\",
        account: Account {
            user: "o'hara \"om\" $x",
            database: "Open `Meta`; -- \\ é",
            admin: "the \"boss\"'s `id` \\",
            password: "it's \"pa$$word\" #1 \\",
        },
    },
];

struct Reader {
    shell: &'static str,
    /// From `~` on, or below the reader's home.
    folder: &'static str,
    /// Where they keep the backup that they restore.
    kept: &'static str,
    /// The database that it is restored into.
    restored: &'static str,
    account: Account,
}

#[test]
fn every_command_for_postgres_does_what_the_guide_says() {
    each_reader(|reader| walk_all("postgres", "4MB", reader, &Postgres::start()));
}

#[test]
fn every_command_for_mysql_does_what_the_guide_says() {
    each_reader(|reader| {
        // Its operator chose a value, which is neither the server's own nor the guide's.
        let server = MariaDb::start_with("[mysqld]\nsort_buffer_size = 10M\n");
        // The client that the reader has is MySQL's; here MariaDB's has its name.
        server.home().alias("mysql", &servers::mariadb_program("mariadb"));
        let dump = MYSQLDUMP.replace("@dump@", servers::mariadb_program("mariadb-dump").to_str().unwrap());
        write_program(&server.home().path().join("bin/mysqldump"), &dump);
        name_dump(server.home(), RIGHT_DUMP);
        walk_all("mysql", "10MB", reader, &server);
    });
}

/// Whoever had a value for the role and one by `ALTER SYSTEM` is shown where both come from, and
/// has both again in the end.
#[test]
fn what_was_set_before_is_put_back_where_it_was() {
    let (server, document, reader) = (Postgres::start(), shipped(), &READERS[0]);
    let terminal = Terminal::new(reader.shell, server.home(), reader.account.password);
    server.admit(&reader.account);
    let role = "ALTER ROLE openmetadata_user IN DATABASE openmetadata_db SET work_mem = '6MB'";
    for before in [role, "ALTER SYSTEM SET work_mem = '7MB'"] {
        server.query("admin", "postgres", before).unwrap();
    }
    server.restart(&[]);
    let before = server.memory(&reader.account);
    assert_eq!(before, ["6MB (database user)", "7MB (configuration file)"]);
    let choices = combinations(&document).into_iter().find(|choices| {
        let answered = ["engine", "hosting", "privilege"].map(|name| answer(choices, name));
        answered == ["postgres", "self-managed", "admin"] && !choices.iter().any(is_other_deployment)
    });
    let choices = choices.unwrap();
    let mut answers = reader.answers(&choices, server.port(), &terminal.reader(), "6MB");
    answers.push(("server_memory_before", "7MB".to_owned()));
    let (mut shown, mut raised) = (String::new(), before.clone());
    for step in guide_for(&document, &answers).steps() {
        let snippets: Vec<_> = step.snippets().into_iter().filter(|snippet| is_run(snippet)).collect();
        for (index, snippet) in snippets.iter().enumerate() {
            let changes = |snippet: &Snippet| is_sql(snippet) && matches!(scope(snippet), "role" | "server");
            let next = snippets.get(index + 1).map(|next| next.as_ref());
            let opens = !is_sql(snippet) && next.is_some_and(is_sql);
            let looks = scope(snippet) == "nothing" && snippet.text().unwrap().contains("psql");
            let title = snippet.facts.title.as_deref().unwrap_or_default();
            if title.starts_with("Otherwise") || !(changes(snippet) || opens || looks) {
                continue;
            }
            let outcome = terminal.run(snippet, next);
            match snippet.role {
                Role::Apply if looks && raised == before => shown += &outcome.unwrap_or_default(),
                _ if changes(snippet) => assert!(outcome.is_ok(), "{}: {outcome:?}", snippet.id),
                _ => {}
            }
            if changes(snippet) && snippet.role == Role::Apply {
                server.restart(&[]);
                raised = server.memory(&reader.account);
            }
        }
    }
    assert!(shown.contains("6MB|database user") && shown.contains("postgresql.auto.conf|7MB"), "{shown}");
    assert_eq!(raised, ["20MB (database user)", "20MB (configuration file)"]);
    server.restart(&[]);
    assert_eq!(server.memory(&reader.account), before);
}

/// A cloud's administrator is often OpenMetadata's own user too.
#[test]
fn the_sql_for_a_cloud_runs_whoever_its_administrator_is() {
    let (server, document, reader) = (Postgres::start(), shipped(), &READERS[0]);
    let terminal = Terminal::new(reader.shell, server.home(), reader.account.password);
    let mut ran = 0;
    for admin in [reader.account.user, reader.account.admin] {
        for choices in combinations(&document) {
            let is_cloud = !RUNNABLE.contains(&answer(&choices, "hosting"));
            if !is_cloud
                || answer(&choices, "engine") != "postgres"
                || choices.iter().any(is_other_deployment)
            {
                continue;
            }
            server.admit(&reader.account);
            let mut answers = reader.answers(&choices, server.port(), &terminal.reader(), "4MB");
            answers.retain(|(name, _)| *name != "admin_user");
            answers.push(("admin_user", admin.to_owned()));
            // It may create databases, and is no superuser.
            let may = format!("ALTER ROLE \"{admin}\" CREATEDB");
            server.query("admin", "postgres", &may).unwrap();
            for step in guide_for(&document, &answers).steps() {
                let snippets: Vec<_> =
                    step.snippets().into_iter().filter(|snippet| is_run(snippet)).collect();
                for (index, snippet) in snippets.iter().enumerate() {
                    let next = snippets.get(index + 1).map(|next| next.as_ref());
                    if !is_sql(snippet) && !next.is_some_and(is_sql) {
                        continue;
                    }
                    let outcome = terminal.run(snippet, next);
                    assert!(outcome.is_ok(), "{} as {admin}: {outcome:?}", snippet.id);
                    ran += usize::from(is_sql(snippet));
                }
            }
            server.dismiss(&reader.account);
        }
    }
    assert!(ran > 20, "only {ran}");
}

/// The readers at the same time, as a walk mostly waits for its server, of which each has one.
fn each_reader(walk: impl Fn(&Reader) + Sync) {
    std::thread::scope(|scope| {
        for reader in &READERS {
            scope.spawn(|| walk(reader));
        }
    });
}

/// MariaDB's program, but for the name and the number that it gives itself.
const MYSQLDUMP: &str = r#"#!/bin/sh
if [ "$*" = --version ]; then exec cat "${0%/*}/../dump-version"; fi
exec '@dump@' "$@"
"#;

/// What MySQL's own program says of itself from the version on that the guide needs.
const RIGHT_DUMP: &str = "mysqldump  Ver 8.4.3 for Linux on x86_64 (MySQL Community Server - GPL)";

/// Programs of the same name whose dumps MySQL cannot read, and whose they are.
const WRONG_DUMPS: [(&str, &str); 4] = [
    ("MariaDB", "mysqldump  Ver 10.19 Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)"),
    ("MariaDB 11", "mysqldump from 11.4.3-MariaDB, client 10.19 for debian-linux-gnu (x86_64)"),
    ("MySQL 8.0", "mysqldump  Ver 8.0.36 for Linux on x86_64 (MySQL Community Server - GPL)"),
    ("MySQL 5.7", "mysqldump  Ver 10.13 Distrib 5.7.44, for Linux (x86_64)"),
];

fn name_dump(home: &Home, says: &str) {
    std::fs::write(home.path().join("dump-version"), format!("{says}\n")).unwrap();
}

impl Reader {
    /// What the reader answers, as far as they are asked.
    fn answers<'a>(
        &self,
        choices: &'a [(String, String)],
        port: u16,
        home: &Path,
        memory_before: &str,
    ) -> Vec<(&'a str, String)> {
        let folder = match self.folder.strip_prefix('/') {
            Some(below) => home.join(below).to_str().unwrap().to_owned(),
            None => self.folder.to_owned(),
        };
        let mut answers: Vec<(&str, String)> =
            choices.iter().map(|(name, answer)| (name.as_str(), answer.clone())).collect();
        answers.extend([
            ("memory_before", memory_before.to_owned()),
            ("host", "127.0.0.1".to_owned()),
            ("port", port.to_string()),
            ("user", self.account.user.to_owned()),
            ("database", self.account.database.to_owned()),
            ("admin_user", self.account.admin.to_owned()),
            ("restored_database", self.restored.to_owned()),
            ("backup_dir", folder),
            ("backup_file", home.join(self.kept).to_str().unwrap().to_owned()),
            ("install_dir", "~/opt".to_owned()),
        ]);
        answers
    }
}

/// Walks for each hosting whose commands can run here and each privilege; then compares what the
/// guide says was run, for every hosting, with what was. Readers whose values are written
/// otherwise are held to the same records.
fn walk_all(engine: &str, memory_before: &str, reader: &Reader, server: &dyn Database) {
    let document = shipped();
    let all: Vec<Vec<(String, String)>> = combinations(&document)
        .into_iter()
        .filter(|answers| answers.contains(&("engine".to_owned(), engine.to_owned())))
        .collect();
    let home = server.home().path().join("reader");
    let guide = |answers| guide_for(&document, &reader.answers(answers, server.port(), &home, memory_before));
    let (mut ran, mut walked) = (BTreeSet::new(), BTreeSet::new());
    for answers in &all {
        let hosting = answer(answers, "hosting");
        // How OpenMetadata itself is deployed makes no difference to a database.
        let name = [engine, hosting, answer(answers, "privilege")].join("-");
        let name = name.trim_end_matches('-');
        if !RUNNABLE.contains(&hosting) || answers.iter().any(is_other_deployment) {
            continue;
        }
        // OpenMetadata's own user does the same wherever the server is.
        let codes = codes(&guide(answers));
        if codes.is_subset(&walked) {
            continue;
        }
        walked.extend(codes);
        eprintln!("{name}, {}", reader.shell);
        server.admit(&reader.account);
        let record = Walk::new(&document, server, reader, answers, memory_before).go(&mut ran);
        server.dismiss(&reader.account);
        expect_file![format!("data/walks/{name}.txt")].assert_eq(&record);
    }
    assert!(!walked.is_empty());
    let mut wrong = BTreeSet::new();
    for answers in &all {
        false_claims(&guide(answers), &ran, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n\n"));
}

/// What a guide says was run and was not, or the other way round.
fn false_claims(guide: &Guide, ran: &BTreeSet<String>, wrong: &mut BTreeSet<String>) {
    for snippet in guide.steps().iter().flat_map(|step| step.snippets()) {
        let Some(code) = snippet.text() else { continue };
        let claimed = snippet.facts.verified.as_deref() == Some("ran");
        if claimed != ran.contains(&code) {
            let what = if claimed { "says that it ran, and did not" } else { "ran, and does not say so" };
            wrong.insert(format!("{} {what}:\n{code}", snippet.id));
        }
    }
}

/// The commands that can be run here.
fn codes(guide: &Guide) -> BTreeSet<String> {
    let steps = guide.steps();
    let snippets = steps.iter().flat_map(|step| step.snippets());
    snippets
        .filter(|snippet| is_run(snippet) && !may_fail(snippet))
        .filter_map(|snippet| snippet.text())
        .collect()
}

fn answer<'a>(answers: &'a [(String, String)], name: &str) -> &'a str {
    answers.iter().find(|(known, _)| known == name).map_or("", |(_, answer)| answer)
}

/// Of the answers to how OpenMetadata runs, one is enough here.
fn is_other_deployment((name, answer): &(String, String)) -> bool {
    name == "deployment" && answer != "bare-metal"
}

/// The hostings whose commands reach a server that can be here: on it, or in a container
/// that a stand-in enters.
const RUNNABLE: [&str; 3] = ["self-managed", "docker-compose", "kubernetes"];

/// A reader on the way through the guide.
struct Walk<'a> {
    document: &'a Document,
    /// What the reader answers, as far as it is asked.
    answers: Vec<(&'a str, String)>,
    guide: Guide,
    server: &'a dyn Database,
    reader: &'a Reader,
    terminal: Terminal<'a>,
    stand_ins: StandIns<'a>,
    /// What the last snippet left.
    last: State,
    /// What every snippet did.
    record: String,
    ran: BTreeSet<String>,
    /// What made a backup, what reads the backups, and what filled a database from one.
    backups: Vec<Rc<Snippet>>,
    proofs: Vec<Rc<Snippet>>,
    restores: Vec<Rc<Snippet>>,
    /// What dropped a database.
    drops: Vec<Rc<Snippet>>,
    /// Whether something of the step was done, and whether something could not be.
    is_done: bool,
    is_missed: bool,
}

/// How OpenMetadata's own configuration names its database.
const CONFIGURATION: &str = "database:
  url: jdbc:${DB_SCHEME:-mysql}://${DB_HOST:-localhost}:${DB_PORT:-3306}/${OM_DATABASE:-openmetadata_db}?${DB_PARAMS:-useSSL=false}
";

/// All that a command could change, as seen from outside of it.
#[derive(Clone, Debug, PartialEq)]
struct State {
    memory: [String; 2],
    databases: BTreeMap<String, String>,
    files: BTreeSet<String>,
}

impl<'a> Walk<'a> {
    fn new(
        document: &'a Document,
        server: &'a dyn Database,
        reader: &'a Reader,
        answers: &'a [(String, String)],
        memory_before: &str,
    ) -> Self {
        let home = server.home();
        let terminal = Terminal::new(reader.shell, home, reader.account.password);
        std::fs::remove_dir_all(terminal.reader()).unwrap();
        home.folder("reader");
        let answers = reader.answers(answers, server.port(), &terminal.reader(), memory_before);
        let guide = guide_for(document, &answers);
        let stand_ins = StandIns::entering(home, &NOT_HERE, &server.variables(&reader.account));
        // An old installation, of which only the names are real.
        if let Some(version) = guide.input("from_version").and_then(|input| input.answer.as_deref()) {
            let old = home.folder(&format!("reader/opt/openmetadata-{version}"));
            for (folder, file) in [("bin", "openmetadata.sh"), ("bootstrap", "openmetadata-ops.sh")] {
                std::fs::create_dir_all(old.join(folder)).unwrap();
                stand_ins.put(&old.join(folder).join(file));
            }
            std::fs::create_dir(old.join("conf")).unwrap();
            std::fs::write(old.join("conf/openmetadata.yaml"), CONFIGURATION).unwrap();
        }
        // "Ask an administrator for an empty database of that name."
        if answers.contains(&("privilege", "app-user".to_owned()))
            && guide.input("restored_database").is_some()
        {
            server.make_empty(&reader.account, reader.restored);
        }
        Self {
            document,
            answers,
            guide,
            last: State { memory: Default::default(), databases: BTreeMap::new(), files: BTreeSet::new() },
            server,
            reader,
            terminal,
            stand_ins,
            record: String::new(),
            ran: BTreeSet::new(),
            backups: Vec::new(),
            proofs: Vec::new(),
            restores: Vec::new(),
            drops: Vec::new(),
            is_done: false,
            is_missed: false,
        }
    }

    /// Goes through the guide, then tries what could go wrong. Gives the record, and notes
    /// what ran.
    fn go(mut self, ran: &mut BTreeSet<String>) -> String {
        let start = self.state();
        for index in 0..self.guide.steps().len() {
            let step = Rc::clone(self.guide.steps()[index]);
            self.step(&step);
            // The operator keeps the newest where they like.
            if let Some(newest) = self.backup_files().pop() {
                let reader = self.terminal.reader();
                let mut copy = self.server.home().command("cp");
                stdout(copy.arg("--").arg(reader.join(newest)).arg(reader.join(self.reader.kept)));
            }
        }
        assert!(!self.restores.is_empty(), "no command restores a backup:\n{}", self.record);
        self.server.restart(&[]);
        assert_eq!(self.state().memory, start.memory, "in the end the memory is what it was");
        self.check_broken_backups();
        self.check_several_backups();
        self.check_drops();
        self.check_failing_backups();
        self.check_wrong_clients();
        self.check_privileges();
        ran.append(&mut self.ran);
        self.record
    }

    fn step(&mut self, step: &Step) {
        let snippets: Vec<Rc<Snippet>> =
            step.snippets().into_iter().filter(|snippet| is_run(snippet)).cloned().collect();
        let of = |wanted: &[Role]| -> Vec<Rc<Snippet>> {
            snippets.iter().filter(|snippet| wanted.contains(&snippet.role)).cloned().collect()
        };
        let (forth, back) = (of(&[Role::Apply, Role::Verify]), of(&[Role::Undo]));
        if forth.is_empty() && back.is_empty() {
            return;
        }
        self.note(&format!("{}\n", step.id));
        (self.is_done, self.is_missed) = (false, false);
        let before = self.state();
        self.last = before.clone();
        // What verifies a change must not be content before it.
        if forth.iter().any(|snippet| matches!(scope(snippet), "role" | "server")) {
            // A rehearsal brings its own setting.
            let judges = |snippet: &&Rc<Snippet>| {
                snippet.role == Role::Verify && snippet.facts.expect.is_some() && scope(snippet) != "session"
            };
            for snippet in forth.iter().filter(judges).filter(|snippet| snippet.language == "sh") {
                let outcome = self.terminal.run(snippet, None);
                assert!(
                    !is_as_expected(snippet, &outcome),
                    "{} is content with anything: {outcome:?} {} {:?}",
                    snippet.id,
                    snippet.text().unwrap(),
                    snippet.facts
                );
            }
        }
        if !forth.iter().any(|snippet| snippet.role == Role::Apply) {
            // Taking back is what the step is about. "If you made it permanent, delete that file."
            self.server.forget_configuration();
            self.run_all(&snippets);
            return;
        }
        self.run_all(&forth);
        if !back.is_empty() {
            self.server.forget_configuration();
            self.run_all(&back);
            assert_eq!(self.state().memory, before.memory, "{} is not undone", step.id);
            self.note("  and again\n");
            self.run_all(&forth);
        }
    }

    fn run_all(&mut self, snippets: &[Rc<Snippet>]) {
        for (index, snippet) in snippets.iter().enumerate() {
            self.run(snippet, snippets.get(index + 1).map(Rc::as_ref));
        }
    }

    /// Runs a snippet, and compares what it did with what it says of itself.
    fn run(&mut self, snippet: &Rc<Snippet>, next: Option<&Snippet>) {
        let code = snippet.text().unwrap_or_else(|| panic!("{}: {:?}", snippet.id, snippet.code));
        let before = self.last.clone();
        let mut open =
            (snippet.facts.reconnect == Some(true) && snippet.facts.restart != Some(true)).then(|| {
                let mut open = self.server.stay(&self.reader.account);
                let had = open.ask(self.server.question());
                (open, had)
            });
        let read = code.contains("pg_reload_conf").then(|| self.server.last_read());
        let outcome = match Language::from_fence(&snippet.language) {
            Language::MyCnf | Language::Ini | Language::PostgresConf => {
                self.server.configure(&code, snippet.facts.restart == Some(true));
                Ok(String::new())
            }
            Language::Yaml | Language::Compose => self.keep_file(snippet, &code),
            Language::PgPass => self.keep_password(&code),
            Language::Shell | Language::Postgres | Language::MySql => self.terminal.run(snippet, next),
            other => panic!("{}: how is {other:?} run?", snippet.id),
        };
        let title = snippet.facts.title.as_deref().unwrap_or("(untitled)");
        self.note(&format!("  {} “{title}”", snippet.role.name()));
        let calls = self.stand_ins.take_calls();
        if may_fail(snippet) && !is_as_expected(snippet, &outcome) {
            self.note(": not here\n");
            self.is_missed = true;
            // It may have come some way.
            self.last.files = self.files();
            return;
        }
        self.note(if calls.is_empty() { "\n" } else { ": by a stand-in\n" });
        let printed = outcome.as_ref().unwrap_or_else(|why| panic!("{}: {why}\n{code}", snippet.id));
        // Where nothing was done, there is nothing that could be seen to have taken effect.
        let is_seen = snippet.role == Role::Verify && self.is_missed && !self.is_done;
        assert!(is_seen || is_as_expected(snippet, &outcome), "{} printed {printed:?}\n{code}", snippet.id);
        self.is_done |= snippet.role != Role::Verify;
        calls.iter().for_each(|call| self.compose_up(call));
        // A server reads its files when it comes to it.
        if let Some(read) = read {
            poll(|| (self.server.last_read() != read).then_some(())).expect("the server reads its files");
        }
        let after = if reaches_server(snippet) {
            self.state()
        } else {
            State { files: self.files(), ..before.clone() }
        };
        let changes = self.changes(&before, &after);
        for (_, change) in &changes {
            self.note(&format!("      {change}\n"));
        }
        for (scope, change) in &changes {
            let said = self::scope(snippet);
            assert!(
                said.split(' ').any(|said| said == *scope),
                "{} says {said}, but {change}\n{code}",
                snippet.id
            );
        }
        if let Some((open, had)) = &mut open {
            let has = open.ask(self.server.question());
            assert_eq!(has, *had, "{}: an open connection keeps what it had", snippet.id);
        }
        self.last = after.clone();
        self.remember(snippet, &before, &after);
        // Of a file for a cluster, or a variable for OpenMetadata, it is not seen here what it does.
        let for_another =
            matches!(Language::from_fence(&snippet.language), Language::Yaml | Language::Compose)
                || (scope(snippet) == "session" && snippet.facts.restart == Some(true));
        if calls.is_empty() && !for_another {
            self.ran.insert(code);
        }
        self.stand_ins.take_calls();
    }

    /// What `docker compose … up` does: starts the server with the flags that the files name.
    fn compose_up(&self, call: &[String]) {
        if call[0] != "docker" || !call.contains(&"up".to_owned()) {
            return;
        }
        let files = call.iter().zip(call.iter().skip(1)).filter(|(option, _)| *option == "--file");
        let texts = files.filter_map(|(_, file)| std::fs::read_to_string(file).ok());
        let flags: Vec<String> = texts.flat_map(|text| flags_of_services(&text)).collect();
        self.server.restart(&flags);
    }

    /// A file that a title names, in the backup folder; what reads it is not here, so it is
    /// only looked at whether it is YAML.
    fn keep_file(&self, snippet: &Snippet, code: &str) -> Outcome {
        let read = yaml_rust2::YamlLoader::load_from_str(code).map_err(|why| why.to_string())?;
        assert_eq!(read.len(), 1, "{}", snippet.id);
        let title = snippet.facts.title.as_deref().unwrap_or_default();
        if let Some(name) =
            title.strip_prefix("The file ").and_then(|rest| rest.strip_suffix(" in your backup folder"))
        {
            let folder = self.reader.folder.trim_start_matches(['~', '/']);
            std::fs::write(self.terminal.reader().join(folder).join(name), code)
                .map_err(|why| why.to_string())?;
        }
        Ok(String::new())
    }

    /// Puts the line where the clients look for it, with the reader's password at its end: from
    /// here on they ask for none, and a line that they cannot take apart lets nobody in.
    fn keep_password(&self, line: &str) -> Outcome {
        let password = self.reader.account.password.replace('\\', r"\\").replace(':', r"\:");
        let line = line.trim_end().strip_suffix("password").ok_or("no place for the password")?;
        // The file is the reader's own: the clients refuse one that others may read.
        let mut keep = self.server.home().command("sh");
        keep.args(["-c", r#"umask 077; printf '%s\n' "$1" > .pgpass"#, "sh", &format!("{line}{password}")]);
        stdout(keep.current_dir(self.terminal.reader()));
        Ok(String::new())
    }

    /// Notes what the snippet turned out to be.
    fn remember(&mut self, snippet: &Rc<Snippet>, before: &State, after: &State) {
        let keep = |list: &mut Vec<Rc<Snippet>>| {
            if !list.contains(snippet) {
                list.push(Rc::clone(snippet));
            }
        };
        let source = &self.reader.account.database;
        let folder = self.folder_in_code();
        let is_new = |file: &&String| !before.files.contains(*file);
        if after.files.iter().filter(is_new).any(|file| is_backup(file)) {
            keep(&mut self.backups);
        } else if !self.backups.is_empty()
            && scope(snippet) == "nothing"
            && snippet.text().unwrap().contains(&folder)
        {
            keep(&mut self.proofs);
        }
        if before.databases.keys().any(|name| !after.databases.contains_key(name)) {
            keep(&mut self.drops);
        }
        for (name, content) in after.databases.iter().filter(|(name, _)| name != source) {
            let was = before.databases.get(name);
            if was != Some(content) && rows(content) == rows(&after.databases[*source]) {
                keep(&mut self.restores);
                let outcome = self.terminal.run(snippet, None);
                assert!(outcome.is_err(), "{} fills a database that is not empty", snippet.id);
                assert_eq!(self.state().databases, after.databases, "{} was refused too late", snippet.id);
            }
        }
    }

    /// The folder of the backups as a shell's code has it, as far as its quotes let it be told.
    fn folder_in_code(&self) -> String {
        self.reader.folder.trim_start_matches('~').rsplit(['/', '$']).next().unwrap().to_owned()
    }

    /// What differs, each with the scope that it belongs to. Names that are the reader's own,
    /// and times, are not in it, so that it is the same for every reader.
    fn changes(&self, before: &State, after: &State) -> Vec<(&'static str, String)> {
        let mut changes = Vec::new();
        let [own, server] = [0, 1].map(|index| (&before.memory[index], &after.memory[index]));
        if server.0 != server.1 {
            changes.push(("server", format!("the server: {} → {}", server.0, server.1)));
        }
        if own.0 != own.1 {
            let scope = if server.0 != server.1 { "server" } else { "role" };
            changes.push((scope, format!("OpenMetadata’s new connections: {} → {}", own.0, own.1)));
        }
        let names: BTreeSet<_> = before.databases.keys().chain(after.databases.keys()).collect();
        for name in names {
            let (old, new) = (before.databases.get(name), after.databases.get(name));
            let source = after.databases.get(self.reader.account.database);
            let change = match (old, new) {
                (None, Some(_)) => "is new",
                (Some(_), None) => "is gone",
                (Some(old), Some(new)) if old != new && Some(new) == source => {
                    "holds all that OpenMetadata’s does"
                }
                (Some(old), Some(new))
                    if old != new && Some(rows(new)) == source.map(|source| rows(source)) =>
                {
                    "holds all that OpenMetadata’s does but its routines"
                }
                (Some(old), Some(new)) if old != new => "holds something else",
                _ => continue,
            };
            let name = name
                .replace(self.reader.account.database, "DATABASE")
                .replace(self.reader.restored, "RESTORED");
            changes.push(("database", format!("the database {name} {change}")));
        }
        for file in after.files.difference(&before.files) {
            changes.push(("files", format!("the file {} is new", self.nameless(file))));
        }
        for file in before.files.difference(&after.files) {
            changes.push(("files", format!("the file {} is gone", self.nameless(file))));
        }
        changes
    }

    /// A file's path with the backup folder's name and the time taken out.
    fn nameless(&self, file: &str) -> String {
        let file = file.replace(self.reader.folder.trim_start_matches(['~', '/']), "FOLDER");
        let is_time = |piece: &str| piece.len() == 16 && piece.as_bytes()[8] == b'T' && piece.ends_with('Z');
        let pieces = file.split_inclusive(['_', '.']).map(|piece| {
            let word = piece.trim_end_matches(['_', '.']);
            if is_time(word) { piece.replace(word, "TIME") } else { piece.to_owned() }
        });
        pieces.collect()
    }

    fn state(&self) -> State {
        State {
            memory: self.server.memory(&self.reader.account),
            databases: self.server.contents(),
            files: self.files(),
        }
    }

    fn files(&self) -> BTreeSet<String> {
        let mut files = BTreeSet::new();
        list(&self.terminal.reader(), Path::new(""), &mut files);
        files
    }

    fn note(&mut self, text: &str) {
        self.record.push_str(text);
    }

    /// A broken backup is noticed by what proves it.
    fn check_broken_backups(&mut self) {
        assert!(!self.backups.is_empty(), "no command makes a backup");
        assert!(!self.proofs.is_empty(), "no command proves a backup");
        let files = self.backup_files();
        for (damage, broken) in BREAKAGES {
            for file in &files {
                let path = self.terminal.reader().join(file);
                let whole = std::fs::read(&path).unwrap();
                let sum = signature(&path);
                let signed = std::fs::read(&sum);
                let Some(bytes) = broken(self.server.home(), &path, &whole) else { continue };
                std::fs::write(&path, bytes).unwrap();
                // A sum shows only that nothing changed since it was made.
                if *damage != "flipped after it was signed" {
                    sign(self.server.home(), &path);
                }
                let noticed = self.proofs.iter().any(|proof| self.terminal.run(proof, None).is_err());
                assert!(noticed, "no proof notices a backup that was {damage}: {file}");
                self.record.push_str(&format!("noticed: a backup that was {damage}\n"));
                std::fs::write(&path, whole).unwrap();
                if let Ok(signed) = signed {
                    std::fs::write(sum, signed).unwrap();
                }
            }
        }
        for proof in &self.proofs {
            let outcome = self.terminal.run(proof, None);
            assert!(outcome.is_ok(), "{}: {outcome:?}", proof.id);
        }
    }

    /// Of several backups none is restored that the reader did not name: the newest may hold what
    /// a migration left that failed.
    fn check_several_backups(&mut self) {
        let [file] = &*self.backup_files() else { panic!("{:?}", self.backup_files()) };
        let newer = self.terminal.reader().join(file.replace("_20", "_29"));
        let file = self.terminal.reader().join(file);
        for (from, to) in [(file.clone(), newer.clone()), (signature(&file), signature(&newer))] {
            stdout(self.server.home().command("cp").arg("--").args([from, to]));
        }
        sign(self.server.home(), &newer);
        let [file_name, newer_name] = [&file, &newer].map(|file| file.file_name().unwrap().to_str().unwrap());
        for restore in &self.restores {
            let why = self.terminal.run(restore, None).unwrap_err();
            assert!(why.contains(file_name) && why.contains(newer_name), "{}: {why}", restore.id);
            let named = self.terminal.run_after(&format!("export RESTORE_FILE={file_name}"), restore);
            assert!(named.unwrap_err().contains(&format!("Restoring {file_name}\n")), "{}", restore.id);
        }
        for file in [signature(&newer), newer] {
            std::fs::remove_file(file).unwrap();
        }
        self.stand_ins.take_calls();
        self.note("refused: to choose between backups\n");
    }

    /// What drops the database that was restored does not drop OpenMetadata's own, whatever the
    /// reader says.
    fn check_drops(&mut self) {
        let is_admin = self.guide.input("admin_user").is_some();
        assert!(!is_admin || !self.drops.is_empty(), "nothing drops what was restored for a rehearsal");
        let own = ("restored_database", self.reader.account.database.to_owned());
        let others = self.answers.iter().filter(|(name, _)| *name != own.0).cloned();
        let guide = guide_for(self.document, &others.chain([own.clone()]).collect::<Vec<_>>());
        let databases = self.state().databases;
        for drop in &self.drops {
            let mut snippets = guide.steps().into_iter().flat_map(|step| step.snippets());
            let same = snippets.find(|snippet| snippet.id == drop.id).unwrap();
            let outcome = self.terminal.run(same, None);
            assert!(outcome.is_ok_and(|said| said.contains("Refusing")), "{}", drop.id);
            assert_eq!(self.state().databases, databases, "{}", drop.id);
        }
        if is_admin {
            self.note("refused: to drop OpenMetadata’s own database\n");
        }
    }

    /// A backup that fails half-way says so, and leaves nothing that looks whole.
    fn check_failing_backups(&mut self) {
        let files = self.backup_files();
        for backup in self.backups.clone() {
            self.server.damage(&self.reader.account);
            let outcome = self.terminal.run(&backup, None);
            self.server.mend(&self.reader.account);
            assert!(outcome.is_err(), "{} does not notice that the dump failed", backup.id);
            let outcome = self.terminal.run_on_full_disk(&backup, 8);
            assert!(outcome.is_err(), "{} does not notice a full disk", backup.id);
            assert_eq!(self.backup_files(), files, "{} failed, and left a backup", backup.id);
            self.note("refused: a backup that fails in its midst, or on a full disk\n");
        }
        self.stand_ins.take_calls();
    }

    /// A program that only has the right one's name makes no backup, and is noticed before it
    /// is to.
    fn check_wrong_clients(&mut self) {
        if self.guide.steps().iter().all(|step| step.snippets().iter().all(|snippet| !names_dump(snippet))) {
            return;
        }
        let files = self.backup_files();
        let first = Rc::clone(self.guide.steps()[0]);
        for (whose, says) in WRONG_DUMPS {
            name_dump(self.server.home(), says);
            let looks = first.snippets().into_iter().filter(|snippet| is_run(snippet));
            let noticed = looks.filter(|snippet| self.terminal.run(snippet, None).is_err()).count();
            assert!(noticed > 0, "the first step is content with {says}");
            for backup in &self.backups {
                let outcome = self.terminal.run(backup, None);
                assert!(outcome.is_err(), "{} makes a backup with {says}", backup.id);
            }
            assert_eq!(self.backup_files(), files, "{says} left a backup");
            self.record.push_str(&format!("refused: a backup by the mysqldump of {whose}\n"));
        }
        name_dump(self.server.home(), RIGHT_DUMP);
        for backup in &self.backups {
            let outcome = self.terminal.run(backup, None);
            assert!(outcome.is_ok(), "{}: {outcome:?}", backup.id);
        }
        self.stand_ins.take_calls();
    }

    /// What changes the server needs the administrator.
    fn check_privileges(&mut self) {
        if self.guide.input("admin_user").is_none() {
            return;
        }
        let memory = self.state().memory;
        let mut refused = 0;
        let own = ("admin_user", self.reader.account.user.to_owned());
        let others = self.answers.iter().filter(|(name, _)| *name != own.0).cloned();
        let answers: Vec<_> = std::iter::once(own.clone()).chain(others).collect();
        for step in guide_for(self.document, &answers).steps() {
            let snippets: Vec<&Rc<Snippet>> =
                step.snippets().into_iter().filter(|snippet| is_run(snippet)).collect();
            for (index, snippet) in snippets.iter().enumerate() {
                let next = snippets.get(index + 1).map(|next| next.as_ref());
                let opens = next.is_some_and(is_sql) && !is_sql(snippet);
                let changes = scope(snippet) == "server"
                    && !may_fail(snippet)
                    && (is_sql(snippet) || snippet.language == "sh");
                if opens || changes {
                    let outcome = self.terminal.run(snippet, next);
                    assert!(!changes || outcome.is_err(), "{}: anyone may run it", snippet.id);
                    refused += usize::from(changes);
                }
            }
        }
        assert_eq!(self.state().memory, memory);
        self.stand_ins.take_calls();
        if refused > 0 {
            self.note(&format!("refused: {refused} changes of the server by OpenMetadata’s own user\n"));
        }
    }

    fn backup_files(&self) -> Vec<String> {
        self.files().into_iter().filter(|file| is_backup(file)).collect()
    }
}

/// Breaks a backup: the home, its path and what is in it go in, what is left comes out.
type Breakage = fn(&Home, &Path, &[u8]) -> Option<Vec<u8>>;

/// What can befall a backup, and what is left of it then; nothing where it cannot.
const BREAKAGES: &[(&str, Breakage)] = &[
    ("flipped after it was signed", |_, _, whole| Some(flipped(whole))),
    ("flipped before it was signed", |_, _, whole| Some(flipped(whole))),
    ("cut short", |_, _, whole| Some(whole[..whole.len() / 2].to_vec())),
    ("cut short and then packed", |home, path, _| {
        path.extension().is_some_and(|end| end == "gz").then(|| {
            let text = stdout(home.command("gzip").arg("-cd").arg(path));
            std::fs::write(home.path().join("short"), &text[..text.len() / 2]).unwrap();
            home.command("gzip").args(["-c", "short"]).output().unwrap().stdout
        })
    }),
];

/// With one bit turned in its midst.
fn flipped(whole: &[u8]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    bytes[whole.len() / 2] ^= 0x10;
    bytes
}

/// Writes the sum that belongs to a backup, where one was written for it.
fn sign(home: &Home, file: &Path) {
    if signature(file).exists() {
        let mut sum = home.command("sha256sum");
        let sum = stdout(sum.current_dir(file.parent().unwrap()).arg("--").arg(file.file_name().unwrap()));
        std::fs::write(signature(file), sum).unwrap();
    }
}

fn signature(file: &Path) -> PathBuf {
    file.with_added_extension("sha256")
}

/// The flags in a Compose file, in which `$$` is a `$`.
fn flags_of_services(text: &str) -> Vec<String> {
    let file = yaml_rust2::YamlLoader::load_from_str(text).unwrap().remove(0);
    let services = file["services"].as_hash().unwrap().values();
    let flags = services.flat_map(|service| service["command"].as_vec().into_iter().flatten());
    flags.map(|flag| flag.as_str().unwrap().replace("$$", "$")).collect()
}

/// What a database holds, without the routines that only an administrator may dump.
fn rows(content: &str) -> &str {
    content.split("routines:").next().unwrap_or_default()
}

/// Whether a snippet is for this walk: not the original page's own.
fn is_run(snippet: &Snippet) -> bool {
    snippet.role != Role::Original
}

/// Whether it may need what is not here: it says that it was not run, and does not enter a
/// container, where what it says would be run.
fn may_fail(snippet: &Snippet) -> bool {
    let code = snippet.text().unwrap_or_default();
    let enters = code.contains(" exec ") && ["docker ", "kubectl "].iter().any(|tool| code.contains(tool));
    matches!(snippet.facts.verified.as_deref(), Some("documented" | "parsed")) && !enters
}

/// Whether anything in it could reach a database.
fn reaches_server(snippet: &Snippet) -> bool {
    let code = snippet.text().unwrap_or_default();
    let programs = ["psql", "pg_", "mysql", "docker", "kubectl", "openmetadata"];
    snippet.language != "sh" || programs.iter().any(|program| code.contains(program))
}

fn names_dump(snippet: &Snippet) -> bool {
    snippet.text().is_some_and(|code| code.contains("mysqldump"))
}

/// Programs that reach what is not here, or change the machine.
const NOT_HERE: [&str; 13] = [
    "docker",
    "kubectl",
    "helm",
    "aws",
    "az",
    "gcloud",
    "curl",
    "wget",
    "systemctl",
    "sudo",
    "pip",
    "python",
    // It sees the whole machine, and the test itself.
    "pgrep",
];

fn is_as_expected(snippet: &Snippet, outcome: &Outcome) -> bool {
    match (outcome, &snippet.facts.expect) {
        (Ok(printed), Some(expected)) => judge(expected, printed).verdict != Verdict::Other,
        (outcome, _) => outcome.is_ok(),
    }
}

fn scope(snippet: &Snippet) -> &str {
    snippet.facts.scope.as_deref().unwrap_or("nothing")
}

/// Whether a file looks like a backup that is whole.
fn is_backup(file: &str) -> bool {
    [".dump", ".sql", ".sql.gz"].iter().any(|end| file.ends_with(end))
}

/// The files below a folder, by their paths in it.
fn list(folder: &Path, below: &Path, files: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder.join(below)).unwrap() {
        let entry = entry.unwrap();
        let path = below.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => list(folder, &path, files),
            false => drop(files.insert(path.to_str().unwrap().to_owned())),
        }
    }
}
