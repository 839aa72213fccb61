// The main job, as a reader does it: choose, read, copy, tick, leave, come back, start over.

import { Checklist, TITLES } from "./checklist.ts";
import { expect, test } from "./quiet.ts";

// Someone whose name has to be quoted wherever it stands.
const USER = "o'brien";

test.beforeEach(async ({ page }) => new Checklist(page).open());

test("every step of the original page is a box to tick, in its order", async ({ page }) => {
  const { steps } = new Checklist(page);
  const names: string[] = [];
  for (const step of await steps.all()) {
    const label = await step.getByRole("checkbox").first().evaluate((box: HTMLInputElement) => box.labels?.[0]?.textContent);
    names.push((label ?? "").replaceAll(/\s+/g, " ").trim());
  }
  expect(names.filter((name) => TITLES.includes(name))).toEqual(TITLES);

  const ids = await steps.evaluateAll((all) => all.map((step) => step.getAttribute("data-step")));
  expect(new Set(ids).size, "no two steps share an id").toBe(ids.length);
});

test("a box is called what its step is called", async ({ page }) => {
  for (const title of TITLES) {
    await expect(page.getByRole("checkbox", { name: title, exact: true }).first()).not.toBeChecked();
  }
});

test("until an engine is chosen both are shown, and then only that one", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.unfold();
  await expect(checklist.code("mysql").first()).toBeVisible();
  await expect(checklist.code("pgsql").first()).toBeVisible();

  await checklist.radio("postgres").check();
  await expect(checklist.code("mysql")).toHaveCount(0);
  await expect(checklist.code("pgsql").first()).toBeVisible();

  await checklist.radio("mysql").check();
  await expect(checklist.code("pgsql")).toHaveCount(0);
  await expect(checklist.code("mysql").first()).toBeVisible();
});

test("every copied command is the command that is shown, values in place", async ({ page, context }) => {
  const checklist = new Checklist(page);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await checklist.radio("postgres").check();
  await checklist.field("user").fill(USER);
  await expect(checklist.code("pgsql").filter({ hasText: `"${USER}"` }).first()).toBeAttached();
  await checklist.unfold();

  const snippets = checklist.snippets.filter({ has: page.locator("code"), visible: true });
  expect(await snippets.count()).toBeGreaterThan(3);
  const first = snippets.first();
  await first.getByRole("button", { name: /^copy/i }).click();
  const copies = page.getByRole("button", { name: /^copied/i });
  await expect(first.getByRole("button", { name: /^copied/i })).toBeVisible();
  // One of them says so, and says it again.
  await snippets.nth(1).getByRole("button", { name: /^copy/i }).click();
  await expect(snippets.nth(1).getByRole("button", { name: /^copied/i })).toBeVisible();
  await expect(copies).toHaveCount(1);
  const said = copies.evaluate(async (button) => {
    const live = button.querySelector("[aria-live]")!;
    const texts: (string | null)[] = [];
    new MutationObserver(() => texts.push(live.textContent)).observe(live, { childList: true, characterData: true, subtree: true });
    (button as HTMLElement).click();
    while (texts.at(-1) !== "Copied") await new Promise(requestAnimationFrame);
    return texts;
  });
  expect(await said).toEqual(["", "Copied"]);
  // There are many: a click each, and nothing else that takes time.
  const copied = await snippets.evaluateAll(async (figures) => {
    const said: { shown: string | null; copied: string }[] = [];
    for (const figure of figures) {
      await navigator.clipboard.writeText("");
      figure.querySelector<HTMLButtonElement>(".uc-copy")!.click();
      let copied = "";
      while (!copied) copied = await navigator.clipboard.readText();
      said.push({ shown: figure.querySelector("pre > code")!.textContent, copied });
    }
    return said;
  });
  for (const { shown, copied: text } of copied) expect(text).toBe(shown);
});

