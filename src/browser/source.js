// Checklists of pages that are not the program's own: those at the addresses of the attribute
// src, separated by blanks, or the one that stands in the element. This file and the parser are
// loaded only for them.

// What a page and its partials may weigh together, and how long and how many they may be.
const MAX_BYTES = 4_000_000;
const MAX_SECONDS = 20;
const MAX_PARTIALS = 200;

// A sentence for the reader, who sees it in place of the checklist.
class Refusal extends Error {}

/**
 * The guides of these pages, encoded as the app takes them; or those of the text of one, whose
 * partials are beside the page that it stands in.
 */
export async function load(src, text) {
  const addresses = src?.split(/\s+/).filter(Boolean) ?? [""];
  if (!addresses.length) throw new Refusal("Its src names no page.");
  const parser = import("./upgrade-checklist-parser.js").then(async (parser) => {
    await parser.default();
    return parser;
  });
  const pages = addresses.map((address) => read(new URL(address, document.baseURI), parser, text));
  const { bundle } = await parser;
  return bundle(await Promise.all(pages));
}

/** A page with its partials, each fetched from the page's own folder. */
async function read(address, parser, given) {
  const fetched = new Fetch(address);
  try {
    const text = given ?? (await fetched.text(address));
    const { Page } = await parser;
    const page = new Page(address.href, text);
    let count = 0;
    for (let missing; (missing = page.missing()).length; ) {
      count += missing.length;
      if (count > MAX_PARTIALS) throw new Refusal(`The page ${address} has more than ${MAX_PARTIALS} partials.`);
      const texts = await Promise.all(missing.map((name) => fetched.partial(name)));
      missing.forEach((name, index) => page.add(name, texts[index]));
    }
    for (const problem of page.problems()) console.warn(problem);
    return page;
  } finally {
    fetched.end();
  }
}

/** The fetching of one page and its partials, within the limits. */
class Fetch {
  #bytes = 0;
  #controller = new AbortController();
  #timer = setTimeout(
    () => this.#controller.abort(new Refusal(`The page ${this.page} did not come within ${MAX_SECONDS} seconds.`)),
    MAX_SECONDS * 1000,
  );

  constructor(page) {
    this.page = page;
    this.folder = new URL(".", page).href;
  }

  end() {
    clearTimeout(this.#timer);
  }

  /** A partial's text; undefined where there is none in the page's folder. */
  async partial(name) {
    // "./" so that a name with a colon is none of another scheme.
    const address = new URL("./" + name.replace(/^\/+/, ""), this.folder);
    if (!address.href.startsWith(this.folder)) return undefined;
    return this.text(address).catch((error) => {
      if (error.isMissing) return undefined;
      throw error;
    });
  }

  /** The text at an address. */
  async text(address) {
    if (!/^https?:$/.test(address.protocol)) throw new Refusal(`${address} is no address of a page.`);
    const { signal } = this.#controller;
    const refuse = (reason) => Object.assign(new Refusal(`The page ${address} ${reason}.`), { isMissing: true });
    const response = await fetch(address, { signal }).catch((error) => {
      throw error instanceof Refusal ? error : refuse("could not be reached");
    });
    if (!response.ok) throw refuse(`could not be had: the server answered ${response.status}`);
    if (/^text\/html\b/.test(response.headers.get("content-type"))) throw refuse("is a web page, not Markdown");
    const chunks = [];
    try {
      const reader = response.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        this.#bytes += value.length;
        if (this.#bytes > MAX_BYTES) {
          this.#controller.abort(new Refusal(`The page ${this.page} is too large: more than ${MAX_BYTES / 1e6} MB.`));
        }
        chunks.push(value);
      }
      // It may have been the last.
      signal.throwIfAborted();
    } catch {
      throw signal.aborted ? signal.reason : refuse("broke off on its way");
    }
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(await new Blob(chunks).arrayBuffer());
    } catch {
      throw refuse("is not text in UTF-8");
    }
  }
}
