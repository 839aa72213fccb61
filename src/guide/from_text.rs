//! Pages that come as text, while they are read: a [`PageText`] says which partials it still
//! misses, and becomes a guide when they are there.

use std::collections::BTreeMap;

use super::Meta;
use super::bundle::GuideSource;
use crate::markdoc::{Document, Problem, include, parse};

/// A page's text, with those of its partials.
pub struct PageText {
    address: String,
    text: String,
    /// By the names that the page gives them; of those that cannot be had, nothing.
    partials: BTreeMap<String, Option<String>>,
}

impl PageText {
    /// A page without its partials. Problems are reported for the address.
    pub fn new(address: String, text: String) -> Self {
        Self { address, text, partials: BTreeMap::new() }
    }

    /// Adds a partial, or that it cannot be had.
    pub fn add(&mut self, name: String, text: Option<String>) {
        self.partials.insert(name, text);
    }

    /// The names of the partials that were not added, as far as they are known: each may name
    /// others in turn.
    pub fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        self.read(&mut |name| missing.push(name.to_owned()));
        missing
    }

    /// The guide, and what is wrong in its page, as `address:line:column: sentence`.
    pub fn guide(&self) -> (GuideSource, Vec<String>) {
        let (document, problems) = self.read(&mut |_| {});
        let (meta, _) = Meta::read(&document);
        let problems = problems.iter().map(|problem| sentence(&document, problem)).collect();
        (GuideSource { id: meta.id, title: meta.title, document: document.into() }, problems)
    }

    /// The tree. Each partial that is not there is asked for once.
    fn read(&self, miss: &mut dyn FnMut(&str)) -> (Document, Vec<Problem>) {
        let (document, mut problems) = parse(&self.address, &self.text);
        let (document, more) = include(document, &mut |name| match self.partials.get(name) {
            Some(text) => text.clone(),
            None => {
                miss(name);
                None
            }
        });
        problems.extend(more);
        (document, problems)
    }
}

fn sentence(document: &Document, problem: &Problem) -> String {
    let source = document.sources.get(problem.span.source as usize);
    let (line, column) = source.map_or((1, 1), |source| source.line_column(problem.span.start));
    let path = source.map_or("", |source| &source.path);
    [path, ":", &line.to_string(), ":", &column.to_string(), ": ", &problem.message].concat()
}
