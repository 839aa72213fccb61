//! `html`: a page as plain HTML, with a docs site's own tags.

use std::path::Path;

use super::pages::{Page, Partials};
use super::{Failure, Verdict, pages, print};
use crate::guide::{self, Meta};
use crate::markdoc::html::{Config, html as write};
use crate::markdoc::{Base, validate};

pub(super) fn html(
    file: &Path,
    set: &[(String, String)],
    config: Option<&Path>,
    base: Option<Base>,
) -> Result<Verdict, Failure> {
    let mut config = match config {
        None => Config::docs_site(),
        Some(path) => {
            let (name, json) = pages::text(path)?;
            Config::read(&json).map_err(|error| Failure(format!("`{name}`: {error}")))?
        }
    };
    for (name, text) in set {
        config.set(name, text);
    }
    let partials = Partials { texts: config.partials.clone(), ..Partials::beside(file) };
    let page = Page::read(file, &partials)?;
    config.base = base.or_else(|| Meta::read(&page.document).0.base);
    page.remark(&validate(&page.document, &config.added_to(guide::schemas())));
    print(write(&page.document, &config).as_bytes())?;
    print(b"\n")?;
    Ok(Verdict::Good)
}
