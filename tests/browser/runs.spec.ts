// Runs, what carries them in and out, and ticks that no longer mean what they meant.

import { readFile, writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { Checklist } from "./checklist.ts";
import { expect, test } from "./quiet.ts";

const GUIDE = "openmetadata-1.4.0";
const KEY = `upgrade-checklist:v1:${GUIDE}:default`;
const DOCKER = "backward-incompatible-changes/1.4.0/tooling/metadata-docker-cli";
const HOUR = 3_600_000;

test("a run is named, another is started, switched to, deleted and brought back", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.box(checklist.steps.first()).check();
  const line = await openRuns(page);
  await page.getByLabel("Name of this run").fill("staging");
  await expect(line).toContainText("staging");

  await startRun(page, "prod-eu");
  await expect(line).toContainText("prod-eu");
  await expect(page.locator("[data-state=done]")).toHaveCount(0);
  await checklist.box(checklist.steps.nth(1)).check();
  await page.reload();
  await expect(line, "the run that was shown last").toContainText("prod-eu");
  await expect(page.locator("[data-state=done]")).toHaveCount(1);

  await openRuns(page);
  await page.getByRole("button", { name: "staging", exact: true }).click();
  await expect(line).toContainText("staging");
  await expect(checklist.steps.first()).toHaveAttribute("data-state", "done");

  await openRuns(page);
  await page.getByRole("button", { name: "Delete this run" }).click();
  await expect(line).toContainText("prod-eu");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(line).toContainText("staging");
  await expect(checklist.steps.first()).toHaveAttribute("data-state", "done");

  // It can be brought back later too, and deleted for good.
  await openRuns(page);
  await page.getByRole("button", { name: "Delete this run" }).click();
  await page.reload();
  await openRuns(page);
  await expect(page.getByText("Deleted: staging")).toBeVisible();
  await page.getByRole("button", { name: "Delete it for good" }).click();
  await expect(page.getByText("Deleted: staging")).toHaveCount(0);
  expect(await page.evaluate((key) => localStorage.getItem(key), KEY)).toBeNull();
});

test("a run that another tab began while this one heard nothing is listed, and not opened as a new one", async ({ page, context }) => {
  // What a page hears that its browser keeps frozen, or that has the element put aside: nothing.
  await page.addInitScript(() => addEventListener("storage", (event) => event.stopImmediatePropagation(), { capture: true }));
  const checklist = new Checklist(page);
  await checklist.open();
  const other = new Checklist(await context.newPage());
  await other.open();
  const begin = async (name: string) => {
    await openRuns(other.page);
    await startRun(other.page, name);
    await expect(other.page.locator("[data-state=done]")).toHaveCount(0);
    await other.box(other.steps.first()).check();
  };
  const listed = (name: string) => page.locator(".uc-runs").getByRole("button", { name, exact: true });

  await begin("staging");
  await openRuns(page);
  await expect(listed("staging")).toHaveCount(0);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await expect(listed("staging")).toHaveCount(1);

  await begin("prod-eu");
  await page.evaluate(async () => {
    const element = document.querySelector("upgrade-checklist")!;
    const { parentNode } = element;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    parentNode!.append(element);
  });
  await openRuns(page);
  await expect(listed("prod-eu")).toHaveCount(1);

  await begin("prod-us");
  await startRun(page, "prod-us");
  await expect(page.locator(".uc-runs__line")).toContainText("prod-us");
  await expect(page.locator("[data-state=done]")).toHaveCount(0);
  await expect(listed("prod-us")).toHaveCount(1);
});

