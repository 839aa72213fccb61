// Defines the element <upgrade-checklist>: draws a checklist into its shadow root, keeps what
// it holds visible until then, and tells its host what happens. The checklist itself is in
// WebAssembly, fetched once for all elements when the first of them comes near the screen.

import init, { Drawing } from "./upgrade-checklist-app.js";
import { holdsDeeds, takeOver } from "./fallback.js";
import fetched, { once } from "./fetched.js";
import hold, { DEEDS } from "./hold.js";
import Places, { isForUs, linkOf } from "./places.js";
import fetchStyles from "./styles.js";
import fetchProgram, { version } from "./program.js";

/** The attributes that are properties as well. */
const ATTRIBUTES = ["guide-id", "run", "theme", "heading-level", "storage", "url-state", "lock", "loading", "src", "guides", "base"];

/** The property of an attribute: `headingLevel` is `heading-level`. */
const propertyOf = (attribute) => attribute.replace(/-./, (letter) => letter[1].toUpperCase());

/** What a reader is told while the program with its words may be what is missing, by language.
 * English is for whoever reads none of these. */
const WORDS = {
  __proto__: null,
  en: {
    noWasm: "This browser cannot run the checklist, as it has no WebAssembly.",
    policy: "The security policy of this site does not let the checklist run: it lacks 'wasm-unsafe-eval'.",
    readable: " All of it can still be read here.",
    notLoaded: "This checklist could not be loaded. ",
    unkept: " What you tick here is not kept until it is loaded.",
    noStep: "There is no step in the page that this checklist is made of.",
    again: "Try again",
  },
  de: {
    noWasm: "Dieser Browser hat kein WebAssembly, das die Checkliste braucht.",
    policy: "Die Sicherheitsregeln dieser Website lassen die Checkliste nicht laufen: 'wasm-unsafe-eval' fehlt.",
    readable: " Lesen lässt sie sich hier trotzdem.",
    notLoaded: "Diese Checkliste konnte nicht geladen werden. ",
    unkept: " Was Sie hier abhaken, wird erst behalten, wenn sie geladen ist.",
    noStep: "In der Seite, aus der diese Checkliste entsteht, ist kein Schritt.",
    again: "Erneut versuchen",
  },
};
const wordsOf = (lang) => WORDS[lang] ?? WORDS.en;

/** Whether a change is one of what is asked for: a host changes classes and styles as it likes. */
const isAsked = ({ attributeName: name }) => ATTRIBUTES.includes(name) || name === "lang" || name.startsWith("set-");

// On a server there are no elements; importing this must still work there.
class UpgradeChecklist extends (globalThis.HTMLElement ?? Object) {
  #internals;
  #root;
  /** Holds the checklist. */
  #place;
  /** Finds there what links lead to. */
  #places;
  /** The checklist of the guides that are asked for, once it is loaded. */
  #drawing;
  /** The one that was last drawn: it stays while another is loaded, which takes over from it what
   * only the page knows. */
  #drawn;
  /** What the guides are made of that were last asked for, each time anew. */
  #asked;
  /** Sees changes of the attributes while the element is on the page. */
  #watching;
  #progress = null;
  /** When the address last asked for a place, and where the page was then. */
  #led = {};

