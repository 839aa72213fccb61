// On paper: every step with its box, the chosen commands whole, and room to sign.

import { execFileSync } from "node:child_process";
import { Checklist, TITLES } from "./checklist.ts";
import { expect, test } from "./quiet.ts";

const folder = "../../target/playwright/pictures";

for (const format of ["A4", "Letter"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${format}, ${colorScheme}`, () => {
      test.use({ colorScheme });

      test("every step and every command is on paper, whole", async ({ page }) => {
        const checklist = new Checklist(page);
        await checklist.open();
        await checklist.radio("postgres").check();
        // A step that is done folds on the screen, not on paper.
        await checklist.box(checklist.steps.nth(1)).check();
        await expect(checklist.steps.nth(1)).toHaveAttribute("data-state", "done");
        const commands = await checklist.snippets.locator("pre > code").evaluateAll((all) => all.map((code) => code.textContent));
        expect(commands.length).toBeGreaterThan(3);

        const path = `${folder}/${format}-${colorScheme}.pdf`;
        await page.pdf({ path, format, printBackground: false });
        const text = flat(execFileSync("pdftotext", ["-raw", path, "-"], { encoding: "utf8" }));

        for (const title of TITLES) expect(text).toContain(flat(title));
        for (const command of commands) expect(text).toContain(flat(command!));
        expect(text).toContain(flat("Sign-off"));
      });
    });
  }
}

/** Without any space, as paper breaks lines where it must. */
function flat(text: string) {
  return text.replaceAll(/[\s\f]+/g, "");
}
