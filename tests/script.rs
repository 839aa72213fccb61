//! The shipped guide as one script, run from its beginning to its end as its reader would:
//! in a terminal, every question answered, on a real PostgreSQL and a real MariaDB (in
//! MySQL's place), in dash and in bash.
//!
//! OpenMetadata itself is a stand-in of a few lines. Its migration, though, connects as
//! OpenMetadata does, and notes in the database how much memory its own connection has:
//! that is what the whole runbook is for. Where something fails, the script must stop there.

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

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;

use guide::{guide_for, shipped};
use servers::{Account, Database, Home, MariaDb, Postgres, stdout};
use standins::write_program;
use terminal::Terminal;
use upgrade_checklist::render::{Format, render};

const OPERATOR: Account =
    Account { user: "openmetadata_user", database: "openmetadata_db", admin: "operator", password: "secret" };

const HOSTILE: Account = Account {
    user: "o'hara \"om\" $x",
    database: "Open `Meta`; -- é",
    admin: "the \"boss\"'s `id`",
    password: "it's \"pa$$word\" #1",
};

/// What its reader does not do, as it is for others.
const SKIPPED: [&str; 4] = [
    // MariaDB has no such statements; and where a file did it, it is done.
    "Or make it permanent from the client",
    "only after SET PERSIST",
    "Only if it had a value before",
    "Only for a checksum",
];

#[test]
fn the_script_upgrades_on_postgres_and_stops_where_something_fails() {
    let server = Postgres::start();
    let upgrade = Upgrade { engine: "postgres", before: "4MB", raised: "with 20MB", server: &server };
    upgrade.check_all();
}

#[test]
fn the_script_upgrades_on_mysql_and_stops_where_something_fails() {
    let server = MariaDb::start_with("[mysqld]\nsort_buffer_size = 10M\n");
    let upgrade = Upgrade { engine: "mysql", before: "10MB", raised: "with 20971520", server: &server };
    let path = |program| servers::mariadb_program(program).to_str().unwrap().to_owned();
    upgrade.put("mysql", &MYSQL.replace("@client@", &path("mariadb")));
    upgrade.put("mysqldump", &MYSQLDUMP.replace("@dump@", &path("mariadb-dump")));
    upgrade.check_all();
}

/// MySQL's client, but that it has nothing to say of what only MySQL has.
const MYSQL: &str = r#"#!/bin/sh
case "$*" in (*--execute* | *--version*) exec '@client@' "$@" ;; esac
fed=$(mktemp) && cat > "$fed"
if grep -aq performance_schema.variables_info "$fed"; then exit; fi
exec '@client@' "$@" < "$fed"
"#;

const MYSQLDUMP: &str = r#"#!/bin/sh
case "$*" in (--version) echo 'mysqldump  Ver 8.4.3 for Linux on x86_64 (MySQL Community Server - GPL)'; exit ;; esac
exec '@dump@' "$@"
"#;

/// Both of OpenMetadata's scripts. What they are told to do is noted; the migration connects
/// with `DB_PARAMS` as OpenMetadata's driver would. The server does not answer at once.
const OPENMETADATA: &str = r#"#!/bin/sh
set -eu
printf '%s %s %s\n' "$(basename "$(pwd)")" "$1" "${OM_DATABASE:-}" >> '@home@/events'
if [ "$1" = start ]; then : > '@home@/starting'; fi
if [ "$1" != migrate ]; then exit; fi
if [ -e '@home@/broken' ]; then echo 'Migration failed' >&2; exit 1; fi
if [ -e '@home@/idle' ]; then exit; fi
. '@home@/migrate' >> '@home@/events'
"#;

const MIGRATE_POSTGRES: &str = r#"PGOPTIONS=$(printf '%s' "${DB_PARAMS:-}" | sed -n 's/.*&options=//p' | sed 's/%20/ /g; s/%3D/=/g')
export PGOPTIONS PGPASSWORD
psql --quiet -X -At --set=ON_ERROR_STOP=1 --host=127.0.0.1 --port="$PORT" --username="$USER" --dbname="$DATABASE" \
    --command="SELECT 'with ' || current_setting('work_mem')" \
    --command="INSERT INTO server_change_log (version, migrationfilename, checksum) VALUES ('1.4.8', 'd', 'd')"
"#;

