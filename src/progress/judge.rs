//! Whether the output that somebody pasted is the one that the page says to expect.

use super::{Evidence, Verdict};

/// The most that is kept of an output; it is judged as a whole.
pub const MOST_KEPT: usize = 4096;

/// Compares an output with what is expected, line by line: space around a line, and empty
/// lines around the whole, count for nothing.
///
/// A line of the output says an expected line if it is that line, or if it is a row of which
/// every cell is (`| 20MB | 20MB |`, or parted by tabs), as clients draw a result, or if it names
/// the value (`Version: 1.4.8`, `{"version":"1.4.8"}`). Any other part of a line does not count:
/// `120MB` does not hold `20MB`, nor does the command that asked for it.
pub fn judge(expected: &str, output: &str) -> Evidence {
    let wanted = lines(expected);
    let found = lines(output);
    let says =
        |(line, wanted): (&&str, &&str)| line == wanted || is_row_of(line, wanted) || names(line, wanted);
    let verdict = if wanted.is_empty() {
        Verdict::Other
    } else if found.len() == wanted.len() && found.iter().zip(&wanted).all(says) {
        Verdict::Expected
    } else if found.windows(wanted.len()).any(|part| part.iter().zip(&wanted).all(says)) {
        Verdict::Among
    } else {
        Verdict::Other
    };
    let mut text = output.to_owned();
    if text.len() > MOST_KEPT {
        text.truncate(text.floor_char_boundary(MOST_KEPT));
        text.push('…');
    }
    Evidence { text, expected: expected.to_owned(), verdict }
}

fn lines(text: &str) -> Vec<&str> {
    text.trim().lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// Whether a line is `Name: value` or JSON, and a value in it is this text.
fn names(line: &str, wanted: &str) -> bool {
    let is_name = |name: &str| {
        let is_of_name = |sign: char| sign.is_alphanumeric() || sign == '_';
        name.starts_with(|sign: char| !sign.is_numeric()) && name.chars().all(is_of_name)
    };
    let mut members = line.trim_matches(['{', '}']).split(',').filter_map(|member| member.split_once(':'));
    members.any(|(name, value)| is_name(unquoted(name)) && unquoted(value) == wanted)
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches('"')
}

/// Whether a line is a table's row and each of its cells is this text.
fn is_row_of(line: &str, wanted: &str) -> bool {
    let mut cells = line.split(['|', '\t']).map(str::trim).filter(|cell| !cell.is_empty()).peekable();
    line.contains(['|', '\t']) && cells.peek().is_some() && cells.all(|cell| cell == wanted)
}
