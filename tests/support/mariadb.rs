//! A throw-away MariaDB. Its administrator is `root`, at first without a password; the
//! test itself connects as another.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::rc::Rc;

use super::{ATTEMPTS, Account, Daemon, Database, Home, Session, find, free_port, quoted, run_with, stdout};

/// A running server.
pub struct MariaDb {
    // Dropped in this order: the server stops before its directory goes.
    daemon: RefCell<Option<Daemon>>,
    port: u16,
    home: Rc<Home>,
}

impl MariaDb {
    /// Creates and starts one.
    pub fn start() -> Self {
        Self::start_with("")
    }

    /// Creates and starts one with these options in `my.cnf`, which names the folder
    /// `conf.d` in its home.
    pub fn start_with(options: &str) -> Self {
        let home = Rc::new(Home::new());
        let path = home.path().display();
        std::fs::create_dir(home.path().join("conf.d")).unwrap();
        std::fs::write(home.path().join("my.cnf"), format!("{options}!includedir {path}/conf.d\n")).unwrap();
        stdout(
            home.command(program("mariadb-install-db"))
                .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"])
                .args(["--skip-name-resolve".to_owned(), format!("--datadir={path}/data")]),
        );
        let mut server = Self { daemon: RefCell::default(), port: 0, home: Rc::clone(&home) };
        for _ in 0..ATTEMPTS {
            server.port = free_port();
            server.daemon = RefCell::new(server.serve("root", &[]));
            if server.daemon.borrow().is_some() {
                let users =
                    "CREATE USER test@'127.0.0.1'; GRANT ALL ON *.* TO test@'127.0.0.1' WITH GRANT OPTION;";
                server.query("root", "", users).unwrap();
                return server;
            }
        }
        panic!("MariaDB does not start");
    }

    /// Stops and starts it with these flags, and with the files as they are now.
    fn restart(&self, flags: &[String]) {
        self.daemon.replace(None);
        self.daemon.replace(self.serve("test", flags));
        assert!(self.daemon.borrow().is_some(), "MariaDB does not start again");
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The directory in which its commands run.
    pub fn home(&self) -> &Rc<Home> {
        &self.home
    }

    /// What the answers to `sql` are, in a new connection that may do all.
    pub fn admin(&self, sql: &str) -> String {
        self.query("test", "", sql).unwrap_or_else(|why| panic!("{why}\n{sql}"))
    }

    /// What the answers to `sql` are, in a new connection, as if pasted into the client.
    pub fn query(&self, user: &str, password: &str, sql: &str) -> Result<String, String> {
        run_with(&mut self.client(user, password), sql)
    }

    /// The same for who may do all, with the columns' names above their values.
    pub fn with_names(&self, sql: &str) -> String {
        run_with(self.client("test", "").arg("--column-names"), sql)
            .unwrap_or_else(|why| panic!("{why}\n{sql}"))
    }

    /// A connection that stays open.
    pub fn session(&self, user: &str, password: &str) -> Session {
        Session::open(self.client(user, password).arg("--unbuffered"))
    }

    fn client(&self, user: &str, password: &str) -> Command {
        let mut command = self.home.command(program("mariadb"));
        command.args(["--no-defaults", "--batch", "--skip-column-names", "--default-character-set=utf8mb4"]);
        command.args(["--host=127.0.0.1", "--protocol=TCP"]).env("MYSQL_PWD", password);
        command.arg(format!("--port={}", self.port)).arg(format!("--user={user}"));
        command
    }

    fn serve(&self, user: &str, flags: &[String]) -> Option<Daemon> {
        let home = self.home.path().display();
        let mut command = self.home.command(program("mariadbd"));
        command.arg(format!("--defaults-file={home}/my.cnf")).args([
            format!("--datadir={home}/data"),
            format!("--socket={home}/socket"),
            format!("--pid-file={home}/pid"),
            format!("--port={}", self.port),
        ]);
        command.args([
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            "--innodb-flush-log-at-trx-commit=0",
        ]);
        command.args(flags);
        let log = self.home.path().join("log");
        Daemon::start(command, log, "TERM", || self.query(user, "", "SELECT 1").is_ok())
    }
}

impl Database for MariaDb {
    fn port(&self) -> u16 {
        Self::port(self)
    }

    fn home(&self) -> &Home {
        Self::home(self)
    }

    fn admit(&self, account: &Account) {
        let Account { user, database, admin, password } = account;
        let [user, database_name, admin] = [user, database, admin].map(|name| quoted(name, '`'));
        let password = literal(password);
        // In a grant the database is a pattern, in which a backslash escapes.
        let pattern = database_name.replace('\\', "\\\\");
        let sample = std::fs::read_to_string("tests/data/sample-mysql.sql").unwrap();
        self.admin(&format!(
            "CREATE DATABASE {database_name};
             CREATE OR REPLACE USER {admin}@'%' IDENTIFIED BY {password};
             GRANT ALL ON *.* TO {admin}@'%' WITH GRANT OPTION;
             CREATE OR REPLACE USER root@localhost IDENTIFIED BY {password};
             GRANT ALL ON *.* TO root@localhost WITH GRANT OPTION;
             CREATE USER {user}@'%' IDENTIFIED BY {password};
             GRANT ALL ON {pattern}.* TO {user}@'%';"
        ));
        let sql = format!("USE {database_name};\n{sample}");
        self.query(account.user, account.password, &sql).unwrap_or_else(|why| panic!("{why}"));
    }

