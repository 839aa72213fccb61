//! Nodes go in, blocks and inlines come out, with conditions and variables resolved for
//! the readers that a passage is for.

use std::rc::Rc;

use super::declare::{Bound, Inputs, asks, report_undefined};
use super::locals::Locals;
use super::meta::Meta;
use super::scenario::Audience;
use super::structure::Passage;
use super::{Block, Cell, Inline, Labelled, Role, docs_site};
use crate::markdoc::docs_site::DocsTag;
use crate::markdoc::{Branch, Guard, Kind, Node, Problem, Value, branches, number_text, safe_url};

/// How many columns or rows of a table a cell spans at most, as in a browser.
const MOST_SPANNED: u32 = 1000;

/// Writes the blocks of one step, or of what stands between steps.
pub(super) struct Writer<'a, 'p> {
    pub(super) meta: &'a Meta,
    pub(super) inputs: &'a Inputs<'a>,
    pub(super) problems: &'p mut Vec<Problem>,
    /// The id of the step or section; nothing where there is none.
    pub(super) path: String,
    /// How many fences came before, those for other readers included, so that a
    /// snippet's id does not depend on the reader.
    pub(super) fences: usize,
}

/// What a node's place says about it.
#[derive(Clone)]
pub(super) struct Context<'a> {
    /// Whom it is for.
    pub(super) audience: Audience,
    /// The variables of the partial that it stands in.
    pub(super) locals: Locals<'a>,
    /// What its snippets are for, where a tag around it says so.
    pub(super) role: Option<Role>,
}

/// A branch of an `if` that is for somebody.
pub(super) struct LiveBranch<'a> {
    /// Whom it is for; empty where that is everyone here.
    label: String,
    pub(super) context: Context<'a>,
    pub(super) children: Vec<&'a Node>,
}

impl<'a> Context<'a> {
    /// The context of a step's own level.
    pub(super) fn new(audience: Audience, locals: Locals<'a>) -> Self {
        Self { audience, locals, role: None }
    }

    fn for_role(&self, role: Role) -> Self {
        Self { role: Some(role), ..self.clone() }
    }

    /// The context of what was added to the original page, and so has nothing of that.
    fn within_added(&self) -> Self {
        self.for_role(self.role.unwrap_or(Role::Apply))
    }
}

impl<'a, 'p> Writer<'a, 'p> {
    /// A writer for the step with this id.
    pub(super) fn new(
        meta: &'a Meta,
        inputs: &'a Inputs<'a>,
        problems: &'p mut Vec<Problem>,
        path: &str,
    ) -> Self {
        Self { meta, inputs, problems, path: path.to_owned(), fences: 0 }
    }

