//! The checklist as a file to carry elsewhere: what the native command `runbook` writes, with what
//! was done. It is written elsewhere, too.

use std::rc::Rc;

use yew::prelude::*;

use super::tasks::task;
use super::{RunbookRequest, Session};
use crate::guide::{Guide, Step};
use crate::render::{Done, Format, Task, is_decided};

/// The formats that are offered.
pub(super) fn downloads(guide: &Rc<Guide>, session: &Session) -> Html {
    let button = |format: Format, label: &'static str| {
        let (guide, session) = (guide.clone(), session.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let done =
                guide.steps().into_iter().map(|step| (step.id.clone(), done(step, &session))).collect();
            session.effects.write_runbook.emit(RunbookRequest { format, done });
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

/// What was done with a step, as it is copied.
fn done(step: &Step, session: &Session) -> Done {
    let Task { ticked, remark, lines, .. } = task(step, session);
    Done { is_ticked: ticked, words: remark, note: lines.join("\n") }
}
