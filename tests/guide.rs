//! Pages become guides. A case is a page in `tests/guide/` and beside it the outline that
//! is expected of it; `UPDATE_EXPECT=1 cargo test --test guide` writes the outlines anew.
//!
//! The front matter of a case may say what its reader answered: `answers: engine=mysql`. Its
//! partials stand in folders beside it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use expect_test::expect_file;
use upgrade_checklist::environment::Environment;
use upgrade_checklist::guide::{self, Block, Entry, Guide, Inline, Input, InputKind, Place, Section, plain};
use upgrade_checklist::markdoc::{self, Document, Problem};

#[path = "support/cases.rs"]
mod cases;
#[path = "support/pages.rs"]
mod pages;
use pages::load;

/// Where the shipped guide knows a database to run.
const HOSTINGS: [&str; 7] =
    ["self-managed", "docker-compose", "kubernetes", "aws-rds", "aws-aurora", "azure", "cloud-sql"];

#[test]
fn every_page_becomes_the_guide_that_stands_beside_it() {
    cases::pages("tests/guide").iter().for_each(|page| check(page));
}

#[test]
fn the_original_page_gives_thirteen_steps_as_it_is() {
    let (document, problems) = load("tests/markdoc/pages/openmetadata_upgrade.md");
    assert_eq!(problems, []);
    let guide = guide::build(&document, &Environment::default());
    assert_eq!(guide.problems, []);
    let counts: Vec<(&str, usize)> =
        guide.phases.iter().flat_map(groups).map(|(section, steps)| (section.id.as_str(), steps)).collect();
    assert_eq!(
        counts,
        [
            ("prerequisites", 2),
            ("backward-incompatible-changes/1.4.0/tooling", 3),
            ("backward-incompatible-changes/1.4.0/ui", 5),
            ("backward-incompatible-changes/1.4.0/api", 3),
        ]
    );
}

#[test]
fn the_shipped_steps_are_those_on_the_list() {
    // A changed id loses ticks unless it becomes an alias; a changed fingerprint asks every
    // reader to look again. Both may be right, and neither may go unseen.
    let guide = guide::build(&load("content/openmetadata-1.4.0.md").0, &Environment::default());
    let steps = guide.steps();
    let list: String = steps.iter().map(|step| format!("{} {}\n", step.fingerprint, step.id)).collect();
    expect_file!["data/shipped-steps.txt"].assert_eq(&list);
}

#[test]
fn the_line_for_a_missing_value_has_the_quotes_that_any_value_would_have() {
    let page = "{% input name=\"memory\" type=\"size\" label=\"Memory\" /%}\n\n\
        {% input name=\"role\" type=\"identifier\" label=\"Role\" /%}\n\n# P\n\n## S\n\n\
        ```pgsql\nALTER ROLE {% $role %} SET work_mem = {% mb($memory) %};\n\
        SELECT {% text($role) %}, {% kib($memory) %};\n```\n";
    let (document, _) = markdoc::parse("page.md", page);
    let guide = guide::build(&document, &Environment::default());
    let blank: String = guide.steps()[0].snippets()[0].blank.iter().map(|run| run.text.as_str()).collect();
    assert_eq!(blank, "ALTER ROLE __________ SET work_mem = '__________';\nSELECT '__________', __________;");
}

#[test]
fn all_that_a_step_says_is_found() {
    let page = "# P\n\n## Step\n\n{% note noteType=\"Warning\" %}\nCare.\n{% /note %}\n\n\
        {% added reason=\"Learnt here\" source=\"a ticket\" %}\nMore.\n{% /added %}\n\n\
        {% inlineCallout icon=\"x\" bold=\"A card\" href=\"/a\" %}\nOn.\n{% /inlineCallout %}\n\n\
        {% image src=\"/a.png\" alt=\"A picture\" caption=\"Below it\" /%}\n\n\
        ```sh {% title=\"Look\" caution=\"Slow\" expect=\"20MB\" %}\nls\n```\n";
    let (document, problems) = markdoc::parse("page.md", page);
    assert_eq!(problems, []);
    let said = guide::build(&document, &Environment::default()).steps()[0].search_text();
    for words in [
        "step",
        "warning",
        "care.",
        "learnt here",
        "a ticket",
        "more.",
        "a card",
        "on.",
        "a picture",
        "below it",
        "look",
        "slow",
        "20mb",
        "ls",
    ] {
        assert!(said.contains(words), "{words:?} in {said:?}");
    }
}