test("a tab keeps the run that it shows, whichever another tab opens, and is called by it", async ({ page, context }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const own = await page.title();
  await checklist.box(checklist.steps.first()).check();
  const line = page.locator(".uc-runs__line");
  const other = new Checklist(await context.newPage());
  await other.open();
  await openRuns(other.page);
  await startRun(other.page, "prod-eu");
  await expect(other.page.locator(".uc-runs__line")).toContainText("prod-eu");
  await expect(other.page).toHaveTitle(/^prod-eu – .*OpenMetadata/);
  await expect(other.page.locator(".uc-rail__run")).toHaveText("prod-eu");
  await expect(page.locator(".uc-rail__run"), "where there are others").toHaveText("First run");

  await page.reload();
  await checklist.ready();
  await expect(line).toContainText("First run");
  await expect(page).toHaveTitle(own);
  const third = new Checklist(await context.newPage());
  await third.open();
  await expect(third.page.locator(".uc-runs__line"), "a new tab has the run that was shown last").toContainText("prod-eu");
  await openRuns(page);
  await page.getByLabel("Name of this run").fill("staging");
  await expect(page).toHaveTitle(/^staging – /);
});

test("a run that is renamed has a name that no other has", async ({ page }) => {
  await new Checklist(page).open();
  const line = await openRuns(page);
  await startRun(page, "prod-eu");
  await expect(line).toContainText("prod-eu");
  await openRuns(page);
  await startRun(page, "staging");
  await expect(line).toContainText("staging");
  await openRuns(page);
  const name = page.getByLabel("Name of this run");
  await name.fill("");
  await name.pressSequentially("prod-eu1");
  await expect(line, "what is still typed is left alone").toContainText("prod-eu1");
  await name.press("Backspace");
  await name.press("Enter");
  await expect(line).toContainText("prod-eu-2");
  await expect(name).toHaveValue("prod-eu-2");
});

test("a file that undoes nothing says what was decided since", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const box = checklist.box(checklist.step("back-up-metadata"));
  await box.check();
  await openRuns(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as a file" }).click()]);
  await box.uncheck();
  await page.getByLabel("Open a file").setInputFiles(await download.path());
  const offer = page.getByRole("region", { name: "What this file would change" });
  await expect(offer).toContainText("Backup your Metadata: stays To do, the file says Done");
  await expect(offer).not.toContainText("It says nothing");
  await offer.getByRole("button", { name: "Open it as a run of its own" }).click();
  await expect(box).toBeChecked();
});

test("a run that nothing stores is one beside which others have other names", async ({ page }) => {
  await withAttributes(page, 'storage="none"');
  await page.goto("./its-host.html");
  const checklist = new Checklist(page);
  await checklist.ready();
  const line = await openRuns(page);
  await startRun(page, "staging");
  await expect(line).toContainText("staging");
  await checklist.box(checklist.steps.first()).check();
  await openRuns(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as a file" }).click(),
  ]);

  await startRun(page, "staging");
  await expect(line).toContainText("staging-2");
  await expect(page.locator("[data-state=done]")).toHaveCount(0);
  await openRuns(page);
  await page.getByRole("button", { name: "staging", exact: true }).click();
  await expect(page.locator("[data-state=done]")).toHaveCount(1);
  await checklist.box(checklist.steps.nth(1)).check();
  await openRuns(page);
  await page.getByLabel("Open a file").setInputFiles(await download.path());
  await page.getByRole("button", { name: "Open it as a run of its own" }).click();
  await expect(line).toContainText("staging-3");
  await expect(page.locator("[data-state=done]"), "what is in the file, and nothing else").toHaveCount(1);
});

test("a run that is deleted in another tab says so here, and loses nothing", async ({ page, context }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.box(checklist.steps.first()).check();
  const other = new Checklist(await context.newPage());
  await other.open();
  await openRuns(other.page);
  await startRun(other.page, "prod-eu");
  await openRuns(other.page);
  await other.page.getByRole("button", { name: "First run", exact: true }).click();
  await openRuns(other.page);
  await other.page.getByRole("button", { name: "Delete this run" }).click();

  const told = page.getByRole("alert").filter({ hasText: "This run was deleted" });
  await told.getByRole("button", { name: "Bring it back" }).click();
  await expect(checklist.steps.first()).toHaveAttribute("data-state", "done");
  await checklist.box(checklist.steps.nth(1)).check();
  await page.reload();
  await expect(page.locator("[data-state=done]")).toHaveCount(2);
});

