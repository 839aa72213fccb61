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
        // Who and when, from the first page to the last.
        for (const words of ["Done by", "Checked by", "Maintenance window", "PostgreSQL", "Sign-off", "Undo sheet"]) {
          expect(text).toContain(flat(words));
        }
        const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync("pdfinfo", [path], { encoding: "utf8" }))![1]);
        for (const page of [1, pages]) expect(text).toContain(`${page}/${pages}`);

        // What takes a step back stands there once more, the last step first.
        const undone = await checklist.snippets.and(page.locator("[data-role=undo]")).evaluateAll((all) =>
          all.map((snippet) => snippet.querySelector("pre > code")?.textContent ?? "").filter(Boolean),
        );
        expect(undone.length).toBeGreaterThan(1);
        const sheet = text.slice(text.lastIndexOf("Undosheet"));
        const places = undone.map((command) => sheet.indexOf(flat(command)));
        expect(Math.min(...places), "each is on the sheet").toBeGreaterThan(-1);
        expect(places[0], "the first comes last").toBeGreaterThan(places.at(-1)!);

        // A link is a number, and its address stands at the end.
        const addresses = await page.locator(".uc-prose a[href^=http]").evaluateAll((all) => all.map((a) => a.getAttribute("href")!));
        const links = sheet.slice(sheet.lastIndexOf("Links1."));
        for (const address of addresses) expect(links).toContain(flat(address));
      });
    });
  }
}

test("who, when and for what is on the first page, however much there is to say", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const answers = { engine: "postgres", hosting: "azure", deployment: "kubernetes", privilege: "admin" };
  for (const [name, answer] of Object.entries(answers)) await page.locator(`[name$="-${name}"][value="${answer}"]`).check();
  // So that all of it is shown.
  await checklist.field("host").fill("db.example.com");
  const path = `${folder}/first.pdf`;
  await page.pdf({ path, format: "Letter" });
  const text = execFileSync("pdftotext", ["-raw", "-l", "1", path, "-"], { encoding: "utf8" });
  for (const words of ["PostgreSQL", "Helm chart", "db.example.com", "Done by", "Checked by", "Maintenance window", "Before You Start"]) {
    expect(text).toContain(words);
  }
});

/** Without any space, as paper breaks lines where it must. */
function flat(text: string) {
  return text.replaceAll(/[\s\f]+/g, "");
}
