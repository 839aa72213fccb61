// Runs in every page that is measured, before anything else, and knows the one way in which
// each contender shows steps, progress and choices. Times are the page's own, in milliseconds
// since the navigation began.

{
  const host = () => document.querySelector("upgrade-checklist");
  /** The living checklist; in ours what was drawn beforehand is another, until it is replaced. */
  const living = () => (host() ? host().shadowRoot?.querySelector("div:not([hidden]) > .uc") : document.querySelector("main"));
  const anyone = () => living() ?? host()?.querySelector(".uc");
  const boxes = (root) => root?.querySelectorAll("[data-step] input[type=checkbox]:not([hidden])") ?? [];
  const firstBox = (root) => root?.querySelector("[data-step] input[type=checkbox]");
  const wordsOf = (root) => root?.querySelector("progress ~ p")?.textContent ?? "";
  const words = () => wordsOf(living());
  const frame = () => new Promise(requestAnimationFrame);

  // As typing does: React hides from itself what is set in any other way.
  const { set: setValue } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");

  let shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (shift += value))).observe({
    type: "layout-shift",
    buffered: true,
  });

  /** Waits for as many frames as it takes. */
  async function until(holds) {
    for (;;) {
      await frame();
      const value = holds();
      if (value) return value;
    }
  }

  /** Runs an act within a frame, and says how long it took until that frame was painted which
   * shows what it was for. */
  function painted(act, isShown) {
    return new Promise((done) => {
      const channel = new MessageChannel();
      let start;
      channel.port1.onmessage = () => {
        const now = performance.now();
        if (isShown()) done(now - start);
        else requestAnimationFrame(() => channel.port2.postMessage(0));
      };
      requestAnimationFrame(() => {
        start = performance.now();
        act();
        channel.port2.postMessage(0);
      });
    });
  }

  /** When the last file was there of those that were before a time. */
  function fetched(before) {
    const ends = performance.getEntriesByType("resource").map(({ responseEnd }) => responseEnd);
    return Math.max(...ends.filter((end) => end <= before));
  }

  const radio = (engine) => living().querySelector(`[data-input=engine] input[value=${engine}]`);

  window.probe = {
    /** Asks for real clicks on the first checkbox until it is ticked: when the progress shows
     * it, and when that is the living one; before that, when the program had drawn it, and when
     * all that it is drawn with was fetched. */
    async working() {
      let asked = -Infinity;
      let counted, drawn;
      for (;;) {
        await frame();
        if (firstBox(living())) drawn ??= performance.now();
        if (/\b1 of/.test(wordsOf(anyone()))) counted ??= performance.now();
        if (/\b1 of/.test(words())) return { fetched: fetched(drawn), drawn, counted, alive: performance.now() };
        const box = firstBox(anyone());
        if (!box || box.checked || performance.now() - asked < 100) continue;
        box.scrollIntoView({ block: "center" });
        const { left, top, width, height } = box.getBoundingClientRect();
        if (!width) continue;
        asked = performance.now();
        window.clickAt(JSON.stringify({ x: left + width / 2, y: top + height / 2 }));
      }
    },

    /** Ends when this many steps are there, and alive. */
    async ready(steps) {
      await until(() => boxes(living()).length >= steps);
      return performance.now();
    },

    /** When something was first painted. The browser says so a little later. */
    paint: () => until(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime),
    shift: () => shift,
    elements: () => living().querySelectorAll("*").length,
    steps: () => boxes(living()).length,

    /** Makes the first choice of each that is not made yet, and of those that appear by it. */
    async answer() {
      const isOpen = (group) => group.querySelector("[type=radio]:checked")?.value === "";
      for (;;) {
        const group = [...living().querySelectorAll("[data-input]")].find(isOpen);
        if (!group) return;
        const { input } = group.dataset;
        group.querySelector("[type=radio]:not([value=''])").click();
        await until(() => !isOpen(living().querySelector(`[data-input="${input}"]`)));
      }
    },

    /** Ticks the step of this number. */
    tick(number) {
      const box = boxes(living())[number];
      const before = words();
      return painted(() => box.click(), () => words() !== before);
    },

    /** Chooses the other database. */
    choose() {
      const engine = radio("postgres").checked ? "mysql" : "postgres";
      const snippet = () => living().querySelector("pre code")?.textContent;
      const before = snippet();
      return painted(() => radio(engine).click(), () => snippet() !== before);
    },

    /** Shows only the steps whose titles hold a text; all, if it is empty. Null, if there is
     * nothing to do. */
    async filter(text) {
      const field = living().querySelector("input[type=search]");
      if (!field || field.value === text) return null;
      // Asking what is visible would make the browser lay out what it left out so far.
      const shown = () => [...boxes(living())].filter((box) => !box.closest("[hidden]")).length;
      const before = shown();
      return painted(
        () => {
          setValue.call(field, text);
          field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
        },
        () => shown() !== before,
      );
    },

    /** Ticks and chooses so many times. */
    async wear(times) {
      for (let count = 0; count < times; count++) {
        if (count % 20 === 0) await this.choose();
        else await this.tick(count % boxes(living()).length);
      }
    },

    /** The bytes of the page: scripts, elements, WebAssembly. */
    async memory() {
      return (await performance.measureUserAgentSpecificMemory()).bytes;
    },
  };
}