test("a run that is deleted for good stays so while another tab shows it, whose reader may still bring it back", async ({ page, context }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const line = await openRuns(page);
  await page.getByLabel("Name of this run").fill("production");
  await startRun(page, "staging");
  await expect(line).toContainText("staging");
  await checklist.box(checklist.steps.first()).check();
  const other = new Checklist(await context.newPage());
  await other.open();
  await expect(other.page.locator("[data-state=done]")).toHaveCount(1);

  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.endsWith(":staging")));
  await openRuns(page);
  await page.getByRole("button", { name: "Delete this run" }).click();
  const told = other.page.getByRole("alert").filter({ hasText: "This run was deleted" });
  await expect(told).toBeVisible();
  await openRuns(page);
  await page.getByRole("button", { name: "Delete it for good" }).click();
  // What the other tab would do about it, it does at once.
  await page.waitForTimeout(300);
  expect(await kept()).toEqual([]);
  await expect(page.getByText("Deleted: staging")).toHaveCount(0);

  await told.getByRole("button", { name: "Bring it back" }).click();
  await expect(other.page.locator("[data-state=done]")).toHaveCount(1);
  await other.page.reload();
  await expect(other.page.locator("[data-state=done]")).toHaveCount(1);
  expect(await kept()).toHaveLength(1);
});

test("a note that is written in another tab is unfolded here, and no run takes a fold from the one before", async ({ page, context }) => {
  const [here, there] = [new Checklist(page), new Checklist(await context.newPage())];
  await here.open();
  await there.open();
  const field = (checklist: Checklist) => checklist.steps.first().locator(".uc-step__foot .uc-note-field");
  const note = (checklist: Checklist) => field(checklist).getByRole("textbox");
  await field(there).locator("summary").click();
  await note(there).fill("mind the replica");
  await expect(note(here)).toBeVisible();
  await expect(note(here)).toHaveValue("mind the replica");
  // It does not close under the cursor.
  await note(there).fill("");
  await expect(note(here)).toHaveValue("");
  await expect(note(here)).toBeVisible();
  await note(there).fill("mind the replica");

  const line = await openRuns(page);
  await startRun(page, "staging");
  await expect(line).toContainText("staging");
  await expect(field(here)).not.toHaveAttribute("open");
  const fold = here.steps.first().locator(".uc-step__fold");
  await fold.click();
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  await page.reload();
  await here.ready();
  await fold.click();
  await openRuns(page);
  await page.getByRole("button", { name: "First run", exact: true }).click();
  await expect(line).toContainText("First run");
  await expect(line).toBeFocused();
  await expect(fold, "a fold is of one run").toHaveAttribute("aria-expanded", "true");
  await expect(note(here)).toBeVisible();
});

test("what was ticked for another database is marked so, until it is confirmed", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.radio("postgres").check();
  const memory = checklist.step("raise-memory");
  // A step that reads the same for both, commands and all; on paper, links have other numbers.
  const texts = () =>
    checklist.steps.evaluateAll((all) => {
      const words = (step: Element) => {
        const copy = step.cloneNode(true) as Element;
        copy.querySelectorAll(".uc-footnote").forEach((number) => number.remove());
        return copy.textContent!;
      };
      return Object.fromEntries(all.map((step) => [step.getAttribute("data-step")!, words(step)]));
    });
  const before = await texts();
  await checklist.radio("mysql").check();
  const after = await texts();
  const same = Object.keys(before).find((id) => before[id] === after[id]);
  expect(same).toBeTruthy();
  const review = checklist.step(same!);
  await checklist.radio("postgres").check();
  await checklist.box(memory).check();
  await checklist.box(review).check();

  await checklist.radio("mysql").check();
  await expect(memory).toHaveAttribute("data-state", "changed");
  await expect(memory).toContainText("Ticked for PostgreSQL");
  await expect(review, "a step that is the same for both").toHaveAttribute("data-state", "done");

  await checklist.radio("postgres").check();
  await expect(memory).toHaveAttribute("data-state", "done");
  await checklist.radio("mysql").check();
  await memory.getByRole("button", { name: "Still done" }).click();
  await expect(memory).toHaveAttribute("data-state", "done");
});

