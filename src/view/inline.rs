//! Inlines as HTML.

use yew::prelude::*;

use super::Session;
use super::links::number;
use crate::guide::Inline;

/// Text with its markup, as a title that stands in many places.
pub(super) fn inlines(inlines: &[Inline]) -> Html {
    inlines.iter().map(|each| inline(each, None)).collect()
}

/// Text with its markup, in which links to `#…` lead to the part of the checklist that they
/// mean.
pub(super) fn prose(inlines: &[Inline], session: &Session) -> Html {
    inlines.iter().map(|each| inline(each, Some(session))).collect()
}

fn inline(inline: &Inline, session: Option<&Session>) -> Html {
    let inlines =
        |inner: &[Inline]| -> Html { inner.iter().map(|each| self::inline(each, session)).collect() };
    match inline {
        Inline::Text(text) => html! { {text.clone()} },
        Inline::Code(code) => html! { <code>{ code.clone() }</code> },
        Inline::Strong(content) => html! { <strong>{ inlines(content) }</strong> },
        Inline::Em(content) => html! { <em>{ inlines(content) }</em> },
        Inline::Struck(content) => html! { <s>{ inlines(content) }</s> },
        Inline::Link { href, title, content } => {
            let within = href.strip_prefix('#').filter(|fragment| !fragment.is_empty()).zip(session);
            let href = match within {
                Some((fragment, session)) => session.anchor(fragment),
                None => Some(AttrValue::from(href.clone())),
            };
            match href {
                Some(href) => {
                    let number = session.map(|session| number(&href, session));
                    html! {
                        <>
                            <a {href} title={title.clone()} rel="noopener noreferrer">{ inlines(content) }</a>
                            { for number }
                        </>
                    }
                }
                None => inlines(content),
            }
        }
        Inline::Image { src, alt, title } => html! {
            <img src={src.clone()} alt={alt.clone()} title={title.clone()} loading="lazy" />
        },
        Inline::Break => html! { <br /> },
        Inline::Filled(value) => html! { <span class="uc-filled">{ value.clone() }</span> },
        Inline::Variants(variants) => html! {
            <span class="uc-either">
                { for variants.iter().map(|variant| html! {
                    <span class="uc-either__case">
                        { inlines(&variant.value) }
                        <span class="uc-either__label">{ " (" }{ variant.label.clone() }{ ")" }</span>
                    </span>
                }) }
            </span>
        },
    }
}
