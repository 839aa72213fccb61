// Everyone can use it: with the keyboard alone, on a narrow screen, in light and dark, with a
// screen reader as far as a machine can tell.

import type { Locator, Page } from "@playwright/test";
import { faults } from "./axe.ts";
import { Checklist } from "./checklist.ts";
import { expect, test } from "./quiet.ts";

const SCHEMES = ["light", "dark"] as const;
const WIDTHS = [320, 360, 640, 960, 1440];

test("the keyboard alone chooses, ticks and copies", async ({ page, context }) => {
  const checklist = new Checklist(page);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await checklist.open();

  // A group of radios is one stop; the arrows choose within it.
  const radios = page.getByRole("group", { name: await legendOf(checklist.radio("postgres")) }).getByRole("radio");
  await tabTo(page, radios);
  await press(page, "ArrowDown", checklist.radio("postgres"));
  await expect(checklist.radio("postgres")).toBeChecked();

  const step = checklist.steps.filter({ has: page.locator("figure[data-snippet] code[data-language=pgsql]") }).first();
  await tabTo(page, checklist.box(step));
  await tabTo(page, step.getByRole("button", { name: /^copy/i }));
  await page.keyboard.press("Enter");
  await expect(step.getByRole("button", { name: /^copied/i })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).not.toBe("");

  const box = checklist.box(step);
  await tabTo(page, box, "Shift+Tab");
  await page.keyboard.press("Space");
  await expect(step).toHaveAttribute("data-state", "done");
  await expect(box, "the focus stays where the reader is").toBeFocused();
});

for (const width of WIDTHS) {
  test(`at ${width} px nothing scrolls sideways but a long command in its box`, async ({ page }) => {
    const checklist = new Checklist(page);
    await page.setViewportSize({ width, height: 1000 });
    await checklist.open();
    for (const fold of ["folded", "unfolded"]) {
      if (fold === "unfolded") await checklist.unfold();
      const room = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(room, fold).toBe(0);
    }
    await picture(page, `${width}`);
    await checklist.steps.nth(1).evaluate((step) => step.scrollIntoView());
    await picture(page, `${width}-step`);
  });
}

test("at 320 px nothing scrolls sideways however long the words are that its reader says", async ({ page }) => {
  const checklist = new Checklist(page);
  await page.setViewportSize({ width: 320, height: 800 });
  await checklist.open();
  const name = "production_eu_west_1_openmetadata_upgrade";
  const room = () => page.evaluate(() => document.documentElement.scrollWidth);
  await page.locator(".uc-runs__line").click();
  await page.getByLabel("Name of this run").fill(name);
  expect(await room(), "a run's name").toBe(320);
  await page.getByLabel("Another run of this checklist").fill(`${name}_2`);
  await page.getByRole("button", { name: "Start it", exact: true }).click();
  await expect(page.locator(".uc-rail__run")).toHaveText(`${name}_2`);
  expect(await room(), "another run's name").toBe(320);
  const upgrade = checklist.step("run-upgrade");
  await upgrade.getByLabel("Going on regardless? Say why").fill(`https://tickets.example.com/${"0123456789".repeat(9)}`);
  await checklist.steps.evaluateAll((steps) => steps.forEach((step) => step.querySelector<HTMLInputElement>("input[type=checkbox]")!.click()));
  await expect(page.locator(".uc-finish")).toBeVisible();
  await checklist.unfold();
  expect(await room(), "a reason").toBe(320);
});

test("at 320 px a long value is seen whole where a step was done for another, and where a file says another", async ({ page }) => {
  const checklist = new Checklist(page);
  await page.setViewportSize({ width: 320, height: 800 });
  await checklist.open();
  const folder = (day: number) => `/srv/openmetadata_production_backup_before_upgrade_2026_11_${day}`;
  const step = checklist.step("back-up-metadata");
  await checklist.field("backup_dir").fill(folder(28));
  await checklist.box(step).check();
  await page.locator(".uc-runs__line").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as a file" }).click()]);
  await checklist.field("backup_dir").fill(folder(29));
  await page.locator("input[type=file]").setInputFiles(await download.path());

  for (const [words, place] of [[folder(28), step], [folder(29), page.locator(".uc-offer")]] as const) {
    const told = place.getByText(words).first();
    await expect(told).toBeVisible();
    const ends = await told.evaluate((told) => told.getBoundingClientRect().right);
    expect(ends, words).toBeLessThanOrEqual(320);
  }
});

test("where letters are twice as large, nothing scrolls sideways on a phone", async ({ page }) => {
  const checklist = new Checklist(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await checklist.open();
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  for (const fold of ["folded", "unfolded"]) {
    if (fold === "unfolded") await checklist.unfold();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), fold).toBe(390);
  }
});

