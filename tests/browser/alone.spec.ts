// Without a network: one file from a disk, and the page that was opened before.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Page, test as base } from "@playwright/test";
import { Checklist, TITLES } from "./checklist.ts";
import { expect, test } from "./quiet.ts";
import { serve } from "./server.ts";

test.use({ still: true });

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

// Not the quiet test: there is no server here.
base("one file opens from a disk, asks for nothing, and keeps its ticks", async ({ page, context }) => {
  const folder = await mkdtemp(join(tmpdir(), "upgrade-checklist-"));
  const complaints: string[] = [];
  context.on("console", (message) => complaints.push(message.text()));
  context.on("weberror", ({ error }) => complaints.push(String(error())));
  const requests: string[] = [];
  context.on("request", (request) => void requests.push(request.url()));
  try {
    await cp(join(dist, "standalone.html"), join(folder, "checklist.html"));
    const address = pathToFileURL(join(folder, "checklist.html")).href;
    await page.goto(address);
    const checklist = new Checklist(page);
    await checklist.ready();
    await checklist.radio("postgres").check();
    await checklist.box(checklist.steps.first()).check();
    await page.reload();
    await checklist.ready();
    await expect(checklist.steps.first()).toHaveAttribute("data-state", "done");
    await page.screenshot({ path: "../../target/playwright/pictures/standalone.png" });
    await page.evaluate(() => scrollTo(0, 6000));
    const step = checklist.steps.nth(await checklist.steps.evaluateAll((steps) => steps.findIndex((step) => step.getBoundingClientRect().bottom > 0)));
    const top = () => step.evaluate((step) => Math.round(step.getBoundingClientRect().top));
    const before = await top();
    await page.reload();
    await checklist.ready();
    await expect.poll(top).toBe(before);
    await saveText(page);
    const path = "../../target/playwright/pictures/standalone.pdf";
    await page.pdf({ path });
    const printed = execFileSync("pdftotext", ["-raw", path, "-"], { encoding: "utf8" }).replaceAll(/\s+/g, " ");
    for (const title of [...TITLES, "Sign-off"]) expect(printed).toContain(title);
    expect(requests.filter((url) => url !== address && !url.startsWith("data:"))).toEqual([]);
    expect(complaints).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("it can be installed", async ({ page }) => {
  await new Checklist(page).open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  const session = await page.context().newCDPSession(page);
  const { errors, manifest } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  expect(manifest).toBeTruthy();
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // A private window, as each test has one, installs nothing.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
});

test("a page that was opened once opens without a network", async ({ page, context }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await checklist.box(checklist.steps.first()).check();
  await context.setOffline(true);
  for (const address of ["./", "index.html", "index.html?from=a-bookmark"]) {
    await page.goto(address);
    await checklist.ready();
    await expect(checklist.steps.first()).toHaveAttribute("data-state", "done");
  }
  await saveText(page);
});

base("a page opens without a network whose host leads from its folder to its name", async ({ page, context }) => {
  const site = await copied("by-name/");
  try {
    const checklist = await opened(page, `${site.url}by-name/`);
    await context.setOffline(true);
    for (const address of ["by-name/", "by-name/index.html"]) {
      await page.goto(site.url + address);
      await checklist.ready();
    }
  } finally {
    await site.close();
  }
});

base("another page in its folder gets all files from the network, and so those of one build", async ({ page }) => {
  const site = await copied("");
  try {
    await opened(page, site.url);
    await site.add("other.html", '<script type="module" src="upgrade-checklist.js"></script>');
    await site.add("upgrade-checklist.js", "document.documentElement.dataset.build = 'newer';");
    await page.goto(`${site.url}other.html`);
    await expect(page.locator("html")).toHaveAttribute("data-build", "newer");
    await page.goto(site.url);
    await new Checklist(page).ready();
    await expect(page.locator("html")).not.toHaveAttribute("data-build");
  } finally {
    await site.close();
  }
});

base("a newer version is there whole when the page is next opened", async ({ page }) => {
  const site = await copied("");
  try {
    const checklist = await opened(page, site.url);
    // Caches were once named by their version alone: one of ours, and one of another folder's page.
    await page.evaluate(async () => {
      await (await caches.open("upgrade-checklist sha384-older")).put("./", new Response());
      await (await caches.open("upgrade-checklist sha384-other")).put("other/", new Response());
    });

    await site.renew("");
    // The old one answers whole, and fetches the newer beside it, which takes over under it.
    await page.reload();
    await checklist.ready();
    await checklist.box(checklist.steps.first()).check();
    // Chromium may let the newer wait for as long as it keeps an older one that has nothing to do.
    const left = ["upgrade-checklist sha384-other", `upgrade-checklist: ${site.url} sha256-newer`];
    await expect.poll(() => cachesOf(page), { timeout: 60_000 }).toEqual(left);
    await expect(page).toHaveTitle("Upgrade Checklist");

    await page.reload();
    await expect(page).toHaveTitle("Newer");
    await checklist.ready();
    await expect(checklist.steps.first()).toHaveAttribute("data-state", "done");
  } finally {
    await site.close();
  }
});

base("versions in two folders of one site each open without a network, whatever their answers vary by", async ({ page, context }) => {
  const site = await copied("a/", "b/");
  try {
    await site.renew("b/");
    for (const folder of ["a/", "b/"]) await opened(page, site.url + folder);
    const checklist = new Checklist(page);
    await context.setOffline(true);
    for (const [folder, title] of [["a/", "Upgrade Checklist"], ["b/", "Newer"]] as const) {
      await page.goto(site.url + folder);
      await checklist.ready();
      await expect(page).toHaveTitle(title);
    }
  } finally {
    await site.close();
  }
});

base("a newer version does not wait for pages in other folders of its site", async ({ page, context }) => {
  const site = await copied("", "b/");
  try {
    const other = await context.newPage();
    for (const [tab, folder] of [[page, ""], [other, "b/"]] as const) {
      await tab.goto(site.url + folder);
      await keptOffline(tab);
    }
    await site.renew("");
    await page.reload();
    const renewed = async () => (await cachesOf(page)).filter((name) => name.includes(`${site.url} `));
    await expect.poll(renewed, { timeout: 60_000 }).toEqual([`upgrade-checklist: ${site.url} sha256-newer`]);
    await page.reload();
    await expect(page).toHaveTitle("Newer");
  } finally {
    await site.close();
  }
});

for (const last of ["page", "script"]) {
  base(`of a version whose ${last} comes last nothing is kept before, and all of it then`, async ({ page }) => {
    const site = await copied("");
    try {
      const checklist = await opened(page, site.url);
      const older = await cachesOf(page);
      // What comes of the newer version when the browser finds that there is one.
      const installed = () =>
        page.evaluate(async () => {
          const registration = await (await navigator.serviceWorker.ready).update();
          const newer = registration.installing ?? registration.waiting ?? registration.active!;
          while (newer.state === "installing") await new Promise((changed) => newer.addEventListener("statechange", changed, { once: true }));
          return newer.state !== "redundant";
        });

      const uploadScript = await site.announce("upgrade-checklist.js");
      const uploads = [uploadScript, () => site.renewPage("")];
      const [first, second] = last === "page" ? uploads : uploads.reverse();
      await site.renewWorker("");
      expect(await installed(), "page and script are the older").toBe(false);
      await first!();
      expect(await installed(), `the ${last} is the older`).toBe(false);
      await page.reload();
      await checklist.ready();
      await expect(page).toHaveTitle("Upgrade Checklist");
      expect(await cachesOf(page)).toEqual(expect.arrayContaining(older));

      await second!();
      await page.reload();
      const newer = [`upgrade-checklist: ${site.url} sha256-newer`];
      await expect.poll(() => cachesOf(page), { timeout: 60_000 }).toEqual(newer);
      await page.reload();
      await checklist.ready();
      await expect(page).toHaveTitle("Newer");
    } finally {
      await site.close();
    }
  });
}

/** A site with the page in each of these folders. */
async function copied(...folders: string[]) {
  const root = await mkdtemp(join(tmpdir(), "upgrade-checklist-"));
  for (const folder of folders) await cp(dist, join(root, folder), { recursive: true });
  // Most hosts say some of these, and a page is asked for otherwise when it is installed.
  const { url, close } = await serve(root, undefined, { Vary: "Accept, Origin, User-Agent" });
  const read = (file: string) => readFile(join(root, file), "utf8");
  const version = /sha256-[^"`']{16}(?=["`'])/g;
  const replace = async (file: string, from: RegExp | string, to: string) => {
    const text = await read(file);
    expect(text).toMatch(from);
    await writeFile(join(root, file), text.replace(from, to));
  };
  const site = {
    url,
    /** Makes the page in a folder a newer version. */
    async renew(folder: string) {
      await site.renewWorker(folder);
      await site.renewPage(folder);
    },
    async renewPage(folder: string) {
      // That it is not what was built, byte by byte, is no matter: hosts write into their pages.
      await replace(`${folder}index.html`, /<title>.*<\/title>/, "<title>Newer</title>");
      await replace(`${folder}index.html`, version, "sha256-newer");
    },
    async renewWorker(folder: string) {
      await replace(`${folder}service-worker.js`, version, "sha256-newer");
    },
    /** Makes a file another one, which the worker is told of before the file is there: that is done
     * by what this gives. */
    async announce(file: string) {
      const [before, after] = [await read(file), `${await read(file)}\n`];
      await replace("service-worker.js", integrity(before), integrity(after));
      return () => writeFile(join(root, file), after);
    },
    /** Adds a line to a file, and the file where there is none. */
    add: (file: string, line: string) => appendFile(join(root, file), `\n${line}\n`),
    async close() {
      await close();
      await rm(root, { recursive: true });
    },
  };
  return site;
}

const integrity = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

/** The checklist of a page that is opened and kept. */
async function opened(page: Page, url: string) {
  const checklist = new Checklist(page);
  await page.goto(url);
  await checklist.ready();
  await keptOffline(page);
  return checklist;
}

/** Ends when the page is there for when there is no network. */
async function keptOffline(page: Page) {
  const state = () => page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  await expect.poll(state).toBe("activated");
}

const cachesOf = (page: Page) => page.evaluate(async () => (await caches.keys()).sort());

/** Saves the checklist, which a part of the program writes that was not needed before. */
async function saveText(page: Page) {
  await page.locator(".uc-downloads > summary").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Plain text", exact: true }).click()]);
  expect(await readFile(await download.path(), "utf8")).toContain("OpenMetadata");
}