#[test]
fn a_link_leads_to_the_id_that_an_author_gave_before_a_heading_of_these_words() {
    let page = "# Upgrade\n\n## Migrate\n\n### Run it {% #migrate %}\n\nRun.\n\n### Restore\n\nFrom the dump.\n\n\
        ### Restore from a snapshot {% #restore aliases=[\"run-it\"] %}\n\nFrom the cloud.\n";
    let (document, problems) = markdoc::parse("page.md", page);
    assert_eq!(problems, []);
    let guide = guide::build(&document, &Environment::default());
    for (fragment, place) in [
        ("migrate", Place::Step("migrate")),
        ("restore", Place::Step("restore")),
        ("run-it", Place::Step("restore")),
        ("upgrade", Place::Section("upgrade")),
        ("restore-from-a-snapshot", Place::Step("restore")),
    ] {
        assert_eq!(guide.place_of(fragment), Some(place), "{fragment}");
    }
}

#[test]
fn a_step_keeps_its_id_and_fingerprint_whatever_the_reader_runs() {
    let document = load("content/openmetadata-1.4.0.md").0;
    let of = |environment: &Environment| -> Vec<(String, String)> {
        let guide = guide::build(&document, environment);
        guide.steps().iter().map(|step| (step.id.clone(), step.fingerprint.clone())).collect()
    };
    let all = of(&Environment::default());
    for engine in ["mysql", "postgres"] {
        for hosting in HOSTINGS {
            let environment = Environment::default()
                .with("engine", engine)
                .with("hosting", hosting)
                .with("host", "db.example.org")
                .with("memory", "64MB");
            let of_this_reader = of(&environment);
            assert!(of_this_reader.len() > 30, "{engine}, {hosting}: {of_this_reader:?}");
            for step in of_this_reader {
                assert!(all.contains(&step), "{engine}, {hosting}: {step:?} is none of {all:?}");
            }
        }
    }
}

#[test]
fn the_fingerprint_follows_the_words_and_not_how_lines_are_broken() {
    let fingerprint = |body: &str| {
        let (document, _) = markdoc::parse("page.md", &format!("# Phase\n\n## Step\n\n{body}\n"));
        guide::build(&document, &Environment::default()).steps()[0].fingerprint.clone()
    };
    let original = fingerprint("Stop the server, then\nwait.");
    assert_eq!(original, fingerprint("Stop the server,\nthen wait."));
    assert_ne!(original, fingerprint("Stop the server, then go."));
    assert_ne!(original, fingerprint("Stop the **server**, then wait."));
}

fn check(page: &Path) {
    let (document, problems) = load(page.to_str().unwrap());
    let guide = guide::build(&document, &answers(&document));
    let mut outline = outline(&guide);
    let mut known = BTreeSet::new();
    for problem in problems.iter().chain(&guide.problems) {
        let line = place(&document, problem);
        // What is for several readers is written for each, and so is what is wrong in it.
        if known.insert(line.clone()) {
            writeln!(outline, "{line}").unwrap();
        }
    }
    expect_file![page.with_extension("txt")].assert_eq(&outline);
}

fn answers(page: &Document) -> Environment {
    let front_matter = page.front_matter.as_deref().unwrap_or_default();
    let said = front_matter.lines().find_map(|line| line.strip_prefix("answers:")).unwrap_or_default();
    said.split_whitespace().filter_map(|answer| answer.split_once('=')).collect()
}

