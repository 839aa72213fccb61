//! The contenders in a browser: how they start, and how they bear use. `benches/browser/measure.mjs`
//! measures, and this says what it is to measure and what came out.

use super::Effort;
use super::compare::{PREACT, REACT, columns, ratio_to, row};
use super::contenders::{self, Contender, OTHERS, OURS};
use super::guides;
use super::report::{Report, Row, median};
use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use xshell::{Shell, cmd};

/// How many steps the generated guides have, and how often each is opened.
const SIZES: [(usize, usize); 5] = [(10, 2), (13, 3), (100, 2), (1000, 3), (10_000, 1)];

/// The guide that is used until it would be worn.
const WORN: usize = 1000;

/// What `measure.mjs` is to do.
#[derive(Serialize)]
struct Plan {
    contenders: &'static [Contender],
    guides: std::path::PathBuf,
    rounds: usize,
    sizes: Vec<Size>,
    /// How long to repeat an act, in milliseconds.
    patience: u32,
    worn: usize,
}

#[derive(Serialize)]
struct Size {
    steps: usize,
    rounds: usize,
}

/// What came out, by the contenders' names, each round in its place.
#[derive(Deserialize)]
struct Measured {
    browser: String,
    start: BTreeMap<String, BTreeMap<String, Vec<Start>>>,
    rest: BTreeMap<String, BTreeMap<String, Vec<Rest>>>,
    #[serde(rename = "use")]
    used: BTreeMap<usize, BTreeMap<String, Vec<Use>>>,
}

/// Milliseconds from the navigation.
#[derive(Deserialize)]
struct Start {
    paint: f64,
    /// All is there that the program draws with.
    fetched: f64,
    /// The program has drawn its first checkbox.
    drawn: f64,
    /// The progress shows a tick.
    counted: f64,
    /// The same, by a script that has taken over.
    alive: f64,
}

#[derive(Deserialize)]
struct Rest {
    shift: f64,
    elements: f64,
    steps: f64,
    bytes: f64,
}

/// Milliseconds, and bytes of memory.
#[derive(Deserialize)]
struct Use {
    ready: f64,
    tick: Vec<f64>,
    choose: Vec<f64>,
    filter: Vec<f64>,
    memory: f64,
    after: Option<f64>,
    later: Option<f64>,
}

/// The networks, as `measure.mjs` names them, in words, with the aim for the first paint.
const NETWORKS: &[(&str, &str, f64)] =
    &[("loopback", "loopback", 0.50), ("slow", "1.6 Mbit/s, 150 ms, CPU / 4", 0.40)];

/// A number of one start, or of one use.
type Figure<T> = fn(&T) -> f64;

/// What a start consists of for the program, each from the navigation until its end.
const PHASES: [(&str, Figure<Start>); 3] = [
    ("all fetched", |start| start.fetched),
    ("drawn by the program", |start| start.drawn),
    ("all works", |start| start.alive),
];

/// The page that ships: first paint, working checkbox, and whether anything jumps. All
/// contenders must show the same steps for the same choices, or they would not do the same.
pub fn start(shell: &Shell, effort: Effort) -> Result<Vec<Report>> {
    let rounds = if effort == Effort::Quick { 3 } else { 7 };
    let measured = measure(shell, effort, rounds, &[])?;
    let mut rows = Vec::new();
    for (network, words, paint) in NETWORKS {
        let started = measured.start.get(*network).context("a network was not measured")?;
        let rested = measured.rest.get(*network).context("a network was not measured")?;
        let to_react = ratio_to(REACT);
        rows.push(row(
            format!("first contentful paint, {words}, ms"),
            &by_contender(started, |start| start.paint),
            &[(to_react, *paint)],
        ));
        rows.push(row(
            format!("working checkbox, {words}, ms"),
            &by_contender(started, |start| start.counted),
            &[(to_react, 0.60), (ratio_to(PREACT), 1.0)],
        ));
        for (phase, until) in PHASES {
            rows.push(row(format!("{phase}, {words}, ms"), &by_contender(started, until), &[]));
        }
        rows.push(row(
            format!("layout shift, {words}"),
            &by_contender(rested, |rest| rest.shift),
            &[(1, 0.0)],
        ));
        rows.push(row(format!("KB received, {words}"), &by_contender(rested, |rest| rest.bytes / 1e3), &[]));
    }
    let rested = measured.rest.get("loopback").context("a network was not measured")?;
    rows.push(row("elements in the page", &by_contender(rested, |rest| rest.elements), &[]));
    let steps = by_contender(rested, |rest| rest.steps);
    let first = steps.first().and_then(|rounds| rounds.first());
    ensure!(
        steps.iter().flatten().all(|count| Some(count) == first),
        "not all show the same steps: {steps:?}"
    );
    Ok(vec![Report {
        figure: "start",
        about: format!(
            "The page that ships, opened {rounds} times by each contender in turns, with nothing kept from \
             before; Chromium {}. A checkbox works when the progress counts a real click on it, which is made \
             as soon as there is a box. Ours is drawn beforehand: a small script counts ticks at once, and all \
             works, that tick included, when the program has taken over; what is fetched and drawn until \
             then is the program's. Ours shows every case until a choice is made, and so more than the \
             others, which begin with each first choice.",
            measured.browser,
        ),
        columns: columns("figure"),
        rows,
    }])
}

