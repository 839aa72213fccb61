//! The Markdoc parser: pages beside this file, and what becomes of them.
//!
//! `markdoc/README.md` says what is held against what. `UPDATE_EXPECT=1 cargo test --test
//! markdoc` writes the snapshots anew, to be read before they are accepted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

#[path = "markdoc/invariants.rs"]
mod invariants;
#[path = "support/tree.rs"]
mod tree;

use proptest::prelude::*;
use tree::tree;
use upgrade_checklist::markdoc::{
    Document, Kind, Node, Problem, Schema, Schemas, Severity, Source, Type, include, parse, safe_url,
    suggest, validate,
};

#[test]
fn our_tree_of_every_page_is_the_official_one() {
    for page in pages("pages") {
        let official = std::fs::read_to_string(page.with_extension("official")).unwrap();
        let (document, _) = parse("page.md", &read(&page));
        assert_eq!(tree(&document, false), official, "{}", page.display());
    }
}

#[test]
fn every_node_and_problem_of_every_page_is_what_stands_in_its_place() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["content", "content/added", "content/backward-incompatible-changes"];
    let content = folders.iter().flat_map(|folder| pages_in(&root.join(folder)));
    let corpus = ["pages", "errors", "divergences"].iter().flat_map(|name| pages_in(&folder(name)));
    for page in content.chain(corpus) {
        let text = read(&page);
        // With the line ends of another system, every place is another.
        for text in [text.replace('\n', "\r\n"), text] {
            invariants::check(&text).unwrap_or_else(|wrong| panic!("{}: {wrong}", page.display()));
        }
    }
}

#[test]
fn the_deepest_page_is_read_drawn_and_dropped_on_a_small_stack() {
    let nested =
        |open: &str, inner: &str, close: &str| [&open.repeat(200), inner, &close.repeat(200)].concat();
    let inline = nested("{% a %}*_~~", "x", "~~_*{% /a %}");
    let value = format!("{{% t a={}{} /%}}", "[".repeat(60), "]".repeat(60));
    let pages = [
        nested("> ", &inline, ""),
        nested("- ", &inline, ""),
        format!("{}{inline} {value}\n", "{% a %}\n".repeat(200)),
        format!("{}\n{value}\n", "> - {% a %}\n".repeat(200)),
        nested("*a **b ~~c ", "x", "~~ ** *"),
        format!("```\n{}{value}\n```", "{% a %}".repeat(200)),
        nested("[![", "x", "](/a)](/b)"),
        format!("| a |\n|---|\n| {inline} |"),
        format!("{{% table %}}\n- {inline}\n{{% /table %}}"),
    ];
    // A browser's, with room for the tests' own frames, which are not optimised.
    let small = std::thread::Builder::new().stack_size(2 << 20);
    let checked = small.spawn(move || pages.iter().try_for_each(|page| invariants::check(page)));
    assert_eq!(checked.unwrap().join().unwrap(), Ok(()));
}

#[test]
fn mistakes_are_reported_in_their_place_and_no_text_is_lost() {
    check_snapshots("errors");
}

#[test]
fn where_the_official_one_loses_text_we_differ() {
    check_snapshots("divergences");
}

