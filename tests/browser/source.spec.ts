// A page that comes from an address: fetched, parsed in the browser, and shown; where that
// cannot be, its reader is told why.

import { expect, test } from "./quiet.ts";
import type { Page } from "@playwright/test";

/** The host's page, with a place for the checklist. */
const host = (place: string) => `<!doctype html>
  <title>Host</title>
  <link rel="stylesheet" href="styles/upgrade-checklist.css" />
  ${place}
  <script type="module" src="upgrade-checklist.js"></script>`;

const PAGE = `---
id: tool-2
title: Upgrade the tool
---

# Before

## Stop the tool

{% partial file="parts/stop.md" /%}

# After

## Look around

It answers.
`;

/** What the server answers at an address: Markdown, unless it says otherwise. */
type Answer = { status?: number; contentType?: string; body: string | Buffer };
type Files = Record<string, string | Answer>;

/** Opens a host's page beside these files; every other address is the server's. */
async function open(page: Page, place: string, files: Files = {}) {
  const all: Files = { ...files, "host.html": { contentType: "text/html", body: host(place) } };
  for (const [path, file] of Object.entries(all)) {
    const answer = typeof file === "string" ? { body: file } : file;
    await page.route(`**/${path}`, (route) => route.fulfill({ contentType: "text/markdown", ...answer }));
  }
  await page.goto("./host.html");
}

const place = (src: string, more = "") => `<upgrade-checklist src="${src}" heading-level="1" ${more}><p>It would stand here.</p></upgrade-checklist>`;

test("a page is fetched with its partials, and its checklist works", async ({ page }) => {
  await open(page, place("docs/page.md"), {
    "docs/page.md": PAGE,
    "docs/parts/stop.md": 'As root. {% partial file="parts/deeper.md" /%}',
    "docs/parts/deeper.md": "Wait for it.",
  });
  const step = page.locator("[data-step]").first();
  await expect(page.locator("[data-step]")).toHaveCount(2);
  await expect(step).toContainText("As root.");
  await expect(step).toContainText("Wait for it.");
  await step.getByRole("checkbox").first().check();
  await page.reload();
  await expect(step).toHaveAttribute("data-state", "done");
});

test("a page that stands in the element needs no address", async ({ page }) => {
  const inline = `<upgrade-checklist><script type="text/markdown">${PAGE}</script></upgrade-checklist>`;
  await open(page, inline, { "parts/stop.md": "As root." });
  await expect(page.locator("[data-step]")).toHaveCount(2);
  await expect(page.locator("[data-step]").first()).toContainText("As root.");
});

test("several pages are one checklist to choose from", async ({ page }) => {
  await open(page, place("one.md two.md", 'guide-id="tool-2"'), {
    "one.md": "---\nid: tool-1\ntitle: The first\n---\n\n# Phase\n\n## Step\n\nDo it.\n",
    "two.md": "---\nid: tool-2\ntitle: The second\n---\n\n# Phase\n\n## Step\n\nDo it.\n",
  });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The second");
  await expect(page.getByText("The first").first()).toBeVisible();
});

test("nothing of the parser is loaded where no page is fetched", async ({ page }) => {
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(request.url()));
  await page.goto("./");
  await expect(page.locator("[data-step]").first()).toBeVisible();
  expect(loaded.filter((url) => /source|parser/.test(url))).toEqual([]);
});

/** What is wrong with a page, its address, the files there, and what the reader is told. */
const REFUSED: [string, string, Files, RegExp][] = [
  ["is not there", "page.md", { "page.md": { status: 404, body: "" } }, /could not be had: the server answered 404/],
  ["is a web page", "page.md", { "page.md": { contentType: "text/html", body: "Home" } }, /is a web page, not Markdown/],
  ["is no text", "page.md", { "page.md": { body: Buffer.from([0xff, 0xfe]) } }, /is not text in UTF-8/],
  ["is too large", "page.md", { "page.md": "word ".repeat(900_000) }, /is too large: more than 4 MB/],
  ["holds no step", "page.md", { "page.md": "Only a sentence.\n" }, /There is no step in the page/],
  ["has too many partials", "page.md", { "page.md": partials(201) }, /more than 200 partials/],
  ["has no address", " ", {}, /names no page/],
  ["has an address of another kind", "ftp://host/page.md", {}, /is no address of a page/],
];

for (const [what, src, files, told] of REFUSED) {
  test(`a page that ${what} is explained, and what stood there stays`, async ({ page, complaints }) => {
    await open(page, place(src), files);
    await expect(page.getByRole("alert")).toHaveText(told);
    await expect(page.getByText("It would stand here.")).toBeVisible();
    await forgive(page, complaints);
  });
}

test("a page that does not come is given up", async ({ page, complaints }) => {
  await page.clock.install();
  await page.route("**/page.md", () => {});
  const asked = page.waitForRequest("**/page.md");
  await open(page, place("page.md"));
  await asked;
  await page.clock.fastForward(20_000);
  await expect(page.getByRole("alert")).toHaveText(/did not come within 20 seconds/);
  await forgive(page, complaints);
});

test("a partial that is not there, or includes itself, is told to the author", async ({ page, complaints }) => {
  await open(page, place("page.md"), {
    "page.md": `${PAGE}\n{% partial file="loop.md" /%}\n\n{% partial file="../../above.md" /%}\n`,
    "loop.md": '{% partial file="loop.md" /%}',
    "parts/stop.md": { status: 404, body: "" },
  });
  await expect(page.locator("[data-step]")).toHaveCount(2);
  await page.close();
  for (const told of ["`parts/stop.md` is not there", "`loop.md` includes itself", "`../../above.md` is not there"]) {
    expect(complaints.some((complaint) => complaint.includes(told)), told).toBe(true);
  }
  complaints.length = 0;
});

function partials(count: number) {
  return Array.from({ length: count }, (_, index) => `{% partial file="${index}.md" /%}\n\n`).join("");
}

/** What went wrong was asked for; and a closed page says nothing more. */
async function forgive(page: Page, complaints: string[]) {
  await page.close();
  complaints.length = 0;
}
