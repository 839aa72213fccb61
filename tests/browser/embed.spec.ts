// Sites of other builders, built into target/embed/, each with the package embedded by its own
// idiom: the checklist works there, under the strict policy.

import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test as base } from "@playwright/test";
import { Checklist } from "./checklist.ts";
import { expect } from "./quiet.ts";
import { serve } from "./server.ts";

const sites = fileURLToPath(new URL("../../target/embed/", import.meta.url));

for (const site of existsSync(sites) ? readdirSync(sites) : []) {
  base(`the checklist works in a site of ${site}`, { tag: "@embed" }, async ({ page, context }) => {
    const complaints: string[] = [];
    context.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    context.on("weberror", (error) => complaints.push(String(error.error())));
    const server = await serve(`${sites}${site}`);
    try {
      await page.goto(server.url);
      const checklist = new Checklist(page);
      await checklist.ready();
      await expect(checklist.code("mysql")).toHaveCount(0);
      await checklist.box(checklist.steps.first()).check();
      await page.reload();
      await checklist.ready();
      await expect(checklist.steps.first()).toHaveAttribute("data-state", "done");
      expect(complaints).toEqual([]);
    } finally {
      await server.close();
    }
  });
}
