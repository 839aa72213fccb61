// Fewer steps: what is open, what concerns us, one area, some words. And the changes to review,
// one key each.

import type { Page } from "@playwright/test";
import { Checklist } from "./checklist.ts";
import { expect, test } from "./quiet.ts";

test.beforeEach(async ({ page }) => new Checklist(page).open());

test("a review is gone through with one key a change, and its counts add up", async ({ page }) => {
  const checklist = new Checklist(page);
  const review = page.locator("[data-step]").filter({ has: page.getByRole("button", { name: "Concerns us" }) });
  const all = await review.count();
  expect(all).toBeGreaterThanOrEqual(11);
  await page.getByRole("button", { name: "Concerns us" }).first().focus();
  for (let index = 0; index < all; index += 1) {
    // Every second one is not ours.
    if (index % 2) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await counts(page, all);
    if (index % 2) await expect.poll(() => focusedName(page)).toMatch(index + 1 < all ? /Does not apply here/ : /./);
    if (index % 2 && index + 1 < all) await page.keyboard.press("Shift+Tab");
  }
  await expect(review).toHaveCount(0);
  await expect(page.locator("[data-state=not-applicable]")).toHaveCount(Math.floor(all / 2));

  await page.getByRole("radio", { name: "Ours" }).check();
  await expect(checklist.steps.filter({ visible: true, has: page.locator(":scope[data-state=not-applicable]") })).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: /\d+ of \d+ steps shown/ })).toBeVisible();
  await page.reload();
  await counts(page, all);
});

test("the field that is typed in stays where it is, however little is found", async ({ page }) => {
  const search = page.getByRole("searchbox");
  await search.evaluate((field) => scrollTo({ top: field.getBoundingClientRect().top + scrollY - 60, behavior: "instant" }));
  const before = (await search.boundingBox())!.y;
  await search.fill("zzz");
  await expect(page.getByText("No step matches.")).toBeVisible();
  expect(Math.abs((await search.boundingBox())!.y - before)).toBeLessThan(2);
});

test("what is done stays where it is until the reader asks again", async ({ page }) => {
  const checklist = new Checklist(page);
  await page.getByRole("radio", { name: "Open", exact: true }).check();
  const step = checklist.steps.nth(1);
  await checklist.box(step).check();
  await expect(step).toBeVisible();
  await page.getByRole("radio", { name: "All", exact: true }).check();
  await page.getByRole("radio", { name: "Open", exact: true }).check();
  await expect(step).toBeHidden();
  await page.getByRole("button", { name: "Show all steps" }).click();
  await expect(step).toBeVisible();
});

test("a search finds commands with the reader's values, and what was noted", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.radio("postgres").check();
  await checklist.field("database").fill("catalogue_of_all");
  const search = page.getByRole("searchbox");
  await search.fill("CATALOGUE_of_all  pg_dump");
  const shown = checklist.steps.filter({ visible: true });
  await expect.poll(() => shown.count()).toBeGreaterThan(0);
  expect(await shown.count()).toBeLessThan(await checklist.steps.count());
  // What is folded away is drawn when the browser is idle.
  const without = shown.filter({ hasNotText: /catalogue_of_all/ });
  await expect(without).toHaveCount(0);

  await search.fill("no such thing anywhere");
  await expect(shown).toHaveCount(0);
  await expect(page.getByText("No step matches.")).toBeVisible();
  // A link leads to what is hidden, and shows it.
  await page.getByRole("link", { name: /^next/i }).click();
  await expect(checklist.steps.first()).toBeInViewport();
});

test("an area is all that is shown", async ({ page }) => {
  const checklist = new Checklist(page);
  const areas = page.getByRole("combobox", { name: "Area" });
  const area = areas.getByRole("option").filter({ hasText: "API" }).first();
  await areas.selectOption((await area.getAttribute("value"))!);
  await expect.poll(() => checklist.steps.filter({ visible: true }).count()).toBeLessThan(10);
  await expect(checklist.steps.filter({ visible: true }).first()).toBeVisible();
});

