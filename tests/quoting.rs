//! Thousands of hostile values of every type, the same in every run, written as snippets
//! and read back by the real programs: bash and dash, psql and PostgreSQL, the client and
//! server of MariaDB, both servers' own files, and parsers of YAML, JSON and Java's
//! properties. A value that is refused must be one that the language cannot say.
//!
//! `cargo test --test quoting -- --nocapture` prints how many were read back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/servers.rs"]
mod servers;

use std::sync::LazyLock;

use hostile::{try_written, typed, values, written};
use servers::{Home, MariaDb, Postgres, mariadb_program, postgres_program, run_with, stdout};
use upgrade_checklist::environment::value::{TypedValue, ValueType};
use upgrade_checklist::snippet::{Fault, Language, Spelling};

/// How many values there are of each type that takes a text, and of each other.
const MANY: usize = 1500;
const SOME: usize = 200;

const TYPES: [(ValueType, usize); 8] = [
    (ValueType::Text, MANY),
    (ValueType::Identifier, MANY),
    (ValueType::Path, MANY),
    (ValueType::Host, SOME),
    (ValueType::Port, SOME),
    (ValueType::Number, SOME),
    (ValueType::Size, SOME),
    (ValueType::Resource, SOME),
];

/// Where a value stands in a language, many times in one snippet.
#[derive(Clone, Copy)]
struct Place<'a> {
    language: Language,
    spelling: Spelling,
    /// What stands before all of them.
    head: &'a str,
    /// What stands around each; `□` is the value, `№` its number.
    line: &'a str,
    tail: &'a str,
    /// How many of them one program reads at once.
    batch: usize,
}

impl Default for Place<'_> {
    fn default() -> Self {
        let (language, spelling) = (Language::Other, Spelling::Plain);
        Self { language, spelling, head: "", line: "□\n", tail: "", batch: 500 }
    }
}

#[test]
fn both_shells_read_back_every_value_in_every_place() {
    let home = Home::new();
    let all = all_values();
    // A place where the shell starts another gets fewer, as that takes its time.
    for (line, every) in [
        ("one -- □\n", 1),
        ("x=□; one -- \"$x\"\n", 1),
        ("export x=□; one -- \"$x\"\n", 9),
        ("one -- --option=□\n", 1),
        ("one -- \\\n  □ \\\n  more\n", 1),
        ("{ one -- □ y; } < /dev/null\n", 1),
        ("for x in □; do one -- \"$x\"; done\n", 1),
        ("if true; then one -- a□b; fi\n", 1),
        ("case □ in *) one -- □ ;; esac\n", 1),
        ("one -- \"$(put -- □)\"\n", 9),
        ("one -- \"$(case □ in x) ;; *) put -- □ ;; esac)\"\n", 9),
        ("one -- \"$( (: $((1 + 1)) '\"'); put -- □)\"\n", 9),
        ("(cd / && one -- □)\n", 9),
        ("put -- □ | one -- \"$(cat)\" >&1\n", 9),
    ] {
        let head = "put() { shift; printf %s \"$1\"; }\none() { shift; printf '%s\\0' \"$1\"; }\n";
        let place = Place { language: Language::Shell, head, line, ..Place::default() };
        let values: Vec<TypedValue> = all.iter().step_by(every).cloned().collect();
        // What an interactive bash does with a `!`, a script has to ask for.
        for (shell, first) in [("bash", "set -o history -o histexpand\n"), ("dash", "")] {
            check(&format!("{shell}, {}", line.trim_end()), place, &values, |script, count| {
                let script = format!("{first}{script}");
                let read = run_with(&mut home.command(shell), &script).unwrap();
                let read: Vec<String> = read.split_terminator('\0').map(str::to_owned).collect();
                assert_eq!(read.len(), count, "{shell} {line}");
                read.into_iter()
                    .map(|text| around(line, &text).replacen(home.path().to_str().unwrap(), "HOME", 1))
                    .collect()
            });
        }
    }
    assert!(!home.path().join("hacked").exists(), "a value was run");
}

