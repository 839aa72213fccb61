//! The tags of OpenMetadata's documentation as blocks and inlines.

use super::blocks::{Context, Writer, push_variants, snippet};
use super::declare::report_undefined;
use super::scenario::Audience;
use super::snippets::plain_text;
use super::{Block, Callout, Facts, Inline, Labelled, Numbered, Snippet, plain};
use crate::markdoc::docs_site::{DocsTag, number};
use crate::markdoc::{Kind, Node};
use crate::snippet::Run;

impl<'a> Writer<'a, '_> {
    /// What a tag means: once where it is the same for everyone, else to each of those who need it
    /// otherwise.
    pub(super) fn meanings(
        &mut self,
        node: &Node,
        context: &Context<'a>,
    ) -> Vec<(Option<DocsTag>, Audience)> {
        let mut is_plain = true;
        for (_, value) in &node.attributes {
            value.variables(&mut |_| is_plain = false);
        }
        if is_plain {
            return vec![(DocsTag::read(node, &()), context.audience.clone())];
        }
        let groups = context.audience.grouped(|scenario| {
            let bound = self.bound(scenario, context);
            let mut tag = DocsTag::read(node, &bound);
            // What a reader has not said yet leads nowhere.
            if let Some(DocsTag::Card { href: address, .. } | DocsTag::Image { src: address, .. }) = &mut tag
                && ["href", "link", "src"]
                    .iter()
                    .filter_map(|name| node.attribute(name))
                    .any(|value| bound.lacks(value).is_some())
            {
                *address = None;
            }
            tag
        });
        if groups.iter().any(|(tag, _)| tag.is_some()) {
            for (_, value) in &node.attributes {
                report_undefined(value, self.inputs, &context.locals, node.span, self.problems);
            }
        }
        groups
    }

    /// The blocks of such a tag.
    pub(super) fn docs_tag(
        &mut self,
        tag: DocsTag,
        node: &'a Node,
        context: &Context<'a>,
        blocks: &mut Vec<Block>,
    ) {
        match tag {
            DocsTag::Note(kind) => {
                blocks.push(Block::Note { kind, body: self.blocks(&node.children, context) });
            }
            DocsTag::Card { title, href, words } => {
                let mut body = if words.is_empty() { Vec::new() } else { vec![paragraph(words)] };
                body.extend(self.blocks(&node.children, context));
                let card = Callout { title, href: href.and_then(|href| self.link(&href, node)), body };
                match blocks.last_mut() {
                    Some(Block::Callouts(cards)) => cards.push(card),
                    _ => blocks.push(Block::Callouts(vec![card])),
                }
            }
            DocsTag::Numbered { number, title } => {
                let mut body = self.blocks(&node.children, context);
                drop_heading(&mut body, &title);
                let passage = Numbered { number, title, body };
                match blocks.last_mut() {
                    Some(Block::Numbered(passages)) => passages.push(passage),
                    _ => blocks.push(Block::Numbered(vec![passage])),
                }
            }
            DocsTag::Code { file } => self.code(file, node, context, blocks),
            DocsTag::Languages { title } => {
                blocks.extend(title.map(|title| Block::Paragraph(vec![strong(&title)])));
                let body = self.blocks(&node.children, context);
                let languages: Option<Vec<String>> = body
                    .iter()
                    .map(|block| match block {
                        Block::Snippet(snippet) => Some(snippet.language.clone()),
                        _ => None,
                    })
                    .collect();
                match languages {
                    Some(languages) if languages.len() > 1 => {
                        let variants = languages.into_iter().zip(body);
                        let variants = variants.map(|(label, block)| Labelled { label, value: vec![block] });
                        blocks.push(Block::Variants(variants.collect()));
                    }
                    _ => blocks.extend(body),
                }
            }
            DocsTag::Edition(label) => {
                let value = self.blocks(&node.children, context);
                push_variants(blocks, vec![Labelled { label: label.to_owned(), value }]);
            }
            DocsTag::Connector { .. }
            | DocsTag::Title(_)
            | DocsTag::Unknown(_)
            | DocsTag::Image { .. }
            | DocsTag::Film { .. }
            | DocsTag::Icon(_)
            | DocsTag::Rule => {
                self.docs_head(tag, node, context, blocks);
                blocks.extend(self.blocks(&node.children, context));
            }
        }
    }

    /// What such a tag says above what it holds, where that stands below it as it is.
    fn docs_head(&mut self, tag: DocsTag, node: &'a Node, context: &Context<'a>, blocks: &mut Vec<Block>) {
        match tag {
            DocsTag::Connector { name, words, features } => {
                let mut title = vec![strong(&name)];
                if !words.is_empty() {
                    title.push(Inline::Text([" · ", &words].concat()));
                }
                blocks.push(Block::Paragraph(title));
                let items = features.into_iter().map(|(label, features)| {
                    vec![Block::Paragraph(vec![strong(label), Inline::Text([": ", &features].concat())])]
                });
                let items: Vec<Vec<Block>> = items.collect();
                if !items.is_empty() {
                    blocks.push(Block::List { start: None, items });
                }
            }
            DocsTag::Title(title) | DocsTag::Unknown(title) => {
                blocks.push(Block::Paragraph(vec![strong(&title)]));
            }
            DocsTag::Image { ref caption, .. } | DocsTag::Film { ref caption, .. } => {
                let caption = caption.clone();
                let mut content = Vec::new();
                self.docs_inline(&tag, node, context, &mut content);
                blocks.push(Block::Figure { content, caption });
            }
            DocsTag::Icon(sign) => blocks.push(paragraph(sign)),
            DocsTag::Rule => blocks.push(Block::Rule),
            _ => {}
        }
    }

    /// What such a tag says in a line of text, beside what it holds.
    pub(super) fn docs_inline(
        &mut self,
        tag: &DocsTag,
        node: &'a Node,
        context: &Context<'a>,
        inlines: &mut Vec<Inline>,
    ) {
        match tag {
            DocsTag::Image { src, alt, .. } => match src.as_deref().and_then(|src| self.image(src, node)) {
                Some(src) => inlines.push(Inline::Image { src, alt: alt.clone(), title: None }),
                None => inlines.push(Inline::Text(alt.clone())),
            },
            DocsTag::Film { words, href, .. } => {
                let content = vec![Inline::Text((*words).to_owned())];
                match href {
                    Some(href) => inlines.push(Inline::Link { href: href.clone(), title: None, content }),
                    None => inlines.extend(content),
                }
            }
            DocsTag::Icon(sign) => inlines.push(Inline::Text(sign.clone())),
            DocsTag::Unknown(title) => {
                inlines.push(strong(title));
                if !node.children.is_empty() {
                    inlines.push(Inline::Text(" ".to_owned()));
                }
            }
            DocsTag::Edition(label) => {
                let value = self.inlines(&node.children, context);
                inlines.push(Inline::Variants(vec![Labelled { label: (*label).to_owned(), value }]));
            }
            _ => {}
        }
    }

    /// The fences of a file as one snippet that can be copied whole; what is no plain fence
    /// stands on its own.
    fn code(&mut self, file: Option<String>, node: &'a Node, context: &Context<'a>, blocks: &mut Vec<Block>) {
        let parts: Option<Vec<String>> = node.children.iter().map(plain_text).collect();
        let (Some(parts), Some(first)) = (parts, node.children.first()) else {
            blocks.extend(file.map(|file| Block::Paragraph(vec![strong(&file)])));
            return blocks.extend(self.blocks(&node.children, context));
        };
        let id = self.next_snippet_id(first);
        self.fences += parts.len() - 1;
        let last = parts.len() - 1;
        let runs = parts.iter().enumerate().map(|(index, text)| {
            let text = if index == last { text.strip_suffix('\n').unwrap_or(text) } else { text };
            Run { text: text.to_owned(), hole: None }
        });
        blocks.push(snippet(Snippet {
            id,
            role: context.role.unwrap_or_else(|| self.own_role(true)),
            language: first.string("language").unwrap_or_default().to_owned(),
            code: Ok(runs.collect()),
            blank: Vec::new(),
            inputs: Vec::new(),
            marks: node.children.iter().map(number).collect(),
            facts: Facts { title: file, ..Facts::default() },
            answered: Vec::new(),
        }));
    }

    /// What stands in a page for a partial that is not there.
    pub(super) fn missing_partial(&self, node: &Node) -> Block {
        let file = Inline::Code(node.string("file").unwrap_or_default().to_owned());
        let before = Inline::Text("A part of this page is missing: ".to_owned());
        Block::Note { kind: "Missing".to_owned(), body: vec![Block::Paragraph(vec![before, file])] }
    }
}

