//! The checklist as a file to carry elsewhere: what the native command `runbook` writes, with what
//! was done, all of it in English. It is written elsewhere, too.

use std::rc::Rc;

use yew::prelude::*;

use super::tasks::task;
use super::{RunbookRequest, Session};
use crate::guide::Guide;
use crate::render::{Format, is_decided};
use crate::words::ENGLISH;

/// The formats that are offered.
pub(super) fn downloads(guide: &Rc<Guide>, session: &Session) -> Html {
    let button = |format: Format, label: &'static str| {
        let (guide, session) = (guide.clone(), session.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let tasks = guide
                .steps()
                .into_iter()
                .map(|step| (step.id.clone(), task(step, &session, &ENGLISH)))
                .collect();
            session.effects.write_runbook.emit(RunbookRequest { format, tasks });
        });
        html! { <li><button type="button" class="uc-button" {onclick}>{ label }</button></li> }
    };
    html! {
        <details class="uc-downloads" name="uc-rail">
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
