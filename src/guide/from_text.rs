//! Pages that come as text, while they are read: a [`PageText`] says which partials it still
//! misses, and becomes a guide when they are there.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Meta;
use super::bundle::GuideSource;
use crate::markdoc::{Document, Problem, Source, include, parse};

/// A page's text, with those of its partials.
pub struct PageText {
    address: String,
    text: String,
    /// By the names that the page gives them; of those that cannot be had, nothing.
    partials: BTreeMap<String, Option<String>>,
    /// What was read last, until a partial is added.
    read: Option<Read>,
}

/// The tree, what is wrong in it, and the partials that it misses.
struct Read {
    document: Rc<Document>,
    problems: Vec<Problem>,
    missing: Vec<String>,
}

impl PageText {
    /// A page without its partials. Problems are reported for the address.
    pub fn new(address: String, text: String) -> Self {
        Self { address, text, partials: BTreeMap::new(), read: None }
    }

    /// Adds a partial, or that it cannot be had.
    pub fn add(&mut self, name: String, text: Option<String>) {
        self.partials.insert(name, text);
        self.read = None;
    }

    /// The names of the partials that were not added, as far as they are known: each may name
    /// others in turn.
    pub fn missing(&mut self) -> Vec<String> {
        self.read().missing.clone()
    }

    /// The guide.
    pub fn guide(&mut self) -> GuideSource {
        let document = Rc::clone(&self.read().document);
        let (meta, _) = Meta::read(&document);
        GuideSource { id: meta.id, title: meta.title, document }
    }

    /// What is wrong in the page, as `address:line:column: sentence`.
    pub fn problems(&mut self) -> Vec<String> {
        let Read { document, problems, .. } = self.read();
        let mut places: Vec<Cursor> = document.sources.iter().map(Cursor::start).collect();
        let sentence = |problem: &Problem| {
            let (mut path, mut line, mut column) = ("", 1, 1);
            if let Some(place) = places.get_mut(problem.span.source as usize) {
                place.move_to(problem.span.start as usize);
                (path, line, column) = (&place.source.path, place.line, place.column);
            }
            [path, ":", &line.to_string(), ":", &column.to_string(), ": ", &problem.message].concat()
        };
        problems.iter().map(sentence).collect()
    }

    /// Reads the page, if it was not read as it is now.
    fn read(&mut self) -> &Read {
        let Self { address, text, partials, read } = self;
        read.get_or_insert_with(|| {
            let mut missing = Vec::new();
            let (document, mut problems) = parse(address, text);
            // Each partial that is not there is asked for once.
            let (document, more) = include(document, &mut |name| match partials.get(name) {
                Some(text) => text.clone(),
                None => {
                    missing.push(name.to_owned());
                    None
                }
            });
            problems.extend(more);
            Read { document: document.into(), problems, missing }
        })
    }
}

/// A place in a file that moves on with what is read. Problems come in the order of their places, by and large, and
/// a page may have thousands: counting its lines anew for each would take longer than reading it.
struct Cursor<'a> {
    source: &'a Source,
    at: usize,
    line: usize,
    column: usize,
}

impl<'a> Cursor<'a> {
    fn start(source: &'a Source) -> Self {
        Self { source, at: 0, line: 1, column: 1 }
    }

    fn move_to(&mut self, at: usize) {
        if at < self.at {
            *self = Self::start(self.source);
        }
        for character in self.source.text.get(self.at..).unwrap_or_default().chars() {
            if self.at + character.len_utf8() > at {
                break;
            }
            self.at += character.len_utf8();
            self.column += 1;
            if character == '\n' {
                (self.line, self.column) = (self.line + 1, 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_told_with_the_file_the_line_and_the_column() {
        let mut page = PageText::new(
            "page.md".to_owned(),
            "\u{fc} {% /a %}\n\n{% partial file=\"part.md\" /%}\n\n{% partial file=\"none.md\" /%}\n\nb {% /b %}\n"
                .to_owned(),
        );
        assert_eq!(page.missing(), ["part.md", "none.md"]);
        page.add("part.md".to_owned(), Some("\nc\n\n{% /c %}\n".to_owned()));
        page.add("none.md".to_owned(), None);
        assert_eq!(page.missing(), [] as [&str; 0]);
        let places: Vec<String> = page
            .problems()
            .iter()
            .map(|problem| problem.split(": ").next().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(places, ["page.md:1:3", "page.md:7:3", "part.md:4:1", "page.md:5:1"]);
    }

    #[test]
    fn a_place_is_that_of_its_source() {
        let text = "a\u{fc}\n\n\u{1f600}b\nc".to_owned();
        let source = Source { path: "page.md".to_owned(), text };
        let mut place = Cursor::start(&source);
        let back_and_forth = (0..=source.text.len() + 2).chain((0..=source.text.len()).rev());
        for at in back_and_forth {
            place.move_to(at);
            assert_eq!((place.line, place.column), source.line_column(at as u32), "{at}");
        }
    }
}
