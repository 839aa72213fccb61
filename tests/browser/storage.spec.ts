// The page leaves alone what others keep, and copies where the browser gives it no clipboard.
// That nothing of the reader's is lost, `proof.spec.ts` shows.

import { Checklist } from "./checklist.ts";
import { expect, test } from "./quiet.ts";

test("what others keep in the storage stays", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("of another page", "as it was"));
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.box(checklist.steps.first()).check();
  expect(await page.evaluate(() => localStorage.getItem("of another page"))).toBe("as it was");
  expect(await page.evaluate(() => localStorage.length)).toBe(2);
});

for (const [title, before] of [
  ["without a clipboard, as on a page without HTTPS", () => {
    Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined });
  }],
  ["with a clipboard that refuses", () => {
    Clipboard.prototype.writeText = () => Promise.reject(new DOMException("denied", "NotAllowedError"));
  }],
] as const) {
  test(`copying works ${title}`, async ({ page, context }) => {
    const checklist = new Checklist(page);
    await page.addInitScript(before);
    await checklist.open();
    await checklist.unfold();
    const snippet = checklist.snippets.filter({ visible: true }).first();
    const button = snippet.getByRole("button", { name: /^copy/i });
    await button.click();
    await expect(snippet.getByRole("button", { name: /^copied/i })).toBeFocused();
    await expect(page.locator("textarea[readonly]")).toHaveCount(0);

    // Another page has a clipboard: what is pasted there is what was copied here.
    const other = await context.newPage();
    await other.goto(page.url());
    await other.bringToFront();
    await new Checklist(other).ready();
    const shown = await snippet.locator("pre > code").evaluate((code) => code.textContent);
    const field = new Checklist(other).field("host").first();
    await field.focus();
    await other.keyboard.press("Control+V");
    // A field of one line makes of lines what it can.
    await expect.poll(async () => (await field.inputValue()).replaceAll(/\s/g, "")).toBe(shown!.replaceAll(/\s/g, ""));
  });
}

for (const [width, height] of [[1366, 750], [390, 844]] as const) {
  test(`what is wrong is told where its reader is, ${width} px wide`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const checklist = new Checklist(page);
    await checklist.open();
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("no room", "QuotaExceededError");
      };
    });
    await checklist.box(checklist.steps.nth(9)).check();
    const told = page.locator(".uc-notice[data-urgent=true]");
    await expect(told).toBeInViewport({ ratio: 1 });
    // It lies over what is read, not over what is beside it.
    const [notice, rail] = [await told.boundingBox(), await page.locator(".uc-rail__summary").boundingBox()];
    expect(notice!.x >= rail!.x + rail!.width || notice!.y >= rail!.y + rail!.height, JSON.stringify([notice, rail])).toBe(true);
  });
}
