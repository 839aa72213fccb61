//! A short name for what a step says, which changes when its author changes it: for all its
//! readers, or for those who are shown one part of it.

use super::blocks::Context;
use super::declare::{Inputs, MOST_NAMES};
use super::locals::{Locals, NO_LOCALS};
use super::structure::Passage;
use crate::markdoc::{Guard, Kind, Node, Segment, Value, Variable, branches};
use crate::percent::hex_digit;

/// FNV-1a over the step's nodes, 64 bits. Positions, partials' file names and how lines
/// are broken do not count, so moving or re-wrapping a text leaves ticks alone.
pub(super) struct Fingerprint<'a> {
    hash: Fnv,
    /// What the page asks, and what its names stand for.
    inputs: &'a Inputs<'a>,
    /// Whether only what the readers are shown counts.
    is_shown: bool,
    /// How many more names are looked behind for the value that is taken in.
    names_left: usize,
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
const ABOUT_THE_STEP: &[&str] =
    &["file", "id", "aliases", "needs", "minutes", "severity", "stale", "gate", "failed"];

/// Attributes that ask nothing of a reader: which of Markdown's signs were written, and how a
/// command was tested.
const IDLE: &[&str] = &["marker", "verified"];

impl<'a> Fingerprint<'a> {
    /// The fingerprint of passages, as 16 hexadecimal digits.
    pub(super) fn of(passages: &[&Passage<'_>], inputs: &'a Inputs<'a>) -> String {
        let mut fingerprint = Self::new(inputs, false);
        passages.iter().for_each(|passage| fingerprint.node(passage.node, &context_of(passage)));
        fingerprint.hash.digits(16)
    }

    /// The same of what the readers of passages are shown of them, as so many digits. Which
    /// input stands in a place counts, and never what the reader said.
    pub(super) fn of_shown(passages: &[&Passage<'_>], inputs: &'a Inputs<'a>, digits: u32) -> String {
        let mut fingerprint = Self::new(inputs, true);
        for passage in passages.iter().filter(|passage| !passage.audience.is_empty()) {
            let context = context_of(passage);
            passage.added.into_iter().for_each(|added| fingerprint.attributes(added, &context));
            fingerprint.node(passage.node, &context);
        }
        fingerprint.hash.digits(digits)
    }

    fn new(inputs: &'a Inputs<'a>, is_shown: bool) -> Self {
        Self { hash: Fnv::new(), inputs, is_shown, names_left: 0 }
    }

    /// Takes a node in, for the readers of its context.
    fn node<'n>(&mut self, node: &'n Node, context: &Context<'n>) {
        match (&node.kind, self.is_shown) {
            (Kind::Softbreak, _) => return self.bytes(b" "),
            (Kind::Comment, _) => return,
            (Kind::Text, _) if node.string("content").is_some() => {
                return self.bytes(node.string("content").unwrap_or_default().as_bytes());
            }
            (Kind::Tag(name), true) if name == "if" => return self.condition(node, context),
            // They are asked elsewhere.
            (Kind::Tag(name), true) if name == "choice" || name == "input" => return,
            // Whether there are blank lines between the items of a list.
            (Kind::Paragraph, true) if node.attributes.is_empty() => {
                return node.children.iter().for_each(|child| self.node(child, context));
            }
            (Kind::Tag(name), _) => self.text(name),
            (kind, _) => self.text(kind.name()),
        }
        self.attributes(node, context);
        self.byte(b'(');
        let within = (node.tag() == Some("partial"))
            .then(|| Context { locals: context.locals.within(node), ..context.clone() });
        let context = within.as_ref().unwrap_or(context);
        node.children.iter().for_each(|child| self.node(child, context));
        self.byte(b')');
    }

    /// The branches that are for somebody; whom for, only where that is not everybody here.
    fn condition<'n>(&mut self, node: &'n Node, context: &Context<'n>) {
        for branch in branches(node) {
            let audience = Guard::narrow(&branch.guards, self.inputs, &context.audience, &context.locals);
            if audience.is_empty() {
                continue;
            }
            if audience.len() < context.audience.len() {
                branch.guards.iter().for_each(|guard| self.value(guard.condition(), context));
                self.byte(b'?');
            }
            let within = Context { audience, ..context.clone() };
            branch.children.into_iter().for_each(|child| self.node(child, &within));
        }
    }

    fn attributes(&mut self, node: &Node, context: &Context<'_>) {
        // What was written in a fence is what its children say.
        let is_read = node.kind == Kind::Fence && !node.children.is_empty();
        for (name, value) in &node.attributes {
            let is_idle = self.is_shown && IDLE.contains(&&**name);
            if !(ABOUT_THE_STEP.contains(&&**name) || is_idle || is_read && name == "content") {
                self.text(name);
                self.value(value, context);
            }
        }
    }

    fn value(&mut self, value: &Value, context: &Context<'_>) {
        self.names_left = MOST_NAMES;
        self.value_among(value, context, &context.locals, usize::MAX);
    }

    /// Takes a value in that knows these variables of a partial, and so many declarations.
    fn value_among(&mut self, value: &Value, context: &Context<'_>, locals: &Locals<'_>, known: usize) {
        match value {
            Value::Null => self.byte(b'0'),
            Value::Bool(truth) => self.byte(if *truth { b't' } else { b'f' }),
            Value::Number(number) => self.bytes(&number.to_bits().to_le_bytes()),
            Value::String(text) => self.text(text),
            Value::Array(items) => {
                items.iter().for_each(|item| self.value_among(item, context, locals, known));
            }
            Value::Object(entries) => entries.iter().for_each(|(key, value)| {
                self.text(key);
                self.value_among(value, context, locals, known);
            }),
            Value::Variable(variable) => self.variable(variable, context, locals, known),
            Value::Function(function) => {
                self.text(&function.name);
                let parameters = function.parameters.iter();
                parameters.for_each(|(_, value)| self.value_among(value, context, locals, known));
            }
        }
    }

    /// A variable's name, its path, and where that is no input what stands behind it.
    fn variable(&mut self, variable: &Variable, context: &Context<'_>, locals: &Locals<'_>, known: usize) {
        self.text(variable.name());
        for segment in variable.path.iter().skip(1) {
            match segment {
                Segment::Key(key) => self.text(key),
                Segment::Index(index) => self.bytes(&index.to_le_bytes()),
            }
        }
        let Some(left) = self.names_left.checked_sub(1) else { return };
        self.names_left = left;
        if let Some((value, outer)) = locals.find(variable.name()) {
            return self.value_among(value, context, outer, known);
        }
        let audience = self.is_shown.then_some(&context.audience);
        for (known, value) in self.inputs.named(variable.name(), known, audience) {
            self.value_among(value, context, &NO_LOCALS, known);
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

fn context_of<'n>(passage: &Passage<'n>) -> Context<'n> {
    Context::new(passage.audience.clone(), passage.locals.clone())
}
