//! Test cases that are files in a folder.

use std::fs;
use std::path::{Path, PathBuf};

/// The pages in a folder, each with the whole of its path. An empty folder fails the test,
/// as it would pass every other.
pub fn pages(folder: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::canonicalize(entry.unwrap().path()).unwrap());
    let is_page = |path: &PathBuf| Path::new(path).extension().is_some_and(|extension| extension == "md");
    let pages: Vec<PathBuf> = files.filter(is_page).collect();
    assert!(!pages.is_empty(), "no page in {folder}");
    pages
}
