//! The commands of the shipped guide, run as they are printed on a real PostgreSQL and a
//! real MariaDB (in MySQL's place), and what they did seen from a second connection.
//!
//! A snippet that says `verified="ran"` was run here, and one that was run here says so.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/runbook.rs"]
mod runbook;
#[path = "support/servers.rs"]
mod servers;

use std::path::{Path, PathBuf};

use runbook::{Runbook, Terminal};
use servers::{Home, MariaDb, Postgres, poll, postgres_program, stdout};

/// A reader with the values that the guide offers, and one whose values need quotes.
const READERS: [Reader; 2] = [
    Reader {
        shell: "dash",
        user: "openmetadata_user",
        database: "openmetadata_db",
        folder: "~/openmetadata-backup",
        password: "secret",
    },
    Reader {
        shell: "bash",
        user: "o'hara \"om\" $x",
        database: "Open `Meta`; -- \\ é",
        folder: "/it's a $HOME",
        password: "it's \"pa$$word\" #1 \\",
    },
];

struct Reader {
    shell: &'static str,
    user: &'static str,
    database: &'static str,
    /// From `~` on, or below the directory of the test.
    folder: &'static str,
    password: &'static str,
}

/// How many rows a backup must hold.
const ROWS: usize = 2000;

#[test]
fn every_command_for_postgres_does_what_the_guide_says() {
    READERS.iter().for_each(postgres);
}

#[test]
fn every_command_for_mysql_does_what_the_guide_says() {
    READERS.iter().for_each(mysql);
}

fn postgres(reader: &Reader) {
    let server = Postgres::start();
    let home = server.home();
    let admin = |database: &str, sql: &str| server.query("admin", database, sql).unwrap();
    let user = |sql: &str| server.query(reader.user, reader.database, sql).unwrap();
    let (role, database) = (quoted(reader.user, '"'), quoted(reader.database, '"'));
    admin("postgres", &format!("CREATE ROLE {role} LOGIN;\nCREATE DATABASE {database} OWNER {role};"));
    user(&format!(
        "CREATE TABLE query_entity (id int PRIMARY KEY, json jsonb NOT NULL);
         INSERT INTO query_entity SELECT n, jsonb_build_object('query', repeat(E'it''s \\\\ \\u00e9', n % 50))
         FROM generate_series(1, {ROWS}) n;"
    ));
    let guide =
        |hosting: &str| reader.guide("postgres", hosting, server.port(), home, ("admin_user", "admin"));
    let here = guide("self-managed");
    let terminal = Terminal::new(reader.shell, home, reader.password);
    let run = |step: &str, role: &str| terminal.run(&here.snippets(step, role), |file| panic!("{file}"));

    // The backup is whole: restored elsewhere it holds the same rows.
    run("back-up-metadata", "apply");
    let dump = only_file(&reader.folder(home), ".dump");
    admin("postgres", "CREATE DATABASE restored TEMPLATE template0;");
    let mut restore = home.command(postgres_program("pg_restore"));
    restore.args(["--exit-on-error", "--no-owner", "--host=127.0.0.1", "--username=admin"]);
    stdout(restore.arg(format!("--port={}", server.port())).arg("--dbname=restored").arg(&dump));
    let sum = "SELECT count(*), md5(string_agg(id || json::text, ',' ORDER BY id)) FROM query_entity;";
    let restored = admin("restored", sum);
    assert_eq!(restored, user(sum));
    assert!(restored.starts_with(&format!("{ROWS}|")), "{restored}");

    // Its check passes, and notices a dump that was cut short before it was signed.
    assert!(run("back-up-metadata", "verify").contains("whole"));
    let bytes = std::fs::read(&dump).unwrap();
    replace(home, &dump, &bytes[..bytes.len() / 2]);
    terminal.fail(&here.snippets("back-up-metadata", "verify"));

    // Raised for OpenMetadata's own connections, then for the whole server.
    let source = "SELECT current_setting('work_mem'), source FROM pg_settings WHERE name = 'work_mem';";
    let file = server.data().join("conf.d/90-openmetadata-upgrade.conf");
    let mut open = server.session(reader.user, reader.database);
    assert_eq!(open.ask("SHOW work_mem;"), "4MB\n");
    let printed = run("measure-memory", "apply");
    assert!(printed.starts_with("4MB|default\n"), "{printed}");
    terminal.run(&here.snippets("raise-memory", "apply"), |content| {
        assert_eq!(user(source), "20MB|database user\n");
        assert_eq!(admin("postgres", source), "4MB|default\n");
        assert_eq!(open.ask("SHOW work_mem;"), "4MB\n", "an open connection keeps what it had");
        std::fs::write(&file, content).unwrap();
    });
    wait_for("20MB|configuration file\n", || admin("postgres", source));
    assert_eq!(run("raise-memory", "verify"), "20MB\n");

    // Put back.
    std::fs::remove_file(&file).unwrap();
    run("revert-memory", "undo");
    wait_for("4MB|default\n", || admin("postgres", source));
    assert_eq!(user(source), "4MB|default\n");
    assert_eq!(run("revert-memory", "verify"), "4MB\n");

    for hosting in here.options("hosting") {
        guide(hosting).check_claims(&terminal.ran());
    }
}

