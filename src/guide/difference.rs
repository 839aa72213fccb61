//! Two wordings go in, and what became of the one in the other comes out, word by word.
//!
//! Start with [`difference`], which goes along the longest common subsequence of their words,
//! signs and spaces. How alike two wordings are, [`likeness`] says.

use std::mem::take;

/// The most pairs of words that are compared. Of longer wordings, what stands between their
/// common beginning and end counts as another as a whole.
const MOST_COMPARED: usize = 1 << 20;

/// A piece of two wordings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// It stands in both.
    Same(String),
    /// It stood in the former.
    Gone(String),
    /// It stands in the present.
    New(String),
}

/// What became of a wording. Without the new pieces it is the former, without those that are
/// gone the present.
pub fn difference(former: &str, present: &str) -> Vec<Piece> {
    let (mut was, mut is) = (words(former), words(present));
    let mut end: Vec<&str> = Vec::new();
    let begin = was.iter().zip(&is).take_while(|(was, is)| was == is).count();
    while was.len().min(is.len()) > begin && was.last() == is.last() {
        end.extend(was.pop());
        is.pop();
    }
    let (begin, was) = was.split_at(begin);
    let is = is.get(begin.len()..).unwrap_or_default();

    let mut pieces = Pieces::default();
    begin.iter().for_each(|word| pieces.add_same(word));
    between(was, is, &mut pieces);
    end.iter().rev().for_each(|word| pieces.add_same(word));
    pieces.settle();
    pieces.done
}

/// How much of two wordings is the same, but for spaces: from 0 to 100.
pub fn likeness(one: &str, other: &str) -> usize {
    let (mut same, mut all) = (0, 0);
    for piece in difference(one, other) {
        let length = piece.text().chars().filter(|character| !character.is_whitespace()).count();
        let both = matches!(piece, Piece::Same(_));
        same += if both { 2 * length } else { 0 };
        all += if both { 2 * length } else { length };
    }
    100 * same / all.max(1)
}

/// Goes along the longest common subsequence of two lists of words.
fn between(was: &[&str], is: &[&str], pieces: &mut Pieces) {
    let width = is.len() + 1;
    let is_compared = was.len().saturating_mul(is.len()) <= MOST_COMPARED;
    // How long it is from each pair of places on.
    let mut lengths = vec![0_u16; if is_compared { (was.len() + 1) * width } else { 0 }];
    if is_compared {
        for (row, word) in was.iter().enumerate().rev() {
            for (column, other) in is.iter().enumerate().rev() {
                let place = row * width + column;
                lengths[place] = match word == other {
                    true => lengths[place + width + 1] + 1,
                    false => lengths[place + width].max(lengths[place + 1]),
                };
            }
        }
    }
    let length = |row: usize, column: usize| lengths.get(row * width + column).copied().unwrap_or_default();
    let (mut row, mut column) = (0, 0);
    loop {
        match (was.get(row), is.get(column)) {
            (Some(word), Some(other)) if is_compared && word == other => {
                pieces.add_same(word);
                (row, column) = (row + 1, column + 1);
            }
            (Some(word), other) if other.is_none() || length(row + 1, column) >= length(row, column + 1) => {
                pieces.add_gone(word);
                row += 1;
            }
            (_, Some(other)) => {
                pieces.add_new(other);
                column += 1;
            }
            (_, None) => return,
        }
    }
}

/// Pieces that are put together of words.
#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    gone: String,
    new: String,
    /// What stands in both since then. A mere space between two changes is part of them, as
    /// one long change reads better than many short ones.
    same: String,
}

impl Pieces {
    fn add_gone(&mut self, word: &str) {
        self.change();
        self.gone.push_str(word);
    }

    fn add_new(&mut self, word: &str) {
        self.change();
        self.new.push_str(word);
    }

    fn add_same(&mut self, word: &str) {
        self.same.push_str(word);
    }

    fn change(&mut self) {
        let in_change = !self.gone.is_empty() || !self.new.is_empty();
        if in_change && self.same.trim().is_empty() {
            let space = take(&mut self.same);
            self.gone.push_str(&space);
            self.new.push_str(&space);
        } else {
            self.settle();
        }
    }

