//! Puts functions of a WebAssembly module that resemble each other side by side, which changes
//! nothing but how well the module compresses: what repeats is found nearer, and what is near
//! costs fewer bits to point at.

use anyhow::{Context, Result};
use std::collections::HashMap;
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

/// How many bytes in a row two functions have to have in common to resemble each other.
const PASSAGE: usize = 7;

/// What more functions than this have in common says nothing about any of them.
const COMMON: usize = 150;

/// The module with its functions in that order.
pub fn similar_beside_each_other(program: &[u8]) -> Result<Vec<u8>> {
    let mut imported = 0;
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(program) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let order = chain(&bodies);
    let mut places = vec![0; order.len()];
    for (place, function) in (0..).zip(&order) {
        places[*function] = place;
    }
    let mut module = Module::new();
    let written =
        Ordering { imported, order, places }.parse_core_module(&mut module, Parser::new(0), program);
    written.map_err(|error| anyhow::anyhow!("{error}")).context("writing WebAssembly")?;
    Ok(module.finish())
}

/// The numbers of all functions, each behind those that it resembles most: a passage counts for
/// the more the fewer have it, and the last function for twice as much as the one before it.
fn chain(bodies: &[&[u8]]) -> Vec<usize> {
    let mut owners: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (function, body) in bodies.iter().enumerate() {
        for passage in body.windows(PASSAGE) {
            let owners = owners.entry(passage).or_default();
            if owners.last() != Some(&function) {
                owners.push(function);
            }
        }
    }
    let mut resemblance = vec![0.0; bodies.len()];
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    let mut order = Vec::new();
    while !left.is_empty() {
        // Of several the first, so that the same module is always written alike.
        let best = (0..left.len())
            .rev()
            .max_by(|one, other| f64::total_cmp(&resemblance[left[*one]], &resemblance[left[*other]]));
        let next = left.remove(best.unwrap_or_default());
        order.push(next);
        resemblance.iter_mut().for_each(|value| *value /= 2.0);
        for passage in bodies[next].windows(PASSAGE) {
            let owners = &owners[passage];
            if owners.len() <= COMMON {
                owners.iter().for_each(|owner| resemblance[*owner] += 1.0 / owners.len() as f64);
            }
        }
    }
    order
}

/// Writes a module with its functions in another order.
struct Ordering {
    /// How many functions come from elsewhere: these have the first numbers.
    imported: u32,
    /// The numbers of the others, as they are written.
    order: Vec<usize>,
    /// Where each of them is written.
    places: Vec<u32>,
}

impl Reencode for Ordering {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        let place = function.checked_sub(self.imported).and_then(|own| self.places.get(own as usize));
        Ok(place.map_or(function, |place| self.imported + place))
    }

    fn parse_function_section(
        &mut self,
        section: &mut FunctionSection,
        functions: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        let types = functions.into_iter().collect::<wasmparser::Result<Vec<u32>>>()?;
        for function in &self.order {
            section.function(types[*function]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        section: &mut CodeSection,
        code: CodeSectionReader<'_>,
    ) -> Result<(), Error> {
        let bodies = code.into_iter().collect::<wasmparser::Result<Vec<_>>>()?;
        for function in 0..self.order.len() {
            self.parse_function_body(section, bodies[self.order[function]].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{Module, chain, similar_beside_each_other};
    use wasm_encoder::{
        CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection, ImportSection,
        TypeSection,
    };
    use wasmparser::{Operator, Parser, Payload};

    #[test]
    fn what_resembles_each_other_comes_together() {
        let bodies = ["aaaaaaaaaaaa1", "bbbbbbbbbbbb1", "aaaaaaaaaaaa2", "cc", "bbbbbbbbbbbb2"];
        assert_eq!(chain(&bodies.map(str::as_bytes)), [0, 2, 1, 4, 3]);
    }

    /// A module of one function from elsewhere, and of one of its own for each of `kinds`, which
    /// says its kind many times and its number once, and calls the one before. Each is exported
    /// by its number.
    fn module(kinds: &[i32]) -> Vec<u8> {
        let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
        let (mut functions, mut exports, mut code) =
            (FunctionSection::new(), ExportSection::new(), CodeSection::new());
        types.ty().function([], []);
        imports.import("elsewhere", "f", EntityType::Function(0));
        for (number, kind) in (0..).zip(kinds) {
            functions.function(0);
            exports.export(&number.to_string(), ExportKind::Func, number + 1);
            let mut body = Function::new([]);
            body.instructions().call(number).i32_const(number as i32).drop();
            for _ in 0..10 {
                body.instructions().i32_const(*kind).drop();
            }
            body.instructions().end();
            code.function(&body);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);
        module.finish()
    }

    /// By what each function is exported, in their order, and the numbers that the functions say
    /// of themselves and of those that they call.
    fn read(program: &[u8]) -> (Vec<String>, Vec<(i32, Option<i32>)>) {
        let (mut exported, mut said) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(program) {
            match payload.unwrap() {
                Payload::ExportSection(exports) => {
                    exported = exports
                        .into_iter()
                        .map(|export| export.unwrap())
                        .map(|e| (e.index, e.name))
                        .collect();
                }
                Payload::CodeSectionEntry(body) => {
                    let mut operators = body.get_operators_reader().unwrap();
                    let first = (operators.read().unwrap(), operators.read().unwrap());
                    if let (Operator::Call { function_index }, Operator::I32Const { value }) = first {
                        said.push((value, function_index));
                    }
                }
                _ => {}
            }
        }
        exported.sort_unstable();
        let called =
            |(value, index): &(i32, u32)| (*value, index.checked_sub(1).map(|index| said[index as usize].0));
        (exported.into_iter().map(|(_, name)| name.to_owned()).collect(), said.iter().map(called).collect())
    }

    #[test]
    fn whoever_calls_a_function_still_calls_the_same() {
        let program = module(&[111_111, 222_222, 111_111, 222_222]);
        let (exported, said) = read(&similar_beside_each_other(&program).unwrap());
        assert_eq!(exported, ["0", "2", "1", "3"]);
        assert_eq!(said, [(0, None), (2, Some(1)), (1, Some(0)), (3, Some(2))]);
    }
}
