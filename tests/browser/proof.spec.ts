// Nothing that was ticked is lost: not between tabs, not when a tab dies, not when the browser
// refuses. What was ticked and what was found is counted, and printed as a table at the end.

import { chromium, type BrowserContext, type Locator, type Page } from "@playwright/test";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { Checklist } from "./checklist.ts";
import { expect, test } from "./quiet.ts";

const KEY = "upgrade-checklist:v1:openmetadata-1.4.0:default";

const counts: { what: string; ticked: number; found: number }[] = [];

// In one worker, so that there is one table; one that fails stops none of the others.
test.describe.configure({ mode: "default", timeout: 600_000 });

test.afterAll(() => {
  const width = Math.max(...counts.map(({ what }) => what.length));
  const line = (what: string, ticked: string | number, found: string | number) =>
    `${what.padEnd(width)}  ${String(ticked).padStart(6)}  ${String(found).padStart(6)}`;
  console.log(["", line("", "ticked", "found"), ...counts.map(({ what, ticked, found }) => line(what, ticked, found)), ""].join("\n"));
});

test("two tabs tick different steps in bursts", async ({ page, context }) => {
  const tabs = [new Checklist(page), new Checklist(await context.newPage())];
  await Promise.all(tabs.map((tab) => tab.open()));
  const count = await tabs[0]!.steps.count();
  for (let round = 0; round < 5; round += 1) {
    // Each tab presses every other step, without waiting for the other to be heard.
    await Promise.all(tabs.map((tab, parity) => press(tab.page, (_, index) => index % 2 === parity)));
    const wanted = round % 2 === 0 ? count : 0;
    for (const tab of tabs) await expect(tab.page.locator("[data-state=done]")).toHaveCount(wanted);
  }
  await found("two tabs, different steps, five bursts", context, count);
});

test("two tabs tick the same steps in bursts, and both end with the same", async ({ page, context }) => {
  const tabs = [new Checklist(page), new Checklist(await context.newPage())];
  await Promise.all(tabs.map((tab) => tab.open()));
  for (let round = 0; round < 4; round += 1) {
    await Promise.all(tabs.map((tab) => press(tab.page, () => true)));
  }
  const states = (tab: Checklist) => tab.steps.evaluateAll((all) => all.map((step) => step.getAttribute("data-state")));
  await expect.poll(async () => JSON.stringify(await states(tabs[0]!)) === JSON.stringify(await states(tabs[1]!))).toBe(true);
  await expect
    .poll(async () => (await storedMarks(page)).length)
    .toBe((await states(tabs[0]!)).filter((state) => state === "done").length);

  // Whatever the two made of each other, what is ticked now is ticked by both, and stays.
  await check(tabs[0]!);
  await expect(tabs[1]!.page.locator("[data-state=done]")).toHaveCount(await tabs[0]!.steps.count());
  await found("two tabs, the same steps, four bursts", context, await tabs[0]!.steps.count());
});

test("a checklist that stands twice in one page is ticked in both at once", async ({ page, context, baseURL }) => {
  await page.route(baseURL!, async (route) => {
    const response = await route.fetch();
    const element = '<upgrade-checklist loading="eager"></upgrade-checklist>';
    await route.fulfill({ response, body: (await response.text()).replace("</body>", `${element}</body>`) });
  });
  const [first, second] = [0, 1].map((index) => page.locator("upgrade-checklist").nth(index)) as [Locator, Locator];
  await page.goto("./");
  for (const element of [first, second]) await expect(element.locator("[data-step]").first().getByRole("checkbox")).toBeEnabled();
  const count = await first.locator("[data-step]").count();
  await expect(second.locator("[data-step]")).toHaveCount(count);
  for (let round = 0; round < 3; round += 1) {
    // Every other step in the one, the rest in the other, by turns.
    await page.evaluate((count) => {
      const [first, second] = [...document.querySelectorAll("upgrade-checklist")].map((element) => element.shadowRoot!);
      for (let index = 0; index < count; index += 1) {
        const step = (index % 2 ? first : second)!.querySelectorAll("[data-step]")[index]!;
        step.querySelector<HTMLInputElement>("input[type=checkbox]")!.click();
      }
    }, count);
    for (const element of [first, second]) await expect(element.locator("[data-state=done]")).toHaveCount(round % 2 === 0 ? count : 0);
  }
  await page.unroute(baseURL!);
  await found("the same page twice in one, three bursts", context, count);
});

