//! Whether the output that somebody pasted is the one that the page says to expect.

use super::{Evidence, Verdict};

/// The most bytes that are kept of an output; it is judged as a whole.
pub const MOST_KEPT: usize = 4096;

/// Compares an output with what is expected, line by line: space around a line, and empty
/// lines around the whole, count for nothing.
///
/// A line of the output says an expected line if it is that line, or if it is a row of which
/// every cell is (`| 20MB | 20MB |`, or parted by space), as clients draw a result, or if it names
/// the value (`Version: 1.4.8`, `{"version":"1.4.8"}`, `| work_mem | 20MB |`) by a word that tells
/// of no failure, and the output names no other value of its kind. Any other part of a line does
/// not count: `120MB` does not hold `20MB`, nor does the command that asked for it.
///
/// An output with an error of a client says nothing, nor does one with another number, size or
/// version, alone in its line, in a row of such or behind a name: whatever it says besides, it
/// contradicts itself.
///
/// `_expect` in `render/script/harness.sh` has the same rule.
pub fn judge(expected: &str, output: &str) -> Evidence {
    let wanted = lines(expected);
    let found = lines(output);
    let is_other = |value: &str| {
        let is_like = |wanted: &&str| kind(wanted) == kind(value);
        !wanted.iter().any(|wanted| is(value, wanted)) && wanted.iter().any(is_like)
    };
    let contradicts = |line: &&str| {
        let is_wanted = wanted.iter().any(|wanted| is_row_of(line, wanted));
        !is_wanted && (is_error(line) || figures(line).into_iter().any(is_other))
    };
    let others =
        || found.iter().flat_map(|line| named(line)).map(|(_, value)| value).filter(|it| is_other(it));
    let is_clear = others().next().is_none();
    let says = |(line, wanted): (&&str, &&str)| {
        let names = |(name, value)| is(value, wanted) && !tells_of_failure(name);
        is_row_of(line, wanted) || is_clear && named(line).any(names)
    };
    let is_sound = !wanted.is_empty() && !found.iter().any(contradicts) && !others().any(is_figure);
    let mut parts = found.windows(wanted.len().max(1));
    let part = parts.find(|part| is_sound && part.iter().zip(&wanted).all(says));
    let verdict = match part {
        Some(part) if part.len() == found.len() => Verdict::Expected,
        Some(_) => Verdict::Among,
        None => Verdict::Other,
    };
    let decisive = part.and_then(|part| part.first());
    Evidence { text: kept(output, decisive.copied()), expected: expected.to_owned(), verdict }
}

/// As much of an output as is kept: its end, where results stand, or what follows the line that
/// decided, where that is not in it. Where one did, no line before it is cut, which might say
/// something else then.
fn kept(output: &str, decisive: Option<&str>) -> String {
    let Some(last) = output.len().checked_sub(MOST_KEPT).filter(|last| *last > 0) else {
        return output.to_owned();
    };
    let last = output.ceil_char_boundary(last);
    let decisive = decisive.map_or(last, |line| line.as_ptr().addr() - output.as_ptr().addr());
    let cut = output.get(last..decisive).and_then(|cut| cut.find('\n'));
    let start = decisive.min(cut.map_or(last, |end| last + end + 1));
    let (_, rest) = output.split_at(start);
    let (kept, rest) = rest.split_at(rest.floor_char_boundary(MOST_KEPT));
    [if start > 0 { "…\n" } else { "" }, kept, if rest.is_empty() { "" } else { "…" }].concat()
}

fn lines(text: &str) -> Vec<&str> {
    text.trim().lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// The values that a line has a name for: it is `Name: value`, a row of a name and a figure, which
/// more than one space parts (one of words may as well say two things), or JSON, whose names are
/// quoted. MySQL names a variable `@@GLOBAL.its_name`.
fn named(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    let is_name = move |name: &str| {
        let name = name.strip_prefix("@@").map_or(name, |it| it.split_once('.').map_or(it, |(_, it)| it));
        name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.bytes().all(is_of_name)
    };
    let members = line.split(['{', '}', '[', ']', ',']).filter_map(|member| {
        let (name, value) = member.split_once(':')?;
        Some((name.trim().strip_prefix('"')?.strip_suffix('"')?, value))
    });
    let whole = line.split_once(':').map(|(name, value)| (name.trim_end(), value));
    let row = line.trim_matches(['|', ' ', '\t']);
    let is_parted = row.contains(['|', '\t']) || row.contains("  ");
    let mut row = cells(row).filter(|_| is_parted);
    let row = match (row.next(), row.next(), row.next()) {
        (Some(name), Some(value), None) if is_figure(value) => Some((name, value)),
        _ => None,
    };
    let all = members.chain(whole).chain(row).map(|(name, value)| (name, value.trim()));
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

/// Whether a line is this text, or a table's row of which each cell is. A terminal may have made
/// spaces of a tab.
fn is_row_of(line: &str, wanted: &str) -> bool {
    let is_gap = |gap: &&str| cells(gap).next().is_none();
    match line.split(wanted).collect::<Vec<_>>().as_slice() {
        [first, inner @ .., last] => {
            [first, last].into_iter().chain(inner).all(is_gap) && !inner.contains(&"")
        }
        _ => false,
    }
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split([' ', '\t', '|']).filter(|cell| !cell.is_empty())
}

/// The cells of a row of figures, or the only one; of any other line none.
fn figures(line: &str) -> Vec<&str> {
    if cells(line).all(is_figure) { cells(line).collect() } else { Vec::new() }
}

/// Whether a text is a number, a size or a version and nothing else.
fn is_figure(text: &str) -> bool {
    let bare = text.trim_matches(['"', 'v', '-', '+']);
    kind(text).0 && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
}

/// Whether a line is an error as clients print it: `ERROR 1045 (28000): …`, behind the client's
/// name (`psql: error: …`) or a place (`psql:raise.sql:2: FATAL: …`).
fn is_error(line: &str) -> bool {
    for part in line.split(':').map(|part| part.trim().to_ascii_lowercase()) {
        let mut words = part.split_whitespace().filter(|word| *word != "got");
        let is_sign = |word| matches!(word, "error" | "fatal");
        match (words.next(), words.next()) {
            (Some(word), _) if is_sign(word) => return true,
            (Some(_), None) => {}
            _ => break,
        }
    }
    line.starts_with("curl: (")
}
