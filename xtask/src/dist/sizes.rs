//! What files weigh: as they are, and as a server would send them.

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Bytes of one file.
#[derive(Serialize)]
pub struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Every file below a folder, by its path in it.
pub type Sizes = BTreeMap<String, Size>;

pub fn measure(folder: &Path) -> Result<Sizes> {
    let mut sizes = Sizes::new();
    for entry in glob::glob(&folder.join("**/*").to_string_lossy())? {
        let path = entry?;
        if path.is_file() {
            let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
            sizes.insert(name, size(&std::fs::read(&path)?)?);
        }
    }
    Ok(sizes)
}

/// `sizes.json`.
pub fn json(sizes: &Sizes) -> Result<String> {
    Ok(serde_json::to_string_pretty(sizes)? + "\n")
}

/// The same for people.
pub fn table(sizes: &Sizes) -> String {
    let mut table = format!("{:>9} {:>9} {:>9}  file in dist/\n", "raw", "gzip", "brotli");
    for (name, Size { raw, gzip, brotli }) in sizes {
        table += &format!("{raw:>9} {gzip:>9} {brotli:>9}  {name}\n");
    }
    table
}

fn size(bytes: &[u8]) -> Result<Size> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    let mut brotli = Vec::new();
    let best = brotli::enc::BrotliEncoderParams { quality: 11, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut brotli, &best)?;
    Ok(Size { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli.len() })
}
