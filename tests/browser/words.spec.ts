// The words of the program are of the host's language, those of the page are its author's.

import { readFile } from "node:fs/promises";
import { Checklist } from "./checklist.ts";
import { expect, test } from "./quiet.ts";

test("in a German page the checklist speaks German, and the page's text is said to be English", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.radio("postgres").check();
  await checklist.field("port").fill("many");
  await expect(page.getByText("A port is a whole number from 1 to 65535.").first()).toBeVisible();

  await page.locator("upgrade-checklist").evaluate((element) => element.setAttribute("lang", "de-AT"));
  await expect(page.getByText("Ein Port ist eine ganze Zahl von 1 bis 65535.").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Ihre Umgebung" })).toBeVisible();
  await expect(page.locator(".uc")).toHaveAttribute("lang", "de");
  await expect(page.getByRole("heading", { level: 1 })).toHaveAttribute("lang", "en");
  const step = checklist.steps.first();
  await checklist.box(step).check();
  await expect(step).toContainText("Erledigt");
  // The browser of these tests speaks English, the page says when in German.
  await expect(step.locator(".uc-step__meta")).toContainText(/Erledigt, \d\d\.\d\d\.\d{4}/);
  await expect(page.locator("upgrade-checklist")).not.toContainText("To do");
  // A language that the program does not speak.
  await page.locator("upgrade-checklist").evaluate((element) => element.setAttribute("lang", "fi"));
  await expect(page.getByRole("heading", { name: "What you run" })).toBeVisible();
});

test("what a German reader saves speaks English throughout, what was done included", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await page.locator("upgrade-checklist").evaluate((element) => element.setAttribute("lang", "de"));
  const step = checklist.steps.first();
  await checklist.box(step).check();
  await expect(step).toContainText("Erledigt");
  await page.locator(".uc-downloads > summary").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Nur Text" }).click()]);
  const text = await readFile(await download.path(), "utf8");
  expect(text).toMatch(/\[x\] .*\n.*\n {4}Done, /);
  expect(text).not.toContain("Erledigt");
});

test("from right to left nothing scrolls sideways, and commands still run from left to right", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  const checklist = new Checklist(page);
  await checklist.open();
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  const box = await checklist.box(checklist.steps.first()).boundingBox();
  expect(box!.x, "the box stands at the right").toBeGreaterThan(180);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  // "35 steps" begins with its number, at the left.
  const [first, last] = await page.locator(".uc-head__extent").evaluate(({ firstChild }) => {
    const at = (place: number) => {
      const letter = document.createRange();
      letter.setStart(firstChild!, place);
      letter.setEnd(firstChild!, place + 1);
      return letter.getBoundingClientRect().x;
    };
    return [at(0), at((firstChild as Text).length - 1)];
  });
  expect(first, "words of another direction read as they are").toBeLessThan(last!);
  const code = page.locator("figure[data-snippet] pre > code").first();
  expect(await code.evaluate((code) => getComputedStyle(code).direction)).toBe("ltr");
  expect(await code.evaluate((code) => getComputedStyle(code).textAlign), "its indentation is seen").toBe("left");
  const placeholder = page.locator("input[placeholder='~/openmetadata-backup']");
  expect(await placeholder.evaluate((field) => getComputedStyle(field, "::placeholder").unicodeBidi)).toBe("plaintext");
});
