//! A text as a file that the browser saves: also without HTTPS, from a disk, and under a strict
//! policy.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

/// Offers a text for saving under a name. Says whether it could be offered: what the reader and
/// the browser do with it nobody is told.
pub fn download(name: &str, media_type: &str, text: &str) -> bool {
    click_link_to(name, media_type, text).is_ok()
}

fn click_link_to(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: HtmlElement = document.create_element("a")?.dyn_into()?;
    link.set_attribute("href", &url)?;
    link.set_attribute("download", name)?;
    link.click();
    // Browsers differ in when they have read it, so the page keeps these few kilobytes.
    Ok(())
}
