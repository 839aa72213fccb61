//! What was measured on: without it a number says little.

use serde::Serialize;
use std::fmt;
use xshell::{Shell, cmd};

/// A machine and the programs that ran on it.
#[derive(Serialize)]
pub struct Machine {
    processor: String,
    cores: usize,
    system: String,
    rustc: String,
    node: String,
}

impl Machine {
    /// The one that this runs on. What cannot be found out is said to be unknown.
    pub fn this(shell: &Shell) -> Self {
        let ask = |program: &str| {
            let answer = cmd!(shell, "{program} --version").quiet().ignore_stderr().read();
            answer.unwrap_or_else(|_| "unknown".to_owned())
        };
        let processors = shell.read_file("/proc/cpuinfo").unwrap_or_default();
        let processor = processors.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
        Self {
            processor: processor.map_or("unknown processor", |(_, name)| name).to_owned(),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            system: [std::env::consts::OS, std::env::consts::ARCH].join(" "),
            rustc: ask("rustc"),
            node: ask("node"),
        }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let Self { processor, cores, system, rustc, node } = self;
        write!(out, "{processor}, {cores} cores, {system}; {rustc}; node {node}")
    }
}
