//! Asks the reader which steps to show: those that are open, that concern this run, of one area,
//! or that say some words.

use std::rc::Rc;

use yew::prelude::*;

use super::shown::{Filter, Show, areas};
use super::watch::watch;
use super::{Session, Topic};
use crate::guide::{Guide, Section, plain};

/// How many steps a guide must have for its reader to be offered fewer.
const FEW: usize = 8;

/// The filters, where there are enough steps for them.
pub(super) fn filters(guide: &Rc<Guide>, session: &Session) -> Html {
    if guide.steps().len() < FEW {
        return Html::default();
    }
    let (guide, session) = (guide.clone(), session.clone());
    watch(&session.clone(), Topic::Filter, move || {
        let words = session.words;
        let filter = session.store.filter();
        let all = guide.steps().len();
        let shown = guide.steps().into_iter().filter(|step| session.store.shows(&step.id)).count();
        let search_id = session.own_id("search");
        let area_id = session.own_id("area");
        let set = |change: fn(&mut Filter, String)| {
            let (store, field_text) = (session.store.clone(), session.effects.field_text.clone());
            Callback::from(move |event: InputEvent| {
                let mut filter = store.filter();
                change(&mut filter, field_text.emit(event));
                store.set_filter(filter);
            })
        };
        let (store, focus, field) = (session.store.clone(), session.effects.focus.clone(), search_id.clone());
        let clear = Callback::from(move |_: MouseEvent| {
            focus.emit(field.clone());
            store.set_filter(Filter::default());
        });
        let reviews = guide.phases.iter().any(Section::is_review);
        html! {
            <div class="uc-filter" role="search" aria-label={words.filter}>
                <div class="uc-filter__search">
                    <label for={search_id.clone()}>{ words.search }</label>
                    <input
                        id={search_id}
                        type="search"
                        autocomplete="off"
                        spellcheck="false"
                        value={filter.words.clone()}
                        oninput={set(|filter, words| filter.words = words)}
                    />
                </div>
                <fieldset class="uc-filter__show">
                    <legend>{ words.show }</legend>
                    { show(Show::All, words.show_all, &filter, &session) }
                    { show(Show::Open, words.show_open, &filter, &session) }
                    if reviews {
                        { show(Show::Undecided, words.show_undecided, &filter, &session) }
                        { show(Show::Ours, words.show_ours, &filter, &session) }
                    }
                </fieldset>
                <div class="uc-filter__area">
                    <label for={area_id.clone()}>{ words.area }</label>
                    <select id={area_id} oninput={set(|filter, area| filter.area = Some(area).filter(|area| !area.is_empty()))}>
                        <option value="" selected={filter.area.is_none()}>{ words.everywhere }</option>
                        { for guide.phases.iter().flat_map(areas).map(|(depth, section)| area(section, depth, &filter, &session)) }
                    </select>
                </div>
                <p class="uc-filter__shown" role="status">
                    if shown < all {
                        { (words.shown)(shown, all) }{ " " }
                    }
                </p>
                if filter != Filter::default() {
                    <button type="button" class="uc-button uc-filter__clear" onclick={clear}>{ words.show_everything }</button>
                }
            </div>
        }
    })
}

fn area(section: &Section, depth: usize, filter: &Filter, session: &Session) -> Html {
    let title = ["– ".repeat(depth), plain(&section.title)].concat();
    html! {
        <option lang={session.lang.clone()} value={section.id.clone()} selected={filter.area.as_ref() == Some(&section.id)}>
            { title }
        </option>
    }
}

fn show(show: Show, label: &'static str, filter: &Filter, session: &Session) -> Html {
    let store = session.store.clone();
    let onchange = Callback::from(move |_: Event| store.set_filter(Filter { show, ..store.filter() }));
    html! {
        <label class="uc-radio">
            <input type="radio" name={session.own_id("show")} checked={filter.show == show} {onchange} />
            <span>{ label }</span>
        </label>
    }
}

/// How the changes of a review stand, in a line.
pub(super) fn review(review: &Section, session: &Session) -> Html {
    if !review.is_review() {
        return Html::default();
    }
    let (review, store, words) = (review.clone(), session.store.clone(), session.words);
    if store.is_too_long_to_recount() {
        return Html::default();
    }
    watch(session, Topic::Figures, move || {
        html! { <p class="uc-review" role="status">{ (words.review)(store.review(&review)) }</p> }
    })
}
