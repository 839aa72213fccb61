// Checklists of pages that are not the program's own: those at the addresses of the attribute
// src, separated by blanks, or the one that stands in the element. This file and the parser are
// loaded only for them.

import fetched from "./fetched.js";

// What a page and its partials may weigh together, and how long and how many they may be.
const MAX_BYTES = 4_000_000;
const MAX_SECONDS = 20;
const MAX_PARTIALS = 200;

// From how many bytes on a worker parses, so that the page goes on meanwhile.
const LONG = 100_000;

/** What is wrong with a page, by language. English is for whoever reads none of these. */
const WORDS = {
  __proto__: null,
  en: {
    none: () => "Its src names no page.",
    noAddress: (page) => `${page} is no address of a page.`,
    unreachable: (page) => `The page ${page} could not be reached.`,
    elsewhere: (page) => `The page ${page} leads on to another site, which could not be reached, does not allow ${location.origin} to read it (CORS), or is forbidden by this page’s policy (connect-src).`,
    foreign: (page) => `The page ${page} could not be reached, its server does not allow ${location.origin} to read it (CORS), or this page’s policy forbids it (connect-src).`,
    status: (page, status) => `The page ${page} could not be had: the server answered ${status}.`,
    html: (page) => `The page ${page} is a web page, not Markdown.`,
    noText: (page) => `The page ${page} is not text in UTF-8.`,
    brokeOff: (page) => `The page ${page} broke off on its way.`,
    late: (page) => `The page ${page} did not come within ${MAX_SECONDS} seconds.`,
    parser: (file) => `${file}, which reads its page, did not come within ${MAX_SECONDS} seconds.`,
    large: (page) => `The page ${page} is too large: more than ${MAX_BYTES / 1e6} MB.`,
    partials: (page) => `The page ${page} has more than ${MAX_PARTIALS} partials.`,
  },
  de: {
    none: () => "Ihr src nennt keine Seite.",
    noAddress: (page) => `${page} ist keine Adresse einer Seite.`,
    unreachable: (page) => `Die Seite ${page} war nicht zu erreichen.`,
    elsewhere: (page) => `Die Seite ${page} führt zu einer anderen Website weiter, die nicht zu erreichen war, ${location.origin} nicht erlaubt, sie zu lesen (CORS), oder die die Richtlinie dieser Seite verbietet (connect-src).`,
    foreign: (page) => `Die Seite ${page} war nicht zu erreichen, ihr Server erlaubt ${location.origin} nicht, sie zu lesen (CORS), oder die Richtlinie dieser Seite verbietet es (connect-src).`,
    status: (page, status) => `Die Seite ${page} war nicht zu haben: der Server antwortete ${status}.`,
    html: (page) => `Die Seite ${page} ist eine Webseite, kein Markdown.`,
    noText: (page) => `Die Seite ${page} ist kein Text in UTF-8.`,
    brokeOff: (page) => `Die Seite ${page} brach unterwegs ab.`,
    late: (page) => `Die Seite ${page} kam nicht innerhalb von ${MAX_SECONDS} Sekunden.`,
    parser: (file) => `${file} liest ihre Seite und kam nicht innerhalb von ${MAX_SECONDS} Sekunden.`,
    large: (page) => `Die Seite ${page} ist zu groß: mehr als ${MAX_BYTES / 1e6} MB.`,
    partials: (page) => `Die Seite ${page} hat mehr als ${MAX_PARTIALS} Teile.`,
  },
};

/** What is wrong, for the reader, who sees it in place of the checklist. */
class Refusal extends Error {
  constructor(what, ...about) {
    super();
    this.said = (lang) => (WORDS[lang] ?? WORDS.en)[what](...about);
  }
}

/** What is being loaded, so that elements that ask for the same pages at once share them. */
const underway = new Map();

/**
 * The guides of these pages, encoded as the app takes them; or, where `src` is null, those of the
 * page that stands in the first of these scripts. Its partials are beside the page around it.
 */
