//! How our time grows with the size of pages that are known to make parsers slow.

use super::Effort;
use super::parse::native;
use super::reader::Reader;
use super::report::{Report, Row};
use super::samples;
use anyhow::Result;
use xshell::Shell;

/// The sizes, each twice the one before.
const SIZES: [usize; 4] = [125_000, 250_000, 500_000, 1_000_000];

/// How often each is read; the fastest counts, as nothing makes a program faster by chance.
const ROUNDS: usize = 5;

pub fn measure(shell: &Shell, effort: Effort) -> Result<Vec<Report>> {
    let sizes = SIZES.map(samples::hostile);
    // Size by size: an input's place is that of its kind, after all smaller ones.
    let inputs: Vec<_> = sizes.iter().flatten().collect();
    let files = samples::write(shell, &inputs)?;
    let mut ours = Reader::start(&mut native(shell)?, &files)?;
    let kinds = sizes[0].len();
    let mut rows = Vec::new();
    for (kind, sample) in sizes[0].iter().enumerate() {
        let mut milliseconds = [f64::INFINITY; SIZES.len()];
        for _ in 0..effort.rounds(ROUNDS) {
            for (size, fastest) in milliseconds.iter_mut().enumerate() {
                let taken = ours.time("ours", size * kinds + kind, 1)?;
                *fastest = fastest.min(taken.as_secs_f64() * 1e3);
            }
        }
        let growth = milliseconds[SIZES.len() - 1] / milliseconds[0];
        let values = milliseconds.into_iter().chain([growth]).map(Some).collect();
        rows.push(Row { name: sample.name.clone(), values, ..Row::default() });
    }
    let size = |bytes: usize| format!("{} KB", bytes / 1000);
    let times = (SIZES[SIZES.len() - 1] / SIZES[0]).to_string();
    Ok(vec![Report {
        figure: "growth",
        about: format!(
            "Text to tree, in milliseconds, of pages that are known to make parsers slow. The last column is \
             how many times as long a page takes that is {times} times as large: {times} is linear, {} would be \
             quadratic.",
            (SIZES[SIZES.len() - 1] / SIZES[0]).pow(2),
        ),
        columns: ["page".to_owned()]
            .into_iter()
            .chain(SIZES.map(size))
            .chain(["growth".to_owned()])
            .collect(),
        rows,
    }])
}