test("the browser's own search reaches what is folded", async ({ page }) => {
  const checklist = new Checklist(page);
  const step = checklist.steps.first();
  await checklist.box(step).check();
  const body = step.locator(".uc-step__body");
  await expect(body).toHaveAttribute("hidden", "until-found");
  // What a browser does when it found something there.
  await body.evaluate((body) => body.dispatchEvent(new Event("beforematch", { bubbles: true })));
  await expect(body).not.toHaveAttribute("hidden");
  await expect(step.getByRole("button", { name: /^details/i })).toHaveAttribute("aria-expanded", "true");
});

test("single keys go through the checklist, until they are switched off", async ({ page }) => {
  const checklist = new Checklist(page);
  const [first, second] = [checklist.steps.nth(0), checklist.steps.nth(1)];
  await page.keyboard.press("n");
  await expect(checklist.box(first)).toBeFocused();
  await page.keyboard.press("x");
  await expect(first).toHaveAttribute("data-state", "done");
  await page.keyboard.press("j");
  await expect(checklist.box(second)).toBeFocused();
  await page.keyboard.press("d");
  await expect(second).toHaveAttribute("data-state", "not-applicable");
  await page.keyboard.press("k");
  await page.keyboard.press("x");
  await expect(first).toHaveAttribute("data-state", "todo");
  // A key that is held goes through the steps, and does nothing twice.
  await page.keyboard.down("x");
  await page.keyboard.down("x");
  await page.keyboard.up("x");
  await expect(first).toHaveAttribute("data-state", "done");
  await page.keyboard.press("x");
  await page.keyboard.down("j");
  await page.keyboard.down("j");
  await page.keyboard.up("j");
  await expect(checklist.box(checklist.steps.nth(2))).toBeFocused();
  await page.keyboard.press("/");
  await page.keyboard.type("xn");
  await expect(page.getByRole("searchbox")).toHaveValue("xn");
  await page.getByRole("searchbox").fill("");

  await page.locator("summary", { hasText: "Keyboard shortcuts" }).click();
  await page.getByRole("checkbox", { name: /^Single keys/ }).uncheck();
  await page.reload();
  await checklist.ready();
  await page.keyboard.press("n");
  await expect(checklist.box(first)).not.toBeFocused();
});

test("a key does something only with the step in which the focus is", async ({ page }) => {
  const checklist = new Checklist(page);
  const [first, second] = [checklist.steps.nth(0), checklist.steps.nth(1)];
  const list = page.locator("summary", { hasText: "Keyboard shortcuts" });
  await checklist.box(first).focus();
  await page.keyboard.press("?");
  await expect(list).toBeFocused();
  await page.keyboard.press("x");
  await page.keyboard.press("Escape");
  await expect(checklist.box(first)).toBeFocused();
  await checklist.box(second).focus();
  await list.click();
  await page.keyboard.press("x");
  await page.keyboard.press("d");
  await expect(page.locator(":is([data-state=done], [data-state=not-applicable])")).toHaveCount(0);
});

test("single keys that were switched off stay so in every run, even where nothing can be stored", async ({ page }) => {
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("", "QuotaExceededError");
    };
  });
  const keys = page.getByRole("checkbox", { name: /^Single keys/ });
  const start = async (name: string) => {
    await page.locator(".uc-runs, .uc-keys").evaluateAll((folds: HTMLDetailsElement[]) => folds.forEach((fold) => (fold.open = true)));
    await page.getByLabel("Another run of this checklist").fill(name);
    await page.getByRole("button", { name: "Start it", exact: true }).click();
    await expect(page.locator(".uc-runs__line")).toContainText(name);
  };
  await start("staging");
  await keys.uncheck();
  await start("prod-eu");
  await expect(keys).not.toBeChecked();
  await keys.check();
  await start("prod-us");
  await expect(keys).toBeChecked();
});

/** The counts of the review add up to all of it. */
async function counts(page: Page, all: number) {
  await expect
    .poll(async () => {
      const [total, ...parts] = ((await page.locator(".uc-review").textContent()) ?? "").match(/\d+/g)!.map(Number);
      return [total, parts.reduce((sum, part) => sum + part, 0)];
    })
    .toEqual([all, all]);
}

async function focusedName(page: Page) {
  return page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? "");
}
