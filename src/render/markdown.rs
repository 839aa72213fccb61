//! The runbook as GitHub's Markdown, to be pasted into a ticket: each step is an item of
//! a task list.
//!
//! A block is a string without indentation; what stands inside something is indented as a
//! whole ([`inside`]). Texts are escaped, so that they read as they are.

use std::slice;

use super::{Task, added_in_words, announcing, facts, has_snippet, in_columns, number, said_in_words};
use crate::guide::{Block, Callout, Cell, Entry, Guide, Inline, Section, Snippet, Step};

/// The guide as Markdown, with what was done with each step.
pub(super) fn markdown(guide: &Guide, task: &dyn Fn(&Step) -> Task) -> String {
    let steps = Steps { guide, task };
    let mut parts = vec![["# ", &escaped(&guide.title)].concat()];
    let inputs = guide.inputs.iter().map(|input| inside("- ", &escaped(&said_in_words(input))));
    parts.push(inputs.collect::<Vec<_>>().join("\n"));
    parts.push(blocks(&guide.intro));
    for phase in &guide.phases {
        steps.section(phase, 2, &mut parts);
    }
    parts.retain(|part| !part.is_empty());
    let mut page = parts.join("\n\n");
    page.push('\n');
    page
}

/// A guide's steps, with how they stand.
struct Steps<'a> {
    guide: &'a Guide,
    task: &'a dyn Fn(&Step) -> Task,
}

impl Steps<'_> {
    fn section(&self, section: &Section, level: usize, parts: &mut Vec<String>) {
        let title = titled(&section.title, section.only.as_deref());
        parts.push([&"#".repeat(level.min(6)), " ", &title].concat());
        parts.push(blocks(&section.intro));
        for entry in &section.entries {
            match entry {
                Entry::Section(group) => self.section(group, level + 1, parts),
                Entry::Step(step) => parts.push(self.step(step)),
                Entry::Text(text) => parts.push(blocks(text)),
            }
        }
    }

    fn step(&self, step: &Step) -> String {
        let Task { ticked, struck, remark, note } = (self.task)(step);
        let mut title = ["**", &titled(&step.title, step.only.as_deref()), "**"].concat();
        if struck {
            title = ["~~", &title, "~~"].concat();
        }
        let remarks = facts::of_step(step, self.guide).join(" · ");
        if !remarks.is_empty() {
            title.push_str(&[" — *", &escaped(&remarks), "*"].concat());
        }
        let remark = if remark.is_empty() { remark } else { ["*", &escaped(&remark), "*"].concat() };
        let note: Vec<String> = note.lines().filter(|line| !line.trim().is_empty()).map(escaped).collect();
        let note = if note.is_empty() { String::new() } else { quote("", &note.join("\\\n")) };
        let task = joined([title, remark, note, blocks(&step.body)]);
        inside_after("- ", if ticked { "[x] " } else { "[ ] " }, &task)
    }
}

fn blocks(blocks: &[Block]) -> String {
    // Two lists in a row are two only if their markers differ.
    let mut bullet = Bullet::Dash;
    let mut parts = Vec::new();
    let mut after_list = false;
    for each in blocks {
        let is_list = match each {
            Block::List { .. } | Block::Variants(_) | Block::Callouts(_) | Block::Numbered(_) => true,
            Block::Table { rows, .. } => has_command(rows),
            _ => false,
        };
        if is_list && after_list {
            bullet = bullet.other();
        }
        after_list = is_list;
        parts.push(block(each, bullet));
    }
    joined(parts)
}

