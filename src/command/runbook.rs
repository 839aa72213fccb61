//! `runbook`: a whole guide for one environment.

use super::{Failure, Verdict, WhichGuide, answers, pages, print};
use crate::guide::build;
use crate::render::{Format, render};

pub(super) fn runbook(
    which: &WhichGuide,
    set: &[(String, String)],
    format: Format,
) -> Result<Verdict, Failure> {
    let page = pages::chosen(which)?;
    let guide = build(&page.document, &answers::usable(&page.document, set)?);
    page.remark(&guide.problems);
    print(render(&guide, format, &page.document.sources).as_bytes())?;
    // Where the page cannot be read as it was meant, more than a command may be missing.
    Ok(if page.has_error() { Verdict::Bad } else { Verdict::Good })
}
