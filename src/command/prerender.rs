//! `prerender`: a checklist as its reader first sees it, drawn before any script runs.

use std::path::Path;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use yew::{AttrValue, LocalServerRenderer};

use super::{Failure, Verdict, WhichGuide, pages, print};
use crate::environment::{Locked, Presets};
use crate::guide::Meta;
use crate::guide::bundle::sort_newest_first;
use crate::state::State;
use crate::view::{Checklist, ChecklistProps, Effects, Store};
use crate::words::Words;

pub(super) fn prerender(
    which: &WhichGuide,
    set: Vec<(String, String)>,
    heading_level: u8,
    lang: &str,
) -> Result<Verdict, Failure> {
    let page = pages::chosen(which)?;
    let store = Store::with_presets(page.document, State::default(), Presets::new(set, Locked::Nothing));
    let shown = Meta::read(store.document()).0.id;
    let props = ChecklistProps {
        store: Rc::new(store),
        effects: Effects::none(),
        words: Words::of(lang),
        prefix: AttrValue::Static("uc"),
        heading_level,
        address: None,
        guides: others(&which.content, &shown)?,
    };
    let renderer = LocalServerRenderer::<Checklist>::with_props(props).hydratable(false);
    print(now(renderer.render()).as_bytes())?;
    Ok(Verdict::Good)
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

/// What a future gives that waits for nothing, as drawing does.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}
