// Pages of a test's own in the app, as an embedder shows them: compiled, and named by
// `guides`.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { Checklist } from "./checklist.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));

/** What the native command prints for these arguments; `{page}` is a file with the text. */
export function command(text: string, ...given: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "guides-"));
  try {
    writeFileSync(join(folder, "page.md"), text);
    const named = given.map((argument) => argument.replace("{page}", join(folder, "page.md")).replace("{folder}", folder));
    const run = ["run", "--quiet", "--locked", "--bin", "upgrade-checklist", "--", ...named];
    return execFileSync("cargo", run, { cwd: project, stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1e9 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Has the page that ships show this text instead of its own guides. */
export async function show(page: Page, home: string, text: string, attributes = "") {
  const guides = command(text, "compile", "{folder}", "-o", "-");
  await page.route("**/guides.bin", (route) => route.fulfill({ body: guides }));
  await page.route(home, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace("<upgrade-checklist", `$& guides="guides.bin" ${attributes}`);
    await route.fulfill({ response, body });
  });
  await page.goto("./");
  await new Checklist(page).ready();
}

/** A page of the native tests. */
export function caseOf(path: string) {
  return readFileSync(join(project, "tests", path), "utf8");
}