    fn make_empty(&self, account: &Account, database: &str) {
        let [user, database] = [account.user, database].map(|name| quoted(name, '`'));
        let pattern = database.replace('\\', "\\\\");
        self.admin(&format!("CREATE DATABASE {database}; GRANT ALL ON {pattern}.* TO {user}@'%';"));
    }

    fn dismiss(&self, account: &Account) {
        for database in self.contents().into_keys() {
            self.admin(&format!("DROP DATABASE {};", quoted(&database, '`')));
        }
        let [user, admin] = [account.user, account.admin].map(|name| quoted(name, '`'));
        self.admin(&format!("DROP USER {user}@'%'; DROP USER {admin}@'%';"));
    }

    fn memory(&self, account: &Account) -> [String; 2] {
        let own = self.query(account.user, account.password, self.question()).unwrap();
        let sql = "SELECT CONCAT(global_value, ' (', LOWER(global_value_origin), ')') \
                   FROM information_schema.system_variables WHERE variable_name = 'SORT_BUFFER_SIZE';";
        [own, self.admin(sql)].map(|line| line.trim_end().to_owned())
    }

    fn contents(&self) -> BTreeMap<String, String> {
        let system = "('mysql', 'information_schema', 'performance_schema', 'sys')";
        let names = self.admin(&format!(
            "SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT IN {system};"
        ));
        // The client writes a backslash in a name doubled.
        let names = names.lines().map(|name| name.replace("\\\\", "\\"));
        names.map(|name| (name.clone(), self.sums(&name))).collect()
    }

    fn configure(&self, file: &str, restart: bool) {
        std::fs::write(self.home.path().join(CONFIGURATION), file).unwrap();
        if restart {
            Self::restart(self, &[]);
        }
    }

    fn forget_configuration(&self) {
        let _ = std::fs::remove_file(self.home.path().join(CONFIGURATION));
    }

    fn restart(&self, flags: &[String]) {
        Self::restart(self, flags);
    }

    fn last_read(&self) -> String {
        String::new()
    }

    fn damage(&self, account: &Account) {
        // A view of what is no longer there: the dump comes so far and no further.
        let database = quoted(account.database, '`');
        self.admin(&format!(
            "USE {database}; CREATE TABLE zz_gone (id INT); CREATE VIEW zz_view AS SELECT * FROM zz_gone; DROP TABLE zz_gone;"
        ));
    }

    fn mend(&self, account: &Account) {
        self.admin(&format!("USE {}; DROP VIEW zz_view;", quoted(account.database, '`')));
    }

    fn stay(&self, account: &Account) -> Session {
        self.session(account.user, account.password)
    }

    fn question(&self) -> &'static str {
        "SELECT @@SESSION.sort_buffer_size;"
    }

    fn variables(&self, account: &Account) -> Vec<(&'static str, String)> {
        vec![("MYSQL_ROOT_PASSWORD", account.password.to_owned())]
    }
}

/// Where the server looks for more options.
const CONFIGURATION: &str = "conf.d/zz-openmetadata-upgrade.cnf";

impl MariaDb {
    /// Every row of every table, and the definitions of what is not a table.
    fn sums(&self, database: &str) -> String {
        let schema = literal(database);
        let tables = format!(
            "SELECT CONCAT('CHECKSUM TABLE `', REPLACE(table_name, '`', '``'), '`;') FROM information_schema.tables \
             WHERE table_schema = {schema} AND table_type = 'BASE TABLE' ORDER BY table_name;"
        );
        let tables = self.admin(&tables);
        let all = self.admin(&format!(
            "USE {};\n{tables}\n\
             SELECT table_name, column_name, column_type, generation_expression FROM information_schema.columns \
             WHERE table_schema = {schema} ORDER BY table_name, ordinal_position;\n\
             SELECT trigger_name, action_statement FROM information_schema.triggers WHERE trigger_schema = {schema};\n\
             SELECT table_name FROM information_schema.views WHERE table_schema = {schema};\n\
             SELECT 'routines:';\n\
             SELECT routine_name, routine_definition FROM information_schema.routines WHERE routine_schema = {schema};",
            quoted(database, '`'),
        ));
        // A sum stands behind the name of its database.
        all.replace(&format!("{}.", database.replace('\\', "\\\\")), "")
    }
}

/// A text as the default `sql_mode` reads it.
fn literal(text: &str) -> String {
    quoted(&text.replace('\\', "\\\\"), '\'')
}

/// A program of the installed MariaDB; a server's may be out of a user's `PATH`.
pub fn program(name: &str) -> PathBuf {
    find(name, ["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from), "mariadb-server")
}
