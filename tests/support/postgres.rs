//! A throw-away PostgreSQL. Its administrator is `admin`; whoever connects is trusted,
//! until accounts were made.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{ATTEMPTS, Account, Daemon, Database, Home, Session, find, free_port, quoted, run_with, stdout};

/// A running server.
pub struct Postgres {
    // Dropped in this order: the server stops before its directory goes.
    daemon: RefCell<Option<Daemon>>,
    address: Address,
}

/// Where a server is reached.
struct Address {
    port: u16,
    home: Home,
}

impl Postgres {
    /// Creates and starts one. As Debian's does, it reads what is in `conf.d`.
    pub fn start() -> Self {
        let home = Home::new();
        for name in ["psql", "pg_dump", "pg_restore"] {
            home.alias(name, &program(name));
        }
        stdout(
            home.command(program("initdb"))
                .args(["--pgdata=data", "--username=admin", "--auth=trust"])
                .args(["--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]),
        );
        let data = home.path().join("data");
        std::fs::create_dir(data.join("conf.d")).unwrap();
        let main = std::fs::read_to_string(data.join("postgresql.conf")).unwrap();
        std::fs::write(data.join("postgresql.conf"), main + "\ninclude_dir = 'conf.d'\n").unwrap();

        let mut address = Address { port: 0, home };
        for _ in 0..ATTEMPTS {
            address.port = free_port();
            if let Some(daemon) = address.serve(&[]) {
                return Self { daemon: RefCell::new(Some(daemon)), address };
            }
        }
        panic!("PostgreSQL does not start");
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.address.port
    }

    /// The directory of its data and files.
    pub fn data(&self) -> PathBuf {
        self.address.home.path().join("data")
    }

    /// The directory in which its commands run.
    pub fn home(&self) -> &Home {
        &self.address.home
    }

    /// What the answers to `sql` are, in a new connection, as if pasted into psql.
    pub fn query(&self, user: &str, database: &str, sql: &str) -> Result<String, String> {
        self.address.query(user, database, sql)
    }

    /// A connection that stays open.
    pub fn session(&self, user: &str, database: &str) -> Session {
        Session::open(&mut self.address.psql(user, database))
    }
}

/// Who connects as another than `admin` must know the password, except in the container.
const ACCESS: &str = "local all all trust\nhost all admin all trust\nhost all all all scram-sha-256\n";

/// What an administrator put into the database: like `pg_stat_statements`, only they may create it.
const EXTENSION: &str = "CREATE EXTENSION pgrowlocks;";

impl Database for Postgres {
    fn port(&self) -> u16 {
        Self::port(self)
    }

    fn home(&self) -> &Home {
        Self::home(self)
    }

    fn admit(&self, account: &Account) {
        std::fs::write(self.data().join("pg_hba.conf"), ACCESS).unwrap();
        let Account { user, database, admin, password } = account;
        let [user_name, database_name, admin_name] = [user, database, admin].map(|name| quoted(name, '"'));
        let password = quoted(password, '\'');
        self.admin(
            "postgres",
            &format!(
                "SELECT pg_reload_conf();
                 SET standard_conforming_strings = on;
                 CREATE ROLE {admin_name} LOGIN SUPERUSER PASSWORD {password};
                 CREATE ROLE {user_name} LOGIN PASSWORD {password};
                 CREATE DATABASE {database_name} OWNER {user_name};"
            ),
        );
        let sample = std::fs::read_to_string("tests/data/sample-postgres.sql").unwrap();
        self.admin(database, &format!("{EXTENSION}\nSET ROLE {user_name};\n{sample}"));
    }

    fn make_empty(&self, account: &Account, database: &str) {
        let [user, database_name] = [account.user, database].map(|name| quoted(name, '"'));
        self.admin("postgres", &format!("CREATE DATABASE {database_name} OWNER {user} TEMPLATE template0;"));
        self.admin(database, EXTENSION);
    }

    fn dismiss(&self, account: &Account) {
        for database in self.contents().into_keys() {
            self.admin("postgres", &format!("DROP DATABASE {} WITH (FORCE);", quoted(&database, '"')));
        }
        let [user, admin] = [account.user, account.admin].map(|name| quoted(name, '"'));
        self.admin("postgres", &format!("DROP ROLE {user}; DROP ROLE {admin};"));
    }

    fn memory(&self, account: &Account) -> [String; 2] {
        let sql =
            "SELECT current_setting(name) || ' (' || source || ')' FROM pg_settings WHERE name = 'work_mem';";
        let mut psql = self.address.psql(account.user, account.database);
        let own = run_with(psql.env("PGPASSWORD", account.password), sql).unwrap();
        [own, self.admin("postgres", sql)].map(|line| line.trim_end().to_owned())
    }

    fn contents(&self) -> BTreeMap<String, String> {
        let names = "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres';";
        // Every row of every table, and the definitions of what is not a table.
        let sums = "SELECT 'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM ' || oid::regclass || ' t;' \
                    FROM pg_class WHERE relkind IN ('r', 'v') AND relnamespace = 'public'::regnamespace ORDER BY relname \\gexec\n\
                    SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1;\n\
                    SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1;\n\
                    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1;\n\
                    SELECT attrelid::regclass, pg_get_expr(adbin, adrelid) FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum ORDER BY 1, 2;";
        let names = self.admin("postgres", names);
        names.lines().map(|name| (name.to_owned(), self.admin(name, sums))).collect()
    }

    fn configure(&self, file: &str, _restart: bool) {
        std::fs::write(self.data().join("conf.d/90-openmetadata-upgrade.conf"), file).unwrap();
    }

    fn forget_configuration(&self) {
        let _ = std::fs::remove_file(self.data().join("conf.d/90-openmetadata-upgrade.conf"));
    }

    fn restart(&self, flags: &[String]) {
        self.daemon.replace(None);
        self.daemon.replace(self.address.serve(flags));
        assert!(self.daemon.borrow().is_some(), "PostgreSQL does not start again");
    }

    fn last_read(&self) -> String {
        self.admin("postgres", "SELECT pg_conf_load_time();")
    }

    fn damage(&self, account: &Account) {
        // A value that can no longer be written out: the dump comes so far and no further.
        let sql = format!(
            "CREATE TYPE zz_type AS ENUM ('x'); CREATE TABLE zz_table (value zz_type);
             INSERT INTO zz_table VALUES ('x'); ALTER TABLE zz_table OWNER TO {};
             DELETE FROM pg_enum WHERE enumtypid = 'zz_type'::regtype;",
            quoted(account.user, '"')
        );
        self.admin(account.database, &sql);
    }

    fn mend(&self, account: &Account) {
        self.admin(account.database, "DROP TABLE zz_table; DROP TYPE zz_type;");
    }

    fn stay(&self, account: &Account) -> Session {
        let mut psql = self.address.psql(account.user, account.database);
        Session::open(psql.env("PGPASSWORD", account.password))
    }

    fn question(&self) -> &'static str {
        "SHOW work_mem;"
    }

    fn variables(&self, account: &Account) -> Vec<(&'static str, String)> {
        vec![
            ("PGHOST", self.home().path().display().to_string()),
            ("PGPORT", self.port().to_string()),
            ("POSTGRES_USER", account.admin.to_owned()),
            ("POSTGRES_PASSWORD", account.password.to_owned()),
        ]
    }
}

impl Postgres {
    fn admin(&self, database: &str, sql: &str) -> String {
        self.query("admin", database, sql).unwrap_or_else(|why| panic!("{why}\n{sql}"))
    }
}

impl Address {
    fn serve(&self, flags: &[String]) -> Option<Daemon> {
        let mut command = self.home.command(program("postgres"));
        command.args(["-D", "data", "-p", &self.port.to_string()]);
        command.args(["-clisten_addresses=127.0.0.1", "-cfsync=off"]);
        command.arg(format!("-cunix_socket_directories={}", self.home.path().display()));
        command.args(flags);
        let log = self.home.path().join("log");
        Daemon::start(command, log, "INT", || self.query("admin", "postgres", "SELECT 1").is_ok())
    }

