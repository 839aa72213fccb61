//! Markdoc: text goes in, a [`Document`] and a list of [`Problem`]s come out.
//!
//! Start with [`parse()`] (what a file says), then [`include()`] (partials put in their
//! places), [`validate()`] (whether its tags are used as they are meant) and
//! [`Value::evaluate`] (what a variable or function is worth to one reader). Nothing here
//! knows of steps, databases or a browser.
//!
//! # How a page is read
//!
//! The folder `parse` holds the parts:
//!
//! ```text
//! text --blocks--> a tree whose texts are still unread --inlines, table_tag--> Document
//!                                                        |
//!                                mask: one text for pulldown-cmark to read
//! ```
//!
//! 1. `blocks` finds headings, lists, fences, tables and tags that stand on lines of their
//!    own, by Markdoc's rules, and takes what is inside of them into one text, `plain`.
//! 2. `plain` finds the pieces of most texts; in the others `mask` hides tags and emphasis
//!    and pulldown-cmark reads them. `inlines` makes nodes of what they find, on a `stack`;
//!    `emphasis` pairs the marks there, `tag` reads what stands in `{% … %}`.
//! 3. `table_tag` makes rows of the lists in each `{% table %}` once its content is read.
//!
//! Each text remembers where it was taken from (`extract`), so every node and problem
//! has its bytes in the file, through all of this. Time is linear in the length of a page,
//! and depth is bounded, so that reading, drawing and dropping a tree cannot exhaust the
//! stack.
//!
//! # Where we differ from Markdoc
//!
//! The tree is that of npm `@markdoc/markdoc` 0.5 as the documentation's site calls it
//! (no comments, no indentation). `tests/markdoc` holds it against the official one. What
//! differs on purpose, each with a page in `tests/markdoc/divergences`:
//!
//! - Markdoc loses text: what follows a tag of several lines on its last, what follows a
//!   tag in a page that begins with white space, what is no list in `{% table %}`, what
//!   stands between `---` in a quote on the first line, and the rest of a page where
//!   100 tags stand in each other. We keep it, and say so where the author should know.
//! - A tag that is not closed, or not open, ends with the item, quote or text that it
//!   stands in, where Markdoc lets it break the tree around it. One that closes nothing is
//!   an `error` node.
//! - Values nested deeper than 64, at which Markdoc throws, are a problem, and emphasis
//!   deeper than 32 is text.
//! - A byte order mark is not text. A tag's name after a fence's language is dropped, its
//!   attributes are kept. An address ends with its line. A value alone in a line of code
//!   stays in it, where Markdoc joins it to the line before.
//!
//! `tests/markdoc/README.md` lists them all, and how exact we are beyond them.

mod ast;
mod attributes;
mod branches;
pub mod docs_site;
pub mod encode;
mod heading_id;
#[cfg(feature = "command")]
pub mod html;
#[cfg(feature = "parser")]
mod include;
#[cfg(feature = "parser")]
mod parse;
mod problem;
#[cfg(feature = "parser")]
mod schema;
mod suggest;
#[cfg(feature = "command")]
pub mod tree;
mod url;
#[cfg(feature = "parser")]
mod validate;
mod value;

#[cfg(feature = "command")]
pub(crate) use ast::Lines;
pub use ast::{Document, Kind, Node, Source, Span};
pub use attributes::{Annotation, Attributes, Name};
pub(crate) use branches::{Branch, Guard, branches};
pub use heading_id::{heading_ids, heading_ids_of, is_heading_id};
#[cfg(feature = "parser")]
pub use include::{MISSING_PARTIAL, include};
#[cfg(feature = "parser")]
pub use parse::parse;
pub use problem::{Problem, Severity, Word};
#[cfg(feature = "parser")]
pub use schema::{AttributeSchema, Schema, Schemas, Type};
pub use suggest::suggest;
pub use url::{Base, safe_url};
#[cfg(feature = "parser")]
pub use validate::validate;
pub use value::{Function, Scope, Segment, Value, Variable, number_text};
