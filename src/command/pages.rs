//! Reading pages from files, with their partials.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::{self, Component, Path, PathBuf};
use std::{fs, iter};

use super::finding::{File, Finding};
use super::front_matter::FrontMatter;
use super::{Failure, WhichGuide, remark};
use crate::guide::bundle::sort_newest_first;
use crate::guide::{Meta, WRONG_BASE, declares_id};
use crate::markdoc::{Document, MISSING_PARTIAL, Problem, Severity, Source, Span, include, parse, suggest};

/// A page with its partials in their places.
pub(super) struct Page {
    pub(super) document: Document,
    /// What reading it found to be wrong.
    pub(super) problems: Vec<Problem>,
    /// The document's sources, once they are quoted.
    files: OnceCell<Vec<File>>,
}

/// Where a page's partials are.
#[derive(Default)]
pub(super) struct Partials {
    /// Those that are given as text.
    pub(super) texts: BTreeMap<String, String>,
    /// The folder of the others; none are read from files without it.
    pub(super) folder: Option<PathBuf>,
}

impl Page {
    /// Reads a page from a file, or from the standard input if that is `-`.
    pub(super) fn read(file: &Path, partials: &Partials) -> Result<Self, Failure> {
        let (path, text) = text(file)?;
        let (document, mut problems) = parse(&path, &text);
        let (mut document, more) = include(document, &mut |name| partials.load(name));
        problems.extend(more.into_iter().map(|problem| {
            let within = document.sources.get(problem.span.source as usize);
            let within = within.map(|source| source.path.clone()).unwrap_or_default();
            partials.explained(problem, file, &within)
        }));
        // A page names its partials from their folder on; their author, from where the
        // command was called.
        for source in document.sources.iter_mut().skip(1) {
            if let Some(path) =
                partials.path(&source.path).filter(|_| !partials.texts.contains_key(&source.path))
            {
                source.path = path.display().to_string();
            }
        }
        Ok(Self { document, problems, files: OnceCell::new() })
    }

    /// Reads a page from a file and leaves its partials out.
    pub(super) fn read_alone(file: &Path) -> Result<Self, Failure> {
        let (path, text) = text(file)?;
        let (document, problems) = parse(&path, &text);
        Ok(Self { document, problems, files: OnceCell::new() })
    }

    /// Whether a file is one of the page's partials.
    pub(super) fn has_part(&self, file: &Path) -> bool {
        self.document.sources.iter().skip(1).any(|source| Path::new(&source.path) == file)
    }

    /// The guide's id.
    pub(super) fn id(&self) -> String {
        Meta::read(&self.document).0.id
    }

    pub(super) fn has_error(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// Says beside the result what is wrong: with reading the page, and what else was
    /// found. Returns how many errors that is.
    pub(super) fn remark(&self, more: &[Problem]) -> usize {
        let findings: BTreeSet<Finding> =
            self.problems.iter().chain(more).map(|problem| self.finding(problem)).collect();
        findings.iter().for_each(|finding| remark(&finding.quoted()));
        findings.iter().filter(|finding| finding.is_error()).count()
    }

    /// A problem with its place in the files.
    pub(super) fn finding(&self, problem: &Problem) -> Finding {
        let placed = self.placed(problem);
        let problem = placed.as_ref().unwrap_or(problem);
        let files = self.files.get_or_init(|| self.document.sources.iter().map(File::new).collect());
        match files.get(problem.span.source as usize) {
            Some(file) => Finding::new(problem, file),
            None => Finding::new(problem, &File::default()),
        }
    }

    /// What the guide found in the front matter, which has no places there.
    fn placed(&self, problem: &Problem) -> Option<Problem> {
        let is_it = problem.code == Some(WRONG_BASE);
        let span = is_it.then(|| FrontMatter::of(&self.document).place("base"))??;
        Some(Problem { span, ..problem.clone() })
    }
}

impl Partials {
    /// Those in the folder of a page; of the standard input, those in the current folder.
    pub(super) fn beside(page: &Path) -> Self {
        Self { texts: BTreeMap::new(), folder: Some(page.parent().unwrap_or(Path::new("")).to_owned()) }
    }

