//! The native command `upgrade-checklist`.

use std::process::ExitCode;

/// A tree is thousands of small pieces; the system's own allocator takes twice as long.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    upgrade_checklist::command::run(std::env::args_os())
}