/// What stands in such a place is run however it is quoted, as bash itself shows: where a
/// later one does not, a value may stand again.
#[test]
fn what_a_shell_evaluates_is_refused() {
    let home = Home::new();
    let index = "a[$(touch hacked)]";
    let code = "touch hacked";
    for (line, text) in [
        ("[[ □ -eq 1 ]]", index),
        ("[[ 1 -gt □ ]]", index),
        ("[[ -n x && ! ( □ -lt 1 ) ]]", index),
        ("[[ □ \\\n -ne 1 ]]", index),
        ("[[ -v □ ]]", index),
        ("[ -v □ ]", index),
        ("test -v □", index),
        ("a[□]=1", index),
        ("a[ 1 + □ ]=1", index),
        ("a=([□]=1)", index),
        ("a=1; unset a[□]", index),
        ("a=1; unset □", index),
        ("let □", index),
        ("command let x=□", index),
        ("declare -i x=□", index),
        ("typeset -i x=□", index),
        ("f() { local -i x=□; }; f", index),
        ("declare -n x=□; echo $x", index),
        ("declare -a x=□", "($(touch hacked))"),
        ("readonly -a x=□", "($(touch hacked))"),
        ("declare □", "a[$(touch hacked)]=1"),
        ("printf -v □ x", index),
        ("read -r □ <<< x", index),
        ("true & wait -n -p □", index),
        ("mapfile -C □ -c 1 x <<< x", code),
        ("PS4=□; set -x; true", index),
        ("trap □ EXIT", code),
        ("shopt -s expand_aliases\nalias x=□\nx", code),
        ("echo □ | sh", code),
        ("printf %s □ | \\\n  bash -s", code),
        ("(ls; echo □) | sh", code),
        ("cat <<< □ | sh", code),
        ("bash <<< □", code),
        ("bash <(echo □)", code),
        ("source <(echo □)", code),
        ("eval \"$(echo □)\"", code),
        ("timeout 5 sh -c □", code),
        ("echo x | xargs sh -c □", code),
        ("find /dev/null -exec sh -c □ \\;", code),
        ("for i in 1; do echo □; done | sh", code),
        ("while read -r line; do\n  echo □\ndone <<< x | sh", code),
        ("if true; then\n  { echo □\n  }; fi |\n\n  sh", code),
        ("case x in\n  y) ;;\n  *) echo □ ;;\nesac | sh", code),
        ("(\n  echo □\n) | sh", code),
        ("{ f () { ls; }; echo □; } | sh", code),
        ("echo □ | \n  sh", code),
        ("echo □ | # now\n  sh > log 2>&1", code),
        ("echo □ |& sh", code),
        ("echo □ | (cd . && sh)", code),
        ("echo □ | {\n  sh\n}", code),
        ("echo □ | tee >(sh) | cat", code),
        ("echo > >(tee log | sh) □ | cat", code),
        ("{ ls; echo □ &> >(sh); } | cat", code),
        ("{ ls; echo □; } > >(sh) | cat", code),
        ("<<< □ bash", code),
        ("echo □ | bash -s -- x", code),
        ("echo □ | bash -eu -o pipefail", code),
        ("echo \"$(printf %s □)\" | sh", code),
        ("bash <(echo □) x", code),
        ("cat <(echo □) | sh", code),
        ("echo □ | sh -c 'bash -s'", code),
        ("rbash -c □", code),
        ("sed s/a/□/ <<< a", "x/;e touch hacked #"),
        ("sed -ne 's|a|'□'|p' <<< a", "x|;e touch hacked #"),
        ("sed -i.old --expression=s,a,□, x || sed s,a,□, <<< a", "x,;e touch hacked #"),
        ("sed /x/□ <<< x", "e touch hacked"),
        ("echo a | sudo -n true || sed -e p -e □ <<< a", "e touch hacked"),
        ("awk '{ print \"'□'\" }' <<< a", "\"; system(\"touch hacked\"); \""),
        ("awk -F : -v x=1 □ <<< a", "{ system(\"touch hacked\") }"),
        ("perl -pe s/a/□/ <<< a", "x/; system(q(touch hacked)) #"),
        ("perl -wEsay\\ □", "1; system(q(touch hacked))"),
        ("python3 -c 'x = \"'□'\"'", "\"; __import__(\"os\").system(\"touch hacked\") #"),
        ("make -f - DIR=□ <<< 'all:; @echo \"$(DIR)\"'", "$(shell touch hacked)"),
        ("make DIR=x-□ -f - <<< 'all:; @echo $(DIR)'", "; touch hacked"),
    ] {
        let value = typed(ValueType::Text, text);
        let errors = try_written(Language::Shell, line, std::slice::from_ref(&value), Spelling::Plain);
        let errors = errors.expect_err(line);
        assert!(errors.iter().all(|error| error.fault == Fault::Position), "{line}: {errors:?}");

        let quoted = format!("'{text}'");
        let script = line.replace('□', &quoted);
        // Most of these end in an error behind what was run.
        let _ = run_with(&mut home.command("bash"), &script);
        std::fs::remove_file(home.path().join("hacked")).unwrap_or_else(|_| panic!("{line} runs nothing"));
    }
}

