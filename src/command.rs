//! The native command `upgrade-checklist`: pages in, problems, trees, HTML, bundles, runbooks
//! and the matrix of what was verified out.
//!
//! Start with [`run`]. What each subcommand does is one file and one function. The result
//! goes to the standard output and whatever is said about it to the standard error; the
//! command ends with 0, with 1 where what it was asked to judge has an error, or a runbook was
//! written of a page that cannot be read as it was meant, and with 2 where it could not do what it
//! was asked to.

mod answers;
mod check;
mod combinations;
mod compile;
mod coverage;
mod finding;
mod front_matter;
mod html;
mod matrix;
mod pages;
mod prerender;
mod runbook;
mod tree;

use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum, value_parser};

use crate::markdoc::Base;
use crate::render;

/// Turns Markdoc pages into upgrade checklists.
#[derive(Parser)]
#[command(name = "upgrade-checklist", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// List what is wrong in pages, as `path:line:column: error|warning: message`
    ///
    /// In a folder, each page whose front matter has an `id` is a guide. It is checked
    /// together with the partials that it includes, for every combination of choices.
    Check {
        /// Pages, or folders of pages; `-` is the standard input
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// How to print it
        #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
        format: ReportFormat,
    },
    /// Print a page's tree as JSON, with the names of Markdoc's own
    ///
    /// An offset counts bytes from 0, a line and a column count from 1.
    Tree {
        /// A page; `-` is the standard input
        file: PathBuf,
    },
    /// Print a page as plain HTML
    Html {
        /// A page; `-` is the standard input
        file: PathBuf,
        /// Give a variable a text
        #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
        set: Vec<(String, String)>,
        /// A docs site's variables, tags, nodes and partials, in Markdoc's shape; without it,
        /// the tags are those of OpenMetadata's documentation
        #[arg(long, value_name = "CONFIG.json")]
        config: Option<PathBuf>,
        /// The site that the page's own links lead to, whatever its front matter says
        #[arg(long, value_name = "URL", value_parser = base)]
        base: Option<Base>,
    },
    /// Encode the guides of a folder for the app
    Compile {
        /// The folder; each page in it whose front matter has an `id` is a guide
        dir: PathBuf,
        /// Where to write; `-` is the standard output
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Print a checklist as HTML, to stand in an element until its script has come
    Prerender {
        #[command(flatten)]
        guide: WhichGuide,
        /// Answer an input, as the element's attribute set-NAME does
        #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
        set: Vec<(String, String)>,
        /// The level of the checklist's title among the page's headings
        #[arg(long, value_name = "LEVEL", default_value_t = 2, value_parser = value_parser!(u8).range(1..=6))]
        heading_level: u8,
        /// The language of the words around the page's own: en, de
        #[arg(long, value_name = "LANG", default_value = "en")]
        lang: String,
    },
    /// Print a whole guide for one environment
    Runbook {
        #[command(flatten)]
        guide: WhichGuide,
        /// Answer one of the guide's inputs
        #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
        set: Vec<(String, String)>,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Format::Markdown)]
        format: Format,
    },
    /// Print how each step's commands were verified, for every combination of choices
    ///
    /// Fails where a step has commands for some readers and no word for others.
    Matrix {
        #[command(flatten)]
        guide: WhichGuide,
    },
}

/// A guide among those of a folder.
#[derive(Args)]
struct WhichGuide {
    /// The folder of the guides, or one page
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,
    /// Which guide, by its id; the newest one if it is not said
    #[arg(long = "guide", value_name = "ID")]
    id: Option<String>,
}

/// How the problems of pages are printed.
#[derive(Clone, Copy, ValueEnum)]
enum ReportFormat {
    /// Each with the line that it stands in
    Human,
    /// For editors: `{"problems":[{"path","span","severity","code","message","suggestion"}],"errors","warnings"}`
    Json,
    /// As GitHub's workflows take it, to show each in the pull request at its line
    Github,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// GitHub's Markdown, a task list
    Markdown,
    /// Plain text
    Text,
    /// A POSIX script that stops at the first failure and asks before each change
    Sh,
    /// JSON
    Json,
}

impl From<Format> for render::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Markdown => Self::Markdown,
            Format::Text => Self::Text,
            Format::Sh => Self::Script,
            Format::Json => Self::Json,
        }
    }
}

/// What a subcommand found out about what it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Good,
    Bad,
}

/// Why a subcommand could not do what it was asked to: a sentence for whoever asked.
struct Failure(String);

/// Runs the command as it was called.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are asked for, and are no errors.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match perform(arguments.task) {
        Ok(Verdict::Good) => ExitCode::SUCCESS,
        Ok(Verdict::Bad) => ExitCode::from(1),
        Err(Failure(sentence)) => {
            let _ = writeln!(io::stderr(), "upgrade-checklist: {sentence}");
            ExitCode::from(2)
        }
    }
}

fn perform(task: Task) -> Result<Verdict, Failure> {
    match task {
        Task::Check { paths, format } => check::check(&paths, format),
        Task::Tree { file } => tree::tree(&file),
        Task::Html { file, set, config, base } => html::html(&file, &set, config.as_deref(), base),
        Task::Compile { dir, output } => compile::compile(&dir, &output),
        Task::Matrix { guide } => matrix::matrix(&guide),
        Task::Prerender { guide, set, heading_level, lang } => {
            prerender::prerender(&guide, set, heading_level, &lang)
        }
        Task::Runbook { guide, set, format } => runbook::runbook(&guide, &set, format.into()),
    }
}

/// Writes a result. Whoever reads it may have seen enough of it and be gone.
fn print(result: &[u8]) -> Result<(), Failure> {
    print_to(&mut io::stdout(), result)
}

/// Writes a result that has colours, which only a terminal shows.
fn print_colored(result: &str) -> Result<(), Failure> {
    print_to(&mut anstream::stdout(), result.as_bytes())
}

fn print_to(out: &mut dyn Write, result: &[u8]) -> Result<(), Failure> {
    match out.write_all(result).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure(format!("cannot write the result: {error}")))
        }
        _ => Ok(()),
    }
}

/// Says something about a result, beside it.
fn remark(sentence: &str) {
    let _ = writeln!(anstream::stderr(), "{sentence}");
}

fn base(address: &str) -> Result<Base, String> {
    Base::new(address).ok_or_else(|| "expected an address that starts with https://".to_owned())
}

fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}