    /// The blocks of passages that stand in one row, for the readers in `whole`.
    pub(super) fn passages(&mut self, passages: &[Passage<'a>], whole: &Audience) -> Vec<Block> {
        let mut blocks = Vec::new();
        for run in passages.chunk_by(|a, b| same_frame(a, b)) {
            let Some(first) = run.first() else { continue };
            if first.audience.is_empty() {
                self.fences += run.iter().map(|passage| count_fences(passage.node)).sum::<usize>();
                continue;
            }
            let context = Context::new(first.audience.clone(), first.locals.clone());
            let context = if first.added.is_some() { context.within_added() } else { context };
            let mut body = Vec::new();
            for passage in run {
                let context = Context { locals: passage.locals.clone(), ..context.clone() };
                self.block(passage.node, &context, &mut body);
            }
            if let Some(tag) = first.added {
                body = vec![added(tag, body)];
            }
            let label = self.inputs.describe(&first.audience, whole);
            push_variants(&mut blocks, vec![Labelled { label, value: body }]);
        }
        blocks
    }

    /// The blocks of a node's children.
    pub(super) fn blocks(&mut self, nodes: &'a [Node], context: &Context<'a>) -> Vec<Block> {
        let mut blocks = Vec::new();
        for node in nodes {
            self.block(node, context, &mut blocks);
        }
        blocks
    }

    /// The inlines of a heading, a paragraph or anything inside them.
    pub(super) fn inlines(&mut self, nodes: &'a [Node], context: &Context<'a>) -> Vec<Inline> {
        let mut inlines = Vec::new();
        for node in nodes {
            self.inline(node, context, &mut inlines);
        }
        inlines
    }

    fn block(&mut self, node: &'a Node, context: &Context<'a>, blocks: &mut Vec<Block>) {
        match &node.kind {
            Kind::Heading => blocks.push(Block::Heading {
                level: number(node, "level").unwrap_or(2) as u8,
                content: self.inlines(&node.children, context),
            }),
            Kind::Paragraph | Kind::Inline => self.paragraph(node, context, blocks),
            Kind::List => blocks.push(Block::List {
                start: (node.attribute("ordered") == Some(&Value::Bool(true)))
                    .then(|| number(node, "start").unwrap_or(1)),
                items: node.children.iter().map(|item| self.blocks(&item.children, context)).collect(),
            }),
            Kind::Blockquote => blocks.push(Block::Quote(self.blocks(&node.children, context))),
            Kind::Hr => blocks.push(Block::Rule),
            Kind::Fence => self.fence(node, context, blocks),
            Kind::Table => blocks.push(self.table(node, context)),
            Kind::Tag(name) => self.tag(name, node, context, blocks),
            Kind::Comment => {}
            Kind::Item | Kind::Error | Kind::Thead | Kind::Tbody | Kind::Tr | Kind::Th | Kind::Td => {
                blocks.extend(self.blocks(&node.children, context));
            }
            Kind::Text
            | Kind::Softbreak
            | Kind::Hardbreak
            | Kind::Code
            | Kind::Link
            | Kind::Image
            | Kind::Strong
            | Kind::Em
            | Kind::S => {
                let inlines = self.inlines(std::slice::from_ref(node), context);
                if let Some(Block::Paragraph(open)) = blocks.last_mut() {
                    open.extend(inlines);
                } else if !inlines.is_empty() {
                    blocks.push(Block::Paragraph(inlines));
                }
            }
        }
    }

    /// A paragraph, cut where a tag that is drawn as a block stands in it: written on one
    /// line, such a tag is inline to Markdoc.
    fn paragraph(&mut self, node: &'a Node, context: &Context<'a>, blocks: &mut Vec<Block>) {
        let content = match node.children.as_slice() {
            [inline] if inline.kind == Kind::Inline => &inline.children,
            content => content,
        };
        if let [tag] = content
            && docs_site::is_block_alone(tag)
        {
            return self.block(tag, context, blocks);
        }
        let is_cut = content.iter().any(docs_site::is_block);
        for run in content.chunk_by(|a, b| docs_site::is_block(a) == docs_site::is_block(b)) {
            if run.iter().any(docs_site::is_block) {
                run.iter().for_each(|tag| self.block(tag, context, blocks));
                continue;
            }
            let mut inlines = self.inlines(run, context);
            if is_cut {
                trim(&mut inlines);
            }
            if !inlines.is_empty() {
                blocks.push(Block::Paragraph(inlines));
            }
        }
    }

    fn tag(&mut self, name: &str, node: &'a Node, context: &Context<'a>, blocks: &mut Vec<Block>) {
        match name {
            name if asks(name) => {
                swallowed(node).for_each(|child| self.block(child, context, blocks));
            }
            "if" => self.condition(node, context, blocks),
            "partial" if node.children.is_empty() => blocks.push(self.missing_partial(node)),
            "partial" => {
                let context = Context { locals: context.locals.within(node), ..context.clone() };
                blocks.extend(self.blocks(&node.children, &context));
            }
            "added" => {
                let body = self.blocks(&node.children, &context.within_added());
                if !body.is_empty() {
                    blocks.push(added(node, body));
                }
            }
            "verify" => {
                let body = self.blocks(&node.children, &context.for_role(Role::Verify));
                if !body.is_empty() {
                    blocks.push(Block::Verify(body));
                }
            }
            "undo" => {
                let body = self.blocks(&node.children, &context.for_role(Role::Undo));
                if !body.is_empty() {
                    blocks.push(Block::Undo(body));
                }
            }
            _ => {
                let (fences, mut variants) = (self.fences, Vec::new());
                for (tag, audience) in self.meanings(node, context) {
                    // A fence in it is the same one to all of them.
                    self.fences = fences;
                    let label = self.inputs.describe(&audience, &context.audience);
                    let context = Context { audience, ..context.clone() };
                    let mut own = Vec::new();
                    let body = if label.is_empty() { &mut *blocks } else { &mut own };
                    match tag {
                        Some(tag) => self.docs_tag(tag, node, &context, body),
                        // What a tag holds that only lays a page out, or that nobody knows, is kept.
                        None => node.children.iter().for_each(|child| self.block(child, &context, body)),
                    }
                    variants.push(Labelled { label, value: own });
                }
                push_variants(blocks, variants);
            }
        }
    }

    /// The branches of an `if`: just the one where only one can apply, else each with
    /// whom it is for.
    fn condition(&mut self, node: &'a Node, context: &Context<'a>, blocks: &mut Vec<Block>) {
        let mut variants = Vec::new();
        for branch in self.live_branches(node, context) {
            let mut body = Vec::new();
            for child in branch.children {
                self.block(child, &branch.context, &mut body);
            }
            variants.push(Labelled { label: branch.label, value: body });
        }
        push_variants(blocks, variants);
    }

    fn table(&mut self, node: &'a Node, context: &Context<'a>) -> Block {
        let mut head = Vec::new();
        let mut rows = Vec::new();
        for part in &node.children {
            let mut of_part = Vec::new();
            self.rows(part, context, &mut of_part);
            if part.kind == Kind::Thead && head.is_empty() && !of_part.is_empty() {
                head = of_part.remove(0);
            }
            rows.extend(of_part);
        }
        Block::Table { head, rows }
    }

    /// The rows of a part of a table. A row that is not for everyone says so in its first
    /// cell.
    fn rows(&mut self, part: &'a Node, context: &Context<'a>, rows: &mut Vec<Vec<Cell>>) {
        for row in &part.children {
            if row.tag() == Some("if") {
                for branch in self.live_branches(row, context) {
                    let mut of_branch = Vec::new();
                    for child in branch.children {
                        self.rows_of(child, &branch.context, &mut of_branch);
                    }
                    for row in &mut of_branch {
                        if let Some(first) = row.first_mut().filter(|_| !branch.label.is_empty()) {
                            let value = std::mem::take(&mut first.body);
                            let label = branch.label.clone();
                            first.body = vec![Block::Variants(vec![Labelled { label, value }])];
                        }
                    }
                    rows.append(&mut of_branch);
                }
            } else {
                self.rows_of(row, context, rows);
            }
        }
    }

    fn rows_of(&mut self, node: &'a Node, context: &Context<'a>, rows: &mut Vec<Vec<Cell>>) {
        if node.kind != Kind::Tr {
            return self.rows(node, context, rows);
        }
        let cells = node.children.iter().map(|cell| Cell {
            body: self.blocks(&cell.children, context),
            align: cell.string("align").map(str::to_owned),
            columns: number(cell, "colspan").unwrap_or(1).clamp(1, MOST_SPANNED),
            rows: number(cell, "rowspan").unwrap_or(1).clamp(1, MOST_SPANNED),
        });
        rows.push(cells.collect());
    }

    fn inline(&mut self, node: &'a Node, context: &Context<'a>, inlines: &mut Vec<Inline>) {
        match &node.kind {
            Kind::Text => match node.attribute("content") {
                Some(Value::String(text)) => push_text(inlines, text),
                Some(value) => self.interpolation(value, node, context, inlines),
                None => {}
            },
            Kind::Softbreak => push_text(inlines, " "),
            Kind::Hardbreak => inlines.push(Inline::Break),
            Kind::Code => {
                inlines.push(Inline::Code(node.string("content").unwrap_or_default().to_owned()));
            }
            Kind::Strong => inlines.push(Inline::Strong(self.inlines(&node.children, context))),
            Kind::Em => inlines.push(Inline::Em(self.inlines(&node.children, context))),
            Kind::S => inlines.push(Inline::Struck(self.inlines(&node.children, context))),
            Kind::Link => {
                let content = self.inlines(&node.children, context);
                match node.string("href").and_then(|href| self.link(href, node)) {
                    Some(href) => inlines.push(Inline::Link {
                        href,
                        title: node.string("title").map(str::to_owned),
                        content,
                    }),
                    None => inlines.extend(content),
                }
            }
            Kind::Image => {
                let alt = node.string("alt").unwrap_or_default().to_owned();
                match node.string("src").and_then(|src| self.image(src, node)) {
                    Some(src) => inlines.push(Inline::Image {
                        src,
                        alt,
                        title: node.string("title").map(str::to_owned),
                    }),
                    None => push_text(inlines, &alt),
                }
            }
            Kind::Tag(name) if name == "if" => self.inline_condition(node, context, inlines),
            Kind::Comment => {}
            _ => {
                let mut variants = Vec::new();
                for (tag, audience) in self.meanings(node, context) {
                    let label = self.inputs.describe(&audience, &context.audience);
                    let context = Context { audience, ..context.clone() };
                    let mut own = Vec::new();
                    let body = if label.is_empty() { &mut *inlines } else { &mut own };
                    if let Some(tag) = &tag {
                        self.docs_inline(tag, node, &context, body);
                    }
                    // What a tag holds that holds nothing is kept.
                    if !matches!(tag, Some(DocsTag::Edition(_))) {
                        body.extend(self.inlines(&node.children, &context));
                    }
                    variants.push(Labelled { label, value: own });
                }
                push_inline_variants(inlines, variants);
            }
        }
    }

    /// A value as its readers see it.
    pub(super) fn interpolation(
        &mut self,
        value: &'a Value,
        node: &Node,
        context: &Context<'a>,
        inlines: &mut Vec<Inline>,
    ) {
        report_undefined(value, self.inputs, &context.locals, node.span, self.problems);
        let texts = context.audience.grouped(|scenario| {
            let bound = self.bound(scenario, context);
            let text = words(&value.evaluate(&bound));
            if bound.is_own(value) { Inline::Text(text) } else { Inline::Filled(text) }
        });
        let variants = self.labelled(texts, context, |text| vec![text]);
        push_inline_variants(inlines, variants);
    }

    fn inline_condition(&mut self, node: &'a Node, context: &Context<'a>, inlines: &mut Vec<Inline>) {
        let mut variants = Vec::new();
        for branch in self.live_branches(node, context) {
            let mut body = Vec::new();
            for child in branch.children {
                self.inline(child, &branch.context, &mut body);
            }
            variants.push(Labelled { label: branch.label, value: body });
        }
        push_inline_variants(inlines, variants);
    }

    /// The branches of an `if` that are for anybody here.
    pub(super) fn live_branches(&mut self, node: &'a Node, context: &Context<'a>) -> Vec<LiveBranch<'a>> {
        let mut live = Vec::new();
        for Branch { guards, children, .. } in branches(node) {
            for guard in &guards {
                let span = node.span;
                report_undefined(guard.condition(), self.inputs, &context.locals, span, self.problems);
            }
            let audience = Guard::narrow(&guards, self.inputs, &context.audience, &context.locals);
            if audience.is_empty() {
                self.fences += children.iter().map(|child| count_fences(child)).sum::<usize>();
            } else {
                let label = self.inputs.describe(&audience, &context.audience);
                live.push(LiveBranch { label, context: Context { audience, ..context.clone() }, children });
            }
        }
        live
    }

