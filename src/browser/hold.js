// Keeps a place where it is on the screen while what is above it is laid out.

/** What a reader does who may scroll. */
export const DEEDS = ["wheel", "touchmove", "pointerdown", "keydown"];

/** Through how many frames a place is held. */
const FRAMES = 8;

/**
 * Keeps for some frames a place where it is on the screen. In a long checklist what is above it
 * is laid out only now, as the place was far from the screen before. Whoever does something
 * meanwhile, such as to scroll, is not held.
 */
export default function hold(place) {
  const held = new AbortController();
  const { signal } = held;
  const letGo = () => held.abort();
  for (const deed of DEEDS) {
    addEventListener(deed, letGo, { capture: true, passive: true, signal });
  }
  const keep = (frames) => {
    const { top } = place.getBoundingClientRect();
    requestAnimationFrame(() => {
      if (signal.aborted) return;
      const moved = place.isConnected ? place.getBoundingClientRect().top - top : 0;
      const isGliding = getComputedStyle(document.documentElement).scrollBehavior === "smooth";
      if (Math.abs(moved) >= 1 && !isGliding) scrollBy({ top: moved, behavior: "instant" });
      if (frames > 1) keep(frames - 1);
      else letGo();
    });
  };
  keep(FRAMES);
}
