// A page that comes from an address: fetched, parsed in the browser, and shown; where that
// cannot be, its reader is told why.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { caseOf } from "./guides.ts";
import { expect, test } from "./quiet.ts";
import { HOST_POLICY } from "./server.ts";

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

test("a page that stands in the element may be indented as the HTML around it", async ({ page }) => {
  const indented = PAGE.replace(/^(?=.)/gm, " ".repeat(6));
  const inline = `<upgrade-checklist>\n    <div>\n    <script type="text/markdown">\n\n${indented}    </script></div>\n</upgrade-checklist>`;
  await open(page, inline, { "parts/stop.md": "As root." });
  await expect(page.locator("[data-step]")).toHaveCount(2);
  await expect(page.locator(".uc-head__title")).toHaveText("Upgrade the tool");
});

test("a page that comes into the element after it is shown: at once, or while the host's page arrives", async ({ page, server, complaints }) => {
  const markdown = "# Phase\n\n## Step\n\nDo it.\n";
  await open(page, "");
  await page.evaluate((markdown) => {
    const element = Object.assign(document.createElement("upgrade-checklist"), { loading: "eager" });
    document.body.append(element);
    element.append(Object.assign(document.createElement("script"), { type: "text/markdown", textContent: markdown }));
  }, markdown);
  await expect(page.locator("[data-step]")).toHaveCount(1);

  // Slowly, as from a server that works while it answers.
  const slow = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html");
    response.write(`<!doctype html><link rel="icon" href="data:,"><script type="module" async src="${server.url}upgrade-checklist.js"></script><p>Before</p><upgrade-checklist>${" ".repeat(2000)}`);
    setTimeout(() => response.end(`<script type="text/markdown">${markdown}</script></upgrade-checklist><p>After</p>`), 1500);
  });
  await new Promise<void>((listening) => slow.listen(0, "127.0.0.1", listening));
  try {
    const { port } = slow.address() as AddressInfo;
    await page.context().grantPermissions(["local-network-access"], { origin: `http://127.0.0.1:${port}` });
    await page.goto(`http://127.0.0.1:${port}/`);
    await expect(page.locator("[data-step]")).toHaveCount(1);
    // That page is another site's.
    await forgive(page, complaints);
  } finally {
    slow.close();
    slow.closeAllConnections();
  }
});

test("a page that stands in the element needs no address of the page around it", async ({ page, baseURL }) => {
  await open(page, "<iframe></iframe>");
  await page.evaluate(
    ({ home, markdown }) => {
      const text = `<!doctype html><script type="module" src="${home}upgrade-checklist.js"></${"script"}><upgrade-checklist loading="eager"><script type="text/markdown">${markdown}</${"script"}></upgrade-checklist>`;
      document.querySelector("iframe")!.src = URL.createObjectURL(new Blob([text], { type: "text/html" }));
    },
    { home: baseURL, markdown: "# Phase\n\n## Step\n\nDo it.\n" },
  );
  await expect(page.frameLocator("iframe").locator("[data-step]")).toHaveCount(1);
});

test("a script in the element with an address of its own is told to the author", async ({ page, complaints }) => {
  await open(page, '<upgrade-checklist><script type="text/markdown" src="page.md"></script></upgrade-checklist>', { "page.md": PAGE });
  await expect(page.getByRole("alert")).toHaveText(/no step in the page/);
  await page.close();
  expect(complaints.some((complaint) => /src="page\.md"> is not fetched/.test(complaint)), complaints.join("\n")).toBe(true);
  complaints.length = 0;
});

test("several pages are one checklist to choose from", async ({ page }) => {
  await open(page, place("one.md two.md", 'guide-id="tool-2"'), {
    "one.md": "---\nid: tool-1\ntitle: The first\n---\n\n# Phase\n\n## Step\n\nDo it.\n",
    "two.md": "---\nid: tool-2\ntitle: The second\n---\n\n# Phase\n\n## Step\n\nDo it.\n",
  });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The second");
  await expect(page.getByText("The first").first()).toBeVisible();
});

/** A page of a good 100,000 characters, and more. */
const LONG = `---\nid: long\n---\n\n# Phase\n\n${Array.from({ length: 60 }, (_, index) => `## Step ${index}\n\n${"word ".repeat(400)}\n\n`).join("")}`;

