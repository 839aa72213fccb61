// Where links lead within a checklist, which browsers do not find: its places are in a shadow
// root.

/** The places in one shadow root. */
export default class Places {
  #root;
  #idOf;

  /** `idOf` gives the DOM id of the step or section that an author named so, if there is one. */
  constructor(root, idOf) {
    this.#root = root;
    this.#idOf = idOf;
  }

  /** What a link leads to by its DOM id; or the step or section that a host's link names as its
   * author did, where the host itself has nothing of that name. */
  find(hash) {
    const id = isForUs(hash) && this.#idOf(hash.slice(1));
    return this.#root.getElementById(decoded(hash.slice(1))) ?? (id && this.#root.getElementById(id));
  }

  /** Goes to what a link leads to, and says whether that is here. */
  goTo(hash) {
    const place = this.find(hash);
    if (!place) return false;
    const clear = place.closest("[hidden]") ? this.#root.querySelector(".uc-filter__clear") : undefined;
    if (clear) {
      // The filter hides it. It is there when all steps are drawn again.
      clear.click();
      requestAnimationFrame(() => this.goTo(hash));
      return true;
    }
    place.scrollIntoView();
    // As after any such link, Tab goes on from there, and keys know the step. What loses the
    // attribute again loses the focus with it.
    if (place.tabIndex < 0) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    return true;
  }

  /** Goes where a link within the checklist leads that was clicked. */
  follow(event) {
    const link = linkOf(event);
    // Another page may have a place of the same name.
    const hash = link?.matches('[href^="#"]') && link.hash;
    if (hash && this.goTo(hash)) event.preventDefault();
  }
}

/** The link within its own page that was clicked, to be followed there. */
export function linkOf(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
  return event.composedPath().find((node) => node.matches?.('a[href*="#"]'));
}

/** Whether what an address names may be in a checklist: no route of its host's, as `#/docs` and
 * `#!docs` are, and nowhere else in the page. */
export function isForUs(hash) {
  const name = decoded(hash.slice(1));
  return /^#[^/!]/.test(hash) && !document.getElementById(name) && !document.anchors.namedItem(name);
}

/** What an address says; a host's may well say what is no encoding. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
