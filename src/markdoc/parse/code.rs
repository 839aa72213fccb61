//! Code in a text: which runs of backticks belong together.

use std::collections::{BTreeMap, BinaryHeap};

/// Finds the ends of code as Markdoc does, from the text's start to its end.
///
/// A search in vain makes it note the last run of each length, so as not to search again. From
/// then on, every search notes the runs that it passes by as the last of theirs, which they
/// are not always: what opens behind such a run is text.
pub(super) struct Backticks {
    /// The runs, as pairs of length and place, sorted.
    pub runs: Vec<(usize, usize)>,
    /// What was noted, once there was a search in vain.
    last: Option<BTreeMap<usize, usize>>,
}

impl Backticks {
    pub fn new(bytes: &[u8]) -> Self {
        Self { runs: backtick_runs(bytes), last: None }
    }

    /// The end of the code that the run of `length` backticks at `at` opens.
    pub fn code(&mut self, bytes: &[u8], at: usize, length: usize) -> Option<usize> {
        let end = code_end(&self.runs, length, at + length);
        match (&mut self.last, end) {
            (Some(last), _) if last.get(&length).is_none_or(|last| *last <= at) => return None,
            (Some(last), Some(end)) => {
                let mut place = at + length;
                while place < end - length {
                    let passed = run(bytes, place);
                    if bytes.get(place) == Some(&b'`') {
                        last.insert(passed, place);
                    }
                    place += passed.max(1);
                }
            }
            (None, None) => {
                // In the order of their places, so that the last of each length stays. To collect
                // them would be 4 KB of WebAssembly, which sorts them first.
                let mut last = BTreeMap::new();
                for (length, place) in self.runs.iter().filter(|run| run.1 > at) {
                    last.insert(*length, *place);
                }
                self.last = Some(last);
            }
            _ => {}
        }
        end
    }
}

/// The end of the code that a run of `length` backticks before `from` opens, looked for where it
/// stands.
pub(super) fn closing(bytes: &[u8], length: usize, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr(b'`', bytes.get(at..)?)?;
        let found = run(bytes, at);
        at += found;
        if found == length {
            return Some(at);
        }
    }
}

/// How often the byte at `at` stands there.
pub(super) fn run(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().take_while(|byte| Some(*byte) == rest.first()).count()
}

/// The runs of backticks, as pairs of length and place, sorted.
fn backtick_runs(bytes: &[u8]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut end = 0;
    for at in memchr::memchr_iter(b'`', bytes) {
        if at >= end {
            let length = run(bytes, at);
            runs.push((length, at));
            end = at + length;
        }
    }
    if runs.is_sorted() {
        return runs;
    }
    // Of all ways to sort, the fewest bytes of WebAssembly.
    BinaryHeap::from(runs).into_sorted_vec()
}

/// The end of the code that a run of `length` backticks before `from` opens.
pub(super) fn code_end(runs: &[(usize, usize)], length: usize, from: usize) -> Option<usize> {
    let next = runs.partition_point(|run| *run < (length, from));
    runs.get(next).filter(|run| run.0 == length).map(|run| run.1 + length)
}
