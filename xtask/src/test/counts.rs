//! How many tests ran, as the test runners themselves tell it.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::fmt;
use std::io::{BufRead, BufReader};
use std::iter::Sum;
use std::process::{Command, Stdio};
use xshell::Cmd;

/// Tests that passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl Counts {
    /// Runs a `cargo test` and adds up its closing lines, one for each test program; all that
    /// it prints goes through.
    pub fn add_cargo_test(&mut self, command: Cmd) -> Result<()> {
        println!("$ {command}");
        let mut child = Command::from(command).stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().context("cargo test has no output")?;
        for line in BufReader::new(output).lines() {
            let line = line?;
            println!("{line}");
            if let Some(counts) = cargo_test_line(&line) {
                *self = [*self, counts].into_iter().sum();
            }
        }
        let status = child.wait()?;
        match self.failed {
            _ if status.success() => Ok(()),
            0 => bail!("cargo test could not finish ({status})"),
            failed => bail!("{failed} tests failed"),
        }
    }

    /// Adds what Playwright's JSON report says.
    pub fn add_playwright(&mut self, report: &str) -> Result<()> {
        let PlaywrightReport { stats } =
            serde_json::from_str(report).context("reading Playwright's report")?;
        self.passed += stats.expected;
        self.failed += stats.unexpected + stats.flaky;
        self.skipped += stats.skipped;
        Ok(())
    }
}

/// The part of Playwright's report that counts. A flaky test failed once.
#[derive(Deserialize)]
struct PlaywrightReport {
    stats: PlaywrightStats,
}

#[derive(Deserialize)]
struct PlaywrightStats {
    expected: u64,
    unexpected: u64,
    flaky: u64,
    skipped: u64,
}

/// Reads `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
fn cargo_test_line(line: &str) -> Option<Counts> {
    let words: Vec<&str> = line.strip_prefix("test result: ")?.split_whitespace().collect();
    let number_before = |word: &str| {
        let (number, _) =
            words.iter().zip(words.iter().skip(1)).find(|(_, next)| next.trim_end_matches(';') == word)?;
        number.parse().ok()
    };
    Some(Counts {
        passed: number_before("passed")?,
        failed: number_before("failed")?,
        skipped: number_before("ignored")?,
    })
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, counts| Self {
            passed: sum.passed + counts.passed,
            failed: sum.failed + counts.failed,
            skipped: sum.skipped + counts.skipped,
        })
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{Counts, cargo_test_line};

    #[test]
    fn the_closing_lines_of_cargo_test_are_counted() {
        for (line, expected) in [
            (
                "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
                Some(Counts { passed: 3, failed: 0, skipped: 1 }),
            ),
            (
                "test result: \u{1b}[31mFAILED\u{1b}(B\u{1b}[m. 12 passed; 2 failed; 0 ignored; 0 measured",
                Some(Counts { passed: 12, failed: 2, skipped: 0 }),
            ),
            ("test markdoc::reads_a_tag ... ok", None),
            ("test result: unknown", None),
        ] {
            assert_eq!(cargo_test_line(line), expected, "{line}");
        }
    }

    #[test]
    fn a_test_of_playwright_that_passed_only_on_the_second_try_failed() {
        let mut counts = Counts { passed: 1, failed: 0, skipped: 0 };
        let report =
            r#"{"suites":[],"stats":{"startTime":"","expected":7,"skipped":1,"unexpected":2,"flaky":1}}"#;
        counts.add_playwright(report).unwrap();
        assert_eq!(counts, Counts { passed: 8, failed: 3, skipped: 1 });
    }
}
