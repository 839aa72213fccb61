//! Short names between the WebAssembly and its JavaScript: wasm-bindgen's are long, and each
//! stands in both files.
//!
//! wasm-opt renames in the one and says how; [`rename`] does the same in the other.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::cmp::Reverse;

/// Makes wasm-opt rename what is imported and exported, and print what it did.
pub const OPTION: &str = "--minify-imports-and-exports-and-modules";

/// What wasm-opt prints.
#[derive(Deserialize)]
struct Names {
    /// Module, name and new name.
    imports: Vec<(String, String, String)>,
    /// Name and new name.
    exports: Vec<(String, String)>,
}

/// wasm-opt's name for the only module that there is.
const MODULE: &str = "a";

/// Renames in wasm-bindgen's JavaScript as `printed` says. What is not found once is an error:
/// wasm-bindgen would have changed its form, and the page would not start.
pub fn rename(script: &str, printed: &str) -> Result<String> {
    let Names { imports, mut exports } = serde_json::from_str(printed).context("reading wasm-opt's names")?;
    let mut script = script.to_owned();
    let mut once = |old: String, new: String| {
        ensure!(script.matches(&old).count() == 1, "`{old}` is not once in the script");
        script = script.replace(&old, &new);
        Ok(())
    };
    if let Some((module, ..)) = imports.first() {
        once(format!("\"{module}\": import0"), format!("\"{MODULE}\": import0"))?;
    }
    for (_, name, short) in &imports {
        once(format!(" {name}: function("), format!(" {short}: function("))?;
    }
    // The longest first, as one name may continue another. Not every export is used.
    exports.sort_by_key(|(name, _)| Reverse(name.len()));
    for (name, short) in &exports {
        script = script.replace(&format!("wasm.{name}"), &format!("wasm.{short}"));
    }
    Ok(script)
}
