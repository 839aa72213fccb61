// Serves a checklist that was drawn beforehand while the program is still on its way: counts
// what is ticked, says nothing of what only the program knows, and has all of it laid out once what
// is on the screen is painted.
// `fallback.js` does the same ticks in the living checklist, which counts for itself.

import restoreScroll, { holding } from "./scroll-restoration.js";

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
try {
  // What is drawn is that of a reader who did nothing yet.
  if (Object.keys(localStorage).some((key) => key.startsWith("upgrade-checklist:v1:"))) classList.add("uc-kept");
} catch {
  // Nothing can be kept here.
}

/** While it is being replaced, it is left as it is. */
const isLeaving = () => document.querySelector(".uc--leaving");
const layOut = () => isLeaving() || holding(() => classList.add("uc-laid-out"));
// A place is where it will be only when what is above it is laid out.
if (restoreScroll(isLeaving) || location.hash) layOut();

/** The page is there as a whole: so are all boxes, and what is far from the screen may be laid
 * out, before anybody goes there and finds that it moves; unless it is just being replaced. */
function complete() {
  recount();
  // A machine that is busy with something else may never be idle.
  globalThis.requestIdleCallback ? requestIdleCallback(layOut, { timeout: 1000 }) : setTimeout(layOut);
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", complete);
else complete();
