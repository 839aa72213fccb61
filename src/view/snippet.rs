//! A snippet: its title, its code with the reader's values marked, what its author says
//! about it, and a button that copies it.

use yew::prelude::*;

use super::{CopyRequest, Session, words};
use crate::guide::{Facts, Role, Snippet};

/// A snippet with everything known about it.
pub(super) fn figure(snippet: &Snippet, session: &Session) -> Html {
    let original = snippet.role == Role::Original;
    html! {
        <figure
            class={if original { "uc-snippet uc-snippet--original" } else { "uc-snippet" }}
            data-snippet={snippet.id.clone()}
            data-role={snippet.role.name()}
        >
            <figcaption class="uc-snippet__head">
                <span class="uc-snippet__title">{ title(snippet) }</span>
                <span class="uc-snippet__language">{ snippet.language.clone() }</span>
                if let Some(text) = snippet.text() {
                    <CopyButton snippet={snippet.id.clone()} {text} copy={session.effects.copy.clone()} />
                }
            </figcaption>
            if let Some(caution) = &snippet.facts.caution {
                <p class="uc-snippet__caution">
                    <strong>{ words::CAUTION }</strong>{ ": " }{ caution.clone() }
                </p>
            }
            { code(snippet) }
            if snippet.code.is_ok() {
                { facts(&snippet.facts) }
            }
        </figure>
    }
}

fn title(snippet: &Snippet) -> String {
    match (&snippet.facts.title, snippet.role) {
        (Some(title), _) => title.clone(),
        (None, Role::Original) => words::ORIGINAL.to_owned(),
        (None, Role::Verify) => words::VERIFY.to_owned(),
        (None, Role::Undo) => words::UNDO.to_owned(),
        (None, Role::Apply) => String::new(),
    }
}

fn code(snippet: &Snippet) -> Html {
    match &snippet.code {
        Ok(runs) => html! {
            <pre tabindex="0" role="group" aria-label={title(snippet)}><code data-language={snippet.language.clone()}>
                { for runs.iter().map(|run| match run.hole {
                    Some(_) => html! { <span class="uc-filled">{ run.text.clone() }</span> },
                    None => html! { {run.text.clone()} },
                }) }
            </code></pre>
        },
        Err(reason) => html! { <p class="uc-snippet__error">{ reason.clone() }</p> },
    }
}

fn facts(facts: &Facts) -> Html {
    let said: Vec<String> = [
        facts.scope.as_deref().map(words::scope),
        facts.restart.map(|restart| words::restart(restart).to_owned()),
        facts.reconnect.map(|reconnect| words::reconnect(reconnect).to_owned()),
        facts.verified.as_deref().map(words::verified),
    ]
    .into_iter()
    .flatten()
    .collect();
    html! {
        <>
            if let Some(expect) = &facts.expect {
                <p class="uc-snippet__expect">{ words::EXPECT }{ " " }<samp>{ expect.clone() }</samp></p>
            }
            if !said.is_empty() {
                <ul class="uc-snippet__facts">
                    { for said.into_iter().map(|fact| html! { <li>{ fact }</li> }) }
                </ul>
            }
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct CopyButtonProps {
    snippet: AttrValue,
    text: String,
    copy: Callback<CopyRequest>,
}

/// Copies the text, and says whether that worked until the text is another.
#[component]
fn CopyButton(props: &CopyButtonProps) -> Html {
    let copied = use_state_eq(|| None::<(String, bool)>);
    let outcome = copied.as_ref().filter(|(text, _)| *text == props.text).map(|(_, worked)| *worked);
    let onclick = {
        let copied = copied.clone();
        let CopyButtonProps { snippet, text, copy } = props.clone();
        Callback::from(move |_: MouseEvent| {
            let done = Callback::from({
                let (copied, text) = (copied.clone(), text.clone());
                move |worked| copied.set(Some((text.clone(), worked)))
            });
            copy.emit(CopyRequest { snippet: snippet.clone(), text: text.clone(), done });
        })
    };
    let label = match outcome {
        None => words::COPY,
        Some(true) => words::COPIED,
        Some(false) => words::COPY_FAILED,
    };
    html! {
        <button type="button" class="uc-button uc-copy" {onclick} data-copied={outcome.map(|worked| worked.to_string())}>
            <span aria-live="polite">{ label }</span>
        </button>
    }
}