fn mysql(reader: &Reader) {
    // Its operator chose a value, which is neither the server's own nor the guide's.
    let server = MariaDb::start_with("[mysqld]\nsort_buffer_size = 10M\n");
    let (name, database) = (quoted(reader.user, '`'), quoted(reader.database, '`'));
    let password = quoted(&reader.password.replace('\\', "\\\\"), '\'');
    // In a grant the database is a pattern, in which a backslash escapes.
    let pattern = database.replace('\\', "\\\\");
    server.admin(&format!(
        "CREATE DATABASE {database}; CREATE DATABASE restored;
         ALTER USER root@'127.0.0.1' IDENTIFIED BY {password};
         CREATE USER {name}@'%' IDENTIFIED BY {password};
         GRANT ALL ON {pattern}.* TO {name}@'%';
         USE {database};
         CREATE TABLE query_entity (id INT PRIMARY KEY, json JSON NOT NULL);
         INSERT INTO query_entity SELECT seq, JSON_OBJECT('query', REPEAT('it''s \\\\ é', seq % 50)) FROM seq_1_to_{ROWS};
         CREATE TRIGGER noted BEFORE INSERT ON query_entity FOR EACH ROW SET @noted = 1;"
    ));
    // The client that the reader has is MySQL's; here MariaDB's has its name.
    server.home().alias("mysql", &servers::mariadb_program("mariadb"));
    server.home().alias("mysqldump", &servers::mariadb_program("mariadb-dump"));
    let home = std::rc::Rc::clone(server.home());
    let guide =
        |hosting: &str| reader.guide("mysql", hosting, server.port(), &home, ("memory_before", "10MB"));
    let here = guide("self-managed");
    let terminal = Terminal::new(reader.shell, &home, reader.password);
    let run = |step: &str, role: &str| terminal.run(&here.snippets(step, role), |file| panic!("{file}"));

    // The backup is whole: restored elsewhere it holds the same rows, and the trigger.
    run("back-up-metadata", "apply");
    let dump = only_file(&reader.folder(&home), ".sql.gz");
    let text = stdout(home.command("gzip").arg("-cd").arg(&dump));
    server.admin(&format!("USE restored;\n{text}"));
    let sum = |database: &str| {
        let rows = "CHECKSUM TABLE query_entity; SELECT COUNT(*) FROM query_entity;";
        let triggers =
            "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE();";
        let all = server.admin(&format!("USE {database}; {rows} {triggers}"));
        all.split_once('\t').unwrap().1.to_owned()
    };
    assert_eq!(sum("restored"), sum(&database));
    assert!(sum("restored").ends_with(&format!("\n{ROWS}\nnoted\n")));

    // Its check passes, and notices a dump that was cut short before it was packed.
    assert!(run("back-up-metadata", "verify").contains("-- Dump completed"));
    std::fs::write(home.path().join("short.sql"), &text[..text.len() / 2]).unwrap();
    let packed = home.command("gzip").arg("-c").arg("short.sql").output().unwrap().stdout;
    replace(&home, &dump, &packed);
    terminal.fail(&here.snippets("back-up-metadata", "verify"));

    // Raised at once, and then over a restart.
    let global = || server.admin("SELECT @@GLOBAL.sort_buffer_size;");
    let file = home.path().join("conf.d/zz-openmetadata-upgrade.cnf");
    let mut open = server.session(reader.user, reader.password);
    assert_eq!(open.ask("SELECT @@SESSION.sort_buffer_size;"), "10485760\n");
    let printed = run("measure-memory", "apply");
    assert!(printed.starts_with("10485760\n"), "the value to note: {printed}");
    terminal.run(&here.snippets("raise-memory", "apply"), |content| {
        assert_eq!(global(), "20971520\n");
        let kept = "an open connection keeps what it had";
        assert_eq!(open.ask("SELECT @@SESSION.sort_buffer_size;"), "10485760\n", "{kept}");
        std::fs::write(&file, content).unwrap();
        server.restart();
    });
    assert_eq!(global(), "20971520\n");
    assert_eq!(run("raise-memory", "verify"), "20971520\t20971520\n");

    // Put back, at once and over a restart.
    std::fs::remove_file(&file).unwrap();
    run("revert-memory", "undo");
    assert_eq!(run("revert-memory", "verify"), "10485760\t10485760\n");
    server.restart();
    assert_eq!(global(), "10485760\n");

    for hosting in here.options("hosting") {
        guide(hosting).check_claims(&terminal.ran());
    }
}

