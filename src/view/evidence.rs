//! A field for the output of a command whose output is known: what is pasted there is judged
//! and kept.

use std::rc::Rc;

use yew::prelude::*;

use super::Session;
use super::field::TextField;
use crate::guide::{Snippet, Step};
use crate::progress::judge;
use crate::state::Action;

/// The field below a snippet, with what came of what was pasted there.
pub(super) fn evidence(snippet: &Snippet, expected: &str, step: &Rc<Step>, session: &Session) -> Html {
    let record = session.store.record(&step.id).unwrap_or_default();
    let proof = session.store.proof(step, &snippet.id, &record);
    let oninput = {
        let (step, snippet, expected) = (step.clone(), snippet.id.clone(), expected.to_owned());
        let field_text = session.effects.field_text.clone();
        session.effects.act.reform(move |event: InputEvent| {
            let output = field_text.emit(event);
            let evidence = (!output.trim().is_empty()).then(|| judge(&expected, &output));
            Action::Prove { step: step.id.as_str().into(), snippet: snippet.clone(), evidence }
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
