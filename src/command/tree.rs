//! `tree`: a page's tree as JSON.

use std::path::Path;

use super::{Failure, Verdict, pages, print};
use crate::markdoc::{parse, tree};

pub(super) fn tree(file: &Path) -> Result<Verdict, Failure> {
    let (path, text) = pages::text(file)?;
    let (document, problems) = parse(&path, &text);
    // Writing to a text cannot fail, and every key is one.
    let json = serde_json::to_string_pretty(&tree::tree(&document, &problems)).unwrap_or_default();
    print(json.as_bytes())?;
    print(b"\n")?;
    Ok(Verdict::Good)
}