const MIGRATE_MYSQL: &str = r#"memory=$(printf '%s' "${DB_PARAMS:-}" | sed -n 's/.*&sessionVariables=//p')
MYSQL_PWD=$PGPASSWORD mysql --host=127.0.0.1 --port="$PORT" --protocol=TCP --user="$USER" \
    ${memory:+--init-command="SET SESSION $memory"} --skip-column-names --batch \
    --execute="SELECT CONCAT('with ', @@SESSION.sort_buffer_size);
    INSERT INTO SERVER_CHANGE_LOG (version, migrationFileName, checksum) VALUES ('1.4.8', 'd', 'd')" -- "$DATABASE"
"#;

/// How OpenMetadata's own configuration names its database.
const CONFIGURATION: &str =
    "url: jdbc:${DB_SCHEME:-mysql}://${DB_HOST:-localhost}/${OM_DATABASE:-openmetadata_db}\n";

/// The key of the old installation, which nobody is to see.
const SECRET: &str = "NobodyIsToSeeThisKey";

/// What only the reader can judge: whether two numbers are the same; and where they do.
const JUDGED: (&str, &str) = ("Count what is in the database", "Prove the backup whole");

/// What the page itself says of a change and of the backup, which the reader is to see.
const SAID: [&str; 2] =
    ["View Definition is now renamed to Schema Definition", "used to restore data to a higher version"];

/// What is to be done by hand before the migration.
const CARRY: &str = "By hand: In the new conf/openmetadata.yaml";

/// What reaches out of this machine, or sees too much of it.
const CURL: &str = r#"#!/bin/sh
if [ -e '@home@/starting' ]; then rm '@home@/starting'; exit 7; fi
case "$*" in
*--retry-all-errors*) echo 'curl: that is for a newer one' >&2 && exit 2 ;;
*system/version) echo '{"version":"1.4.8","revision":"none","timestamp":0}' ;;
*openmetadata-1.4.8.tar.gz) cp '@home@/openmetadata-1.4.8.tar.gz' . ;;
*) echo "curl: what is $*?" >&2 && exit 6 ;;
esac
"#;

/// One moment for all backups, so that the reader can name theirs.
const DATE: &str = "#!/bin/sh\necho 20240514T031500Z\n";

struct Upgrade<'a> {
    engine: &'static str,
    /// The memory that the server was started with.
    before: &'static str,
    /// What the migration says of its connection.
    raised: &'static str,
    server: &'a dyn Database,
}

/// How a script ended.
struct Run {
    ended_well: bool,
    screen: String,
    /// What OpenMetadata's scripts were told: the version, the command, the database; and the
    /// memory that the migration had.
    events: Vec<String>,
}

