//! A field for the output of a command whose output is known: what is pasted there is judged
//! and kept.

use yew::prelude::*;

use super::Session;
use super::field::TextField;
use crate::guide::Snippet;
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
                    { verdict(kept, snippet, expected, &record, step, session) }
                }
            </div>
        </div>
    }
}

/// What came of what was pasted.
fn verdict(
    kept: &Evidence,
    snippet: &Snippet,
    expected: &str,
    record: &Record,
    step: &StepId,
    session: &Session,
) -> Html {
    let (store, guide) = (&session.store, session.store.guide());
    let step = guide.steps().into_iter().find(|other| other.id == step.as_ref());
    let name = match kept.verdict {
        _ if step.is_some_and(|step| store.is_outdated(step, snippet, record)) => "outdated",
        Verdict::Expected => "expected",
        Verdict::Among => "among",
        Verdict::Other => "other",
    };
    let others = step.map(|step| store.set_since(step, snippet, record)).unwrap_or_default();
    let said = (session.words.verdict)(kept, expected, &others.join(", "));
    html! { <p class="uc-verdict" data-verdict={name}>{ said }</p> }
}
