//! The tools that the commands need (`known` lists them), and [`prepare`], which makes them ready.
//!
//! In: a list of [`Tool`]s. Out: a shell whose `PATH` has the right version of each first.
//! Read [`prepare`] first. Each kind of tool has its own file that says how it is found and
//! how it is installed; nothing is installed where another program would see it, except
//! system packages, which only root installs.

mod cache;
mod cargo;
mod known;
mod npm;
mod pip;
mod rustup;
mod system;

pub use known::*;
pub use npm::install_node_modules;

use anyhow::{Result, bail};
use cargo::CargoPackage;
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
