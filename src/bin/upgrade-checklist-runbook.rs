//! The writer of runbooks as a WebAssembly module of its own: the page fetches it only when a
//! reader saves one. The app's guides go in, and what the reader said and did; a text comes out.

use upgrade_checklist::environment::Environment;
use upgrade_checklist::guide::bundle::{Bundle, GuideSource};
use upgrade_checklist::guide::{build, rebased};
use upgrade_checklist::render::{Format, Task, record};
use wasm_bindgen::prelude::wasm_bindgen;

/// Rust's own allocator is as fast, but larger.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// What a runbook is written of.
#[wasm_bindgen]
pub struct Runbook {
    guide: GuideSource,
    environment: Environment,
    /// How steps stand, by their ids.
    tasks: Vec<(String, Task)>,
}

#[wasm_bindgen]
impl Runbook {
    /// The runbook of one guide of a bundle, whose page's links lead to `base`; nothing if the
    /// bundle has no such guide, or is damaged.
    pub fn of(bundle: &[u8], guide: &str, base: Option<String>) -> Option<Self> {
        let bundle = Bundle::decode(bundle).ok()?;
        let mut guide = bundle.guides().iter().find(|source| source.id == guide)?.clone();
        if let Some(base) = base {
            guide.document = rebased((*guide.document).clone(), &base).into();
        }
        Some(Self { guide, environment: Environment::default(), tasks: Vec::new() })
    }

    /// Adds what the reader said for an input.
    pub fn answer(&mut self, name: &str, answer: &str) {
        self.environment = std::mem::take(&mut self.environment).with(name, answer);
    }

    /// Adds how a step stands.
    pub fn task(&mut self, step: String, ticked: bool, struck: bool, remark: String, note: String) {
        self.tasks.push((step, Task { ticked, struck, remark, note }));
    }

    /// Writes it in the format whose files end so; with what was done.
    pub fn write(&self, extension: &str) -> Option<String> {
        let format = Format::ALL.into_iter().find(|format| format.extension() == extension)?;
        let guide = build(&self.guide.document, &self.environment);
        let task = |id: &str| self.tasks.iter().find(|(step, _)| step == id).map(|(_, task)| task.clone());
        Some(record(&guide, format, &[], &|step| task(&step.id).unwrap_or_default()))
    }
}

/// The module does nothing by itself.
fn main() {}