fn block(block: &Block, bullet: Bullet) -> String {
    match block {
        Block::Heading { level, content } => {
            ["#".repeat(usize::from(*level).clamp(1, 6)), " ".to_owned(), inlines(content)].concat()
        }
        Block::Paragraph(content) => inlines(content),
        Block::List { start: None, items } => {
            list(items.iter().map(|item| inside(bullet.marker(), &blocks(item))))
        }
        Block::List { start: Some(start), items } => list((*start..).zip(items).map(|(number, item)| {
            let marker = [&number.to_string(), bullet.delimiter(), " "].concat();
            inside(&marker, &blocks(item))
        })),
        Block::Quote(body) => quote("", &blocks(body)),
        Block::Rule => "***".to_owned(),
        Block::Table { head, rows } if has_command(rows) => list(rows.iter().map(|row| {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let head = head.get(column).map(|cell| super::text::body(&cell.body));
                passage(&head.unwrap_or_default(), &cell.body)
            });
            inside(bullet.marker(), &joined(cells))
        })),
        Block::Table { head, rows } => table(head, rows),
        Block::Snippet(each) => snippet(each),
        Block::Note { kind, body } => match kind.to_ascii_lowercase().as_str() {
            alert @ ("note" | "tip" | "important" | "warning" | "caution") => {
                quote(&["[!", &alert.to_ascii_uppercase(), "]\n"].concat(), &blocks(body))
            }
            _ => quote("", &passage(kind, body)),
        },
        Block::Callouts(callouts) => {
            list(callouts.iter().map(|each| inside(bullet.marker(), &callout(each))))
        }
        Block::Numbered(passages) => list(
            passages
                .iter()
                .map(|each| inside_after(bullet.marker(), &number(each), &passage(&each.title, &each.body))),
        ),
        Block::Figure { content, caption } => {
            let caption = caption.as_deref().map(|caption| ["*", &escaped(caption.trim()), "*"].concat());
            joined([inlines(content), caption.unwrap_or_default()])
        }
        Block::Verify(body) => passage("Verify", body),
        Block::Undo(body) => passage("Undo", body),
        Block::Added { reason, source, body } => {
            let words = added_in_words(reason.as_deref(), source.as_deref());
            joined([["*", &escaped(&words), "*"].concat(), blocks(body)])
        }
        Block::Variants(variants) => {
            list(variants.iter().map(|each| inside(bullet.marker(), &passage(&each.label, &each.value))))
        }
    }
}

fn callout(callout: &Callout) -> String {
    let title = match &callout.href {
        Some(href) => link(&escaped(&callout.title), href, None),
        None => escaped(&callout.title),
    };
    joined([title, blocks(&callout.body)])
}

fn passage(label: &str, body: &[Block]) -> String {
    let label = if label.is_empty() { String::new() } else { ["**", &escaped(label), "**"].concat() };
    joined([label, blocks(body)])
}

fn snippet(snippet: &Snippet) -> String {
    let said = &snippet.facts;
    let title = said.title.as_deref().map(|title| escaped(&announcing(title)));
    let caution = said.caution.as_deref().map(|caution| ["**Caution:** ", &escaped(caution)].concat());
    let code = match &snippet.code {
        Ok(_) => fence(&snippet.language, &snippet.text().unwrap_or_default()),
        Err(reason) => ["*", &escaped(&reason.to_string()), "*"].concat(),
    };
    let remarks = facts::of_snippet(snippet).join(" · ");
    let remarks = if remarks.is_empty() { remarks } else { ["*", &escaped(&remarks), "*"].concat() };
    joined([title.unwrap_or_default(), caution.unwrap_or_default(), code, remarks])
}

fn fence(language: &str, code: &str) -> String {
    let ticks = "`".repeat(longest_run(code, '`').max(2) + 1);
    // A backtick cannot stand in the line that opens the fence, and a line break ends it.
    let is_safe = |character: &char| !character.is_whitespace() && *character != '`';
    let language: String = language.chars().take_while(is_safe).collect();
    [&ticks, &language, "\n", code.trim_end_matches('\n'), "\n", &ticks].concat()
}

/// Whether a table holds a command, which would not stay whole on the one line of its row: each row
/// is an item then.
fn has_command(rows: &[Vec<Cell>]) -> bool {
    rows.iter().flatten().any(|cell| has_snippet(&cell.body))
}

