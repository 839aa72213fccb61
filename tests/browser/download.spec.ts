// What the page offers to save is what the native command writes.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { Checklist } from "./checklist.ts";
import { expect, test } from "./quiet.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

// Someone whose name has to be quoted wherever it stands.
const USER = "o'brien";

for (const [button, format, extension] of [
  ["Task list (Markdown)", "markdown", "md"],
  ["Plain text", "text", "txt"],
  ["Script that asks first (sh)", "sh", "sh"],
  ["For other programs (JSON)", "json", "json"],
] as const) {
  test(`the page's ${extension} file is what the command writes`, async ({ page }) => {
    const checklist = new Checklist(page);
    await checklist.open();
    const answers = await answerAll(page);
    await checklist.field("user").fill(USER);
    await expect(checklist.snippets.filter({ hasText: "brien" }).first()).toBeAttached();

    const file = await save(page, button);
    expect(file.name).toMatch(new RegExp(`^openmetadata-.*\\.${extension}$`));
    expect(file.text).toBe(runbook(format, [...answers, `user=${USER}`]));
  });
}

test("while a choice is open there is no script to save", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await page.locator(".uc-downloads > summary").click();
  await expect(page.getByText("For a script, make every choice first.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Script that asks first (sh)" })).toHaveCount(0);
});

test("what is saved says what was done, since when, and the note", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const step = checklist.steps.first();
  await checklist.box(step).check();
  await expect(step).toHaveAttribute("data-state", "done");
  // A step that is done folds; its note is below the fold.
  await step.getByRole("button", { name: /^Details/ }).click();
  await step.locator("summary").filter({ hasText: /^Note$/ }).click();
  await step.getByLabel("Your note").fill("in *s3*\n\nkept");

  const { text: plain } = await save(page, "Plain text");
  expect(plain.match(/\[x\] /g)).toHaveLength(1);
  expect(plain).toMatch(/\[x\] .*\n.*\n {4}Done, .*\d\d:\d\d.*\n {4}> Your note: in \*s3\*\n {4}> kept\n/);
  const { text: json } = await save(page, "For other programs (JSON)");
  const records = JSON.parse(json).phases.flatMap((phase: { steps: { record?: object }[] }) => phase.steps.flatMap((step) => step.record ?? []));
  const remark = expect.stringMatching(/^Done, .*\d\d:\d\d/);
  expect(records).toEqual([{ ticked: true, applies: true, remark, note: "Your note: in *s3*\n\nkept" }]);

  const { text } = await save(page, "Task list (Markdown)");
  const done = text.slice(text.indexOf("- [x] "));
  expect(done.match(/- \[x\] /g)).toHaveLength(1);
  expect(done).toMatch(/^- \[x\] \*\*.+\*\*.*\n\n {2}\*Done, .*\d\d:\d\d.*\*\n\n {2}> Your note: in \\\*s3\\\*\\\n {2}> kept\n/);
});

/** Takes the first answer to each choice that is open, until none is. */
async function answerAll(page: Page) {
  const answers: string[] = [];
  for (;;) {
    const open = page.locator("fieldset:not(:has(input[type=radio]:checked:not([value=''])))").filter({ has: page.locator("input[type=radio]") }).first();
    if ((await open.count()) === 0) return answers;
    const radio = open.locator("input[type=radio]:not([value=''])").first();
    const name = (await radio.getAttribute("name"))!.replace(/^.*-input-/, "");
    answers.push(`${name}=${await radio.getAttribute("value")}`);
    await radio.check();
  }
}

async function save(page: Page, button: string) {
  const format = page.getByRole("button", { name: button, exact: true });
  if (!(await format.isVisible())) await page.locator(".uc-downloads > summary").click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    format.click(),
  ]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

function runbook(format: string, answers: string[]) {
  const set = answers.flatMap((answer) => ["--set", answer]);
  const command = ["run", "--locked", "--quiet", "--bin", "upgrade-checklist", "--", "runbook", "--format", format];
  return execFileSync("cargo", [...command, ...set], { cwd: root, encoding: "utf8" });
}