    /// Names whom each group of scenarios is.
    pub(super) fn labelled<K, T>(
        &self,
        groups: Vec<(K, Audience)>,
        context: &Context<'a>,
        mut make: impl FnMut(K) -> T,
    ) -> Vec<Labelled<T>> {
        groups
            .into_iter()
            .map(|(key, audience)| Labelled {
                label: self.inputs.describe(&audience, &context.audience),
                value: make(key),
            })
            .collect()
    }

    /// The variables in one scenario.
    pub(super) fn bound<'b>(&'b self, scenario: usize, context: &'b Context<'a>) -> Bound<'b> {
        self.inputs.bound(scenario, &context.locals)
    }

    /// Where a link leads, if that is an address to follow.
    pub(super) fn link(&mut self, address: &str, node: &Node) -> Option<String> {
        let address = self.safe(address, node)?;
        Some(self.meta.base.as_ref().map_or(address.to_owned(), |base| base.link(address)))
    }

    /// Where an image lies, if that is an address to load.
    pub(super) fn image(&mut self, address: &str, node: &Node) -> Option<String> {
        let address = self.safe(address, node)?;
        Some(self.meta.base.as_ref().map_or(address.to_owned(), |base| base.image(address)))
    }

    fn safe<'b>(&mut self, address: &'b str, node: &Node) -> Option<&'b str> {
        let safe = safe_url(address);
        if safe.is_none() {
            let message = ["`", address, "` is not an address to link to"].concat();
            self.problems.push(Problem::error(node.span, message).coded("address-refused"));
        }
        safe
    }
}

