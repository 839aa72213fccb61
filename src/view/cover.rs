//! The head of the paper: which run this is, what it is for, and who does it. Only paper shows
//! it.

use yew::prelude::*;

use super::standing::label;
use super::watch::watch;
use super::{Session, Topic};
use crate::guide::{Guide, InputKind};
use crate::render::is_decided;

/// The cover block.
pub(super) fn cover(guide: &Guide, session: &Session) -> Html {
    let words = session.words;
    let steps = guide.steps().len();
    html! {
        <section class="uc-cover" aria-hidden="true">
            // A browser's own command prints without asking.
            if !is_decided(guide) {
                <p><strong>{ words.print_question }</strong></p>
            }
            <dl>
                { fact(words.run, run(session)) }
                if steps > 0 {
                    { fact(words.progress, so_far(session)) }
                }
                { for guide.inputs.iter().map(|input| {
                    let answer = match &input.answer {
                        Some(answer) if input.is_answered() => label(Some(input), answer),
                        _ => input.default_in_words(words.undecided),
                    };
                    fact(&input.label, html! { {answer} })
                }) }
            </dl>
            <dl class="uc-cover__people">
                { for [words.done_by, words.checked_by, words.window].map(|label| fact(label, Html::default())) }
            </dl>
        </section>
    }
}

/// What stands at the top of each sheet: on a desk they come apart.
pub(super) fn running(guide: &Guide, session: &Session) -> Html {
    let chosen = guide.inputs.iter().filter(|input| matches!(input.kind, InputKind::Choice(_)));
    let answers = chosen.filter(|input| input.is_answered()).filter_map(|input| {
        let answer = input.answer.as_ref()?;
        Some([" · ", &label(Some(input), answer)].concat())
    });
    html! {
        <p class="uc-running" aria-hidden="true">
            <span lang={session.lang.clone()}>{ guide.title.clone() }</span>{ " · " }{ run(session) }{ for answers }
        </p>
    }
}

/// What the run is called.
pub(super) fn run(session: &Session) -> Html {
    let inside = session.clone();
    watch(session, Topic::Runs, move || html! { {inside.words.name_of_run(&inside.store.run_name())} })
}

/// How much is done, and when that was printed.
pub(super) fn so_far(session: &Session) -> Html {
    let inside = session.clone();
    watch(session, Topic::Figures, move || {
        let now = inside.store.now();
        let when = if now.0 > 0 { inside.effects.time.emit(now) } else { String::new() };
        html! { <>{ (inside.words.figures)(inside.store.all_figures()) }{ " · " }{ when }</> }
    })
}

fn fact(label: &str, value: Html) -> Html {
    html! { <div><dt>{ label.to_owned() }</dt><dd>{ value }</dd></div> }
}