/// The head and each row on one line; what a cell holds is brought onto it too.
fn table(head: &Vec<Cell>, rows: &[Vec<Cell>]) -> String {
    let (head, rows) = (in_columns(slice::from_ref(head)).concat(), in_columns(rows));
    let columns = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
    let row = |cells: &[Option<&Cell>]| {
        let cells =
            (0..columns).map(|column| cells.get(column).copied().flatten().map(cell).unwrap_or_default());
        ["| ", &cells.collect::<Vec<_>>().join(" | "), " |"].concat()
    };
    let rule = (0..columns).map(|column| {
        match head.get(column).copied().flatten().and_then(|cell| cell.align.as_deref()) {
            Some("left") => ":--",
            Some("center") => ":-:",
            Some("right") => "--:",
            _ => "---",
        }
    });
    let rule = ["| ", &rule.collect::<Vec<_>>().join(" | "), " |"].concat();
    [row(&head), rule].into_iter().chain(rows.iter().map(|cells| row(cells))).collect::<Vec<_>>().join("\n")
}

fn cell(cell: &Cell) -> String {
    let text = match cell.body.as_slice() {
        [Block::Paragraph(content)] => written(content, cell_code),
        body => escaped(&super::text::body(body)),
    };
    let text = text.replace("\\\n", " ").replace('\n', " ");
    // A pipe ends the cell, but where it is escaped, as one that begins a text is already.
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character == '|' {
            out.push('\\');
        }
        out.push(character);
        if character == '\\' {
            out.extend(rest.next());
        }
    }
    out
}

/// Code in a cell. That a cell's pipes are escaped holds in code too, where a backslash itself is
/// none that can be: `a\|b` is text in an element.
fn cell_code(code: &str) -> String {
    let is_escaped = |(pipe, _): (usize, &str)| {
        let before = &code[..pipe];
        (pipe - before.trim_end_matches('\\').len()) % 2 == 1
    };
    if code.match_indices('|').any(is_escaped) {
        return ["<code>", &escaped(code), "</code>"].concat();
    }
    code_span(code)
}

fn inlines(content: &[Inline]) -> String {
    written(content, code_span)
}

fn written(content: &[Inline], code_span: fn(&str) -> String) -> String {
    let inlines = |content: &[Inline]| written(content, code_span);
    let mut out = String::new();
    let mut rest = content.iter().peekable();
    while let Some(inline) = rest.next() {
        let is_followed = rest.peek().is_some_and(|next| begins_word(next));
        let mut push_marked =
            |mark, name, inner: &[Inline]| push_marked(mark, name, &inlines(inner), is_followed, &mut out);
        match inline {
            Inline::Text(text) | Inline::Filled(text) => push_escaped(text, &mut out),
            Inline::Code(code) => out.push_str(&code_span(code)),
            Inline::Strong(inner) => push_marked("**", "strong>", inner),
            Inline::Em(inner) => push_marked("*", "em>", inner),
            Inline::Struck(inner) => push_marked("~~", "del>", inner),
            Inline::Link { href, title, content } => {
                out.push_str(&link(&inlines(content), href, title.as_deref()));
            }
            Inline::Image { src, alt, title } => {
                out.push('!');
                out.push_str(&link(&escaped(alt), src, title.as_deref()));
            }
            Inline::Break => out.push_str("\\\n"),
            Inline::Variants(variants) => {
                let variants = variants
                    .iter()
                    .map(|each| super::labelled(&inlines(&each.value), Some(&escaped(&each.label))));
                out.push_str(&variants.collect::<Vec<_>>().join(", "));
            }
        }
    }
    out
}

fn titled(title: &[Inline], only: Option<&str>) -> String {
    super::labelled(&inlines(title), only.map(escaped).as_deref())
}

