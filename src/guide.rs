//! TODO

pub mod bundle;
