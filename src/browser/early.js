// Counts what is ticked in a checklist that was drawn beforehand, while the program is still on
// its way. `fallback.js` does the same ticks in the living checklist, which counts for itself.

document.addEventListener("change", ({ target }) => {
  const drawn = target.closest("upgrade-checklist > .uc");
  const words = drawn?.querySelector(".uc-progress__words");
  if (!words || target.type !== "checkbox") return;
  const boxes = [...drawn.querySelectorAll("[data-step] input[type=checkbox]")];
  const done = boxes.filter((box) => box.checked).length;
  const percent = Math.floor((100 * done) / boxes.length);
  drawn.querySelector("progress").value = percent;
  words.replaceChildren(words.querySelector("strong"), ` ${done} of ${boxes.length} done`);
  words.firstChild.textContent = `${percent}%`;
});