test("a page that its reader comes back to has what was ticked elsewhere meanwhile", async ({ page, context }) => {
  const tabs = [new Checklist(page), new Checklist(await context.newPage())];
  await Promise.all(tabs.map((tab) => tab.open()));
  const count = await tabs[0]!.steps.count();
  await press(page, (_, index) => index % 2 === 0);
  await page.goto("about:blank");
  await expect(tabs[1]!.page.locator("[data-state=done]")).toHaveCount(Math.ceil(count / 2));
  await press(tabs[1]!.page, (_, index) => index % 2 === 1);
  await page.goBack();
  await expect(page.locator("[data-state=done]")).toHaveCount(count);
  // And what it had ticked before is not brought back where it was undone meanwhile.
  await page.goto("about:blank");
  await press(tabs[1]!.page, (_, index) => index === 0);
  await page.goBack();
  await expect(page.locator("[data-state=done]")).toHaveCount(count - 1);
  await tabs[0]!.box(tabs[0]!.steps.first()).check();
  await found("a page come back to, ticked elsewhere meanwhile", context, count);
});

test("a renderer that is killed right after a tick has kept it", async ({ page, context }) => {
  const other = new Checklist(await context.newPage());
  await other.open();
  const count = 5;
  let tab = new Checklist(page);
  for (let index = 0; index < count; index += 1) {
    if (index > 0) tab = new Checklist(await context.newPage());
    await tab.open();
    await expect(tab.page.locator("[data-state=done]")).toHaveCount(index);
    const session = await context.newCDPSession(tab.page);
    const crashed = tab.page.waitForEvent("crash");
    await press(tab.page, (_, place) => place === index);
    session.send("Page.crash").catch(() => {});
    await crashed;
    await tab.page.close();
  }
  await expect(other.page.locator("[data-state=done]"), "the tab beside it saw every one").toHaveCount(count);
  await found("a renderer killed right after each tick", context, count);
});

test("storage that another page has filled: all is on the page, and in the file that it offers", async ({ page, context }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.box(checklist.steps.first()).check();
  await page.evaluate(fill);
  await check(checklist);
  const count = await checklist.steps.count();
  await expect(page.locator("[data-state=done]")).toHaveCount(count);
  const banner = page.getByRole("alert").filter({ hasText: /storage for this site is full/ });
  await expect(banner).toHaveCount(1);
  expect((await storedMarks(page)).length, "what was kept before is whole").toBeGreaterThanOrEqual(1);
  const file = await savedFile(page, () => banner.getByRole("button", { name: "Save it as a file" }).click());
  counts.push({ what: "quota exhausted, saved as a file", ticked: count, found: marks(file).length });
  expect(marks(file)).toHaveLength(count);

  // As soon as there is room again, the next action keeps everything.
  await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("other-")).forEach((key) => localStorage.removeItem(key)));
  await checklist.box(checklist.steps.first()).uncheck();
  await expect(banner).toHaveCount(0);
  await checklist.box(checklist.steps.first()).check();
  await found("the same, once there is room again", context, count);
});

test("a run that was left while there was no room is kept as soon as there is some", async ({ page }) => {
  const checklist = new Checklist(page);
  await page.addInitScript(fill);
  await checklist.open();
  await check(checklist);
  const count = await checklist.steps.count();
  await openRuns(page);
  await page.getByLabel("Another run of this checklist").fill("staging");
  await page.getByRole("button", { name: "Start it" }).click();
  await expect(page.locator("[data-state=done]")).toHaveCount(0);
  await checklist.box(checklist.steps.first()).check();
  const banner = page.getByRole("alert").filter({ hasText: "What you did in another run could not be saved yet" });
  await expect(banner).toHaveCount(1);
  await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("other-")).forEach((key) => localStorage.removeItem(key)));
  await checklist.box(checklist.steps.nth(1)).check();
  await expect(banner).toHaveCount(0);
  await expect.poll(async () => (await storedMarks(page)).length).toBe(count);
});