#[test]
fn spans_lead_to_what_a_node_was_read_from() {
    let page = "> # A *b* {% #id .c %}\r\n>\r\n> {% note k=\"v\" %}x{% /note %} \0 `c`\r\n";
    let (document, _) = parse("page.md", page);
    let mut found = Vec::new();
    walk(&document.children, &mut |node| {
        if !matches!(node.kind, Kind::Inline) {
            found.push(slice(&document, node).to_owned());
        }
        found.extend(
            node.attributes.annotations().iter().map(|annotation| {
                page[annotation.span.start as usize..annotation.span.end as usize].to_owned()
            }),
        );
    });
    let expected = [
        "> # A *b* {% #id .c %}\r\n>\r\n> {% note k=\"v\" %}x{% /note %} \0 `c`",
        "# A *b* {% #id .c %}",
        "#id",
        ".c",
        "A ",
        "*b*",
        "b",
        " ",
        "{% note k=\"v\" %}x{% /note %} \0 `c`",
        "{% note k=\"v\" %}x{% /note %}",
        "k=\"v\"",
        "x",
        " \0 ",
        "`c`",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_partial_gets_the_content_of_its_file() {
    let files = BTreeMap::from([
        ("a.md", "---\ntitle: A\n---\nFrom a.\n\n{% partial file=\"b.md\" /%}\n"),
        ("b.md", "# From b {% bad= %}\n"),
        ("self.md", "{% partial file=\"self.md\" /%}"),
    ]);
    let page = "{% partial file=\"a.md\" /%}\n\n{% partial file=\"none.md\" /%}\n\n{% partial file=\"self.md\" /%}\n";
    let (document, problems) = parse("page.md", page);
    assert_eq!(problems, []);
    let (document, problems) = include(document, &mut |file| files.get(file).map(|text| (*text).to_owned()));
    assert_eq!(
        report(&document, &problems),
        "b.md:1:17: error: the tag ends too early\n\
        page.md:3:1: error: the partial `none.md` is not there\n\
        self.md:1:1: error: `self.md` includes itself\n"
    );
    let paths: Vec<&str> = document.sources.iter().map(|source| source.path.as_str()).collect();
    assert_eq!(paths, ["page.md", "a.md", "b.md", "self.md"]);
    let partial = &document.children[0];
    assert_eq!(partial.children[0].text(), "From a.");
    assert_eq!(partial.children[0].span.source, 1);
    assert_eq!(partial.children[1].children[0].span.source, 2);
    assert_eq!(document.children[1].children, []);
}

#[test]
fn partials_that_double_each_other_come_to_an_end() {
    let (document, _) = parse("0.md", &"{% partial file=\"1.md\" /%}\n\n".repeat(9));
    let (_, problems) = include(document, &mut |file| {
        let next: usize = file.trim_end_matches(".md").parse::<usize>().unwrap() + 1;
        Some(format!("{{% partial file=\"{next}.md\" /%}}\n\n").repeat(9))
    });
    assert!(problems.iter().any(|problem| problem.message.contains("too ")));
}

#[test]
fn a_page_is_held_against_the_schemas_of_its_site() {
    let cases = [
        ("{% note %}\nx\n{% /note %}", ""),
        ("{% nte %}\nx\n{% /nte %}", "1:1: warning: no tag is named `nte`: did you mean `note`?"),
        ("{% whatever /%}", "1:1: warning: no tag is named `whatever`; its content is kept"),
        (
            "{% note noteType=\"tip\" /%}",
            "1:9: error: `noteType` must be one of Note, Tip, Warning, Important: did you mean `Tip`?",
        ),
        ("{% tile titel=\"x\" /%}", "1:9: error: `tile` does not understand `titel`: did you mean `title`?"),
        ("{% codeInfo srNumber=\"1\" /%}", "1:13: error: `srNumber` must be of type Number"),
        ("{% codeInfo srNumber=$n /%}", ""),
        ("{% image alt=\"x\" /%}", "1:1: error: `image` needs `src`"),
        ("{% tile %}\nx\n{% /tile %}", "1:1: error: `tile` has no content: write `{% tile /%}`"),
        (
            "{% tile link=\"java\\nscript:x\" /%}",
            "1:9: error: a page may not lead to `java\nscript:x`: it is shown, but not linked",
        ),
        ("[x](foo:bar)", "1:1: error: a page may not lead to `foo:bar`: it is shown, but not linked"),
        (
            "{% if equal($a, 1) %}\nx\n{% /if %}",
            "1:1: error: no function is named `equal`: did you mean `equals`?",
        ),
        ("# h {% #id .c severity=1 %}", "1:15: error: `heading` does not understand `severity`"),
        ("{% partial /%}", "1:1: error: `partial` needs `file`"),
        ("{% ours size=3 /%}", ""),
        ("{% ours size=4 /%}", "1:9: error: `size` must be of type String"),
    ];
    let mut schemas = Schemas::docs_site();
    for (page, expected) in cases {
        let (document, _) = parse("page.md", page);
        let kind = if page.contains("=3") { Type::Number } else { Type::String };
        schemas.add(Schema::new("ours").closing_itself().with("size", &[kind]));
        let found = report(&document, &validate(&document, &schemas)).replace("page.md:", "");
        assert_eq!(found.trim_end_matches('\n'), expected, "{page}");
    }
}

#[test]
fn only_addresses_that_cannot_run_are_safe() {
    for safe in ["/a", "#b", "?c", "a/b:c", "https://x", "HTTP://x", "mailto:a@b", "tel:1", "", "a b"] {
        assert_eq!(safe_url(safe), Some(safe), "{safe}");
    }
    let unsafe_ones = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "//host/x",
        "/\\host/x",
        " javascript:x",
        "java\tscript:x",
        "java\nscript:x",
        "\u{1}javascript:x",
        "java\u{a0}script:x",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc",
        "blob:x",
        "view-source:x",
        "ftp://x",
        "javascript\u{200b}:x",
        "\u{feff}javascript:x",
    ];
    for address in unsafe_ones {
        assert_eq!(safe_url(address), None, "{address:?}");
    }
}

#[test]
fn a_near_name_is_suggested_and_a_far_one_is_not() {
    let names = || ["postgres", "mysql", "inlineCallout"].into_iter();
    assert_eq!(suggest("postgress", names()), Some("postgres"));
    assert_eq!(suggest("inlinecalout", names()), Some("inlineCallout"));
    assert_eq!(suggest("oracle", names()), None);
}

/// That the time grows with the page and no faster, `cargo xtask bench growth` shows. Here is made
/// sure that they come to an end, however busy the machine is.
#[test]
fn hostile_pages_are_read_to_their_end_and_in_depth() {
    let many = 40_000;
    let pages = [
        "{% ".repeat(many),
        "{% a\n\n".repeat(many),
        "{% \"".repeat(many),
        "{% a %}".repeat(many),
        "{% a %}\n".repeat(many),
        "{% a %}{% /a %}".repeat(many),
        format!("{{% t a={}", "[".repeat(many)),
        format!("{{% t a={} /%}}", "[".repeat(many)),
        format!("{{% t {} /%}}", "a=1 ".repeat(many)),
        format!("{{% t {} /%}}", (0..many).map(|n| format!("a{n}=1 ")).collect::<String>()),
        format!("{{% t {} /%}}", (0..many).map(|n| format!(".a{n} ")).collect::<String>()),
        "> ".repeat(many),
        "- ".repeat(many),
        "* a\n".repeat(many),
        "> a\n".repeat(many),
        "[".repeat(many),
        "[a](".repeat(many),
        "![".repeat(many),
        "*a ".repeat(many),
        "*a **a ".repeat(many),
        "a**b".repeat(many),
        "~~a".repeat(many),
        "`a``b".repeat(many),
        "<".repeat(many),
        "<a:".repeat(many),
        "&#".repeat(many),
        "[a]: b\n".repeat(many),
        "[a]: b '\n".repeat(many),
        "[a][b]".repeat(many),
        "|a".repeat(many),
        format!("|a\n|-\n{}", "|{% b\n".repeat(many)),
        format!("```\n{}", "{% a ".repeat(many)),
        format!("```\n{}\n```", "{% a %}\n".repeat(many)),
        "\n{% /a %}".repeat(many),
        "a\n".repeat(many),
        "](".repeat(many),
        "](<".repeat(many),
        "{%}".repeat(many),
        "**".repeat(many),
        "_a_*".repeat(many),
        "[a *b ".repeat(many),
        "{% $a %}*".repeat(many),
        "{% #a %}".repeat(many),
        "<{% a %}".repeat(many),
    ];
    for page in pages {
        let start: String = page.chars().take(12).collect();
        let (read, is_read) = mpsc::channel();
        std::thread::spawn(move || {
            let (document, _) = parse("page.md", &page);
            let depth = depth(&document.children);
            drop(document);
            read.send(depth)
        });
        let depth = is_read.recv_timeout(Duration::from_secs(600));
        let depth = depth.unwrap_or_else(|error| panic!("{start:?} is not read: {error}"));
        assert!(depth < 300, "{start:?}");
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_is_read_without_loss(page in page()) {
        check(&page)?;
    }

    #[test]
    fn any_characters_are_read_without_loss(page in any::<String>()) {
        check(&page)?;
    }
}

/// At least 600 pages; `PROPTEST_CASES` in the environment asks for more.
fn config() -> ProptestConfig {
    let config = ProptestConfig::default();
    ProptestConfig { cases: config.cases.max(600), failure_persistence: None, ..config }
}

/// Pages of what matters to the parser, in any order.
fn page() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "- ",
        "1. ",
        "> ",
        "# ",
        "{% a %}",
        "{% /a %}",
        "{% a b=\"x\" /%}",
        "{% $x %}",
        "{% #id %}",
        "{%",
        "%}",
        "{%}",
        "```",
        "~~~",
        "    ",
        "\t",
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\0",
        "*",
        "**",
        "_",
        "`",
        "``",
        "[",
        "](",
        "](/u)",
        ")",
        "![",
        "<",
        ">",
        "<a>",
        "<http://a.b>",
        "<?",
        "?>",
        "&amp;",
        "&#126;",
        "&#42;",
        "&#x5f;",
        "\\~",
        "\\*",
        "|",
        "|-|-|\n",
        "\\",
        "\"",
        "---",
        "===",
        "{% table %}\n",
        "{% /table %}\n",
        "[r]: /x\n",
        "[r]",
        "~~",
        "é",
        "日",
        "\u{feff}",
        "\u{b}",
        "word",
        "two words",
        "[x](javascript:y)",
        "![i](data:x)",
        "{% a\n b=1 %} tail",
    ]);
    prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
}

