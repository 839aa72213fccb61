//! How many tests ran, and which failed, as the test runners themselves tell it.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::iter::Sum;
use std::process::{Command, Stdio};
use xshell::Cmd;

/// Tests that passed, failed and were skipped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
    /// What those that failed are called, in words that find them.
    pub failing: Vec<String>,
}

impl Counts {
    /// Runs a `cargo test` and adds up its closing lines, one for each test program; all that
    /// it prints goes through.
    pub fn add_cargo_test(&mut self, command: Cmd) -> Result<()> {
        println!("$ {command}");
        let mut child = Command::from(command).stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().context("cargo test has no output")?;
        if let Err(error) = self.add_lines(output) {
            // It would go on without anybody.
            let _ = child.kill().and_then(|()| child.wait());
            return Err(error.into());
        }
        let status = child.wait()?;
        match self.failed {
            _ if status.success() => Ok(()),
            0 => bail!("cargo test could not finish ({status})"),
            failed => bail!("{failed} tests failed"),
        }
    }

    /// Adds what a `cargo test` prints, which goes through. A test may print anything, also what is no
    /// text.
    fn add_lines(&mut self, output: impl Read) -> io::Result<()> {
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            if let Some(counts) = cargo_test_line(&line) {
                self.add(counts);
            }
            self.failing.extend(failing_cargo_test(&line));
        }
        Ok(())
    }

    /// Adds what Playwright's JSON report says.
    pub fn add_playwright(&mut self, report: &str) -> Result<()> {
        let PlaywrightReport { stats, suites } =
            serde_json::from_str(report).context("reading Playwright's report")?;
        self.add(Self {
            passed: stats.expected,
            failed: stats.unexpected + stats.flaky,
            skipped: stats.skipped,
            failing: suites.iter().flat_map(Suite::failing).collect(),
        });
        Ok(())
    }

    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.failing.extend(other.failing);
    }
}

/// The part of Playwright's report that counts. A flaky test failed once.
#[derive(Deserialize)]
struct PlaywrightReport {
    stats: PlaywrightStats,
    suites: Vec<Suite>,
}

#[derive(Deserialize)]
struct PlaywrightStats {
    expected: u64,
    unexpected: u64,
    flaky: u64,
    skipped: u64,
}

/// A file of tests, or a part of one.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Suite {
    suites: Vec<Suite>,
    specs: Vec<Spec>,
}

#[derive(Deserialize)]
struct Spec {
    title: String,
    file: String,
    line: u32,
    tests: Vec<Run>,
}

/// A test on one browser.
#[derive(Deserialize)]
struct Run {
    status: String,
    results: Vec<Try>,
}

#[derive(Deserialize)]
struct Try {
    errors: Vec<Failure>,
}

#[derive(Deserialize)]
struct Failure {
    #[serde(default)]
    message: String,
}

impl Suite {
    /// What failed in it, with what was said of it first.
    fn failing(&self) -> Vec<String> {
        let here = self.specs.iter().filter(|spec| spec.tests.iter().any(Run::failed)).map(Spec::told);
        here.chain(self.suites.iter().flat_map(Self::failing)).collect()
    }
}

impl Spec {
    fn told(&self) -> String {
        let mut text = format!("{}:{} {}", self.file, self.line, self.title);
        let errors = self.tests.iter().flat_map(|run| &run.results).flat_map(|tried| &tried.errors);
        if let Some(error) = errors.into_iter().next() {
            let message = anstream::adapter::strip_str(&error.message).to_string();
            let lines = message.lines().filter(|line| !line.trim().is_empty()).take(MOST_TOLD);
            lines.for_each(|line| {
                text.extend(["\n    ", &line.chars().take(LONGEST_TOLD).collect::<String>()])
            });
        }
        text
    }
}

impl Run {
    fn failed(&self) -> bool {
        matches!(self.status.as_str(), "unexpected" | "flaky")
    }
}

/// How many lines of an error are said again.
const MOST_TOLD: usize = 8;

/// How much of a line, in characters: some hold a whole page.
const LONGEST_TOLD: usize = 200;

/// Reads `test module::name ... FAILED`.
fn failing_cargo_test(line: &str) -> Option<String> {
    let (name, result) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    result.contains("FAILED").then(|| name.to_owned())
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
        failing: Vec::new(),
    })
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |mut sum, counts| {
            sum.add(counts);
            sum
        })
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)?;
        self.failing.iter().try_for_each(|test| write!(to, "\n  failed: {test}"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{Counts, cargo_test_line, failing_cargo_test};

    #[test]
    fn the_closing_lines_of_cargo_test_are_counted() {
        for (line, expected) in [
            (
                "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
                Some(Counts { passed: 3, skipped: 1, ..Counts::default() }),
            ),
            (
                "test result: \u{1b}[31mFAILED\u{1b}(B\u{1b}[m. 12 passed; 2 failed; 0 ignored; 0 measured",
                Some(Counts { passed: 12, failed: 2, ..Counts::default() }),
            ),
            ("test markdoc::reads_a_tag ... ok", None),
            ("test result: unknown", None),
        ] {
            assert_eq!(cargo_test_line(line), expected, "{line}");
        }
    }

    #[test]
    fn what_a_test_prints_may_be_no_text() {
        let mut counts = Counts::default();
        counts
            .add_lines(
                &b"\xff\xfe\ntest a ... FAILED\r\ntest result: FAILED. 3 passed; 1 failed; 0 ignored\n"[..],
            )
            .unwrap();
        assert_eq!(counts.to_string(), "3 passed, 1 failed, 0 skipped\n  failed: a");
    }

    #[test]
    fn a_failed_cargo_test_is_named() {
        for (line, expected) in [
            ("test check::links ... FAILED", Some("check::links")),
            ("test check::links ... \u{1b}[31mFAILED\u{1b}(B\u{1b}[m", Some("check::links")),
            ("test check::links ... ok", None),
            ("test result: FAILED. 1 passed", None),
        ] {
            assert_eq!(failing_cargo_test(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn a_test_of_playwright_that_passed_only_on_the_second_try_failed_and_is_named() {
        let mut counts = Counts { passed: 1, ..Counts::default() };
        let report = r#"{
            "suites": [{"title": "a.spec.ts", "specs": [
                {"title": "holds", "file": "a.spec.ts", "line": 3, "tests": [
                    {"status": "expected", "results": [{"errors": []}]}]}
            ], "suites": [{"specs": [
                {"title": "moves", "file": "a.spec.ts", "line": 9, "tests": [
                    {"status": "flaky", "results": [
                        {"errors": [{"message": "\u001b[31mnot 1\u001b[39m\n\nbut 2"}]}, {"errors": []}]}]}
            ]}]}],
            "stats": {"startTime": "", "expected": 7, "skipped": 1, "unexpected": 0, "flaky": 1}
        }"#;
        counts.add_playwright(report).unwrap();
        assert_eq!(
            counts.to_string(),
            "8 passed, 1 failed, 1 skipped\n  failed: a.spec.ts:9 moves\n    not 1\n    but 2"
        );
    }
}
