// Sites of other builders, as `xtask/src/test/embed.rs` built them, each with the package
// embedded by its own idiom: the checklist works there, and nothing else is changed.

import { fileURLToPath } from "node:url";
import { test as base } from "@playwright/test";
import { Checklist } from "./checklist.ts";
import { expect, listen, WHAT } from "./quiet.ts";
import { HOST_POLICY, serve } from "./server.ts";

// What the builders' own pages need besides what the element does: scripts and styles that
// stand in the page, and icons that stand in styles.
const LOOSER = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data:",
].join("; ");

const SITES = [
  { name: "Vite", folder: "target/embed/vite", policy: HOST_POLICY },
  { name: "Next.js with Markdoc", folder: "tests/embed/next/out", policy: LOOSER },
  { name: "Docusaurus", folder: "target/embed/docusaurus", policy: LOOSER },
  // Material arranges its own page again after it was drawn.
  { name: "MkDocs Material", folder: "target/embed/mkdocs", policy: LOOSER, moves: true },
];

for (const { name, folder, policy, moves } of SITES) {
  base(`the checklist works in a site of ${name}`, { tag: "@embed" }, async ({ page, context }) => {
    const server = await serve(fileURLToPath(new URL(`../../${folder}/`, import.meta.url)), policy);
    const complaints: string[] = [];
    await listen(context, new URL(server.url).origin, (complaint) => {
      if (!moves || !complaint.startsWith("layout shift")) complaints.push(complaint);
    });
    try {
      await page.goto(server.url);
      const checklist = new Checklist(page);
      await checklist.ready();
      await expect(page.getByRole("heading", { name: "Our upgrade" })).toBeVisible();
      // What the element holds has no place any more.
      expect(await page.locator("upgrade-checklist").evaluate((element) => element.shadowRoot!.querySelector("slot"))).toBe(null);
      await expect(page.getByText("And on it goes.")).toBeVisible();
      await expect(checklist.code("pgsql").first()).toBeAttached();
      await expect(checklist.code("mysql")).toHaveCount(0);
      await checklist.box(checklist.steps.first()).check();
      await page.screenshot({ path: `../../target/playwright/pictures/embed-${folder.split("/")[2]}.png` });
      // Further down, a page that is not whole yet could not be where it was.
      await page.evaluate(() => scrollTo(0, 0));
      await page.reload();
      await checklist.ready();
      await expect(checklist.steps.first()).toHaveAttribute("data-state", "done");
      expect(complaints, WHAT).toEqual([]);
      expect(await context.cookies()).toEqual([]);
    } finally {
      await server.close();
    }
  });
}
