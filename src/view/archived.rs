//! What is known of steps that the page no longer has. It is shown, as somebody did it.

use std::rc::Rc;

use yew::prelude::*;

use super::watch::watch;
use super::{Session, Store, Topic};
use crate::guide::Step;
use crate::progress::{Record, StepId};

/// How many are shown; of the others only the number is said.
const MOST_LISTED: usize = 100;

/// The records of such steps, below all the others.
pub(super) fn archived(session: &Session) -> Html {
    let session = session.clone();
    watch(&session.clone(), Topic::Records, move || {
        let records = session.store.archived();
        if records.is_empty() {
            return Html::default();
        }
        let title = session.own_id("archived");
        html! {
            <section class="uc-archived" aria-labelledby={title.clone()}>
                { session.named_heading(1, "uc-archived__title", title, html! { {session.words.archived} }) }
                <p>{ session.words.archived_hint }</p>
                <ul>{ for records.iter().take(MOST_LISTED).map(|(id, record)| one(id, record, &session)) }</ul>
                if records.len() > MOST_LISTED {
                    <p>{ (session.words.more)(records.len() - MOST_LISTED) }</p>
                }
            </section>
        }
    })
}

fn one(id: &StepId, record: &Record, session: &Session) -> Html {
    let when = session.effects.time.emit(record.decision.value.clock);
    let evidence = record.evidence.iter().filter_map(|(_, evidence)| evidence.value.as_ref());
    html! {
        <li data-archived={id.to_string()}>
            <code>{ id.to_string() }</code>{ ": " }{ session.words.mark(record.mark()) }
            if record.mark().is_some() && !when.is_empty() {
                { ", " }{ when }
            }
            { for [&record.reason.value, &record.note.value].into_iter().filter(|text| !text.is_empty()).map(|text| html! {
                <p>{ text.clone() }</p>
            }) }
            { for evidence.map(|evidence| html! { <pre>{ evidence.text.clone() }</pre> }) }
        </li>
    }
}

impl Store {
    /// The records of steps that no reader of the page has, by this id or a former one; and those
    /// by a former one whose note stands nowhere else, as its step became one with another.
    fn archived(&self) -> Vec<(StepId, Record)> {
        let guide = self.guide();
        let steps = guide.steps();
        let shown = self.ids();
        self.progress(|progress| {
            let note = |id: &str| progress.record(id).map_or("", |record| &record.note.value);
            let is_hidden = |step: &&Rc<Step>, id: &str| {
                let present = note(&step.id);
                step.aliases.iter().any(|alias| alias == id)
                    && !present.is_empty()
                    && !present.contains(note(id))
            };
            // A step that is not for this reader is still a step of the page.
            let is_gone = |id: &str| {
                !shown.contains(id)
                    && (!self.all_ids().contains(id) || steps.iter().any(|step| is_hidden(step, id)))
            };
            let records =
                progress.records().filter(|(id, record)| record.says_something() && is_gone(id.as_ref()));
            records.map(|(id, record)| (id.clone(), record.clone())).collect()
        })
    }
}