/// `/bin/sh` is dash where it is not bash.
#[test]
fn what_echo_and_printf_change_is_refused_and_nothing_else() {
    let home = Home::new();
    let mut changed = 0;
    for text in [r"C:\new", "100%d", "100%%", r"\", "%", "it's $HOME", "a b"] {
        let value = typed(ValueType::Text, text);
        for line in ["echo □", "printf □", "printf -- □'\n'", "printf '%s\n' □", "echo -n □ | cat"]
        {
            let values = std::slice::from_ref(&value);
            let script = match try_written(Language::Shell, line, values, Spelling::Plain) {
                Ok(script) => script,
                Err(errors) => {
                    assert!(errors.iter().all(|error| error.fault == Fault::Position), "{line}: {errors:?}");
                    changed += 1;
                    continue;
                }
            };
            for shell in ["dash", "bash"] {
                let read = run_with(&mut home.command(shell), &script).unwrap();
                assert_eq!(read.trim_end_matches('\n'), text, "{shell}: {line}");
            }
        }
    }
    assert_eq!(changed, 14, "where a backslash or a % is read");
    let read = run_with(&mut home.command("dash"), r"echo 'C:\new'").unwrap();
    assert_eq!(read, "C:\new\n", "dash makes two lines of it");
}

/// The value in what a place printed around it.
fn around(line: &str, text: &str) -> String {
    let inner = match line {
        _ if line.contains("--option=") => text.strip_prefix("--option="),
        _ if line.contains("a□b") => text.strip_prefix('a').and_then(|text| text.strip_suffix('b')),
        _ => Some(text),
    };
    inner.unwrap_or_else(|| panic!("{line:?} printed {text:?}")).to_owned()
}

#[test]
fn postgres_reads_back_every_value_as_text_and_as_name_and_from_its_file() {
    let server = Postgres::start();
    let query = |script: &str| {
        server.query("admin", "postgres", script).unwrap_or_else(|why| panic!("{why}\n{script}"))
    };
    let all = all_values();
    let texts = Spelling::Text;
    // Both ways in which the server may read a backslash.
    for setting in ["on", "off"] {
        let head = format!("SET standard_conforming_strings = {setting};\n");
        let place = Place { language: Language::Postgres, head: &head, ..Place::default() };
        let text = Place { line: "SELECT encode(convert_to(□::text, 'UTF8'), 'hex');\n", ..place };
        check(&format!("psql, text, {setting}"), text, &plain(all), |script, _| unhex(&query(script)));
        let text = Place { spelling: texts, ..text };
        check(&format!("psql, name as text, {setting}"), text, &names(all), |script, _| {
            unhex(&query(script))
        });
        let line = "SELECT encode(convert_to(json_object_keys(row_to_json(the_row)), 'UTF8'), 'hex') FROM (SELECT 1 AS □) the_row;\n";
        let name = Place { line, ..place };
        check(&format!("psql, name, {setting}"), name, &names(all), |script, _| unhex(&query(script)));
    }

    let file =
        Place { language: Language::PostgresConf, line: "test.a№ = □ # it's\n", ..Place::default() };
    check("postgresql.conf", file, all, |text, count| {
        std::fs::write(server.data().join("conf.d/test.conf"), text).unwrap();
        let select = "SELECT encode(convert_to(setting, 'UTF8'), 'hex') \
                      FROM pg_file_settings WHERE name LIKE 'test.%' AND error IS NULL ORDER BY seqno;";
        let read = unhex(&query(select));
        assert_eq!(read.len(), count);
        read
    });
    std::fs::remove_file(server.data().join("conf.d/test.conf")).unwrap();
    a_hostile_name_serves_in_sql_and_in_a_shell_alike(&server);

    let size = [typed(ValueType::Size, "20 MB")];
    let sql = written(Language::Postgres, "SET work_mem = □; SHOW work_mem;", &size);
    assert_eq!(query(&sql), "20MB\n");
    let file = written(Language::PostgresConf, "work_mem = □\n", &size);
    std::fs::write(server.data().join("conf.d/size.conf"), file).unwrap();
    let mut check = server.home().command(postgres_program("postgres"));
    assert_eq!(stdout(check.args(["-D", "data", "-C", "work_mem"])), "20480\n");
}

