//! How far the reader is: a bar and its words.

use std::rc::Rc;

use yew::prelude::*;

use super::store::use_topic;
use super::{Topic, use_session, words};
use crate::guide::{Guide, Section};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ProgressProps {
    pub(super) guide: Rc<Guide>,
}

/// The progress of the whole guide. Its words are announced when they change.
#[component]
pub(super) fn OverallProgress(props: &ProgressProps) -> Html {
    let session = use_session();
    use_topic(&session.store, Topic::Figures);
    let figures = session.store.figures(props.guide.steps());
    if figures.total == 0 {
        return Html::default();
    }
    let label = words::figures(figures);
    html! {
        <div class="uc-progress">
            <progress max="100" value={figures.percent().to_string()} aria-label={label.clone()} />
            <p class="uc-progress__words" aria-live="polite">
                <strong>{ figures.percent() }{ "%" }</strong>{ " " }{ label }
            </p>
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(super) struct CountProps {
    pub(super) guide: Rc<Guide>,
    /// The phase's place among the guide's.
    pub(super) phase: usize,
}

/// How many steps of one phase are done.
#[component]
pub(super) fn PhaseCount(props: &CountProps) -> Html {
    let session = use_session();
    use_topic(&session.store, Topic::Figures);
    let steps = props.guide.phases.get(props.phase).map(Section::steps).unwrap_or_default();
    if steps.is_empty() {
        return Html::default();
    }
    let figures = session.store.figures(steps);
    let finished = figures.finished().to_string();
    html! {
        <span class="uc-count" data-finished={finished} aria-label={words::figures(figures)}>
            { figures.done }{ "/" }{ figures.applicable() }
        </span>
    }
}
