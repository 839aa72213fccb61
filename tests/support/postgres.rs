//! A throw-away PostgreSQL. Its administrator is `admin`; whoever connects is trusted.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{ATTEMPTS, Daemon, Home, find, free_port, run_with, stdout};

/// A running server.
pub struct Postgres {
    // Dropped in this order: the server stops before its directory goes.
    _daemon: Daemon,
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
            if let Some(daemon) = address.serve() {
                return Self { _daemon: daemon, address };
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
}

impl Address {
    fn serve(&self) -> Option<Daemon> {
        let mut command = self.home.command(program("postgres"));
        command.args(["-D", "data", "-p", &self.port.to_string()]);
        command.args(["-clisten_addresses=127.0.0.1", "-cunix_socket_directories=", "-cfsync=off"]);
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
