//! Panics without words: in what ships, Rust's functions that panic trap at once.
//!
//! A panic ends the program either way, and what the page then shows is the element's own
//! sentence. Only the console loses Rust's message, with all the code that would write it. The
//! functions are found by their names, so this comes before wasm-opt, which then drops the
//! names, the arguments and what stood behind them.

use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder, utils};
use wasm_encoder::{CodeSection, Function, Module};
use wasmparser::{FunctionBody, KnownCustom, Name, Parser, Payload, TypeRef};

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

/// The program with functions that only trap in the place of those that panic. It is an error
/// if it has no names, or if Rust names them otherwise now: what ships would be larger.
pub fn trap(program: &[u8]) -> Result<Vec<u8>> {
    let mut trapping = Trapping::read(program).context("reading the names of functions")?;
    let mut module = Module::new();
    let written = trapping.parse_core_module(&mut module, Parser::new(0), program);
    written.map_err(|error| anyhow::anyhow!("{error}")).context("writing WebAssembly")?;
    Ok(module.finish())
}

/// Writes a module as it is, but for the bodies of some functions.
#[derive(Default)]
struct Trapping {
    panicking: BTreeSet<u32>,
    /// The function whose body comes next.
    next: u32,
}

impl Trapping {
    fn read(program: &[u8]) -> Result<Self> {
        let mut trapping = Self::default();
        let mut has_essential = false;
        for payload in Parser::new(0).parse_all(program) {
            match payload? {
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
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        ensure!(has_essential, "no function is named {ESSENTIAL}");
        Ok(trapping)
    }
}

impl Reencode for Trapping {
    type Error = Infallible;

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Result<(), Error> {
        let index = self.next;
        self.next += 1;
        if !self.panicking.contains(&index) {
            return utils::parse_function_body(&mut RoundtripReencoder, code, body);
        }
        let mut trap = Function::new([]);
        trap.instructions().unreachable().end();
        code.function(&trap);
        Ok(())
    }
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
    use wasm_encoder::{CodeSection, Function, FunctionSection, NameMap, NameSection, TypeSection};
    use wasmparser::{Operator, Parser, Payload};

    /// A module of functions that do nothing, by their names.
    fn module(names: &[&str]) -> Vec<u8> {
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
        module.section(&types).section(&functions).section(&code).section(&section);
        module.finish()
    }

    /// Whether each function traps at once.
    fn traps(program: &[u8]) -> Vec<bool> {
        let payloads = Parser::new(0).parse_all(program).map(Result::unwrap);
        let bodies = payloads.filter_map(|payload| match payload {
            Payload::CodeSectionEntry(body) => Some(body),
            _ => None,
        });
        bodies
            .map(|body| matches!(body.get_operators_reader().unwrap().read().unwrap(), Operator::Unreachable))
            .collect()
    }

    #[test]
    fn only_what_panics_traps() {
        let program = module(&["ours", "core[c5930c85a12de822]::panicking::panic_fmt", "theirs"]);
        assert_eq!(traps(&trap(&program).unwrap()), [false, true, false]);
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
