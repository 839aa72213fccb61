//! The runbook as plain text, for a terminal or a mail.
//!
//! Prose is wrapped; commands and addresses stand uncut. What belongs together is
//! indented together.

use super::{
    Task, added_in_words, announcing, facts, has_snippet, in_columns, labelled, number, said_in_words,
};
use crate::guide::{Block, Callout, Cell, Entry, Guide, Inline, Section, Snippet, Step};

const WIDTH: usize = 80;

/// The guide as plain text, with what was done with each step.
pub(super) fn text(guide: &Guide, task: &dyn Fn(&Step) -> Task) -> String {
    let steps = Steps { guide, task };
    let mut page = Page::default();
    page.title(&guide.title, '=');
    if !guide.inputs.is_empty() {
        page.space();
        for input in &guide.inputs {
            page.item("- ", |page| page.prose(&said_in_words(input)));
        }
    }
    page.blocks(&guide.intro);
    for phase in &guide.phases {
        page.space();
        page.title(&labelled(&words(&phase.title), phase.only.as_deref()), '-');
        page.section(&steps, phase);
    }
    page.out
}

/// Blocks as plain text.
pub(super) fn body(blocks: &[Block]) -> String {
    let mut page = Page::default();
    page.blocks(blocks);
    page.out.truncate(page.out.trim_end().len());
    page.out
}

/// Inlines as plain text, with where their links lead.
pub(super) fn words(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(words) | Inline::Code(words) | Inline::Filled(words) => text.push_str(words),
            Inline::Strong(inner) | Inline::Em(inner) | Inline::Struck(inner) => text.push_str(&words(inner)),
            Inline::Link { href, content, .. } => push_link(&mut text, &words(content), href),
            Inline::Image { src, alt, .. } => push_link(&mut text, alt, src),
            Inline::Break => text.push('\n'),
            Inline::Variants(variants) => {
                let variants =
                    variants.iter().map(|variant| labelled(&words(&variant.value), Some(&variant.label)));
                text.push_str(&variants.collect::<Vec<_>>().join(", "));
            }
        }
    }
    text
}

/// A guide's steps, with how they stand.
struct Steps<'a> {
    guide: &'a Guide,
    task: &'a dyn Fn(&Step) -> Task,
}

/// Lines, each indented as deep as what it belongs to.
#[derive(Default)]
struct Page {
    out: String,
    indent: String,
    /// Stands before the next line, instead of the last of the indentation.
    marker: Option<String>,
}

impl Page {
    fn section(&mut self, steps: &Steps, section: &Section) {
        self.blocks(&section.intro);
        for entry in &section.entries {
            self.space();
            match entry {
                Entry::Section(group) => {
                    self.prose(&labelled(&words(&group.title), group.only.as_deref()));
                    self.section(steps, group);
                }
                Entry::Step(step) => self.step(steps, step),
                Entry::Text(text) => self.blocks(text),
            }
        }
    }

