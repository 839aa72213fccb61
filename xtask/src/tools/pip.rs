//! Programs in packages of Python, each in a virtual environment of its own, as what one of
//! them needs another may not bear.

use super::{Found, cache, on_path, version_of};
use anyhow::{Context, Result};
use semver::Version;
use std::path::PathBuf;
use xshell::{Shell, cmd};

/// A program in a package of PyPI.
pub struct PipPackage {
    /// With its extras, such as `moto[server]`.
    pub package: &'static str,
    pub program: &'static str,
    /// Installed in this version; where it is there already, a later one will do as well.
    pub version: &'static str,
    /// A file of ours with the versions of all that it needs, as pip writes them.
    pub needs: Option<&'static str>,
}

impl PipPackage {
    /// In the cache, or else on `PATH` and recent enough.
    pub fn find(&self, shell: &Shell) -> Result<Option<Found>> {
        // A fourth number is the package's own, not the program's.
        let numbers: Vec<&str> = self.version.split('.').take(3).collect();
        let oldest = Version::parse(&numbers.join("."))?;
        let cached = self.root()?.join("bin").join(self.program);
        if cached.is_file() {
            return Ok(Some(Found::Program(cached)));
        }
        let on_path = on_path(shell, self.program);
        let recent = |program: &PathBuf| version_of(shell, program).is_some_and(|version| version >= oldest);
        Ok(on_path.filter(recent).map(Found::Program))
    }

    pub fn install(&self, shell: &Shell, say: impl Fn(&str)) -> Result<()> {
        let root = self.root()?;
        let exact = format!("{}=={}", self.package, self.version);
        say(&format!("{} (PyPI's {exact}) into {}", self.program, root.display()));
        cmd!(shell, "python3 -m venv {root}").run().context("install Python 3 with its venv module")?;
        let pip = root.join("bin/pip");
        let needs = self.needs.map(|file| ["--constraint", file]).into_iter().flatten();
        let install =
            cmd!(shell, "{pip} install --quiet --disable-pip-version-check {exact} {needs...}").run();
        install.with_context(|| format!("run: pip install {exact}"))
    }

    fn root(&self) -> Result<PathBuf> {
        cache::folder(self.program, self.version)
    }
}
