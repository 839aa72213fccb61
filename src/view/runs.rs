//! The runs of the guide, as "staging" and "production": which one is shown, and all that can
//! be done with a whole run. Folded to one line until it is wanted.

use yew::prelude::*;

use super::around::KnownRuns;
use super::watch::watch;
use super::{CopyRequest, Notice, Session, Topic, Wish, tasks};
use crate::guide::InputKind;
use crate::saved::{unused_id, write_link};
use crate::state::Action;

/// The line that says which run is shown, and what unfolds from it. `address` is the page's,
/// where links to it may be made.
pub(super) fn panel(session: &Session, address: &Option<AttrValue>) -> Html {
    let (session, address) = (session.clone(), address.clone());
    watch(&session.clone(), Topic::Runs, move || {
        let KnownRuns { shown, runs } = session.store.runs();
        let name = session.store.run_name();
        let (put_away, others): (Vec<_>, Vec<_>) =
            runs.iter().filter(|run| run.id != shown).partition(|run| run.deleted);
        let field_text = session.effects.field_text.clone();
        let rename = session.effects.act.reform({
            let field_text = field_text.clone();
            move |event: InputEvent| Action::Rename(field_text.emit(event))
        });
        // While it is typed, it may well be that of another for a moment.
        let others_of_name = runs.iter().filter(|run| run.id != shown).cloned().collect::<Vec<_>>();
        let (act, store) = (session.effects.act.clone(), session.store.clone());
        let renamed = Callback::from(move |_: Event| {
            let name = store.own_name();
            let unused = unused_id(name.trim(), &others_of_name);
            if !name.trim().is_empty() && unused != name.trim() {
                act.emit(Action::Rename(unused));
            }
        });
        let name_id = session.own_id("run-name");
        html! {
            <details class="uc-runs">
                <summary id={session.own_id("runs")} class="uc-runs__line">
                    <span class="uc-runs__label">{ session.words.run }</span>{ " " }
                    <strong>{ session.words.name_of_run(&name) }</strong>
                </summary>
                <div class="uc-runs__panel">
                    if !others.is_empty() {
                        <ul class="uc-runs__list" aria-label={session.words.other_runs}>
                            { for others.iter().map(|run| html! {
                                <li key={run.id.clone()}>
                                    { button(&session, session.words.name_of_run(&run.name), Wish::OpenRun(run.id.clone())) }
                                </li>
                            }) }
                        </ul>
                    }
                    <div class="uc-runs__field">
                        <label for={name_id.clone()}>{ session.words.run_name }</label>
                        <input id={name_id} type="text" autocomplete="off" maxlength="80" placeholder={session.words.name_of_run(&shown)} value={session.store.own_name()} oninput={rename} onchange={renamed} />
                        if !others.is_empty() {
                            { button(&session, session.words.delete_run, Wish::DeleteRun) }
                        }
                    </div>
                    { new_run(&session) }
                    { carry(&session, &address) }
                    if !put_away.is_empty() {
                        <ul class="uc-runs__away" aria-label={session.words.deleted_runs}>
                            { for put_away.iter().map(|run| html! {
                                <li key={run.id.clone()}>
                                    <span>{ [session.words.deleted, ": ", &session.words.name_of_run(&run.name)].concat() }</span>
                                    { button(&session, session.words.restore_run, Wish::RestoreRun(run.id.clone())) }
                                    { button(&session, session.words.forget_run, Wish::ForgetRun(run.id.clone())) }
                                </li>
                            }) }
                        </ul>
                    }
                </div>
            </details>
        }
    })
}

/// A name, and a press that starts a run of that name.
fn new_run(session: &Session) -> Html {
    let name = session.store.new_run();
    let typed = {
        let (store, field_text) = (session.store.clone(), session.effects.field_text.clone());
        Callback::from(move |event: InputEvent| store.set_new_run(field_text.emit(event)))
    };
    let start = {
        let (store, wish) = (session.store.clone(), session.effects.wish.clone());
        Callback::from(move |_: MouseEvent| {
            let wanted = store.new_run().trim().to_owned();
            if !wanted.is_empty() {
                store.set_new_run(String::new());
                wish.emit(Wish::NewRun(wanted));
            }
        })
    };
    let id = session.own_id("new-run");
    html! {
        <div class="uc-runs__field">
            <label for={id.clone()}>{ session.words.new_run }</label>
            <input
                {id}
                type="text"
                autocomplete="off"
                maxlength="80"
                placeholder={session.words.new_run_example}
                value={name.clone()}
                oninput={typed}
            />
            <button type="button" class="uc-button" onclick={start} disabled={name.trim().is_empty()}>
                { session.words.start_run }
            </button>
        </div>
    }
}

/// What takes a run out of this browser, and into it.
fn carry(session: &Session, address: &Option<AttrValue>) -> Html {
    let file_id = session.own_id("run-file");
    let read = session.effects.wish.reform(Wish::ReadFile);
    let copy_tasks = copying(session, session.words.copied_tasks, tasks::tasks);
    html! {
        <div class="uc-runs__carry">
            { button(session, session.words.save_file, Wish::SaveFile) }
            <label class="uc-button uc-runs__file" for={file_id.clone()}>
                { session.words.read_file }
                <input id={file_id} type="file" accept=".json,application/json" onchange={read} />
            </label>
            <button type="button" class="uc-button" onclick={copy_tasks}>{ session.words.copy_tasks }</button>
            if let Some(address) = address {
                { for [(session.words.copy_link, false), (session.words.copy_link_with_values, true)].map(|(label, values)| {
                    let address = address.clone();
                    let link = move |session: &Session| [&*address, &link(session, values)].concat();
                    let onclick = copying(session, session.words.copied_link, link);
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
            let text = if worked { copied } else { session.words.copy_refused };
            let notice = Notice { kind: "copied", text: text.to_owned(), urgent: !worked, remedy: None };
            store.notify("copied", Some(notice));
        });
        session.effects.copy.emit(CopyRequest { snippet: None, text: text(&session), done });
    })
}

/// The part of an address that carries what the reader chose and, if asked, typed.
fn link(session: &Session, values: bool) -> String {
    let (guide, state) = (session.store.guide(), session.store.state());
    let is_carried = |(name, _): &(&str, &str)| {
        // What the page does not let them say is not shown to them, and theirs alone.
        let input = guide.input(name).filter(|input| input.is_answered() && !session.store.is_locked(name));
        input.is_some_and(|input| values || matches!(input.kind, InputKind::Choice(_)))
    };
    write_link(state.inputs().filter(is_carried))
}

/// A button that grants a wish.
pub(super) fn button(session: &Session, label: impl Into<AttrValue>, wish: Wish) -> Html {
    let label = label.into();
    html! { <button type="button" class="uc-button" onclick={session.wishing(wish)}>{ label }</button> }
}