#[test]
fn mariadb_reads_back_every_value_as_text_and_as_name_and_from_its_file() {
    let server = MariaDb::start();
    server.admin("CREATE DATABASE test;");
    let all = all_values();
    let place = Place { language: Language::MySql, head: "USE test;\n", ..Place::default() };
    let text = Place { line: "SELECT HEX(CONVERT(□ USING utf8mb4));\n", ..place };
    check("mysql, text", text, &plain(all), |script, _| unhex(&server.admin(script)));
    let text = Place { spelling: Spelling::Text, ..text };
    check("mysql, name as text", text, &names(all), |script, _| unhex(&server.admin(script)));

    // A column's name, which the client prints above its value.
    let name = Place { line: "SELECT 1 AS □;\n", ..place };
    check("mysql, name", name, &names(all), |script, _| {
        let printed = server.with_names(script);
        printed.lines().step_by(2).map(str::to_owned).collect()
    });

    let home = server.home();
    let place =
        Place {
            language: Language::MyCnf, head: "[test]\n", line: "a№ = □ # it's\n", ..Place::default()
        };
    check("my.cnf, the clients", place, all, |file, _| {
        std::fs::write(home.path().join("test.cnf"), file).unwrap();
        let mut print = home.command("my_print_defaults");
        let read = stdout(
            print.arg(format!("--defaults-file={}", home.path().join("test.cnf").display())).arg("test"),
        );
        read.lines().map(|line| line.split_once('=').unwrap().1.to_owned()).collect()
    });
    let head = "[mysqld]\n";
    let place = Place { head, line: "init-connect = □ # it's\n", batch: 1, ..place };
    let few: Vec<TypedValue> = plain(all).into_iter().step_by(197).collect();
    check("my.cnf, the server", place, &few, |file, _| vec![server_option(home, file, "init-connect")]);

    let size = [typed(ValueType::Size, "20 MB")];
    let sql = written(Language::MySql, "SET SESSION sort_buffer_size = □; SELECT @@sort_buffer_size;", &size);
    assert_eq!(server.admin(&sql), "20971520\n");
    let file = written(Language::MyCnf, "[mysqld]\nsort_buffer_size = □\n", &size);
    assert_eq!(server_option(home, &file, "sort-buffer-size"), "20971520");
}

#[test]
fn mariadb_lets_a_user_into_the_database_of_this_name_and_into_no_other() {
    let server = MariaDb::start();
    server.admin("CREATE DATABASE aXXb; CREATE DATABASE openmetadataXrestored; CREATE USER om;");
    for name in ["a%b", "openmetadata_restored", "r'e_s $t\"\\x`%", "\\_", "a.*"] {
        let name = typed(ValueType::Identifier, name);
        let user = typed(ValueType::Identifier, "om");
        let values = [name.clone(), name.clone(), user.clone(), name.clone(), user];
        let sql = "CREATE DATABASE □;\nGRANT ALL ON □.* TO □@'%';\n";
        server.admin(&written(Language::MySql, sql, &values[..3]));
        let sees =
            || server.query("om", "", "SHOW DATABASES WHERE `Database` <> 'information_schema';").unwrap();
        let escaped = name.to_string().replace('\\', "\\\\");
        assert_eq!(sees(), [&escaped, "\n"].concat());
        server.admin(&written(Language::MySql, "REVOKE ALL ON □.* FROM □@'%';\n", &values[3..]));
        assert_eq!(sees(), "");
    }
}

