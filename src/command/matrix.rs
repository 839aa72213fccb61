//! `matrix`: how each step's commands were verified, for each combination of choices, as
//! Markdown.
//!
//! A table for each answer to the guide's first choice, a column for each to its second, a
//! row for each step that differs between them. A cell holds every way in which the step's
//! commands were verified there, whatever the further choices.

use std::collections::{BTreeMap, BTreeSet};

use super::combinations::Answer;
use super::coverage::{Command, Coverage, Covered};
use super::{Failure, Verdict, WhichGuide, pages, print, remark};

/// How each command of a step was verified; empty where the step does not apply.
type Cell = BTreeSet<Mark>;

/// How a command was verified, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// The step is there, and has words alone.
    NothingToRun,
    Ran,
    Parsed,
    Documented,
    /// Its author does not say how it was verified.
    NotSaid,
    /// The step has commands for others, and no word for these readers.
    Hole,
}

const LEGEND: [Mark; 6] =
    [Mark::Ran, Mark::Parsed, Mark::Documented, Mark::NotSaid, Mark::NothingToRun, Mark::Hole];

pub(super) fn matrix(which: &WhichGuide) -> Result<Verdict, Failure> {
    let page = pages::chosen(which)?;
    let matrix = Matrix::of(Coverage::of(&page.document));
    print(matrix.markdown().as_bytes())?;
    matrix.holes.iter().for_each(|hole| remark(hole));
    Ok(if matrix.holes.is_empty() { Verdict::Good } else { Verdict::Bad })
}

struct Matrix {
    tables: Vec<Table>,
    /// How many different commands there are, by how they were verified.
    counts: BTreeMap<Mark, usize>,
    /// The titles of the steps whose cells are all alike.
    alike: BTreeMap<Cell, Vec<String>>,
    holes: Vec<String>,
}

#[derive(Default)]
struct Table {
    title: String,
    columns: Vec<String>,
    /// Of each step its title and its cells.
    rows: Vec<(String, Vec<Cell>)>,
}

impl Matrix {
    fn of(coverage: Coverage) -> Self {
        let Coverage { steps, choices, combinations } = &coverage;
        // Where a combination stands: in which table, and in which column.
        let label = |answers: &[Answer], choice: usize| {
            let name = choices.get(choice);
            let answer = answers.iter().find(|answer| Some(&answer.name) == name);
            answer.map(|answer| answer.label.clone()).unwrap_or_default()
        };
        let mut tables: Vec<Table> = Vec::new();
        let mut places = Vec::new();
        let is_one_table = choices.len() < 2;
        for answers in combinations {
            let (title, column) = match is_one_table {
                true => (String::new(), label(answers, 0)),
                false => (label(answers, 0), label(answers, 1)),
            };
            let table = position_or_add(
                &mut tables,
                |table| table.title == title,
                || Table { title: title.clone(), ..Table::default() },
            );
            let columns = tables.get_mut(table).map(|table| &mut table.columns);
            let column =
                columns.map(|columns| position_or_add(columns, |known| *known == column, || column.clone()));
            places.push((table, column.unwrap_or_default()));
        }
        let commands = steps.iter().flat_map(|step| &step.variants).flat_map(|variant| &variant.commands);
        let mut counts = BTreeMap::new();
        for command in commands.collect::<BTreeSet<_>>() {
            *counts.entry(Mark::of(command)).or_insert(0) += 1;
        }
        let mut matrix = Self { tables, counts, alike: BTreeMap::new(), holes: Vec::new() };
        for step in steps {
            matrix.add(step, &places, combinations);
        }
        matrix
    }

    fn add(&mut self, step: &Covered, places: &[(usize, usize)], combinations: &[Vec<Answer>]) {
        let mut cells: BTreeMap<(usize, usize), Cell> = BTreeMap::new();
        let holes: Vec<usize> = step.holes().map(|variant| variant.combination).collect();
        for variant in &step.variants {
            let is_hole = holes.contains(&variant.combination);
            let Some(place) = places.get(variant.combination) else { continue };
            let cell = cells.entry(*place).or_default();
            cell.extend(variant.commands.iter().map(Mark::of));
            cell.extend(is_hole.then_some(Mark::Hole));
        }
        for cell in cells.values_mut().filter(|cell| cell.is_empty()) {
            cell.insert(Mark::NothingToRun);
        }
        let places: usize = self.tables.iter().map(|table| table.columns.len()).sum();
        let mut distinct = cells.values();
        let first = distinct.next().cloned().unwrap_or_else(|| Cell::from([Mark::NothingToRun]));
        let is_alike = distinct.all(|cell| *cell == first);
        if is_alike && (cells.len() == places || first.contains(&Mark::NothingToRun)) {
            let titles = self.alike.entry(first).or_default();
            if !titles.contains(&step.title) {
                titles.push(step.title.clone());
            }
        } else {
            self.add_row(step, &cells);
        }
        for answers in holes.iter().filter_map(|hole| combinations.get(*hole)) {
            let labels: Vec<&str> = answers.iter().map(|answer| answer.label.as_str()).collect();
            self.holes.push(format!("{}: no word for {}", step.title, labels.join(", ")));
        }
    }

