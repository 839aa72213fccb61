//! `check`: what is wrong in pages.
//!
//! A page is checked as a whole, with the partials that it includes: what a partial's
//! variables mean is known only there. In a folder, what has an `id` is a guide, and so is what
//! no other page includes, but in or below the folder of a guide: that is a partial which was
//! forgotten, unless a page links to it, and is read for its own mistakes alone.

mod addresses;
mod answers;
mod choices;
mod conditions;
mod empty;
mod fences;
mod follow_ups;
mod foreign;
mod front_matter;
mod halves;
mod headings;
mod lines;
mod links;
mod markup;
mod needs;
mod open_fences;
mod parts;
mod questions;
mod quoted;
mod repeats;
mod slips;
mod spans;
mod tables;
mod tags;
mod text;
mod types;
mod unnamed;
mod unticked;
mod unused;
mod values;
mod wholes;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::finding::{Finding, json};
use super::front_matter::FrontMatter;
use super::pages::{self, Page, Partials};
use super::{Failure, ReportFormat, Verdict, print, print_colored, remark};
use crate::environment::Environment;
use crate::guide::{self, Reach, build};
use crate::markdoc::{Problem, Span, validate};

pub(super) fn check(paths: &[PathBuf], format: ReportFormat) -> Result<Verdict, Failure> {
    let mut report = Report::default();
    let (folders, files): (Vec<_>, Vec<_>) = paths.iter().partition(|path| path.is_dir());
    report.files(&files)?;
    folders.into_iter().try_for_each(|folder| report.folder(folder))?;
    report.tell_unreached();
    report.tell_unused();
    match format {
        ReportFormat::Json => print(json(report.findings.iter()).as_bytes())?,
        ReportFormat::Github => {
            let commands: String = report.findings.iter().map(Finding::annotation).collect();
            print(commands.as_bytes())?;
        }
        ReportFormat::Human => {
            let quoted: Vec<String> = report.findings.iter().map(Finding::quoted).collect();
            print_colored(&quoted.join("\n"))?;
        }
    }
    remark(&report.summary());
    Ok(if report.errors() > 0 { Verdict::Bad } else { Verdict::Good })
}

/// What was found, each thing once, though several guides share a partial.
#[derive(Default)]
struct Report {
    findings: BTreeSet<Finding>,
    /// The paths of the files that were read.
    files: BTreeSet<String>,
    /// The passages that some guide has for nobody, by their places.
    unreached: Vec<(Place, Finding)>,
    /// Those that some guide has for somebody.
    reached: BTreeSet<Place>,
    /// The names that some guide gives and does not use, by their places, with the guide's.
    unused: Vec<(Place, Finding, PathBuf)>,
    /// Those that some guide uses.
    used: BTreeSet<Place>,
    /// The paths of the guides.
    guides: BTreeSet<PathBuf>,
    /// The pages without an `id`, by what their runs are kept under instead.
    unnamed: BTreeMap<String, PathBuf>,
    /// What links lead to.
    others: links::Others,
}

/// What the pages of one folder say of each other.
#[derive(Default)]
struct Folder {
    /// The guides, by the folders that they stand in and their ids.
    ids: BTreeMap<(Option<PathBuf>, String), PathBuf>,
    /// The pages that links lead to.
    linked: BTreeSet<PathBuf>,
    /// Whether guides in folders above include some of it.
    is_of_parts: bool,
}

/// A place in a file.
type Place = (String, u32);

