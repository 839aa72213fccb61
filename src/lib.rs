//! **A page of Markdown and an environment make a guide; a guide and what a person did
//! make a checklist.** This is the map; each module says what goes in and what comes out.
//!
//! ```text
//! content/*.md --markdoc--> Document --+                       +--> view --> the page, print
//!                                      +--guide--> Guide --+---+--> render --> Markdown, text, shell, JSON
//! environment (what the reader runs) --+                   |
//! storage <--saved--> State <--- state::apply <--- Action (a tick, a choice)
//! ```
//!
//! The core (`markdoc`, [`environment`], [`snippet`], [`guide`], [`progress`], [`saved`],
//! [`state`], [`render`]) is pure. [`words`] has all that is said, [`view`] draws. Only `browser`
//! acts, and only a build with the feature `browser` contains it.

pub mod environment;
pub mod guide;
pub mod markdoc;
pub mod progress;
pub mod render;
pub mod saved;
pub mod snippet;
pub mod state;
pub mod view;
pub mod words;

mod by_name;
mod in_order;
mod lower_case;
mod percent;

#[cfg(feature = "browser")]
pub mod browser;
#[cfg(feature = "command")]
pub mod command;
