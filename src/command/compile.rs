//! `compile`: the guides of a folder, encoded for the app.

use std::fs;
use std::path::Path;

use super::{Failure, Verdict, pages, print, remark};
use crate::environment::Environment;
use crate::guide::bundle::{Bundle, GuideSource};
use crate::guide::{Meta, build};

pub(super) fn compile(dir: &Path, output: &Path) -> Result<Verdict, Failure> {
    let pages = pages::guides(dir)?;
    let mut verdict = Verdict::Good;
    let mut errors = 0;
    for page in &pages {
        // What is wrong in the guide is told; it costs its readers a command, and not the page.
        errors += page.remark(&build(&page.document, &Environment::default()).problems);
        if page.has_error() {
            verdict = Verdict::Bad;
        }
    }
    if errors > 0 {
        let errors = if errors == 1 { "1 error".to_owned() } else { format!("{errors} errors") };
        remark(&format!("{errors} here; `upgrade-checklist check` tells all"));
    }
    // A build goes on only with a bundle that is whole.
    if verdict == Verdict::Bad {
        return Ok(verdict);
    }
    let guides = pages.into_iter().map(|page| {
        let (meta, _) = Meta::read(&page.document);
        GuideSource { id: meta.id, title: meta.title, document: page.document.into() }
    });
    let bytes = Bundle::new(guides.collect()).encode();
    // What nests too deep for a browser is found here, not there.
    Bundle::decode(&bytes).map_err(|error| Failure(error.to_string()))?;
    if output == Path::new("-") {
        print(&bytes)?;
    } else {
        // The app is built anew whenever this file changes, so it is left alone where it need not.
        if is_file_of(output, &bytes) {
            return Ok(verdict);
        }
        fs::write(output, bytes)
            .map_err(|error| Failure(format!("cannot write `{}`: {error}", output.display())))?;
    }
    Ok(verdict)
}

/// Whether a file holds these bytes. A pipe or a device is not read: it may never end.
fn is_file_of(path: &Path, bytes: &[u8]) -> bool {
    fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() == bytes.len() as u64)
        && fs::read(path).is_ok_and(|present| present == bytes)
}
