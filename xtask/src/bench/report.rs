//! What a figure reports: a table, how to read it, and what we aim at.

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
#[derive(Serialize, Default)]
pub struct Row {
    pub name: String,
    pub values: Vec<Option<f64>>,
    /// What some of the values should be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aims: Vec<Aim>,
}

/// What a value should be.
#[derive(Serialize, Clone, Copy)]
pub struct Aim {
    /// The column of the value, the first after the row's name being 1.
    column: usize,
    bound: Bound,
}

#[derive(Serialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

impl Aim {
    pub fn at_most(column: usize, bound: f64) -> Self {
        Self { column, bound: Bound::AtMost(bound) }
    }

    pub fn at_least(column: usize, bound: f64) -> Self {
        Self { column, bound: Bound::AtLeast(bound) }
    }

    /// Whether it is reached; where nothing was measured, nobody knows.
    fn holds(self, row: &Row) -> Option<bool> {
        let value = row.values.get(self.column - 1).copied().flatten()?;
        Some(match self.bound {
            Bound::AtMost(bound) => value <= bound,
            Bound::AtLeast(bound) => value >= bound,
        })
    }
}

/// The aims of some reports, and whether they are reached.
pub fn aims(reports: &[Report]) -> String {
    let mut text = String::new();
    for report in reports {
        for row in &report.rows {
            for aim in &row.aims {
                let outcome = match aim.holds(row) {
                    Some(true) => "reached",
                    Some(false) => "MISSED",
                    None => "unknown",
                };
                let value = row.values.get(aim.column - 1).copied().flatten().map_or("-".to_owned(), short);
                let bound = match aim.bound {
                    Bound::AtMost(bound) => format!("≤ {}", short(bound)),
                    Bound::AtLeast(bound) => format!("≥ {}", short(bound)),
                };
                let column = report.columns.get(aim.column).map_or("", String::as_str);
                text += &format!("{outcome:<8} {value:>6}  {bound:<7} {column:<9} {}\n", row.name);
            }
        }
    }
    text
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

/// The middle of some measurements; what is no number was not measured.
pub fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.into_iter().filter(|value| !value.is_nan()).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::{Aim, Report, Row, aims, median};

    #[test]
    fn names_stand_to_the_left_and_numbers_to_the_right() {
        let row = |name: &str, values: &[Option<f64>]| Row {
            name: name.to_owned(),
            values: values.to_vec(),
            ..Row::default()
        };
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
    fn an_aim_is_reached_missed_or_unknown() {
        let aims_of = |value| {
            vec![Report {
                figure: "start",
                about: String::new(),
                columns: ["", "ours", "/ React"].map(str::to_owned).to_vec(),
                rows: vec![Row {
                    name: "first paint".to_owned(),
                    values: vec![Some(100.0), value],
                    aims: vec![Aim::at_most(2, 0.5), Aim::at_least(1, 100.0)],
                }],
            }]
        };
        for (value, expected) in [(Some(0.5), "reached"), (Some(0.51), "MISSED"), (None, "unknown")] {
            let text = aims(&aims_of(value));
            let lines: Vec<&str> = text.lines().collect();
            assert!(lines[0].starts_with(expected) && lines[0].ends_with("/ React   first paint"), "{text}");
            assert!(lines[1].starts_with("reached ") && lines[1].contains("≥ 100"), "{text}");
        }
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