test("what changed since a tick is pointed at, and what the page has no more is shown", async ({ page }) => {
  await page.addInitScript(
    ([key, text]) => localStorage.setItem(key!, text!),
    [
      KEY,
      JSON.stringify({
        schema: 1,
        guide: GUIDE,
        run: "default",
        steps: {
          "raise-memory": { mark: "done", at: 1, fingerprint: "of another text", seen: { at: 1, passages: "0a1b2c", for: {} } },
          "of-another-page": { mark: "done", at: 2, note: "by the night shift", noteAt: 2 },
        },
      }),
    ],
  );
  const checklist = new Checklist(page);
  await checklist.open();
  const step = checklist.step("raise-memory");
  await expect(step).toHaveAttribute("data-state", "changed");
  await expect(step.locator(".uc-changes")).toContainText("Before running the migrations");
  await expect(step.locator(".uc-changes")).toContainText(/and \d+ more.*One passage is gone/);
  await expect(page.locator("[data-archived=of-another-page]")).toContainText("by the night shift");
});

test("a step that changed shows what it said and what it says, until that is confirmed", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const step = checklist.step("raise-memory");
  await checklist.box(step).check();
  // As a page of before had it: one passage had two words more.
  await page.evaluate((key) => {
    const run = JSON.parse(localStorage.getItem(key)!);
    const { seen, read } = run.steps["raise-memory"];
    const hash = seen.passages.slice(6, 12);
    read.texts.aaaaaa = `Never again. ${read.texts[hash]}`;
    delete read.texts[hash];
    seen.passages = seen.passages.replace(hash, "aaaaaa");
    run.steps["raise-memory"].fingerprint = "of before";
    localStorage.setItem(key, JSON.stringify(run));
  }, KEY);
  await page.reload();
  await expect(step).toHaveAttribute("data-state", "changed");
  await expect(step.locator(".uc-changes li")).toHaveCount(1);
  await expect(step.locator(".uc-changes li")).toContainText("Reworded:");
  await expect(step.locator(".uc-changes del")).toHaveText("Never again. ");
  await expect(step.locator(".uc-changes ins")).toHaveCount(0);
  await step.getByRole("button", { name: "Still done" }).click();
  await expect(step).toHaveAttribute("data-state", "done");
  expect(await page.evaluate((key) => localStorage.getItem(key), KEY)).not.toContain("Never again.");
});

test("an old backup asks to be done again before the upgrade, and nobody is locked out", async ({ page }) => {
  const start = Date.UTC(2026, 10, 22, 3);
  await page.clock.setFixedTime(start);
  const checklist = new Checklist(page);
  await checklist.open();
  const [backup, upgrade] = [checklist.step("back-up-metadata"), checklist.step("run-upgrade")];
  const gate = upgrade.getByRole("group", { name: "Go or no-go" });
  for (const step of await checklist.steps.all()) {
    if ((await checklist.idOf(step)) === "run-upgrade") break;
    await checklist.box(step).check();
  }
  await expect(gate).toContainText("Go.");

  await page.clock.setFixedTime(start + 25 * HOUR);
  await page.reload();
  await checklist.ready();
  await expect(backup).toContainText("Done more than 24 hours ago");
  await expect(gate).toContainText("No-go.");
  await expect(gate).toContainText("Backup your Metadata, done too long ago");
  await gate.getByLabel("Going on regardless? Say why").fill("read only since the backup");
  await checklist.box(upgrade).check();
  await expect(upgrade).toHaveAttribute("data-state", "done");
  await page.reload();
  await checklist.ready();
  await expect(gate.getByLabel("Going on regardless? Say why")).toHaveValue("read only since the backup");

  await checklist.box(upgrade).uncheck();
  await backup.getByRole("button", { name: "Done again" }).click();
  // What was done about the old backup is too old as well.
  await expect(gate).toContainText("Prove the backup whole, done too long ago");
  const stale = gate.getByRole("listitem");
  while ((await stale.count()) > 0) {
    const title = (await stale.first().getByRole("link").textContent())!;
    await page.getByRole("article").filter({ has: page.getByRole("checkbox", { name: title }) }).getByRole("button", { name: "Done again" }).click();
    await expect(stale.filter({ hasText: title })).toHaveCount(0);
  }
  await expect(gate).toContainText("Go.");
});

