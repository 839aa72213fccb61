//! The runs of the guide, as "staging" and "production": which one is shown, and all that can
//! be done with a whole run. Folded to one line until it is wanted.

use yew::prelude::*;

use super::store::KnownRuns;
use super::watch::use_topic;
use super::{CopyRequest, Notice, Session, Topic, Wish, tasks, words};
use crate::guide::InputKind;
use crate::saved::write_link;
use crate::state::Action;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct RunsProps {
    pub(super) session: Session,
    /// The page's address, where links to it may be made.
    pub(super) address: Option<AttrValue>,
}

/// The line that says which run is shown, and what unfolds from it.
#[component]
pub(super) fn RunsPanel(props: &RunsProps) -> Html {
    let RunsProps { session, address } = props;
    use_topic(&session.store, Topic::Runs);
    let KnownRuns { shown, runs } = session.store.runs();
    let name = session.store.run_name();
    let (put_away, others): (Vec<_>, Vec<_>) =
        runs.iter().filter(|run| run.id != shown).partition(|run| run.deleted);
    let field_text = session.effects.field_text.clone();
    let rename = session.effects.act.reform({
        let field_text = field_text.clone();
        move |event: InputEvent| Action::Rename(field_text.emit(event))
    });
    let name_id = session.own_id("run-name");
    html! {
        <details class="uc-runs">
            <summary class="uc-runs__line">
                <span class="uc-runs__label">{ words::RUN }</span>{ " " }
                <strong>{ words::run_name(&name) }</strong>
            </summary>
            <div class="uc-runs__panel">
                if !others.is_empty() {
                    <ul class="uc-runs__list" aria-label={words::OTHER_RUNS}>
                        { for others.iter().map(|run| html! {
                            <li key={run.id.clone()}>
                                { button(session, words::run_name(&run.name), Wish::OpenRun(run.id.clone())) }
                            </li>
                        }) }
                    </ul>
                }
                <div class="uc-runs__field">
                    <label for={name_id.clone()}>{ words::RUN_NAME }</label>
                    <input id={name_id} type="text" autocomplete="off" maxlength="80" placeholder={words::run_name(&shown)} value={session.store.own_name()} oninput={rename} />
                    if !others.is_empty() {
                        { button(session, words::DELETE_RUN, Wish::DeleteRun) }
                    }
                </div>
                <NewRun session={session.clone()} />
                { carry(session, address) }
                if !put_away.is_empty() {
                    <ul class="uc-runs__away" aria-label={words::DELETED_RUNS}>
                        { for put_away.iter().map(|run| html! {
                            <li key={run.id.clone()}>
                                <span>{ words::deleted(&run.name) }</span>
                                { button(session, words::RESTORE_RUN, Wish::RestoreRun(run.id.clone())) }
                                { button(session, words::FORGET_RUN, Wish::ForgetRun(run.id.clone())) }
                            </li>
                        }) }
                    </ul>
                }
            </div>
        </details>
    }
}

/// A name, and a press that starts a run of that name.
#[component]
fn NewRun(props: &NewRunProps) -> Html {
    let session = &props.session;
    let name = use_state_eq(String::new);
    let typed = {
        let (name, field_text) = (name.clone(), session.effects.field_text.clone());
        Callback::from(move |event: InputEvent| name.set(field_text.emit(event)))
    };
    let start = {
        let (name, wish) = (name.clone(), session.effects.wish.clone());
        Callback::from(move |_: MouseEvent| {
            let wanted = name.trim().to_owned();
            if !wanted.is_empty() {
                name.set(String::new());
                wish.emit(Wish::NewRun(wanted));
            }
        })
    };
    let id = session.own_id("new-run");
    html! {
        <div class="uc-runs__field">
            <label for={id.clone()}>{ words::NEW_RUN }</label>
            <input
                {id}
                type="text"
                autocomplete="off"
                maxlength="80"
                placeholder={words::NEW_RUN_EXAMPLE}
                value={(*name).clone()}
                oninput={typed}
            />
            <button type="button" class="uc-button" onclick={start} disabled={name.trim().is_empty()}>
                { words::START_RUN }
            </button>
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct NewRunProps {
    session: Session,
}

/// What takes a run out of this browser, and into it.
fn carry(session: &Session, address: &Option<AttrValue>) -> Html {
    let file_id = session.own_id("run-file");
    let read = session.effects.wish.reform(Wish::ReadFile);
    let copy_tasks = copying(session, words::COPIED_TASKS, tasks::tasks);
    html! {
        <div class="uc-runs__carry">
            { button(session, words::SAVE_FILE, Wish::SaveFile) }
            <label class="uc-button uc-runs__file" for={file_id.clone()}>
                { words::READ_FILE }
                <input id={file_id} type="file" accept=".json,application/json" onchange={read} />
            </label>
            <button type="button" class="uc-button" onclick={copy_tasks}>{ words::COPY_TASKS }</button>
            if let Some(address) = address {
                { for [(words::COPY_LINK, false), (words::COPY_LINK_WITH_VALUES, true)].map(|(label, values)| {
                    let address = address.clone();
                    let link = move |session: &Session| [&*address, &link(session, values)].concat();
                    let onclick = copying(session, words::COPIED_LINK, link);
                    html! { <button type="button" class="uc-button" {onclick}>{ label }</button> }
                }) }
            }
        </div>
    }
}

/// Copies a text that is made when it is asked for, and says whether that worked.
fn copying(
    session: &Session,
    copied: &'static str,
    text: impl Fn(&Session) -> String + 'static,
) -> Callback<MouseEvent> {
    let session = session.clone();
    Callback::from(move |_| {
        let store = session.store.clone();
        let done = Callback::from(move |worked: bool| {
            let text = if worked { copied } else { words::COPY_REFUSED };
            let notice = Notice { kind: "copied", text: text.to_owned(), urgent: !worked, remedy: None };
            store.notify("copied", Some(notice));
        });
        session.effects.copy.emit(CopyRequest { snippet: None, text: text(&session), done });
    })
}

/// The part of an address that carries what the reader chose and, if asked, typed.
fn link(session: &Session, values: bool) -> String {
    let guide = session.store.guide();
    let is_carried = |name: &str| {
        let input = guide.input(name).filter(|input| input.is_answered());
        input.is_some_and(|input| values || matches!(input.kind, InputKind::Choice(_)))
    };
    let answers = session.store.answers();
    write_link(answers.iter().filter(|(name, _)| is_carried(name)).map(|(name, answer)| (&**name, &**answer)))
}

fn button(session: &Session, label: impl Into<AttrValue>, wish: Wish) -> Html {
    let label = label.into();
    html! { <button type="button" class="uc-button" onclick={session.wishing(wish)}>{ label }</button> }
}