fn place(document: &Document, problem: &Problem) -> String {
    let source = &document.sources[problem.span.source as usize];
    let (line, column) = source.line_column(problem.span.start);
    format!("{line}:{column}: {:?}: {}", problem.severity, problem.message)
}

/// Sections that hold steps themselves, with how many.
fn groups(section: &Section) -> Vec<(&Section, usize)> {
    let mut groups = Vec::new();
    let own = section.entries.iter().filter(|entry| matches!(entry, Entry::Step(_))).count();
    if own > 0 {
        groups.push((section, own));
    }
    for entry in &section.entries {
        if let Entry::Section(inner) = entry {
            groups.extend(self::groups(inner));
        }
    }
    groups
}

fn outline(guide: &Guide) -> String {
    let mut out = format!("{} ({})\n", guide.title, guide.id);
    for input in &guide.inputs {
        writeln!(out, "? {}", asked(input)).unwrap();
    }
    blocks(&guide.intro, 1, &mut out);
    for phase in &guide.phases {
        section(phase, 0, &mut out);
    }
    out
}

fn asked(input: &Input) -> String {
    let mut out = format!("{} “{}”", input.name, input.label);
    match &input.kind {
        InputKind::Choice(options) => {
            let labels: Vec<&str> = options.iter().map(|option| option.label.as_str()).collect();
            write!(out, " one of {}", labels.join(" | ")).unwrap();
        }
        InputKind::Value { value_type, defaults, suggestion } => {
            write!(out, ": {}", value_type.name()).unwrap();
            for default in defaults {
                write!(out, ", {}", default.value).unwrap();
                if !default.label.is_empty() {
                    write!(out, " for {}", default.label).unwrap();
                }
            }
            if let Some(suggestion) = suggestion {
                let other = input.passes_over().map_or("", |_| " instead");
                let more = suggestion.instead_of.as_ref().map(|more| format!(" of {more}"));
                write!(out, ", suggested {}{}{other}", suggestion.value, more.unwrap_or_default()).unwrap();
            }
        }
    }
    let error = input.error.as_ref().map(ToString::to_string);
    for (word, text) in [("only for", &input.only), ("answer", &input.answer), ("error", &error)] {
        if let Some(text) = text {
            write!(out, "; {word}: {text}").unwrap();
        }
    }
    out
}

fn section(section: &Section, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    writeln!(out, "{indent}# {} ({}){}", plain(&section.title), section.id, only(section.only.as_deref()))
        .unwrap();
    blocks(&section.intro, depth + 1, out);
    for entry in &section.entries {
        match entry {
            Entry::Section(inner) => self::section(inner, depth + 1, out),
            Entry::Text(text) => blocks(text, depth + 1, out),
            Entry::Step(step) => {
                write!(out, "{indent}  [ ] {} ({})", plain(&step.title), step.id).unwrap();
                out.push_str(&only(step.only.as_deref()));
                if let Some(severity) = &step.severity {
                    write!(out, ", {severity}").unwrap();
                }
                if let Some(minutes) = step.minutes {
                    write!(out, ", {minutes} min").unwrap();
                }
                if let Some(stale) = step.stale {
                    write!(out, ", stale after {stale} h").unwrap();
                }
                for (word, ids) in [("needs", &step.needs), ("aliases", &step.aliases)] {
                    if !ids.is_empty() {
                        write!(out, ", {word} {}", ids.join(" ")).unwrap();
                    }
                }
                out.push('\n');
                blocks(&step.body, depth + 3, out);
            }
        }
    }
}

fn only(only: Option<&str>) -> String {
    only.map(|only| format!(", only for {only}")).unwrap_or_default()
}

fn blocks(blocks: &[Block], depth: usize, out: &mut String) {
    for block in blocks {
        self::block(block, depth, out);
    }
}

