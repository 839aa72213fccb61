//! Pages of the repository as documents.

use std::fs;
use std::path::Path;

use upgrade_checklist::markdoc::{self, Document, Problem};

/// A page with its partials, and the problems of reading both.
pub fn load(path: &str) -> (Document, Vec<Problem>) {
    let text = fs::read_to_string(path).unwrap();
    let folder = Path::new(path).parent().unwrap();
    let (document, mut problems) = markdoc::parse(path, &text);
    let (document, more) = markdoc::include(document, &mut |file| fs::read_to_string(folder.join(file)).ok());
    problems.extend(more);
    (document, problems)
}
