// The parser: the texts of pages go in, their guides come out. The page calls `parse` itself,
// or sends this file as a worker what it would have called it with.

import init, { Page, bundle } from "./upgrade-checklist-parser.js";

/**
 * Parses pages: each an `address`, a `text`, and the texts of its `partials` by their names,
 * with null for what cannot be had. Texts are bytes, in UTF-8. `program` is the parser's compiled
 * WebAssembly.
 *
 * Returns for each page the names of the partials that it still misses; or else, where nothing
 * is missing, the guides as the app takes them, and what is wrong in the pages.
 */
export async function parse(program, pages) {
  await init({ module_or_path: program });
  const read = pages.map(({ address, text, partials }) => {
    const page = new Page(address, text);
    for (const [name, text] of partials) page.add(name, text ?? undefined);
    return page;
  });
  const missing = read.map((page) => page.missing());
  if (missing.some((names) => names.length)) return { missing };
  const problems = read.flatMap((page) => page.problems());
  return { guides: bundle(read), problems };
}

// In a worker there is no document.
if (globalThis.WorkerGlobalScope && !globalThis.document) {
  addEventListener("message", async ({ data: [program, pages] }) => {
    try {
      postMessage(await parse(program, pages));
    } catch (error) {
      postMessage({ failure: String(error) });
    }
  });
  // A browser may not let it have the program. The page has it.
  addEventListener("messageerror", () => postMessage(null));
}
