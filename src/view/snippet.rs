//! A snippet: its title, its code with the reader's values marked, what its author says
//! about it, and a button that copies it.

use yew::prelude::*;

use super::code::Medium;
use super::evidence::evidence;
use super::watch::watch;
use super::{CopyRequest, DownloadRequest, Session, Topic, code};
use crate::environment::Objection;
use crate::guide::{Facts, Role, Snippet};
use crate::snippet::Language;

/// How many lines are worth a file of their own.
const WORTH_A_FILE: usize = 4;

/// A snippet with everything known about it.
pub(super) fn figure(snippet: &Snippet, session: &Session) -> Html {
    let title = title(snippet, session);
    html! {
        <figure
            part="snippet"
            class={classes!(
                "uc-snippet",
                (snippet.role == Role::Original).then_some("uc-snippet--original"),
                (!snippet.marks.is_empty()).then_some("uc-snippet--marked"),
            )}
            data-snippet={snippet.id.clone()}
            data-role={snippet.role.name()}
            aria-label={spoken("", &title, session)}
        >
            <figcaption class="uc-snippet__head">
                <span class="uc-snippet__title">{ title.clone() }</span>
                <span class="uc-snippet__language">{ snippet.language.clone() }</span>
                if let Some(text) = snippet.text().filter(|_| session.medium != Medium::Paper) {
                    if text.lines().count() >= WORTH_A_FILE {
                        { download(snippet, &title, &text, session) }
                    }
                    { copy_button(snippet, &title, text, session) }
                }
            </figcaption>
            if let Some(caution) = &snippet.facts.caution {
                <p class="uc-snippet__caution">
                    <strong>{ session.words.caution }</strong>{ ": " }{ caution.clone() }
                </p>
            }
            { framed(snippet, session) }
            if snippet.code.is_ok() {
                { facts(&snippet.facts, session) }
                if let Some((expected, step)) = snippet.facts.expect.as_ref().zip(session.step.as_ref()) {
                    { evidence(snippet, expected, step, session) }
                }
            }
        </figure>
    }
}

/// Saves the code as a file.
fn download(snippet: &Snippet, title: &str, text: &str, session: &Session) -> Html {
    let extension = Language::from_fence(&snippet.language).extension();
    let name = snippet.id.replace(|c: char| !c.is_alphanumeric() && c != '.', "-") + extension;
    let request = DownloadRequest { name, media_type: "text/plain", text: [text, "\n"].concat() };
    let onclick = session.effects.download.reform(move |_: MouseEvent| request.clone());
    let label = session.words.download;
    let spoken = spoken(&[label, ": "].concat(), title, session);
    html! { <button type="button" class="uc-button uc-save" aria-label={spoken} {onclick}>{ label }</button> }
}

fn title(snippet: &Snippet, session: &Session) -> String {
    match (&snippet.facts.title, snippet.role) {
        (Some(title), _) => title.clone(),
        (None, Role::Original) => session.words.original.to_owned(),
        (None, Role::Verify) => session.words.verify.to_owned(),
        (None, Role::Undo) => session.words.undo.to_owned(),
        (None, Role::Apply) => String::new(),
    }
}

/// How a part of a snippet is read aloud: of many that look alike, who hears one wants to know
/// which it is.
fn spoken(before: &str, title: &str, session: &Session) -> Option<String> {
    (session.effects.live && !title.is_empty()).then(|| [before, title].concat())
}

fn framed(snippet: &Snippet, session: &Session) -> Html {
    match &snippet.code {
        Ok(runs) => html! {
            <pre><code data-language={snippet.language.clone()}>
                { code::code(runs, &snippet.marks, &snippet.language, session.medium) }
            </code></pre>
        },
        Err(reason) => html! {
            <>
                <p class="uc-snippet__error">{ objection(reason, session) }</p>
                // Some values are known only in the night, when paper is all there is.
                if session.effects.live && !snippet.blank.is_empty() {
                    <pre class="uc-blank" aria-hidden="true">{ code::code(&snippet.blank, &[], &snippet.language, Medium::Paper) }</pre>
                }
            </>
        },
    }
}

/// Why there is no command, as a link to the field that stands in the way.
fn objection(reason: &Objection, session: &Session) -> Html {
    let said = (session.words.objection)(reason);
    let guide = session.store.guide();
    let input = match reason {
        Objection::Missing(label) | Objection::Of(label, _) => {
            guide.inputs.iter().find(|input| input.label == *label)
        }
        _ => None,
    };
    match input {
        Some(input) => html! { <a href={["#", &session.input_id(&input.name)].concat()}>{ said }</a> },
        None => html! { {said} },
    }
}

fn facts(facts: &Facts, session: &Session) -> Html {
    let said: Vec<String> = [
        facts.scope.as_deref().map(session.words.scope),
        facts.restart.map(|restart| (session.words.restart)(restart).to_owned()),
        facts.reconnect.map(|reconnect| (session.words.reconnect)(reconnect).to_owned()),
        facts.verified.as_deref().map(session.words.verified),
    ]
    .into_iter()
    .flatten()
    .collect();
    html! {
        <>
            if let Some(expect) = &facts.expect {
                <p class="uc-snippet__expect">{ session.words.expect }{ " " }<samp>{ expect.clone() }</samp></p>
            }
            if !said.is_empty() {
                <ul class="uc-snippet__facts">
                    { for said.into_iter().map(|fact| html! { <li>{ fact }</li> }) }
                </ul>
            }
        </>
    }
}

/// Copies the text, and says whether that worked until the text is another, or anything else is
/// copied. What it says is heard, the second time too; that it says no more is not.
fn copy_button(snippet: &Snippet, title: &str, text: String, session: &Session) -> Html {
    let (id, title, inside) = (AttrValue::from(snippet.id.clone()), title.to_owned(), session.clone());
    watch(session, Topic::Copied(id.clone()), move || {
        let outcome = inside.store.outcome_of_copying(&id, &text);
        let words = inside.words;
        let (label, told) = match outcome {
            None => (words.copy, ""),
            Some(true) => ("", words.copied),
            Some(false) => ("", words.copy_failed),
        };
        let (id, text, session) = (id.clone(), text.clone(), inside.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            session.store.set_copied(None);
            let (store, copied) = (session.store.clone(), (id.clone(), text.clone()));
            let done = Callback::from(move |worked| store.set_copied(Some((copied.clone(), worked))));
            session.effects.copy.emit(CopyRequest { snippet: Some(id.clone()), text: text.clone(), done });
        });
        let spoken = spoken(&[label, told, ": "].concat(), &title, &inside);
        html! {
            <button type="button" class="uc-button uc-copy" aria-label={spoken} {onclick} data-copied={outcome.map(|worked| worked.to_string())}>
                { label }<span aria-live="polite">{ told }</span>
            </button>
        }
    })
}
