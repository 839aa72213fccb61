// What a reader did, in the browser's storage.

const key = (title) => `bench:${title}`;

/** The answers, and which steps are done. Where nothing can be read there is nothing yet. */
export function load(title) {
  try {
    return { answers: {}, done: {}, ...JSON.parse(localStorage.getItem(key(title))) };
  } catch {
    return { answers: {}, done: {} };
  }
}

export function save(title, answers, done) {
  try {
    localStorage.setItem(key(title), JSON.stringify({ answers, done }));
  } catch {
    // Full or forbidden: the page goes on without.
  }
}

/** How far the steps are done: `1 of 34 done`. */
export function figures(steps, done) {
  const ticked = steps.filter(({ id }) => done[id]).length;
  const percent = steps.length ? Math.floor((100 * ticked) / steps.length) : 0;
  return { percent, words: `${percent}% ${ticked} of ${steps.length} done` };
}

/** Names what has no id. */
export const slug = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
