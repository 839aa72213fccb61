//! Gives the reader a file that was made in the page.

use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long a browser may take to fetch the file from the page's memory.
const FETCH_MILLISECONDS: u32 = 60_000;

/// Offers a text as a file. Says whether the browser could be asked.
pub fn download(name: &str, media_type: &str, text: &str) -> bool {
    offer(name, media_type, text).is_ok()
}

fn offer(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::UNDEFINED)?;
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    // A link that is nowhere in the page can be followed too, so the page is not touched.
    link.click();
    Timeout::new(FETCH_MILLISECONDS, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}