    fn query(&self, user: &str, database: &str, sql: &str) -> Result<String, String> {
        run_with(&mut self.psql(user, database), sql)
    }

    /// A psql that would read from its standard input and stop at the first error.
    fn psql(&self, user: &str, database: &str) -> Command {
        let mut command = self.home.command(program("psql"));
        command.args(["--no-psqlrc", "--no-password", "--quiet", "--no-align", "--tuples-only"]);
        command.args(["--set=ON_ERROR_STOP=1", "--host=127.0.0.1"]);
        command.arg(format!("--port={}", self.port)).arg(format!("--username={user}"));
        // A name with `=` in it would be read as a connection string, so it is put in one.
        let name = database.replace('\\', "\\\\").replace('\'', "\\'");
        command.arg(format!("--dbname=dbname='{name}'")).env("PGCLIENTENCODING", "UTF8");
        command
    }
}

/// A program of the installed PostgreSQL; Debian keeps the server's out of `PATH`.
pub fn program(name: &str) -> PathBuf {
    let configured = Command::new("pg_config").arg("--bindir").output();
    let configured = configured.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let installed = installed.flatten().map(|entry| entry.path().join("bin"));
    // `pg_config` may belong to a library without a server: `find` looks on.
    let directories = configured.ok().map(|path| Path::new(&path).to_owned()).into_iter().chain(installed);
    find(name, directories, "postgresql")
}