test("an output that is pasted is judged and kept", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.radio("postgres").check();
  await checklist.radio("self-managed").check();
  const evidence = checklist.step("raise-memory").locator(".uc-evidence").first();
  await evidence.locator("summary").click();
  const field = evidence.getByRole("textbox");
  for (const [output, verdict] of [
    ["4MB", "Not what is expected, which is 20MB."],
    [" work_mem \n----------\n 20MB\n(1 row)\n", "What is expected stands in it"],
    ["20MB", "As expected."],
  ] as const) {
    await field.fill(output);
    await expect(evidence.getByRole("status")).toContainText(verdict);
    await expect(field).toBeFocused();
  }
  await page.reload();
  await expect(field).toHaveValue("20MB");
  await expect(evidence.getByRole("status")).toContainText("As expected.");
  await checklist.field("host").fill("db.example.com");
  await expect(evidence.getByRole("status")).toContainText("Changed since this was pasted: Database host.");
  await field.fill("20MB ");
  await expect(evidence.getByRole("status")).toContainText("As expected.");
  await checklist.field("memory").fill("64MB");
  await expect(evidence.getByRole("status")).toContainText("Now 64MB is expected");
  // Who gets the task list is told no more than that.
  await openRuns(page);
  await page.getByRole("button", { name: "Copy as a task list" }).click();
  await expect(page.getByText("The task list is on the clipboard")).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain("Now 64MB is expected");
  expect(text).not.toContain("As expected");
});

test("where a button goes away with its press, the focus stays near", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const told = page.locator(".uc-notices");
  // What is told is heard only where it comes into something that is there.
  expect(await told.evaluate((told) => getComputedStyle(told).display)).not.toBe("none");
  const line = await openRuns(page);
  const press = (name: string) => page.getByRole("button", { name, exact: true }).press("Enter");
  await page.getByLabel("Name of this run").fill("first");
  await page.getByLabel("Another run of this checklist").fill("staging");
  for (const button of ["Start it", "first", "Delete this run", "Undo", "Delete this run"]) {
    await press(button);
    await expect(line, button).toBeFocused();
    await openRuns(page);
  }
  await press("Dismiss");
  await expect(told).toBeFocused();
  await press("Bring it back");
  await expect(line).toBeFocused();

  const search = page.getByRole("searchbox");
  await search.fill("nothing of this kind");
  await press("Show all steps");
  await expect(search).toBeFocused();
});