export function load(src, scripts) {
  if (scripts.length > (src === null ? 1 : 0)) {
    console.warn(`upgrade-checklist: of several pages, ${src === null ? "the one in the first script is" : "those of the attribute src are"} shown.`);
  }
  const text = src === null ? textOf(scripts[0]) : undefined;
  const asked = src?.split(/\s+/).filter(Boolean) ?? [""];
  const key = JSON.stringify([document.baseURI, asked, text]);
  if (!underway.has(key)) underway.set(key, read(asked, text).finally(() => underway.delete(key)));
  return underway.get(key);
}

/** The Markdown in a script, without what the HTML around it adds: lines before it, and the
 * indentation that all its lines have. */
function textOf(script) {
  if (script.src) {
    console.warn(`upgrade-checklist: <script type="text/markdown" src="${script.getAttribute("src")}"> is not fetched. Name that page in the element's own attribute src.`);
  }
  const lines = script.textContent.replace(/^([ \t]*\r?\n)+/, "").split("\n");
  const indents = lines.filter((line) => line.trim()).map((line) => line.match(/^[ \t]*/)[0]);
  let common = indents[0] ?? "";
  for (const indent of indents) while (!indent.startsWith(common)) common = common.slice(0, -1);
  return lines.map((line) => (line.startsWith(common) ? line.slice(common.length) : line.trimStart())).join("\n");
}

async function read(asked, text) {
  if (!asked.length) throw new Refusal("none");
  const sources = asked.map((address) => new Source(text === undefined ? addressOf(address) : new URL(document.baseURI)));
  const parser = new Parser();
  try {
    await Promise.all(sources.map((source) => source.begin(text)));
    const pages = sources.map((source) => source.page);
    const late = Promise.race(sources.map((source) => source.late)).catch((error) => {
      throw parser.isThere ? error : new Refusal("parser", PARSER);
    });
    for (;;) {
      const { missing, guides, problems } = await Promise.race([parser.parse(pages), late]);
      if (guides) {
        problems.forEach((problem) => console.warn(problem));
        return guides;
      }
      await Promise.all(sources.map((source, index) => source.add(missing[index])));
    }
  } finally {
    parser.end();
    sources.forEach((source) => source.end());
  }
}

/** The address that the element's attribute means. */
function addressOf(page) {
  try {
    return new URL(page, document.baseURI);
  } catch {
    throw new Refusal("noAddress", page);
  }
}

/** The folder of a page; none where its address has no folders, as that of a blob. */
function folderOf(address) {
  try {
    return new URL(".", address).href;
  } catch {
    return undefined;
  }
}

/** A page and its partials, fetched within the limits. */
class Source {
  page;
  /** Fails when the time is over. */
  late;
  #bytes = 0;
  #controller = new AbortController();
  #timer;

  constructor(address) {
    this.address = address;
    this.folder = folderOf(address);
    this.page = { address: address.href, text: null, partials: new Map() };
    const { signal } = this.#controller;
    this.late = new Promise((_, fail) => signal.addEventListener("abort", () => fail(signal.reason)));
    // Where nobody waits for it, that is no error of its own.
    this.late.catch(() => {});
    this.#timer = setTimeout(() => this.#refuse("late"), MAX_SECONDS * 1000);
  }

  /** Gets the page's own text, where it is not given. */
  async begin(text) {
    this.page.text = text === undefined ? await this.#text(this.address) : new TextEncoder().encode(text);
  }

