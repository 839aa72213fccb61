//! A guide for each combination of its choices.
//!
//! Start with [`visit`]. What a page says may depend on each choice, so whoever judges the
//! page looks at all of them.

use crate::environment::Environment;
use crate::guide::{Guide, Input, InputKind, build};
use crate::markdoc::Document;

/// As many guides as are built at most; a page for people has far fewer combinations.
const MOST_GUIDES: usize = 2000;

/// An answer to a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// The choice's name.
    pub(super) name: String,
    /// What the reader sees of the answer.
    pub(super) label: String,
}

/// A guide with the choices that were made for it.
pub(super) struct Combination<'a> {
    pub(super) guide: &'a Guide,
    pub(super) answers: &'a [Answer],
    /// Whether no choice is left open.
    pub(super) is_whole: bool,
}

/// Builds the guide with nothing chosen, and then with each answer to the first choice that
/// is open, until none is. Says whether that was all.
pub(super) fn visit(document: &Document, see: &mut dyn FnMut(&Combination<'_>)) -> bool {
    let mut walk = Walk { document, built: 0, was_cut: false, see };
    walk.on(&Environment::default(), &mut Vec::new());
    !walk.was_cut
}

struct Walk<'a> {
    document: &'a Document,
    built: usize,
    /// Whether there were more.
    was_cut: bool,
    see: &'a mut dyn FnMut(&Combination<'_>),
}

impl Walk<'_> {
    fn on(&mut self, environment: &Environment, answers: &mut Vec<Answer>) {
        if self.built == MOST_GUIDES {
            self.was_cut = true;
            return;
        }
        self.built += 1;
        let guide = build(self.document, environment);
        let open = guide.inputs.iter().find_map(|input| open_choice(input, environment));
        (self.see)(&Combination { guide: &guide, answers, is_whole: open.is_none() });
        let Some((name, options)) = open else { return };
        for (value, label) in options {
            answers.push(Answer { name: name.to_owned(), label: label.to_owned() });
            self.on(&environment.clone().with(name, value), answers);
            answers.pop();
        }
    }
}

/// A choice that is not answered and has more than one answer.
fn open_choice<'a>(
    input: &'a Input,
    environment: &Environment,
) -> Option<(&'a str, impl Iterator<Item = (&'a str, &'a str)>)> {
    match &input.kind {
        InputKind::Choice(options) if environment.get(&input.name).is_none() && options.len() > 1 => {
            let options = options.iter().map(|option| (option.value.as_str(), option.label.as_str()));
            Some((&input.name, options))
        }
        _ => None,
    }
}