/// What must hold of a page, whatever it is.
fn check(page: &str) -> Result<(), TestCaseError> {
    invariants::check(page).map_err(TestCaseError::fail)
}

// --- Pages and snapshots ---

fn check_snapshots(name: &str) {
    for page in pages(name) {
        let text = read(&page);
        let (document, problems) = parse("page.md", &text);
        let found = tree(&document, true) + &report(&document, &problems);
        let snapshot = page.with_extension("tree");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&snapshot, &found).unwrap();
        }
        assert_eq!(found, std::fs::read_to_string(&snapshot).unwrap_or_default(), "{}", page.display());
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markdoc").join(name)
}

fn pages(name: &str) -> Vec<PathBuf> {
    pages_in(&folder(name))
}

fn pages_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut pages: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    pages.sort();
    assert!(!pages.is_empty(), "{}", folder.display());
    pages
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn report(document: &Document, problems: &[Problem]) -> String {
    let mut lines = String::new();
    let mut problems = problems.to_vec();
    let path = |problem: &Problem| document.sources[problem.span.source as usize].path.clone();
    problems.sort_by_key(|problem| (path(problem), problem.span.start));
    for problem in problems {
        let source: &Source = &document.sources[problem.span.source as usize];
        let (line, column) = source.line_column(problem.span.start);
        let severity = if problem.severity == Severity::Error { "error" } else { "warning" };
        writeln!(lines, "{}:{line}:{column}: {severity}: {}", source.path, problem.message).unwrap();
    }
    lines
}

fn slice<'a>(document: &'a Document, node: &Node) -> &'a str {
    &document.sources[node.span.source as usize].text[node.span.start as usize..node.span.end as usize]
}

fn walk(nodes: &[Node], visit: &mut dyn FnMut(&Node)) {
    for node in nodes {
        visit(node);
        walk(&node.children, visit);
    }
}

fn depth(nodes: &[Node]) -> usize {
    nodes.iter().map(|node| 1 + depth(&node.children)).max().unwrap_or(0)
}
