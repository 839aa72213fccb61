//! Panics without words: in what ships, Rust's functions that panic trap at once.
//!
//! A panic ends the program either way, and what the page then shows is the element's own
//! sentence. Only the console loses Rust's message, with all the code that would write it, and
//! all the places in source files that it would name. The functions are found by their names, so
//! this comes before wasm-opt, which then drops the names, the arguments and what stood behind
//! them. Places become zeros, which weigh nothing once they are compressed. What writes a value
//! for developers, as panics do (`Debug`), writes nothing: it is found in tables, where wasm-opt
//! does not see that nobody calls it any more.

use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ops::Range;
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder, utils};
use wasm_encoder::{CodeSection, DataSection, Function, Module};
use wasmparser::{Data, DataKind, FunctionBody, KnownCustom, Name, Operator, Parser, Payload, TypeRef};

/// What comes through here, whoever panics.
const ESSENTIAL: &str = "core::panicking::panic_fmt";

/// Modules of which every function panics, or is called by nothing else.
const MODULES: &[&str] = &["core::panicking::", "<std::panicking::panic_handler::"];

/// Single functions that never return.
const FUNCTIONS: &[&str] = &[
    ESSENTIAL,
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
    "console_error_panic_hook::hook",
    "core::cell::panic_already_borrowed",
    "core::cell::panic_already_mutably_borrowed",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::result::unwrap_failed",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::slice::index::slice_index_fail",
    "core::slice::sort::shared::smallsort::panic_on_ord_violation",
    "core::str::slice_error_fail",
    "core::str::slice_error_fail_rt",
    "std::alloc::rust_oom",
    "std::panicking::panic_with_hook",
    "std::thread::local::panic_access_error",
];

/// How the name of a function ends that writes a value for developers.
const DEBUG: &str = " as core::fmt::Debug>::fmt";

/// The program with functions that only trap in the place of those that panic. It is an error
/// if it has no names, or if Rust names them otherwise now: what ships would be larger.
pub fn trap(program: &[u8]) -> Result<Vec<u8>> {
    let mut trapping = Trapping::read(program).context("reading the names of functions")?;
    let mut module = Module::new();
    let written = trapping.parse_core_module(&mut module, Parser::new(0), program);
    written.map_err(|error| anyhow::anyhow!("{error}")).context("writing WebAssembly")?;
    Ok(module.finish())
}

/// Writes a module as it is, but for the bodies of some functions and some data.
#[derive(Default)]
struct Trapping {
    panicking: BTreeSet<u32>,
    /// What says that all is written.
    silent: BTreeSet<u32>,
    /// The function whose body comes next.
    next: u32,
    /// What becomes zeros in the memory.
    places: Vec<Range<usize>>,
}

