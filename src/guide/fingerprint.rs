//! A short name for what a step says, which changes when its author changes it: for all its
//! readers, or for those who are shown one part of it.

use super::blocks::Context;
use super::declare::Inputs;
use super::structure::Passage;
use crate::markdoc::{Guard, Kind, Node, Value, branches};
use crate::percent::hex_digit;

/// FNV-1a over the step's nodes, 64 bits. Positions, partials' file names and how lines
/// are broken do not count, so moving or re-wrapping a text leaves ticks alone.
pub(super) struct Fingerprint<'a> {
    hash: Fnv,
    /// What the page asks, where only what certain readers are shown counts.
    inputs: Option<&'a Inputs<'a>>,
}

/// FNV-1a, 64 bits.
pub(super) struct Fnv(pub(super) u64);

impl Fnv {
    /// The hash of nothing.
    pub(super) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.byte(byte));
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    /// The first digits of the hash, in hexadecimal.
    pub(super) fn digits(&self, count: u32) -> String {
        (0..count).map(|place| hex_digit((self.0 >> (60 - 4 * place)) as u32)).collect()
    }
}

/// Attributes that say how a step is found and counted, not what it says.
const ABOUT_THE_STEP: &[&str] = &["file", "id", "aliases", "needs", "minutes", "severity", "stale", "gate"];

/// Attributes that ask nothing of a reader: which of Markdown's signs were written, and how a
/// command was tested.
const IDLE: &[&str] = &["marker", "verified"];

impl<'a> Fingerprint<'a> {
    /// The fingerprint of nodes, as 16 hexadecimal digits.
    pub(super) fn of<'n>(nodes: impl IntoIterator<Item = &'n Node>) -> String {
        let mut fingerprint = Fingerprint { hash: Fnv::new(), inputs: None };
        for node in nodes {
            fingerprint.node(node, None);
        }
        fingerprint.hash.digits(16)
    }

    /// The same of what the readers of passages are shown of them, as so many digits. Which
    /// input stands in a place counts, and never what the reader said.
    pub(super) fn of_shown<'n: 'p, 'p>(
        passages: &mut dyn Iterator<Item = &'p Passage<'n>>,
        inputs: &'a Inputs<'a>,
        digits: u32,
    ) -> String {
        let mut fingerprint = Fingerprint { hash: Fnv::new(), inputs: Some(inputs) };
        for passage in passages.filter(|passage| !passage.audience.is_empty()) {
            passage.added.into_iter().for_each(|added| fingerprint.attributes(added));
            let context = Context::new(passage.audience.clone(), passage.locals.clone());
            fingerprint.node(passage.node, Some(&context));
        }
        fingerprint.hash.digits(digits)
    }

    /// Takes a node in, for the readers of its context.
    fn node<'n>(&mut self, node: &'n Node, context: Option<&Context<'n>>) {
        match (&node.kind, context) {
            (Kind::Softbreak, _) => return self.bytes(b" "),
            (Kind::Comment, _) => return,
            (Kind::Text, _) if node.string("content").is_some() => {
                return self.bytes(node.string("content").unwrap_or_default().as_bytes());
            }
            (Kind::Tag(name), Some(context)) if name == "if" => return self.condition(node, context),
            // They are asked elsewhere.
            (Kind::Tag(name), Some(_)) if name == "choice" || name == "input" => return,
            // Whether there are blank lines between the items of a list.
            (Kind::Paragraph, Some(_)) if node.attributes.is_empty() => {
                return node.children.iter().for_each(|child| self.node(child, context));
            }
            (Kind::Tag(name), _) => self.text(name),
            (kind, _) => self.text(kind.name()),
        }
        self.attributes(node);
        self.byte(b'(');
        match context.filter(|_| node.tag() == Some("partial")) {
            Some(outer) => {
                let within = Context { locals: outer.locals.within(node), ..outer.clone() };
                node.children.iter().for_each(|child| self.node(child, Some(&within)));
            }
            None => node.children.iter().for_each(|child| self.node(child, context)),
        }
        self.byte(b')');
    }

    /// The branches that are for somebody; whom for, only where that is not everybody here.
    fn condition<'n>(&mut self, node: &'n Node, context: &Context<'n>) {
        let Some(inputs) = self.inputs else { return };
        for branch in branches(node) {
            let audience = Guard::narrow(&branch.guards, inputs, &context.audience, &context.locals);
            if audience.is_empty() {
                continue;
            }
            if audience.len() < context.audience.len() {
                branch.guards.iter().for_each(|guard| self.value(guard.condition()));
                self.byte(b'?');
            }
            let within = Context { audience, ..context.clone() };
            branch.children.into_iter().for_each(|child| self.node(child, Some(&within)));
        }
    }

    fn attributes(&mut self, node: &Node) {
        // What was written in a fence is what its children say.
        let is_read = node.kind == Kind::Fence && !node.children.is_empty();
        for (name, value) in &node.attributes {
            let is_idle = self.inputs.is_some() && IDLE.contains(&&**name);
            if !(ABOUT_THE_STEP.contains(&&**name) || is_idle || is_read && name == "content") {
                self.text(name);
                self.value(value);
            }
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.byte(b'0'),
            Value::Bool(truth) => self.byte(if *truth { b't' } else { b'f' }),
            Value::Number(number) => self.bytes(&number.to_bits().to_le_bytes()),
            Value::String(text) => self.text(text),
            Value::Array(items) => items.iter().for_each(|item| self.value(item)),
            Value::Object(entries) => entries.iter().for_each(|(key, value)| {
                self.text(key);
                self.value(value);
            }),
            Value::Variable(variable) => self.text(variable.name()),
            Value::Function(function) => {
                self.text(&function.name);
                function.parameters.iter().for_each(|(_, value)| self.value(value));
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
        self.byte(0);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.hash.bytes(bytes);
    }

    fn byte(&mut self, byte: u8) {
        self.hash.byte(byte);
    }
}
