//! Parts of the Rust toolchain that rustup adds to the one pinned in `rust-toolchain.toml`.

use super::{Found, on_path};
use anyhow::{Context, Result, bail};
use std::path::Path;
use xshell::{Shell, cmd};

/// A part of the toolchain.
pub enum RustupPart {
    /// The standard library for another platform.
    Target(&'static str),
    /// A command of cargo.
    Component { name: &'static str, command: &'static str },
}

impl RustupPart {
    pub fn find(&self, shell: &Shell) -> Option<Found> {
        let there = match self {
            // The folder is asked, not rustup, so that a toolchain from elsewhere will do.
            Self::Target(target) => {
                let sysroot = cmd!(shell, "rustc --print sysroot").quiet().read().ok()?;
                Path::new(&sysroot).join("lib/rustlib").join(target).join("lib").is_dir()
            }
            Self::Component { command, .. } => {
                cmd!(shell, "cargo {command} --version").quiet().ignore_stdout().ignore_stderr().run().is_ok()
            }
        };
        there.then_some(Found::BuiltIn)
    }

    pub fn install(&self, shell: &Shell, say: impl Fn(&str)) -> Result<()> {
        let (kind, name) = match self {
            Self::Target(name) => ("target", *name),
            Self::Component { name, .. } => ("component", *name),
        };
        if on_path(shell, "rustup").is_none() {
            bail!("install it as your Rust came, or install rustup and run: rustup {kind} add {name}");
        }
        say(name);
        cmd!(shell, "rustup {kind} add {name}")
            .run()
            .with_context(|| format!("run: rustup {kind} add {name}"))
    }
}
