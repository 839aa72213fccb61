//! What the reader runs: choices as radios, and the values that stand in the commands.

use yew::prelude::*;

use super::watch::watch;
use super::{Session, Topic};
use crate::environment::Objection;
use crate::guide::{ChoiceOption, Guide, Input, InputKind, Role, Suggestion};
use crate::state::Action;

/// The panel with every input that applies.
pub(super) fn panel(guide: &Guide, session: &Session) -> Html {
    let (choices, values): (Vec<&Input>, Vec<&Input>) =
        guide.inputs.iter().partition(|input| matches!(input.kind, InputKind::Choice(_)));
    let title = session.own_id("environment");
    let awaited = awaited(guide);
    html! {
        <section class="uc-environment" part="environment" aria-labelledby={title.clone()}>
            { session.named_heading(1, "uc-environment__title", title, html! { {session.words.environment} }) }
            <p class="uc-environment__hint">{ session.words.environment_hint }</p>
            <div class="uc-choices" lang={session.lang.clone()}>
                { for choices.into_iter().map(|input| choice(input, session)) }
            </div>
            if !values.is_empty() {
                <fieldset class="uc-values">
                    <legend>{ session.words.values }</legend>
                    <p class="uc-values__hint">{ session.words.values_hint }</p>
                    <div class="uc-values__fields" lang={session.lang.clone()}>
                        { for values.into_iter().map(|input| value(input, awaited.contains(&&*input.label), session)) }
                    </div>
                    { effect(None, session) }
                </fieldset>
            }
        </section>
    }
}

/// The labels of what commands wait for. What only takes a step back may never be needed.
fn awaited(guide: &Guide) -> Vec<&str> {
    let steps = guide.steps().into_iter().filter(|step| !step.is_optional());
    let snippets = steps.flat_map(|step| step.snippets()).filter(|snippet| snippet.role != Role::Undo);
    let missing = snippets.filter_map(|snippet| match &snippet.code {
        Err(Objection::Missing(label)) => Some(label.as_str()),
        _ => None,
    });
    missing.collect()
}

/// What the last answer did, if it was one to this choice, or to any value: whoever gave it sees no
/// step from here.
fn effect(choice: Option<&Input>, session: &Session) -> Html {
    let (choice, session) = (choice.map(|input| input.name.clone()), session.clone());
    let said = watch(&session.clone(), Topic::Effect, move || {
        let guide = session.store.guide();
        let Some(effect) = session.store.effect() else { return Html::default() };
        let Some(input) = guide.input(&effect.input) else { return Html::default() };
        let place = matches!(input.kind, InputKind::Choice(_)).then_some(&effect.input);
        if place != choice.as_ref() {
            return Html::default();
        }
        let words = (session.words.effect)(effect.changed, effect.before, guide.steps().len());
        match place {
            Some(_) => html! { {words} },
            None => {
                html! { <><span lang={session.lang.clone()}>{ input.label.clone() }</span>{ ": " }{ words }</> }
            }
        }
    });
    html! { <p class="uc-effect" role="status">{ said }</p> }
}

fn choice(input: &Input, session: &Session) -> Html {
    let InputKind::Choice(options) = &input.kind else { return Html::default() };
    let group = session.input_id(&input.name);
    let undecided = !options.iter().any(|option| input.answer.as_deref() == Some(&option.value));
    html! {
        <fieldset
            class="uc-choice"
            data-input={input.name.clone()}
            disabled={session.store.is_locked(&input.name)}
            key={input.name.clone()}
        >
            <legend>{ input.label.clone() }</legend>
            { effect(Some(input), session) }
            if let Some(hint) = &input.hint {
                <p class="uc-choice__hint">{ hint.clone() }</p>
            }
            <div class="uc-choice__options">
                { for options.iter().map(|option| {
                    let checked = input.answer.as_deref() == Some(&option.value);
                    radio(&group, &input.name, Some(option), checked, session)
                }) }
                { radio(&group, &input.name, None, undecided, session) }
            </div>
            if let Some(error) = &input.error {
                <p class="uc-error" role="status">{ (session.words.objection)(error) }</p>
            }
        </fieldset>
    }
}

fn radio(
    group: &AttrValue,
    name: &str,
    option: Option<&ChoiceOption>,
    checked: bool,
    session: &Session,
) -> Html {
    let value = option.map(|option| option.value.clone());
    let action = Action::SetInput { name: name.to_owned(), value: value.clone() };
    let onchange = session.effects.act.reform(move |_: Event| action.clone());
    let ours = session.lang.as_ref().filter(|_| option.is_none()).map(|_| session.words.lang);
    let label = option.map_or(session.words.undecided.to_owned(), |option| option.label.clone());
    html! {
        <label class="uc-radio" data-open={option.is_none().to_string()} lang={ours}>
            <input type="radio" name={group.clone()} value={value.unwrap_or_default()} {checked} {onchange} />
            <span>
                { label }
                if let Some(hint) = option.and_then(|option| option.hint.clone()) {
                    <small>{ hint }</small>
                }
            </span>
        </label>
    }
}

