//! Hostile names and texts, written as snippets and read back by the real programs: psql
//! and PostgreSQL, the client and server of MariaDB, and both servers' own files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/servers.rs"]
mod servers;

use hostile::{hostile, texts, typed, written};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use servers::{MariaDb, Postgres, stdout};
use upgrade_checklist::environment::value::{TypedValue, ValueType};
use upgrade_checklist::snippet::Language;

/// How many values go through each process or connection: starting one takes the time of
/// them all.
const BATCH: usize = 20;

#[test]
fn postgres_reads_back_every_text_and_name() {
    let server = Postgres::start();
    run(|texts, names| {
        // Both ways in which the server may read a backslash.
        for setting in ["on", "off"] {
            let template = format!(
                "SET standard_conforming_strings = {setting};\n{}{}",
                "SELECT encode(convert_to(□, 'UTF8'), 'hex');\n".repeat(BATCH),
                "SELECT encode(convert_to(json_object_keys(row_to_json(t)), 'UTF8'), 'hex') FROM (SELECT 1 AS □) t;\n"
                    .repeat(BATCH),
            );
            let script = written(Language::Postgres, &template, &[texts, names].concat());
            let read =
                server.query("admin", "postgres", &script).unwrap_or_else(|why| panic!("{why}\n{script}"));
            assert_eq!(unhex(&read), shown(&[texts, names].concat()), "{script}");
        }
    });
}

#[test]
fn mariadb_reads_back_every_text_and_name() {
    let server = MariaDb::start();
    server.admin("CREATE DATABASE test;");
    run(|texts, names| {
        let template = format!(
            "USE test;\n{}{}",
            "SELECT HEX(CONVERT(□ USING utf8mb4));\n".repeat(BATCH),
            "CREATE OR REPLACE TABLE t (□ INT) ENGINE=MEMORY; SELECT HEX(column_name) \
             FROM information_schema.columns WHERE table_schema = 'test' AND table_name = 't';\n"
                .repeat(BATCH),
        );
        let names: Vec<_> =
            names.iter().map(|name| typed(ValueType::Identifier, &mysql_name(name))).collect();
        let script = written(Language::MySql, &template, &[texts, &names].concat());
        let read = server.admin(&script);
        assert_eq!(unhex(&read), shown(&[texts, &names].concat()), "{script}");
    });
}

/// What MySQL lets a name hold.
fn mysql_name(name: &TypedValue) -> String {
    let name: String = name.to_string().chars().filter(|&c| c <= '\u{FFFF}').collect();
    name.trim().to_owned() + "."
}

#[test]
fn postgresql_conf_keeps_every_text() {
    let server = Postgres::start();
    run(|texts, _| {
        let template: String = (0..BATCH).map(|n| format!("test.a{n:02} = □ # it's\n")).collect();
        let file = written(Language::PostgresConf, &template, texts);
        std::fs::write(server.data().join("conf.d/hostile.conf"), &file).unwrap();
        let select = "SELECT encode(convert_to(setting, 'UTF8'), 'hex') || coalesce(error, '') \
                      FROM pg_file_settings WHERE name LIKE 'test.%' ORDER BY name;";
        let read = server.query("admin", "postgres", select).unwrap();
        assert_eq!(unhex(&read), shown(texts), "{file}");
    });
}

#[test]
fn an_option_file_keeps_every_text() {
    let home = servers::Home::new();
    run(|texts, _| {
        let template: String = (0..BATCH).map(|n| format!("a{n:02} = □ # it's\n")).collect();
        let file = written(Language::MyCnf, &format!("[test]\n{template}"), texts);
        std::fs::write(home.path().join("my.cnf"), &file).unwrap();
        let mut print = home.command("my_print_defaults");
        let read = stdout(print.arg(format!("--defaults-file={}/my.cnf", home.path().display())).arg("test"));
        let expected: String =
            shown(texts).iter().enumerate().map(|(n, text)| format!("--a{n:02}={text}\n")).collect();
        assert_eq!(read, expected, "{file}");
    });
}

