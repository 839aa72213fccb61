//! Programs that cargo builds from their published source, pinned to one version.

use super::{Found, cache, on_path, version_of};
use anyhow::{Context, Result};
use semver::Version;
use std::path::PathBuf;
use xshell::{Shell, cmd};

/// A program in a package of crates.
pub struct CargoPackage {
    pub package: &'static str,
    pub program: &'static str,
    pub pin: Pin,
    pub flags: &'static [&'static str],
}

/// Which version is the right one.
pub enum Pin {
    /// This one.
    Version(&'static str),
    /// The version that Cargo.lock has for this package.
    SameAsLocked(&'static str),
}

/// A tool runs for seconds, and is not worth the minutes that its own profile optimizes it for.
const QUICKLY: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
];

impl CargoPackage {
    /// On `PATH` in exactly the pinned version, or else in the cache.
    pub fn find(&self, shell: &Shell) -> Result<Option<Found>> {
        let version = self.version(shell)?;
        let cached = self.root(&version)?.join("bin").join(self.program);
        let right = [on_path(shell, self.program), Some(cached)]
            .into_iter()
            .flatten()
            .find(|program| version_of(shell, program).as_ref() == Some(&version));
        Ok(right.map(Found::Program))
    }

    pub fn install(&self, shell: &Shell, say: impl Fn(&str)) -> Result<()> {
        let Self { package, flags, .. } = *self;
        let version = self.version(shell)?;
        let root = self.root(&version)?;
        let version = version.to_string();
        say(&format!("{package} {version} into {}", root.display()));
        let install =
            cmd!(shell, "cargo install --locked {package} --version {version} {flags...} --root {root}");
        install
            .envs(QUICKLY)
            .run()
            .with_context(|| format!("run: cargo install --locked {package} --version {version}"))
    }

    fn root(&self, version: &Version) -> Result<PathBuf> {
        cache::folder(self.program, &version.to_string())
    }

    fn version(&self, shell: &Shell) -> Result<Version> {
        let text = match self.pin {
            Pin::Version(version) => version.to_owned(),
            Pin::SameAsLocked(package) => {
                // The answer ends with the version: `…#wasm-bindgen@0.2.128`.
                let id = cmd!(shell, "cargo pkgid {package}").quiet().read()?;
                id.rsplit(['@', '#']).next().unwrap_or_default().to_owned()
            }
        };
        Version::parse(&text).with_context(|| format!("'{text}' is no version"))
    }
}
