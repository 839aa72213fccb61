//! The undo sheet: all that is said of taking a step back, the last step first. Only paper shows
//! it; on the screen each stands in its step. What is done where one failed is no part of it: that
//! is the way back itself, and whoever takes it back has another in mind.

use yew::prelude::*;

use super::block::blocks;
use super::code::Medium;
use super::inline::inlines;
use super::{Session, code};
use crate::environment::Objection;
use crate::guide::{Block, Guide, Role, Snippet, Step, both};

/// How deep the sheet's own title is among headings.
const DEPTH: u8 = 2;

/// The sheet, where any step can be taken back.
pub(super) fn sheet(guide: &Guide, session: &Session) -> Html {
    let steps = guide.steps().into_iter().rev().filter(|step| step.failed.is_none());
    let undoing: Vec<_> =
        steps.map(|step| (step, undos(step))).filter(|(_, undos)| !undos.is_empty()).collect();
    if undoing.is_empty() {
        return Html::default();
    }
    let words = session.words;
    // Where no command takes a change back, there is another way to go before all else.
    let first = undoing.iter().position(|(step, _)| has(step, Role::Apply) && !has(step, Role::Undo));
    let first = first.filter(|place| place + 1 < undoing.len());
    html! {
        <section class="uc-undo-sheet" aria-hidden="true">
            { session.heading(1, "uc-undo-sheet__title", html! { {words.undo_sheet} }) }
            <p>{ words.undo_sheet_hint }</p>
            <ol>
                { for undoing.into_iter().enumerate().map(|(place, (step, undos))| html! {
                    <li>
                        <p class="uc-undo-sheet__step"><i class="uc-paper-box" />{ inlines(&step.title) }</p>
                        { for undos.into_iter().map(|(only, body)| passage(&only, body, session)) }
                        if Some(place) == first {
                            <p><strong>{ words.only_then }</strong></p>
                        }
                    </li>
                }) }
            </ol>
        </section>
    }
}

fn has(step: &Step, role: Role) -> bool {
    step.snippets().iter().any(|snippet| snippet.role == role)
}

/// What is said of taking a step back, with whom it is for. A command without its sentences may do
/// the wrong thing.
fn passage(only: &str, body: &[Block], session: &Session) -> Html {
    html! {
        <>
            if !only.is_empty() {
                <p class="uc-undo-sheet__caption"><b>{ only.to_owned() }</b></p>
            }
            { for body.iter().map(|block| one(block, session)) }
        </>
    }
}

fn one(block: &Block, session: &Session) -> Html {
    match block {
        Block::Snippet(snippet) => command(snippet, session),
        Block::Variants(variants) => {
            variants.iter().map(|variant| passage(&variant.label, &variant.value, session)).collect()
        }
        other => blocks(std::slice::from_ref(other), DEPTH, session),
    }
}

fn command(snippet: &Snippet, session: &Session) -> Html {
    let (blank, medium) =
        if session.effects.live { (&*snippet.blank, Medium::Paper) } else { (&[][..], Medium::Beforehand) };
    let text: String = snippet.code.as_deref().unwrap_or(blank).iter().map(|run| run.text.as_str()).collect();
    let caption = |words: String| html! { <p class="uc-undo-sheet__caption">{ words }</p> };
    html! {
        <>
            { for snippet.facts.title.iter().cloned().map(caption) }
            { for snippet.code.as_ref().err().map(|why| caption(match why {
                // There is a line for it.
                Objection::Missing(label) if !text.is_empty() => [label, ": __________"].concat(),
                _ => (session.words.objection)(why),
            })) }
            if !text.is_empty() {
                <pre><code>{ code::plain(&text, medium) }</code></pre>
            }
        </>
    }
}

/// What takes a step back, each with whom it is for.
fn undos(step: &Step) -> Vec<(String, &[Block])> {
    let mut found = Vec::new();
    collect(&step.body, "", &mut found);
    found
}

fn collect<'a>(blocks: &'a [Block], only: &str, found: &mut Vec<(String, &'a [Block])>) {
    for block in blocks {
        match block {
            Block::Undo(body) => found.push((only.to_owned(), body.as_slice())),
            Block::Variants(variants) => {
                for variant in variants {
                    collect(&variant.value, &both(only, &variant.label), found);
                }
            }
            other => other.bodies().for_each(|body| collect(body, only, found)),
        }
    }
}
