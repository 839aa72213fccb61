// axe-core finds nothing in any component, in any of its states, themes and widths.

import { expect, test } from "@playwright/test";
import { faults, faultsOfColour } from "./axe.ts";
import { addressOf, views } from "./gallery.ts";

const WIDTHS = [360, 1280];
/** Beside the light one, in which all is looked at. */
const OTHER_THEMES = {
  dark: { colorScheme: "dark" },
  "forced colours": { colorScheme: "dark", forcedColors: "active" },
} as const;

test("there is a gallery", () => expect(views.length).toBeGreaterThan(8));

for (const view of views) {
  test(`axe finds nothing in ${view}`, async ({ page }) => {
    await page.goto(addressOf(view));
    // All that can be seen at once: what is folded is not looked at.
    await page.locator("details").evaluateAll((folds: HTMLDetailsElement[]) => folds.forEach((fold) => (fold.open = true)));
    await page.emulateMedia({ reducedMotion: "reduce" });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      expect.soft(await faults(page), `${width} px`).toEqual([]);
    }
    for (const [name, media] of Object.entries(OTHER_THEMES)) {
      await page.emulateMedia(media);
      expect.soft(await faultsOfColour(page), name).toEqual([]);
    }
  });
}
