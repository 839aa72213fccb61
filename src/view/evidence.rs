//! A field for the output of a command whose output is known: what is pasted there is judged
//! and kept.

use std::rc::Rc;

use yew::prelude::*;

use super::field::TextField;
use super::watch::watch;
use super::{Session, Topic};
use crate::guide::{Snippet, Step};
use crate::progress::judge;
use crate::state::Action;

/// The field below a snippet, with what came of what was pasted there.
pub(super) fn evidence(snippet: &Snippet, expected: &str, step: &Rc<Step>, session: &Session) -> Html {
    let (step, snippet, expected) = (step.clone(), snippet.id.clone(), expected.to_owned());
    let inside = session.clone();
    watch(session, Topic::Step(step.id.as_str().into()), move || {
        let Session { store, effects, words, .. } = &inside;
        let record = store.record(&step.id).unwrap_or_default();
        let proof = store.proof(&step, &snippet, &record);
        let (of, pasted, wanted) = (step.id.clone(), snippet.clone(), expected.clone());
        let field_text = effects.field_text.clone();
        let oninput = effects.act.reform(move |event: InputEvent| {
            let output = field_text.emit(event);
            let evidence = (!output.trim().is_empty()).then(|| judge(&wanted, &output));
            Action::Prove { step: of.as_str().into(), snippet: pasted.clone(), evidence }
        });
        html! {
            <div class="uc-evidence">
                <TextField
                    id={inside.dom_id("output", &snippet)}
                    summary={words.paste}
                    label={words.output}
                    value={proof.as_ref().map(|proof| proof.kept.text.clone()).unwrap_or_default()}
                    {oninput}
                />
                <div role="status">
                    if let Some(proof) = &proof {
                        <p class="uc-verdict" data-verdict={proof.name()}>{ proof.in_words(words) }</p>
                    }
                </div>
            </div>
        }
    })
}