    fn settle(&mut self) {
        let pieces = [
            Piece::Gone(take(&mut self.gone)),
            Piece::New(take(&mut self.new)),
            Piece::Same(take(&mut self.same)),
        ];
        self.done.extend(pieces.into_iter().filter(|piece| !piece.text().is_empty()));
    }
}

impl Piece {
    /// What it says.
    pub fn text(&self) -> &str {
        let (Self::Same(text) | Self::Gone(text) | Self::New(text)) = self;
        text
    }
}

/// The words, the spaces and each of the signs of a text, in their order.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = kind(first);
        let end = match kind {
            Kind::Sign => first.len_utf8(),
            _ => rest.find(|character| self::kind(character) != kind).unwrap_or(rest.len()),
        };
        let (word, after) = rest.split_at(end);
        words.push(word);
        rest = after;
    }
    words
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Space,
    Sign,
}

fn kind(character: char) -> Kind {
    match character {
        _ if character.is_whitespace() => Kind::Space,
        _ if character.is_alphanumeric() || character == '_' => Kind::Word,
        _ => Kind::Sign,
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, difference, likeness};
    use proptest::prelude::*;

    #[test]
    fn what_became_of_a_wording_reads_as_a_person_would_mark_it() {
        for (former, present, marked) in [
            ("", "", ""),
            ("the same", "the same", "the same"),
            ("", "all new", "{all new}"),
            ("all gone", "", "[all gone]"),
            ("work_mem = '20MB'", "work_mem = '64MB'", "work_mem = '[20MB]{64MB}'"),
            ("Wait one minute.", "Wait.", "Wait[ one minute]."),
            ("Wait.", "Wait one minute.", "Wait{ one minute}."),
            // Two changes with a space between them are one.
            ("read old text here", "read new words here", "read [old text]{new words} here"),
            ("save db", "save --all db", "save {--all }db"),
            ("a b a b", "b a b", "[a ]b a b"),
            ("línea 1\nlínea 2", "línea 1\nlínea 3", "línea 1\nlínea [2]{3}"),
        ] {
            let pieces = difference(former, present).into_iter();
            let found: String = pieces
                .map(|piece| match piece {
                    Piece::Same(text) => text,
                    Piece::Gone(text) => format!("[{text}]"),
                    Piece::New(text) => format!("{{{text}}}"),
                })
                .collect();
            assert_eq!(found, marked, "{former:?} -> {present:?}");
        }
    }

    #[test]
    fn what_is_alike_is_told_from_what_is_another() {
        for (one, other, expected) in [
            ("", "", 0),
            ("same", "same", 100),
            ("one two", "two one", 50),
            ("one", "two", 0),
            ("aaaa bb", "aaaa cc", 66),
            ("a a a a", "a", 40),
            ("a  b", "a b", 100),
        ] {
            assert_eq!(likeness(one, other), expected, "{one:?} and {other:?}");
            assert_eq!(likeness(other, one), expected, "{other:?} and {one:?}");
        }
    }

    #[test]
    fn long_wordings_that_share_nothing_are_compared_at_once() {
        let (former, present) = ("a ".repeat(5_000), "b ".repeat(5_000));
        let found = difference(&former, &present);
        assert_eq!(found.len(), 3, "their last space is the same");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_pieces_are_both_wordings(former in "[ab .\nä]{0,30}", present in "[ab .\nä]{0,30}") {
            let pieces = difference(&former, &present);
            let without = |left_out: fn(&Piece) -> bool| -> String {
                pieces.iter().filter(|piece| !left_out(piece)).map(Piece::text).collect()
            };
            prop_assert_eq!(without(|piece| matches!(piece, Piece::New(_))), &*former);
            prop_assert_eq!(without(|piece| matches!(piece, Piece::Gone(_))), &*present);
            prop_assert!(pieces.iter().all(|piece| !piece.text().is_empty()));
            if former == present {
                prop_assert!(pieces.iter().all(|piece| matches!(piece, Piece::Same(_))));
            }
            prop_assert!(likeness(&former, &present) <= 100);
        }
    }
}