    fn load(&self, name: &str) -> Option<String> {
        match self.texts.get(name) {
            Some(text) => Some(text.clone()),
            None => fs::read_to_string(self.path(name)?).ok(),
        }
    }

    /// Why a partial is not there, and which one was most likely meant: not the page, nor the one
    /// that the tag stands in.
    fn explained(&self, problem: Problem, page: &Path, within: &str) -> Problem {
        let (Some(MISSING_PARTIAL), Some(word)) = (problem.code, &problem.word) else { return problem };
        let name = word.given.clone();
        let Some(path) = self.path(&name) else {
            let message = format!("the partial `{name}` must stand below the folder of the page");
            return Problem { message, ..problem };
        };
        match fs::read_to_string(&path) {
            Err(error) if path.exists() => {
                Problem { message: format!("the partial `{name}` cannot be read: {error}"), ..problem }
            }
            _ => {
                let is_other =
                    |known: &&String| **known != within && self.path(known).as_deref() != Some(page);
                let known = self.names();
                let others: Vec<&str> = known.iter().filter(is_other).map(String::as_str).collect();
                // Its author may have read it from the folder of the file that names it.
                let below = ["/", &name].concat();
                let same_name = others.iter().copied().find(|other| other.ends_with(&below));
                let meant = same_name.or_else(|| suggest(&name, others.into_iter()));
                let hint = meant.map(|meant| format!(": did you mean `{meant}`?")).unwrap_or_default();
                let message = problem.message.clone() + &hint;
                Problem { message, ..problem }.about(&name, meant)
            }
        }
    }

    /// The names of all partials that a page could include.
    fn names(&self) -> Vec<String> {
        let folder = self.folder.iter();
        let files = folder.clone().flat_map(|folder| below(folder).unwrap_or_default());
        let names = files.filter_map(|file| {
            let name = folder.clone().find_map(|folder| file.strip_prefix(folder).ok())?;
            Some(name.to_str()?.to_owned())
        });
        self.texts.keys().cloned().chain(names).collect()
    }

    /// The file of a partial. A name is a place below the folder; a page from elsewhere
    /// must not reach the rest of the machine.
    fn path(&self, name: &str) -> Option<PathBuf> {
        let name = Path::new(name.trim_start_matches('/'));
        let is_below = name.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        Some(self.folder.as_ref()?.join(plain(name))).filter(|_| is_below)
    }
}

/// The page that was asked for, or the newest guide.
pub(super) fn chosen(WhichGuide { content, id }: &WhichGuide) -> Result<Page, Failure> {
    let mut pages = if content.is_dir() {
        guides(content)?
    } else {
        vec![Page::read(content, &Partials::beside(content))?]
    };
    sort_newest_first(&mut pages, Page::id);
    let ids: Vec<String> = pages.iter().map(Page::id).collect();
    let found = pages.into_iter().find(|page| id.as_ref().is_none_or(|id| page.id() == *id));
    found.ok_or_else(|| {
        let id = id.as_deref().unwrap_or_default();
        Failure(format!("no guide has the id `{id}`; there are: {}", ids.join(", ")))
    })
}

/// The guides of a folder: the pages in it whose front matter has an `id`.
pub(super) fn guides(dir: &Path) -> Result<Vec<Page>, Failure> {
    let mut guides = Vec::new();
    let mut ids = BTreeMap::new();
    for file in directly_in(dir)? {
        if !is_guide(&file)? {
            continue;
        }
        let page = Page::read(&file, &Partials::beside(&file))?;
        if let Some(other) = ids.insert(page.id(), file.clone()) {
            let (one, other) = (file.display(), other.display());
            return Err(Failure(format!("`{one}` and `{other}` have the same id, `{}`", page.id())));
        }
        guides.push(page);
    }
    if guides.is_empty() {
        let dir = dir.display();
        return Err(Failure(format!(
            "there is no guide in `{dir}`: no page there has an `id` in its front matter"
        )));
    }
    Ok(guides)
}

/// The pages in a folder and those below, in the order of their names; in no hidden folder, and in
/// none of packages.
pub(super) fn below(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut pages = Vec::new();
    for path in entries(dir)? {
        if path.is_dir() && !path.is_symlink() {
            let name = path.file_name().unwrap_or_default();
            if name != "node_modules" && !name.as_encoded_bytes().starts_with(b".") {
                pages.extend(below(&path)?);
            }
        } else if is_page(&path) {
            pages.push(path);
        }
    }
    Ok(pages)
}

/// The pages that stand directly in a folder.
pub(super) fn directly_in(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    Ok(entries(dir)?.into_iter().filter(|path| is_page(path)).collect())
}

/// A path without the steps in it that lead nowhere, `.` and `..`.
pub(super) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            _ => plain.push(part),
        }
    }
    plain
}