test("a long page is parsed beside the page, a short one in it", async ({ page }) => {
  const workers: string[] = [];
  page.on("worker", (worker) => workers.push(new URL(worker.url()).pathname));
  await open(page, place("page.md"), { "page.md": PAGE, "parts/stop.md": "As root." });
  await expect(page.locator("[data-step]")).toHaveCount(2);
  expect(workers).toEqual([]);
  await open(page, place("long.md"), { "long.md": `${LONG}\n\n{% partial file="more.md" /%}\n`, "more.md": "## The last\n\nDo it.\n" });
  await expect(page.locator("[data-step]")).toHaveCount(61);
  expect(workers).toEqual(["/parser.js"]);
  // Nothing of it stays.
  await expect.poll(() => page.workers().length).toBe(0);
});

test("where the host allows no worker, a long page is parsed all the same", async ({ page, complaints }) => {
  await page.route("**/long.md", (route) => route.fulfill({ body: LONG, contentType: "text/markdown" }));
  const headers = { "Content-Security-Policy": HOST_POLICY, "Content-Type": "text/html" };
  await page.route("**/strict.html", (route) => route.fulfill({ body: host(place("long.md")), headers }));
  await page.goto("./strict.html");
  await expect(page.locator("[data-step]")).toHaveCount(60);
  expect(page.workers()).toEqual([]);
  // The browser reports that the name of the policy is not allowed.
  await page.close();
  expect(complaints).not.toEqual([]);
  expect(complaints.every((complaint) => /trusted-types|TrustedTypePolicy/.test(complaint)), complaints.join("\n")).toBe(true);
  complaints.length = 0;
});

test("a page of another site is fetched where that site allows it, and else that is said", async ({ page, context, complaints }) => {
  // Both sites are on this machine, which browsers guard from pages that they do not know to be.
  await context.grantPermissions(["local-network-access"]);
  const asked: (string | undefined)[] = [];
  const other = createServer(({ url, headers }, response) => {
    asked.push(headers.cookie);
    response.setHeader("Content-Type", "text/markdown");
    if (url === "/open.md") response.setHeader("Access-Control-Allow-Origin", "*");
    response.end("# Phase\n\n## Step\n\nDo it.\n");
  });
  await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
  const home = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  try {
    await open(page, place(`${home}/open.md`));
    await expect(page.locator("[data-step]")).toHaveCount(1);
    await open(page, place(`${home}/closed.md`));
    await expect(page.getByRole("alert")).toHaveText(/could not be reached, its server does not allow http:\/\/127.0.0.1:\d+ to read it \(CORS\), or this page’s policy forbids it/);
    expect(asked).toEqual([undefined, undefined]);
    await forgive(page, complaints);
  } finally {
    other.close();
    other.closeAllConnections();
  }
});

test("a page whose address leads on to another has its partials there, and where it leads away from the site that is said", async ({ page, context, complaints }) => {
  await context.grantPermissions(["local-network-access"]);
  const other = createServer(({ url }, response) => {
    if (url === "/latest/page.md") return void response.writeHead(302, { Location: "/v2/page.md", "Access-Control-Allow-Origin": "*" }).end();
    response.setHeader("Content-Type", "text/markdown");
    if (url !== "/closed.md") response.setHeader("Access-Control-Allow-Origin", "*");
    response.statusCode = url === "/latest/parts/stop.md" ? 404 : 200;
    response.end(url === "/v2/page.md" ? PAGE : "As root.");
  });
  await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
  const home = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  try {
    await open(page, place(`${home}/latest/page.md`));
    await expect(page.locator("[data-step]").first()).toContainText("As root.");
    await page.route("**/away.md", (route) => route.fulfill({ status: 302, headers: { Location: `${home}/closed.md` } }));
    await open(page, place("away.md"));
    await expect(page.getByRole("alert")).toHaveText(/away\.md leads on to another site, which .* does not allow http:\/\/127.0.0.1:\d+ to read it \(CORS\)/);
    await forgive(page, complaints);
  } finally {
    other.close();
    other.closeAllConnections();
  }
});

test("elements that ask for the same page at once fetch it once, and the browser keeps it as its server says", async ({ page }) => {
  let asked = 0;
  await page.route("**/page.md", (route) => {
    asked++;
    return route.fulfill({ body: "# Phase\n\n## Step\n\nDo it.\n", contentType: "text/markdown" });
  });
  await open(page, place("page.md", 'loading="eager"') + place("page.md", 'loading="eager"'));
  await expect(page.locator("[data-step]")).toHaveCount(2);
  expect(asked).toBe(1);
});

