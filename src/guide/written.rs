//! The page with its values written into its commands, for what draws a page and knows nothing
//! of quoting.
//!
//! Start with [`written`].

use std::collections::BTreeMap;
use std::ptr;

use super::Block;
use super::blocks::{Context, Writer};
use super::declare::Inputs;
use super::locals::NO_LOCALS;
use super::meta::Meta;
use crate::environment::{Environment, Objection};
use crate::markdoc::{Document, Kind, Node, Span, Value};

/// The page, each fence of it that is not the same for every reader being a plain one: as it is
/// for the reader with these answers, or else a sentence that says why there is none. `known` are
/// the variables that the page does not declare itself.
pub fn written(document: &Document, environment: &Environment, known: Vec<(String, Value)>) -> Document {
    let (meta, mut problems) = Meta::read(document);
    let inputs = Inputs::declared_in(document, environment, &mut problems);
    let known = Node::new(Kind::Tag("partial".to_owned()), Span::default())
        .with("variables", Value::Object(Box::new(known)));
    let context = Context::new(inputs.everyone(), NO_LOCALS.within(&known));
    let mut commands =
        Commands { writer: Writer::new(&meta, &inputs, &mut problems, ""), written: BTreeMap::new() };
    commands.read(&document.children, &context);
    let mut page = document.clone();
    commands.put(&document.children, &mut page.children);
    page
}

struct Commands<'a, 'p> {
    writer: Writer<'a, 'p>,
    /// What stands for each fence, by its place in memory.
    written: BTreeMap<*const Node, Node>,
}

impl<'a> Commands<'a, '_> {
    fn read(&mut self, nodes: impl IntoIterator<Item = &'a Node>, context: &Context<'a>) {
        for node in nodes {
            match node.tag() {
                Some("if") => {
                    for branch in self.writer.live_branches(node, context) {
                        self.read(branch.children, &branch.context);
                    }
                }
                Some("partial") => {
                    let context = Context { locals: context.locals.within(node), ..context.clone() };
                    self.read(&node.children, &context);
                }
                _ if depends(node) => {
                    let mut blocks = Vec::new();
                    self.writer.fence(node, context, &mut blocks);
                    self.written.insert(node, instead(node, &blocks));
                }
                _ => self.read(&node.children, context),
            }
        }
    }

    /// Puts what was written into a copy of the nodes. A fence that is for nobody is nothing.
    fn put(&mut self, nodes: &[Node], copy: &mut [Node]) {
        for (node, copy) in nodes.iter().zip(copy) {
            if depends(node) {
                let nothing = || Node::new(Kind::Comment, node.span);
                *copy = self.written.remove(&ptr::from_ref(node)).unwrap_or_else(nothing);
            } else {
                self.put(&node.children, &mut copy.children);
            }
        }
    }
}

/// Whether a node is a fence with more in it than its author's text.
fn depends(node: &Node) -> bool {
    node.kind == Kind::Fence && node.children.iter().any(|child| child.string("content").is_none())
}

/// What stands for a fence that became these blocks.
fn instead(fence: &Node, blocks: &[Block]) -> Node {
    let why = match blocks {
        [Block::Snippet(snippet)] => match &snippet.code {
            Ok(runs) => {
                let code = runs.iter().map(|run| run.text.as_str()).chain(["\n"]).collect();
                let mut plain = Node { children: Vec::new(), ..fence.clone() };
                plain.attributes.push("content", Value::String(code));
                return plain;
            }
            // There is no field to fill in beside it.
            Err(Objection::Missing(label)) => ["Not given: ", label].concat(),
            Err(why) => why.to_string(),
        },
        [Block::Variants(variants)] => {
            let labels: Vec<&str> = variants.iter().map(|variant| &*variant.label).collect();
            ["There is one for each of these: ", &labels.join("; ")].concat()
        }
        _ => String::new(),
    };
    let mut sentence = Node::new(Kind::Em, fence.span);
    sentence.children.push(Node::new(Kind::Text, fence.span).with("content", Value::String(why)));
    let mut paragraph = Node::new(Kind::Paragraph, fence.span);
    paragraph.children.push(sentence);
    paragraph
}