  /** Gets these partials, each from the page's own folder. */
  async add(names) {
    const { partials } = this.page;
    if (partials.size + names.length > MAX_PARTIALS) {
      throw new Refusal("partials", this.address);
    }
    await Promise.all(names.map(async (name) => partials.set(name, await this.#partial(name))));
  }

  /** Gives up what is still on its way. */
  end() {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }

  #refuse(what) {
    this.#controller.abort(new Refusal(what, this.address));
  }

  /** A partial's text; null where there is none in the page's folder. */
  async #partial(name) {
    if (!this.folder) return null;
    // "./" so that a name with a colon is none of another scheme.
    const address = new URL("./" + name.replace(/^\/+/, ""), this.folder);
    if (!address.href.startsWith(this.folder)) return null;
    return this.#text(address).catch((error) => {
      if (error.isMissing) return null;
      throw error;
    });
  }

  /** The text at an address, as its bytes. The browser keeps it for as long as the server allows. */
  async #text(address) {
    if (!/^https?:$/.test(address.protocol)) {
      throw new Refusal("noAddress", address);
    }
    const { signal } = this.#controller;
    const refuse = (what, ...more) => new Refusal(what, address, ...more);
    const missing = (...what) => Object.assign(refuse(...what), { isMissing: true });
    const response = await fetch(address, { signal }).catch(async (error) => {
      if (error instanceof Refusal) throw error;
      // Browsers do not tell which it was.
      if (address.origin !== location.origin) throw refuse("foreign");
      const { type } = await fetch(address, { signal, redirect: "manual" }).catch(() => ({}));
      throw refuse(type === "opaqueredirect" ? "elsewhere" : "unreachable");
    });
    if (!response.ok) throw (/40[34]|410/.test(response.status) ? missing : refuse)("status", response.status);
    // So do sites that have no such file, and answer with a page of theirs.
    if (/^text\/html\b/.test(response.headers.get("content-type"))) throw missing("html");
    // Its server may have led on to where it is.
    if (address === this.address) this.folder = folderOf(response.url);
    const chunks = [];
    try {
      const reader = response.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        this.#bytes += value.length;
        if (this.#bytes > MAX_BYTES) this.#refuse("large");
        chunks.push(value);
      }
      // It may have been the last.
      signal.throwIfAborted();
    } catch {
      throw signal.aborted ? signal.reason : refuse("brokeOff");
    }
    const text = new Uint8Array(await new Blob(chunks).arrayBuffer());
    let words;
    try {
      words = new TextDecoder("utf-8", { fatal: true }).decode(text);
    } catch {
      throw refuse("noText");
    }
    // Some call it plain text.
    if (/^\s*<(!doctype|html|\?xml)/i.test(words)) throw missing("html");
    return text;
  }
}

/** The parser: for long pages in a worker of its own, where the browser and the host allow that. */
class Parser {
  isThere = false;
  // Fetched while the pages are.
  #program = compiled();
  #here = import("./parser.js");
  #worker;

  constructor() {
    // Where the pages fail first, nobody asks how these went.
    for (const part of [this.#program, this.#here]) part.catch(() => {});
  }

  async parse(pages) {
    const program = await this.#program;
    this.isThere = true;
    const texts = pages.flatMap(({ text, partials }) => [text, ...partials.values()]);
    const length = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
    if (length >= LONG && this.#worker === undefined) this.#worker = hire();
    if (this.#worker) {
      const answer = await ask(this.#worker, [program, pages]);
      if (answer) return answer;
      // It did not even begin.
      this.#worker = null;
    }
    return (await this.#here).parse(program, pages);
  }

  end() {
    this.#worker?.terminate();
  }
}

const PARSER = new URL("upgrade-checklist-parser_bg.wasm", import.meta.url);

/** The parser's WebAssembly, which the page can use as well as a worker. */
async function compiled() {
  const response = await fetched(PARSER);
  return WebAssembly.compile(await response.arrayBuffer()).catch((error) => {
    error.message = `${PARSER}: ${error.message}`;
    throw error;
  });
}

/** Where a host asks for trusted types, it allows this policy by name. */
let policy;

/** A worker; null where there can be none. */
function hire() {
  const address = new URL("./parser.js", import.meta.url);
  try {
    policy ??= globalThis.trustedTypes?.createPolicy("upgrade-checklist", { createScriptURL: (address) => address });
    return new Worker(policy?.createScriptURL(address.href) ?? address, { type: "module" });
  } catch {
    // The host does not allow it, or the script is another site's.
    return null;
  }
}

/** What the worker answers; nothing, if it could not start, or one cannot read the other. */
function ask(worker, question) {
  return new Promise((answer, fail) => {
    worker.onmessage = ({ data }) => (data?.failure ? fail(new Error(data.failure)) : answer(data));
    const without = (event) => {
      event.preventDefault();
      answer(undefined);
    };
    worker.onerror = without;
    // Chromium has no `onmessageerror`.
    worker.addEventListener("messageerror", without);
    worker.postMessage(question);
  });
}