    fn add_row(&mut self, step: &Covered, cells: &BTreeMap<(usize, usize), Cell>) {
        for (index, table) in self.tables.iter_mut().enumerate() {
            let of_column = |column| cells.get(&(index, column)).cloned().unwrap_or_default();
            let row: Vec<Cell> = (0..table.columns.len()).map(of_column).collect();
            if row.iter().any(|cell| !cell.is_empty()) {
                table.rows.push((step.title.clone(), row));
            }
        }
    }

    fn markdown(&self) -> String {
        let tables = self.tables.iter().filter(|table| !table.rows.is_empty());
        let mut parts: Vec<String> = tables.map(Table::markdown).collect();
        let is_used = |mark: &Mark| {
            let cells = self.tables.iter().flat_map(|table| &table.rows).flat_map(|(_, row)| row);
            cells.chain(self.alike.keys()).any(|cell| cell.contains(mark))
        };
        if !self.alike.is_empty() {
            let intro = if parts.is_empty() {
                "The same marks in every case:"
            } else {
                "Every other step has the same marks in each column:"
            };
            parts.push(intro.to_owned());
            let line = |(cell, titles): (&Cell, &Vec<String>)| {
                format!("- {} {}", marks(cell), escaped(&titles.join(", ")))
            };
            parts.push(self.alike.iter().map(line).collect::<Vec<_>>().join("\n"));
        }
        let legend: Vec<String> =
            LEGEND.iter().filter(|mark| is_used(mark)).map(|mark| mark.explained()).collect();
        let cells = self.tables.iter().flat_map(|table| &table.rows).flat_map(|(_, row)| row);
        let is_mixed = cells.chain(self.alike.keys()).any(|cell| cell.len() > 1);
        let several = if is_mixed {
            " Where there are several marks, the step’s commands differ, also by the other answers."
        } else {
            ""
        };
        parts.push(format!("{}.{several}", legend.join(" · ")));
        let counts: Vec<String> =
            self.counts.iter().map(|(mark, count)| format!("{count} {}", mark.words())).collect();
        if !counts.is_empty() {
            parts.push(format!("Of all commands: {}.", counts.join(", ")));
        }
        parts.join("\n\n") + "\n"
    }
}

impl Table {
    fn markdown(&self) -> String {
        let line = |cells: &mut dyn Iterator<Item = String>| {
            ["| ", &cells.collect::<Vec<_>>().join(" | "), " |\n"].concat()
        };
        let head = [&self.title].into_iter().chain(&self.columns).map(|title| escaped(title));
        let rule = ["---"].into_iter().chain(self.columns.iter().map(|_| ":-:")).map(str::to_owned);
        let mut table = line(&mut head.into_iter()) + &line(&mut rule.into_iter());
        for (title, cells) in &self.rows {
            let cells = cells.iter().map(marks);
            table.push_str(&line(&mut [escaped(title)].into_iter().chain(cells)));
        }
        table.truncate(table.trim_end().len());
        table
    }
}

impl Mark {
    fn of(command: &Command) -> Self {
        match command.verified.as_deref() {
            Some("ran") => Self::Ran,
            Some("parsed") => Self::Parsed,
            Some("documented") => Self::Documented,
            _ => Self::NotSaid,
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::NothingToRun => "–",
            Self::Ran => "●",
            Self::Parsed => "◐",
            Self::Documented => "○",
            Self::NotSaid => "?",
            Self::Hole => "✗",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::NothingToRun => "nothing to run",
            Self::Ran => "ran in the tests",
            Self::Parsed => "parsed by the vendor’s tool",
            Self::Documented => "documented by the vendor",
            Self::NotSaid => "not said",
            Self::Hole => "missing",
        }
    }

    fn explained(self) -> String {
        [self.sign(), " ", self.words()].concat()
    }
}

fn marks(cell: &Cell) -> String {
    cell.iter().map(|mark| mark.sign()).collect()
}

fn position_or_add<T>(list: &mut Vec<T>, is_it: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> usize {
    list.iter().position(is_it).unwrap_or_else(|| {
        list.push(make());
        list.len() - 1
    })
}

/// A text that stays in its cell.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace('*', "\\*").replace('<', "\\<")
}
