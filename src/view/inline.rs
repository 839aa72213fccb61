//! Inlines as HTML.

use yew::prelude::*;

use crate::guide::Inline;

/// Text with its markup.
pub(super) fn inlines(inlines: &[Inline]) -> Html {
    inlines.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> Html {
    match inline {
        Inline::Text(text) => html! { {text.clone()} },
        Inline::Code(code) => html! { <code>{ code.clone() }</code> },
        Inline::Strong(content) => html! { <strong>{ inlines(content) }</strong> },
        Inline::Em(content) => html! { <em>{ inlines(content) }</em> },
        Inline::Struck(content) => html! { <s>{ inlines(content) }</s> },
        Inline::Link { href, title, content } => html! {
            <a href={href.clone()} title={title.clone()} rel="noopener noreferrer">{ inlines(content) }</a>
        },
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
