//! The content that ships: it says what the original page says, all of it reaches the
//! reader, and it has no problems.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/drawn.rs"]
mod drawn;
#[path = "support/guide.rs"]
mod guides;
#[path = "support/pages.rs"]
mod pages;

use std::fs;
use std::path::{Path, PathBuf};

use drawn::{html, text_of};
use pages::load;
use upgrade_checklist::environment::Environment;
use upgrade_checklist::environment::value::ValueType;
use upgrade_checklist::guide::{self, InputKind};
use upgrade_checklist::markdoc::{self, Kind, Node, safe_url, validate};
use upgrade_checklist::state::State;

const ORIGINAL: &str = "tests/markdoc/pages/openmetadata_upgrade.md";
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
fn whatever_a_reader_is_asked_is_used_in_what_they_get() {
    let document = guides::shipped();
    let mut asked = 0;
    for choices in guides::combinations(&document) {
        let mut answers: Vec<(&str, String)> =
            choices.iter().map(|(name, answer)| (name.as_str(), answer.clone())).collect();
        let questions = guides::guide_for(&document, &answers);
        for (number, input) in questions.inputs.iter().enumerate() {
            if let InputKind::Value { value_type, defaults, .. } = &input.kind {
                let usual = input.answer.as_ref().unwrap_or(&defaults[0].value);
                answers.push((&input.name, told_apart(*value_type, usual, number)));
            }
        }
        let guide = guides::guide_for(&document, &answers);
        let steps = guide.steps();
        let snippets = steps.iter().flat_map(|step| step.snippets());
        let texts: Vec<String> = snippets.filter_map(|snippet| snippet.text()).collect();
        for (name, answer) in answers.iter().skip(choices.len()) {
            let kib = answer.strip_suffix("MB").map(|size| size.parse::<u64>().unwrap() * 1024);
            let written = [
                Some(answer.clone()),
                kib.map(|kib| kib.to_string()),
                kib.map(|kib| (kib * 1024).to_string()),
            ];
            let is_used =
                texts.iter().any(|text| written.iter().flatten().any(|written| text.contains(written)));
            // From it another answer is suggested.
            assert!(is_used || *name == "largest_row", "{choices:?} is asked for {name}, to no end");
            asked += 1;
        }
    }
    assert!(asked > 800, "only {asked} questions");
}

#[test]
fn the_recipe_for_a_new_version_makes_a_guide_of_that_version() {
    let readme = fs::read_to_string("README.md").unwrap();
    let recipe = readme.split("For a version 1.5.0:").nth(1).unwrap().split("```").nth(1).unwrap();
    let page = recipe.replace("\n   ", "\n").trim_start().to_owned();
    let notes = "# Changes of 1.5.0\n\n### Something else\n\nLook at it.\n";
    let (document, mut problems) = markdoc::parse("openmetadata-1.5.0.md", &page);
    let (document, more) = markdoc::include(document, &mut |name| match name {
        "backward-incompatible-changes/1.5.0.md" => Some(notes.to_owned()),
        _ => fs::read_to_string(Path::new("content").join(name)).ok(),
    });
    problems.extend(more);
    problems.extend(validate(&document, &guide::schemas()));
    assert_eq!(problems, []);
    for choices in guides::combinations(&document) {
        let answers: Vec<_> = choices.iter().map(|(name, answer)| (name.as_str(), answer.clone())).collect();
        let guide = guides::guide_for(&document, &answers);
        let steps = guide.steps();
        let (mut expected, snippets) = (0, steps.iter().flat_map(|step| step.snippets()));
        for snippet in snippets {
            let (code, expect) = (snippet.text().unwrap_or_default(), snippet.facts.expect.as_deref());
            assert!(
                !code.contains("1.4") && !expect.unwrap_or_default().contains("1.4"),
                "{code}\n{expect:?}"
            );
            expected += usize::from(expect == Some("1.5"));
        }
        assert_eq!(expected, 1, "{choices:?}: the migration is one of 1.5");
    }
}

/// An answer that no other question has; of a version, the last number.
fn told_apart(value_type: ValueType, usual: &str, number: usize) -> String {
    match value_type {
        ValueType::Host => format!("host-{number}.example.com"),
        ValueType::Port | ValueType::Number => format!("{}", 4900 + number),
        ValueType::Path => format!("/path-{number}"),
        ValueType::Size => format!("{}MB", 100 + number),
        ValueType::Version => format!("{}.{}", usual.rsplit_once('.').unwrap().0, number % 8),
        _ => format!("name-{number}"),
    }
}

#[test]
fn what_stands_in_a_file_of_ours_is_marked_as_added() {
    // A file that only our own files include stands inside their mark.
    let included = |folder: &str| -> Vec<String> {
        let partials = files(Path::new(folder)).into_iter().flat_map(|path| {
            let text = fs::read_to_string(path).unwrap();
            let files = text.split("{% partial file=\"").skip(1).filter_map(|rest| rest.split('"').next());
            files.map(|file| format!("content/{file}")).collect::<Vec<_>>()
        });
        partials.collect()
    };
    let (by_anyone, by_us) = (included("content"), included("content/added"));
    let ours = files(Path::new("content/added"));
    assert!(ours.len() > 5);
    for path in ours {
        let name = path.to_str().unwrap();
        let count = |list: &[String]| list.iter().filter(|file| *file == name).count();
        assert!(count(&by_anyone) > 0, "nothing includes {name}");
        let (document, _) = markdoc::parse("added.md", &fs::read_to_string(&path).unwrap());
        let marked = document.children.iter().all(|node| matches!(node.tag(), Some("added" | "partial")));
        assert!(marked || count(&by_anyone) == count(&by_us), "{name} has text outside `added`");
    }
}

#[test]
fn every_command_of_ours_says_what_it_does_what_it_changes_and_how_it_was_verified() {
    let mut fences = 0;
    for path in files(Path::new("content/added")) {
        let (document, _) = markdoc::parse("added.md", &fs::read_to_string(&path).unwrap());
        for node in &document.children {
            visit(node, &mut |node| {
                if node.kind != Kind::Fence {
                    return;
                }
                fences += 1;
                let place = format!("{}: {:?}", path.display(), node.string("title"));
                let scope = node.string("scope").unwrap_or_default();
                // What stands for comparison is no command.
                let compared = matches!(node.string("title"), Some("Before" | "From 1.4.0 on"));
                assert!(node.string("title").is_some(), "{place} has no title");
                assert!(!scope.is_empty(), "{place} has no scope");
                assert!(compared || node.attribute("verified").is_some(), "{place}: how was it verified?");
                let changes_memory =
                    path.starts_with("content/added/memory") && matches!(scope, "role" | "server");
                assert!(
                    !changes_memory || node.attribute("restart").is_some(),
                    "{place}: is a restart needed?"
                );
            });
        }
    }
    assert!(fences > 80);
}

/// The files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The text without the tags and annotations that are the checklist's own.
fn without_annotations(text: &str) -> String {
    let ours = ["{% if ", "{% else", "{% /if", "{% partial "];
    let lines = text.lines().filter(|line| !ours.iter().any(|tag| line.trim_start().starts_with(tag)));
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