test("a tick counts at once", async ({ page }) => {
  const checklist = new Checklist(page);
  const step = checklist.steps.first();
  await expect(checklist.progress.first()).toHaveJSProperty("value", 0);
  await checklist.box(step).check();
  await expect(step).toHaveAttribute("data-state", "done");
  expect(await checklist.progress.first().evaluate((bar: HTMLProgressElement) => bar.value)).toBeGreaterThan(0);
  await expect(page.locator("[aria-live=polite]", { hasText: /\b1\b/ }).first()).toBeVisible();

  await checklist.box(step).uncheck();
  await expect(step).toHaveAttribute("data-state", "todo");
  await expect(checklist.progress.first()).toHaveJSProperty("value", 0);
});

test("a box that is pressed again before its step is drawn anew is as it says", async ({ page }) => {
  const checklist = new Checklist(page);
  const twice = checklist.steps.first();
  await checklist.box(twice).evaluate((box: HTMLInputElement) => [1, 2].forEach(() => box.click()));
  // What follows is drawn after it.
  await checklist.box(checklist.steps.nth(1)).check();
  await expect(checklist.steps.nth(1)).toHaveAttribute("data-state", "done");
  await expect(twice).toHaveAttribute("data-state", "todo");
  await expect(checklist.box(twice)).not.toBeChecked();
});

test("all is found as it was left", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.radio("postgres").check();
  await checklist.field("user").fill(USER);
  const ticked = [await checklist.idOf(checklist.steps.nth(0)), await checklist.idOf(checklist.steps.nth(3))];
  for (const id of ticked) await checklist.box(checklist.step(id)).check();

  await page.reload();
  for (const id of ticked) await expect(checklist.step(id)).toHaveAttribute("data-state", "done");
  await expect(page.locator("[data-state=done]")).toHaveCount(ticked.length);
  await expect(checklist.radio("postgres")).toBeChecked();
  await expect(checklist.field("user")).toHaveValue(USER);
});

test("another tab of the same checklist sees a tick", async ({ page, context }) => {
  const checklist = new Checklist(page);
  const other = new Checklist(await context.newPage());
  await other.open();
  const id = await checklist.idOf(checklist.steps.nth(1));
  await checklist.box(checklist.step(id)).check();
  await expect(other.step(id)).toHaveAttribute("data-state", "done");
});

test("a step whose commands pass over what is suggested says so, and takes it", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.radio("mysql").check();
  await checklist.radio("self-managed").check();
  const raise = checklist.step("raise-memory");
  const suggestion = raise.locator(".uc-step__suggestion");
  await expect(suggestion).toHaveCount(0);

  await checklist.field("largest_row").fill("4500000");
  await expect(suggestion).toContainText("Memory for sorting · Suggested: 65MB");
  await expect(checklist.step("back-up-metadata").locator(".uc-step__suggestion"), "none of its commands has it").toHaveCount(0);
  await suggestion.getByRole("button", { name: "Use it" }).click();
  await expect(suggestion).toHaveCount(0);
  await expect(checklist.box(raise)).toBeFocused();
  await expect(checklist.field("memory")).toHaveValue("65MB");
});

test("starting over asks first, and then forgets everything", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.radio("mysql").check();
  await checklist.box(checklist.steps.first()).check();

  const question = page.locator("summary", { hasText: /start over/i });
  const yes = page.getByRole("button", { name: /yes, start over/i });
  await expect(yes).toBeHidden();
  await question.click();
  await expect(page.locator("[data-state=done]")).toHaveCount(1);
  await question.click();
  await expect(yes).toBeHidden();
  await expect(page.locator("[data-state=done]")).toHaveCount(1);

  await question.click();
  await yes.click();
  await expect(page.locator("[data-state=done]")).toHaveCount(0);
  await expect(yes, "it was answered").toBeHidden();
  await expect(question).toBeFocused();
  await expect(checklist.radio("mysql")).not.toBeChecked();

  await page.reload();
  await expect(checklist.steps.first()).toHaveAttribute("data-state", "todo");
  await expect(page.locator("[data-state=done]")).toHaveCount(0);
  await expect(checklist.radio("mysql")).not.toBeChecked();
});
