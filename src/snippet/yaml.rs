//! YAML: a text becomes a double-quoted scalar, always, because `no`, `010` or `1e3` alone
//! are no texts; a number is bare; and each is a whole scalar.
//!
//! What reads the YAML may have syntax of its own inside a scalar. Of these, Compose's is
//! known: in a value, not in a key, it takes `$` for a variable, and `$$` for the sign itself.

use super::{HOLE, IN_COMMENT, IN_QUOTES, NO_HOME, Refusal, Scalar, Syntax, json};

/// Why a value cannot stand beside something that would be one with it.
pub(super) const NOT_WHOLE: &str = "A value must be a whole YAML scalar.";

#[derive(Default)]
pub(super) struct Yaml {
    inside: Inside,
    /// How many `[` and `{` are open.
    flow: usize,
    /// The line so far.
    line: String,
    /// The indentation of the line whose block scalar this and the next lines may be.
    block: Option<usize>,
    /// A `$` is written twice in a value.
    doubles_dollar: bool,
    /// The hole last read is a key.
    is_key: bool,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Inside {
    #[default]
    Code,
    Quotes(char),
    Comment,
}

impl Syntax for Yaml {
    fn literal(&mut self, text: &str) {
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if c == '\n' {
                self.end_line();
                continue;
            }
            if !self.in_block_scalar(c) {
                match self.inside {
                    Inside::Code => self.read(c),
                    Inside::Quotes('"') if c == '\\' => {
                        chars.next();
                    }
                    Inside::Quotes('\'') if c == '\'' && chars.peek() == Some(&'\'') => {
                        chars.next();
                    }
                    Inside::Quotes(quote) if c == quote => self.inside = Inside::Code,
                    Inside::Quotes(_) | Inside::Comment => {}
                }
            }
            self.line.push(c);
        }
    }

    fn hole(&mut self, after: &str) -> Result<(), &'static str> {
        let in_block = self.in_block_scalar(HOLE);
        self.is_key = self.line.trim().is_empty()
            && after.strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        let starts = self.starts_scalar();
        self.line.push(HOLE);
        if in_block {
            return Err("A value cannot stand in a block of text.");
        }
        match self.inside {
            Inside::Quotes(_) => return Err(IN_QUOTES),
            Inside::Comment => return Err(IN_COMMENT),
            Inside::Code => {}
        }
        let rest = after.trim_start();
        let ends = rest.is_empty()
            || (rest.starts_with('#') && rest.len() < after.len() && !rest.contains(HOLE))
            || (self.flow > 0 && rest.starts_with([',', ']', '}']));
        if self.is_key || (starts && ends) { Ok(()) } else { Err(NOT_WHOLE) }
    }

    fn write(&self, scalar: Scalar<'_>) -> Result<String, Refusal> {
        match scalar {
            Scalar::Name(text) | Scalar::Text(text) if self.doubles_dollar && !self.is_key => {
                Ok(json::string(&text.replace('$', "$$")))
            }
            Scalar::Name(text) | Scalar::Text(text) => Ok(json::string(text)),
            Scalar::Home(_) => Err(NO_HOME),
            Scalar::Number(number) => Ok(number.to_string()),
            Scalar::Memory(text) => Ok(json::string(&text)),
        }
    }
}

impl Yaml {
    /// Compose's.
    pub(super) fn of_compose() -> Self {
        Self { doubles_dollar: true, ..Self::default() }
    }

    fn read(&mut self, c: char) {
        match c {
            '#' if self.line.is_empty() || self.line.ends_with([' ', '\t']) => self.inside = Inside::Comment,
            // Inside a plain scalar these are ordinary characters.
            '\'' | '"' if self.starts_node() => self.inside = Inside::Quotes(c),
            '[' | '{' if self.starts_node() => self.flow += 1,
            ']' | '}' => self.flow = self.flow.saturating_sub(1),
            _ => {}
        }
    }

    fn end_line(&mut self) {
        if matches!(self.inside, Inside::Quotes(_)) {
            // The scalar goes on; its lines say nothing of the structure.
            self.line.clear();
            return;
        }
        self.inside = Inside::Code;
        let blank = self.line.trim().is_empty();
        if !blank && self.block.is_none_or(|indent| self.indentation() <= indent) {
            self.block = self.block_scalar();
        }
        self.line.clear();
    }

    /// Whether the character that comes next in this line belongs to a block scalar.
    fn in_block_scalar(&self, next: char) -> bool {
        let Some(indent) = self.block else { return false };
        let blank = self.line.trim().is_empty();
        if blank { next == ' ' || self.line.len() > indent } else { self.indentation() > indent }
    }

    fn indentation(&self) -> usize {
        self.line.len() - self.line.trim_start().len()
    }

    /// Where the line ends in `|` or `>` with its indicators, as a whole value: the
    /// indentation that the text's lines exceed.
    fn block_scalar(&self) -> Option<usize> {
        let code = self.line.split(" #").next().unwrap_or_default().trim_end();
        let header = code.trim_end_matches(|c: char| c.is_ascii_digit() || c == '+' || c == '-');
        let before = header.strip_suffix(['|', '>'])?;
        let mut value = before.trim_end();
        // A tag and an anchor may stand before it.
        while let Some((rest, property)) = value.rsplit_once(' ')
            && property.starts_with(['!', '&'])
        {
            value = rest.trim_end();
        }
        let opens =
            before.ends_with(' ') && value.ends_with([':', '-']) && !value.trim_start().starts_with('#');
        // In `- name: |` it is the name's indentation that counts.
        let dashes = if value.ends_with('-') { " " } else { " -" };
        opens.then(|| value.len() - value.trim_start_matches(|c| dashes.contains(c)).len())
    }

    /// Whether what comes next in this line is the first character of a key or a value.
    fn starts_node(&self) -> bool {
        let before = self.line.trim_end();
        before.is_empty() || (self.flow > 0 && before.ends_with('{')) || self.starts_scalar()
    }

    /// Whether what comes next in this line is the first character of a value.
    fn starts_scalar(&self) -> bool {
        let before = self.line.trim_end();
        let spaced = before.len() < self.line.len();
        let is_dashes = |text: &str| text.chars().all(|c| c == '-' || c == ' ');
        match before.chars().next_back() {
            // A line of its own may go on with a scalar that the last line began.
            None => false,
            // Behind a key in quotes or brackets no space is needed in a flow.
            Some(':') => spaced || self.flow > 0 && key_ends(before),
            Some('-') => spaced && is_dashes(before),
            Some('[') => self.flow > 0,
            Some(',') => self.flow > 0,
            Some(_) => false,
        }
    }
}

/// Whether what stands before a `:` ends in quotes or brackets.
fn key_ends(before: &str) -> bool {
    before.trim_end_matches(':').trim_end().ends_with(['"', '\'', ']', '}'])
}
