//! A command of the author's as the shell reads it: its words, and where each stands.
//!
//! What the reader gave is one quoted word, or a part of one, whatever it says; a [`HOLE`]
//! stands for it.
//!
//! The page's own lexer, `snippet/shell.rs`, follows more (substitutions, here-documents) and
//! keeps less: no places, and no command that has ended. To read both with one would bring the
//! places into the app, whose every byte is waited for, and here the substitutions, at which
//! this one gives up.

use std::ops::Range;

use crate::snippet::{HOLE, Run};

/// A command, as far as words go.
#[derive(Default)]
pub(super) struct Line {
    pub(super) words: Vec<Word>,
    /// Whether there is another command, or an input or output other than the terminal.
    pub(super) does_more: bool,
    /// Whether the command goes on to its very end.
    pub(super) is_plain: bool,
    /// Whether something in it is, or may be, itself a command.
    pub(super) substitutes: bool,
}

/// A word without its quotes.
#[derive(Default)]
pub(super) struct Word {
    pub(super) text: String,
    /// Where it stands in the code, its quotes included.
    pub(super) place: Range<usize>,
}

impl Word {
    /// The name of the program that this is, which may stand with its path.
    pub(super) fn name(&self) -> &str {
        file_name(&self.text)
    }
}

/// The words after `NAME=value` and `exec`.
pub(super) fn without_assignments(words: &[Word]) -> &[Word] {
    let is_name =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let is_before =
        |word: &Word| word.text == "exec" || word.text.split_once('=').is_some_and(|(name, _)| is_name(name));
    let start = words.iter().position(|word| !is_before(word)).unwrap_or(words.len());
    words.get(start..).unwrap_or_default()
}

/// What a path ends in.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

impl Line {
    /// Reads a written snippet.
    pub(super) fn read(runs: &[Run]) -> Self {
        let mut characters = Vec::new();
        let mut at = 0;
        for run in runs {
            match run.hole {
                Some(_) => characters.push((HOLE, at..at + run.text.len())),
                None => characters.extend(places(&run.text, at)),
            }
            at += run.text.len();
        }
        Self::of(characters)
    }

    /// Reads a text without values of the reader's.
    pub(super) fn of_text(text: &str) -> Self {
        Self::of(places(text, 0).collect())
    }

    fn of(characters: Vec<(char, Range<usize>)>) -> Self {
        let mut line = Self { is_plain: true, ..Self::default() };
        let mut word = None;
        let mut quote = None;
        let mut rest = characters.into_iter().peekable();
        while let Some((c, place)) = rest.next() {
            match (quote, c) {
                (Some(open), c) if c == open => extend(&mut word, None, &place, &mut quote, None),
                (Some('\''), c) => extend(&mut word, Some(c), &place, &mut quote, Some('\'')),
                (_, '\\') => match rest.next() {
                    Some(('\n', _)) => {}
                    Some((c, after)) => {
                        let still = quote;
                        extend(&mut word, Some(c), &(place.start..after.end), &mut quote, still);
                    }
                    None => line.is_plain = false,
                },
                (_, '`') => line.substitutes = true,
                (_, '$') if matches!(rest.peek(), Some(('(' | '{' | '\'', _))) => line.substitutes = true,
                (Some(open), c) => extend(&mut word, Some(c), &place, &mut quote, Some(open)),
                (None, '\'' | '"') => extend(&mut word, None, &place, &mut quote, Some(c)),
                (None, '#') if word.is_none() => {
                    line.is_plain = false;
                    while rest.next_if(|(c, _)| *c != '\n').is_some() {}
                }
                (None, ';' | '|' | '&' | '<' | '>') => line.does_more = true,
                (None, '(' | ')') => line.is_plain = false,
                (None, ' ' | '\t') => line.words.extend(word.take()),
                (None, '\n') => {
                    line.words.extend(word.take());
                    // What follows is another command, unless it is a comment.
                    let next = rest.clone().map(|(c, _)| c).find(|c| !c.is_whitespace());
                    line.does_more |= !line.words.is_empty() && !matches!(next, Some('#') | None);
                }
                (None, c) => extend(&mut word, Some(c), &place, &mut quote, None),
            }
        }
        line.words.extend(word);
        line.is_plain &= quote.is_none();
        line
    }
}

/// Adds to a word, or begins it, and says which quote is open after that.
fn extend(
    word: &mut Option<Word>,
    character: Option<char>,
    place: &Range<usize>,
    quote: &mut Option<char>,
    open: Option<char>,
) {
    let word = word.get_or_insert_with(|| Word { text: String::new(), place: place.clone() });
    word.text.extend(character);
    word.place.end = place.end;
    *quote = open;
}

fn places(text: &str, from: usize) -> impl Iterator<Item = (char, Range<usize>)> {
    text.char_indices().map(move |(at, c)| (c, from + at..from + at + c.len_utf8()))
}
