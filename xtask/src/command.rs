//! How our own command is called.

use xshell::{Cmd, Shell, cmd};

/// `upgrade-checklist TASK`, which is built first where it is not.
pub fn upgrade_checklist<'a>(shell: &'a Shell, task: &str) -> Cmd<'a> {
    cmd!(shell, "cargo run --locked --quiet --bin upgrade-checklist -- {task}")
}
