//! A phase and the groups inside it.

use yew::prelude::*;
use yew::virtual_dom::Key;

use super::Session;
use super::block::blocks;
use super::filter;
use super::inline::inlines;
use super::step::StepView;
use crate::guide::{Block, Entry, Section};

/// A phase with everything in it.
pub(super) fn phase(phase: &Section, session: &Session) -> Html {
    section(phase, 1, phase.is_review(), session)
}

fn section(section: &Section, depth: u8, review: bool, session: &Session) -> Html {
    let id = session.section_id(&section.id);
    let class = if depth == 1 { "uc-phase" } else { "uc-group" };
    let title = if depth == 1 { "uc-phase__title" } else { "uc-group__title" };
    let title_id = session.dom_id("heading", &section.id);
    html! {
        <section {class} {id} key={section.id.clone()} aria-labelledby={title_id.clone()}>
            { session.page_heading(depth, title, Some(title_id), inlines(&section.title)) }
            { only(section.only.as_deref(), session) }
            if !section.intro.is_empty() {
                { prose("intro".into(), &section.intro, depth, session) }
            }
            if depth == 1 {
                { filter::review(section, session) }
            }
            { for section.entries.iter().enumerate().map(|(place, entry)| match entry {
                Entry::Section(inner) => self::section(inner, depth + 1, review, session),
                Entry::Step(step) => html! {
                    <StepView
                        key={step.id.clone()}
                        step={step.clone()}
                        passed_over={session.store.guide().passed_over(step)}
                        depth={depth + 1}
                        {review}
                        session={session.clone()}
                    />
                },
                Entry::Text(text) => prose(place.into(), text, depth, session),
            }) }
        </section>
    }
}

/// What stands before the first step, or between steps.
fn prose(key: Key, text: &[Block], depth: u8, session: &Session) -> Html {
    html! { <div {key} class="uc-prose" lang={session.lang.clone()}>{ blocks(text, depth, session) }</div> }
}

/// For whom something is, where that is not everyone.
pub(super) fn only(only: Option<&str>, session: &Session) -> Html {
    match only {
        Some(only) => html! { <p class="uc-only">{ session.words.only }{ " " }{ only.to_owned() }</p> },
        None => Html::default(),
    }
}
