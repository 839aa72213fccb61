// Counts what is ticked in a checklist that was drawn beforehand, while the program is still on
// its way. `fallback.js` does the same ticks in the living checklist, which counts for itself.

function count(drawn) {
  const words = drawn?.querySelector(".uc-progress__words");
  if (!words) return;
  const boxes = [...drawn.querySelectorAll("[data-step] input[type=checkbox]")];
  const done = boxes.filter((box) => box.checked).length;
  const percent = Math.floor((100 * done) / boxes.length);
  drawn.querySelector("progress").value = percent;
  // In whatever language: "0%" and "0 of 34 done" each begin with what changes.
  for (const [part, number] of [[words.firstElementChild.firstChild, percent], [words.lastChild, done]]) {
    part.data = part.data.replace(/\d+/, number);
  }
}

const DRAWN = "upgrade-checklist > .uc";
const recount = () => count(document.querySelector(DRAWN));
// What was ticked before this script was there, and again when the page is there as a whole.
recount();
document.addEventListener("DOMContentLoaded", recount);
document.addEventListener("change", ({ target }) => count(target.closest(DRAWN)));
