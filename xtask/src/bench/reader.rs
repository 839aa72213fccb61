//! A program that reads pages on request and says how long it took.
//!
//! It gets the pages' files as arguments, and lines `PARSER PAGE REPEATS`; it answers each
//! with the nanoseconds that so many readings took. So parsers in different languages take
//! turns, each of them warm.

use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// How long a measurement should take at least, so that the clock and a short disturbance
/// do not matter.
const ENOUGH: Duration = Duration::from_millis(40);

/// A running program.
pub struct Reader {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Reader {
    /// Starts a program with the pages that it will read.
    pub fn start(program: &mut Command, pages: &[PathBuf]) -> Result<Self> {
        let mut child = program
            .args(pages)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {program:?}"))?;
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().context("it has no output")?);
        Ok(Self { child, input, output })
    }

    /// How long the parser takes for each of so many readings of a page.
    pub fn time(&mut self, parser: &str, page: usize, repeats: u32) -> Result<Duration> {
        let input = self.input.as_mut().context("it has no input")?;
        writeln!(input, "{parser} {page} {repeats}").and_then(|()| input.flush())?;
        let mut answer = String::new();
        self.output.read_line(&mut answer)?;
        let nanoseconds: u64 = answer.trim().parse().with_context(|| format!("{parser} failed on a page"))?;
        Ok(Duration::from_nanos(nanoseconds) / repeats)
    }

    /// How many readings are enough for one measurement. The parser is warm then.
    pub fn repeats(&mut self, parser: &str, page: usize) -> Result<u32> {
        let mut repeats = 1;
        loop {
            let each = self.time(parser, page, repeats)?;
            if each * repeats >= ENOUGH {
                return Ok(repeats);
            }
            repeats *= 2;
        }
    }
}

/// A program that has no more input ends by itself.
impl Drop for Reader {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.wait();
    }
}
