//! `prerender`: a checklist as its reader first sees it, drawn before any script runs.

use std::path::Path;
use std::rc::Rc;

use super::{Failure, Verdict, WhichGuide, answers, pages, print};
use crate::environment::{Environment, Locked, Presets};
use crate::guide::bundle::sort_newest_first;
use crate::guide::{Meta, build};
use crate::state::State;
use crate::view::{self, ChecklistProps, Effects, Store};
use crate::words::Words;

pub(super) fn prerender(
    which: &WhichGuide,
    set: Vec<(String, String)>,
    heading_level: u8,
    lang: &str,
) -> Result<Verdict, Failure> {
    let words = spoken(lang)?;
    let page = pages::chosen(which)?;
    answers::usable(&page.document, &set)?;
    page.remark(&build(&page.document, &Environment::default()).problems);
    let store = Store::with_presets(page.document, State::default(), Presets::new(set, Locked::Nothing));
    let shown = Meta::read(store.document()).0.id;
    let (store, guides) = (Rc::new(store), others(&which.content, &shown)?);
    let effects = Rc::new(Effects::none());
    let props = yew::props!(ChecklistProps { store, effects, words, heading_level, guides });
    print(view::prerender(props).as_bytes())?;
    Ok(Verdict::Good)
}

/// The words of a language, where they are there.
fn spoken(lang: &str) -> Result<&'static Words, Failure> {
    Words::spoken(lang).ok_or_else(|| {
        let known = Words::SPOKEN.map(|words| words.lang).join(", ");
        Failure(format!("there are no words in the language `{lang}`, only in: {known}"))
    })
}

/// The ids and titles of the folder's other guides, as the element offers them.
fn others(content: &Path, shown: &str) -> Result<Rc<[(String, String)]>, Failure> {
    if !content.is_dir() {
        return Ok(Rc::default());
    }
    let metas = pages::guides(content)?.into_iter().map(|page| Meta::read(&page.document).0);
    let mut others: Vec<_> = metas.map(|meta| (meta.id, meta.title)).filter(|(id, _)| id != shown).collect();
    sort_newest_first(&mut others, |(id, _)| id.clone());
    Ok(others.into())
}
