//! The hash by which a browser knows a file, as subresource integrity writes it.

use anyhow::Result;
use xshell::{Shell, cmd};

/// `sha256-…` of a file in the shell's folder.
pub fn of(shell: &Shell, file: &str) -> Result<String> {
    let script = "const { createHash } = require('node:crypto'), { readFileSync } = require('node:fs');
        console.log('sha256-' + createHash('sha256').update(readFileSync(process.argv[1])).digest('base64'));";
    Ok(cmd!(shell, "node --eval {script} {file}").quiet().read()?)
}