/// Emphasis does not open before a space nor close after one, so spaces stand outside. Between a
/// word and another sign it opens and closes only as an element.
fn push_marked(mark: &str, element: &str, inner: &str, is_followed: bool, out: &mut String) {
    let core = inner.trim();
    if core.is_empty() {
        return out.push_str(inner);
    }
    let (lead, trail) = inner.split_once(core).unwrap_or_default();
    out.push_str(lead);
    let is_word = char::is_alphanumeric;
    let is_broken = out.ends_with(is_word) && !core.starts_with(is_word)
        || is_followed && trail.is_empty() && !core.ends_with(is_word);
    let marks = match is_broken {
        true => ["<", "</"].map(|sign| [sign, element].concat()),
        false => [mark, mark].map(str::to_owned),
    };
    out.push_str(&marks.join(core));
    out.push_str(trail);
}

/// Whether what comes next goes on where a word would.
fn begins_word(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) | Inline::Filled(text) => text.starts_with(char::is_alphanumeric),
        Inline::Variants(variants) => {
            variants.first().and_then(|variant| variant.value.first()).is_some_and(begins_word)
        }
        _ => false,
    }
}

fn link(content: &str, href: &str, title: Option<&str>) -> String {
    let mut out = ["[", content, "]("].concat();
    let is_plain = |character: char| {
        !character.is_whitespace() && !character.is_control() && !"()<>\\".contains(character)
    };
    if !href.is_empty() && href.chars().all(is_plain) {
        out.push_str(href);
    } else {
        out.push('<');
        for character in href.chars().filter(|character| *character != '\n') {
            if "<>\\".contains(character) {
                out.push('\\');
            }
            out.push(character);
        }
        out.push('>');
    }
    if let Some(title) = title {
        out.push_str(" \"");
        out.push_str(&title.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " "));
        out.push('"');
    }
    out.push(')');
    out
}

fn code_span(code: &str) -> String {
    let ticks = "`".repeat(longest_run(code, '`') + 1);
    let needs_space = code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']);
    let space = if needs_space && !code.trim().is_empty() { " " } else { "" };
    [&ticks, space, &code.replace('\n', " "), space, &ticks].concat()
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    push_escaped(text, &mut out);
    out
}

/// Writes a text so that Markdown reads it as it is, with as few backslashes as it takes:
/// people read the source too.
fn push_escaped(text: &str, out: &mut String) {
    let is_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    let is_first = out.is_empty() || out.ends_with('\n');
    let mut previous = out.chars().next_back();
    // The digits that may turn out to be the number of a list's item.
    let mut only_digits = is_first;
    let mut at_start = is_first;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let next = rest.peek().copied();
        let ends_word = next.is_none_or(char::is_whitespace);
        let is_special = match character {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            '_' => !(is_word(previous) && is_word(next)),
            '&' => next.is_some_and(|next| next.is_ascii_alphabetic() || next == '#'),
            '!' => next.is_none() || next == Some('['),
            '#' => at_start || ends_word,
            '-' | '+' | '=' | '>' | '|' | ':' => at_start,
            '.' | ')' => only_digits && is_word(previous) && ends_word,
            _ => false,
        };
        if is_special {
            out.push('\\');
        }
        match character {
            '\n' => out.push(' '),
            ' ' if at_start => {}
            other => out.push(other),
        }
        at_start &= character.is_whitespace();
        only_digits &= character.is_ascii_digit();
        previous = Some(character);
    }
}

fn quote(head: &str, body: &str) -> String {
    let text = [head, body].concat();
    let lines = text.lines().map(|line| if line.is_empty() { ">".to_owned() } else { ["> ", line].concat() });
    lines.collect::<Vec<_>>().join("\n")
}

/// The text as an item: the marker before it, its other lines indented as deep.
fn inside(marker: &str, text: &str) -> String {
    inside_after(marker, "", text)
}

