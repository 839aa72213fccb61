//! The pages that are read: real ones, large ones, and hostile ones of any size.

use anyhow::Result;
use std::path::{Path, PathBuf};
use xshell::Shell;

/// A page to measure with.
pub struct Sample {
    pub name: String,
    pub text: String,
}

/// The pages that people write: as they are, many times over, and all together.
pub fn pages(shell: &Shell) -> Result<Vec<Sample>> {
    let sample = |name: &str, text: String| Sample { name: name.to_owned(), text };
    let read = |file: &str| shell.read_file(file);
    let docs = |name: &str| read(&format!("benches/parse/pages/{name}.md"));
    let seed = read("tests/markdoc/pages/openmetadata_upgrade.md")?;
    let content = content(shell, "content")?;
    let large = [docs("connector")?, docs("releases")?, docs("reference")?].map(|page| page.repeat(8));
    let all = [&seed, &content, &large.concat()].map(String::as_str).join("\n");
    let [connector, releases, reference] = large;
    Ok(vec![
        sample("the upgrade notes of 1.4.0", seed),
        sample("the shipped content", content),
        sample("a connector's page", connector),
        sample("release notes", releases),
        sample("a reference with tables", reference),
        sample("all of it, up to 1 MB", all.repeat(1 + 1_000_000 / all.len())),
    ])
}

/// All pages of a folder, one after the other.
fn content(shell: &Shell, folder: impl AsRef<Path>) -> Result<String> {
    let mut text = String::new();
    for path in shell.read_dir(folder)? {
        if path.is_dir() {
            text += &content(shell, &path)?;
        } else {
            text += &shell.read_file(&path)?;
            text += "\n";
        }
    }
    Ok(text)
}

/// What is known to make parsers slow, or would if it were read carelessly: something to
/// begin with, and what is repeated after it.
#[rustfmt::skip]
const HOSTILE: &[(&str, &str, &str)] = &[
    ("tags that are not closed, in a text", "", "{% a %} "),
    ("tags that are not closed, each on its line", "", "{% a %}\n"),
    ("the beginning of tags", "", "{% "),
    ("the beginning of tags, each in its paragraph", "", "{% a\n\n"),
    ("quotes that flip what is a string", "", "{% \""),
    ("the beginning of tags in code", "```\n", "{% a "),
    ("tags in code", "```\n", "{% a %}\n"),
    ("tags that close nothing", "", "{% /a %}\n"),
    ("many attributes of one tag", "{% t ", "a=1 b=2 "),
    ("many classes of one tag", "{% t ", ".a .b "),
    ("many annotations of one text", "a ", "{% a=1 %} "),
    ("lists in a value", "{% t a=", "["),
    ("quotes in each other", "", "> "),
    ("lists in each other", "", "- "),
    ("a long list", "", "* a\n"),
    ("a long quote", "", "> a\n"),
    ("one paragraph of many lines", "", "word\n"),
    ("one line", "", "word "),
    ("a wide table", "", "|a"),
    ("a long table", "|a|b|\n|-|-|\n", "|a|b|\n"),
    ("a long table of the beginning of tags", "|a|b|\n|-|-|\n", "|{% a|b\n"),
    ("brackets", "", "["),
    ("closed brackets", "", "[a]"),
    ("the beginning of links", "", "[a]("),
    ("the beginning of images", "", "!["),
    ("the beginning of pointed addresses", "", "](<"),
    ("links to definitions", "[a]: /b\n\n", "[a][b]"),
    ("definitions", "", "[a]: b\n"),
    ("definitions with an open title", "", "[a]: b '\n"),
    ("stars", "", "*"),
    ("stars before words", "", "*a "),
    ("strong in emphasis, never closed", "", "*a **a "),
    ("emphasis of two kinds", "", "_a_*"),
    ("emphasis in brackets", "", "[a *b "),
    ("tildes", "", "~~a"),
    ("backticks in runs of two lengths", "", "`a``b"),
    ("the beginning of HTML", "", "<a:"),
    ("comments that are not closed", "", "<!--"),
    ("the beginning of entities", "", "&#"),
    ("backslashes", "", "\\"),
    ("headings", "", "# a\n"),
    ("spaces", "", " "),
    ("tabs in items", "", "-\t"),
];

/// Each hostile input, in a size.
pub fn hostile(size: usize) -> Vec<Sample> {
    let sample = |name: &str, text: String| Sample { name: name.to_owned(), text };
    let repeated = HOSTILE.iter().map(|(name, start, part)| {
        sample(name, [start, part.repeat((size - start.len()) / part.len()).as_str()].concat())
    });
    let others = [
        sample("backticks in ever longer runs", longer_runs('`', size)),
        sample("tabs before a word", ["a", &"\t".repeat(size - 2), "b"].concat()),
        sample("images in each other, refused", {
            let each = size / 5;
            let images = ["![".repeat(each), "a".to_owned(), "][r]".repeat(each)].concat();
            [&images[..size.min(images.len())], "\n\n[r]: &#106;avascript:x"].concat()
        }),
    ];
    repeated.chain(others).collect()
}

/// Runs of which no two are of the same length.
fn longer_runs(mark: char, size: usize) -> String {
    let mut text = String::new();
    let mut length = 1;
    while text.len() < size {
        text.extend(std::iter::repeat_n(mark, length).chain([' ']));
        length += 1;
    }
    text
}

/// Writes the pages where the readers find them.
pub fn write(shell: &Shell, samples: &[&Sample]) -> Result<Vec<PathBuf>> {
    let folder = shell.current_dir().join("target/bench");
    shell.create_dir(&folder)?;
    let files = samples.iter().enumerate().map(|(index, sample)| {
        let file = folder.join(format!("{index}.md"));
        shell.write_file(&file, &sample.text)?;
        Ok(file)
    });
    files.collect()
}
