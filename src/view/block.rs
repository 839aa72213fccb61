//! Blocks as HTML.

use yew::prelude::*;

use super::inline::prose;
use super::snippet::figure;
use super::variants::variants;
use super::{Session, links};
use crate::guide::{Block, Callout, Cell, Numbered, address_in, is_outside};

/// Blocks in a row. `depth` is how far below the checklist's title their headings stand.
pub(super) fn blocks(blocks: &[Block], depth: u8, session: &Session) -> Html {
    blocks.iter().map(|one| block(one, depth, session)).collect()
}

fn block(block: &Block, depth: u8, session: &Session) -> Html {
    match block {
        Block::Heading { content, .. } => {
            session.heading(depth + 1, "uc-subheading", prose(content, session))
        }
        Block::Paragraph(content) => html! { <p>{ prose(content, session) }</p> },
        Block::List { start: None, items } => html! { <ul>{ list_items(items, depth, session) }</ul> },
        Block::List { start: Some(start), items } => html! {
            <ol start={start.to_string()}>{ list_items(items, depth, session) }</ol>
        },
        Block::Quote(body) => html! { <blockquote>{ blocks(body, depth, session) }</blockquote> },
        Block::Rule => html! { <hr /> },
        Block::Table { head, rows } => table(head, rows, depth, session),
        Block::Snippet(snippet) => figure(snippet, session),
        Block::Note { kind, body } => html! {
            <div class="uc-note" data-kind={kind.to_ascii_lowercase()} role="note">
                <p class="uc-note__kind">{ kind.clone() }</p>
                { blocks(body, depth, session) }
            </div>
        },
        Block::Callouts(cards) => html! {
            <ul class="uc-cards">{ for cards.iter().map(|card| callout(card, depth, session)) }</ul>
        },
        Block::Numbered(passages) => html! {
            <ul class="uc-numbered">{ for passages.iter().map(|each| numbered(each, depth, session)) }</ul>
        },
        Block::Figure { content, caption } => html! {
            <figure class="uc-figure">
                { prose(content, session) }
                if let Some(caption) = caption {
                    <figcaption>{ caption.clone() }</figcaption>
                }
            </figure>
        },
        Block::Verify(body) => aside("uc-aside uc-verify", session.words.verify, body, depth, session),
        Block::Undo(body) => aside("uc-aside uc-undo", session.words.undo, body, depth, session),
        Block::Added { reason, source, body } => html! {
            <div class="uc-added">
                <p class="uc-added__mark">
                    <span class="uc-added__label">{ session.words.added }</span>
                    if let Some(reason) = reason {
                        <span class="uc-added__reason">{ reason.clone() }</span>
                    }
                </p>
                { blocks(body, depth, session) }
                if let Some(source) = source {
                    <p class="uc-added__source">{ session.words.source }{ ": " }{ linked(source, session) }</p>
                }
            </div>
        },
        Block::Variants(cases) => variants(cases, depth, session),
    }
}

fn aside(class: &'static str, label: &'static str, body: &[Block], depth: u8, session: &Session) -> Html {
    html! {
        <div class={class}>
            <p class="uc-aside__label">{ label }</p>
            { blocks(body, depth, session) }
        </div>
    }
}

fn list_items(items: &[Vec<Block>], depth: u8, session: &Session) -> Html {
    items
        .iter()
        .map(|item| match item.as_slice() {
            // A tight list's items are bare text.
            [Block::Paragraph(content)] => html! { <li>{ prose(content, session) }</li> },
            [Block::Paragraph(content), rest @ ..] => html! {
                <li>{ prose(content, session) }{ blocks(rest, depth, session) }</li>
            },
            body => html! { <li>{ blocks(body, depth, session) }</li> },
        })
        .collect()
}

fn callout(card: &Callout, depth: u8, session: &Session) -> Html {
    html! {
        <li class="uc-card">
            if let Some(href) = &card.href {
                <a class="uc-card__title" href={href.clone()} rel="noopener noreferrer">{ card.title.clone() }</a>
                { links::number(href, session) }
            } else {
                <strong>{ card.title.clone() }</strong>
            }
            { blocks(&card.body, depth, session) }
        </li>
    }
}

fn numbered(passage: &Numbered, depth: u8, session: &Session) -> Html {
    html! {
        <li class="uc-numbered__passage">
            if let Some(number) = passage.number {
                <span class="uc-number">{ number }</span>
            }
            <div class="uc-prose">
                if !passage.title.is_empty() {
                    <p><strong>{ passage.title.clone() }</strong></p>
                }
                { blocks(&passage.body, depth, session) }
            </div>
        </li>
    }
}

fn table(head: &[Cell], rows: &[Vec<Cell>], depth: u8, session: &Session) -> Html {
    let body = |cell: &Cell| match cell.body.as_slice() {
        [Block::Paragraph(content)] => prose(content, session),
        body => blocks(body, depth, session),
    };
    html! {
        <div class="uc-table" tabindex="0" role="group" aria-label={session.words.table}>
            <table>
                if !head.is_empty() {
                    <thead><tr>
                        { for head.iter().map(|cell| html! {
                            <th scope="col" data-align={cell.align.clone()} colspan={span(cell.columns)} rowspan={span(cell.rows)}>{ body(cell) }</th>
                        }) }
                    </tr></thead>
                }
                <tbody>
                    { for rows.iter().map(|row| html! {
                        <tr>{ for row.iter().map(|cell| html! {
                            <td data-align={cell.align.clone()} colspan={span(cell.columns)} rowspan={span(cell.rows)}>{ body(cell) }</td>
                        }) }</tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}

/// How far a cell reaches, where that is more than its own place.
fn span(places: u32) -> Option<String> {
    (places > 1).then(|| places.to_string())
}

/// Words, or an address that becomes a link.
fn linked(source: &str, session: &Session) -> Html {
    source
        .split(' ')
        .enumerate()
        .map(|(index, word)| {
            let space = if index > 0 { " " } else { "" };
            let address = address_in(word);
            if is_outside(address) {
                let shown = address.trim_start_matches("https://").trim_end_matches('/').to_owned();
                let rest = word[address.len()..].to_owned();
                let href = address.to_owned();
                html! { <>{ space }<a {href} rel="noopener noreferrer">{ shown }</a>{ links::number(address, session) }{ rest }</> }
            } else {
                html! { <>{ space }{ word.to_owned() }</> }
            }
        })
        .collect()
}