/// What the server makes of an option in a file.
fn server_option(home: &Home, text: &str, option: &str) -> String {
    let file = home.path().join("server.cnf");
    std::fs::write(&file, text).unwrap();
    let mut help = home.command(mariadb_program("mariadbd"));
    let read = stdout(help.arg(format!("--defaults-file={}", file.display())).args(["--help", "--verbose"]));
    let (_, table) = read.split_once("\n---").expect("a table of the options");
    let line = table.lines().find_map(|line| line.strip_prefix(option)).expect("the option");
    line.trim_start_matches(' ').to_owned()
}

#[test]
fn yaml_json_and_java_read_back_every_value() {
    let all = all_values();
    let yaml = Place {
        language: Language::Yaml,
        head: "a:\n",
        line: "  - b: □ # c\n    d: [□, 1]\n",
        ..Place::default()
    };
    check("YAML", Place { batch: 50, ..yaml }, all, |file, count| {
        let read = yaml_rust2::YamlLoader::load_from_str(file).unwrap_or_else(|why| panic!("{why}\n{file}"));
        let items = read[0]["a"].as_vec().unwrap();
        assert_eq!(items.len(), count);
        let text = |yaml: &yaml_rust2::Yaml| match yaml {
            yaml_rust2::Yaml::Integer(number) => number.to_string(),
            other => other.as_str().unwrap().to_owned(),
        };
        items
            .iter()
            .map(|item| Some(text(&item["b"])).filter(|b| *b == text(&item["d"][0])).unwrap())
            .collect()
    });
    // Compose replaces what a `$` names, and makes one of two, after it has read the YAML.
    let compose = Place { language: Language::Compose, line: "  - □ # c\n", ..yaml };
    check("Compose", Place { batch: 50, ..compose }, all, |file, _| {
        let read = yaml_rust2::YamlLoader::load_from_str(file).unwrap_or_else(|why| panic!("{why}\n{file}"));
        let items = read[0]["a"].as_vec().unwrap();
        let interpolated = |item: &yaml_rust2::Yaml| match item {
            yaml_rust2::Yaml::Integer(number) => number.to_string(),
            other => {
                let text = other.as_str().unwrap();
                assert!(
                    !text.replace("$$", "").contains('$'),
                    "Compose would look for a variable in {text:?}"
                );
                text.replace("$$", "$")
            }
        };
        items.iter().map(interpolated).collect()
    });
    let json = Place {
        language: Language::Json,
        head: "[",
        line: "{\"a\": [□]},",
        tail: "null]",
        ..Place::default()
    };
    check("JSON", json, all, |file, _| {
        let read: Vec<serde_json::Value> = serde_json::from_str(file).unwrap();
        let text =
            |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        read.iter().filter(|item| !item.is_null()).map(|item| text(&item["a"][0])).collect()
    });
    let line = "before = 1\na№ = □\n";
    let properties = Place { language: Language::Properties, line, ..Place::default() };
    // The crate knows no surrogate pairs, which Java itself writes and reads.
    let is_known = |value: &TypedValue| value.to_string().chars().all(|c| c <= '\u{FFFF}');
    let known: Vec<TypedValue> = all.iter().filter(|value| is_known(value)).cloned().collect();
    check("properties", properties, &known, |file, count| {
        let read = java_properties::read(file.as_bytes()).unwrap();
        assert_eq!(read.len(), count + 1);
        (0..count).map(|index| read[&format!("a{}", number(index))].clone()).collect()
    });
}