test("what cannot be kept is asked for before the page is left, unless it was saved", async ({ page }) => {
  const checklist = new Checklist(page);
  await page.addInitScript(fill);
  await checklist.open();
  const asked: string[] = [];
  page.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.accept();
  });
  await page.reload();
  await checklist.ready();
  expect(asked, "nothing was done yet").toEqual([]);
  // A browser asks only someone who has touched the page.
  await checklist.box(checklist.steps.first()).check();
  await page.reload();
  await checklist.ready();
  expect(asked).toEqual(["beforeunload"]);
  await checklist.box(checklist.steps.first()).check();
  await savedFile(page, () => page.getByRole("button", { name: "Save it as a file" }).click());
  await page.reload();
  expect(asked, "it is in a file").toHaveLength(1);
});

test("storage that the browser's own settings forbid: the page works, and offers a file", async ({ baseURL, launchOptions }) => {
  const folder = await mkdtemp(`${tmpdir()}/uc-profile-`);
  await mkdir(`${folder}/Default`);
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(`${folder}/Default/Preferences`, JSON.stringify(settings));
  const context = await chromium.launchPersistentContext(folder, launchOptions);
  try {
    const page = await context.newPage();
    const checklist = new Checklist(page);
    await page.goto(baseURL!);
    await checklist.ready();
    const refused = await page.evaluate(() => {
      try {
        return String(localStorage.length);
      } catch (error) {
        return (error as DOMException).name;
      }
    });
    expect(refused, "the browser really forbids it").toBe("SecurityError");
    await check(checklist);
    const banner = page.getByRole("alert").filter({ hasText: /does not let the page store anything/ });
    await expect(banner).toHaveCount(1);
    const file = await savedFile(page, () => banner.getByRole("button", { name: "Save it as a file" }).click());
    const count = await checklist.steps.count();
    counts.push({ what: "storage forbidden by policy, saved as a file", ticked: count, found: marks(file).length });
    expect(marks(file)).toHaveLength(count);

    // Another run, and back: all of it is still there, as the page is all that has it.
    await openRuns(page);
    await page.getByLabel("Another run of this checklist").fill("staging");
    await page.getByRole("button", { name: "Start it" }).click();
    await expect(page.locator("[data-state=done]")).toHaveCount(0);
    await checklist.box(checklist.steps.first()).check();
    await openRuns(page);
    await page.getByRole("button", { name: "First run", exact: true }).click();
    await expect(page.locator("[data-state=done]")).toHaveCount(count);
    await openRuns(page);
    await page.getByRole("button", { name: "staging", exact: true }).click();
    await expect(page.locator("[data-state=done]")).toHaveCount(1);
    counts.push({ what: "the same, in two runs of one page", ticked: count + 1, found: count + 1 });
  } finally {
    await context.close();
    await rm(folder, { recursive: true });
  }
});

test("storage that is emptied while the page is open is filled again", async ({ page, context }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const count = await checklist.steps.count();
  for (let index = 0; index < count; index += 1) {
    await checklist.box(checklist.steps.nth(index)).check();
    if (index < count - 1) await page.evaluate((key) => localStorage.removeItem(key), KEY);
  }
  await expect(page.getByRole("alert").filter({ hasText: /was removed while this page was open\. It was saved again/ })).toHaveCount(1);
  await found("storage emptied after each tick but the last", context, count);
});

test("a clock that goes back before every tick loses none", async ({ page, context }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const count = await checklist.steps.count();
  let now = Date.UTC(2026, 10, 22, 3);
  for (let index = 0; index < count; index += 1) {
    await page.clock.setFixedTime((now -= 3_600_000));
    // Ticked, taken back, ticked.
    for (let time = 0; time < 3; time += 1) await press(page, (_, place) => place === index);
  }
  await found("a clock that goes back an hour before each tick", context, count);
});

type Value = {
  what: string;
  /** What stands in the storage before the page is opened. */
  stored: () => string;
  /** What the reader is told; null where there is nothing to tell. */
  told: RegExp | null;
  /** How many ticks can be read in it. */
  readable: number;
  /** Whether it stays as it is, and what is done goes into a file only. */
  stays?: true;
};

const mark = { mark: "done", at: 1 };
const run = (steps: object) => ({ schema: 1, guide: "openmetadata-1.4.0", run: "default", steps });
const whole = () => JSON.stringify(run({ "raise-memory": mark, "back-up-metadata": mark }));

