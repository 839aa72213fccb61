// The page before its script, and without any: all of it can be read, and what a reader does
// too early is not lost.

import type { Page, Route } from "@playwright/test";
import { Checklist, TITLES } from "./checklist.ts";
import { command } from "./guides.ts";
import { expect, test } from "./quiet.ts";
import { HOST_POLICY } from "./server.ts";

test.use({ still: true });

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("every step, every variant and every command can be read, and boxes ticked", async ({ page, complaints }) => {
    await page.goto("./");
    for (const title of TITLES) await expect(page.getByRole("checkbox", { name: title, exact: true }).first()).toBeVisible();
    await expect(page.locator('code[data-language="mysql"]').first()).toBeAttached();
    await expect(page.locator('code[data-language="pgsql"]').first()).toBeAttached();
    await expect(page.locator("noscript p")).toBeVisible();
    await expect(page.getByRole("button", { name: "Copy" })).toHaveCount(0);
    await page.getByRole("checkbox").first().check();
    await page.screenshot({ path: "../../target/playwright/pictures/without-javascript.png" });
    await page.pdf({ path: "../../target/playwright/pictures/without-javascript.pdf" });
    // What was fetched for a script that never comes.
    await page.close();
    expect(complaints.filter((complaint) => !/preloaded using link preload/.test(complaint))).toEqual([]);
    complaints.length = 0;
  });
});

for (const width of [1280, 360]) {
  test(`${width} pixels wide, the script takes over without a jump`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    const go = await held(page);
    await page.goto("./", { waitUntil: "commit" });
    const checklist = new Checklist(page);
    await laidOut(page);
    const before = await places(checklist);
    await go();
    await checklist.ready();
    expect(await places(checklist)).toEqual(before);
  });
}

test("whoever ticked further down has that step before their eyes while what is below is laid out", async ({ page }) => {
  const go = await held(page);
  await page.goto("./", { waitUntil: "commit" });
  const checklist = new Checklist(page);
  await laidOut(page);
  const here = checklist.steps.nth(6);
  await here.evaluate((step) => step.scrollIntoView());
  await checklist.box(here).check();
  const seen = await here.evaluateHandle((drawn) => {
    const element = drawn.closest("upgrade-checklist")!;
    const seen = { before: drawn.getBoundingClientRect().top, tops: [] as number[], far: [] as number[] };
    const look = () => {
      requestAnimationFrame(look);
      if (element.querySelector(":scope > .uc")) return;
      seen.tops.push(element.shadowRoot!.getElementById(drawn.id)!.getBoundingClientRect().top);
      seen.far.push(element.shadowRoot!.querySelectorAll("[data-far]").length);
    };
    look();
    return seen;
  });
  await go();
  await checklist.ready();
  const { before, tops, far } = await seen.jsonValue();
  expect(tops.filter((top) => Math.abs(top - before) > 1)).toEqual([]);
  expect(far[0]).toBeGreaterThan(0);
  await expect(here).toHaveAttribute("data-state", "done");
});

for (const [width, height] of [[1280, 1600], [700, 900], [360, 740]] as const) {
  test(`${width} pixels wide, nothing moves while the page arrives, wherever it is cut off`, async ({ page, request }) => {
    await page.setViewportSize({ width, height });
    const { moved, seen } = await writtenInPieces(page, await (await request.get("./")).text());
    expect(moved).toEqual([]);
    expect(seen).toBeGreaterThan(50);
  });
}

test("a tick, a choice and words from before the script are kept", async ({ page }) => {
  const go = await held(page);
  await page.goto("./", { waitUntil: "commit" });
  const checklist = new Checklist(page);
  await laidOut(page);
  // Steps that have nothing to do with the user's name, which goes on changing.
  const ticked = [2, 3];
  for (const index of ticked) await checklist.box(checklist.steps.nth(index)).check();
  await checklist.radio("postgres").check();
  const user = checklist.field("user");
  await user.fill("");
  await user.pressSequentially("o'br");
  const here = checklist.steps.nth(5);
  await here.evaluate((step) => step.scrollIntoView());

  await go();
  await checklist.ready();
  await expect(user).toBeFocused();
  await page.keyboard.type("ien");
  for (const index of ticked) await expect(checklist.steps.nth(index)).toHaveAttribute("data-state", "done");
  await expect(checklist.radio("postgres")).toBeChecked();
  await expect(checklist.code("mysql")).toHaveCount(0);
  await expect(user).toHaveValue("o'brien");

  await page.unrouteAll();
  await page.reload();
  await checklist.ready();
  for (const index of ticked) await expect(checklist.steps.nth(index)).toHaveAttribute("data-state", "done");
});

