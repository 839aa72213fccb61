//! The native command `upgrade-checklist`.

use std::process::ExitCode;

fn main() -> ExitCode {
    upgrade_checklist::command::run(std::env::args_os())
}
