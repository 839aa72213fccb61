// What a reader did outlasts other tabs, and a browser that refuses costs nothing but its help.

import type { Page } from "@playwright/test";
import { Checklist } from "./checklist.ts";
import { expect, test } from "./quiet.ts";

const KEY = "upgrade-checklist:v1:openmetadata-1.4.0:default";

type Fault = {
  title: string;
  /** Runs in the page before the checklist does. */
  before: (key: string) => void;
  /** What the reader is told. */
  told: RegExp;
  /** What is in the storage after a tick, but for what is not ours; null: nothing can be. */
  stored: Record<string, RegExp> | null;
};

const faults: Fault[] = [
  {
    title: "storage that is forbidden",
    before: () =>
      Object.defineProperty(window, "localStorage", {
        get: () => {
          throw new DOMException("denied", "SecurityError");
        },
      }),
    told: /does not let the page store anything/,
    stored: null,
  },
  {
    title: "storage that is not there",
    before: () => Object.defineProperty(window, "localStorage", { get: () => null }),
    told: /does not let the page store anything/,
    stored: null,
  },
  {
    title: "storage that others have filled",
    before: () => {
      for (let size = 1 << 22; size >= 1; size >>= 1) {
        try {
          for (let index = 0; ; index++) localStorage.setItem(`other-${size}-${index}`, "x".repeat(size));
        } catch {
          // No more of this size.
        }
      }
    },
    told: /storage for this site is full/,
    stored: {},
  },
  {
    title: "a text that was cut short",
    before: (key) => localStorage.setItem(key, '{"schema":1,"gui'),
    told: /ends too early.* set aside under .*:unreadable:\d+/,
    stored: { [KEY]: /"mark":"done"/, [`${KEY}:unreadable:TIME`]: /^{"schema":1,"gui$/ },
  },
  {
    title: "a text of which a part is damaged",
    before: (key) =>
      localStorage.setItem(
        key,
        '{"schema":1,"guide":"openmetadata-1.4.0","run":"default","steps":{"raise-memory":{"mark":"done","at":1},"x":7}}',
      ),
    told: /part of the saved progress was damaged.*restored/,
    stored: { [KEY]: /"raise-memory":{"mark":"done","at":1}/, [`${KEY}:unreadable:TIME`]: /"x":7/ },
  },
  {
    title: "a text of a newer version",
    before: (key) => localStorage.setItem(key, '{"schema":7}'),
    told: /newer version .*schema 7.* not saved/,
    stored: { [KEY]: /^{"schema":7}$/ },
  },
];

for (const { title, before, told, stored } of faults) {
  test(`${title}: the reader is told, and the page works`, async ({ page }) => {
    await page.addInitScript(before, KEY);
    const checklist = new Checklist(page);
    await checklist.open();
    const step = checklist.steps.first();
    await checklist.box(step).check();
    await expect(step).toHaveAttribute("data-state", "done");
    await expect(page.getByRole("alert").filter({ hasText: told })).toHaveCount(1);

    if (stored === null) return;
    const found = await ours(page);
    expect(Object.keys(found).sort()).toEqual(Object.keys(stored).sort());
    for (const [key, text] of Object.entries(stored)) expect(found[key]).toMatch(text);
  });
}

test("two tabs that tick at the same moment lose no tick", async ({ page, context }) => {
  const tabs = [new Checklist(page), new Checklist(await context.newPage())];
  await Promise.all(tabs.map((tab) => tab.open()));
  const count = await tabs[0]!.steps.count();
  // Each tab ticks every other step, without waiting for the other to be heard.
  await Promise.all(
    tabs.map((tab, parity) =>
      tab.steps.evaluateAll(
        (steps, parity) =>
          steps
            .filter((_, index) => index % 2 === parity)
            .forEach((step) => step.querySelector<HTMLInputElement>("input[type=checkbox]")?.click()),
        parity,
      ),
    ),
  );
  for (const tab of tabs) await expect(tab.page.locator("[data-state=done]")).toHaveCount(count);

  await page.reload();
  await expect(page.locator("[data-state=done]")).toHaveCount(count);
});

test("a page whose storage is emptied keeps what it shows, and stores it at the next tick", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.box(checklist.steps.nth(0)).check();
  await page.evaluate(() => localStorage.clear());
  await checklist.box(checklist.steps.nth(1)).check();
  await expect(page.locator("[data-state=done]")).toHaveCount(2);

  await page.reload();
  await expect(page.locator("[data-state=done]")).toHaveCount(2);
});

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
    const shown = await snippet.locator("pre > code").evaluate((code) => code.textContent);
    const field = new Checklist(other).field("host").first();
    await field.focus();
    await other.keyboard.press("Control+V");
    // A field of one line makes of lines what it can.
    await expect.poll(async () => (await field.inputValue()).replaceAll(/\s/g, "")).toBe(shown!.replaceAll(/\s/g, ""));
  });
}

/** What is stored under keys of ours, the time in them left out. */
function ours(page: Page) {
  return page.evaluate(() =>
    Object.fromEntries(
      Object.keys(localStorage)
        .filter((key) => key.startsWith("upgrade-checklist:"))
        .map((key) => [key.replace(/:unreadable:\d+$/, ":unreadable:TIME"), localStorage.getItem(key) ?? ""]),
    ),
  );
}