test("a run leaves as a file and comes back from it, and what it changes is shown first", async ({ page, browser, baseURL }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.radio("postgres").check();
  await checklist.box(checklist.step("back-up-metadata")).check();
  const not = checklist.step(DOCKER);
  await not.getByRole("button", { name: "Does not apply here" }).click();
  await not.getByLabel("Why it does not apply here").fill("no Docker here");
  await openRuns(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as a file" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`${GUIDE}-default.json`);
  const file = await download.path();

  const context = await browser.newContext({ baseURL: baseURL! });
  const other = new Checklist(await context.newPage());
  await other.open();
  await other.box(other.step("raise-memory")).check();
  await openRuns(other.page);
  await other.page.getByLabel("Open a file").setInputFiles(file);
  const offer = other.page.getByRole("region", { name: "What this file would change" });
  await expect(offer).toBeFocused();
  await expect(offer).toContainText("Database: nothing → PostgreSQL");
  await expect(offer).toContainText("Backup your Metadata: To do → Done");
  await expect(offer).toContainText("no Docker here");
  await expect(other.page.locator("[data-state=done]"), "nothing has changed yet").toHaveCount(1);
  await offer.getByRole("button", { name: "Take it over" }).click();
  await expect(other.page.locator("[data-state=done]")).toHaveCount(2);
  await expect(other.radio("postgres")).toBeChecked();

  await other.page.getByLabel("Open a file").setInputFiles(file);
  await expect(offer).toContainText("It says nothing that is not here already.");
  await offer.getByRole("button", { name: "Open it as a run of its own" }).click();
  await expect(other.page.locator(".uc-runs__line")).toContainText("from a file");
  await expect(other.page.locator("[data-state=done]")).toHaveCount(1);
  await context.close();
});

test("a file of another run says whose it is, and is first of all a run of its own", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const line = await openRuns(page);
  await page.getByLabel("Name of this run").fill("Staging: EU/1");
  await checklist.field("host").fill("staging.example.com");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as a file" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`${GUIDE}-staging-eu-1.json`);

  await page.getByLabel("Another run of this checklist").fill("production");
  await page.getByRole("button", { name: "Start it", exact: true }).click();
  await openRuns(page);
  await page.getByLabel("Open a file").setInputFiles(await download.path());
  const offer = page.getByRole("region", { name: "What this file would change" });
  await expect(offer).toContainText("This file is of the run “Staging: EU/1”, and shown here is “production”.");
  await expect(offer.getByRole("button").first()).toHaveText("Open it as a run of its own");
  await offer.getByRole("button").first().press("Enter");
  // There is one of this name, and the two can be told apart.
  await expect(line).toContainText("Staging: EU/1-2");
  await expect(checklist.field("host")).toHaveValue("staging.example.com");
  await openRuns(page);
  await page.getByRole("button", { name: "production", exact: true }).click();
  await expect(checklist.field("host")).not.toHaveValue("staging.example.com");
});

const FILES: [string, (path: string) => Promise<void>, RegExp][] = [
  ["for another guide", (path) => writeFile(path, '{"schema":1,"guide":"another","run":"default"}'), /another checklist, “another”/],
  ["of a newer version", (path) => writeFile(path, '{"schema":7}'), /newer version/],
  ["that was cut short", (path) => writeFile(path, '{"schema":1,"gui'), /ends too early/],
  ["that is no JSON", (path) => writeFile(path, "<!doctype html>"), /damaged and cannot be read/],
  ["that is far too long", (path) => writeFile(path, "x".repeat(9 << 20)), /9 MB long/],
  ["nested too deep", (path) => writeFile(path, "[".repeat(100_000)), /cannot be read|ends too early|damaged/],
];

for (const [title, write, told] of FILES) {
  test(`a file ${title} is refused with a plain sentence`, async ({ page }, info) => {
    const checklist = new Checklist(page);
    await checklist.open();
    await checklist.box(checklist.steps.first()).check();
    const path = info.outputPath("run.json");
    await write(path);
    await openRuns(page);
    await page.getByLabel("Open a file").setInputFiles(path);
    await expect(page.getByRole("alert").filter({ hasText: told })).toHaveCount(1);
    await expect(page.locator("[data-state=done]")).toHaveCount(1);
  });
}

test("a file that is damaged in part says what is left out of it", async ({ page }, info) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const path = info.outputPath("run.json");
  const steps = { "raise-memory": { mark: "done", at: "x" }, b: 7 };
  await writeFile(path, JSON.stringify({ schema: 1, guide: GUIDE, run: "default", steps }));
  await openRuns(page);
  await page.getByLabel("Open a file").setInputFiles(path);
  const told = page.getByRole("alert").filter({ hasText: "Not all of this file can be read." });
  await expect(told).toContainText("left out: steps/b, steps/raise-memory/at.");
});