impl Report {
    fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.is_error()).count()
    }

    /// `1 error and 2 warnings in 3 pages`.
    fn summary(&self) -> String {
        let counted = |count: usize, what: &str| match count {
            1 => format!("1 {what}"),
            _ => format!("{count} {what}s"),
        };
        let errors = self.errors();
        let (warnings, pages) = (self.findings.len() - errors, counted(self.files.len(), "page"));
        match (errors, warnings) {
            (0, 0) => format!("{pages}, no problem"),
            (_, 0) => format!("{} in {pages}", counted(errors, "error")),
            (0, _) => format!("{} in {pages}", counted(warnings, "warning")),
            _ => format!("{} and {} in {pages}", counted(errors, "error"), counted(warnings, "warning")),
        }
    }

    /// All pages of a folder.
    fn folder(&mut self, dir: &Path) -> Result<(), Failure> {
        let files = pages::below(dir)?;
        if files.is_empty() {
            return Err(Failure(format!(
                "there is no page in `{}`: no file there ends in `.md`",
                dir.display()
            )));
        }
        let mut folder = Folder::default();
        let mut others = self.guides_among(files, &mut folder)?;
        let above = self.parts(&others, pages::folders(dir).skip(1).take(FOLDERS).collect())?;
        for page in &above {
            folder.linked.extend(links::pages_linked(&page.document));
            others.retain(|file| !page.has_part(file));
        }
        folder.is_of_parts = !above.is_empty();
        self.left(&others, folder)
    }

    /// Checks the guides among some files, and returns the others that no guide includes.
    fn guides_among(&mut self, files: Vec<PathBuf>, folder: &mut Folder) -> Result<Vec<PathBuf>, Failure> {
        let (mut others, mut included) = (Vec::new(), HashSet::new());
        for file in files {
            if self.is_not_text(&file) {
                continue;
            }
            if !pages::is_guide(&file)? {
                others.push(file);
                continue;
            }
            let page = Page::read(&file, &Partials::beside(&file))?;
            included.extend(page.document.sources.iter().map(|source| source.path.clone()));
            folder.linked.extend(links::pages_linked(&page.document));
            self.guide(&page, |_| true);
            let id = (file.parent().map(Path::to_owned), page.id());
            match folder.ids.get(&id) {
                Some(first) => self.same_id(&page, first),
                None => {
                    folder.ids.insert(id, file);
                }
            }
        }
        others.retain(|file| !included.contains(&file.display().to_string()));
        Ok(others)
    }

    /// Checks what no guide includes: pages of their own, parts of these, and parts that were
    /// forgotten.
    fn left(&mut self, files: &[PathBuf], mut folder: Folder) -> Result<(), Failure> {
        let pages = files.iter().map(|file| Page::read(file, &Partials::beside(file)));
        let pages = pages.collect::<Result<Vec<_>, _>>()?;
        let parts = pages.iter().flat_map(|page| page.document.sources.iter().skip(1));
        let parts: HashSet<&str> = parts.map(|source| source.path.as_str()).collect();
        let is_part = |file: &Path| parts.contains(&*file.display().to_string());
        folder.linked.extend(pages.iter().flat_map(|page| links::pages_linked(&page.document)));
        let with_guides: BTreeSet<&Path> = folder.ids.values().filter_map(|guide| guide.parent()).collect();
        let is_alone = with_guides.is_empty() && files.iter().filter(|file| !is_part(file)).nth(1).is_none();
        for (file, page) in files.iter().zip(&pages) {
            let is_page = folder.linked.contains(&pages::plain(file));
            let around = with_guides.iter().find(|folder| file.starts_with(folder) && !is_page);
            if around.is_none() && !is_part(file) && (!folder.is_of_parts || is_page) {
                self.guide(page, |_| true);
                let unnamed = unnamed::problem(&page.document, is_alone);
                self.add(page, unnamed.iter().map(|problem| page.finding(problem)).collect());
                self.same_title(page, file);
            } else {
                self.partial(file)?;
            }
            if let Some(around) = around.filter(|_| !is_part(file)) {
                self.forgotten(page, file.strip_prefix(around).unwrap_or(file));
            }
        }
        Ok(())
    }

    /// A page that no guide includes though there are some.
    fn forgotten(&mut self, page: &Page, name: &Path) {
        let problem = unnamed::forgotten(&page.document, name);
        self.add(page, vec![page.finding(&problem)]);
    }

    /// Two pages without an `id` are told apart by their titles.
    fn same_title(&mut self, page: &Page, file: &Path) {
        match self.unnamed.get(&page.id()) {
            Some(first) => {
                let problem = unnamed::same_title(&page.document, first);
                self.add(page, problem.iter().map(|problem| page.finding(problem)).collect());
            }
            None if !guide::declares_id(&page.document) => {
                self.unnamed.insert(page.id(), file.to_owned());
            }
            None => {}
        }
    }

    /// Two guides of a folder are told apart by their ids alone.
    fn same_id(&mut self, page: &Page, first: &Path) {
        let place = FrontMatter::of(&page.document).place("id");
        let id = page.id();
        let message =
            format!("`{}` has the same id, `{id}`: give this guide one of its own", first.display());
        let problem = Problem::error(place.unwrap_or_default(), message).coded("guide-duplicate");
        self.add(page, vec![page.finding(&problem.about(&id, None))]);
    }

    /// Pages that were named are checked as guides, unless they are parts of some.
    fn files(&mut self, files: &[&PathBuf]) -> Result<(), Failure> {
        let (mut guides, mut others) = (Vec::new(), Vec::new());
        for file in files.iter().copied() {
            if !self.is_not_text(file) {
                let is_guide = file == Path::new("-") || pages::is_guide(file)?;
                if is_guide { &mut guides } else { &mut others }.push(file.clone());
            }
        }
        let near = |file: &PathBuf| pages::folders(file.parent().unwrap_or(file)).take(FOLDERS);
        for page in self.parts(&others, others.iter().flat_map(near).collect())? {
            others.retain(|file| !page.has_part(file));
        }
        for file in guides.into_iter().chain(others) {
            let page = Page::read(&file, &Partials::beside(&file))?;
            self.guide(&page, |_| true);
            self.same_title(&page, &file);
        }
        Ok(())
    }

    /// Checks those of the files that are parts of the guides in some folders, and returns these.
    fn parts(&mut self, files: &[PathBuf], folders: BTreeSet<PathBuf>) -> Result<Vec<Page>, Failure> {
        let named = files.iter().map(|file| (pages::absolute(file), file.display().to_string()));
        let named: BTreeMap<PathBuf, String> = named.collect();
        let mut guides = Vec::new();
        // What cannot be read is no guide of these; it was not asked about.
        for other in folders.iter().flat_map(|folder| pages::directly_in(folder).unwrap_or_default()) {
            if named.is_empty() || !pages::is_guide(&other).unwrap_or(false) {
                continue;
            }
            let mut page = Page::read(&other, &Partials::beside(&other))?;
            // A part is called as it was named.
            for source in page.document.sources.iter_mut().skip(1) {
                if let Some(name) = named.get(&pages::absolute(Path::new(&source.path))) {
                    source.path.clone_from(name);
                }
            }
            if files.iter().any(|file| page.has_part(file)) {
                self.guide(&page, |finding| files.iter().any(|file| file == Path::new(&finding.path)));
                guides.push(page);
            }
        }
        Ok(guides)
    }

    /// Whether a file is no text, which is all that is wrong with it.
    fn is_not_text(&mut self, file: &Path) -> bool {
        let Some(page) = pages::not_text(file) else { return false };
        self.add(&page, page.problems.iter().map(|problem| page.finding(problem)).collect());
        true
    }

    /// A page with everything in it.
    fn guide(&mut self, page: &Page, concerns: impl Fn(&Finding) -> bool) {
        let document = &page.document;
        let open = &build(document, &Environment::default());
        let mut problems = own_problems(page);
        problems.extend(tags::problems(document, open));
        problems.extend(unticked::problems(document, open));
        problems.extend(answers::problems(document));
        problems.extend(conditions::problems(document));
        problems.extend(choices::problems(document, open));
        problems.extend(links::problems(document, open, &mut self.others));
        problems.extend(questions::problems(document));
        problems.extend(empty::problems(document));
        needs::judge(document, open, &mut problems);
        wholes::cure(document, &mut problems);
        let problems = follow_ups::settle(document, problems);
        self.reach(page, &problems, &concerns);
        self.names(page, &problems, &concerns);
        let findings = problems.iter().map(|problem| page.finding(problem)).filter(concerns).collect();
        self.add(page, findings);
    }

    /// Notes which passages of a guide are for nobody. Of one with a faulty condition that is
    /// told already.
    fn reach(&mut self, page: &Page, problems: &[Problem], concerns: &impl Fn(&Finding) -> bool) {
        let place = |span| place(page, span);
        let Reach { somebody, nobody, .. } = guide::reach(&page.document);
        self.reached.extend(somebody.into_iter().map(place));
        for span in nobody {
            let is_told = problems.iter().any(|problem| {
                problem.span.source == span.source && (span.start..span.end).contains(&problem.span.start)
            });
            let message = "no reader gets this passage: its condition never holds, whatever is chosen";
            let finding = page.finding(&Problem::warning(span, message).coded("passage-unreached"));
            if !is_told && concerns(&finding) {
                self.unreached.push((place(span), finding));
            }
        }
    }

    /// Tells of the passages that no guide has for anybody.
    fn tell_unreached(&mut self) {
        let unreached = std::mem::take(&mut self.unreached);
        let nobody = unreached.into_iter().filter(|(place, _)| !self.reached.contains(place));
        self.findings.extend(nobody.map(|(_, finding)| finding));
    }

    /// Notes which names a guide uses.
    fn names(&mut self, page: &Page, problems: &[Problem], concerns: &impl Fn(&Finding) -> bool) {
        let names = unused::names(&page.document, problems);
        let guide = page.document.sources.first().map(|source| PathBuf::from(&source.path));
        let guide = guide.unwrap_or_default();
        self.used.extend(names.used.into_iter().map(|span| place(page, span)));
        let findings = names.unused.iter().map(|problem| (place(page, problem.span), page.finding(problem)));
        let findings = findings.filter(|(_, finding)| concerns(finding));
        self.unused.extend(findings.map(|(place, finding)| (place, finding, guide.clone())));
        self.guides.insert(guide);
    }

    /// Tells of the names that no guide uses: of those in a shared file, none of the guides beside
    /// one that has it either.
    fn tell_unused(&mut self) {
        let mut unused = std::mem::take(&mut self.unused);
        unused.retain(|(place, ..)| !self.used.contains(place));
        let is_shared = |(place, _, guide): &&(Place, Finding, PathBuf)| Path::new(&place.0) != guide;
        let folders: BTreeSet<&Path> =
            unused.iter().filter(is_shared).filter_map(|(_, _, guide)| guide.parent()).collect();
        let others = folders.into_iter().flat_map(|folder| pages::directly_in(folder).unwrap_or_default());
        for other in others.filter(|other| !self.guides.contains(other)) {
            // What cannot be read uses nothing; it was not asked about.
            if pages::is_guide(&other).unwrap_or(false)
                && let Ok(page) = Page::read(&other, &Partials::beside(&other))
            {
                let names = unused::names(&page.document, &[]);
                self.used.extend(names.used.into_iter().map(|span| place(&page, span)));
            }
        }
        unused.retain(|(place, ..)| !self.used.contains(place));
        self.findings.extend(unused.into_iter().map(|(_, finding, _)| finding));
    }

    /// A page that may stand in another one, so that its variables and the targets of its
    /// links may stand there.
    fn partial(&mut self, file: &Path) -> Result<(), Failure> {
        let page = Page::read_alone(file)?;
        let problems = follow_ups::settle(&page.document, own_problems(&page));
        let findings = problems.iter().map(|problem| page.finding(problem)).collect();
        self.add(&page, findings);
        Ok(())
    }

    fn add(&mut self, page: &Page, findings: Vec<Finding>) {
        self.files.extend(page.document.sources.iter().map(|source| source.path.clone()));
        self.findings.extend(findings);
    }
}

fn place(page: &Page, span: Span) -> Place {
    let source = page.document.sources.get(span.source as usize);
    (source.map(|source| source.path.clone()).unwrap_or_default(), span.start)
}

/// What is wrong in a page whatever it is a part of.
fn own_problems(page: &Page) -> Vec<Problem> {
    let document = &page.document;
    let mut problems = page.problems.clone();
    slips::cure(document, &mut problems);
    problems.extend(validate(document, &guide::schemas()));
    types::cure(document, &mut problems);
    problems.extend(types::problems(document));
    foreign::judge(document, &mut problems);
    tags::judge(document, &mut problems);
    problems.extend(fences::problems(document));
    problems.extend(markup::problems(document));
    problems.extend(values::problems(document));
    problems.extend(quoted::problems(document));
    problems.extend(parts::problems(document));
    problems.extend(addresses::problems(document));
    problems.extend(lines::problems(document));
    problems.extend(tables::problems(document));
    problems.extend(foreign::problems(document));
    problems.extend(front_matter::problems(document));
    problems.extend(headings::problems(document));
    problems
}

/// How many folders are looked in for the guides of a page: as deep as partials stand below their
/// guides, and no reason to read a whole disk.
const FOLDERS: usize = 4;
