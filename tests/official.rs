//! Our trees beside those of npm `@markdoc/markdoc`, of every page of ours and of thousands
//! of generated ones.
//!
//! `cargo xtask test markdoc` runs this: it has `markdoc/official/main.mjs` write what the
//! official implementation makes of each page into `target/markdoc/official.jsonl`. A page
//! may differ only for one of the [`DIVERGENCES`].
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/tree.rs"]
mod tree;

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;
use tree::tree;
use upgrade_checklist::markdoc::{Problem, parse};

/// What the official implementation made of a page.
#[derive(Deserialize)]
struct Official {
    /// `file`, `balanced`, `mutated` or `hostile`.
    kind: String,
    page: String,
    #[serde(default)]
    tree: String,
    /// The ids of the critical errors in the tree.
    #[serde(default)]
    errors: Vec<String>,
    throws: Option<String>,
}

type Divergence = (&'static str, fn(&Official, &[Problem]) -> bool);

/// Where we differ on purpose, by the name of the page in `markdoc/divergences` that shows
/// it, and how it is told: from the page, from what Markdoc said, or from what we did.
const DIVERGENCES: &[Divergence] = &[
    ("deep_values", |official, _| official.throws.is_some()),
    ("unmatched_tags", |official, _| official.says("missing-opening") || official.says("missing-closing")),
    ("refused_table_content", |_, problems| warned(problems, "a table's rows are lists")),
    ("text_after_multi_line_tag", |_, problems| warned(problems, "put this on a line of its own")),
    ("leading_white_space", |official, _| official.page.starts_with(char::is_whitespace)),
    ("front_matter_in_quote", |official, _| {
        let first = official.page.lines().next().unwrap_or_default();
        first.starts_with('>') && first.trim_start_matches(['>', ' ', '\t']).trim_end() == "---"
    }),
    ("host_in_brackets", |official, _| official.page.contains("//[") || official.page.contains("@[")),
    ("break_in_address", |official, _| breaks_address(&official.page)),
    ("byte_order_mark", |official, _| official.page.starts_with('\u{feff}')),
];

/// Where we differ in balanced pages too, so that no more than this may differ there: Markdoc takes
/// the line break before a value that stands alone in its line of code.
const VALUE_IN_ITS_LINE: &str = "value_in_its_line";

/// The divergence that a page shows. A balanced one is to be alike, or is no balanced one.
fn declared(official: &Official, problems: &[Problem]) -> Option<&'static Divergence> {
    let is_balanced = official.kind == "balanced";
    DIVERGENCES.iter().find(|(_, applies)| !is_balanced && applies(official, problems))
}

/// A tree without the line breaks, and the blanks behind them, that stand before values.
fn without_breaks_before_values(tree: &str) -> String {
    let lines: Vec<&str> = tree.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_value = |line: &str| {
        line.trim_start().strip_prefix("text content=").is_some_and(|content| !content.starts_with('"'))
    };
    let kept = lines.iter().enumerate().filter_map(|(at, line)| {
        let next = lines.get(at + 1).filter(|next| is_value(next) && indent(next) == indent(line));
        let (Some(_), Some(text)) = (next, line.strip_suffix('"')) else { return Some((*line).to_owned()) };
        let Some(before) = text.trim_end_matches(' ').strip_suffix("\\n") else {
            return Some((*line).to_owned());
        };
        Some([before, "\""].concat()).filter(|line| !line.ends_with("content=\"\""))
    });
    kept.collect::<Vec<_>>().join("\n")
}

/// Whether a backslash stands before a line's end in what may be an address.
fn breaks_address(page: &str) -> bool {
    page.match_indices("\\\n").any(|(at, _)| {
        let line = page[..at].rsplit('\n').next().unwrap_or_default();
        let start = line.rfind("](").max(line.rfind("]:"));
        let address = start.map(|start| line[start + 2..].trim_start());
        address.is_some_and(|address| address.starts_with('<') || !address.contains(' '))
    })
}

fn warned(problems: &[Problem], message: &str) -> bool {
    problems.iter().any(|problem| problem.message.starts_with(message))
}

impl Official {
    fn says(&self, error: &str) -> bool {
        self.errors.iter().any(|found| found == error)
    }
}

/// How many pages of a kind are alike, differ as declared, and differ.
#[derive(Default)]
struct Count {
    alike: usize,
    declared: BTreeMap<&'static str, usize>,
    different: usize,
}

#[test]
fn every_divergence_has_a_page_and_a_line_in_the_documentation() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/markdoc/");
    let documentation = fs::read_to_string([folder, "README.md"].concat()).unwrap();
    let pages = fs::read_dir([folder, "divergences"].concat()).unwrap();
    let pages: Vec<_> = pages.map(|page| page.unwrap().path()).collect();
    for name in DIVERGENCES.iter().map(|(name, _)| *name).chain([VALUE_IN_ITS_LINE]) {
        assert!(pages.iter().any(|page| page.ends_with(format!("{name}.md"))), "{name} has no page");
    }
    for page in pages {
        let name = page.file_stem().unwrap().to_string_lossy();
        assert!(documentation.contains(&format!("| `{name}` |")), "the README says nothing of {name}");
    }
}

#[test]
#[ignore = "run by `cargo xtask test markdoc`, which asks the official implementation"]
fn our_tree_of_every_page_is_the_official_one_but_for_declared_divergences() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/target/markdoc/official.jsonl");
    let lines = fs::read_to_string(path).unwrap();
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let mut different = Vec::new();
    for line in lines.lines() {
        let official: Official = serde_json::from_str(line).unwrap();
        let count = counts.entry(official.kind.clone()).or_default();
        let (document, problems) = parse("page.md", &official.page);
        let ours = tree(&document, false);
        if official.throws.is_none() && ours == official.tree {
            count.alike += 1;
        } else if official.throws.is_none()
            && without_breaks_before_values(&ours) == without_breaks_before_values(&official.tree)
        {
            *count.declared.entry(VALUE_IN_ITS_LINE).or_default() += 1;
        } else if let Some((name, _)) = declared(&official, &problems) {
            *count.declared.entry(name).or_default() += 1;
        } else {
            count.different += 1;
            different.push((official, ours));
        }
    }
    for (kind, Count { alike, declared, different }) in &counts {
        let all = alike + different + declared.values().sum::<usize>();
        println!("{kind:>9}: {alike} of {all} alike, {different} different; declared: {declared:?}");
    }
    // The shortest says most.
    different.sort_by_key(|(official, _)| official.page.len());
    let shown = std::env::var("SHOW").map_or(12, |shown| shown.parse().unwrap());
    for (official, ours) in different.iter().take(shown) {
        println!("--- {} {:?}\nofficial\n{}ours\n{ours}", official.kind, official.page, official.tree);
    }
    assert!(!counts.is_empty() && different.is_empty(), "{} pages differ", different.len());
}
