//! `matrix`: how each step's commands were verified, for each combination of choices, as
//! Markdown.
//!
//! A table for each answer to the guide's first choice, a column for each to its second, a
//! row for each step that has something to run. Of what depends on further choices, a cell
//! shows the weakest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::combinations::Answer;
use super::coverage::{Command, Coverage, Covered};
use super::runbook::chosen;
use super::{Failure, Verdict, print, remark};

/// What a cell says of its commands, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    /// The step is not there.
    DoesNotApply,
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

const LEGEND: [Cell; 7] = [
    Cell::Ran,
    Cell::Parsed,
    Cell::Documented,
    Cell::NotSaid,
    Cell::NothingToRun,
    Cell::DoesNotApply,
    Cell::Hole,
];

pub(super) fn matrix(content: &Path, id: Option<&str>) -> Result<Verdict, Failure> {
    let page = chosen(content, id)?;
    let matrix = Matrix::of(Coverage::of(&page.document));
    print(matrix.markdown().as_bytes())?;
    matrix.holes.iter().for_each(|hole| remark(hole));
    Ok(if matrix.holes.is_empty() { Verdict::Good } else { Verdict::Bad })
}

struct Matrix {
    tables: Vec<Table>,
    /// How many different commands there are, by how they were verified.
    counts: BTreeMap<Cell, usize>,
    /// The titles of the steps that have nothing to run for anyone.
    words_alone: Vec<String>,
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
            *counts.entry(Cell::of(command)).or_insert(0) += 1;
        }
        let mut matrix = Self { tables, counts, words_alone: Vec::new(), holes: Vec::new() };
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
            let cell = if is_hole { Cell::Hole } else { Cell::of_all(&variant.commands) };
            if let Some(place) = places.get(variant.combination) {
                let known = cells.entry(*place).or_insert(cell);
                *known = cell.max(*known);
            }
        }
        if cells.values().all(|cell| *cell <= Cell::NothingToRun) {
            if !self.words_alone.contains(&step.title) {
                self.words_alone.push(step.title.clone());
            }
            return;
        }
        for (index, table) in self.tables.iter_mut().enumerate() {
            let of_column = |column| cells.get(&(index, column)).copied().unwrap_or(Cell::DoesNotApply);
            let row: Vec<Cell> = (0..table.columns.len()).map(of_column).collect();
            if row.iter().any(|cell| *cell > Cell::DoesNotApply) {
                table.rows.push((step.title.clone(), row));
            }
        }
        for answers in holes.iter().filter_map(|hole| combinations.get(*hole)) {
            let labels: Vec<&str> = answers.iter().map(|answer| answer.label.as_str()).collect();
            self.holes.push(format!("{}: no word for {}", step.title, labels.join(", ")));
        }
    }

    fn markdown(&self) -> String {
        let mut parts: Vec<String> = self.tables.iter().map(Table::markdown).collect();
        let is_used = |cell: &Cell| {
            let mut cells = self.tables.iter().flat_map(|table| &table.rows).flat_map(|(_, row)| row);
            cells.any(|used| used == cell)
        };
        let legend: Vec<String> =
            LEGEND.iter().filter(|cell| is_used(cell)).map(|cell| cell.explained()).collect();
        parts.push(format!(
            "{}. Of a step’s commands, and of what depends on further choices, a cell shows the weakest.",
            legend.join(" · ")
        ));
        let counts: Vec<String> =
            self.counts.iter().map(|(cell, count)| format!("{count} {}", cell.words())).collect();
        if !counts.is_empty() {
            parts.push(format!("Of all commands: {}.", counts.join(", ")));
        }
        if !self.words_alone.is_empty() {
            parts.push(format!("Nothing to run for anyone: {}.", escaped(&self.words_alone.join(", "))));
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
            let cells = cells.iter().map(|cell| cell.mark().to_owned());
            table.push_str(&line(&mut [escaped(title)].into_iter().chain(cells)));
        }
        table.truncate(table.trim_end().len());
        table
    }
}

impl Cell {
    fn of_all(commands: &[Command]) -> Self {
        commands.iter().map(Self::of).max().unwrap_or(Self::NothingToRun)
    }

    fn of(command: &Command) -> Self {
        match command.verified.as_deref() {
            Some("ran") => Self::Ran,
            Some("parsed") => Self::Parsed,
            Some("documented") => Self::Documented,
            _ => Self::NotSaid,
        }
    }

    fn mark(self) -> &'static str {
        match self {
            Self::DoesNotApply => "",
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
            Self::DoesNotApply => "empty: the step does not apply",
            Self::NothingToRun => "nothing to run",
            Self::Ran => "ran in the tests",
            Self::Parsed => "parsed by the vendor’s tool",
            Self::Documented => "documented by the vendor",
            Self::NotSaid => "not said",
            Self::Hole => "missing",
        }
    }

    fn explained(self) -> String {
        [self.mark(), " ", self.words()].concat().trim_start().to_owned()
    }
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
