// Nothing that was ticked is lost: not between tabs, not when a tab dies, not when the browser
// refuses. What was ticked and what was found is counted, and printed as a table at the end.

import { chromium, type BrowserContext, type Page } from "@playwright/test";
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

test("a renderer that is killed right after a tick has kept it", async ({ page, context }) => {
  const other = new Checklist(await context.newPage());
  await other.open();
  const count = 10;
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
    await expect(checklist.steps.first().getByRole("checkbox")).toBeEnabled();
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
    counts.push({ what: "storage forbidden, saved as a file", ticked: count, found: marks(file).length });
    expect(marks(file)).toHaveLength(count);
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
  await found("storage emptied after each tick but the last", context, count);
});

test("a clock that goes back before every tick loses none", async ({ page, context }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const count = await checklist.steps.count();
  let now = Date.UTC(2026, 10, 22, 3);
  for (let index = 0; index < count; index += 1) {
    await page.clock.setFixedTime((now -= 3_600_000));
    const box = checklist.box(checklist.steps.nth(index));
    await box.check();
    await box.uncheck();
    await box.check();
  }
  await found("a clock that goes back an hour before each tick", context, count);
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
  for (const step of await checklist.steps.all()) await checklist.box(step).check();
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
