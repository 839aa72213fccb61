//! Markdoc: text goes in, a [`Document`] and a list of [`Problem`]s come out.
//!
//! Start with [`parse()`] (what a file says), then [`include()`] (partials put in their
//! places) and [`Value::evaluate`] (what a variable or function is worth to one reader).
//! Nothing here knows of steps, databases or a browser.

mod ast;
pub mod encode;
#[cfg(feature = "command")]
pub mod html;
mod problem;
mod schema;
#[cfg(feature = "command")]
pub mod tree;
mod url;
mod validate;
mod value;

#[cfg(feature = "parser")]
mod attributes;
#[cfg(feature = "parser")]
mod blocks;
#[cfg(feature = "parser")]
mod emphasis;
#[cfg(feature = "parser")]
mod extract;
#[cfg(feature = "parser")]
mod fence;
#[cfg(feature = "parser")]
mod include;
#[cfg(feature = "parser")]
mod inlines;
#[cfg(feature = "parser")]
mod lines;
#[cfg(feature = "parser")]
mod mask;
#[cfg(feature = "parser")]
mod parse;
#[cfg(feature = "parser")]
mod pipe_table;
#[cfg(feature = "parser")]
mod punctuation;
#[cfg(feature = "parser")]
mod references;
#[cfg(feature = "parser")]
mod scan;
#[cfg(feature = "parser")]
mod table_tag;
#[cfg(feature = "parser")]
mod tag;

pub use ast::{Annotation, Document, Kind, Node, Source, Span};
#[cfg(feature = "parser")]
pub use include::include;
#[cfg(feature = "parser")]
pub use parse::parse;
pub use problem::{Problem, Severity};
pub use schema::{AttributeSchema, Schema, Schemas, Type};
pub use url::safe_url;
pub use validate::{suggest, validate};
pub use value::{Function, Scope, Segment, Value, Variable};
