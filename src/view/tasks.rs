//! Where the run stands, as a task list for a ticket.

use super::{Session, Standing};
use crate::guide::Step;
use crate::progress::StepState;
use crate::render::{self, Task};
use crate::words::Words;

/// The task list of the run that is shown.
pub(super) fn tasks(session: &Session) -> String {
    let store = &session.store;
    let guide = store.guide();
    let mut facts = vec![[session.words.run, ": ", &session.words.name_of_run(&store.run_name())].concat()];
    for input in guide.inputs.iter().filter(|input| input.is_answered()) {
        let answer = input.answer.as_deref().unwrap_or_default();
        facts.push([&input.label, ": ", &super::standing::label(Some(input), answer)].concat());
    }
    facts.push((session.words.figures)(store.all_figures()));
    render::tasks(&guide, &facts, &|step| task(step, session, session.words))
}

/// How a step stands in the run that is shown, in these words.
pub(super) fn task(step: &Step, session: &Session, words: &Words) -> Task {
    let Standing { state, record, marked_for } = session.store.standing(step);
    let mut remarks = Vec::new();
    if record.mark().is_some() {
        remarks.push((words.state)(state).to_owned());
        remarks.push(session.effects.time.emit(record.decision.value.clock));
    }
    if !marked_for.is_empty() {
        remarks.push((words.marked_for_short)(&marked_for));
    }
    remarks.retain(|remark| !remark.is_empty());
    let mut lines = Vec::new();
    if !record.reason.value.is_empty() {
        lines.push([words.reason, ": ", &record.reason.value].concat());
    }
    if !record.note.value.is_empty() {
        lines.push([words.note, ": ", &record.note.value].concat());
    }
    for proof in session.store.proofs(step, &record) {
        lines.push(proof.in_words(words));
        lines.push(proof.kept.text.clone());
    }
    Task {
        ticked: !state.is_open(),
        struck: state == StepState::NotApplicable,
        remark: remarks.join(", "),
        note: lines.join("\n"),
    }
}