test("what was typed into a field that only comes with another choice from before the script is kept", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.radio("self-managed").check();
  const group = checklist.field("resource_group");
  await expect(group).toHaveCount(0);

  const go = await held(page);
  await page.reload({ waitUntil: "commit" });
  await laidOut(page);
  await checklist.radio("azure").check();
  await group.fill("shop");
  await go();
  await checklist.ready();
  await expect(checklist.radio("azure")).toBeChecked();
  await expect(group).toHaveValue("shop");
});

test("what is done while the script takes over is kept", async ({ page }) => {
  // The checklist says that it is there while the one that was drawn beforehand is there for a frame more.
  await page.addInitScript(() => {
    addEventListener("upgrade-ready", () => {
      const drawn = document.querySelector("upgrade-checklist > .uc")!;
      const box = (index: number) => drawn.querySelectorAll("[data-step]").item(index).querySelector<HTMLInputElement>("input[type=checkbox]")!;
      box(2).click();
      box(3).click();
      drawn.querySelector<HTMLInputElement>("input[name$='-user']")!.value += "ien";
    });
  });
  const go = await held(page);
  await page.goto("./", { waitUntil: "commit" });
  const checklist = new Checklist(page);
  await laidOut(page);
  const user = checklist.field("user");
  await user.fill("o'br");
  await checklist.box(checklist.steps.nth(2)).check();
  await go();
  await checklist.ready();
  await expect(user).toHaveValue("o'brien");
  await expect(checklist.steps.nth(2)).toHaveAttribute("data-state", "todo");
  await expect(checklist.steps.nth(3)).toHaveAttribute("data-state", "done");
  await expect(page.locator("upgrade-checklist > .uc")).toHaveCount(0);
});

test("whoever has gone to a link by keyboard is still there", async ({ page }) => {
  const go = await held(page);
  await page.goto("./", { waitUntil: "commit" });
  const checklist = new Checklist(page);
  await expect(checklist.steps.last()).toBeAttached();
  await laidOut(page);
  const link = page.locator(".uc-step__need a").first();
  await link.focus();
  const address = await link.getAttribute("href");
  await go();
  await checklist.ready();
  await expect(page.locator("upgrade-checklist > .uc")).toHaveCount(0);
  await expect(link).toBeFocused();
  await expect(link).toHaveAttribute("href", address!);
});

test("in a shadow root of the host's, whoever has gone to a box by keyboard is still there", async ({ page }) => {
  await serveFallback(page, (element) => `<div><template shadowrootmode="open">${element}</template></div>`);
  const go = await held(page);
  await page.goto("hosts/fallback.html");
  const checklist = new Checklist(page);
  const box = checklist.box(checklist.steps.nth(2));
  await box.focus();
  await go();
  await checklist.ready();
  await expect(box).toBeFocused();
});

test("what goes wrong with the focus leaves one checklist", async ({ page, complaints }) => {
  await page.addInitScript(() => {
    HTMLInputElement.prototype.setSelectionRange = () => {
      throw new Error("as a browser may");
    };
  });
  const go = await held(page);
  await page.goto("./", { waitUntil: "commit" });
  const checklist = new Checklist(page);
  await checklist.field("user").focus();
  await go();
  await checklist.ready();
  await expect(checklist.field("user")).toBeFocused();
  await page.close();
  expect(complaints).toEqual([expect.stringMatching(/^console warning: Error: as a browser may/)]);
  complaints.length = 0;
});

test("a note from before is open when the script takes over, and each fold as its reader left it", async ({ page }) => {
  await serveFallback(page, (element) => element);
  await page.goto("hosts/fallback.html");
  const checklist = new Checklist(page);
  await checklist.ready();
  const note = checklist.steps.first().locator(".uc-note-field").first();
  await note.locator("summary").click();
  await note.locator("textarea").fill("for the night");

  const go = await held(page);
  await page.reload();
  const folds = page.locator("upgrade-checklist .uc-variant");
  const turned: [number, boolean][] = [];
  for (const open of [true, false]) {
    const isLike = (folds: Element[], open: boolean) => folds.findIndex((fold) => (fold as HTMLDetailsElement).open === open && fold.checkVisibility());
    const index = await folds.evaluateAll(isLike, open);
    await folds.nth(index).locator("> summary").click();
    turned.push([index, !open]);
  }
  await go();
  await checklist.ready();
  await expect(note).toHaveAttribute("open");
  await expect(note.locator("textarea")).toHaveValue("for the night");
  for (const [index, open] of turned) await expect(folds.nth(index)).toHaveJSProperty("open", open);
});