/// Writes all the values in their places, and compares what `read` makes of it.
fn check(what: &str, place: Place<'_>, all: &[TypedValue], read: impl Fn(&str, usize) -> Vec<String>) {
    let mut refused = 0;
    let mut accepted = Vec::new();
    for value in all {
        let errors =
            try_written(place.language, &place.template(1), &[value.clone(), value.clone()], place.spelling);
        match errors {
            Ok(_) => accepted.push(value.clone()),
            Err(errors) => {
                refused += 1;
                let fair =
                    errors.iter().all(|error| error.fault == Fault::Value) && cannot_be_said(place, value);
                assert!(fair, "{what}: {value:?} is refused: {errors:?}");
            }
        }
    }
    let holes = place.line.matches('□').count();
    for batch in accepted.chunks(place.batch) {
        let repeated: Vec<TypedValue> =
            batch.iter().flat_map(|value| std::iter::repeat_n(value.clone(), holes)).collect();
        let text =
            try_written(place.language, &place.template(batch.len()), &repeated, place.spelling).unwrap();
        let found = read(&text, batch.len());
        assert_eq!(found.len(), batch.len(), "{what}");
        for (value, found) in batch.iter().zip(found) {
            assert_eq!(found, meant(place.language, value), "{what}: {value:?}");
        }
    }
    println!("{what}: {} values read back, {refused} refused", accepted.len());
    assert!(!accepted.is_empty() && refused < all.len() / 2, "{what}");
}

impl Place<'_> {
    fn template(&self, count: usize) -> String {
        let lines: String = (0..count).map(|index| self.line.replace('№', &number(index))).collect();
        [self.head, &lines, self.tail].concat()
    }
}

fn number(index: usize) -> String {
    format!("{index:04}")
}

/// What a program that understood the value holds.
fn meant(language: Language, value: &TypedValue) -> String {
    match value {
        TypedValue::Size(size) if matches!(language, Language::MySql | Language::MyCnf) => {
            size.bytes().to_string()
        }
        TypedValue::Path(path) => match path.below_home() {
            Some(below) if language == Language::Shell => format!("HOME{below}"),
            _ => path.as_str().to_owned(),
        },
        other => other.to_string(),
    }
}

/// Whether a language has no way to say a value in a place, or should not be given one.
fn cannot_be_said(place: Place<'_>, value: &TypedValue) -> bool {
    let text = value.to_string();
    let is_name = matches!(value, TypedValue::Identifier(_)) && place.spelling == Spelling::Plain;
    let holds_all =
        matches!(place.language, Language::Yaml | Language::Compose | Language::Json | Language::Properties);
    let below_home = matches!(value, TypedValue::Path(path) if path.below_home().is_some());
    let by_language = match place.language {
        Language::Shell => {
            let joined = ["--option=", "x=", "a□b"].iter().any(|before| place.line.contains(before));
            let option = text.starts_with('-')
                && !joined
                && (place.line.contains("in □") || place.line.contains("case"));
            option || (is_name && (text.contains('=') || text.contains("://")))
        }
        Language::Postgres => is_name && text.len() > 63,
        Language::MySql => is_name && (text.chars().count() > 64 || text.chars().any(|c| c > '\u{FFFF}')),
        _ => false,
    };
    let odd_size = matches!(value, TypedValue::Size(size) if size.kib().is_none());
    by_language
        || odd_size
        || (below_home && place.language != Language::Shell)
        || (!holds_all && text.contains(char::is_control))
}

/// A role and a database with a troublesome name, made as a page's SQL would make them and
/// used as its shell would use them.
fn a_hostile_name_serves_in_sql_and_in_a_shell_alike(server: &Postgres) {
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

fn all_values() -> &'static [TypedValue] {
    static ALL: LazyLock<Vec<TypedValue>> =
        LazyLock::new(|| TYPES.iter().flat_map(|(value_type, count)| values(*value_type, *count)).collect());
    &ALL
}

/// Without the names, which SQL writes otherwise.
fn plain(values: &[TypedValue]) -> Vec<TypedValue> {
    values.iter().filter(|value| !matches!(value, TypedValue::Identifier(_))).cloned().collect()
}

fn names(values: &[TypedValue]) -> Vec<TypedValue> {
    values.iter().filter(|value| matches!(value, TypedValue::Identifier(_))).cloned().collect()
}

/// The texts that a query printed, one a line.
fn unhex(lines: &str) -> Vec<String> {
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    let text = |line: &str| String::from_utf8(line.as_bytes().chunks(2).map(byte).collect()).unwrap();
    lines.lines().map(text).collect()
}
