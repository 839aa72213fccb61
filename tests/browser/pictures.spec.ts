// Every component in every state looks as it was approved. The gallery that `cargo test --test
// view` leaves in target/gallery is drawn without any script, so the same HTML gives the same
// picture wherever the fonts are the same: they are pinned to DejaVu, which comes with Debian's
// fontconfig and so with its Chromium. Without it nothing is compared. To approve what is new:
// `npx playwright test pictures.spec.ts --update-snapshots`, and look at it.

import { spawnSync } from "node:child_process";
import { expect, test } from "@playwright/test";
import { addressOf, views } from "./gallery.ts";

const font = spawnSync("fc-match", ["DejaVu Sans", "file"], { encoding: "utf8" }).stdout ?? "";

const LOOKS = [
  { name: "wide", viewport: { width: 1280, height: 900 } },
  { name: "narrow-dark", viewport: { width: 360, height: 800 }, colorScheme: "dark" },
] as const;

for (const view of views) {
  for (const { name, ...look } of LOOKS) {
    test.describe(name, () => {
      test.use(look);

      test(view, async ({ page }) => {
        test.skip(!font.includes("DejaVuSans.ttf"), "the pictures were drawn with DejaVu Sans");
        await page.goto(addressOf(view));
        await page.addStyleTag({
          content: `:root upgrade-checklist { --uc-font: "DejaVu Sans"; --uc-mono: "DejaVu Sans Mono"; }`,
        });
        await page.evaluate(() => document.fonts.ready);
        await expect(page).toHaveScreenshot(`${view}-${name}.png`, {
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
