//! `check`: what is wrong in pages.
//!
//! A page is checked as a whole, with the partials that it includes: what a partial's
//! variables mean is known only there. A partial that no guide reaches is read for its
//! own mistakes alone.

mod combinations;
mod links;

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::pages::{self, Finding, Page, Partials};
use super::{Failure, Verdict, print};
use crate::guide;
use crate::markdoc::validate;

pub(super) fn check(paths: &[PathBuf]) -> Result<Verdict, Failure> {
    let mut report = Report::default();
    for path in paths {
        if path.is_dir() {
            report.folder(path)?;
        } else {
            report.file(path)?;
        }
    }
    let verdict = match report.findings.iter().any(Finding::is_error) {
        true => Verdict::Bad,
        false => Verdict::Good,
    };
    let lines: String = report.findings.iter().map(|finding| format!("{finding}\n")).collect();
    print(lines.as_bytes())?;
    Ok(verdict)
}

/// What was found, each thing once, though several guides share a partial.
#[derive(Default)]
struct Report {
    findings: BTreeSet<Finding>,
}

impl Report {
    fn folder(&mut self, dir: &Path) -> Result<(), Failure> {
        let mut reached = HashSet::new();
        let mut others = Vec::new();
        for file in pages::below(dir)? {
            if pages::is_guide(&file)? {
                let page = Page::read(&file, &Partials::beside(&file))?;
                reached.extend(page.document.sources.iter().map(|source| source.path.clone()));
                self.guide(&page, |_| true);
            } else {
                others.push(file);
            }
        }
        for file in others.iter().filter(|file| !reached.contains(&file.display().to_string())) {
            self.partial(file)?;
        }
        Ok(())
    }

    /// A page that was named is checked as a guide, unless it is a part of one.
    fn file(&mut self, file: &Path) -> Result<(), Failure> {
        let mut is_part = false;
        for page in guides_near(file)? {
            let path = file.display().to_string();
            if page.document.sources.iter().skip(1).any(|source| source.path == path) {
                self.guide(&page, |finding| finding.path == path);
                is_part = true;
            }
        }
        if !is_part {
            let page = Page::read(file, &Partials::beside(file))?;
            self.guide(&page, |_| true);
        }
        Ok(())
    }

    /// A page with everything in it.
    fn guide(&mut self, page: &Page, concerns: impl Fn(&Finding) -> bool) {
        let mut problems = page.problems.clone();
        problems.extend(validate(&page.document, &guide::schemas()));
        problems.extend(combinations::problems(&page.document));
        problems.extend(links::problems(&page.document));
        self.findings.extend(problems.iter().map(|problem| page.finding(problem)).filter(concerns));
    }

    /// A page that may stand in another one, so that its variables and the targets of its
    /// links may stand there.
    fn partial(&mut self, file: &Path) -> Result<(), Failure> {
        let page = Page::read_alone(file)?;
        let mut problems = page.problems.clone();
        problems.extend(validate(&page.document, &guide::schemas()));
        self.findings.extend(problems.iter().map(|problem| page.finding(problem)));
        Ok(())
    }
}

/// The guides in the folders above a page that is no guide itself.
fn guides_near(file: &Path) -> Result<Vec<Page>, Failure> {
    /// As deep as partials stand below their guides; no reason to read a whole disk.
    const FOLDERS: usize = 4;
    let mut guides = Vec::new();
    if file == Path::new("-") || pages::is_guide(file)? {
        return Ok(guides);
    }
    for folder in file.ancestors().skip(1).take(FOLDERS) {
        for other in pages::directly_in(folder)? {
            if pages::is_guide(&other)? {
                guides.push(Page::read(&other, &Partials::beside(&other))?);
            }
        }
    }
    Ok(guides)
}
