// Our parser and Markdoc's in one page of a real browser, for the bench: the arguments are the
// folder that is served, then the pages' files; each line of the input, `PARSER PAGE REPEATS`,
// is answered with the nanoseconds that so many readings took.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { createInterface } from "node:readline";

const { chromium } = createRequire(new URL("../../tests/browser/", import.meta.url))("playwright-core");

const [folder, ...files] = process.argv.slice(2);
// As they come from an address: in UTF-8.
const pages = files.map((file) => readFileSync(file, "base64"));

const types = { ".js": "text/javascript", ".wasm": "application/wasm" };
const server = createServer((request, response) => {
  const file = join(folder, new URL(request.url, "http://localhost").pathname);
  const type = types[extname(file)];
  // Any other address is an empty page.
  response.setHeader("Content-Type", type ?? "text/html");
  response.end(type && readFileSync(file));
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--headless", "--disable-gpu"],
});
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.evaluate(async (pages) => {
  pages = pages.map((page) => Uint8Array.from(atob(page), (character) => character.charCodeAt(0)));
  const { default: start, Page, bundle } = await import("/upgrade-checklist-parser.js");
  const { default: Markdoc } = await import("/markdoc.js");
  await start();
  const parsers = {
    // The tree, which is taken apart again.
    tree: (text) => {
      const page = new Page("page.md", text);
      page.missing();
      page.free();
    },
    // The tree as bytes, as the app takes it.
    bytes: (text) => bundle([new Page("page.md", text)]).length,
    markdoc: (text) => Markdoc.parse(new TextDecoder().decode(text)).children.length,
  };
  window.measure = (parser, page, repeats) => {
    const parse = parsers[parser];
    const start = performance.now();
    for (let count = repeats; count > 0; count--) parse(pages[page]);
    return performance.now() - start;
  };
}, pages);

for await (const line of createInterface({ input: process.stdin })) {
  const [parser, index, repeats] = line.split(" ");
  const milliseconds = await page.evaluate(([p, i, r]) => window.measure(p, i, r), [parser, +index, +repeats]);
  console.log(Math.round(milliseconds * 1e6));
}
await browser.close();
server.close();
