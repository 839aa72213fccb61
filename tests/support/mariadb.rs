//! A throw-away MariaDB. Its administrator is `root`, without a password.

use std::path::PathBuf;

use super::{Daemon, Home, find, free_port, run_with, stdout};

/// A running server.
pub struct MariaDb {
    // Dropped in this order: the server stops before its directory goes.
    daemon: Option<Daemon>,
    port: u16,
    home: Home,
}

impl MariaDb {
    /// Creates and starts one. It reads `my.cnf` in its home, which is empty at first.
    pub fn start() -> Self {
        let home = Home::new();
        std::fs::write(home.path().join("my.cnf"), "").unwrap();
        stdout(
            home.command(program("mariadb-install-db"))
                .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"])
                .arg("--skip-name-resolve")
                .arg(format!("--datadir={}/data", home.path().display())),
        );
        let mut server = Self { daemon: None, port: 0, home };
        server.restart();
        // It would hide the users that a test makes for any host.
        server.query("root", "DROP USER IF EXISTS ''@'localhost', ''@'127.0.0.1';").unwrap();
        server
    }

    /// Stops and starts it, with the files as they are now.
    pub fn restart(&mut self) {
        self.daemon = None;
        for _ in 0..5 {
            self.port = free_port();
            let home = self.home.path().display();
            let mut command = self.home.command(program("mariadbd"));
            command.arg(format!("--defaults-file={home}/my.cnf")).args([
                format!("--datadir={home}/data"),
                format!("--socket={home}/socket"),
                format!("--pid-file={home}/pid"),
                format!("--port={}", self.port),
                "--bind-address=127.0.0.1".to_owned(),
                "--skip-name-resolve".to_owned(),
                "--innodb-flush-log-at-trx-commit=0".to_owned(),
            ]);
            let mut daemon = Daemon::start(command, self.home.path().join("log"), "TERM");
            if daemon.wait_until(|| self.query("root", "SELECT 1").is_ok()) {
                self.daemon = Some(daemon);
                return;
            }
            eprintln!("{}", daemon.log());
        }
        panic!("MariaDB does not start");
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The directory in which its commands run; `my.cnf` in it is the server's.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// What the answers to `sql` are, in a new connection, as if pasted into the client.
    pub fn query(&self, user: &str, sql: &str) -> Result<String, String> {
        let mut command = self.home.command(program("mariadb"));
        command.args(["--no-defaults", "--batch", "--skip-column-names", "--default-character-set=utf8mb4"]);
        command.args(["--host=127.0.0.1", "--protocol=TCP"]);
        command.arg(format!("--port={}", self.port)).arg(format!("--user={user}"));
        run_with(&mut command, sql)
    }
}

/// A program of the installed MariaDB; a server's may be out of a user's `PATH`.
pub fn program(name: &str) -> PathBuf {
    find(name, ["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from), "mariadb-server")
}