const VALUES: Value[] = [
  { what: "cut short", stored: () => whole().slice(0, -9), told: /ends too early.* set aside under/, readable: 0 },
  { what: "not JSON", stored: () => "<!doctype html>", told: /damaged and cannot be read.* set aside under/, readable: 0 },
  { what: "JSON of something else", stored: () => "[1,2]", told: /not the progress of a checklist.* set aside under/, readable: 0 },
  { what: "of an older schema that never was", stored: () => whole().replace('"schema":1', '"schema":0'), told: /not the progress of a checklist.* set aside/, readable: 0 },
  { what: "of schema 1 as first written", stored: () => whole(), told: null, readable: 2 },
  { what: "of a newer schema", stored: () => whole().replace('"schema":1', '"schema":7'), told: /newer version .*schema 7.* not saved/, readable: 0, stays: true },
  { what: "for another guide", stored: () => whole().replace("1.4.0", "9.9.9"), told: /another checklist, “openmetadata-9\.9\.9”.* set aside/, readable: 0 },
  { what: "edited by hand, damaged in part", stored: () => JSON.stringify(run({ "raise-memory": mark, "back-up-metadata": mark, x: 7 })), told: /part of the saved progress was damaged.*restored/, readable: 2 },
  {
    what: "a hundred times too large, and whole",
    stored: () => JSON.stringify(run(Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [index ? `x${index}` : "raise-memory", { ...mark, note: "x".repeat(20), noteAt: 1 }])))),
    told: null,
    readable: 1,
  },
  { what: "far too large, without room to set it aside", stored: () => "x".repeat(4_000_000), told: /cannot be read.* not saved/, readable: 0, stays: true },
  { what: "larger than is read at all", stored: () => "é".repeat(4_500_000), told: /8 MB long.* not saved/, readable: 0, stays: true },
];

for (const { what, stored, told, readable, stays } of VALUES) {
  test(`a stored value ${what}: the reader is told, and nothing is lost`, async ({ page, context }) => {
    const text = stored();
    await page.route("**/put", (route) => route.fulfill({ contentType: "text/html", body: '<!doctype html><link rel="icon" href="data:,">' }));
    await page.goto("./put");
    await page.evaluate(([key, text]) => localStorage.setItem(key!, text!), [KEY, text]);
    const checklist = new Checklist(page);
    await checklist.open();
    await expect(page.locator("[data-state=done]"), "what is readable is shown").toHaveCount(readable);
    await check(checklist);
    const count = await checklist.steps.count();
    await expect(page.locator("[data-state=done]")).toHaveCount(count);
    const banner = page.getByRole("alert");
    if (told === null) await expect(banner).toHaveCount(0);
    else await expect(banner.filter({ hasText: told })).toHaveCount(1);

    const values: Record<string, string> = await page.evaluate(() => ({ ...localStorage }));
    const aside = Object.keys(values).filter((key) => key.includes(":unreadable:"));
    if (stays) {
      expect(values[KEY] === text, "it is as it was").toBe(true);
      const file = await savedFile(page, () => banner.getByRole("button", { name: "Save it as a file" }).click());
      counts.push({ what: `${what}, saved as a file`, ticked: count, found: marks(file).length });
      expect(marks(file)).toHaveLength(count);
    } else {
      expect(aside.map((key) => values[key] === text), "set aside word by word").toEqual(told === null ? [] : [true]);
      if (told !== null) {
        const file = await savedFile(page, () => banner.getByRole("button", { name: "Save what was set aside" }).click());
        expect(file === text, "and in a file").toBe(true);
      }
      await found(what, context, count);
    }
  });
}

test("a private window that has storage without room: the reader is told, and gets a file", async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  const checklist = new Checklist(page);
  await checklist.open();
  await check(checklist);
  const banner = page.getByRole("alert").filter({ hasText: /does not let the page store anything, as in some private windows/ });
  const short = page.getByRole("link", { name: "Not saved" });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 700 });
    await checklist.steps.last().evaluate((step) => step.scrollIntoView());
    await expect(banner, "however far its place is").toBeInViewport({ ratio: 1 });
    await expect(short).toBeInViewport({ ratio: 1 });
    await short.click();
    await expect(banner.locator("xpath=..")).toBeFocused();
    await expect(banner).toBeInViewport({ ratio: 1 });
  }
  const file = await savedFile(page, () => banner.getByRole("button", { name: "Save it as a file" }).click());
  const count = await checklist.steps.count();
  counts.push({ what: "a private window without room, saved as a file", ticked: count, found: marks(file).length });
  expect(marks(file)).toHaveLength(count);
});