test("pages of the documentation work as they are", async ({ page, complaints }) => {
  const names = ["reference", "releases", "connector"];
  const pages = Object.fromEntries(names.map((name) => [`${name}.md`, caseOf(`../benches/parse/pages/${name}.md`)]));
  for (const partial of ["external-ingestion-deployment", "query-usage"]) pages[`${partial}.md`] = "Read on.";
  await page.route(/\.(png|webp|gif|jpg|svg)$/, (route) => route.fulfill({ body: '<svg xmlns="http://www.w3.org/2000/svg"/>', contentType: "image/svg+xml" }));
  for (const name of names) {
    await open(page, place(`${name}.md`), pages);
    await expect(page.locator("[data-step]").first()).toBeAttached();
  }
  await page.close();
  // One shows a page's own variables, which the documentation's site has and nobody else.
  expect(complaints.filter((complaint) => !/declares the variable/.test(complaint))).toEqual([]);
  complaints.length = 0;
});

test("a page from an address is saved as a file, with the reader's place for its links", async ({ page }) => {
  const text = "---\nid: tool\ntitle: Tool\n---\n\n# Before\n\n## Stop it\n\nSee [how](/how-to).\n";
  await open(page, place("page.md", 'base="https://docs.example/v2"'), { "page.md": text });
  await page.locator(".uc-downloads > summary").click();
  const button = page.getByRole("button", { name: "Task list (Markdown)", exact: true });
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  expect(download.suggestedFilename()).toBe("tool-default-runbook.md");
  expect(readFileSync(await download.path(), "utf8")).toContain("[how](https://docs.example/v2/how-to)");
});

test("nothing of the parser or of the writer is loaded where neither is needed", async ({ page }) => {
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(request.url()));
  await page.goto("./");
  await expect(page.locator("[data-step]").first()).toBeVisible();
  expect(loaded.filter((url) => /source|parser|runbook/.test(url))).toEqual([]);
});

/** What is wrong with a page, its address, the files there, and what the reader is told. */
const REFUSED: [string, string, Files, RegExp][] = [
  ["is not there", "page.md", { "page.md": { status: 404, body: "" } }, /could not be had: the server answered 404/],
  ["is a web page", "page.md", { "page.md": { contentType: "text/html", body: "Home" } }, /is a web page, not Markdown/],
  ["is a web page that is called text", "page.md", { "page.md": { contentType: "text/plain", body: "\n<!DOCTYPE html>\n<title>Log in</title>\n\n# Home\n\n## Log in\n\nHere.\n" } }, /page\.md is a web page, not Markdown/],
  ["is no text", "page.md", { "page.md": { body: Buffer.from([0xff, 0xfe]) } }, /is not text in UTF-8/],
  ["is too large", "page.md", { "page.md": "word ".repeat(900_000) }, /is too large: more than 4 MB/],
  ["holds no step", "page.md", { "page.md": "Only a sentence.\n" }, /There is no step in the page/],
  ["has too many partials", "page.md", { "page.md": partials(201) }, /more than 200 partials/],
  ["has no address", " ", {}, /names no page/],
  ["has a partial that cannot be had now", "page.md", { "page.md": '# Phase\n\n{% partial file="more.md" /%}\n', "more.md": { status: 503, body: "" } }, /more\.md could not be had: the server answered 503/],
  ["has an address that is none", "https://", {}, /https:\/\/ is no address of a page/],
  ["has an address of another kind", "ftp://host/page.md", {}, /ftp:\/\/host\/page.md is no address of a page/],
  ["has an address without folders", "data:text/markdown,Hello", {}, /data:text\/markdown,Hello is no address of a page/],
];

for (const [what, src, files, told] of REFUSED) {
  test(`a page that ${what} is explained, and what stood there stays`, async ({ page, complaints }) => {
    await open(page, place(src), files);
    await expect(page.getByRole("alert")).toHaveText(told);
    await expect(page.getByText("It would stand here.")).toBeVisible();
    await forgive(page, complaints);
  });
}

test("another page may be asked for at any time, and after one that cannot be had", async ({ page, complaints }) => {
  await open(page, place("one.md"), {
    "one.md": "# One\n\n## First step\n\nDo it.\n",
    "two.md": "# Two\n\n## Second step\n\nDo that.\n",
    "gone.md": { status: 404, body: "" },
    "empty.md": "Only a sentence.\n",
  });
  const element = page.locator("upgrade-checklist");
  const ask = (...sources: string[]) =>
    element.evaluate((element, sources) => {
      // Whatever else changes meanwhile is no reason to stumble.
      for (const src of sources) {
        element.setAttribute("src", src);
        element.setAttribute("theme", "dark");
      }
    }, sources);
  const step = page.locator("[data-step]");
  await expect(step).toContainText("First step");
  for (const [sources, told] of [
    [["gone.md"], /404/],
    [["one.md"], "First step"],
    [["gone.md", "two.md"], "Second step"],
    [["empty.md"], /no step/],
    [["two.md", "one.md"], "First step"],
  ] as const) {
    await ask(...sources);
    await expect(typeof told === "string" ? step : page.getByRole("alert")).toContainText(told);
    await expect(page.getByRole("alert")).toHaveCount(typeof told === "string" ? 0 : 1);
  }
  expect(complaints.filter((complaint) => /TypeError/.test(complaint))).toEqual([]);
  await forgive(page, complaints);
});