for (const width of [320, 1440]) {
  test(`at ${width} px a note of one long word stays in its card, and moves no button`, async ({ page }) => {
    const checklist = new Checklist(page);
    await page.setViewportSize({ width, height: 900 });
    await checklist.open();
    const step = checklist.step("back-up-metadata");
    await step.locator(".uc-step__foot summary").click();
    const note = step.getByRole("textbox", { name: "Your note" });
    const buttons = step.locator(".uc-step__foot button");
    const places = () => buttons.evaluateAll((all) => all.map((button) => button.getBoundingClientRect().left));
    const before = await places();
    await note.fill(`https://example.com/${"abcdef/".repeat(16)}`);
    const [card, field] = await Promise.all([step.boundingBox(), note.boundingBox()]);
    expect(field!.x + field!.width).toBeLessThan(card!.x + card!.width);
    expect(await places()).toEqual(before);
  });
}

test("what is chosen covers no other choice with what it did, and says it until anything else is done", async ({ page }) => {
  const checklist = new Checklist(page);
  await page.setViewportSize({ width: 1440, height: 500 });
  await checklist.open();
  await checklist.radio("postgres").check();
  const told = page.getByRole("status").filter({ hasText: /steps? changed/ });
  await expect(told).toBeInViewport({ ratio: 1 });
  for (const radio of await page.locator(".uc-environment input[type=radio]").all()) {
    if (await radio.evaluate((radio) => radio.getBoundingClientRect().bottom < innerHeight)) expect(await isUncovered(radio)).toBe(true);
  }
  await checklist.box(checklist.steps.first()).check();
  await expect(told).toHaveCount(0);
});

for (const width of [360, 1440]) {
  test(`at ${width} px the next open step is one press away, and nothing covers it`, async ({ page }) => {
    const checklist = new Checklist(page);
    await page.setViewportSize({ width, height: 800 });
    await checklist.open();
    for (const index of [0, 1, 2]) {
      const step = checklist.steps.nth(index);
      const title = (await step.getByRole("heading").first().innerText()).trim();
      await page.getByRole("link", { name: /^next/i }).filter({ hasText: title }).click();
      await expect(step).toBeInViewport();
      await expect.poll(() => isUncovered(checklist.box(step)), { message: title }).toBe(true);
      await checklist.box(step).check();
    }
  });
}

for (const width of [1366, 390]) {
  test(`at ${width} px the list of keys is looked at and left, and the keyboard is where it was`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    const checklist = new Checklist(page);
    await checklist.open();
    const [list, third, fourth] = [page.locator(".uc-keys"), checklist.box(checklist.steps.nth(2)), checklist.box(checklist.steps.nth(3))];
    await third.focus();
    for (const key of ["?", "Escape"]) {
      await page.keyboard.press("?");
      await expect(list).toHaveAttribute("open");
      await expect(list.locator("summary")).toBeFocused();
      await page.keyboard.press(key);
      await expect(list).not.toHaveAttribute("open");
      await expect(third).toBeFocused();
      await expect(third).toBeInViewport();
    }
    // Or on from there at once.
    await page.keyboard.press("?");
    await page.keyboard.press("j");
    await expect(fourth).toBeFocused();
  });
}

test("the keyboard goes on from where a link within the page led", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const next = page.getByRole("link", { name: /^next/i });
  const [first, second] = [checklist.steps.nth(0), checklist.steps.nth(1)];
  await next.click();
  await page.keyboard.press("x");
  await expect(first).toHaveAttribute("data-state", "done");
  await expect(next).toContainText((await second.getByRole("heading").first().innerText()).trim());
  await next.click();
  await page.keyboard.press("Tab");
  await expect(checklist.box(second)).toBeFocused();

  // A field that is in the way of a command is led to, and stays in the order of Tab.
  await checklist.field("port").fill("x");
  await checklist.unfold();
  await checklist.snippets.getByRole("link", { name: /: A port is a whole number/ }).filter({ visible: true }).first().click();
  await expect(checklist.field("port")).toBeFocused();
  await expect(checklist.field("port")).toBeInViewport({ ratio: 1 });
  expect(await checklist.field("port").evaluate((field: HTMLElement) => field.tabIndex)).toBe(0);
});

for (const width of [390, 900]) {
  test(`at ${width} px what the keyboard comes to is not behind the summary`, async ({ page }) => {
    const checklist = new Checklist(page);
    await page.setViewportSize({ width, height: 700 });
    await checklist.open();
    const controls = checklist.steps.nth(11).locator("button, summary, a, input").filter({ visible: true });
    for (const control of await controls.all()) {
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await control.focus();
      const bar = (await page.locator(".uc-rail__summary").boundingBox())!;
      expect((await control.boundingBox())!.y, await control.innerText()).toBeGreaterThanOrEqual(bar.y + bar.height);
    }
  });
}

test("of what unfolds beside the steps, one at a time is open", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const [downloads, keys] = ["Download", "Keyboard shortcuts"].map((name) =>
    page.locator("details").filter({ has: page.locator("summary").getByText(name, { exact: true }) }),
  );
  await downloads!.locator("summary").click();
  await expect(downloads!).toHaveAttribute("open");
  await keys!.locator("summary").click();
  await expect(keys!).toHaveAttribute("open");
  await expect(downloads!).not.toHaveAttribute("open");
});

