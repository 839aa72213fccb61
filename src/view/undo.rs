//! The undo sheet: every command that takes a step back, the last step first. Only paper shows
//! it; on the screen each stands in its step.

use yew::prelude::*;

use super::Session;
use super::inline::inlines;
use crate::guide::{Block, Guide, Role, Snippet, Step};

/// The sheet, where any step can be taken back.
pub(super) fn sheet(guide: &Guide, session: &Session) -> Html {
    let mut steps = guide.steps();
    steps.reverse();
    let undoing: Vec<_> =
        steps.into_iter().map(|step| (step, undos(step))).filter(|(_, undos)| !undos.is_empty()).collect();
    if undoing.is_empty() {
        return Html::default();
    }
    let words = session.words;
    html! {
        <section class="uc-undo-sheet" aria-hidden="true">
            { session.heading(1, "uc-undo-sheet__title", html! { {words.undo_sheet} }) }
            <p>{ words.undo_sheet_hint }</p>
            <ol>
                { for undoing.into_iter().map(|(step, undos)| html! {
                    <li>
                        <p class="uc-undo-sheet__step"><i class="uc-paper-box" />{ inlines(&step.title) }</p>
                        { for undos.into_iter().map(|(only, snippet)| command(&only, snippet, session)) }
                    </li>
                }) }
            </ol>
        </section>
    }
}

fn command(only: &str, snippet: &Snippet, session: &Session) -> Html {
    let title = snippet.facts.title.as_deref().unwrap_or_default();
    let heading =
        [only, title].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(": ");
    html! {
        <>
            if !heading.is_empty() {
                <p>{ heading }</p>
            }
            if let Some(text) = snippet.text() {
                <pre><code>{ text }</code></pre>
            } else if let Err(why) = &snippet.code {
                <p>{ (session.words.objection)(why) }</p>
            }
        </>
    }
}

/// The snippets that take a step back, each with whom it is for.
fn undos(step: &Step) -> Vec<(String, &Snippet)> {
    let mut found = Vec::new();
    collect(&step.body, "", &mut found);
    found
}

fn collect<'a>(blocks: &'a [Block], only: &str, found: &mut Vec<(String, &'a Snippet)>) {
    for block in blocks {
        match block {
            Block::Snippet(snippet) if snippet.role == Role::Undo => found.push((only.to_owned(), snippet)),
            Block::Variants(variants) => {
                for variant in variants {
                    let labels = [only, &variant.label];
                    let labels: Vec<&str> = labels.into_iter().filter(|label| !label.is_empty()).collect();
                    collect(&variant.value, &labels.join(", "), found);
                }
            }
            other => other.bodies().for_each(|body| collect(body, only, found)),
        }
    }
}
