//! The text of a snippet as it is drawn: the reader's values marked, words coloured, words kept
//! whole, and long lines in elements of their own, so that it can be seen where one goes on.

use yew::prelude::*;

use super::highlight::tokens;
use crate::snippet::Run;

/// How many characters a line may have that fits on paper and on most screens wherever it stands.
const FITS: usize = 64;

/// How many characters a line may have that fits wherever words are kept whole, which is not on
/// phones (`styles/snippet.css`).
const FITS_EVERYWHERE: usize = 36;

/// How many bytes a word may have that is kept whole. What is longer may not fit at all.
const KEPT_WHOLE: usize = 40;

/// Where code is looked at. Each colour and each word that is kept whole is an element, and a page
/// has thousands of them: only what is seen has them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Medium {
    /// Drawn beforehand, and so soon replaced.
    Beforehand,
    /// On paper alone, as what is folded away on the screen. Paper has no colours, but lines end.
    Paper,
    /// On a screen.
    Screen,
}

impl Medium {
    /// How many characters a line may have in which no word needs to be kept whole.
    fn fits(self) -> usize {
        match self {
            Self::Beforehand => usize::MAX,
            Self::Paper => FITS,
            Self::Screen => FITS_EVERYWHERE,
        }
    }
}

/// A part of a line.
struct Piece<'a> {
    class: Option<&'static str>,
    text: &'a str,
    /// The number of the passage that explains what starts here.
    mark: Option<u32>,
}

/// A text in which nothing is marked or coloured.
pub(super) fn plain(text: &str, medium: Medium) -> Html {
    lines([Piece { class: None, text, mark: None }], medium)
}

/// The runs of a snippet. `marks` has for each the number of the passage that explains it.
pub(super) fn code(runs: &[Run], marks: &[Option<u32>], language: &str, medium: Medium) -> Html {
    let mut pieces = Vec::new();
    let mut fresh = true;
    for (index, run) in runs.iter().enumerate() {
        let first = pieces.len();
        let mut add = |class, text| pieces.push(Piece { class, text, mark: None });
        match (&run.hole, medium) {
            (Some(_), _) => add(Some("uc-filled"), run.text.as_str()),
            (None, Medium::Beforehand | Medium::Paper) => add(None, run.text.as_str()),
            (None, Medium::Screen) => {
                tokens(language, &run.text, fresh)
                    .into_iter()
                    .for_each(|(token, text)| add(token.class(), text));
            }
        }
        if let Some(piece) = pieces.get_mut(first) {
            piece.mark = marks.get(index).copied().flatten();
        }
        fresh = run.text.ends_with('\n');
    }
    lines(pieces, medium)
}

/// Pieces in their lines.
fn lines<'a>(pieces: impl IntoIterator<Item = Piece<'a>>, medium: Medium) -> Html {
    let (mut drawn, mut line) = (Vec::new(), Vec::new());
    for piece in pieces {
        let mut mark = piece.mark;
        for text in piece.text.split_inclusive('\n') {
            line.push(Piece { text, mark: mark.take(), ..piece });
            if text.ends_with('\n') {
                end(&mut line, &mut drawn, medium);
            }
        }
    }
    end(&mut line, &mut drawn, medium);
    drawn.into_iter().collect()
}

/// Draws a line.
fn end(line: &mut Vec<Piece<'_>>, drawn: &mut Vec<Html>, medium: Medium) {
    let text: String = line.iter().map(|piece| piece.text).collect();
    let characters = text.chars().count();
    let may_wrap = characters > medium.fits();
    line.reverse();
    let (mut pieces, mut at, mut taken) = (Vec::new(), 0, 0);
    for word in text.split([' ', '\n']).take_while(|_| may_wrap) {
        if is_torn(word) {
            take(line, at - taken, &mut pieces);
            let mut whole = Vec::new();
            take(line, word.len(), &mut whole);
            pieces.push(html! { <span class="uc-whole">{ for whole }</span> });
            taken = at + word.len();
        }
        at += word.len() + 1;
    }
    take(line, text.len(), &mut pieces);
    if characters > FITS {
        drawn.push(html! { <span class="uc-line">{ for pieces }</span> });
    } else {
        drawn.append(&mut pieces);
    }
}

/// Whether a browser would end a line within this word, as it does behind a hyphen, and need not.
fn is_torn(word: &str) -> bool {
    word.len() <= KEPT_WHOLE && word.contains(['-', '?'])
}

/// Draws so many bytes of a line, whose first piece is the last of these.
fn take(line: &mut Vec<Piece<'_>>, mut bytes: usize, drawn: &mut Vec<Html>) {
    while bytes > 0
        && let Some(mut piece) = line.pop()
    {
        if let Some((text, rest)) = piece.text.split_at_checked(bytes)
            && !rest.is_empty()
        {
            line.push(Piece { text: rest, mark: None, ..piece });
            piece.text = text;
        }
        bytes = bytes.saturating_sub(piece.text.len());
        drawn.push(drawn_piece(piece));
    }
}

fn drawn_piece(Piece { class, text, mark }: Piece<'_>) -> Html {
    let text = match class {
        Some(class) => html! { <span {class}>{ text.to_owned() }</span> },
        None => html! { {text.to_owned()} },
    };
    match mark {
        // It is no part of the code, so that it is not copied with it.
        Some(number) => html! { <><span class="uc-mark" data-number={number.to_string()} />{ text }</> },
        None => text,
    }
}