#[test]
fn a_size_is_the_same_to_both_servers_in_every_place() {
    let size = typed(ValueType::Size, "20 MB");
    let postgres = Postgres::start();
    let sql = written(Language::Postgres, "SET work_mem = □; SHOW work_mem;", std::slice::from_ref(&size));
    assert_eq!(postgres.query("admin", "postgres", &sql).unwrap(), "20MB\n");

    let file = written(Language::PostgresConf, "work_mem = □\n", std::slice::from_ref(&size));
    std::fs::write(postgres.data().join("conf.d/size.conf"), file).unwrap();
    let mut check = postgres.home().command(servers::postgres_program("postgres"));
    assert_eq!(stdout(check.args(["-D", "data", "-C", "work_mem"])), "20480\n");

    let mariadb = MariaDb::start();
    let sql = "SET SESSION sort_buffer_size = □; SELECT @@sort_buffer_size;";
    let sql = written(Language::MySql, sql, std::slice::from_ref(&size));
    assert_eq!(mariadb.admin(&sql), "20971520\n");

    let file = mariadb.home().path().join("size.cnf");
    std::fs::write(&file, written(Language::MyCnf, "[mysqld]\nsort_buffer_size = □\n", &[size])).unwrap();
    let mut check = mariadb.home().command(servers::mariadb_program("mariadbd"));
    let read = stdout(check.arg(format!("--defaults-file={}", file.display())).args(["--help", "--verbose"]));
    let line = read.lines().find(|line| line.starts_with("sort-buffer-size")).unwrap();
    assert_eq!(line.split_whitespace().last(), Some("20971520"));
}

/// A role and a database with a troublesome name, made as a page's SQL would make them and
/// used as its shell would use them.
#[test]
fn a_hostile_name_serves_in_sql_and_in_a_shell_alike() {
    let server = Postgres::start();
    for name in [
        "we\"ird db's $x;--",
        "--dbname",
        "ALL",
        "it's $(id) `id` \\",
        "ünïcode 漢字 🎉",
        ":x :'y'",
        "a b%20c",
    ] {
        let name = typed(ValueType::Identifier, name);
        let values = [name.clone(), name.clone(), name.clone(), name.clone(), typed(ValueType::Size, "20MB")];
        let sql = "CREATE ROLE □ LOGIN; CREATE DATABASE □; ALTER ROLE □ IN DATABASE □ SET work_mem = □;";
        server.query("admin", "postgres", &written(Language::Postgres, sql, &values)).unwrap();

        let port = typed(ValueType::Port, &server.port().to_string());
        let values = [port, name.clone(), name.clone(), name.clone()];
        let script = "psql -X -w --host=127.0.0.1 --port=□ --username=□ --dbname=□ -At -v name=□ <<'EOF'\n\
                      SELECT current_user = :'name', current_database() = :'name', current_setting('work_mem');\nEOF\n";
        let script = written(Language::Shell, script, &values);
        for shell in ["bash", "dash"] {
            let read = stdout(server.home().command("env").args([shell, "-c", &script]));
            assert_eq!(read, "t|t|20MB\n", "{script}");
        }
    }
}

/// Runs a check on many batches of texts and of names.
fn run(check: impl Fn(&[TypedValue], &[TypedValue])) {
    let config = ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() };
    let batch = || proptest::collection::vec(hostile(), BATCH);
    TestRunner::new(config)
        .run(&(batch(), batch()), |(values, names)| {
            let names: Vec<TypedValue> = names
                .iter()
                // A name is not empty, has no space at its ends, and at most 63 bytes.
                .map(|name| format!(".{}.", name.chars().take(15).collect::<String>()))
                .map(|name| typed(ValueType::Identifier, &name))
                .collect();
            check(&texts(&values), &names);
            Ok(())
        })
        .unwrap();
}

fn shown(values: &[TypedValue]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

/// The texts that a query printed, one a line.
fn unhex(lines: &str) -> Vec<String> {
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    let text = |line: &str| String::from_utf8(line.as_bytes().chunks(2).map(byte).collect()).unwrap();
    lines.lines().map(text).collect()
}
