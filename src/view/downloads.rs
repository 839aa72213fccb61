//! The checklist as a file to carry elsewhere: what the native command `runbook` writes, and in
//! the task list also what was done.

use std::rc::Rc;

use yew::prelude::*;

use super::{DownloadRequest, Session, Standing};
use crate::guide::{Guide, Step};
use crate::render::{Done, Format, is_decided, render, task_list};

/// The formats that are offered.
pub(super) fn downloads(guide: &Rc<Guide>, session: &Session) -> Html {
    let button = |format: Format, label: &'static str| {
        let (guide, session) = (guide.clone(), session.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            session.effects.download.emit(DownloadRequest {
                name: [&guide.id, ".", format.extension()].concat(),
                media_type: format.media_type(),
                text: match format {
                    Format::Markdown => task_list(&guide, &|step| done(step, &session)),
                    _ => render(&guide, format, &[]),
                },
            });
        });
        html! { <li><button type="button" class="uc-button" {onclick}>{ label }</button></li> }
    };
    html! {
        <details class="uc-downloads">
            <summary class="uc-button">{ session.words.download }</summary>
            <ul>
                { button(Format::Markdown, session.words.download_markdown) }
                { button(Format::Text, session.words.download_text) }
                if is_decided(guide) {
                    { button(Format::Script, session.words.download_script) }
                } else {
                    <li>{ session.words.download_script_later }</li>
                }
                { button(Format::Json, session.words.download_json) }
            </ul>
        </details>
    }
}

/// What was done with a step, in words.
fn done(step: &Step, session: &Session) -> Done {
    let Standing { state, record, .. } = session.store.standing(step);
    let mut said = String::new();
    if record.mark().is_some() {
        let when = session.effects.time.emit(record.decision.value.clock);
        said = [(session.words.state)(state), ", ", &when].concat();
        if !record.reason.value.trim().is_empty() {
            said.push_str(": ");
            said.push_str(record.reason.value.trim());
        }
    }
    Done { is_ticked: !state.is_open(), words: said, note: record.note.value }
}