test("while another page is loaded the one before stays, and works", async ({ page }) => {
  await open(page, place("one.md"), { "one.md": "# One\n\n## First step\n\nDo it.\n" });
  let go = () => {};
  const waits = new Promise<void>((resolve) => (go = resolve));
  await page.route("**/two.md", async (route) => {
    await waits;
    await route.fulfill({ contentType: "text/markdown", body: "# Two\n\n## Second step\n\nDo that.\n" });
  });
  const step = page.locator("[data-step]");
  await expect(step).toContainText("First step");
  const asked = page.waitForRequest("**/two.md");
  await page.locator("upgrade-checklist").evaluate((element: any) => (element.src = "two.md"));
  await asked;
  await step.getByRole("checkbox").check();
  await expect(step).toHaveAttribute("data-state", "done");
  await expect(step).toContainText("First step");
  go();
  await expect(step).toContainText("Second step");
  await expect(step).toHaveAttribute("data-state", "todo");
  await page.locator("upgrade-checklist").evaluate((element: any) => (element.src = "one.md"));
  await expect(step).toContainText("First step");
  await expect(step).toHaveAttribute("data-state", "done");
});

test("what was done in one page stays with the element while another is shown, or none", async ({ page, complaints }) => {
  await open(page, place("one.md", 'storage="none"'), {
    "one.md": "---\nid: one\n---\n\n# One\n\n## First step\n\nDo it.\n",
    "two.md": "---\nid: two\n---\n\n# Two\n\n## Second step\n\nDo that.\n",
    "gone.md": { status: 404, body: "" },
  });
  const step = page.locator("[data-step]");
  const set = (name: string, value: string) => page.locator("upgrade-checklist").evaluate((element, [name, value]) => element.setAttribute(name!, value!), [name, value]);
  const show = async (src: string, text: string) => {
    await set("src", src);
    await expect(step).toContainText(text);
  };
  await step.getByRole("checkbox").check();
  await show("two.md", "Second step");
  await expect(step).toHaveAttribute("data-state", "todo");
  await set("src", "gone.md");
  await expect(page.getByRole("alert")).toContainText("404");
  await show("one.md", "First step");
  await expect(step).toHaveAttribute("data-state", "done");

  // What the storage refuses is held in the same way, and said.
  await set("storage", "local");
  await expect(step).toHaveAttribute("data-state", "todo");
  await page.evaluate(() => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key, value) {
      if (!(window as any).hasRoom) throw new DOMException("", "QuotaExceededError");
      setItem.call(this, key, value);
    };
  });
  await step.getByRole("checkbox").check();
  await show("two.md", "Second step");
  const told = page.getByRole("alert").filter({ hasText: "What you did in another run could not be saved yet" });
  await expect(told).toHaveCount(1);
  await page.evaluate(() => ((window as any).hasRoom = true));
  await step.getByRole("checkbox").check();
  await expect(told).toHaveCount(0);
  const stored = () => page.evaluate(() => localStorage.getItem("upgrade-checklist:v1:one:default"));
  expect(JSON.parse((await stored())!).steps).toEqual({ "one/first-step": expect.objectContaining({ mark: "done" }) });
  await show("one.md", "First step");
  await expect(step).toHaveAttribute("data-state", "done");
  await forgive(page, complaints);
});

test("a German reader is told in German", async ({ page, complaints }) => {
  for (const [file, told] of [
    ["there.md", /Diese Checkliste konnte nicht geladen werden\. In der Seite, .* ist kein Schritt\./],
    ["gone.md", /Die Seite .*gone\.md war nicht zu haben: der Server antwortete 404\./],
  ] as const) {
    await open(page, `<div lang="de-CH">${place(file)}</div>`, {
      "there.md": "Only a sentence.\n",
      "gone.md": { status: 404, body: "" },
    });
    await expect(page.getByRole("alert")).toHaveText(told);
  }
  await forgive(page, complaints);
});

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