test("a tick from before the script counts at once", async ({ page }) => {
  const go = await held(page);
  await page.goto("./", { waitUntil: "commit" });
  const checklist = new Checklist(page);
  // All of it, and not only what has arrived.
  await page.waitForLoadState("domcontentloaded");
  const count = await page.locator("[data-step]:not([data-severity=optional])").count();
  const words = page.locator(".uc-progress__words");
  const says = (done: number) =>
    expect(words).toContainText(`${Math.floor((100 * done) / count)}% ${done} of ${count} done`);
  for (const [before, index] of [1, 3, 5].entries()) {
    await checklist.box(checklist.steps.nth(index)).check();
    await says(before + 1);
  }
  await checklist.box(checklist.steps.nth(3)).uncheck();
  await says(2);
  const value = await checklist.progress.getAttribute("value");

  await go();
  await checklist.ready();
  await says(2);
  await expect(checklist.progress).toHaveAttribute("value", value!);
});

test("a scroll from before the script is kept, also where a choice makes what stands above it shorter", async ({ page }) => {
  const go = await held(page);
  await page.goto("./", { waitUntil: "commit" });
  const checklist = new Checklist(page);
  await laidOut(page);
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  const tall = await height();
  for (const value of ["postgres", "self-managed", "bare-metal"]) await checklist.radio(value).check();
  const step = checklist.step("backward-incompatible-changes/1.4.0/ui/glossary");
  await step.evaluate((step) => step.scrollIntoView());
  const top = () => step.evaluate((step) => step.getBoundingClientRect().top);
  const before = await top();
  await go();
  await checklist.ready();
  await expect(checklist.code("mysql")).toHaveCount(0);
  expect(await height()).toBeLessThan(tall - 1000);
  // A page scrolls by whole pixels.
  expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
});

test.describe("whoever comes back", () => {
  // What it keeps would not come through the routes below.
  test.beforeEach(({ page }) => page.route("**/register.js", (route) => route.fulfill({ body: "", contentType: "text/javascript" })));

  /** The first step on the screen, and how far below its top that is. */
  const seen = (checklist: Checklist) =>
    checklist.steps.evaluateAll((steps) => {
      const step = steps.find((step) => step.getBoundingClientRect().bottom > 0)!;
      return `${step.id} ${Math.round(step.getBoundingClientRect().top)}`;
    });
  /** A page scrolls by whole pixels. */
  const like = (place: string) => new RegExp(place.replace(/[.]/g, "\\.").replace(/-?\d+$/, (top) => `(${[-1, 0, 1].map((more) => Number(top) + more).join("|")})$`));
  /** Scrolls as far, and waits until that is drawn. */
  const scrolled = (page: Page, y: number) => page.evaluate((y) => new Promise((drawn) => (scrollTo(0, y), setTimeout(drawn, 200))), y);

  const cases: [string, string, number, string[]][] = [
    ["little", "./", 3000, []],
    ["far", "./", 9000, []],
    ["to the end", "./", 1_000_000, []],
    ["with choices", "./", 6000, ["postgres", "self-managed", "bare-metal"]],
    ["from an address that names another step", "./#uc-step-back-up-metadata", 9000, []],
  ];
  for (const [how, address, y, choices] of cases) {
    for (const way of ["reload", "back"]) {
      test(`on the ${way}, who scrolled ${how} is where they were, before the program is there and after`, async ({ page, complaints }) => {
        await page.goto(address);
        const checklist = new Checklist(page);
        await checklist.ready();
        for (const value of choices) await checklist.radio(value).check();
        await checklist.box(checklist.steps.first()).check();
        await scrolled(page, y);
        const before = await seen(checklist);

        const go = await held(page);
        if (way === "reload") await page.reload();
        else {
          await page.goto("styles/icon.svg");
          await page.goBack();
        }
        await laidOut(page);
        await expect.poll(() => seen(checklist)).toMatch(like(before));
        // The first paint may have been that of the pixel, before any script; the program moves nothing.
        forgiveShifts(complaints);
        await go();
        await checklist.ready();
        await expect.poll(() => seen(checklist)).toMatch(like(before));
        // Also once the browser has done what it does late.
        await page.waitForTimeout(300);
        expect(await seen(checklist)).toMatch(like(before));
        expect(await page.evaluate(() => history.scrollRestoration)).toBe("auto");
      });
    }
  }

  test("who scrolls on after a reload stays there", async ({ page, complaints }) => {
    const checklist = new Checklist(page);
    await checklist.open();
    await scrolled(page, 9000);
    const go = await held(page);
    await page.reload();
    await laidOut(page);
    await page.mouse.move(600, 400);
    await page.mouse.wheel(0, 3000);
    await page.waitForTimeout(500);
    const before = await seen(checklist);
    forgiveShifts(complaints);
    await go();
    await checklist.ready();
    expect(await seen(checklist)).toMatch(like(before));
  });

  test("where the program never comes, they are where they were as well", async ({ page, complaints }) => {
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto("./");
    await laidOut(page);
    await expect(page.getByRole("alert")).toBeVisible();
    const checklist = new Checklist(page);
    await scrolled(page, 9000);
    const before = await seen(checklist);
    await page.reload();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect.poll(() => seen(checklist)).toMatch(like(before));
    await page.close();
    complaints.length = 0;
  });

  test("is told no figures, no run and no next step until they are known, and may go on", async ({ page, complaints }) => {
    const checklist = new Checklist(page);
    await checklist.open();
    const told = [".uc-glance", ".uc-progress", ".uc-next", ".uc-runs__line > strong", ".uc-count"].map((part) => page.locator(part).first());
    await checklist.box(checklist.steps.nth(2)).check();

    const go = await held(page);
    await page.reload();
    await laidOut(page);
    for (const part of told) await expect(part).toBeHidden();
    forgiveShifts(complaints);
    await checklist.box(checklist.steps.nth(3)).check();
    await go();
    await checklist.ready();
    for (const part of told) await expect(part).toBeVisible();
    for (const index of [2, 3]) await expect(checklist.steps.nth(index)).toHaveAttribute("data-state", "done");
  });
});

