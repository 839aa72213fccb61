//! Blockquotes: lines behind a `>`, read as if it and the space after it were not there.

use super::{Blocks, Kind, Line, Node, Within, lines, span};

impl Blocks<'_> {
    pub(super) fn starts_quote(&self, line: usize) -> bool {
        let here = self.at(line);
        !self.is_indented(here) && !here.is_empty() && self.byte(here.first) == Some(b'>')
    }

    pub(super) fn quote(&mut self, line: usize, end: usize) -> bool {
        if !self.starts_quote(line) || self.is_full(line) {
            return false;
        }
        let saved_limit = self.line_limit;
        let saved_within = std::mem::replace(&mut self.within, Within::Quote);
        let mut saved = Vec::new();
        let open = self.at(line).first;
        let mut last_is_empty = false;
        let mut next = line;
        while next < end {
            let here = self.at(next);
            let is_outdented = next > line && here.indent < self.indent;
            if here.is_empty() {
                break;
            }
            if self.byte(here.first) == Some(b'>') && !is_outdented {
                saved.push(here);
                let inner = self.without_quote_marker(here);
                last_is_empty = inner.is_empty();
                self.set(next, inner);
            } else if last_is_empty {
                break;
            } else if self.is_interrupted(next, end) {
                self.line_limit = next;
                if self.indent != 0 {
                    saved.push(here);
                    self.set(next, Line { indent: here.indent - self.indent, ..here });
                }
                break;
            } else {
                // It can only continue a paragraph.
                saved.push(here);
                self.set(next, Line { indent: -1, ..here });
            }
            next += 1;
        }
        let saved_indent = std::mem::replace(&mut self.indent, 0);
        self.open(Node::new(Kind::Blockquote, span(open, open)));
        self.content(line, next);
        self.close(self.end_before(self.line));
        self.line_limit = saved_limit;
        self.within = saved_within;
        for (index, old) in saved.into_iter().enumerate() {
            self.set(line + index, old);
        }
        self.indent = saved_indent;
        true
    }

    /// What a `>` and the space after it leave of a line.
    fn without_quote_marker(&self, line: Line) -> Line {
        let bytes = self.source.as_bytes();
        let mut start = line.first + 1;
        // The column after the marker; the rest of the line is measured from there.
        let mut column = line.indent + 1;
        let (mut cut_tab, mut has_space) = (0, false);
        match self.byte(start) {
            Some(b' ') if start < line.end => {
                has_space = true;
                start += 1;
                column += 1;
            }
            Some(b'\t') if start < line.end => {
                has_space = true;
                if (line.base + column).rem_euclid(4) == 3 {
                    start += 1;
                    column += 1;
                } else {
                    // The tab's first column is the marker's space, the rest stays.
                    cut_tab = 1;
                }
            }
            _ => {}
        }
        let shift = line.base + cut_tab;
        let (first, reached) = lines::skip_indent(bytes, start as usize, line.end as usize, column + shift);
        Line {
            start,
            first: first as u32,
            end: line.end,
            indent: reached - shift - column,
            base: line.indent + 1 + i32::from(has_space),
        }
    }
}