test("where what reads a page does not come, that is named", async ({ page, complaints }) => {
  await page.clock.install();
  const parser = "**/upgrade-checklist-parser_bg.wasm";
  await page.route(parser, () => {});
  const asked = page.waitForRequest(parser);
  const given = page.waitForResponse("**/page.md");
  await open(page, place("page.md"), { "page.md": "# Phase\n\n## Step\n\nDo it.\n" });
  await (await given).finished();
  await asked;
  await page.waitForTimeout(300);
  await page.clock.fastForward(20_000);
  await expect(page.getByRole("alert")).toHaveText(/parser_bg\.wasm, which reads its page, did not come within 20 seconds/);
  await forgive(page, complaints);
});

test("where another file stands in the place of what reads a page, that is named", async ({ page, complaints }) => {
  await page.route("**/upgrade-checklist-parser_bg.wasm", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
  await open(page, place("page.md"), { "page.md": "# Phase\n\n## Step\n\nDo it.\n" });
  await expect(page.getByRole("alert")).toHaveText(/upgrade-checklist-parser_bg\.wasm: .*magic word/);
  await forgive(page, complaints);
});

test("where one page cannot be had, the others are not waited for", async ({ page, complaints }) => {
  await page.route("**/slow.md", () => {});
  const given = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/slow.md"));
  await open(page, place("slow.md gone.md"), { "gone.md": { status: 404, body: "" } });
  await expect(page.getByRole("alert")).toHaveText(/gone\.md could not be had/);
  await given;
  await forgive(page, complaints);
});

test("in a long page whoever scrolls right after a press is not held where they were", async ({ page }) => {
  const steps = Array.from({ length: 150 }, (_, index) => `## Step ${index}\n\n${"word ".repeat(50 + (index % 7) * 100)}\n\n`);
  await open(page, place("page.md"), { "page.md": `# Phase\n\n${steps.join("")}` });
  await page.locator("[data-step]").nth(30).scrollIntoViewIfNeeded();
  // Where it stands: near the middle, by a box that is in sight.
  const box = page.locator("[data-step]").nth(30).getByRole("checkbox").first();
  await box.evaluate((box) => box.scrollIntoView({ block: "center", behavior: "instant" }));
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  const { x, y } = (await box.boundingBox())!;
  await page.mouse.move(x + 5, y + 5);
  await page.mouse.down();
  await page.mouse.up();
  await page.mouse.wheel(0, 400);
  await expect.poll(async () => (await box.boundingBox())!.y - y).toBeLessThan(-300);
  // For as long as it might be taken back.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 12; frame++) await new Promise(requestAnimationFrame);
  });
  expect((await box.boundingBox())!.y - y).toBeLessThan(-300);
});

test("a worker that cannot read what it is asked, or that nobody can read, is done without", async ({ page }) => {
  await page.route("**/parser.js", async (route) => {
    const response = await route.fetch();
    const deaf = `globalThis.document ?? addEventListener("message", (event) => {
      event.stopImmediatePropagation();
      dispatchEvent(new MessageEvent("messageerror"));
    });`;
    await route.fulfill({ response, body: deaf + (await response.text()) });
  });
  await open(page, place("long.md"), { "long.md": LONG });
  await expect(page.locator("[data-step]")).toHaveCount(60);

  await page.unroute("**/parser.js");
  await page.addInitScript(() => {
    Worker.prototype.postMessage = function () {
      this.dispatchEvent(new MessageEvent("messageerror"));
    };
  });
  await page.reload();
  await expect(page.locator("[data-step]")).toHaveCount(60);
});

test("a variable that the page does not declare is told to its author, once", async ({ page, complaints }) => {
  const text = `---\nid: tool\n---\n\n{% choice name="engine" label="Database" %}\n{% option value="mysql" label="MySQL" /%}\n{% option value="postgres" label="PostgreSQL" /%}\n{% /choice %}\n\n# Phase\n\n## Step\n\n{% if equals($engin, "postgres") %}\nOne way.\n{% else /%}\nAnother.\n{% /if %}\n`;
  await open(page, place("page.md"), { "page.md": text });
  await page.locator("fieldset input[value=mysql]").check();
  await page.locator("upgrade-checklist").evaluate((element: any) => (element.headingLevel = 3));
  await expect(page.locator(".uc-head__title")).toHaveJSProperty("tagName", "H3");
  await page.close();
  expect(complaints).toEqual([expect.stringMatching(/ tool: .* declares the variable `\$engin`/)]);
  complaints.length = 0;
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
