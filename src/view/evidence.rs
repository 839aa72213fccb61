//! A field for the output of a command whose output is known: what is pasted there is judged
//! and kept.

use yew::prelude::*;

use super::Session;
use super::field::TextField;
use crate::guide::{Input, Snippet};
use crate::progress::{Evidence, Record, StepId, Verdict, judge};
use crate::state::Action;

/// The field below a snippet, with what came of what was pasted there.
pub(super) fn evidence(snippet: &Snippet, expected: &str, step: &StepId, session: &Session) -> Html {
    let record = session.store.record(step.as_ref()).unwrap_or_default();
    let kept = record.evidence_of(&snippet.id);
    let oninput = {
        let (step, snippet, expected) = (step.clone(), snippet.id.clone(), expected.to_owned());
        let field_text = session.effects.field_text.clone();
        session.effects.act.reform(move |event: InputEvent| {
            let output = field_text.emit(event);
            let evidence = (!output.trim().is_empty()).then(|| judge(&expected, &output));
            Action::Prove { step: step.clone(), snippet: snippet.clone(), evidence }
        })
    };
    let id = session.dom_id("output", &snippet.id);
    html! {
        <div class="uc-evidence">
            <TextField
                {id}
                summary={session.words.paste}
                label={session.words.output}
                value={kept.map(|kept| kept.text.clone()).unwrap_or_default()}
                {oninput}
            />
            <div role="status">
                if let Some(kept) = kept {
                    { verdict(kept, expected, &changed_since(&record, &snippet.id, step, session), session) }
                }
            </div>
        </div>
    }
}

/// The values in the step's commands that are others since an output was pasted: it is what
/// another command gave.
fn changed_since(record: &Record, snippet: &str, step: &StepId, session: &Session) -> String {
    let (guide, state) = (session.store.guide(), session.store.state());
    let step = guide.steps().into_iter().find(|other| other.id == step.as_ref());
    let (Some(step), Some(time)) = (step, record.proved_at(snippet)) else { return String::new() };
    let changed = |input: &&Input| step.uses(&input.name) && state.was_set_after(&input.name, time);
    let labels: Vec<&str> = guide.inputs.iter().filter(changed).map(|input| &*input.label).collect();
    labels.join(", ")
}

fn verdict(kept: &Evidence, expected: &str, changed: &str, session: &Session) -> Html {
    let name = match kept.verdict {
        _ if kept.expected != expected || !changed.is_empty() => "outdated",
        Verdict::Expected => "expected",
        Verdict::Among => "among",
        Verdict::Other => "other",
    };
    html! { <p class="uc-verdict" data-verdict={name}>{ (session.words.verdict)(kept, expected, changed) }</p> }
}
