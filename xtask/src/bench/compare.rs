//! A row of a comparison: what each contender needed, and our ratio to each of the others.

use super::contenders::{OTHERS, OURS};
use super::report::{Aim, Row, median};

/// The columns of such rows, the first being the rows' names.
pub fn columns(of: &str) -> Vec<String> {
    let others = OTHERS.iter().map(|site| site.title);
    let names = [of, OURS.title].into_iter().chain(others.clone()).map(str::to_owned);
    names.chain(others.map(|title| ["/ ", title].concat())).collect()
}

/// The column of our ratio to one of the others, by its place among them.
pub const fn ratio_to(other: usize) -> usize {
    OTHERS.len() + 2 + other
}

/// The places among the others.
pub const REACT: usize = 0;
pub const PREACT: usize = 1;
pub const SVELTE: usize = 2;

/// A row of medians, and of the medians of the rounds' ratios. `rounds` holds what each
/// contender needed in each round, ours first.
pub fn row(name: impl Into<String>, rounds: &[Vec<f64>], aims: &[(usize, f64)]) -> Row {
    let medians = rounds.iter().map(|values| median(values.iter().copied()));
    let ours = rounds.first().map_or(&[][..], Vec::as_slice);
    let ratios = rounds.iter().skip(1).map(|theirs| {
        // Where both are nothing, neither is the better.
        let ratios = ours.iter().zip(theirs).filter(|(_, theirs)| **theirs > 0.0);
        median(ratios.map(|(ours, theirs)| ours / theirs))
    });
    Row {
        name: name.into(),
        values: medians.chain(ratios).collect(),
        aims: aims.iter().map(|(column, bound)| Aim::at_most(*column, *bound)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{PREACT, REACT, columns, ratio_to, row};

    #[test]
    fn a_ratio_is_the_median_of_the_rounds_ratios() {
        let rounds = [vec![1.0, 2.0, 9.0], vec![2.0, 8.0, 9.0], vec![0.0, 0.0, 0.0], vec![1.0, 1.0, 3.0]];
        let row = row("tick", &rounds, &[]);
        let value = |column: usize| row.values[column - 1];
        assert_eq!((value(1), value(2), value(ratio_to(REACT))), (Some(2.0), Some(8.0), Some(0.5)));
        assert_eq!(value(ratio_to(PREACT)), None);
        assert_eq!(columns("figure")[ratio_to(REACT)], "/ React");
        assert_eq!(row.values.len() + 1, columns("figure").len());
    }
}
