// axe-core finds nothing in any component, in any of its states, themes and widths.

import { expect, test } from "@playwright/test";
import { faults } from "./axe.ts";
import { addressOf, views } from "./gallery.ts";

const WIDTHS = [360, 1280];
const THEMES = [
  { name: "light", media: { colorScheme: "light", forcedColors: "none" } },
  { name: "dark", media: { colorScheme: "dark", forcedColors: "none" } },
  { name: "forced colours", media: { colorScheme: "dark", forcedColors: "active" } },
] as const;

test("there is a gallery", () => expect(views.length).toBeGreaterThan(8));

for (const view of views) {
  test(`axe finds nothing in ${view}`, async ({ page }) => {
    await page.goto(addressOf(view));
    // All that can be seen at once: what is folded is not looked at.
    await page.locator("details").evaluateAll((folds: HTMLDetailsElement[]) => folds.forEach((fold) => (fold.open = true)));
    for (const { name, media } of THEMES) {
      await page.emulateMedia({ ...media, reducedMotion: "reduce" });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        expect.soft(await faults(page), `${name}, ${width} px`).toEqual([]);
      }
    }
  });
}