test("a first visit is told at once that nothing is done yet", async ({ page }) => {
  const go = await held(page);
  await page.goto("./");
  for (const part of [".uc-glance", ".uc-progress", ".uc-next", ".uc-runs__line > strong"]) await expect(page.locator(part)).toBeVisible();
  await go();
  await new Checklist(page).ready();
});

test("who scrolled away from the place that the address names before the program came stays there", async ({ page, complaints }) => {
  const go = await held(page);
  await page.goto("./#uc-step-back-up-metadata");
  const checklist = new Checklist(page);
  await laidOut(page);
  const named = checklist.step("back-up-metadata");
  await expect(named).toBeInViewport();
  await page.mouse.move(600, 400);
  await page.mouse.wheel(0, 9000);
  await expect(named).not.toBeInViewport();
  forgiveShifts(complaints);
  await go();
  await checklist.ready();
  await page.waitForTimeout(300);
  await expect(named).not.toBeInViewport();
});

for (const [lang, said] of [["en", /could not be loaded.*not kept until it is loaded/], ["de", /konnte nicht geladen.*wird erst behalten, wenn sie geladen ist/]] as const) {
  test(`where the program cannot be had, a reader of ${lang} is told that ticks are not kept yet, asked before they are lost, and keeps them if it comes after all`, async ({ page, baseURL, complaints }) => {
    await page.route(baseURL!, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace('<html lang="en"', `<html lang="${lang}"`) });
    });
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto("./");
    await expect(page.getByRole("alert")).toHaveText(said);
    const asks = () => page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
    expect(await asks()).toBe(false);
    const checklist = new Checklist(page);
    await checklist.box(checklist.steps.nth(2)).check();
    expect(await asks()).toBe(true);

    await page.unroute("**/*.wasm");
    await page.getByRole("button", { name: /Try again|Erneut versuchen/ }).click();
    await checklist.ready();
    await expect(checklist.steps.nth(2)).toHaveAttribute("data-state", "done");
    expect(await asks()).toBe(false);
    complaints.length = 0;
  });
}

test("in the page of another, what was drawn beforehand gives way without a jump", async ({ page }) => {
  await serveFallback(page, (element) => element);
  const go = await held(page);
  await page.goto("hosts/fallback.html");
  const checklist = new Checklist(page);
  const step = checklist.steps.nth(2);
  await checklist.box(step).check();
  const top = () => step.evaluate((step) => step.getBoundingClientRect().top);
  const before = await top();
  await go();
  await checklist.ready();
  await expect(step).toHaveAttribute("data-state", "done");
  expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
  await expect(page.locator("upgrade-checklist > .uc")).toHaveCount(0);
});

