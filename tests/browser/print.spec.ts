// On paper: every step with its box, the chosen commands whole, and room to sign.

import { execFileSync } from "node:child_process";
import type { Page } from "@playwright/test";
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

        // What takes a step back stands there once more, the last step first; but not what drops a
        // restored database, which no way back begins with.
        const undone = await checklist.snippets.and(page.locator("[data-role=undo]")).evaluateAll((all) =>
          all.filter((snippet) => !snippet.closest("[data-step=restore-backup]")).map((snippet) => snippet.querySelector("pre > code")?.textContent ?? "").filter(Boolean),
        );
        expect(undone.length).toBeGreaterThan(1);
        const sheet = text.slice(text.lastIndexOf("Undosheet"));
        const places = undone.map((command) => sheet.indexOf(flat(command)));
        expect(Math.min(...places), "each is on the sheet").toBeGreaterThan(-1);
        expect(sheet).not.toContain("Droptherestoreddatabase");
        expect(places[0], "the first comes last").toBeGreaterThan(places.at(-1)!);

        // A link is a number, and its address stands at the end.
        const addresses = await page.locator(".uc-prose a[href^=http]").evaluateAll((all) => all.map((a) => a.getAttribute("href")!));
        const links = sheet.slice(sheet.lastIndexOf("Links1."));
        for (const address of addresses) expect(links).toContain(flat(address));
      });
    });
  }
}

test("what is folded away, or far from the screen, is on paper, however early that is printed", async ({ page }) => {
  await page.addInitScript(() => {
    addEventListener("upgrade-ready", ({ target }) => {
      // What is not drawn, and what is not laid out.
      const missing = () => [".uc-variant__body:empty", "[data-far]"].map((what) => (target as Element).shadowRoot!.querySelectorAll(what).length);
      const before = missing();
      dispatchEvent(new Event("beforeprint"));
      // The browser lays the page out when all that this has begun is done.
      setTimeout(() => Object.assign(globalThis, { found: { before, after: missing() } }));
    });
  });
  await page.goto("./");
  const found = await (await page.waitForFunction(() => (globalThis as { found?: { before: number[]; after: number[] } }).found)).jsonValue();
  for (const count of found!.before) expect(count).toBeGreaterThan(20);
  expect(found!.after).toEqual([0, 0]);
});

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

test("paper says when it was printed, however long ago something was last done", async ({ page }) => {
  const checklist = new Checklist(page);
  await page.clock.setFixedTime("2026-03-01T22:10:00");
  await checklist.open();
  await checklist.box(checklist.steps.first()).check();
  const cover = page.locator(".uc-cover");
  await expect(cover).toContainText(/10:10|22:10/);
  await page.clock.setFixedTime("2026-03-02T04:45:00");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expect(cover).toContainText(/4:45/);
});

test("what prints every case says so on its first page, and how to get less", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const hint = "Choose first, and only what is yours is printed.";
  const first = async () => {
    const path = `${folder}/cases.pdf`;
    await page.pdf({ path, format: "A4" });
    return execFileSync("pdftotext", ["-raw", "-l", "1", path, "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
  };
  expect(await first()).toContain(hint);
  const answers = { engine: "postgres", hosting: "azure", deployment: "kubernetes", privilege: "admin" };
  for (const [name, answer] of Object.entries(answers)) await page.locator(`[name$="-${name}"][value="${answer}"]`).check();
  await expect(checklist.snippets.filter({ hasText: "az postgres" }).first()).toBeAttached();
  expect(await first()).not.toContain(hint);
});

test("a command whose value is known only later is on paper with a line for it, and its step's undo too", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const answers = { engine: "postgres", hosting: "azure", deployment: "kubernetes", privilege: "admin" };
  for (const [name, answer] of Object.entries(answers)) await page.locator(`[name$="-${name}"][value="${answer}"]`).check();
  const blanks = page.locator(".uc-snippet .uc-blank");
  expect(await blanks.count()).toBeGreaterThan(1);
  await expect(blanks.filter({ visible: true }), "only paper has it").toHaveCount(0);
  const restore = blanks.filter({ hasText: "--restore-time __________" }).first();
  await expect(restore).toContainText("az ");
  await expect(blanks.filter({ hasText: "SET work_mem = '__________'" }), "a text's line has its quotes").toHaveCount(1);

  await page.emulateMedia({ media: "print" });
  await expect(restore).toBeVisible();
  const path = `${folder}/blanks.pdf`;
  await page.pdf({ path, format: "A4" });
  const text = flat(execFileSync("pdftotext", ["-raw", path, "-"], { encoding: "utf8" }));
  for (const blank of await blanks.all()) expect(text).toContain(flat((await blank.textContent())!));
});

test("a command goes on in the next line behind a space, if it can, on paper and on all screens but a phone's", async ({ page }) => {
  const checklist = new Checklist(page);
  const answers = { engine: "mysql", hosting: "aws-rds", deployment: "docker", privilege: "admin" };
  for (const [width, media] of [[1280, "screen"], [600, "screen"], [700, "print"]] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ media });
    await checklist.open();
    await page.emulateMedia({ media: "screen" });
    for (const [name, answer] of Object.entries(answers)) await page.locator(`[name$="-${name}"][value="${answer}"]`).check();
    await checklist.unfold();
    await page.emulateMedia({ media });
    const { torn, seen } = await page.locator(".uc-snippet pre, .uc-undo-sheet pre").evaluateAll(tornWords);
    expect(torn, `${media}, ${width} px`).toEqual([]);
    expect(seen).toBeGreaterThan(100);
  }
});

