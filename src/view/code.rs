//! The text of a snippet as it is drawn: the reader's values marked, words coloured, and long
//! lines in elements of their own, so that it can be seen where one goes on.

use yew::prelude::*;

use super::highlight::tokens;
use crate::snippet::Run;

/// How many characters a line may have that fits on paper and on most screens wherever it stands.
const FITS: usize = 64;

/// A part of a line.
struct Piece<'a> {
    class: Option<&'static str>,
    text: &'a str,
    /// The number of the passage that explains what starts here.
    mark: Option<u32>,
}

/// A text in which nothing is marked or coloured.
pub(super) fn plain(text: &str) -> Html {
    lines([Piece { class: None, text, mark: None }])
}

/// The runs of a snippet. `marks` has for each the number of the passage that explains it.
/// Coloured where there is a reader: each colour is an element, and without them a page that is
/// drawn beforehand is there sooner.
pub(super) fn code(runs: &[Run], marks: &[Option<u32>], language: &str, coloured: bool) -> Html {
    let mut pieces = Vec::new();
    let mut fresh = true;
    for (index, run) in runs.iter().enumerate() {
        let first = pieces.len();
        let mut add = |class, text| pieces.push(Piece { class, text, mark: None });
        match (&run.hole, coloured) {
            (Some(_), _) => add(Some("uc-filled"), run.text.as_str()),
            (None, false) => add(None, run.text.as_str()),
            (None, true) => {
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
    lines(pieces)
}

/// Pieces in their lines.
fn lines<'a>(pieces: impl IntoIterator<Item = Piece<'a>>) -> Html {
    let (mut drawn, mut line) = (Vec::new(), Vec::new());
    for piece in pieces {
        let mut mark = piece.mark;
        for text in piece.text.split_inclusive('\n') {
            line.push(Piece { text, mark: mark.take(), ..piece });
            if text.ends_with('\n') {
                end(&mut line, &mut drawn);
            }
        }
    }
    end(&mut line, &mut drawn);
    drawn.into_iter().collect()
}

/// Draws a line.
fn end(line: &mut Vec<Piece<'_>>, drawn: &mut Vec<Html>) {
    let length: usize = line.iter().map(|piece| piece.text.chars().count()).sum();
    let pieces = line.drain(..).map(drawn_piece);
    if length > FITS {
        drawn.push(html! { <span class="uc-line">{ for pieces }</span> });
    } else {
        drawn.extend(pieces);
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