/// The same, with a lead after the marker that the other lines are not indented by.
fn inside_after(marker: &str, lead: &str, text: &str) -> String {
    let indent = " ".repeat(marker.len());
    let mut out = [marker, lead].concat();
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&indent);
            }
        }
        out.push_str(line);
    }
    out
}

/// Items without an empty line between them, unless one has an empty line in it.
fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    let is_loose = items.iter().any(|item| item.contains("\n\n"));
    items.join(if is_loose { "\n\n" } else { "\n" })
}

fn joined(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

fn longest_run(text: &str, of: char) -> usize {
    text.split(|character| character != of).map(str::len).max().unwrap_or(0)
}

/// The marker of a list.
#[derive(Clone, Copy)]
enum Bullet {
    Dash,
    Star,
}

impl Bullet {
    fn marker(self) -> &'static str {
        match self {
            Self::Dash => "- ",
            Self::Star => "* ",
        }
    }

    fn delimiter(self) -> &'static str {
        match self {
            Self::Dash => ".",
            Self::Star => ")",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Dash => Self::Star,
            Self::Star => Self::Dash,
        }
    }
}

#[cfg(all(test, feature = "parser"))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

    use proptest::collection::vec;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    proptest! {
        #[test]
        fn a_text_reads_as_it_is(text in texts()) {
            prop_assert_eq!(read(&escaped(&text)), vec![Seen::Text(text.trim().to_owned())]);
        }

        #[test]
        fn what_stands_in_a_line_reads_as_it_is(parts in vec((texts(), 0..4usize), 1..6)) {
            let (content, expected) = line(parts);
            prop_assert_eq!(read(&inlines(&content)), expected, "{}", inlines(&content));
        }

        #[test]
        fn what_is_marked_beside_words_reads_as_it_is(
            text in texts(), mark in 0..3usize, before in "[a1]?", after in "[a1]?",
        ) {
            let inner = vec![Inline::Text(text.trim().to_owned())];
            let marked = [Inline::Strong, Inline::Em, Inline::Struck][mark](inner);
            let content = [Inline::Text(before.clone()), marked, Inline::Filled(after.clone())];
            let expected = vec![Seen::Text([&before, text.trim(), &after].concat())];
            prop_assert_eq!(read(&inlines(&content)), expected, "{}", inlines(&content));
        }

        #[test]
        fn what_stands_in_a_cell_reads_as_it_is(
            parts in vec((texts(), 0..4usize), 1..6), regular in "[|a\\\\]{0,6}",
        ) {
            let (mut content, mut expected) = line(parts);
            content.extend([Inline::Text(": ".to_owned()), Inline::Code([&regular, "."].concat())]);
            push_seen(&mut expected, ": ");
            expected.push(Seen::Code([&regular, "."].concat()));
            let cell = |content: Vec<Inline>| Cell { body: vec![Block::Paragraph(content)], align: None, columns: 1, rows: 1 };
            let table = table(&vec![cell(content), cell(vec![Inline::Text(regular.clone())])], &[]);
            let second = Some(Seen::Text(regular)).filter(|seen| *seen != Seen::Text(String::new()));
            prop_assert_eq!(cells(table.lines().next().unwrap_or_default()), [expected, second.into_iter().collect()], "{}", table);
        }

        #[test]
        fn code_reads_as_it_is(code in "[`~a \n-]{1,40}") {
            let code = code.trim_end_matches('\n');
            let page = inside("- ", &joined(["before".to_owned(), fence("sh", code), "after".to_owned()]));
            let texts: String = Parser::new(&page)
                .skip_while(|event| !matches!(event, Event::Start(Tag::CodeBlock(_))))
                .filter_map(|event| match event {
                    Event::Text(text) => Some(text.into_string()),
                    _ => None,
                })
                .collect();
            let expected = [code, "\nafter"].concat();
            // A line of spaces alone loses those that only indent it in the list.
            prop_assert_eq!(without_blanks(&texts), without_blanks(&expected), "{}", page);
        }
    }

    /// A line of such parts, and what is seen of it.
    fn line(parts: Vec<(String, usize)>) -> (Vec<Inline>, Vec<Seen>) {
        let mut content = Vec::new();
        let mut expected = Vec::new();
        for (text, kind) in parts {
            // A word between keeps neighbours apart, as in prose.
            content.push(Inline::Text(" and ".to_owned()));
            push_seen(&mut expected, " and ");
            let text = text.trim().to_owned();
            let inner = vec![Inline::Text(text.clone())];
            match kind {
                0 => {
                    push_seen(&mut expected, &text);
                    content.push(Inline::Text(text));
                }
                1 => {
                    expected.push(Seen::Code(text.clone()));
                    content.push(Inline::Code(text));
                }
                2 => {
                    let href = "/a (b)<c>|\\|".to_owned();
                    expected.push(Seen::Link(href.clone()));
                    push_seen(&mut expected, &text);
                    content.push(Inline::Link { href, title: Some("\"t\" \\".to_owned()), content: inner });
                }
                _ => {
                    push_seen(&mut expected, &text);
                    content.push(Inline::Strong(inner));
                }
            }
        }
        if let Some(Seen::Text(first)) = expected.first_mut() {
            *first = first.trim_start().to_owned();
        }
        (content, expected)
    }

    #[derive(Debug, PartialEq)]
    enum Seen {
        Text(String),
        Code(String),
        Link(String),
    }

    /// What each cell of a row holds, as GitHub finds it: pipes end a cell, but for those that a
    /// backslash escapes, which no other escapes itself. Then the pipes lose their backslashes.
    fn cells(row: &str) -> Vec<Vec<Seen>> {
        let mut cells = vec![String::new()];
        let mut rest = row.trim_matches('|').chars();
        while let Some(character) = rest.next() {
            match (character, cells.last_mut()) {
                ('|', _) => cells.push(String::new()),
                (_, Some(cell)) => {
                    cell.push(character);
                    cell.extend((character == '\\').then(|| rest.next()).flatten());
                }
                (_, None) => {}
            }
        }
        cells.iter().map(|cell| read(&cell.replace("\\|", "|"))).collect()
    }

    fn read(page: &str) -> Vec<Seen> {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
        let mut seen = Vec::new();
        let mut is_code = false;
        for event in Parser::new_ext(page, options) {
            match event {
                // What stands in this element comes as text.
                Event::InlineHtml(tag) => {
                    is_code = &*tag == "<code>";
                    if is_code {
                        seen.push(Seen::Code(String::new()));
                    }
                }
                Event::Text(text) if is_code && let Some(Seen::Code(code)) = seen.last_mut() => {
                    code.push_str(&text);
                }
                Event::Text(text) => push_seen(&mut seen, &text),
                Event::Code(code) => seen.push(Seen::Code(code.into_string())),
                Event::Start(Tag::Link { dest_url, .. }) => seen.push(Seen::Link(dest_url.into_string())),
                Event::Start(Tag::Paragraph | Tag::Strong | Tag::Emphasis | Tag::Strikethrough)
                | Event::End(_) => {}
                other => seen.push(Seen::Text(format!("{other:?}"))),
            }
        }
        seen
    }

    fn push_seen(seen: &mut Vec<Seen>, text: &str) {
        match seen.last_mut() {
            Some(Seen::Text(open)) => open.push_str(text),
            _ => seen.push(Seen::Text(text.to_owned())),
        }
    }

    fn without_blanks(code: &str) -> Vec<&str> {
        code.lines().map(|line| if line.trim().is_empty() { "" } else { line }).collect()
    }

    /// Words and what Markdown makes something of, on one line.
    fn texts() -> impl Strategy<Value = String> {
        "[a-c1*_~#+.)(!&<>|=:`\\[\\]\\\\\" -]{0,12}[a-c1*_~#!;>-]"
    }
}
