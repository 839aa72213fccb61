//! A throw-away MariaDB. Its administrator is `root`, at first without a password; the
//! test itself connects as another.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use super::{ATTEMPTS, Daemon, Home, find, free_port, run_with, stdout};

/// A running server.
pub struct MariaDb {
    // Dropped in this order: the server stops before its directory goes.
    daemon: RefCell<Option<Daemon>>,
    port: u16,
    home: Rc<Home>,
}

impl MariaDb {
    /// Creates and starts one. It reads what is in the folder `conf.d` of its home.
    pub fn start() -> Self {
        let home = Rc::new(Home::new());
        let path = home.path().display();
        std::fs::create_dir(home.path().join("conf.d")).unwrap();
        std::fs::write(home.path().join("my.cnf"), format!("!includedir {path}/conf.d\n")).unwrap();
        stdout(
            home.command(program("mariadb-install-db"))
                .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"])
                .args(["--skip-name-resolve".to_owned(), format!("--datadir={path}/data")]),
        );
        let mut server = Self { daemon: RefCell::default(), port: 0, home: Rc::clone(&home) };
        for _ in 0..ATTEMPTS {
            server.port = free_port();
            server.daemon = RefCell::new(server.serve("root"));
            if server.daemon.borrow().is_some() {
                let users =
                    "CREATE USER test@'127.0.0.1'; GRANT ALL ON *.* TO test@'127.0.0.1' WITH GRANT OPTION;";
                server.query("root", "", users).unwrap();
                return server;
            }
        }
        panic!("MariaDB does not start");
    }

    /// Stops and starts it, with the files as they are now.
    pub fn restart(&self) {
        self.daemon.replace(None);
        self.daemon.replace(self.serve("test"));
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
        let mut command = self.home.command(program("mariadb"));
        command.args(["--no-defaults", "--batch", "--skip-column-names", "--default-character-set=utf8mb4"]);
        command.args(["--host=127.0.0.1", "--protocol=TCP"]).env("MYSQL_PWD", password);
        command.arg(format!("--port={}", self.port)).arg(format!("--user={user}"));
        run_with(&mut command, sql)
    }

    fn serve(&self, user: &str) -> Option<Daemon> {
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
        let log = self.home.path().join("log");
        Daemon::start(command, log, "TERM", || self.query(user, "", "SELECT 1").is_ok())
    }
}

/// A program of the installed MariaDB; a server's may be out of a user's `PATH`.
pub fn program(name: &str) -> PathBuf {
    find(name, ["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from), "mariadb-server")
}