    fn step(&mut self, steps: &Steps, step: &Step) {
        let Task { ticked, remark, note, .. } = (steps.task)(step);
        self.item(if ticked { "[x] " } else { "[ ] " }, |page| {
            page.prose(&labelled(&words(&step.title), step.only.as_deref()));
            let remarks = facts::of_step(step, steps.guide);
            if !remarks.is_empty() {
                page.prose(&["(", &remarks.join(". "), ")"].concat());
            }
            if !remark.is_empty() {
                page.prose(&remark);
            }
            for line in note.lines().filter(|line| !line.trim().is_empty()) {
                page.item("> ", |page| page.line(line));
            }
            page.blocks(&step.body);
        });
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.space();
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { content, .. } => self.prose(&words(content)),
            Block::Paragraph(inlines) => self.prose(&words(inlines)),
            Block::List { start, items } => self.list(*start, items),
            Block::Quote(body) => self.item("> ", |page| page.blocks(body)),
            Block::Rule => self.line("* * *"),
            Block::Table { head, rows } => self.table(head, rows),
            Block::Snippet(snippet) => self.snippet(snippet),
            Block::Note { kind, body } => self.passage(kind, body),
            Block::Callouts(callouts) => callouts.iter().for_each(|callout| self.callout(callout)),
            Block::Numbered(passages) => {
                for passage in passages {
                    self.space();
                    let number = number(passage);
                    self.item(if number.is_empty() { "- " } else { &number }, |page| {
                        page.passage(&passage.title, &[]);
                        page.blocks(&passage.body);
                    });
                }
            }
            Block::Figure { content, caption } => {
                self.prose(&words(content));
                if let Some(caption) = caption {
                    self.prose(caption);
                }
            }
            Block::Verify(body) => self.passage("Verify", body),
            Block::Undo(body) => self.passage("Undo", body),
            Block::Added { reason, source, body } => {
                self.prose(&added_in_words(reason.as_deref(), source.as_deref()));
                self.blocks(body);
            }
            Block::Variants(variants) => {
                for variant in variants {
                    self.space();
                    self.passage(&variant.label, &variant.value);
                }
            }
        }
    }

    fn list(&mut self, start: Option<u32>, items: &[Vec<Block>]) {
        for (number, item) in (start.unwrap_or(1)..).zip(items) {
            match start {
                Some(_) => self.item(&[&number.to_string(), ". "].concat(), |page| page.blocks(item)),
                None => self.item("- ", |page| page.blocks(item)),
            }
        }
    }

    /// Each row as a list of its cells, each with the head of its column: a table of
    /// prose does not fit into 80 columns.
    fn table(&mut self, head: &[Cell], rows: &[Vec<Cell>]) {
        for row in in_columns(rows) {
            self.item("- ", |page| {
                for (column, cell) in row.iter().enumerate() {
                    let Some(cell) = cell else { continue };
                    let mut text = head.get(column).map(|cell| body(&cell.body)).unwrap_or_default();
                    if has_snippet(&cell.body) {
                        page.passage(&text, &cell.body);
                        continue;
                    }
                    if !text.is_empty() {
                        text.push_str(": ");
                    }
                    text.push_str(&body(&cell.body));
                    page.prose(&text);
                }
            });
        }
    }

    fn callout(&mut self, callout: &Callout) {
        self.item("- ", |page| {
            let mut title = String::new();
            match &callout.href {
                Some(href) => push_link(&mut title, &callout.title, href),
                None => title.push_str(&callout.title),
            }
            page.prose(&title);
            page.blocks(&callout.body);
        });
    }

    fn snippet(&mut self, snippet: &Snippet) {
        let said = &snippet.facts;
        if let Some(title) = &said.title {
            self.prose(&announcing(title));
        }
        if let Some(caution) = &said.caution {
            self.prose(&["Caution: ", caution].concat());
        }
        match (&snippet.text(), &snippet.code) {
            (Some(code), _) => {
                self.space();
                self.indented("    ", |page| code.lines().for_each(|line| page.line(line)));
            }
            (None, Err(reason)) => self.prose(&["(", &reason.to_string(), ")"].concat()),
            (None, Ok(_)) => {}
        }
        let remarks = facts::of_snippet(snippet);
        if !remarks.is_empty() {
            self.space();
            self.prose(&["(", &remarks.join(". "), ")"].concat());
        }
    }

    fn passage(&mut self, label: &str, body: &[Block]) {
        if !label.is_empty() {
            self.prose(&announcing(label));
        }
        self.indented("  ", |page| {
            page.blocks(body);
        });
    }

    /// Writes something with a marker before its first line.
    fn item(&mut self, marker: &str, write: impl FnOnce(&mut Self)) {
        self.marker = Some([self.marker.as_deref().unwrap_or(&self.indent), marker].concat());
        self.indented(&" ".repeat(marker.chars().count()), write);
        if let Some(marker) = self.marker.take() {
            self.line_after(marker.trim_end(), "");
        }
    }

    fn indented(&mut self, by: &str, write: impl FnOnce(&mut Self)) {
        let length = self.indent.len();
        self.indent.push_str(by);
        write(self);
        self.indent.truncate(length);
    }

    fn title(&mut self, title: &str, underline: char) {
        self.line(title);
        self.line(&underline.to_string().repeat(title.chars().count()));
    }

    /// One empty line, unless there is one or nothing stands before.
    fn space(&mut self) {
        if self.marker.is_none() && !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn prose(&mut self, text: &str) {
        let width = WIDTH.saturating_sub(self.indent.chars().count()).max(WIDTH / 2);
        for paragraph in text.split('\n') {
            let mut line = String::new();
            for word in paragraph.split_whitespace() {
                if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                    self.line(&line);
                    line.clear();
                }
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            self.line(&line);
        }
    }

    fn line(&mut self, line: &str) {
        match self.marker.take() {
            Some(marker) => self.line_after(&marker, line),
            None if line.is_empty() => self.out.push('\n'),
            None => {
                let indent = self.indent.clone();
                self.line_after(&indent, line);
            }
        }
    }

    fn line_after(&mut self, before: &str, line: &str) {
        self.out.push_str(before);
        self.out.push_str(line);
        self.out.push('\n');
    }
}

fn push_link(text: &mut String, words: &str, href: &str) {
    text.push_str(words);
    if words != href && !href.is_empty() {
        if !words.is_empty() {
            text.push(' ');
        }
        text.push('<');
        text.push_str(href);
        text.push('>');
    }
}