fn block(block: &Block, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let within = |label: String, body: &[Block], out: &mut String| {
        writeln!(out, "{indent}{label}:").unwrap();
        blocks(body, depth + 1, out);
    };
    match block {
        Block::Heading { level, content } => writeln!(out, "{indent}h{level} {}", inlines(content)).unwrap(),
        Block::Paragraph(content) => writeln!(out, "{indent}{}", inlines(content)).unwrap(),
        Block::List { start, items } => {
            for (index, item) in items.iter().enumerate() {
                let label = start.map_or("-".to_owned(), |start| format!("{}.", start as usize + index));
                within(label, item, out);
            }
        }
        Block::Quote(body) => within("quote".to_owned(), body, out),
        Block::Rule => writeln!(out, "{indent}---").unwrap(),
        Block::Table { head, rows } => {
            for row in [head].into_iter().chain(rows) {
                writeln!(out, "{indent}row:").unwrap();
                for cell in row {
                    blocks(&cell.body, depth + 1, out);
                }
            }
        }
        Block::Snippet(snippet) => {
            let facts = format!("{:?}", snippet.facts);
            let said: Vec<&str> = facts
                .trim_start_matches("Facts { ")
                .trim_end_matches(" }")
                .split(", ")
                .filter(|fact| !fact.ends_with("None"))
                .collect();
            writeln!(
                out,
                "{indent}``` {} {} {} {}",
                snippet.language,
                snippet.role.name(),
                snippet.id,
                said.join(", ")
            )
            .unwrap();
            for (number, first, last) in snippet.marked_lines() {
                writeln!(out, "{indent}  ({number}) marks lines {first} to {last}").unwrap();
            }
            match &snippet.code {
                Ok(runs) => {
                    let code: String = runs
                        .iter()
                        .map(|run| match run.hole {
                            Some(_) => format!("⟦{}⟧", run.text),
                            None => run.text.clone(),
                        })
                        .collect();
                    for line in code.lines() {
                        writeln!(out, "{indent}  {line}").unwrap();
                    }
                }
                Err(reason) => writeln!(out, "{indent}  cannot be written: {reason}").unwrap(),
            }
        }
        Block::Note { kind, body } => within(kind.clone(), body, out),
        Block::Callouts(cards) => {
            for card in cards {
                within(
                    format!("card {} -> {}", card.title, card.href.as_deref().unwrap_or("nowhere")),
                    &card.body,
                    out,
                );
            }
        }
        Block::Numbered(passages) => {
            for passage in passages {
                let number = passage.number.map(|number| format!("({number}) ")).unwrap_or_default();
                within(format!("{number}{}", passage.title), &passage.body, out);
            }
        }
        Block::Figure { content, caption } => {
            writeln!(out, "{indent}figure {} {}", inlines(content), caption.as_deref().unwrap_or("-"))
                .unwrap();
        }
        Block::Verify(body) => within("verify".to_owned(), body, out),
        Block::Undo(body) => within("undo".to_owned(), body, out),
        Block::Added { reason, source, body } => {
            let words: Vec<&str> = [reason, source].into_iter().flatten().map(String::as_str).collect();
            within(format!("added ({})", words.join("; ")), body, out);
        }
        Block::Variants(variants) => {
            for variant in variants {
                within(format!("for {}", variant.label), &variant.value, out);
            }
        }
    }
}

fn inlines(all: &[Inline]) -> String {
    all.iter()
        .map(|inline| match inline {
            Inline::Text(text) => text.clone(),
            Inline::Code(code) => format!("`{code}`"),
            Inline::Strong(inner) => format!("**{}**", inlines(inner)),
            Inline::Em(inner) => format!("*{}*", inlines(inner)),
            Inline::Struck(inner) => format!("~~{}~~", inlines(inner)),
            Inline::Link { href, content, .. } => format!("[{}]({href})", inlines(content)),
            Inline::Image { src, alt, .. } => format!("![{alt}]({src})"),
            Inline::Break => "⏎".to_owned(),
            Inline::Filled(value) => format!("⟦{value}⟧"),
            Inline::Variants(variants) => variants
                .iter()
                .map(|variant| format!("<{}: {}>", variant.label, inlines(&variant.value)))
                .collect(),
        })
        .collect()
}