test("each sheet says of which guide, run and environment it is, and each part of a step of which step", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await choose(page);
  const sheets = await print(page, "sheets");
  const [title, name] = [await page.getByRole("heading").first().innerText(), "First run"];
  for (const [place, sheet] of sheets.entries()) {
    expect(flat(sheet), `sheet ${place + 1}`).toContain(flat(`${title} · ${name} · PostgreSQL · Self-managed server · Bare metal`));
  }
  // Behind the step's title, until the next step begins.
  const step = checklist.step("back-up-metadata");
  const body = flat((await step.locator("pre > code").last().textContent())!);
  const last = sheets.find((sheet) => flat(sheet).includes(body));
  expect(flat(last!)).toContain(flat(await step.getByRole("heading").first().innerText()));
});

test("who did it signs, and who checked it", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await choose(page);
  const text = (await print(page, "signed")).join("");
  const signoff = text.slice(text.lastIndexOf("Sign-off"));
  for (const words of ["Done by", "Checked by"]) expect(signoff).toContain(words);
  expect(signoff.match(/Signature/g)).toHaveLength(2);
});

test("a step that does not apply is its title and its reason on paper; a note is there whole, whether its field is open or not", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await choose(page);
  const [waived, noted] = [checklist.steps.nth(2), checklist.step("back-up-metadata")];
  const command = await waived.locator("pre > code").first().textContent();
  await waived.getByRole("button", { name: "Does not apply here" }).click();
  await waived.getByRole("textbox", { name: "Why" }).fill("We never call it");
  const link = `https://example.com/${"abcdef/".repeat(16)}end`;
  await noted.locator(".uc-step__foot summary").click();
  await noted.getByRole("textbox", { name: "Your note" }).fill(link);
  await noted.locator(".uc-step__foot summary").click();
  const text = flat((await print(page, "waived")).join(""));
  expect(text).toContain(flat("We never call it"));
  expect(text).not.toContain(flat(command!));
  expect(text).toContain(flat(link));
});

test("nothing on paper asks to be pressed, not even where a step has to be looked at again", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  const step = checklist.step("back-up-metadata");
  await checklist.field("backup_dir").fill("/srv/backup");
  await checklist.box(step).check();
  await checklist.field("backup_dir").fill("/srv/other");
  await expect(step).toHaveAttribute("data-state", "changed");
  await expect(step.getByRole("button", { name: "Still done" })).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(step.getByText("/srv/backup")).toBeVisible();
  await expect(page.getByRole("button").filter({ visible: true })).toHaveCount(0);
});

test("the undo sheet leads to no field of the screen", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await choose(page);
  const text = (await print(page, "undo")).join("");
  const sheet = text.slice(text.lastIndexOf("Undo sheet"));
  expect(sheet).toContain("Memory before the change");
  expect(sheet).not.toContain("Fill in");
});

test("before every case of what is open is printed, that is asked", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await page.evaluate(() => {
    document.title = "not printed";
    window.print = () => void (document.title = "printed");
  });
  const print = page.locator(".uc-rail").getByText("Print", { exact: true });
  await print.click();
  const question = page.locator(".uc-rail").getByText("What you left open is printed for every case");
  await expect(question).toBeVisible();
  await expect(page).toHaveTitle("not printed");
  await page.getByRole("button", { name: "Print every case" }).click();
  await expect(page).toHaveTitle("printed");
  await expect(question).toBeHidden();

  await page.evaluate(() => (document.title = "not printed"));
  for (const value of ["mysql", "self-managed", "bare-metal", "admin"]) await checklist.radio(value).check();
  await print.click();
  await expect(page).toHaveTitle("printed");
});

/** Chooses what a small company has. */
async function choose(page: Page) {
  const answers = { engine: "postgres", hosting: "self-managed", deployment: "bare-metal", privilege: "admin" };
  for (const [name, answer] of Object.entries(answers)) await page.locator(`[name$="-${name}"][value="${answer}"]`).check();
}

/** The text of each sheet. */
async function print(page: Page, name: string) {
  const path = `${folder}/${name}.pdf`;
  await page.pdf({ path, format: "A4" });
  return execFileSync("pdftotext", ["-raw", path, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
}

/** The words of commands that stand in two lines though they fit into one. */
function tornWords(commands: Element[]) {
  const torn: string[] = [];
  let seen = 0;
  for (const command of commands.filter((command) => command.checkVisibility())) {
    const nodes: Text[] = [];
    for (const walker = document.createTreeWalker(command, NodeFilter.SHOW_TEXT); walker.nextNode(); ) nodes.push(walker.currentNode as Text);
    const at = (offset: number) => {
      const node = nodes.find((node) => (offset -= node.length) < 0)!;
      return [node, offset + node.length] as const;
    };
    const text = nodes.map((node) => node.data).join("");
    for (const { 0: word, index } of text.matchAll(/\S+/g)) {
      if (word.length > 40) continue;
      seen += 1;
      const tops = [index, index + word.length - 1].map((offset) => {
        const range = document.createRange();
        const [node, start] = at(offset);
        range.setStart(node, start);
        range.setEnd(node, start + 1);
        return range.getBoundingClientRect().top;
      });
      if (Math.abs(tops[0]! - tops[1]!) > 4) torn.push(word);
    }
  }
  return { torn, seen };
}

/** Without any space, as paper breaks lines where it must. */
function flat(text: string) {
  return text.replaceAll(/[\s\f]+/g, "");
}
