//! A field for the output of a command whose output is known: what is pasted there is judged
//! and kept.

use yew::prelude::*;

use super::Session;
use super::field::TextField;
use crate::guide::Snippet;
use crate::progress::{StepId, judge};
use crate::state::Action;

/// The field below a snippet, with what came of what was pasted there.
pub(super) fn evidence(snippet: &Snippet, expected: &str, step: &StepId, session: &Session) -> Html {
    let record = session.store.record(step.as_ref()).unwrap_or_default();
    let guide = session.store.guide();
    let present = guide.steps().into_iter().find(|other| other.id == step.as_ref());
    let proof = present.and_then(|step| session.store.proof(step, &snippet.id, &record));
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
                value={proof.as_ref().map(|proof| proof.kept.text.clone()).unwrap_or_default()}
                {oninput}
            />
            <div role="status">
                if let Some(proof) = &proof {
                    <p class="uc-verdict" data-verdict={proof.name()}>{ proof.in_words(session.words) }</p>
                }
            </div>
        </div>
    }
}