test("a hostile file is text, wins over nothing that the reader does later, and does not stop the page", async ({ page }, info) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const path = info.outputPath("run.json");
  const many = Array.from({ length: 20_000 }, (_, index) => [`x${(20_000 - index) * 7}`, { value: "y", at: 1 }]);
  const last = 32_503_679_999_999;
  await writeFile(
    path,
    JSON.stringify({
      schema: 1,
      guide: GUIDE,
      run: "__proto__",
      name: { at: last, value: "<img src=x onerror=alert(1)>" },
      inputs: Object.fromEntries([...many, ["engine", { value: "<script>", at: last }]]),
      steps: { "raise-memory": { mark: "done", at: last, note: "<img src=x onerror=alert(1)>", noteAt: last } },
    }),
  );
  await openRuns(page);
  await page.getByLabel("Open a file").setInputFiles(path);
  const offer = page.getByRole("region", { name: "What this file would change" });
  await expect(offer).toContainText("<img src=x onerror=alert(1)>");
  await expect(offer).toContainText(/and \d+ more/);
  await offer.getByRole("button", { name: "Take it over" }).click();
  const step = checklist.step("raise-memory");
  await expect(step).toHaveAttribute("data-state", "done");
  await checklist.box(step).uncheck();
  await page.reload();
  await expect(step).toHaveAttribute("data-state", "todo");
  await expect(page.locator("img[src=x]")).toHaveCount(0);
});

test("a task list for a ticket says what was done and why not", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.radio("postgres").check();
  await checklist.box(checklist.step("back-up-metadata")).check();
  const not = checklist.step(DOCKER);
  await not.getByRole("button", { name: "Does not apply here" }).click();
  await not.getByLabel("Why it does not apply here").fill("we use pg_dump");
  await openRuns(page);
  await page.getByRole("button", { name: "Copy as a task list" }).click();
  await expect(page.getByText("The task list is on the clipboard")).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/^# Upgrade OpenMetadata to 1\.4\.0\n/);
  expect(text).toContain("Database: PostgreSQL");
  expect(text).toMatch(/\n- \[x\] Backup your Metadata \(Done, .+\)\n/);
  expect(text).toMatch(/\n- \[x\] ~~Metadata Docker CLI~~ \(Does not apply, .+\)\n {2}Reason: we use pg_dump/);
  expect(text).toMatch(/\n- \[ \] bootstrap_storage\.sh\n/);
});