impl Reader {
    fn folder(&self, home: &Home) -> PathBuf {
        let below = self.folder.trim_start_matches('~').trim_start_matches('/');
        home.path().join(below)
    }

    fn guide(&self, engine: &str, hosting: &str, port: u16, home: &Home, more: (&str, &str)) -> Runbook {
        let folder = match self.folder.strip_prefix('~') {
            Some(_) => self.folder.to_owned(),
            None => self.folder(home).to_str().unwrap().to_owned(),
        };
        let given = [
            ("engine", engine),
            ("hosting", hosting),
            ("deployment", "bare-metal"),
            ("privilege", "admin"),
            ("user", self.user),
            ("database", self.database),
            more,
        ];
        let mut answers: Vec<_> = given.map(|(name, value)| (name, value.to_owned())).into();
        answers.push(("port", port.to_string()));
        answers.push(("backup_dir", folder));
        answers.push(("host", "127.0.0.1".to_owned()));
        answers.push(("backup_file", "/backup".to_owned()));
        answers.push(("restore_time", "2026-01-31T21:00:00Z".to_owned()));
        for name in
            ["instance", "cluster", "parameter_group", "resource_group", "server", "project", "backup_id"]
        {
            answers.push((name, "openmetadata".to_owned()));
        }
        // Its name by default is another on some hostings.
        if more.0 != "admin_user" {
            answers.push(("admin_user", "root".to_owned()));
        }
        Runbook::new(&answers)
    }
}

/// The only file whose name ends so; no unfinished one is beside it.
fn only_file(folder: &Path, end: &str) -> PathBuf {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    assert!(files.iter().all(|file| !file.to_str().unwrap().ends_with(".partial")), "{files:?}");
    let mut found = files.into_iter().filter(|file| file.to_str().unwrap().ends_with(end));
    let file = found.next().unwrap_or_else(|| panic!("no {end} in {}", folder.display()));
    assert_eq!(found.next(), None);
    file
}

/// Puts another file in a backup's place, with the sum that belongs to it.
fn replace(home: &Home, file: &Path, bytes: &[u8]) {
    std::fs::write(file, bytes).unwrap();
    let name = file.file_name().unwrap();
    let mut sum = home.command("sha256sum");
    let sum = stdout(sum.current_dir(file.parent().unwrap()).arg("--").arg(name));
    std::fs::write(file.with_added_extension("sha256"), sum).unwrap();
}

/// A server reads its files when it comes to it.
fn wait_for(expected: &str, mut ask: impl FnMut() -> String) {
    let mut last = String::new();
    poll(|| {
        last = ask();
        (last == expected).then_some(())
    })
    .unwrap_or_else(|| panic!("expected {expected:?}, and it stayed {last:?}"));
}

fn quoted(text: &str, quote: char) -> String {
    let doubled = [quote, quote].iter().collect::<String>();
    format!("{quote}{}{quote}", text.replace(quote, &doubled))
}
