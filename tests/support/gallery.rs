//! A gallery of drawn checklists, below target/: pages that a browser opens from the disk.

use std::fs;
use std::path::{Path, PathBuf};

const FOLDER: &str = "target/gallery";
const STYLES: &str = "../../styles";
/// What is drawn here has no script to wait for.
const READY: &str = "customElements.define('upgrade-checklist', class extends HTMLElement {
  constructor() { super(); this.attachInternals().states.add('ready'); }
})";

/// Makes a page of a drawn checklist.
pub fn hang(name: &str, dir: &str, html: &str) {
    let page = format!(
        "<!doctype html><html lang=\"en\" dir=\"{dir}\" class=\"uc-page\"><meta charset=\"utf-8\"><title>{name}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"stylesheet\" href=\"{STYLES}/upgrade-checklist.css\">\
         <script>{READY}</script>\
         <main><upgrade-checklist>{html}</upgrade-checklist></main></html>\n"
    );
    write(&format!("{name}.html"), &page);
}

/// Makes the page that shows all of them, each in light and in dark.
pub fn open(pages: &[PathBuf]) {
    let mut names: Vec<&str> = pages.iter().filter_map(|page| page.file_stem()?.to_str()).collect();
    names.sort_unstable();
    let frames = names.iter().map(|name| {
        let words = name.replace('_', " ");
        format!(
            "<h2><a href=\"{name}.html\">{words}</a></h2><iframe src=\"{name}.html\" title=\"{words}\"></iframe>\
             <iframe class=\"dark\" src=\"{name}.html\" title=\"{words}, dark\"></iframe>"
        )
    });
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Gallery</title><style>\
         body {{ font-family: system-ui; margin: 2rem }} .dark {{ color-scheme: dark }}\
         iframe {{ inline-size: 48%; block-size: 40rem; border: 1px solid; margin-inline-end: 1% }}\
         </style><h1>Every component in every state</h1>{}</html>\n",
        frames.collect::<String>()
    );
    write("index.html", &page);
}

fn write(name: &str, text: &str) {
    fs::create_dir_all(FOLDER).unwrap();
    fs::write(Path::new(FOLDER).join(name), text).unwrap();
}
