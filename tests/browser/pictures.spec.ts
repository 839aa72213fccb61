// Every component in every state looks as it was approved. The gallery that `cargo test --test
// view` leaves in target/gallery is drawn without any script, so the same HTML gives the same
// picture wherever the fonts are the same: they are pinned to those of one package. To approve
// what is new: `npx playwright test pictures.spec.ts --update-snapshots`, and look at it.

import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";

const gallery = fileURLToPath(new URL("../../target/gallery/", import.meta.url));
const views = existsSync(gallery) ? readdirSync(gallery).filter((name) => name.endsWith(".html") && name !== "index.html") : [];

test("there is a gallery", () => expect(views.length).toBeGreaterThan(8));

const LOOKS = [
  { name: "wide", viewport: { width: 1280, height: 900 } },
  { name: "wide-dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  { name: "narrow", viewport: { width: 360, height: 800 } },
  { name: "narrow-forced", viewport: { width: 360, height: 800 }, forcedColors: "active" },
] as const;

for (const view of views) {
  for (const { name, ...look } of LOOKS) {
    test.describe(name, () => {
      test.use(look);

      test(view, async ({ page }) => {
        await page.goto(`file://${gallery}${view}`);
        await page.addStyleTag({
          content: `:root upgrade-checklist { --uc-font: "DejaVu Sans"; --uc-mono: "DejaVu Sans Mono"; }`,
        });
        await page.evaluate(() => document.fonts.ready);
        await expect(page).toHaveScreenshot(`${view.replace(".html", "")}-${name}.png`, {
          fullPage: true,
          animations: "disabled",
          caret: "hide",
          // Letters are smoothed a little otherwise by another version of the same library.
          threshold: 0.3,
          maxDiffPixelRatio: 0.01,
        });
      });
    });
  }
}