/// The block of an `added` tag.
pub(super) fn added(tag: &Node, body: Vec<Block>) -> Block {
    Block::Added {
        reason: tag.string("reason").map(str::to_owned),
        source: tag.string("source").map(str::to_owned),
        body,
    }
}

/// What stands in a tag that asks something and is not its own content, as what follows where
/// its end was forgotten. It is kept.
pub(super) fn swallowed(node: &Node) -> impl Iterator<Item = &Node> {
    return node.children.iter().filter(|child| !only_asks(child));

    fn only_asks(node: &Node) -> bool {
        let may_ask = match (&node.kind, node.tag()) {
            (Kind::Text, _) => node.string("content").is_some_and(|text| text.trim().is_empty()),
            (Kind::Tag(_), name) => name.is_some_and(|name| asks(name) || name == "if"),
            (kind, _) => matches!(kind, Kind::Paragraph | Kind::Inline | Kind::Softbreak | Kind::Comment),
        };
        may_ask && node.children.iter().all(only_asks)
    }
}

/// How many fences a node holds.
pub(super) fn count_fences(node: &Node) -> usize {
    usize::from(node.kind == Kind::Fence) + node.children.iter().map(count_fences).sum::<usize>()
}

/// A value as a reader sees it.
pub(super) fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number_text(*number),
        Value::Bool(truth) => truth.to_string(),
        _ => String::new(),
    }
}

