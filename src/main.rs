//! The page: the library's browser part with the guides that ship, parsed when it was built.

/// What `upgrade-checklist compile content -o target/guide.bin` wrote, as Trunk has it do
/// before it builds this.
const GUIDES: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/target/guide.bin"));

/// Rust's own allocator is as fast, but larger.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    upgrade_checklist::browser::start(GUIDES);
}
