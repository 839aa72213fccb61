//! Files that the page's embedder names.

use wasm_bindgen::JsCast;
use web_sys::Response;

/// The bytes at an address; none, where it cannot be read.
pub async fn bytes(address: &str) -> Option<Vec<u8>> {
    let response = web_sys::window()?.fetch_with_str(address).await.ok()?;
    let response = response.dyn_into::<Response>().ok().filter(Response::ok)?;
    let buffer = response.array_buffer().ok()?.await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}
