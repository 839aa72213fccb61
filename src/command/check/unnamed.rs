//! Guides without an `id`: `check` reads them, but in a folder no other command finds them, and they
//! are told apart by their titles.

use std::path::Path;

use crate::command::front_matter::FrontMatter;
use crate::environment::Environment;
use crate::guide::{build, declares, said_of_step};
use crate::markdoc::{Document, Problem, Span, suggest};

/// The code of a page that may be a guide.
const CODE: &str = "guide-unnamed";

/// A page that no guide includes, where there may be none: a checklist by what it says, or the only
/// page of its folder.
pub(super) fn problem(document: &Document, is_alone: bool) -> Option<Problem> {
    let place = title(document).filter(|_| is_alone || is_checklist(document))?;
    let message = "this page has steps and no `id`: if it is a guide, give it one, as in `id: upgrade-2.0`, by \
                   which it is found in its folder";
    Some(Problem::warning(place, message).coded(CODE))
}

/// A page that no guide includes, though there are some, by its name below their folder.
pub(super) fn forgotten(document: &Document, name: &Path) -> Problem {
    let cure = format!("write `{{% partial file=\"{}\" /%}}` where it belongs", name.display());
    // Guides stand beside each other.
    match title(document).filter(|_| name.components().count() == 1) {
        Some(place) => {
            let message =
                format!("no guide includes this page: if it is a guide, give it an `id`; else {cure}");
            Problem::warning(place, message).coded(CODE)
        }
        None => {
            let message = format!("no guide includes this page, and it has no `id` to be one itself: {cure}");
            Problem::warning(Span::default(), message).coded("page-forgotten")
        }
    }
}

/// A page with the title of another one: by that alone their runs are kept.
pub(super) fn same_title(document: &Document, first: &Path) -> Option<Problem> {
    let place = title(document)?;
    let message = format!(
        "`{}` has this title, too, and neither has an `id`: what a reader ticks in one counts in the other, so \
         give each its own",
        first.display()
    );
    Some(Problem::warning(place, message).coded("title-duplicate"))
}

/// Where a page with steps has its title, as guides have, if it lacks nothing of one but its `id`.
fn title(document: &Document) -> Option<Span> {
    let front_matter = FrontMatter::of(document);
    // One that is misspelt is told to be.
    let is_id = |key: &str| suggest(key, ["id"].into_iter()).is_some();
    let has_id = front_matter.lines().any(|line| line.entry().is_some_and(|(key, _)| is_id(key)));
    let place = front_matter.place("title").filter(|_| !has_id)?;
    (!build(document, &Environment::default()).steps().is_empty()).then_some(place)
}

/// Whether a page says something that only a checklist does.
fn is_checklist(document: &Document) -> bool {
    document.nodes().any(|node| match node.tag() {
        Some(tag) => declares(tag) || matches!(tag, "verify" | "undo"),
        None => said_of_step(node).next().is_some(),
    })
}
