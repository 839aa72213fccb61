//! Whether the output that somebody pasted is the one that the page says to expect.

use super::{Evidence, Verdict};

/// The most bytes that are kept of an output; it is judged as a whole.
pub const MOST_KEPT: usize = 4096;

/// Compares an output with what is expected, line by line: space around a line, and empty
/// lines around the whole, count for nothing.
///
/// A line of the output says an expected line if it is that line, or if it is a row of which
/// every cell is (`| 20MB | 20MB |`, or parted by tabs), as clients draw a result, or if it names
/// the value (`Version: 1.4.8`, `{"version":"1.4.8"}`) by a word that tells of no failure, and the
/// output names no other value of its kind. Any other part of a line does not count: `120MB` does
/// not hold `20MB`, nor does the command that asked for it.
///
/// `_expect` in `render/script/harness.sh` has the same rule.
pub fn judge(expected: &str, output: &str) -> Evidence {
    let wanted = lines(expected);
    let found = lines(output);
    let is_other = |(_, value): (&str, &str)| {
        let is_like = |wanted: &&str| kind(wanted) == kind(value);
        !wanted.iter().any(|wanted| is(value, wanted)) && wanted.iter().any(is_like)
    };
    let is_clear = !found.iter().flat_map(|line| named(line)).any(is_other);
    let says = |(line, wanted): (&&str, &&str)| {
        let names = |(name, value)| is(value, wanted) && !tells_of_failure(name);
        line == wanted || is_row_of(line, wanted) || is_clear && named(line).any(names)
    };
    let mut parts = found.windows(wanted.len().max(1));
    let part = parts.find(|part| !wanted.is_empty() && part.iter().zip(&wanted).all(says));
    let verdict = match part {
        Some(part) if part.len() == found.len() => Verdict::Expected,
        Some(_) => Verdict::Among,
        None => Verdict::Other,
    };
    let decisive = part.and_then(|part| part.first());
    Evidence { text: kept(output, decisive.copied()), expected: expected.to_owned(), verdict }
}

/// As much of an output as is kept: its end, where results stand, or what follows the line that
/// decided, where that is not in it.
fn kept(output: &str, decisive: Option<&str>) -> String {
    let Some(last) = output.len().checked_sub(MOST_KEPT).filter(|last| *last > 0) else {
        return output.to_owned();
    };
    let decisive = decisive.map_or(last, |line| line.as_ptr().addr() - output.as_ptr().addr());
    let start = output.ceil_char_boundary(last.min(decisive));
    let (_, rest) = output.split_at(start);
    let (kept, rest) = rest.split_at(rest.floor_char_boundary(MOST_KEPT));
    [if start > 0 { "…\n" } else { "" }, kept, if rest.is_empty() { "" } else { "…" }].concat()
}

fn lines(text: &str) -> Vec<&str> {
    text.trim().lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// The values that a line has a name for: it is `Name: value`, or JSON, whose names are quoted.
fn named(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    let is_name = move |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.bytes().all(is_of_name)
    };
    let members = line.split(['{', '}', '[', ']', ',']).filter_map(|member| {
        let (name, value) = member.split_once(':')?;
        Some((name.trim().strip_prefix('"')?.strip_suffix('"')?, value))
    });
    let whole = line.split_once(':').map(|(name, value)| (name.trim_end(), value));
    let all = members.chain(whole).map(|(name, value)| (name, value.trim()));
    all.filter(move |(name, value)| is_name(name) && !value.is_empty())
}

/// Whether a value is this text, quoted or not.
fn is(value: &str, wanted: &str) -> bool {
    value == wanted || value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) == Some(wanted)
}

/// What a value is, as far as it looks, quoted or not: a word, a number or a size, or a version.
fn kind(value: &str) -> (bool, bool) {
    let number =
        value.trim_start_matches(['"', 'v', '-', '+']).starts_with(|first: char| first.is_ascii_digit());
    (number, number && value.contains('.'))
}

fn tells_of_failure(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["error", "fail", "fatal", "warn"].iter().any(|sign| name.contains(sign))
}

/// Whether a line is a table's row and each of its cells is this text.
fn is_row_of(line: &str, wanted: &str) -> bool {
    let mut cells = line.split(['|', '\t']).map(str::trim).filter(|cell| !cell.is_empty()).peekable();
    line.contains(['|', '\t']) && cells.peek().is_some() && cells.all(|cell| cell == wanted)
}
