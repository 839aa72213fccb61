//! Programs that the operating system's own packages bring.
//!
//! On Debian root installs them at once; anyone else is told the command, as a program that
//! asks for a password on its own is a surprise.

use super::{Found, on_path, version_of};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::sync::Once;
use xshell::{Shell, cmd};

/// A program in a package of the operating system.
pub struct SystemPackage {
    /// Its names; the first that is there is taken.
    pub programs: &'static [&'static str],
    /// Folders, as patterns, that it may lie in without being on `PATH`.
    pub places: &'static [&'static str],
    /// The oldest major version that will do.
    pub at_least: Option<u64>,
    /// An environment variable that names the program, read and set.
    pub variable: Option<&'static str>,
    /// Its packages in Debian and in Homebrew.
    pub debian: &'static str,
    pub brew: &'static str,
}

impl SystemPackage {
    pub fn find(&self, shell: &Shell) -> Option<Found> {
        let named = self.variable.and_then(|variable| shell.var_os(variable)).map(PathBuf::from);
        let on_path = self.programs.iter().filter_map(|program| on_path(shell, program));
        let elsewhere = self.places.iter().flat_map(|place| self.in_place(place));
        named
            .into_iter()
            .filter(|program| program.is_file())
            .chain(on_path)
            .chain(elsewhere)
            .find(|program| self.is_recent(shell, program))
            .map(Found::Program)
    }

    pub fn install(&self, shell: &Shell, say: impl Fn(&str)) -> Result<()> {
        let packages = self.debian.split_whitespace();
        let by_apt = format!("apt-get install -y {}", self.debian);
        if on_path(shell, "apt-get").is_some() {
            if !is_root(shell) {
                bail!("run: sudo {by_apt}");
            }
            say(&format!("Debian's {}", self.debian));
            update_lists_once(shell);
            return cmd!(shell, "apt-get install -y --no-install-recommends {packages...}")
                .env("DEBIAN_FRONTEND", "noninteractive")
                .run()
                .with_context(|| format!("run: {by_apt}"));
        }
        if cfg!(target_os = "macos") {
            bail!("run: brew install {}", self.brew);
        }
        bail!("install it by your system's package manager (Debian's packages are: {})", self.debian);
    }

    /// The program in the folders of a pattern; where folders differ by version, the last.
    fn in_place(&self, place: &str) -> Option<PathBuf> {
        let folders: Vec<_> = glob::glob(place).into_iter().flatten().flatten().collect();
        folders
            .iter()
            .rev()
            .flat_map(|folder| self.programs.iter().map(|name| folder.join(name)))
            .find(|file| file.is_file())
    }

    fn is_recent(&self, shell: &Shell, program: &Path) -> bool {
        match self.at_least {
            None => true,
            Some(major) => version_of(shell, program).is_some_and(|version| version.major >= major),
        }
    }
}

fn is_root(shell: &Shell) -> bool {
    cmd!(shell, "id -u").quiet().read().is_ok_and(|id| id == "0")
}

/// A machine's package lists may be old or missing. If they cannot be had, the installation
/// that follows says so better.
fn update_lists_once(shell: &Shell) {
    static UPDATED: Once = Once::new();
    UPDATED.call_once(|| {
        cmd!(shell, "apt-get update --quiet").run().ok();
    });
}
