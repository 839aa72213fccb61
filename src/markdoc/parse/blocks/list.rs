//! Lists and their items.

use super::{Blocks, Kind, Line, Node, Value, Within, lines, span};

/// The marker of a list item.
#[derive(Clone, Copy)]
pub(super) struct Marker {
    sign: u8,
    number: Option<u32>,
    end: u32,
}

impl Blocks<'_> {
    /// The marker of an item, if one begins here.
    fn marker(&self, line: usize) -> Option<Marker> {
        let here = self.at(line);
        let text = self.text(here.first, here.end).as_bytes();
        let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (length, number) = match text.get(digits) {
            Some(b'*' | b'-' | b'+') if digits == 0 => (1, None),
            Some(b'.' | b')') if (1..=9).contains(&digits) => {
                let number = self.text(here.first, here.first + digits as u32).parse().ok()?;
                (digits + 1, Some(number))
            }
            _ => return None,
        };
        let sign = *text.get(length - 1)?;
        matches!(text.get(length), None | Some(b' ' | b'\t')).then_some(Marker {
            sign,
            number,
            end: here.first + length as u32,
        })
    }

    pub(super) fn starts_list(&self, line: usize) -> Option<Marker> {
        let here = self.at(line);
        if self.is_indented(here) || here.is_empty() {
            return None;
        }
        if self.list_indent >= 0 && here.indent - self.list_indent >= 4 && here.indent < self.indent {
            return None;
        }
        let marker = self.marker(line)?;
        if self.within == Within::Paragraph && here.indent >= self.indent {
            let is_blank = self.text(marker.end, here.end).bytes().all(|byte| byte == b' ' || byte == b'\t');
            if is_blank || marker.number.is_some_and(|number| number != 1) {
                return None;
            }
        }
        Some(marker)
    }

    pub(super) fn list(&mut self, line: usize, end: usize) -> bool {
        let Some(mut marker) = self.starts_list(line) else { return false };
        if self.is_full(line) {
            return false;
        }
        let sign = marker.sign;
        let first = self.at(line).first;
        let mut list =
            Node::new(Kind::List, span(first, first)).with("ordered", Value::Bool(marker.number.is_some()));
        if let Some(number) = marker.number.filter(|number| *number > 1) {
            list = list.with("start", Value::Number(f64::from(number)));
        }
        list = list.with("marker", Value::String(char::from(sign).to_string()));
        self.open(list);
        let saved_within = std::mem::replace(&mut self.within, Within::List);
        let mut tight = true;
        let mut ends_empty = false;
        let mut next = line;
        while next < end {
            let item_tight = self.item(next, end, marker);
            tight &= item_tight && !ends_empty;
            ends_empty = self.line > next + 1 && self.at(self.line - 1).is_empty();
            next = self.line;
            let here = self.at(next);
            if next >= end
                || here.indent < self.indent
                || self.is_indented(here)
                || self.is_interrupted(next, end)
            {
                break;
            }
            match self.marker(next) {
                Some(found) if found.sign == sign && found.number.is_some() == marker.number.is_some() => {
                    marker = found;
                }
                _ => break,
            }
        }
        self.line = next;
        self.within = saved_within;
        if tight {
            self.tighten();
        }
        self.close(self.end_before(next));
        true
    }

    /// Reads one item; whether there is no empty line between its blocks.
    fn item(&mut self, line: usize, end: usize, marker: Marker) -> bool {
        let here = self.at(line);
        let after = here.indent + (marker.end - here.first) as i32;
        let bytes = self.source.as_bytes();
        let (content, reached) =
            lines::skip_indent(bytes, marker.end as usize, here.end as usize, after + here.base);
        let (content, column) = (content as u32, reached - here.base);
        let padding = if content >= here.end || column - after > 4 { 1 } else { column - after };
        self.open(Node::new(Kind::Item, span(here.first, here.first)));
        let saved_tight = std::mem::replace(&mut self.tight, true);
        let saved_list_indent = std::mem::replace(&mut self.list_indent, self.indent);
        let saved_indent = std::mem::replace(&mut self.indent, after + padding);
        self.set(line, Line { first: content, indent: column, ..here });
        self.line = line;
        if content >= here.end && self.at(line + 1).is_empty() {
            // An item that begins with an empty line and has nothing after it is empty.
            self.line = (line + 2).min(end);
        } else {
            self.content(line, end);
        }
        let tight = std::mem::replace(&mut self.tight, saved_tight);
        self.indent = saved_indent;
        self.list_indent = saved_list_indent;
        self.set(line, here);
        self.close(self.end_before(self.line).max(marker.end));
        tight
    }

    /// Takes the paragraphs off the items of the list on top of the stack.
    fn tighten(&mut self) {
        let Some(list) = self.stack.last_mut() else { return };
        for item in &mut list.node.children {
            for child in &mut item.children {
                if child.kind == Kind::Paragraph
                    && let Some(inline) = child.children.pop()
                {
                    *child = inline;
                }
            }
        }
    }
}
