// Scroll restoration by steps: who reloads the page, or comes back to it, finds the step on the
// screen that was there. Browsers come back to a pixel, and what is above it is not yet what it was.

import { DEEDS } from "./hold.js";

const PLACE = "upgrade-checklist:place:" + location.pathname;

/** Does what changes the size of steps, and keeps the one at the top of the screen where it is. */
export function holding(act) {
  const step = scrollY && seen();
  const top = step && topOf(step);
  act();
  if (step) bring(step, top);
}

/**
 * Comes back to where the reader left, until they scroll or the checklist is there. Nothing is
 * done while `isBusy` says so. Returns whether there is a place to come back to.
 */
export default function restoreScroll(isBusy) {
  addEventListener("pagehide", () => {
    const step = scrollY && seen();
    remembered((area) => (area[PLACE] = step ? `${topOf(step)} ${step.id}` : ""));
  });
  // `reload`, `back_forward`.
  const isReturn = /^[rb]/.test(performance.getEntriesByType("navigation")[0]?.type);
  const left = isReturn && remembered((area) => area[PLACE]);
  if (!left) return false;
  const [top, id] = left.split(" ");
  history.scrollRestoration = "manual";
  addEventListener("load", () => setTimeout(() => (history.scrollRestoration = "auto")));
  let isThere = false;
  const stay = () => (isThere = true);
  // Whoever scrolls is where they want to be.
  for (const deed of DEEDS) addEventListener(deed, stay, { capture: true, passive: true });
  const comeBack = () => isThere || isBusy() || bring(steps().find((step) => step.id === id), top);
  // What is laid out is painted before it is scrolled, with each frame of a page that is still arriving.
  const arrive = () =>
    requestAnimationFrame(() => {
      comeBack();
      if (document.readyState === "loading") arrive();
    });
  requestAnimationFrame(arrive);
  for (const event of ["upgrade-ready", "upgrade-error"]) {
    addEventListener(event, () => {
      comeBack();
      stay();
    });
  }
  return true;
}

/** Looks into what this tab remembers, where its reader allows that. */
function remembered(look) {
  try {
    return look(sessionStorage);
  } catch {
    return undefined;
  }
}

/** The steps that are on the page: those drawn beforehand, or the living. */
function steps() {
  const tree = document.querySelector("upgrade-checklist > .uc") ?? document.querySelector("upgrade-checklist")?.shadowRoot;
  return [...(tree?.querySelectorAll("[data-step]") ?? [])];
}

const topOf = (step) => step.getBoundingClientRect().top;

/** The step at the top of the screen. */
const seen = () => steps().find((step) => step.getBoundingClientRect().bottom > 0);

const bring = (step, top) => step && scrollBy({ top: topOf(step) - top, behavior: "instant" });
