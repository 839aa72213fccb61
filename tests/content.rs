//! The content that ships: it says what the original page says, all of it reaches the
//! reader, and it has no problems.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/drawn.rs"]
mod drawn;
#[path = "support/pages.rs"]
mod pages;

use std::fs;

use drawn::{html, text_of};
use pages::load;
use upgrade_checklist::environment::Environment;
use upgrade_checklist::guide;
use upgrade_checklist::markdoc::{self, Kind, Node, safe_url, validate};
use upgrade_checklist::state::State;

const ORIGINAL: &str = "tests/data/openmetadata-upgrade-1.4.0.md";
const SHIPPED: &str = "content/openmetadata-1.4.0.md";

#[test]
fn without_our_annotations_the_text_is_the_original_paragraph_by_paragraph() {
    let annotated = ["content/prerequisites.md", "content/backward-incompatible-changes/1.4.0.md"]
        .map(|path| fs::read_to_string(path).unwrap());
    let ours: Vec<String> =
        annotated.iter().flat_map(|text| paragraphs(&without_annotations(text))).collect();
    let original = paragraphs(&fs::read_to_string(ORIGINAL).unwrap());
    for (ours, original) in ours.iter().zip(&original) {
        assert_eq!(ours, original);
    }
    assert_eq!(ours.len(), original.len());
}

#[test]
fn every_word_link_and_command_of_the_original_reaches_the_reader() {
    let page = html(load(SHIPPED).0, State::default());
    let text = text_of(&page);
    let original = load(ORIGINAL).0;
    let mut checked = 0;
    for node in &original.children {
        visit(node, &mut |node| {
            if let Kind::Text | Kind::Code | Kind::Fence = node.kind {
                let words = node.string("content").unwrap_or_default();
                let words = words.trim_start_matches(':').trim();
                assert!(text.contains(words), "not on the page: {words:?}");
                checked += 1;
            }
            if let Some(href) = node.string("href") {
                let href = safe_url(href).unwrap();
                let resolved = match href.strip_prefix('/') {
                    Some(path) => format!("https://docs.open-metadata.org/v1.4.x/{path}"),
                    None => href.to_owned(),
                };
                assert!(page.contains(&format!("href=\"{resolved}\"")), "no link leads to {resolved}");
                checked += 1;
            }
        });
    }
    assert!(
        text.contains("Backup Metadata") && text.contains("Learn how to back up MySQL or Postgres data.")
    );
    // A parser that lost half of the original would pass the loop above.
    assert!(checked > 120, "only {checked} pieces of the original were looked for");
}

#[test]
fn the_shipped_content_has_no_problems() {
    let (document, mut problems) = load(SHIPPED);
    problems.extend(validate(&document, &guide::schemas()));
    problems.extend(guide::build(&document, &Environment::default()).problems);
    assert_eq!(problems, []);
}

#[test]
fn what_stands_in_a_file_of_ours_is_marked_as_added() {
    let mut files = 0;
    for folder in ["content/added", "content/added/backup", "content/added/memory"] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let including = path.ends_with("backup/mysql.md") || path.ends_with("backup/postgres.md");
                let (document, _) = markdoc::parse("added.md", &fs::read_to_string(&path).unwrap());
                let marked = document.children.iter().all(|node| node.tag() == Some("added"));
                assert!(marked || including, "{} has text outside `added`", path.display());
                files += 1;
            }
        }
    }
    assert!(files >= 5);
}

/// The text without the tags and annotations that are the checklist's own.
fn without_annotations(text: &str) -> String {
    let ours = ["{% if ", "{% else", "{% /if", "{% partial "];
    let lines = text.lines().filter(|line| !ours.iter().any(|tag| line.starts_with(tag)));
    lines
        .map(|line| match line.find(" {% ") {
            Some(place) if line.starts_with('#') || line.starts_with("```") => &line[..place],
            _ => line,
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n")
        .map(|paragraph| paragraph.trim_matches('\n').to_owned())
        .filter(|p| !p.is_empty())
        .collect()
}

fn visit<'a>(node: &'a Node, look: &mut dyn FnMut(&'a Node)) {
    look(node);
    if node.kind != Kind::Fence {
        node.children.iter().for_each(|child| visit(child, look));
    }
}