test("where WebAssembly is refused the page stays as it was, and says why", async ({ page, baseURL, complaints }) => {
  await page.route(baseURL!, async (route) => {
    const response = await route.fetch();
    const policy = response.headers()["content-security-policy"]!.replace(" 'wasm-unsafe-eval'", "");
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
  });
  await page.goto("./");
  await expect(page.getByRole("alert")).toHaveText(/wasm-unsafe-eval.*still be read/);
  const checklist = new Checklist(page);
  for (const title of TITLES) await expect(page.getByRole("checkbox", { name: title, exact: true }).first()).toBeVisible();
  await checklist.box(checklist.steps.first()).check();
  await expect(checklist.box(checklist.steps.first())).toBeChecked();
  await page.close();
  expect(complaints).not.toEqual([]);
  expect(complaints.every((complaint) => /wasm|WebAssembly|layout shift/.test(complaint)), complaints.join("\n")).toBe(true);
  complaints.length = 0;
});

/** Forgets what moved so far. */
function forgiveShifts(complaints: string[]) {
  const others = complaints.filter((complaint) => !complaint.startsWith("layout shift"));
  complaints.splice(0, complaints.length, ...others);
}

/** Serves a page of another's, hosts/fallback.html, whose element holds what was drawn beforehand. */
async function serveFallback(page: Page, around: (element: string) => string) {
  const drawn = command("", "prerender", "--set", "engine=postgres").toString();
  const body = `<!doctype html><html lang="en"><link rel="icon" href="/styles/icon.svg">
    <link rel="stylesheet" href="/styles/upgrade-checklist.css">
    <h1>Our documentation</h1>
    ${around(`<upgrade-checklist set-engine="postgres">${drawn}</upgrade-checklist>`)}
    <p>And on it goes.</p>
    <script type="module" src="/upgrade-checklist.js"></script>`;
  const headers = { "Content-Security-Policy": HOST_POLICY, "Content-Type": "text/html" };
  await page.route("**/hosts/fallback.html", (route) => route.fulfill({ body, headers }));
}

/** Holds the WebAssembly back until the result is called. */
async function held(page: Page) {
  const waiting: Route[] = [];
  let open = false;
  await page.route("**/*.wasm", (route) => (open ? route.continue() : void waiting.push(route)));
  return async () => {
    open = true;
    await Promise.all(waiting.map((route) => route.continue()));
  };
}

/** Writes a page tag by tag until what comes is out of sight, without its scripts: what moved,
    and how many elements were in sight at once. */
async function writtenInPieces(page: Page, text: string) {
  // A page that may be written, which ours are not.
  await page.route("**/written.html", (route) => route.fulfill({ body: "<!doctype html>", contentType: "text/html" }));
  await page.goto("written.html");
  const body = text.indexOf("<body");
  await page.evaluate(async (head) => {
    document.open();
    document.write(head);
    const styles = document.querySelector<HTMLLinkElement>("link[rel=stylesheet]")!;
    if (!styles.sheet) await new Promise((loaded) => styles.addEventListener("load", loaded));
  }, text.slice(0, body));
  const pieces = text.slice(body).replace(/<script\b/g, "$& type=data").match(/<[^>]*>|[^<]{1,8}/g)!;
  return page.evaluate((pieces) => {
    const moved: string[] = [];
    let seen = 0;
    let places = new Map<Element, string>();
    let outside = 0;
    for (const piece of pieces) {
      document.write(piece);
      const now = new Map<Element, string>();
      let lowest = 0;
      for (const element of document.body.querySelectorAll("*")) {
        const { x, y, width, height } = element.getBoundingClientRect();
        if (width * height === 0) continue;
        lowest = y;
        if (y >= innerHeight || !element.checkVisibility({ visibilityProperty: true })) continue;
        const place = `${Math.round(x)} ${Math.round(y)}`;
        const before = places.get(element) ?? place;
        if (before !== place) moved.push(`${element.className || element.localName}: ${before} -> ${place} at ${piece}`);
        now.set(element, place);
      }
      places = now;
      seen = Math.max(seen, now.size);
      outside = lowest >= innerHeight ? outside + 1 : 0;
      if (outside > 50) break;
    }
    return { moved, seen };
  }, pieces);
}

/** Ends when all of the page is laid out, which is a moment after it is painted. */
const laidOut = (page: Page) => expect(page.locator("html")).toContainClass("uc-laid-out");

/** Where every step is. */
function places(checklist: Checklist) {
  return checklist.steps.evaluateAll((steps) =>
    steps.map((step) => {
      const { x, y, width, height } = step.getBoundingClientRect();
      return [x, y, width, height].map(Math.round).join(" ");
    }),
  );
}