/// Generated guides: ticking, choosing, filtering, and memory; and how all of it grows.
pub fn in_use(shell: &Shell, effort: Effort) -> Result<Vec<Report>> {
    let sizes = match effort {
        Effort::Quick => SIZES.map(|(steps, _)| (steps, 1)),
        Effort::Full => SIZES,
    };
    let measured = measure(shell, effort, 0, &sizes)?;
    let of = |steps: usize| measured.used.get(&steps).context("a guide was not measured");
    let to_react = ratio_to(REACT);
    let mut rows = Vec::new();
    for steps in [13, 1000, 10_000] {
        let ticks = by_contender(of(steps)?, |used| median(used.tick.iter().copied()).unwrap_or(f64::NAN));
        rows.push(row(format!("tick among {steps} steps, ms"), &ticks, &[(to_react, 0.5)]));
    }
    let worn = of(WORN)?;
    let choices = by_contender(worn, |used| median(used.choose.iter().copied()).unwrap_or(f64::NAN));
    rows.push(row(format!("another database among {WORN} steps, ms"), &choices, &[(to_react, 0.5)]));
    let memory = by_contender(worn, |used| used.memory / 1e6);
    rows.push(row(format!("memory with {WORN} steps, MB"), &memory, &[(to_react, 1.0)]));
    let after = by_contender(worn, |used| used.after.unwrap_or(f64::NAN) / 1e6);
    rows.push(row("… after 1,000 ticks and choices, MB", &after, &[(to_react, 1.0)]));
    let grown = by_contender(worn, |used| used.after.unwrap_or(f64::NAN) / used.memory);
    rows.push(row("… divided by what it was before", &grown, &[(1, 1.05)]));
    let after = |used: &Use| used.after.unwrap_or(f64::NAN);
    let grown = by_contender(worn, |used| used.later.unwrap_or(f64::NAN) / after(used));
    rows.push(row("… and after 1,000 more, divided by that", &grown, &[(1, 1.02)]));
    let about = format!(
        "Generated guides, the same for all, opened in turns in Chromium {}. A time is from a click until the \
         frame is painted that shows what it was for: script, style, layout and paint. Memory is what the \
         browser says the page takes, WebAssembly included, after a collection.",
        measured.browser,
    );
    Ok(vec![Report { figure: "use", about, columns: columns("figure"), rows }, grows(&measured)])
}

/// What each contender needs for guides of 10 to 10,000 steps.
fn grows(measured: &Measured) -> Report {
    let sizes = [10, 100, 1000, 10_000];
    let acts: [(&str, Figure<Use>); 5] = [
        ("start, ms", |used| used.ready),
        ("tick, ms", |used| middle(&used.tick)),
        ("choose, ms", |used| middle(&used.choose)),
        ("filter, ms", |used| middle(&used.filter)),
        ("memory, MB", |used| used.memory / 1e6),
    ];
    let mut rows = Vec::new();
    for (act, figure) in acts {
        for site in [OURS].iter().chain(&OTHERS) {
            let value = |steps: usize| {
                let rounds = measured.used.get(&steps)?.get(site.name)?;
                median(rounds.iter().map(figure)).filter(|value| value.is_finite())
            };
            let values: Vec<Option<f64>> = sizes.map(value).to_vec();
            let growth = values[3].zip(values[2]).map(|(last, before)| last / before);
            let values = values.into_iter().chain([growth]).collect();
            rows.push(Row { name: format!("{act}: {}", site.title), values, ..Row::default() });
        }
    }
    Report {
        figure: "grows",
        about:
            "The same by the number of steps. The last column is how many times as much 10,000 steps need as \
                1,000 do: 10 is linear, and a tick should need the same."
                .to_owned(),
        columns: ["figure", "10", "100", "1,000", "10,000", "growth"].map(str::to_owned).to_vec(),
        rows,
    }
}

fn middle(values: &[f64]) -> f64 {
    median(values.iter().copied()).unwrap_or(f64::NAN)
}

/// A number of each round of each contender, ours first.
fn by_contender<T>(rounds: &BTreeMap<String, Vec<T>>, figure: impl Fn(&T) -> f64) -> Vec<Vec<f64>> {
    let of =
        |name| rounds.get(name).map_or(Vec::new(), |rounds: &Vec<T>| rounds.iter().map(&figure).collect());
    [OURS].iter().chain(&OTHERS).map(|site| of(site.name)).collect()
}

fn measure(shell: &Shell, effort: Effort, rounds: usize, sizes: &[(usize, usize)]) -> Result<Measured> {
    let contenders = contenders::built(shell)?;
    let plan = Plan {
        contenders,
        guides: guides::write(shell, &sizes.iter().map(|(steps, _)| *steps).collect::<Vec<_>>())?,
        rounds,
        sizes: sizes.iter().map(|(steps, rounds)| Size { steps: *steps, rounds: *rounds }).collect(),
        patience: if effort == Effort::Quick { 300 } else { 1000 },
        worn: WORN,
    };
    let plan = serde_json::to_string(&plan)?;
    let measured = cmd!(shell, "node benches/browser/measure.mjs {plan}").quiet().read()?;
    serde_json::from_str(&measured).context("reading what the browser measured")
}
