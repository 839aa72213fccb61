//! Our parser for the bench: the pages' files are the arguments; each line of the input,
//! `PARSER PAGE REPEATS`, is answered with the nanoseconds that so many readings took.

use std::hint::black_box;
use std::io::{BufRead, Write, stdin, stdout};
use std::time::Instant;
use upgrade_checklist::markdoc::parse;

/// As the native command has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::io::Result<()> {
    // Cargo adds an option of its own.
    let files = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let pages: Vec<String> = files.map(std::fs::read_to_string).collect::<Result<_, _>>()?;
    for line in stdin().lock().lines() {
        let line = line?;
        let mut numbers = line.split(' ').skip(1).map(|word| word.parse().unwrap_or(0));
        let page = numbers.next().and_then(|page: usize| pages.get(page)).map_or("", String::as_str);
        let repeats = numbers.next().unwrap_or(1);
        let start = Instant::now();
        for _ in 0..repeats {
            // Taking the tree apart again is part of the price.
            drop(black_box(parse("page.md", black_box(page))));
        }
        println!("{}", start.elapsed().as_nanos());
        stdout().flush()?;
    }
    Ok(())
}