test("storage that is not there at all: the reader is told, and gets a file", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => null }));
  const checklist = new Checklist(page);
  await checklist.open();
  await check(checklist);
  const banner = page.getByRole("alert").filter({ hasText: /does not let the page store anything/ });
  const file = await savedFile(page, () => banner.getByRole("button", { name: "Save it as a file" }).click());
  const count = await checklist.steps.count();
  counts.push({ what: "no storage at all, saved as a file", ticked: count, found: marks(file).length });
  expect(marks(file)).toHaveLength(count);
});

test("a file that is hostile, or for another guide, costs no tick", async ({ page, context }, info) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await check(checklist);
  const count = await checklist.steps.count();
  await openRuns(page);
  const path = info.outputPath("run.json");
  const last = { at: 32_503_679_999_999 };
  const undone = Object.fromEntries((await checklist.steps.evaluateAll((all) => all.map((step) => step.getAttribute("data-step")!))).map((id) => [id, last]));
  for (const [text, told] of [
    [whole().replace("1.4.0", "9.9.9"), /another checklist/],
    ["{".repeat(200_000), /cannot be read|ends too early/],
    [JSON.stringify(run(undone)), /What this file would change/],
  ] as const) {
    await writeFile(path, text);
    await page.getByLabel("Open a file").setInputFiles(path);
    await expect(page.getByRole("alert").filter({ hasText: told })).toHaveCount(1);
    await expect(page.locator("[data-state=done]")).toHaveCount(count);
  }
  await page.getByRole("button", { name: "Leave it" }).click();
  await found("hostile files, and one for another guide", context, count);

  // It may undo all, if the reader wants that; but not what the reader does afterwards.
  await page.getByLabel("Open a file").setInputFiles(path);
  await page.getByRole("button", { name: "Take it over" }).click();
  await expect(page.locator("[data-state=done]")).toHaveCount(0);
  await check(checklist);
  await page.reload();
  await expect(page.locator("[data-state=done]")).toHaveCount(count);
  await found("ticked after a file of the year 2999", context, count);
});

/** Presses the boxes of steps in one go, as fast as the page can. */
async function press(page: Page, which: (step: Element, index: number) => boolean) {
  const count = await page.locator("[data-step]").count();
  const indices = Array.from({ length: count }, (_, index) => index).filter((index) => which(null as never, index));
  await page.locator("[data-step]").evaluateAll(
    (steps, indices) => indices.forEach((index) => steps[index]!.querySelector<HTMLInputElement>("input[type=checkbox]")!.click()),
    indices,
  );
}

/** Ticks every step that is not ticked. */
async function check(checklist: Checklist) {
  await checklist.page.locator("[data-step]:not([data-state=done])").evaluateAll((steps) =>
    steps.forEach((step) => step.querySelector<HTMLInputElement>("input[type=checkbox]")!.click()),
  );
  await expect(checklist.page.locator("[data-state=done]")).toHaveCount(await checklist.steps.count());
}

/** Opens the checklist in a new tab, counts what is ticked there, and notes it for the table. */
async function found(what: string, context: BrowserContext, ticked: number) {
  const fresh = new Checklist(await context.newPage());
  await fresh.open();
  const states = await fresh.steps.evaluateAll((all) => all.map((step) => step.getAttribute("data-state")));
  const found = states.filter((state) => state === "done").length;
  counts.push({ what, ticked, found });
  expect(found, what).toBe(ticked);
}

async function storedMarks(page: Page) {
  const text = await page.evaluate((key) => localStorage.getItem(key), KEY);
  return text === null ? [] : marks(text);
}

function marks(text: string) {
  const steps = JSON.parse(text).steps as Record<string, { mark?: string }>;
  return Object.values(steps).filter(({ mark }) => mark === "done");
}

/** The text of the file that a press saves. */
async function savedFile(page: Page, press: () => Promise<void>) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return readFile(await download.path(), "utf8");
}

async function openRuns(page: Page) {
  const runs = page.locator(".uc-runs");
  if (!(await runs.evaluate((fold: HTMLDetailsElement) => fold.open))) await runs.locator(".uc-runs__line").click();
}

/** Leaves no room in the storage, under keys of others. */
function fill() {
  for (let size = 1 << 22; size >= 1; size >>= 1) {
    try {
      for (let index = 0; ; index++) localStorage.setItem(`other-${size}-${index}`, "x".repeat(size));
    } catch {
      // No more of this size.
    }
  }
}