/// A path by which a file is the same wherever the command is called.
pub(super) fn absolute(path: &Path) -> PathBuf {
    plain(&path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// A folder and those above it, named as it is.
pub(super) fn folders(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    iter::successors(Some(plain(folder)), |folder| match folder.parent() {
        Some(above) if folder.file_name().is_some() => Some(above.to_owned()),
        _ => (!folder.has_root()).then(|| folder.join("..")),
    })
}

/// Whether the front matter of a page has an `id`.
pub(super) fn is_guide(file: &Path) -> Result<bool, Failure> {
    let (path, text) = text(file)?;
    Ok(declares_id(&parse(&path, &text).0))
}

/// A file that is no page, as it is not text, with the problem where the text ends; `None`
/// for any other, one that cannot be read included.
pub(super) fn not_text(file: &Path) -> Option<Page> {
    let bytes = fs::read(file).ok()?;
    let good = str::from_utf8(&bytes).err()?.valid_up_to();
    let text = String::from_utf8_lossy(bytes.get(..good)?) + "\u{fffd}";
    let source = Source { path: file.display().to_string(), text: text.into_owned() };
    let place = Span { source: 0, start: good as u32, end: source.text.len() as u32 };
    let problem = Problem::error(place, "this file is not text in UTF-8: save it in that encoding");
    let document = Document { sources: vec![source], ..Document::default() };
    Some(Page { document, problems: vec![problem.coded("not-text")], files: OnceCell::new() })
}

/// A file's name and text; the standard input's if the file is `-`.
pub(super) fn text(file: &Path) -> Result<(String, String), Failure> {
    let (name, bytes) = if file == Path::new("-") {
        let mut bytes = Vec::new();
        ("<stdin>".to_owned(), io::stdin().read_to_end(&mut bytes).map(|_| bytes))
    } else {
        (file.display().to_string(), fs::read(file))
    };
    let bytes = bytes.map_err(|error| Failure(format!("cannot read `{name}`: {error}")))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text)),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let line = error.as_bytes().iter().take(good).filter(|&&byte| byte == b'\n').count() + 1;
            Err(Failure(format!("`{name}` is not text in UTF-8: look at line {line} (byte {good})")))
        }
    }
}

fn entries(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let read = || -> io::Result<Vec<PathBuf>> {
        let entries = fs::read_dir(if dir.as_os_str().is_empty() { Path::new(".") } else { dir })?;
        entries.map(|entry| Ok(dir.join(entry?.file_name()))).collect()
    };
    let mut entries = read().map_err(|error| Failure(format!("cannot read `{}`: {error}", dir.display())))?;
    entries.sort();
    Ok(entries)
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md") && path.is_file()
}
