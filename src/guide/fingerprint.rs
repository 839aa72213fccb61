//! A short name for what a step says, which changes when its author changes it.

use crate::markdoc::{Kind, Node, Value};

/// FNV-1a over the step's nodes, 64 bits. Positions, partials' file names and how lines
/// are broken do not count, so moving or re-wrapping a text leaves ticks alone.
pub(super) struct Fingerprint(Fnv);

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
        let digit = |place: u32| {
            let nibble = (self.0 >> (60 - 4 * place)) & 0xf;
            char::from_digit(nibble as u32, 16).unwrap_or('0')
        };
        (0..count).map(digit).collect()
    }
}

/// Attributes that say how a step is found and counted, not what it says.
const ABOUT_THE_STEP: &[&str] = &["file", "id", "aliases", "needs", "minutes", "severity", "stale", "gate"];

impl Fingerprint {
    /// The fingerprint of nodes, as 16 hexadecimal digits.
    pub(super) fn of<'a>(nodes: impl IntoIterator<Item = &'a Node>) -> String {
        let mut fingerprint = Self(Fnv::new());
        for node in nodes {
            fingerprint.node(node);
        }
        fingerprint.0.digits(16)
    }

    fn node(&mut self, node: &Node) {
        match &node.kind {
            Kind::Softbreak => return self.bytes(b" "),
            Kind::Comment => return,
            Kind::Text if node.string("content").is_some() => {
                return self.bytes(node.string("content").unwrap_or_default().as_bytes());
            }
            Kind::Tag(name) => self.text(name),
            kind => self.text(kind.name()),
        }
        // What was written in a fence is what its children say.
        let is_read = node.kind == Kind::Fence && !node.children.is_empty();
        for (name, value) in &node.attributes {
            if !(ABOUT_THE_STEP.contains(&&**name) || is_read && name == "content") {
                self.text(name);
                self.value(value);
            }
        }
        self.byte(b'(');
        for child in &node.children {
            self.node(child);
        }
        self.byte(b')');
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
        self.0.bytes(bytes);
    }

    fn byte(&mut self, byte: u8) {
        self.0.byte(byte);
    }
}