/// Adds passages for different readers. Those for everyone stand as they are; those that
/// follow passages for just the same readers join them.
pub(super) fn push_variants(blocks: &mut Vec<Block>, variants: Vec<Labelled<Vec<Block>>>) {
    let (everyone, mut variants): (Vec<_>, Vec<_>) =
        variants.into_iter().partition(|variant| variant.label.is_empty());
    blocks.extend(everyone.into_iter().flat_map(|variant| variant.value));
    variants.retain(|variant| !variant.value.is_empty());
    if variants.is_empty() {
        return;
    }
    if let Some(Block::Variants(open)) = blocks.last_mut()
        && open.len() == variants.len()
        && open.iter().zip(&variants).all(|(open, variant)| open.label == variant.label)
    {
        for (open, variant) in open.iter_mut().zip(variants) {
            open.value.extend(variant.value);
        }
    } else {
        blocks.push(Block::Variants(variants));
    }
}

fn push_inline_variants(inlines: &mut Vec<Inline>, mut variants: Vec<Labelled<Vec<Inline>>>) {
    if variants.iter().all(|variant| variant.label.is_empty()) {
        variants.into_iter().for_each(|variant| inlines.extend(variant.value));
    } else {
        variants.retain(|variant| !variant.value.is_empty());
        inlines.push(Inline::Variants(variants));
    }
}

fn push_text(inlines: &mut Vec<Inline>, text: &str) {
    match inlines.last_mut() {
        Some(Inline::Text(open)) => open.push_str(text),
        _ if text.is_empty() => {}
        _ => inlines.push(Inline::Text(text.to_owned())),
    }
}

/// Whether two passages are drawn in one frame: for the same readers, by the same author.
fn same_frame(a: &Passage<'_>, b: &Passage<'_>) -> bool {
    let same_author = match (a.added, b.added) {
        (Some(a), Some(b)) => std::ptr::eq(a, b),
        (None, None) => true,
        _ => false,
    };
    same_author && a.audience == b.audience
}

/// Takes the space off where a paragraph was cut.
fn trim(inlines: &mut Vec<Inline>) {
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Inline::Text(text)) = inlines.last_mut() {
        text.truncate(text.trim_end().len());
    }
    inlines.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
}

fn number(node: &Node, attribute: &str) -> Option<u32> {
    match node.attribute(attribute) {
        Some(Value::Number(number)) => Some(*number as u32),
        _ => None,
    }
}

/// A snippet as a block.
pub(super) fn snippet(snippet: super::Snippet) -> Block {
    Block::Snippet(Rc::new(snippet))
}
