// What stands in an element before its checklist does: the same checklist, drawn beforehand by
// `upgrade-checklist prerender`. A reader may have begun with it; nothing of that is lost, and
// nothing jumps.

/**
 * Calls `show`, which shows the living checklist in place of what an element holds, with those of its
 * steps that can be laid out later, and does in it what the reader did in the other. Where that
 * was nothing, the browser shows nothing of this but its end; else it may show a frame in which it
 * is not all done.
 */
export async function takeOver(element, show) {
  const drawn = element.querySelector(":scope > .uc");
  if (!drawn) return show([]);
  const root = element.shadowRoot;
  const places = placesIn(drawn);
  // A host's shadow root, in which the element may stand, has a focus of its own.
  const { activeElement } = element.getRootNode();
  const focused = drawn.contains(activeElement) ? activeElement : undefined;
  show(below(places, drawn, root));
  try {
    fold(drawn, root);
    let more = repeatAll(drawn, root);
    // Keys pressed from here on are for the living checklist.
    if (focused) focusLike(focused, drawn, root);
    while (more) {
      // By then what the reader did is drawn.
      await new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn)));
      // A key may still have gone to what stood there before.
      more = repeatAll(drawn, root);
    }
    // What was focused may have come only with what was repeated.
    if (focused && !root.activeElement) focusLike(focused, drawn, root);
  } finally {
    // Whatever went wrong, there is one checklist.
    drawn.remove();
    stay(places, root);
  }
}

/** The steps from the first on the screen, and where they are. None at the top of the page, where
 * there is nothing above that could move. */
function placesIn(drawn) {
  if (!scrollY) return [];
  const steps = [...drawn.querySelectorAll("[data-step]")].map((step) => ({ id: step.id, ...step.getBoundingClientRect().toJSON() }));
  const first = steps.findIndex(({ top }) => top >= 0 && top < innerHeight);
  return first < 0 ? steps.filter(({ bottom }) => bottom > 0) : steps.slice(first);
}

/** The first of these steps that the living checklist has: one that applies no more is followed by
 * one that does. */
const keptOf = (places, root) => places.find(({ id }) => root.getElementById(id));

/** The steps below the screen, which may get another size and move nothing that is on it. None where
 * a choice is still to be repeated: what that brings may stand above. */
function below(places, drawn, root) {
  const steps = [...root.querySelectorAll("[data-step]")];
  if (!scrollY) return steps;
  const kept = keptOf(places, root);
  const isToChange = fieldsOf(drawn).some((field) => field.type !== "checkbox" && isTouched(field));
  return kept && !isToChange ? steps.slice(steps.indexOf(root.getElementById(kept.id)) + 1) : [];
}

/** Scrolls so that the first step is where it was, although what stands above it may have become
 * shorter. */
function stay(places, root) {
  const kept = keptOf(places, root);
  const moved = kept ? root.getElementById(kept.id).getBoundingClientRect().top - kept.top : 0;
  if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
}

/** Whether a reader did something in this field that was not repeated yet. */
const isTouched = (field) => (isPressed(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
const isPressed = ({ type }) => type === "checkbox" || type === "radio";

/** What can be done in what was drawn beforehand. */
const fieldsOf = (drawn) => [...drawn.querySelectorAll("input, textarea")];

/** Whether what an element holds would be lost with the page. */
export const holdsDeeds = (element) => [...element.querySelectorAll(":scope > .uc")].flatMap(fieldsOf).some(isTouched);

/** Does in the living checklist what was done in the fields of the other since this was last
 * called. Returns whether there was something. */
function repeatAll(drawn, root) {
  // Not `some`, which would stop at the first of them.
  return fieldsOf(drawn).filter((field) => repeat(field, root)).length > 0;
}

/** Does in the living checklist what was done in this field, and remembers that it did. A field
 * that is not there yet may come with what was done in another. */
function repeat(field, root) {
  if (!isTouched(field)) return false;
  const twin = twinOf(field, root);
  if (!twin) return false;
  if (!isPressed(field)) {
    field.defaultValue = field.value;
    twin.value = field.value;
    twin.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }
  field.defaultChecked = field.checked;
  // Another radio than this one is the one that was chosen.
  if (field.type === "radio" && !field.checked) return false;
  if (twin.checked === field.checked) return false;
  twin.click();
  return true;
}

/** Opens and closes what the reader opened and closed, as far as it is drawn already. What was
 * drawn knew no notes: a field that is closed there is open here where it holds one. */
function fold(drawn, tree) {
  const [before, now] = [drawn, tree].map(foldsIn);
  if (before.length !== now.length) return;
  before.forEach((details, index) => {
    const { open, className } = details;
    if (open || className !== "uc-note-field") now[index].open = open;
    fold(details, now[index]);
  });
}

/** What can be folded in a tree, without what stands in such itself. */
function foldsIn(tree) {
  return [...tree.querySelectorAll("details")].filter((fold) => {
    const outer = fold.parentElement.closest("details");
    return !outer || outer === tree || !tree.contains(outer);
  });
}

function focusLike(focused, drawn, root) {
  const twin = twinOf(focused, root) ?? sameIn(drawn, root, focused);
  twin?.focus({ preventScroll: true });
  if (/^text/.test(focused.type)) twin?.setSelectionRange(focused.selectionStart, focused.selectionEnd);
}

/** The same element of the living checklist. Radios have no ids, but names and values. */
function twinOf({ id, name, value }, root) {
  if (id) return root.getElementById(id);
  return name ? root.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`) : null;
}

/** What is called like an element of the one that was drawn, and stands as far down among such. */
function sameIn(drawn, root, element) {
  const called = (other) => other.localName === element.localName && other.getAttribute("href") === element.getAttribute("href") && other.textContent === element.textContent;
  const [before, now] = [drawn, root].map((tree) => [...tree.querySelectorAll(element.localName)].filter(called));
  return now[before.indexOf(element)];
}
