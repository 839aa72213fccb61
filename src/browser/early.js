// Serves a checklist that was drawn beforehand while the program is still on its way: counts
// what is ticked, says nothing of what only the program knows, comes back after a reload to where
// its reader was, and has all of it laid out once what is on the screen is painted.
// `fallback.js` does the same ticks in the living checklist, which counts for itself.

function count(drawn) {
  const words = drawn?.querySelector(".uc-progress__words");
  if (!words) return;
  const boxes = [...drawn.querySelectorAll("[data-step]:not([data-severity=optional]) input[type=checkbox]")];
  const done = boxes.filter((box) => box.checked).length;
  // Of no boxes none are done: the page may be arriving still.
  const percent = Math.floor((100 * done) / boxes.length) || 0;
  drawn.querySelector("progress").value = percent;
  // In whatever language: "0%" and "0 of 34 done" each begin with what changes.
  for (const [part, number] of [[words.firstElementChild.firstChild, percent], [words.lastChild, done]]) {
    part.data = part.data.replace(/\d+/, number);
  }
}

const DRAWN = "upgrade-checklist > .uc";
const recount = () => count(document.querySelector(DRAWN));
// What was ticked before this script was there.
recount();
document.addEventListener("change", ({ target }) => count(target.closest(DRAWN)));

const { classList } = document.documentElement;
// What is drawn is that of a reader who did nothing yet.
if (kept("localStorage", (area) => Object.keys(area).some((key) => key.startsWith("upgrade-checklist:v1:")))) classList.add("uc-kept");

/** What a storage holds, where the reader allows one. */
function kept(name, read) {
  try {
    return read(window[name]);
  } catch {
    return undefined;
  }
}

/** The steps that are on the page: the drawn ones, or the living. */
function steps() {
  const tree = document.querySelector(DRAWN) ?? document.querySelector("upgrade-checklist")?.shadowRoot;
  return [...(tree?.querySelectorAll("[data-step]") ?? [])];
}
const topOf = (step) => step.getBoundingClientRect().top;
/** The step at the top of the screen. */
const seen = () => steps().find((step) => step.getBoundingClientRect().bottom > 0);
const bring = (step, top) => step && scrollBy({ top: topOf(step) - top, behavior: "instant" });

/** While it is being replaced, it is left as it is. */
const isLeaving = () => document.querySelector(".uc--leaving");

function layOut() {
  if (isLeaving()) return;
  const step = scrollY && seen();
  const top = step && topOf(step);
  classList.add("uc-laid-out");
  // What is above it is longer now.
  step && bring(step, top);
}

// Browsers come back to a pixel. What is above it is not yet what it was.
const PLACE = "upgrade-checklist:place:" + location.pathname;
let [top, id] = (/^[rb]/.test(performance.getEntriesByType("navigation")[0]?.type) && kept("sessionStorage", (area) => area[PLACE])?.split(" ")) || [];
const comeBack = () => id && !isLeaving() && bring(steps().find((step) => step.id === id), top);
if (id || location.hash) layOut();
if (id) {
  history.scrollRestoration = "manual";
  addEventListener("load", () => setTimeout(() => (history.scrollRestoration = "auto")));
  // Whoever scrolls is where they want to be.
  const stay = () => (id = "");
  for (const deed of ["wheel", "touchmove", "pointerdown", "keydown"]) addEventListener(deed, stay, { capture: true, passive: true });
  // What is laid out is painted before it is scrolled, with each frame of the page that is still arriving.
  const arrive = () => requestAnimationFrame(() => {
    comeBack();
    if (document.readyState === "loading") arrive();
  });
  requestAnimationFrame(arrive);
  for (const event of ["upgrade-ready", "upgrade-error"]) addEventListener(event, () => {
    comeBack();
    stay();
  });
}
addEventListener("pagehide", () => {
  const step = scrollY && seen();
  kept("sessionStorage", (area) => (area[PLACE] = step ? `${topOf(step)} ${step.id}` : ""));
});

/** The page is there as a whole: so are all boxes, and what is far from the screen may be laid
 * out, before anybody goes there and finds that it moves; unless it is just being replaced. */
function complete() {
  recount();
  // A machine that is busy with something else may never be idle.
  globalThis.requestIdleCallback ? requestIdleCallback(layOut, { timeout: 1000 }) : setTimeout(layOut);
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", complete);
else complete();