test("a link carries the choices, and the values only if that is asked for", async ({ page, context, browser, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.radio("postgres").check();
  await checklist.field("host").fill("db.example.org");
  await openRuns(page);
  const copied = async (name: string) => {
    await page.getByRole("button", { name }).click();
    await expect(page.getByText("The link is on the clipboard.")).toBeVisible();
    await page.getByRole("button", { name: "Dismiss" }).click();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  expect(await copied("Copy a link with your choices")).toBe(`${baseURL}#upgrade?engine=postgres`);
  const link = await copied("… and with your values");
  expect(link).toBe(`${baseURL}#upgrade?engine=postgres&host=db.example.org`);

  // Who has said nothing yet gets it at once; the address is plain afterwards.
  const fresh = await browser.newContext({ baseURL: baseURL! });
  const other = new Checklist(await fresh.newPage());
  await other.page.goto(link);
  await expect(other.radio("postgres")).toBeChecked();
  await expect(other.field("host")).toHaveValue("db.example.org");
  expect(other.page.url()).toBe(baseURL);

  // Who has is asked; what the page does not know is named.
  await other.page.goto(`${baseURL}#upgrade?engine=mysql&colour=blue`);
  await expect(other.page.getByText("cannot use what the link says of: colour")).toBeVisible();
  const offer = other.page.getByRole("region", { name: "What this link would change" });
  await expect(offer).toContainText("Database: PostgreSQL → MySQL");
  await expect(other.radio("postgres")).toBeChecked();
  await offer.getByRole("button", { name: "Take it over" }).click();
  await expect(other.radio("mysql")).toBeChecked();
  await fresh.close();
});

test("what is offered is what would change now, and that is what taking it over does", async ({ page, baseURL }, info) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const step = checklist.steps.first();
  await checklist.box(step).check();
  await checklist.radio("mysql").check();
  await page.goto(`${baseURL}#upgrade?engine=postgres`);
  const offer = page.locator(".uc-offer");
  const change = offer.getByRole("listitem");
  await expect(change).toHaveText("Database: MySQL → PostgreSQL");
  await checklist.radio("postgres").check();
  await expect(offer).toContainText("It says nothing that is not here already.");
  await page.locator('[data-input=engine] input[value=""]').check();
  await expect(change).toHaveText("Database: nothing → PostgreSQL");
  await offer.getByRole("button", { name: "Take it over" }).click();
  await expect(checklist.radio("postgres")).toBeChecked();

  // What a file says was done when it was, whatever was done since.
  const path = info.outputPath("run.json");
  const steps = { [await checklist.idOf(step)]: { mark: "not-applicable", at: Date.now() } };
  await writeFile(path, JSON.stringify({ schema: 1, guide: GUIDE, run: "default", steps }));
  await openRuns(page);
  await page.getByLabel("Open a file").setInputFiles(path);
  await expect(change).toContainText("Done → Does not apply");
  await checklist.box(step).uncheck();
  await checklist.box(step).check();
  await expect(change).toContainText("stays Done, the file says Does not apply");
  await expect(offer.getByRole("button", { name: "Take it over" })).toHaveCount(0);
});

test("in the page of somebody else the address is left alone", async ({ page }) => {
  await withAttributes(page, "");
  await page.goto("./its-host.html#upgrade?engine=mysql");
  const checklist = new Checklist(page);
  await expect(checklist.steps.first().getByRole("checkbox")).toBeEnabled();
  await expect(checklist.radio("mysql")).not.toBeChecked();
  expect(page.url()).toContain("#upgrade?engine=mysql");
  await openRuns(page);
  await expect(page.getByRole("button", { name: /link/ })).toHaveCount(0);
});

test("what the page locks no link changes, and none carries what its reader said before", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.radio("postgres").check();
  await withAttributes(page, 'set-engine="mysql" lock url-state="hash"');
  await page.goto("./its-host.html#upgrade?engine=postgres");
  await checklist.ready();
  await expect(page.getByText("cannot use what the link says of: engine")).toBeVisible();
  await expect(page.locator(".uc-offer")).toHaveCount(0);
  await openRuns(page);
  await page.getByRole("button", { name: "Copy a link with your choices" }).click();
  await expect(page.getByText("The link is on the clipboard.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${baseURL}its-host.html#upgrade?`);
});

/** Serves, by another name, the page with other attributes of its element. */
async function withAttributes(page: Page, attributes: string) {
  await page.route("**/its-host.html", async (route) => {
    const body = (await readFile("../../dist/index.html", "utf8")).replace('url-state="hash"', attributes);
    await route.fulfill({ contentType: "text/html", body });
  });
}

/** Unfolds what can be done with runs; gives the line that names the one shown. */
async function openRuns(page: Page) {
  const runs = page.locator(".uc-runs");
  if (!(await runs.evaluate((fold: HTMLDetailsElement) => fold.open))) await runs.locator(".uc-runs__line").click();
  return runs.locator(".uc-runs__line");
}

async function startRun(page: Page, name: string) {
  await page.getByLabel("Another run of this checklist").fill(name);
  await page.getByRole("button", { name: "Start it", exact: true }).click();
}
