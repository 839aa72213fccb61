//! `cargo xtask bench`: how fast and how small we are beside what people would use instead.
//!
//! Each figure returns [`Report`]s, and says in them how they are read; [`FIGURES`] lists them. All that is
//! compared runs in turns within one run, so that whatever else the machine does meets all
//! alike, and every number is a median.

mod bundle;
mod compare;
mod contenders;
mod growth;
mod guides;
mod machine;
mod pages;
mod parse;
mod reader;
mod report;
mod samples;
mod sizes;

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use machine::Machine;
use report::Report;
use serde::Serialize;
use std::process::ExitCode;
use xshell::Shell;

/// Measure ourselves beside the alternatives
#[derive(Args)]
pub struct Arguments {
    /// Only these figures [default: all]
    #[arg(value_name = "FIGURE", value_parser = PossibleValuesParser::new(FIGURES.iter().map(|figure| figure.name)))]
    only: Vec<String>,
    /// Print JSON, to keep and to compare
    #[arg(long)]
    json: bool,
    /// Fewer rounds: enough to see that all works, too few to rely on
    #[arg(long)]
    quick: bool,
}

/// How much time a measurement may take.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    Quick,
    Full,
}

impl Effort {
    /// How many rounds a measurement takes that is worth so many.
    fn rounds(self, full: usize) -> usize {
        match self {
            Self::Quick => full.div_ceil(5),
            Self::Full => full,
        }
    }
}

/// Something that is measured.
struct Figure {
    name: &'static str,
    measure: fn(&Shell, Effort) -> Result<Vec<Report>>,
}

/// All figures, in the order in which they are shown.
const FIGURES: &[Figure] = &[
    Figure { name: "sizes", measure: sizes::measure },
    Figure { name: "bundle", measure: bundle::measure },
    Figure { name: "start", measure: pages::start },
    Figure { name: "use", measure: pages::in_use },
    Figure { name: "parse", measure: parse::measure },
    Figure { name: "parse-browser", measure: parse::measure_in_browser },
    Figure { name: "growth", measure: growth::measure },
];

/// What `--json` prints.
#[derive(Serialize)]
struct Measured {
    machine: Machine,
    reports: Vec<Report>,
}

pub fn run(shell: &Shell, arguments: &Arguments) -> Result<ExitCode> {
    let is_chosen =
        |figure: &&Figure| arguments.only.is_empty() || arguments.only.iter().any(|name| name == figure.name);
    let effort = if arguments.quick { Effort::Quick } else { Effort::Full };
    let machine = Machine::this(shell);
    if !arguments.json {
        println!("{machine}");
    }
    let mut reports = Vec::new();
    for figure in FIGURES.iter().filter(is_chosen) {
        eprintln!("Measuring {} ...", figure.name);
        let found = (figure.measure)(shell, effort)?;
        // At once, as the figures behind it may take hours, or fail.
        if !arguments.json {
            found.iter().for_each(|report| print!("\n{report}"));
        }
        reports.extend(found);
    }
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&Measured { machine, reports })?);
    } else {
        print!("\n## aims\n\n{}", report::aims(&reports));
    }
    Ok(ExitCode::SUCCESS)
}
