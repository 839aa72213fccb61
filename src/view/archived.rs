//! What is known of steps that the page no longer has. It is shown, as somebody did it.

use std::collections::HashSet;

use yew::prelude::*;

use super::watch::watch;
use super::{Session, Store, Topic, words};
use crate::environment::Environment;
use crate::guide;
use crate::progress::{Record, StepId};

/// The records of such steps, below all the others.
pub(super) fn archived(session: &Session) -> Html {
    let session = session.clone();
    watch(&session.clone(), Topic::Figures, move || {
        let records = session.store.archived();
        if records.is_empty() {
            return Html::default();
        }
        let title = session.own_id("archived");
        html! {
            <section class="uc-archived" aria-labelledby={title.clone()}>
                { session.named_heading(1, "uc-archived__title", Some(title), html! { {words::ARCHIVED} }) }
                <p>{ words::ARCHIVED_HINT }</p>
                <ul>{ for records.iter().map(|(id, record)| one(id, record, &session)) }</ul>
            </section>
        }
    })
}

fn one(id: &StepId, record: &Record, session: &Session) -> Html {
    let when = session.effects.time.emit(record.decision.value.clock);
    let evidence = record.evidence.iter().filter_map(|(_, evidence)| evidence.value.as_ref());
    html! {
        <li data-archived={id.to_string()}>
            <code>{ id.to_string() }</code>{ ": " }{ words::mark(record.mark()) }
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
    /// The records of steps that no reader of the page has, by this id or a former one.
    fn archived(&self) -> Vec<(StepId, Record)> {
        let guide = self.guide();
        let shown: HashSet<String> = guide.steps().into_iter().flat_map(names).collect();
        let mut records = self.progress(|progress| {
            let records = progress.records();
            let unknown = records.filter(|(id, record)| !shown.contains(id.as_ref()) && record.says_something());
            unknown.map(|(id, record)| (id.clone(), record.clone())).collect::<Vec<_>>()
        });
        // A step that is not for this reader is still a step of the page.
        if !records.is_empty() {
            let all = guide::build(self.document(), &Environment::default());
            let known: HashSet<String> = all.steps().into_iter().flat_map(names).collect();
            records.retain(|(id, _)| !known.contains(id.as_ref()));
        }
        records
    }
}

fn names(step: &std::rc::Rc<guide::Step>) -> impl Iterator<Item = String> {
    step.aliases.iter().chain([&step.id]).cloned().collect::<Vec<_>>().into_iter()
}
