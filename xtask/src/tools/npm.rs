//! Programs and packages that npm installs.

use super::{Found, cache, on_path, version_of};
use anyhow::{Context, Result};
use semver::Version;
use std::path::PathBuf;
use xshell::{Shell, cmd};

/// A program in a package of npm.
pub struct NpmPackage {
    pub package: &'static str,
    pub program: &'static str,
    /// Installed in this version; where it is there already, a later one will do as well.
    pub version: &'static str,
}

impl NpmPackage {
    /// On `PATH` and recent enough, or else in the cache.
    pub fn find(&self, shell: &Shell) -> Result<Option<Found>> {
        let oldest = Version::parse(self.version)?;
        let cached = self.root()?.join("node_modules/.bin").join(self.program);
        let right = [on_path(shell, self.program), Some(cached)]
            .into_iter()
            .flatten()
            .find(|program| version_of(shell, program).is_some_and(|version| version >= oldest));
        Ok(right.map(Found::Program))
    }

    pub fn install(&self, shell: &Shell, say: impl Fn(&str)) -> Result<()> {
        let root = self.root()?;
        let exact = format!("{}@{}", self.package, self.version);
        say(&format!("{} (npm's {exact}) into {}", self.program, root.display()));
        shell.create_dir(&root)?;
        cmd!(shell, "npm install --prefix {root} --no-audit --no-fund --no-save {exact}")
            .run()
            .with_context(|| format!("run: npm install --prefix {} {exact}", root.display()))
    }

    fn root(&self) -> Result<PathBuf> {
        cache::folder(self.package, self.version)
    }
}

/// Installs what `package-lock.json` in a folder of ours pins, if that is not what is there.
///
/// A copy of the lock, kept beside the packages, tells what was installed.
pub fn install_node_modules(shell: &Shell, folder: &str) -> Result<()> {
    let path = shell.current_dir().join(folder);
    let lock = shell.read_file(path.join("package-lock.json"))?;
    let copy = path.join("node_modules/.installed.json");
    if shell.path_exists(&copy) && shell.read_file(&copy)? == lock {
        return Ok(());
    }
    eprintln!("Installing npm's packages into {folder}/node_modules. About a minute.");
    let in_folder = shell.push_dir(path);
    // Only its errors: what a command prints may be read by a program.
    cmd!(shell, "npm ci --no-audit --no-fund").read()?;
    drop(in_folder);
    shell.write_file(copy, lock)?;
    Ok(())
}