/// Up to how many bytes a field says in its name for whom it is. What is longer folds away.
const MOST_SAID: usize = 60;

fn value(input: &Input, is_awaited: bool, session: &Session) -> Html {
    let InputKind::Value { defaults, suggestion, .. } = &input.kind else { return Html::default() };
    let id = session.input_id(&input.name);
    let help = [&id, "-help"].concat();
    let name = input.name.clone();
    let field_text = session.effects.field_text.clone();
    let oninput = session.effects.act.reform(move |event: InputEvent| {
        let text = field_text.emit(event);
        Action::SetInput { name: name.clone(), value: (!text.is_empty()).then_some(text) }
    });
    // The field shows its default, unless that depends on a choice that is still open.
    let default = match defaults.as_slice() {
        [one] => one.value.clone(),
        _ => String::new(),
    };
    let in_words = input.default_in_words("");
    html! {
        <div class="uc-value" key={input.name.clone()}>
            <label for={id.clone()}>
                { input.label.clone() }
                if is_awaited {
                    { " " }<span class="uc-value__needed">{ session.words.needed }</span>
                }
                if let Some(only) = input.only.as_ref().filter(|only| only.len() <= MOST_SAID) {
                    <span class="uc-value__only">{ session.words.only }{ " " }{ only.clone() }</span>
                }
            </label>
            if let Some(only) = input.only.as_ref().filter(|only| only.len() > MOST_SAID) {
                <details class="uc-value__only">
                    <summary>{ session.words.only_some }</summary>
                    { session.words.only }{ " " }{ only.clone() }
                </details>
            }
            <input
                id={id.clone()}
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                readonly={session.store.is_locked(&input.name)}
                name={id.clone()}
                value={input.answer.clone().unwrap_or_default()}
                placeholder={default.clone()}
                aria-describedby={help.clone()}
                aria-invalid={input.error.is_some().then_some("true")}
                {oninput}
            />
            <p id={help} class="uc-value__help">
                if let Some(error) = &input.error {
                    <span class="uc-error">{ (session.words.objection)(error) }</span>
                } else if input.answer.is_some() && !default.is_empty() {
                    { session.words.default }{ ": " }<code>{ default }</code>
                } else if default.is_empty() && !in_words.is_empty() {
                    { session.words.default }{ ": " }{ in_words }
                } else if let Some(hint) = &input.hint {
                    { hint.clone() }
                } else if !default.is_empty() {
                    { session.words.default }
                }
            </p>
            if let Some(suggestion) = suggestion {
                <p class="uc-value__suggestion" role="status">{ suggested(input, suggestion, id, session) }</p>
            }
        </div>
    }
}

/// What the page suggests, and a button that takes it over. It goes away with its press, and the
/// focus then goes to the element of this id.
fn suggested(input: &Input, suggestion: &Suggestion, then: AttrValue, session: &Session) -> Html {
    let Suggestion { value, instead_of } = suggestion;
    let action = Action::SetInput { name: input.name.clone(), value: Some(value.clone()) };
    let (act, focus) = (session.effects.act.clone(), session.effects.focus.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        focus.emit(then.clone());
        act.emit(action.clone());
    });
    html! {
        <>
            { session.words.suggested }{ ": " }<code>{ value.clone() }</code>{ " " }
            if let Some(more) = instead_of {
                { session.words.most_instead_of }{ " " }<code>{ more.clone() }</code>{ " " }
            }
            if input.passes_over().is_some() {
                <button type="button" class="uc-button" {onclick}>{ session.words.use_it }</button>
            } else {
                { session.words.in_use }
            }
        </>
    }
}

/// That a step's commands have another value than what the page suggests, beside them: the
/// question itself may be far away. `step` is the id of the step's box.
pub(super) fn passed_over(inputs: &[Input], step: &AttrValue, session: &Session) -> Html {
    let one = |input: &Input| {
        let suggestion = input.passes_over()?;
        Some(html! {
            <p key={input.name.clone()} class="uc-value__suggestion uc-step__suggestion">
                { input.label.clone() }{ " · " }{ suggested(input, suggestion, step.clone(), session) }
            </p>
        })
    };
    inputs.iter().filter_map(one).collect()
}