impl Upgrade<'_> {
    fn check_all(&self) {
        self.put("curl", &CURL.replace("@home@", self.home().path().to_str().unwrap()));
        self.put("date", DATE);
        self.put("sleep", "#!/bin/sh\n");
        self.put("pgrep", "#!/bin/sh\nexit 1\n");
        self.put("python3", "#!/bin/sh\necho 'Version: 1.4.8.1'\n");
        for (shell, account) in [("dash", &OPERATOR), ("bash", &HOSTILE)] {
            for privilege in ["admin", "app-user"] {
                self.check_upgrade(shell, account, privilege);
            }
        }
        self.check_failing_backup();
        for privilege in ["admin", "app-user"] {
            self.check_failing_migration(privilege);
        }
        self.check_idle_migration();
        self.check_judging();
        self.check_forgotten_configuration();
        self.check_configured_database();
        self.check_quitting();
        self.check_going_straight_through();
    }

    /// All goes well, and the restore works too.
    fn check_upgrade(&self, shell: &str, account: &Account, privilege: &str) {
        self.begin(account);
        if privilege == "app-user" {
            self.server.make_empty(account, "openmetadata_restored");
        }
        let (memory, content) = (self.memory(account), self.content(account.database));
        let run = self.run(shell, account, privilege, &|_| "y");
        let Run { screen, events, .. } = &run;
        assert!(run.ended_well && screen.contains("End of the checklist."), "{screen}");
        let expected = [
            "openmetadata-1.3.4 stop ",
            "openmetadata-1.4.8 migrate ",
            self.raised,
            "openmetadata-1.4.8 start ",
            "openmetadata-1.4.8 reindex ",
            "openmetadata-1.4.8 deploy-pipelines ",
            // The memory is put back.
            "openmetadata-1.4.8 stop ",
            "openmetadata-1.4.8 start ",
            // And the way back is gone.
            "openmetadata-1.4.8 stop ",
            "openmetadata-1.3.4 start openmetadata_restored",
        ];
        assert_eq!(*events, expected, "{screen}");
        assert_eq!(self.memory(account), memory, "it was not put back: {screen}");
        assert_eq!(screen.matches("It does not answer yet.").count(), 2, "{screen}");
        let one_line = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(SAID.iter().all(|said| one_line.contains(said)), "{screen}");
        assert!(screen.contains("+fernetKey: ...") && !screen.contains(SECRET), "{screen}");
        assert_eq!(self.content("openmetadata_restored"), content, "what was restored is something else");
        assert_ne!(self.content(account.database), content, "the migration changed nothing");
        self.server.dismiss(account);
    }

    /// A backup that fails ends it before anything is touched.
    fn check_failing_backup(&self) {
        let account = &OPERATOR;
        self.begin(account);
        let memory = self.memory(account);
        self.server.damage(account);
        let run = self.run("dash", account, "admin", &|_| "y");
        self.server.mend(account);
        self.stopped(&run, "Backup your Metadata", &["openmetadata-1.3.4 stop "]);
        // What stands still is to be started again.
        let (_, undo) = run.screen.split_once("To take back what was begun").expect("how to take it back");
        assert!(undo.contains("openmetadata-1.3.4 && ./bin/openmetadata.sh start"), "{undo}");
        assert_eq!(self.memory(account), memory);
        let left = fs::read_dir(self.reader().join("openmetadata-backup")).unwrap();
        let is_whole = |name: &str| !name.ends_with(".partial") && name.starts_with("openmetadata_");
        assert!(!left.into_iter().any(|entry| is_whole(entry.unwrap().file_name().to_str().unwrap())));
        self.server.dismiss(account);
    }

    /// A migration that fails ends it before the new version is started, and what the memory
    /// was is said.
    fn check_failing_migration(&self, privilege: &str) {
        let account = &OPERATOR;
        self.begin(account);
        if privilege == "app-user" {
            self.server.make_empty(account, "openmetadata_restored");
        }
        fs::write(self.home().path().join("broken"), "").unwrap();
        let run = self.run("dash", account, privilege, &|_| "y");
        fs::remove_file(self.home().path().join("broken")).unwrap();
        self.stopped(&run, "Run the migration", &["openmetadata-1.3.4 stop ", "openmetadata-1.4.8 migrate "]);
        self.check_going_on(&run);
        let (_, undo) = run.screen.split_once("To take back what was begun").expect("how to take it back");
        let (first, others) = undo.split_once("Only once that is done").expect("what comes before others");
        let reading = first.find("First read what failed (step ").expect("what comes first of all");
        let restoring = first.find("no way back but to restore the backup (step ").expect("a way back");
        assert!(reading < restoring, "{first}");
        assert!(others.contains("Start the old version again"), "{others}");
        let (_, later) =
            run.screen.split_once("What a later step would have taken back").expect("the memory");
        assert!(later.contains("Put the memory back") && !later.contains("openmetadata.sh start"), "{later}");
        self.server.restart(&[]);
        self.server.dismiss(account);
    }

    /// Whoever mended what failed goes on from there, with the memory that was set for this script
    /// alone, too, and still learns how to take back what was done before.
    fn check_going_on(&self, failed: &Run) {
        let (_, step) = failed.screen.split_once(" --from ").expect("how to go on");
        let (step, _) = step.split_once('\n').unwrap();
        let run = self.go_on("dash", &OPERATOR, Some(step), &|_| "y");
        assert!(run.ended_well && run.screen.contains("End of the checklist."), "{}", run.screen);
        let first = ["openmetadata-1.4.8 migrate ", self.raised, "openmetadata-1.4.8 start "];
        assert!(run.events.iter().map(String::as_str).take(3).eq(first), "{}", run.screen);
        assert!(!run.screen.contains("Stop the server\n"), "{}", run.screen);
        let (_, undo) = run.screen.split_once("To take back what was begun").expect("how to take it back");
        assert!(undo.contains("Start the old version again"), "{undo}");
    }

    /// A migration that says nothing and does nothing ends it as well: the database names the old
    /// version.
    fn check_idle_migration(&self) {
        let account = &OPERATOR;
        self.begin(account);
        fs::write(self.home().path().join("idle"), "").unwrap();
        let stop = |asked: &str| if asked.contains("Look again?") { "n" } else { "y" };
        let run = self.run("dash", account, "admin", &stop);
        fs::remove_file(self.home().path().join("idle")).unwrap();
        self.stopped(&run, "Run the migration", &["openmetadata-1.3.4 stop ", "openmetadata-1.4.8 migrate "]);
        self.server.restart(&[]);
        self.server.dismiss(account);
    }

    /// Whoever sees that what was done is not as it should be does not go on.
    fn check_judging(&self) {
        let (account, (question, step)) = (&OPERATOR, JUDGED);
        self.begin(account);
        let is_judged = |asked: &str| asked.contains(question) && asked.contains("Is it as it should be?");
        let run = self.run("dash", account, "admin", &|asked| if is_judged(asked) { "q" } else { "y" });
        assert!(!run.ended_well && run.screen.contains(&format!("Stopped in “{step}”")), "{}", run.screen);
        assert!(!run.events.contains(&"openmetadata-1.4.8 start ".to_owned()), "{}", run.screen);
        self.server.restart(&[]);
        self.server.dismiss(account);
    }

    /// Whoever carries nothing of theirs over does not migrate with what the release has.
    fn check_forgotten_configuration(&self) {
        let account = &OPERATOR;
        self.begin(account);
        let run =
            self.run("dash", account, "admin", &|question| if question.contains(CARRY) { "s" } else { "y" });
        self.stopped(&run, "Run the migration", &["openmetadata-1.3.4 stop "]);
        assert!(run.screen.contains("Nothing of yours is in conf/openmetadata.yaml"), "{}", run.screen);
        self.server.restart(&[]);
        self.server.dismiss(account);
    }

    /// The old version is not started on what the migration left, where its configuration
    /// names the database itself.
    fn check_configured_database(&self) {
        let account = &OPERATOR;
        self.begin(account);
        let configuration = self.reader().join("opt/openmetadata-1.3.4/conf/openmetadata.yaml");
        fs::write(&configuration, "url: jdbc:mysql://localhost/openmetadata_db # ${OM_DATABASE}\n").unwrap();
        let run = self.run("dash", account, "admin", &|_| "y");
        assert!(!run.ended_well && run.screen.contains("Stopped in “Restore the backup”"), "{}", run.screen);
        assert!(run.screen.contains("name the database themselves"), "{}", run.screen);
        assert_eq!(run.events.last().unwrap(), "openmetadata-1.4.8 stop ", "{}", run.screen);
        self.server.dismiss(account);
    }

    /// Whoever quits, before a change, has changed nothing more; and comes to the backup without
    /// a folder that an earlier step makes.
    fn check_quitting(&self) {
        let account = &OPERATOR;
        self.begin(account);
        let came = Cell::new(false);
        let quit = |question: &str| {
            if question.contains("Keep the configuration") {
                return "s";
            }
            came.set(question.contains("\nBack up\r\n"));
            if came.get() { "q" } else { "y" }
        };
        let run = self.run("dash", account, "admin", &quit);
        assert!(came.get(), "{}", run.screen);
        self.stopped(&run, "Backup your Metadata", &["openmetadata-1.3.4 stop "]);
        self.server.dismiss(account);
    }

    /// Whoever needs no step that is optional ends on the new version.
    fn check_going_straight_through(&self) {
        let account = &OPERATOR;
        self.begin(account);
        let needs_none =
            |question: &str| if question.ends_with("Do you need this step? [y/n] ") { "n" } else { "y" };
        let run = self.run("dash", account, "admin", &needs_none);
        assert!(run.ended_well && run.screen.contains("End of the checklist."), "{}", run.screen);
        assert_eq!(run.events.last().unwrap(), "openmetadata-1.4.8 start ", "{}", run.screen);
        self.server.dismiss(account);
    }

    fn stopped(&self, run: &Run, step: &str, events: &[&str]) {
        assert!(!run.ended_well, "{}", run.screen);
        assert!(run.screen.contains(&format!("Stopped in “{step}”")), "{}", run.screen);
        assert_eq!(run.events, events, "{}", run.screen);
    }

    /// A reader's home with the old version in it, and a server with the sample.
    fn begin(&self, account: &Account) {
        let home = self.home();
        let path = home.path().to_str().unwrap();
        let _ = fs::remove_dir_all(self.reader());
        let _ = fs::remove_file(home.path().join("starting"));
        home.folder("reader");
        home.folder("reader/opt");
        self.server.admit(account);
        let values = [
            ("PORT", self.server.port().to_string()),
            ("USER", account.user.to_owned()),
            ("DATABASE", account.database.to_owned()),
            ("PGPASSWORD", account.password.to_owned()),
        ];
        let mut migrate: String = values
            .iter()
            .map(|(name, value)| format!("{name}='{}'\n", value.replace('\'', "'\\''")))
            .collect();
        migrate += if self.engine == "mysql" { MIGRATE_MYSQL } else { MIGRATE_POSTGRES };
        fs::write(home.path().join("migrate"), migrate).unwrap();
        for version in ["openmetadata-1.3.4", "openmetadata-1.4.8"] {
            let folder = home.folder(&format!("reader/opt/{version}"));
            for inner in ["bin", "bootstrap", "conf", "libs", "logs"] {
                home.folder(&format!("reader/opt/{version}/{inner}"));
            }
            for script in ["bin/openmetadata.sh", "bootstrap/openmetadata-ops.sh"] {
                write_program(&folder.join(script), &OPENMETADATA.replace("@home@", path));
            }
            let key = if version == "openmetadata-1.3.4" { SECRET } else { "theirs" };
            let configuration = format!("{CONFIGURATION}fernetKey: {key}\n");
            fs::write(folder.join("conf/openmetadata.yaml"), configuration).unwrap();
            fs::write(folder.join("logs/openmetadata.log"), "").unwrap();
        }
        let mut tar = home.command("tar");
        tar.args(["-C", "reader/opt", "-czf", "openmetadata-1.4.8.tar.gz", "openmetadata-1.4.8"]);
        stdout(&mut tar);
        fs::remove_dir_all(self.reader().join("opt/openmetadata-1.4.8")).unwrap();
    }

    /// Writes the script for this reader and goes through it.
    fn run(
        &self,
        shell: &str,
        account: &Account,
        privilege: &str,
        reply: &dyn Fn(&str) -> &'static str,
    ) -> Run {
        let answers = [
            ("engine", self.engine.to_owned()),
            ("hosting", "self-managed".to_owned()),
            ("deployment", "bare-metal".to_owned()),
            ("privilege", privilege.to_owned()),
            ("host", "127.0.0.1".to_owned()),
            ("port", self.server.port().to_string()),
            ("user", account.user.to_owned()),
            ("database", account.database.to_owned()),
            ("admin_user", account.admin.to_owned()),
            ("memory_before", self.before.to_owned()),
            ("install_dir", "~/opt".to_owned()),
        ];
        let script = render(&guide_for(&shipped(), &answers), Format::Script, &[]);
        let file = self.home().path().join("upgrade.sh");
        fs::write(&file, script).unwrap();
        self.go_on(shell, account, None, reply)
    }

    /// Goes through the script that was written last, from one of its steps on.
    fn go_on(
        &self,
        shell: &str,
        account: &Account,
        from: Option<&str>,
        reply: &dyn Fn(&str) -> &'static str,
    ) -> Run {
        let file = self.home().path().join("upgrade.sh");
        let events = self.home().path().join("events");
        let _ = fs::remove_file(&events);
        let terminal = Terminal::new(shell, self.home(), account.password);
        let skip = |question: &str| SKIPPED.iter().any(|skipped| question.contains(skipped));
        let (status, screen) = terminal.go_through(&file, from, &|question| {
            let answer = if skip(question) { "s" } else { reply(question) };
            if question.contains(CARRY) && answer == "y" {
                let configuration = format!("{CONFIGURATION}fernetKey: {SECRET}\n");
                fs::write(self.reader().join("opt/openmetadata-1.4.8/conf/openmetadata.yaml"), configuration)
                    .unwrap();
            }
            answer
        });
        let events = fs::read_to_string(events).unwrap_or_default();
        Run { ended_well: status.success(), screen, events: events.lines().map(str::to_owned).collect() }
    }

    /// The memory of OpenMetadata's connections and of the server, wherever they have it from.
    fn memory(&self, account: &Account) -> [String; 2] {
        self.server.memory(account).map(|memory| memory.split(" (").next().unwrap().to_owned())
    }

    /// What a database holds, without the routines that only an administrator may dump.
    fn content(&self, database: &str) -> Option<String> {
        let content = self.server.contents().remove(database)?;
        content.split("routines:").next().map(str::to_owned)
    }

    fn put(&self, program: &str, text: &str) {
        write_program(&self.home().path().join("bin").join(program), text);
    }

    fn home(&self) -> &Home {
        self.server.home()
    }

    fn reader(&self) -> PathBuf {
        self.home().path().join("reader")
    }
}
