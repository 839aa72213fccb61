//! `cargo xtask test`: everything that must hold, cheapest first.
//!
//! A stage that fails does not stop the others, so one run shows all that is wrong. At the
//! end stand a table of the stages, the sum of what the test runners said, and what failed.

mod counts;
mod embed;
mod stages;

use crate::tools;
use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use counts::Counts;
use stages::{CLOUD, STAGES, Stage};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use xshell::Shell;

/// Run every check and test, and show a table of the results
#[derive(Args)]
pub struct Arguments {
    /// Only these stages [default: all]
    #[arg(value_name = "STAGE", value_parser = PossibleValuesParser::new(STAGES.iter().map(|stage| stage.name)))]
    only: Vec<String>,
    /// Also give the page's commands to the clouds' own tools, which it installs
    #[arg(long)]
    cloud: bool,
}

/// How one stage went.
struct Outcome {
    stage: &'static Stage,
    counts: Counts,
    error: Option<String>,
    took: Duration,
}

pub fn run(shell: &Shell, arguments: &Arguments) -> Result<ExitCode> {
    let mut chosen = chosen(&arguments.only);
    chosen.extend(arguments.cloud.then_some(&CLOUD));
    let outcomes: Vec<Outcome> = chosen.into_iter().map(|stage| try_stage(shell, stage)).collect();
    print!("{}", summary(&outcomes));
    let failed = outcomes.iter().any(|outcome| outcome.error.is_some());
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The stages of these names and those they come after; all if none is named.
fn chosen(names: &[String]) -> Vec<&'static Stage> {
    let is_named = |name: &str| names.iter().any(|named| named == name);
    let is_needed =
        |name: &str| STAGES.iter().any(|stage| is_named(stage.name) && stage.after.contains(&name));
    STAGES.iter().filter(|stage| names.is_empty() || is_named(stage.name) || is_needed(stage.name)).collect()
}

fn try_stage(shell: &Shell, stage: &'static Stage) -> Outcome {
    println!("\n=== {}: {} ===", stage.name, stage.what);
    let start = Instant::now();
    let mut counts = Counts::default();
    let result = tools::prepare(shell, stage.tools).and_then(|()| (stage.run)(shell, &mut counts));
    let error = result.err().map(|error| format!("{error:#}"));
    if let Some(error) = &error {
        println!("{} failed: {error}", stage.name);
    }
    Outcome { stage, counts, error, took: start.elapsed() }
}

/// The table, and the tests of all runners together.
fn summary(outcomes: &[Outcome]) -> String {
    let mut text = format!("\n{:<12} {:<7} {:>7}  what\n", "stage", "result", "seconds");
    for Outcome { stage, error, took, .. } in outcomes {
        let result = if error.is_some() { "FAILED" } else { "ok" };
        text += &format!("{:<12} {result:<7} {:>7.1}  {}\n", stage.name, took.as_secs_f64(), stage.what);
    }
    for Outcome { stage, error, .. } in outcomes {
        if let Some(error) = error {
            text += &format!("\n{}: {error}\n", stage.name);
        }
    }
    let total: Counts = outcomes.iter().map(|outcome| outcome.counts.clone()).sum();
    if total != Counts::default() {
        text += &format!("\ntests: {total}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Counts, Outcome, STAGES, chosen, summary};
    use std::time::Duration;

    #[test]
    fn choosing_a_stage_chooses_those_it_comes_after() {
        for (named, expected) in [
            (&["browser"][..], &["page", "browser"][..]),
            (&["doc", "format"], &["format", "doc"]),
            (&["page"], &["page"]),
        ] {
            let named: Vec<String> = named.iter().map(|name| (*name).to_owned()).collect();
            let names: Vec<&str> = chosen(&named).into_iter().map(|stage| stage.name).collect();
            assert_eq!(names, expected, "{named:?}");
        }
        assert_eq!(chosen(&[]).len(), STAGES.len());
    }

    #[test]
    fn the_summary_names_each_stage_its_failure_and_the_sum_of_the_tests() {
        let (first, second) = (&STAGES[0], &STAGES[1]);
        let text = summary(&[
            Outcome {
                stage: first,
                counts: Counts { passed: 2, skipped: 1, ..Counts::default() },
                error: None,
                took: Duration::from_millis(1250),
            },
            Outcome {
                stage: second,
                counts: Counts {
                    passed: 3,
                    failed: 1,
                    failing: vec!["links::lead".to_owned()],
                    ..Counts::default()
                },
                error: Some("one test failed".to_owned()),
                took: Duration::from_secs(2),
            },
        ]);
        for expected in [
            format!("{:<12} ok      {:>7}  {}\n", first.name, "1.2", first.what),
            format!("{:<12} FAILED  {:>7}  {}\n", second.name, "2.0", second.what),
            format!("\n{}: one test failed\n", second.name),
            "\ntests: 5 passed, 1 failed, 1 skipped\n  failed: links::lead\n".to_owned(),
        ] {
            assert!(text.contains(&expected), "no {expected:?} in:\n{text}");
        }
    }
}