/// Takes the title, which stands above the body, out of it.
pub(super) fn drop_heading(body: &mut Vec<Block>, title: &str) {
    let repeats = |content: &[Inline]| plain(content).trim() == title;
    if let Some(Block::Heading { content, .. } | Block::Paragraph(content)) = body.first()
        && !title.is_empty()
        && repeats(content)
    {
        body.remove(0);
    }
}

/// Whether a tag stands on its own even in a line of text.
pub(super) fn is_block(node: &Node) -> bool {
    match node.tag() {
        Some("added" | "verify" | "undo" | "partial" | "inlineCalloutContainer" | "tilesContainer") => true,
        Some("connectorsListContainer" | "codePreview" | "stepsContainer") => true,
        Some("choice" | "input" | "stepDescription") => true,
        _ => DocsTag::read(node, &()).is_some_and(|tag| tag.is_block()),
    }
}

/// Whether a node is a tag that is drawn as a block where nothing stands beside it.
pub(super) fn is_block_alone(node: &Node) -> bool {
    matches!(node.kind, Kind::Tag(_))
        && (DocsTag::read(node, &()).is_some() || node.tag() == Some("ossContent"))
}

fn strong(words: &str) -> Inline {
    Inline::Strong(vec![Inline::Text(words.to_owned())])
}

fn paragraph(words: String) -> Block {
    Block::Paragraph(vec![Inline::Text(words)])
}
