//! What a figure reports: a table, and how to read it.

use serde::Serialize;
use std::fmt;

/// A table with numbers in it.
#[derive(Serialize)]
pub struct Report {
    pub figure: &'static str,
    /// What is measured, with the versions of what is compared, and how to read it.
    pub about: String,
    /// What the columns are, the first being the rows' names.
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

/// One row; a number that could not be had is missing.
#[derive(Serialize)]
pub struct Row {
    pub name: String,
    pub values: Vec<Option<f64>>,
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let rows = self.rows.iter().map(|row| {
            let values = row.values.iter().map(|value| value.map_or("-".to_owned(), short));
            [row.name.clone()].into_iter().chain(values).collect()
        });
        let lines: Vec<Vec<String>> = [self.columns.clone()].into_iter().chain(rows).collect();
        let width = |column: usize| {
            lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max()
        };
        writeln!(out, "## {}\n\n{}\n", self.figure, self.about)?;
        for line in &lines {
            let mut text = String::new();
            for (column, cell) in line.iter().enumerate() {
                let width = width(column).unwrap_or_default();
                // Names to the left, numbers to the right.
                text += &if column == 0 { format!("{cell:<width$}") } else { format!("  {cell:>width$}") };
            }
            writeln!(out, "{}", text.trim_end())?;
        }
        Ok(())
    }
}

/// Three digits are as many as a measurement is worth.
fn short(value: f64) -> String {
    let places = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        _ => 2,
    };
    format!("{value:.places$}")
}

/// The middle of some measurements.
pub fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::{Report, Row, median};

    #[test]
    fn names_stand_to_the_left_and_numbers_to_the_right() {
        let row = |name: &str, values: &[Option<f64>]| Row { name: name.to_owned(), values: values.to_vec() };
        let report = Report {
            figure: "parse",
            about: "What it is.".to_owned(),
            columns: ["page", "MB/s", "ratio"].map(str::to_owned).to_vec(),
            rows: vec![row("a", &[Some(123.4), None]), row("longer", &[Some(1.0), Some(15.25)])],
        };
        let expected =
            "## parse\n\nWhat it is.\n\npage    MB/s  ratio\na        123      -\nlonger  1.00   15.2\n";
        assert_eq!(report.to_string(), expected);
    }

    #[test]
    fn the_median_is_what_stands_in_the_middle() {
        for (values, expected) in
            [(&[][..], None), (&[3.0][..], Some(3.0)), (&[9.0, 1.0, 2.0][..], Some(2.0))]
        {
            assert_eq!(median(values.iter().copied()), expected);
        }
    }
}