for (const name of ["Start over", "Keyboard shortcuts"]) {
  test(`what “${name}” opens is in view`, async ({ page }) => {
    const checklist = new Checklist(page);
    await page.setViewportSize({ width: 1440, height: 700 });
    await checklist.open();
    const fold = page.locator("details").filter({ has: page.locator("summary").getByText(name, { exact: true }) });
    await fold.locator("summary").click();
    await expect(fold.locator(":scope > :last-child")).toBeInViewport({ ratio: 1 });
  });
}

for (const colorScheme of SCHEMES) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("the background is what the reader's system asks for", async ({ page }) => {
      await new Checklist(page).open();
      const [red, green, blue] = await page.evaluate(() => {
        const canvas = document.createElement("canvas").getContext("2d")!;
        const paints = [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor);
        canvas.fillStyle = matchMedia("(prefers-color-scheme: dark)").matches ? "black" : "white";
        for (const paint of paints.reverse()) {
          canvas.fillRect(0, 0, 1, 1);
          canvas.fillStyle = paint;
        }
        canvas.fillRect(0, 0, 1, 1);
        return canvas.getImageData(0, 0, 1, 1).data;
      });
      const brightness = (red! + green! + blue!) / 3;
      if (colorScheme === "dark") expect(brightness).toBeLessThan(80);
      else expect(brightness).toBeGreaterThan(200);
      await picture(page, colorScheme);
    });
  });
}

// In which colours and widths, gallery.spec.ts looks at; what each needs is the same here.
test("axe finds nothing in the whole page, after choosing and ticking", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.radio("postgres").check();
  await checklist.field("port").fill("not a port");
  await checklist.box(checklist.steps.first()).check();
  await checklist.unfold();
  expect(await faults(page, ["color-contrast"])).toEqual([]);
});

test("the focus stays where the reader works", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const step = checklist.steps.first();
  const note = step.getByRole("textbox");
  await step.locator("summary", { hasText: "Note" }).click();
  await note.fill("x");
  await note.press("Backspace");
  await expect(note).toBeFocused();

  await step.getByRole("button", { name: "Does not apply here" }).click();
  await expect(step).toHaveAttribute("data-state", "not-applicable");
  await expect(checklist.box(step)).toBeFocused();

  // Where a long step ends its box is out of sight, and comes back with what follows.
  const long = checklist.step("back-up-metadata");
  await long.getByRole("button", { name: "Done", exact: true }).click();
  await expect(long).toHaveAttribute("data-state", "done");
  await expect(checklist.box(long)).toBeFocused();
  await expect(checklist.box(long)).toBeInViewport({ ratio: 1 });
});

test("a press on all that is around a box ticks it", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const step = checklist.steps.first();
  await step.evaluate((step) => step.scrollIntoView());
  for (const [x, y, state] of [[-9, -9, "done"], [30, 11, "todo"], [11, 30, "done"], [11, 11, "todo"]] as const) {
    const box = (await checklist.box(step).boundingBox())!;
    await page.mouse.click(box.x + x, box.y + y);
    await expect(step).toHaveAttribute("data-state", state);
  }
});

/** Keeps what can be seen now, for people to look at. */
async function picture(page: Page, name: string) {
  await page.screenshot({ path: `../../target/playwright/pictures/${name}.png` });
}

/** Whether a press on the middle of an element reaches it. */
async function isUncovered(element: Locator) {
  return element.evaluate((wanted) => {
    const { x, y, width, height } = wanted.getBoundingClientRect();
    const tree = wanted.getRootNode() as Document | ShadowRoot;
    return tree.elementFromPoint(x + width / 2, y + height / 2) === wanted;
  });
}

async function legendOf(radio: Locator) {
  return radio.evaluate((input) => input.closest("fieldset")!.querySelector("legend")!.textContent!.trim());
}

/** Presses Tab until one of these has the focus, and sees that the focus can be seen. */
async function tabTo(page: Page, wanted: Locator, key: "Tab" | "Shift+Tab" = "Tab") {
  await press(page, key, wanted);
  // The ring may stand around the label that holds the control.
  const seen = await page.evaluate(() => {
    const active = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
    return [active, active?.closest("label")].some((element) => {
      if (!element) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== "none" && outlineWidth !== "0px";
    });
  });
  expect(seen, "the focus is visible").toBe(true);
}

/** Presses a key until one of these has the focus. */
async function press(page: Page, key: string, wanted: Locator) {
  const focused = wanted.and(page.locator(":focus"));
  for (let presses = 0; presses < 400; presses += 1) {
    await page.keyboard.press(key);
    if ((await focused.count()) > 0) return;
  }
  throw new Error(`${key} never reaches ${wanted}`);
}