impl Trapping {
    fn read(program: &[u8]) -> Result<Self> {
        let mut trapping = Self::default();
        let mut memory = Vec::new();
        let mut has_essential = false;
        for payload in Parser::new(0).parse_all(program) {
            match payload? {
                Payload::DataSection(data) => {
                    for data in data {
                        memory.extend(Segment::of(&data?)?);
                    }
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let is_function = matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_));
                        trapping.next += u32::from(is_function);
                    }
                }
                Payload::CustomSection(section) => {
                    let KnownCustom::Name(sections) = section.as_known() else { continue };
                    for section in sections {
                        let Name::Function(functions) = section? else { continue };
                        for naming in functions {
                            let naming = naming?;
                            let name = plain(naming.name);
                            has_essential |= name == ESSENTIAL;
                            if panics(&name) {
                                trapping.panicking.insert(naming.index);
                            } else if name.ends_with(DEBUG) {
                                trapping.silent.insert(naming.index);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        ensure!(has_essential, "no function is named {ESSENTIAL}");
        trapping.places = places(&memory);
        Ok(trapping)
    }
}

impl Reencode for Trapping {
    type Error = Infallible;

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Result<(), Error> {
        let index = self.next;
        self.next += 1;
        let mut function = Function::new([]);
        if self.panicking.contains(&index) {
            function.instructions().unreachable().end();
        } else if self.silent.contains(&index) {
            // As Rust returns `Ok(())` of a formatter.
            function.instructions().i32_const(0).end();
        } else {
            return utils::parse_function_body(&mut RoundtripReencoder, code, body);
        }
        code.function(&function);
        Ok(())
    }

    fn parse_data(&mut self, section: &mut DataSection, data: Data<'_>) -> Result<(), Error> {
        let mut bytes = data.data.to_vec();
        if let Some(start) = Segment::start(&data)? {
            let end = start + bytes.len();
            for Range { start: from, end: to } in &self.places {
                if start <= *from && *to <= end {
                    bytes[from - start..to - start].fill(0);
                }
            }
        }
        utils::parse_data(&mut RoundtripReencoder, section, Data { data: &bytes, ..data })
    }
}

/// Bytes that stand in the memory from the start, and where.
struct Segment<'a> {
    start: usize,
    bytes: &'a [u8],
}

impl<'a> Segment<'a> {
    fn of(data: &Data<'a>) -> Result<Option<Self>> {
        Ok(Self::start(data)?.map(|start| Self { start, bytes: data.data }))
    }

    /// The address of data that has a fixed one.
    fn start(data: &Data) -> wasmparser::Result<Option<usize>> {
        let DataKind::Active { offset_expr, .. } = &data.kind else { return Ok(None) };
        Ok(match offset_expr.get_operators_reader().read()? {
            Operator::I32Const { value } => usize::try_from(value).ok(),
            _ => None,
        })
    }

    fn at(&self, address: usize, length: usize) -> Option<&'a [u8]> {
        let start = address.checked_sub(self.start)?;
        self.bytes.get(start..start.checked_add(length)?)
    }
}

/// Where the memory holds a place in a source file (`core::panic::Location`), or such a file's
/// path: four numbers, of which the first two are the address and length of a path that ends in
/// `.rs` and a zero, and the others its line and column. Only panics ask for them.
fn places(memory: &[Segment]) -> Vec<Range<usize>> {
    const PLACE: usize = 16;
    let path = |address, length: usize| {
        let text = memory.iter().find_map(|segment| segment.at(address, length.checked_add(1)?))?;
        text.ends_with(b".rs\0").then(|| address..address + length)
    };
    let mut found = Vec::new();
    for segment in memory {
        let first = segment.start.next_multiple_of(4) - segment.start;
        for start in (first..).step_by(4).take_while(|start| start + PLACE <= segment.bytes.len()) {
            let number = |index: usize| {
                let at = start + 4 * index;
                segment.bytes[at..at + 4]
                    .iter()
                    .rev()
                    .fold(0, |number, byte| number << 8 | usize::from(*byte))
            };
            if number(2) == 0 || number(2) > 100_000 || number(3) == 0 || number(3) > 1_000 {
                continue;
            }
            if let Some(path) = path(number(0), number(1)) {
                let place = segment.start + start;
                found.extend([path, place..place + PLACE]);
            }
        }
    }
    found
}

fn panics(name: &str) -> bool {
    MODULES.iter().any(|module| name.starts_with(module))
        || FUNCTIONS.contains(&name)
        || name.starts_with("<alloc::vec::Vec<") && name.ends_with("::assert_failed")
}

/// A name without the hashes that tell versions of a crate or of a function apart.
fn plain(name: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(name));
    let mut parts = name.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    let name = parts.fold(first, |before, part| before + part.split_once(']').map_or(part, |(_, rest)| rest));
    let is_hash = |part: &str| {
        part.strip_prefix('h')
            .is_some_and(|hash| hash.len() == 16 && hash.chars().all(|digit| digit.is_ascii_hexdigit()))
    };
    match name.rsplit_once("::") {
        Some((path, last)) if is_hash(last) => path.to_owned(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{Module, panics, plain, trap};
    use wasm_encoder::{
        CodeSection, ConstExpr, DataSection, Function, FunctionSection, MemorySection, MemoryType, NameMap,
        NameSection, TypeSection,
    };
    use wasmparser::{Operator, Parser, Payload};

    /// A module of functions that do nothing, by their names.
    fn module(names: &[&str]) -> Vec<u8> {
        module_with_data(names, &[])
    }

    /// The same with a memory.
    fn module_with_data(names: &[&str], data: &[(i32, &[u8])]) -> Vec<u8> {
        let (mut memories, mut segments) = (MemorySection::new(), DataSection::new());
        let page =
            MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
        memories.memory(page);
        for (start, bytes) in data {
            segments.active(0, &ConstExpr::i32_const(*start), bytes.iter().copied());
        }
        let (mut types, mut functions, mut code) =
            (TypeSection::new(), FunctionSection::new(), CodeSection::new());
        types.ty().function([], []);
        let mut named = NameMap::new();
        for (index, name) in (0..).zip(names) {
            functions.function(0);
            let mut body = Function::new([]);
            body.instructions().nop().end();
            code.function(&body);
            named.append(index, name);
        }
        let mut section = NameSection::new();
        section.functions(&named);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&memories).section(&code);
        module.section(&segments).section(&section);
        module.finish()
    }

    /// What each function begins with.
    fn beginnings(program: &[u8]) -> Vec<Operator<'_>> {
        let payloads = Parser::new(0).parse_all(program).map(Result::unwrap);
        let bodies = payloads.filter_map(|payload| match payload {
            Payload::CodeSectionEntry(body) => Some(body),
            _ => None,
        });
        bodies.map(|body| body.get_operators_reader().unwrap().read().unwrap()).collect()
    }