  constructor() {
    super();
    this.#internals = this.attachInternals();
    this.#root = this.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [sheetOf(document)];
    this.#place = document.createElement("div");
    this.#place.hidden = true;
    this.#root.append(this.#place, document.createElement("slot"));
    this.#places = new Places(this.#root, (name) => this.#drawn?.placeOf(name));
    this.#root.addEventListener("click", (event) => {
      // A link within the checklist leads to a place within it.
      this.#places.follow(event);
      // A question that was answered closes, and what asked it has the focus again.
      const question = event.target.closest?.(".uc-question button")?.closest("details");
      if (question) {
        question.open = false;
        question.firstElementChild.focus();
      }
    });
    this.#root.addEventListener("focusin", ({ target }) => target.closest(".uc--long") && hold(target));
    // What opens at the end of what stands beside the steps would open out of sight.
    this.#root.addEventListener("toggle", ({ target }) => target.open && target.closest(".uc-rail") && target.scrollIntoView({ block: "nearest" }), true);
    // The browser's own search found something in a step that is folded.
    this.#root.addEventListener("beforematch", ({ target }) => {
      target.closest("[data-step]")?.querySelector(".uc-step__fold[aria-expanded=false]")?.click();
    });
    // What its host set before this script was there hides the properties below.
    for (const property of ATTRIBUTES.map(propertyOf).filter((property) => Object.hasOwn(this, property))) {
      const value = this[property];
      delete this[property];
      this[property] = value;
    }
  }

  /** The figures of the last `upgrade-progress`; null until there was one. */
  get progress() {
    return this.#progress;
  }

  connectedCallback() {
    addEventListener("hashchange", this.#turned);
    addEventListener("click", this.#turnedAgain);
    addEventListener("online", this.#again);
    addEventListener("beforeprint", this.#drawForPaper);
    // Put back, or moved to another place.
    this.#led = moment();
    if (this.#drawing) this.#draw();
    else if (this.loading === "eager" || !globalThis.IntersectionObserver || isForUs(location.hash)) this.#start();
    else near().observe(this);
  }

  disconnectedCallback() {
    nearby?.unobserve(this);
    // An element that is moved is back before this comes to its turn.
    queueMicrotask(() => this.isConnected || this.#rest());
  }

  // Moved without being removed: nothing to do, but the browser must know that we know.
  connectedMoveCallback() {}

  /** Moved into another document, which takes styles of its own only. */
  adoptedCallback() {
    styles().then(() => (this.#root.adoptedStyleSheets = [sheetOf(this.ownerDocument)])).catch(() => {});
  }

  /** Loads the checklist and draws it. Called when the element comes near the screen. */
  async #start() {
    nearby?.unobserve(this);
    this.#watch();
    const asked = (this.#asked = { content: this.#content });
    // Meanwhile its host may ask for other pages, move it, or take it away.
    const isStale = () => asked !== this.#asked || this.#drawing || !this.isConnected;
    try {
      const [bundle] = await Promise.all([this.#bundle(), load()]);
      const drawn = this.querySelector(":scope > .uc");
      if (drawn) {
        // No more of it need be laid out (`early.js`).
        drawn.classList.add("uc--leaving");
        // It is painted, and answers, before it is replaced.
        await idle();
      }
      if (isStale()) return;
      const address = bundle && this.guides && new URL(this.guides, document.baseURI).href;
      const drawing = new Drawing(bundle, address || undefined, writeRunbook, whenIdle, languageOf(this));
      // A host that shows its own guides may well have some that are only to be read.
      if (bundle && !drawing.hasSteps() && !this.guides) {
        throw Object.assign(new Error(), { said: (lang) => wordsOf(lang).noStep });
      }
      this.#drawn?.leaveTo(drawing);
      this.#drawn?.hide();
      this.#drawn = this.#drawing = drawing;
      this.#draw();
    } catch (error) {
      if (!isStale()) this.#fail(error);
    }
  }

  /** What says which pages the guides are made of. */
  get #content() {
    return `${this.guides} ${this.src}`;
  }

  /** The guides, where they are not the program's own. */
  async #bundle() {
    if (this.guides) {
      const response = await fetched(new URL(this.guides, document.baseURI));
      return new Uint8Array(await response.arrayBuffer());
    }
    if (this.src === null) await whole(this);
    // A host's builder may put something around it.
    const inline = this.querySelectorAll('script[type*="markdown" i]');
    if (this.src === null && !inline.length) return undefined;
    const { load } = await import("./source.js");
    return load(this.src, inline);
  }

  static start(element) {
    element.#start();
  }

  /** Draws what the attributes ask for, as far as it is there. */
  #draw() {
    if (this.#content !== this.#asked.content) {
      this.#drawing = undefined;
      this.#start();
      return;
    }
    this.#watch();
    try {
      this.#drawing?.show(this, this.#place, this.#fire, languageOf(this));
    } catch (error) {
      this.#fail(error);
    }
  }

  #watch() {
    if (this.#watching) return;
    this.#watching = new MutationObserver((changes) => changes.some(isAsked) && this.#draw());
    this.#watching.observe(this, { attributes: true });
  }

  /** Off the page: lets go of all that would keep the browser from forgetting the element. */
  #rest() {
    this.#watching?.disconnect();
    this.#watching = undefined;
    removeEventListener("hashchange", this.#turned);
    removeEventListener("click", this.#turnedAgain);
    removeEventListener("online", this.#again);
    removeEventListener("beforeprint", this.#drawForPaper);
    removeEventListener("beforeunload", this.#ask);
    this.#drawn?.hide();
  }

  /** The checklist is drawn: it takes the place of what the element holds. */
  #arrive() {
    if (!this.#place.hidden) return this.#become("ready");
    removeEventListener("beforeunload", this.#ask);
    // Who has scrolled since, or before a reload, stays there.
    const { time, y, isReturn } = this.#led;
    const isElsewhere = (deed > time && scrollY !== y) || (isReturn && this.querySelector(":scope > .uc"));
    takeOver(this, (below) => {
      // Only now: the page's styles lay out less of what was drawn beforehand until then.
      this.#become("ready");
      if (!isForUs(location.hash)) this.#layOutLater(below);
      this.#place.hidden = false;
      this.#root.querySelectorAll("slot, #failure").forEach((element) => element.remove());
    }).catch((error) => console.warn(error));
    if (!isElsewhere) this.#lead();
  }

  #fire = (name, detail) => {
    if (name === "upgrade-ready") this.#arrive();
    if (name === "upgrade-progress") this.#progress = detail;
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  };

  /** The address names another place. What is not loaded goes there when it is. */
  #turned = () => {
    this.#led = moment();
    if (this.#drawing) this.#lead();
    else if (this.#asked === undefined && isForUs(location.hash)) this.#start();
  };

  /** A link of its host was clicked again: the address stays, and browsers tell nobody. */
  #turnedAgain = (event) => linkOf(event)?.href === location.href && this.#turned();

  /** Loads again what could not be loaded: the network is back, or the reader asks for it. */
  #again = () => this.#drawing || (this.#root.querySelector("#failure") && this.#start());

  /** Paper shows what is folded away or far from the screen, and when it was printed. */
  #drawForPaper = () => {
    this.#root.querySelectorAll("[data-far]").forEach((step) => step.removeAttribute("data-far"));
    this.#drawn?.drawForPaper();
  };

  /** Says why there is no checklist. What the element holds stays readable below. */
  #fail(error) {
    // What was shown before does not answer keys behind the message.
    this.#drawn?.hide();
    const [lang] = languageOf(this).toLowerCase().split(/[-_]/);
    const words = wordsOf(lang);
    const ban = banIn(error);
    const isDrawn = this.querySelector(":scope > .uc");
    const message = (ban ? words[ban] + (isDrawn ? words.readable : "") : sentence(error, lang)) + (isDrawn ? words.unkept : "");
    const [said, again] = (this.#root.querySelector("#failure") ?? this.#roomForFailure()).children;
    said.textContent = message;
    again.textContent = words.again;
    // What is forbidden, or not in the guides that are there, would be so the next time too.
    again.hidden = Boolean(ban || this.#drawing);
    this.#place.hidden = true;
    if (!this.#root.querySelector("slot")) this.#root.append(document.createElement("slot"));
    this.#become("failed");
    addEventListener("beforeunload", this.#ask);
    this.#fire("upgrade-error", { message });
  }

  /** Asks before what nothing keeps is left. */
  #ask = (event) => holdsDeeds(this) && event.preventDefault();

  /** A place for a sentence, and a button for another attempt. */
  #roomForFailure() {
    const failure = document.createElement("p");
    Object.assign(failure, { id: "failure", part: "failure" });
    const again = Object.assign(document.createElement("button"), { type: "button", onclick: this.#again });
    failure.append(Object.assign(document.createElement("span"), { role: "alert" }), " ", again);
    this.#root.prepend(failure);
    return failure;
  }

  /** `upgrade-checklist:state(ready)` and `:state(failed)` are for the host's styles. */
  #become(state) {
    const { states } = this.#internals;
    states?.clear();
    states?.add(state);
  }

  /** Has steps laid out after what is on the screen, one at a time, unless they come near it. */
  async #layOutLater(steps) {
    // In a long guide they stay so.
    if (this.#root.querySelector(".uc--long")) return;
    steps.forEach((step) => step.toggleAttribute("data-far", true));
    await new Promise(requestAnimationFrame);
    for (const step of steps) {
      await idle();
      step.removeAttribute("data-far");
    }
  }

  /** Goes where the page's address leads, unless that is in a checklist before this one. */
  #lead() {
    const { hash } = location;
    const first = [...document.querySelectorAll(this.localName)].find((other) => other.#places.find(hash));
    if (!first || first === this) this.#places.goTo(hash);
  }
}

for (const attribute of ATTRIBUTES) {
  Object.defineProperty(UpgradeChecklist.prototype, propertyOf(attribute), {
    get() {
      return this.getAttribute(attribute);
    },
    set(value) {
      if (value === null || value === undefined || value === false) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value === true ? "" : value);
    },
    enumerable: true,
    configurable: true,
  });
}

/** When the reader last did something, such as to scroll. */
let deed = 0;
for (const name of DEEDS) globalThis.addEventListener?.(name, ({ timeStamp }) => (deed = timeStamp), { capture: true, passive: true });
const moment = () => ({ time: performance.now(), y: scrollY, isReturn: isReturn() });

/** Whether the browser is bringing its reader back to where they were: `reload`, `back_forward`. */
const isReturn = () => document.readyState !== "complete" && /^[rb]/.test(performance.getEntriesByType("navigation")[0]?.type);

/** The program and its styles. After a failure the next element tries again. */
const program = once(() => init({ module_or_path: fetchProgram() }));
const styles = once(dress);
const load = () => Promise.all([program(), styles()]);

/** Writes what a reader wants to carry elsewhere, which few do. */
async function writeRunbook(order) {
  try {
    const { write } = await import("./runbook.js");
    return await write(order, version);
  } catch (error) {
    // The reader is told that there is none. Which file is missing is for the host to know.
    console.warn(error);
    throw error;
  }
}

/** Ends when the browser has nothing more urgent to do, and soon in any case. */
function idle() {
  return new Promise((done) => globalThis.requestIdleCallback?.(done, { timeout: 100 }) ?? setTimeout(done));
}

/** Ends when an element holds what it is given at once, or what its page, which is still arriving,
 * has in it. */
async function whole(element) {
  await undefined;
  // What follows an element, or one around it, comes when it is whole.
  let node = element;
  while (node && !node.nextSibling) node = node.parentNode;
  if (!node && document.readyState === "loading") await new Promise((done) => document.addEventListener("DOMContentLoaded", done));
}

/** Has the program draw then what can wait (`later.rs`). */
const whenIdle = (draw) => void idle().then(draw);

/** The styles of every checklist. Until they come, an element takes its place. */
let css = ":host{display:block}:host([hidden]){display:none}";
const sheets = new WeakMap();

/** The styles for all elements of a document. */
function sheetOf(page) {
  if (!sheets.has(page)) {
    const sheet = new (page.defaultView ?? globalThis).CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(page, sheet);
  }
  return sheets.get(page);
}

async function dress() {
  // A host's root may have any font size. Ours is that of the text around the element.
  css = (await fetchStyles()).replaceAll(/(-?[\d.]+)rem/g, "calc($1*var(--uc-rem))");
  sheetOf(document).replaceSync(css);
}

let nearby;

/** Starts each element that comes within a screen's height of what is seen. */
function near() {
  nearby ??= new IntersectionObserver(
    (entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && UpgradeChecklist.start(target)),
    { rootMargin: "100% 0px" },
  );
  return nearby;
}

/** What keeps the program from running, by its name in the words. */
function banIn(error) {
  if (!globalThis.WebAssembly) return "noWasm";
  // What a policy forbids to fetch is told with its address, as all that cannot be had.
  return error instanceof Error && /unsafe-eval|WebAssembly.* CSP/.test(error) ? "policy" : undefined;
}

/** What a reader is told. What the program says is in their language already. */
function sentence(error, lang) {
  return typeof error === "string" ? error : wordsOf(lang).notLoaded + (error.said?.(lang) ?? error.message);
}

/** The language around an element, out of every shadow that it stands in. */
function languageOf(element) {
  const speaking = element.closest("[lang]");
  const { host } = element.getRootNode();
  return speaking || !host ? (speaking?.getAttribute("lang") ?? "") : languageOf(host);
}

// A registered length is the same wherever it is used; others count from each element's text.
try {
  globalThis.CSS?.registerProperty?.({ name: "--uc-rem", syntax: "<length>", inherits: true, initialValue: "16px" });
} catch {
  // Another copy of this script was here first.
}
if (globalThis.customElements && !customElements.get("upgrade-checklist")) {
  customElements.define("upgrade-checklist", UpgradeChecklist);
}

export { UpgradeChecklist };