    #[test]
    fn only_what_panics_traps_and_only_what_is_for_developers_is_not_written() {
        let program = module(&[
            "ours",
            "core[c5930c85a12de822]::panicking::panic_fmt",
            "<str as core[c5930c85a12de822]::fmt::Debug>::fmt",
            "<str as core[c5930c85a12de822]::fmt::Display>::fmt",
        ]);
        let expected = [Operator::Nop, Operator::Unreachable, Operator::I32Const { value: 0 }, Operator::Nop];
        assert_eq!(beginnings(&trap(&program).unwrap()), expected);
    }

    /// A place in a source file as the memory holds it.
    fn place(numbers: [u32; 4]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    #[test]
    fn places_in_source_files_become_zeros_and_all_else_stays() {
        let path = b"src/view/step.rs\0";
        for (numbers, is_place) in [
            ([1024, 16, 12, 5], true),
            // Of the same file, and yet no place in it.
            ([1024, 15, 12, 5], false),
            ([1024, 16, 0, 5], false),
            ([1024, 16, 12, 0], false),
            ([4096, 16, 12, 5], false),
            ([u32::MAX, u32::MAX, 12, 5], false),
        ] {
            let place = place(numbers);
            let program = module_with_data(
                &["core::panicking::panic_fmt"],
                &[(1024, &[&path[..], b"src/a.rs"].concat()), (2046, &[&[7, 7], &place[..], &[7]].concat())],
            );
            let trapped = trap(&program).unwrap();
            let data: Vec<&[u8]> = Parser::new(0)
                .parse_all(&trapped)
                .filter_map(|payload| match payload.unwrap() {
                    Payload::DataSection(data) => Some(data.into_iter().map(|data| data.unwrap().data)),
                    _ => None,
                })
                .flatten()
                .collect();
            let zeros = |bytes: &[u8]| if is_place { vec![0; bytes.len()] } else { bytes.to_vec() };
            assert_eq!(data[0], [zeros(path), b"src/a.rs".to_vec()].concat(), "{numbers:?}");
            assert_eq!(data[1], [vec![7, 7], zeros(&place), vec![7]].concat(), "{numbers:?}");
        }
    }

    #[test]
    fn a_program_without_the_names_is_an_error() {
        for names in [&[][..], &["ours"], &["core::panicking::panic"]] {
            assert!(trap(&module(names)).is_err(), "{names:?}");
        }
    }

    #[test]
    fn a_name_is_known_in_each_form() {
        for (name, expected) in [
            ("_RNvNtCs1234_4core9panicking9panic_fmt", true),
            ("core::panicking::panic_display::hcf0a9b0d27e94727", true),
            ("core[c5930c85a12de822]::panicking::assert_failed::<usize, usize>", true),
            ("<alloc[3ca501edff3f0c7c]::vec::Vec<_, _>>::remove::assert_failed", true),
            ("console_error_panic_hook::hook::h4cc29ace445b7c73", true),
            ("std[a543996e6e7dbf1e]::panicking::panic_count::is_zero_slow_path", false),
            ("core[c5930c85a12de822]::option::unwrap_failed_not", false),
            ("<hashbrown::raw::Fallibility>::capacity_overflow", false),
            ("", false),
        ] {
            assert_eq!(panics(&plain(name)), expected, "{name}");
        }
    }
}
