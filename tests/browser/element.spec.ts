// The element in pages of others, under the strictest policy with trusted types: it looks and
// works as it should, and leaves its host alone.

import type { Page } from "@playwright/test";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Checklist } from "./checklist.ts";
import { show } from "./guides.ts";
import { expect, test } from "./quiet.ts";
import { HOST_POLICY } from "./server.ts";

const GUIDE = "openmetadata-1.4.0";
const KEY = `upgrade-checklist:v1:${GUIDE}:default`;

test("it survives a hostile stylesheet, and touches nothing of its host's", async ({ page }) => {
  await page.goto("hosts/plain.html");
  const checklist = new Checklist(page);
  await checklist.ready();
  const visited = await page.evaluate(() => history.length);
  const step = checklist.steps.first();
  const looks = await checklist.box(step).evaluate((box) => {
    const { appearance, position } = getComputedStyle(box);
    const title = getComputedStyle(box.closest("[data-step]")!.querySelector("label")!);
    return [appearance, position, title.textTransform, title.fontStyle, title.whiteSpace];
  });
  expect(looks).toEqual(["auto", "relative", "none", "normal", "normal"]);
  await checklist.box(step).check();
  await expect(step).toHaveAttribute("data-state", "done");
  await page.screenshot({ path: "../../target/playwright/pictures/hostile.png" });

  expect(await page.title()).toBe("A page of its own");
  expect(await page.evaluate(() => [document.body.getAttributeNames(), document.documentElement.getAttributeNames(), history.length])).toEqual([[], ["lang"], visited]);
  expect(await page.locator("body > *").count()).toBe(4);
  expect(await page.locator("head > *").count()).toBe(5);
  await expect(page.getByText("Read this until then.")).toBeHidden();
});

test("its text has the size and the font of the text around it", async ({ page }) => {
  await bare(page, "");
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("html { font: 62.5% serif } body { font: 1.8rem Georgia } upgrade-checklist { --uc-accent: rgb(1, 2, 3) }");
    document.adoptedStyleSheets.push(sheet);
  });
  const label = new Checklist(page).steps.first().locator("p").first();
  await expect(label).toHaveCSS("font-family", "Georgia");
  const small = page.locator(".uc-head__extent");
  await expect(small).toHaveCSS("font-size", "18px");
  await expect(page.locator(".uc-head__eyebrow")).toHaveCSS("font-size", "15.75px");
  await expect(page.locator(".uc-next")).toHaveCSS("background-color", "rgb(1, 2, 3)");
});

for (const width of [600, 1300]) {
  test(`what stays in sight in a page of ${width} px stays below the bar of its host`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    await bare(page, "");
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("upgrade-checklist { --uc-sticky-offset: 64px }");
      document.adoptedStyleSheets.push(sheet);
    });
    const checklist = new Checklist(page);
    await checklist.steps.nth(6).evaluate((step) => step.scrollIntoView());
    const top = (selector: string) => page.locator(selector).first().evaluate((element) => element.getBoundingClientRect().top);
    expect(await top(width < 960 ? ".uc-rail__summary" : ".uc-rail")).toBe(width < 960 ? 64 : 88);
    expect(await checklist.steps.nth(6).evaluate((step) => step.getBoundingClientRect().top)).toBeGreaterThan(79);
  });
}

test("in a narrow column of a wide page its edges are those of a narrow screen", async ({ page }) => {
  await page.setViewportSize({ width: 1400, height: 700 });
  await bare(page, "");
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("upgrade-checklist { width: 400px }");
    document.adoptedStyleSheets.push(sheet);
  });
  await expect(page.locator(".uc")).toHaveCSS("padding-left", "16px");
  // What stays at the top goes from edge to edge.
  const [left, right] = await page.locator(".uc-rail__summary").evaluate((bar) => {
    const [inner, outer] = [bar.getBoundingClientRect(), bar.closest(".uc")!.getBoundingClientRect()];
    return [inner.left - outer.left, outer.right - inner.right];
  });
  expect(Math.abs(left!) + Math.abs(right!)).toBeLessThan(1);
});

for (const [host, theme, dark] of [
  ["light", "", false],
  ["dark", "", true],
  ["light", "dark", true],
  ["dark", "light", false],
] as const) {
  test(`in a ${host} page with theme="${theme}" it is ${dark ? "dark" : "light"}`, async ({ page }) => {
    await bare(page, theme && `theme="${theme}"`);
    await page.evaluate((scheme) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`html { color-scheme: ${scheme} }`);
      document.adoptedStyleSheets.push(sheet);
    }, host);
    const color = await page.locator(".uc").evaluate((root) => getComputedStyle(root).backgroundColor);
    const [red = 0] = color.match(/\d+/g)!.map(Number);
    expect(red < 128).toBe(dark);
  });
}

test("its words are in the language around it, whatever element says which", async ({ page }) => {
  await page.goto("hosts/bare.html");
  await page.evaluate(() => {
    const SVG = "http://www.w3.org/2000/svg";
    const drawing = document.body.appendChild(document.createElementNS(SVG, "svg"));
    drawing.setAttribute("lang", "de");
    for (const [name, value] of [["width", "900"], ["height", "900"]] as const) drawing.setAttribute(name, value);
    const inside = drawing.appendChild(document.createElementNS(SVG, "foreignObject"));
    for (const [name, value] of [["width", "900"], ["height", "900"]] as const) inside.setAttribute(name, value);
    const element = document.createElement("upgrade-checklist");
    element.setAttribute("loading", "eager");
    inside.append(element);
  });
  await new Checklist(page).ready();
  await expect(page.locator(".uc-runs__label")).toHaveText("Durchlauf");
});

test("its attributes are properties, and apply when they change", async ({ page }) => {
  await bare(page, `guide-id="${GUIDE}" set-engine="postgres" lock heading-level="3" storage="none"`);
  const checklist = new Checklist(page);
  await expect(checklist.code("mysql")).toHaveCount(0);
  await expect(checklist.radio("postgres")).toBeDisabled();
  await expect(page.locator(".uc-head__title")).toHaveJSProperty("tagName", "H3");

  // It is the same for every database.
  const changes = checklist.step("backward-incompatible-changes/1.4.0/ui/glossary");
  await checklist.box(changes).check();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);

  await page.locator("upgrade-checklist").evaluate((element: any) => {
    element.headingLevel = 4;
    element.setAttribute("set-engine", "mysql");
    element.lock = false;
  });
  await expect(checklist.code("pgsql")).toHaveCount(0);
  await expect(checklist.radio("mysql")).toBeEnabled();
  await expect(checklist.radio("mysql")).toBeChecked();
  await expect(page.locator(".uc-head__title")).toHaveJSProperty("tagName", "H4");
  await expect(changes).toHaveAttribute("data-state", "done");

  await checklist.radio("postgres").check();
  await expect(checklist.code("mysql")).toHaveCount(0);
});

test("what its host set before the script was there applies, and can be set again", async ({ page }) => {
  let go = () => {};
  const waits = new Promise<void>((resolve) => (go = resolve));
  await page.route("**/upgrade-checklist.js", async (route) => (await waits, route.continue()));
  await page.goto("hosts/bare.html", { waitUntil: "commit" });
  const early = await page.waitForFunction(() => document.body);
  await early.evaluate((body: HTMLElement) => {
    const element = Object.assign(document.createElement("upgrade-checklist"), { storage: "none", theme: "dark", headingLevel: 3, loading: "eager" });
    body.append(element);
  });
  go();
  await new Checklist(page).ready();
  const element = page.locator("upgrade-checklist");
  expect(await element.evaluate((element) => Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])))).toEqual({
    storage: "none",
    theme: "dark",
    "heading-level": "3",
    loading: "eager",
  });
  await element.evaluate((element: any) => (element.theme = "light"));
  await expect(element).toHaveAttribute("theme", "light");
});

test("where its width comes from what is in it, it takes the room that there is", async ({ page }) => {
  await bare(page, "");
  const element = page.locator("upgrade-checklist");
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    for (const layout of ["display: flex", "float: left", "display: flex; flex-direction: column; align-items: flex-start", "position: fixed"]) {
      await page.evaluate((layout) => (document.body.style.cssText = layout), layout);
      expect(await element.evaluate((element) => element.clientWidth), `${layout}, ${width} px`).toBeGreaterThan(Math.min(900, width * 0.8));
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${layout}, ${width} px`).toBeLessThanOrEqual(width);
    }
  }
});

test("an answer that does not hold is not told as one", async ({ page, complaints }) => {
  await bare(page, "");
  await page.evaluate(() => addEventListener("upgrade-environment-change", ({ detail }: any) => ((window as any).told = detail.environment)));
  const element = page.locator("upgrade-checklist");
  for (const [answer, told] of [["mysql", { engine: "mysql" }], ["oracle", {}]] as const) {
    await element.evaluate((element, answer) => element.setAttribute("set-engine", answer), answer);
    await expect.poll(() => page.evaluate(() => (window as any).told)).toEqual(told);
  }
  expect(complaints).toEqual([expect.stringMatching(/oracle/)]);
  complaints.length = 0;
});

test("what its attributes cannot mean is told to the author of the page, once", async ({ page, complaints }) => {
  const wrong = 'theme="blue" storage="cookie" heading-level="0" base="docs.example.org" set-engin="mysql" set-port="0"';
  await bare(page, `${wrong} set-engine="mysql" lock="engine hosting"`);
  await page.locator("upgrade-checklist").evaluate((element: any) => (element.lock = true));
  await expect(new Checklist(page).radio("mysql")).toBeDisabled();
  await page.locator("upgrade-checklist").evaluate((element) => element.setAttribute("set-engine", "oracle"));
  await expect(new Checklist(page).radio("mysql")).not.toBeChecked();
  await page.close();
  expect(complaints.map((complaint) => complaint.replace("console warning: upgrade-checklist: ", ""))).toEqual([
    'theme="blue" means nothing. It may be: light, dark, auto',
    'storage="cookie" means nothing. It may be: local, session, none',
    'heading-level="0" means nothing. It may be: 1, 2, 3, 4, 5, 6',
    'base="docs.example.org" means nothing. It must be an address that starts with https://',
    'lock="hosting" locks nothing: there is no set-hosting',
    "set-engin answers nothing: openmetadata-1.4.0 has no such input",
    'set-port="0" is of no use: A port is a whole number from 1 to 65535.',
    'set-engine="oracle" is of no use: “oracle” is not one of the answers.',
  ]);
  complaints.length = 0;
});

test("a page of src that guides hides is told to the author", async ({ page, baseURL, complaints }) => {
  await show(page, baseURL!, "---\nid: own\n---\n\n# Own\n\n## Step\n\nDo.\n", 'src="v1.md"');
  await expect(page.locator(".uc-head__title")).toHaveText("Own");
  await page.close();
  expect(complaints.filter((complaint) => complaint.includes('src="v1.md" is not shown: guides is'))).toHaveLength(1);
  complaints.length = 0;
});

test("it tells what happens, in plain objects", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("hosts/bare.html");
  await page.evaluate(() => {
    const told = ((window as any).told = [] as unknown[]);
    for (const name of ["ready", "step-change", "environment-change", "progress", "copy", "storage-error", "error"]) {
      document.addEventListener(`upgrade-${name}`, (event) => told.push([name, structuredClone((event as CustomEvent).detail)]));
    }
  });
  await put(page, `guide-id="${GUIDE}" run="night"`);
  const checklist = new Checklist(page);
  await checklist.ready();
  const step = checklist.steps.first();
  const id = await checklist.idOf(step);
  await checklist.box(step).check();
  await checklist.radio("postgres").check();
  await checklist.unfold();
  await checklist.snippets.filter({ visible: true }).first().getByRole("button", { name: "Copy" }).click();
  const run = { guide: GUIDE, run: "night" };
  await expect
    .poll(() => page.evaluate(() => (window as any).told))
    .toEqual([
      ["ready", run],
      ["progress", { ...run, done: 0, total: expect.any(Number), notApplicable: 0, percent: 0 }],
      ["step-change", { ...run, step: id, state: "done" }],
      ["progress", { ...run, done: 1, total: expect.any(Number), notApplicable: 0, percent: expect.any(Number) }],
      ["environment-change", { ...run, environment: { engine: "postgres" } }],
      ["copy", { ...run, snippet: expect.any(String), copied: true }],
    ]);
  expect(await page.locator("upgrade-checklist").evaluate((element: any) => element.progress.done)).toBe(1);
});

test("a host can show how far its reader was, and is not told again what it asked for itself", async ({ page }) => {
  await bare(page, "");
  const checklist = new Checklist(page);
  await checklist.box(checklist.steps.first()).check();
  await page.reload();
  await page.evaluate(() => {
    const told = ((window as any).told = [] as unknown[]);
    for (const name of ["ready", "progress", "environment-change", "storage-error"]) {
      document.addEventListener(`upgrade-${name}`, ({ detail }: any) => told.push([name, detail.done ?? detail.environment]));
    }
  });
  const told = () => page.evaluate(() => (window as any).told);
  await put(page, "");
  await expect.poll(told).toEqual([["ready", undefined], ["progress", 1]]);
  await page.locator("upgrade-checklist").evaluate(async (element: any) => {
    for (const [name, value] of [["theme", "dark"], ["lang", "de"], ["heading-level", "3"], ["lock", ""]]) {
      element.setAttribute(name, value);
      await new Promise(requestAnimationFrame);
    }
    document.body.append(element);
  });
  await expect(page.locator(".uc-head__title")).toHaveJSProperty("tagName", "H3");
  await page.locator("upgrade-checklist").evaluate((element) => element.setAttribute("set-engine", "mysql"));
  await expect.poll(told).toEqual([["ready", undefined], ["progress", 1], ["environment-change", { engine: "mysql" }]]);
});

test("an unknown guide is told, and what the element holds stays", async ({ page }) => {
  await page.goto("hosts/bare.html");
  await page.evaluate(() => document.addEventListener("upgrade-error", (event: any) => (document.title = event.detail.message)));
  await put(page, 'guide-id="of-another-program"', "Read this.");
  const told = /no checklist “of-another-program”\. It has: .*openmetadata-1\.4\.0/;
  await expect(page).toHaveTitle(told);
  await expect(page.getByRole("alert")).toHaveText(told);
  await expect(page.getByText("Read this.")).toBeVisible();

  await page.locator("upgrade-checklist").evaluate((element: any, guide) => (element.guideId = guide), GUIDE);
  await new Checklist(page).ready();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByText("Read this.")).toBeHidden();
});

test("what was shown before an unknown guide takes no more keys of its page", async ({ page }) => {
  await bare(page, 'url-state="hash"');
  const isTaken = () =>
    page.evaluate(() => !document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true, cancelable: true })));
  expect(await isTaken()).toBe(true);
  await page.locator("upgrade-checklist").evaluate((element) => element.setAttribute("guide-id", "of-another-program"));
  await expect(page.getByRole("alert")).toBeVisible();
  expect(await isTaken()).toBe(false);
});

test("a host's own classes and styles have nothing drawn again", async ({ page }) => {
  await bare(page, "");
  const asked = await page.locator("upgrade-checklist").evaluate(async (element) => {
    let asked = "";
    // Who reads its attributes draws what they ask for.
    element.getAttributeNames = () => {
      asked += "!";
      return Element.prototype.getAttributeNames.call(element);
    };
    element.classList.toggle("scrolled");
    element.style.setProperty("--uc-sticky-offset", "3rem");
    await new Promise((later) => setTimeout(later));
    asked += " then ";
    element.setAttribute("set-engine", "mysql");
    await new Promise((later) => setTimeout(later));
    return asked;
  });
  expect(asked).toBe(" then !");
});

test("guides that cannot be had are told with their address", async ({ page, complaints }) => {
  await page.goto("hosts/bare.html");
  await put(page, 'guides="/nowhere.bin"', "Read this.");
  await expect(page.getByRole("alert")).toHaveText(/could not be loaded.*nowhere\.bin: 404/);
  await expect(page.getByText("Read this.")).toBeVisible();
  await page.close();
  expect(complaints).not.toEqual([]);
  expect(complaints.every((complaint) => /404|nowhere/.test(complaint)), complaints.join("\n")).toBe(true);
  complaints.length = 0;
});

test("what could not be loaded is tried again when its reader asks for it", async ({ page, complaints }) => {
  await page.goto("hosts/bare.html");
  await page.route("**/*.wasm", (route) => route.abort());
  await put(page, 'lang="de"', "Read this.");
  const again = page.getByRole("button", { name: "Erneut versuchen" });
  await expect(page.getByRole("alert")).toHaveText(/konnte nicht geladen werden/);
  // As often as it takes, and the keyboard stays where it is.
  const refused = page.waitForEvent("requestfailed");
  await again.press("Enter");
  await refused;
  await expect(again).toBeFocused();
  await expect(page.getByText("Read this.")).toBeVisible();

  await page.unroute("**/*.wasm");
  await again.press("Enter");
  await new Checklist(page).ready();
  await expect(again).toHaveCount(0);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.close();
  complaints.length = 0;
});

test("where only the styles could not be loaded, the program is not fetched again", async ({ page, complaints }) => {
  await page.goto("hosts/bare.html");
  const programs: string[] = [];
  page.on("request", (request) => request.url().endsWith(".wasm") && programs.push(request.url()));
  await page.route("**/*.css", (route) => route.abort());
  await put(page, "", "Read this.");
  const again = page.getByRole("button", { name: "Try again" });
  await expect(again).toBeVisible();
  await page.unroute("**/*.css");
  await again.click();
  await new Checklist(page).ready();
  expect(programs).toHaveLength(1);
  complaints.length = 0;
});

test("what could not be loaded is tried again when the network is back", async ({ page, context, complaints }) => {
  await page.goto("hosts/bare.html");
  await context.setOffline(true);
  await put(page, "");
  await expect(page.getByRole("alert")).toHaveText(/could not be loaded/);
  await context.setOffline(false);
  await new Checklist(page).ready();
  await page.close();
  complaints.length = 0;
});

test("what holds no guides is told with its address, in the reader's language", async ({ page }) => {
  await page.goto("hosts/bare.html");
  await put(page, 'guides="/index.html"', "Read this.");
  await expect(page.getByRole("alert")).toHaveText(/\/index\.html is no file of guides/);
  await expect(page.getByText("Read this.")).toBeVisible();
  await put(page, 'guides="/index.html" lang="de"');
  await expect(page.getByRole("alert").nth(1)).toHaveText(/\/index\.html ist keine Datei, die/);
});

test("an address whose hash is no encoding does not keep it from saying that it is ready", async ({ page }) => {
  await page.goto("hosts/bare.html#100%");
  const ready = page.evaluate(() => new Promise((told) => document.addEventListener("upgrade-ready", () => told(true), { once: true })));
  await put(page, "");
  expect(await ready).toBe(true);
});

test("a link of the host's leads to a step by the id that its author gave, from far away too", async ({ page }) => {
  await page.goto("hosts/bare.html#back-up-metadata");
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("main { display: block; height: 5000px }");
    document.adoptedStyleSheets.push(sheet);
    const main = document.body.appendChild(document.createElement("main"));
    for (const id of ["prove-backup", "uc-step-raise-memory", "glossary"]) {
      const link = main.appendChild(document.createElement("a"));
      Object.assign(link, { href: `#${id}`, textContent: id });
    }
    main.lastElementChild!.id = "glossary";
  });
  const inSight = (id: string) => expect(new Checklist(page).step(id)).toBeInViewport();
  await put(page, "", "", "");
  await inSight("back-up-metadata");
  for (const id of ["prove-backup", "raise-memory"]) {
    await page.locator("main a", { hasText: id }).click();
    await inSight(id);
  }
  // Again, though the address stays what it is.
  await page.evaluate(() => scrollTo(0, 0));
  await expect(new Checklist(page).step("raise-memory")).not.toBeInViewport();
  await page.locator("main a", { hasText: "raise-memory" }).click();
  await inSight("raise-memory");
  // What the host has itself is the host's.
  await page.locator("main a", { hasText: "glossary" }).click();
  await expect(page.locator("main a", { hasText: "glossary" })).toBeInViewport();
});

test("a link to a step leaves what its reader searches for, unless the step is not among it", async ({ page }) => {
  await bare(page, "");
  const checklist = new Checklist(page);
  const search = page.getByRole("searchbox");
  const lead = (id: string) => page.evaluate((id) => (location.hash = id), id);
  await search.fill("glossary");
  await expect(checklist.step("stop-writers")).toBeHidden();
  const element = page.locator("upgrade-checklist");
  // In another of its host's tabs, where nothing can be seen of it.
  await element.evaluate((element: any) => (element.hidden = true));
  await lead("backward-incompatible-changes/1.4.0/ui/glossary");
  await element.evaluate((element: any) => (element.hidden = false));
  await expect(search).toHaveValue("glossary");
  await lead("stop-writers");
  await expect(checklist.step("stop-writers")).toBeInViewport();
  await expect(search).toHaveValue("");
});

test("a link to another page leads there, though a step here has the name of its place", async ({ page }) => {
  await bare(page, "");
  await page.evaluate(() => {
    const link = Object.assign(document.createElement("a"), { href: "/hosts/plain.html#back-up-metadata", textContent: "Elsewhere" });
    document.querySelector("upgrade-checklist")!.shadowRoot!.querySelector(".uc")!.prepend(link);
  });
  await page.getByRole("link", { name: "Elsewhere" }).click();
  await expect(page).toHaveURL(/plain\.html#back-up-metadata$/);
});

test("a host's own named anchor is where its link leads, though a step is called the same", async ({ page }) => {
  await bare(page, "");
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("main { display: block; height: 3000px }");
    document.adoptedStyleSheets.push(sheet);
    const anchor = Object.assign(document.createElement("a"), { name: "back-up-metadata", textContent: "The host's" });
    document.body.append(document.createElement("main"), anchor, document.createElement("main"));
    location.hash = "#back-up-metadata";
  });
  await page.waitForTimeout(300);
  await expect(page.getByText("The host's")).toBeInViewport();
  await expect(new Checklist(page).step("back-up-metadata")).not.toBeInViewport();
});

test("a route of the host's loads no checklist that is far from the screen", async ({ page }) => {
  await openLongPage(page);
  await page.evaluate(() => (location.hash = "#/docs/upgrade"));
  await put(page, "", "", "");
  await page.evaluate(() => (location.hash = "#!docs/upgrade"));
  await page.waitForTimeout(500);
  await expect(page.locator("[data-step]")).toHaveCount(0);
});

test("a link to a step loads a checklist that is far from the screen", async ({ page }) => {
  await openLongPage(page);
  await put(page, "", "", "");
  await page.evaluate(() => (location.hash = "#back-up-metadata"));
  await expect(new Checklist(page).step("back-up-metadata")).toBeInViewport();
});

test("a link to a step that several checklists have leads to the first of them", async ({ page }) => {
  await page.goto("hosts/bare.html");
  for (const run of ["a", "b"]) await put(page, `run="${run}"`);
  await expect(page.locator("upgrade-checklist .uc")).toHaveCount(2);
  const steps = page.locator('[data-step="back-up-metadata"]');
  await page.evaluate(() => (location.hash = "#back-up-metadata"));
  await expect(steps.first()).toBeInViewport();
  await expect(steps.last()).not.toBeInViewport();
  // The same where the page is opened so.
  const opened = await page.context().newPage();
  await opened.goto("hosts/bare.html#uc-step-back-up-metadata");
  for (const run of ["a", "b"]) await put(opened, `run="${run}"`);
  await expect(opened.locator("upgrade-checklist .uc")).toHaveCount(2);
  await expect(opened.locator('[data-step="back-up-metadata"]').first()).toBeInViewport();
  await expect(opened.locator('[data-step="back-up-metadata"]').last()).not.toBeInViewport();
});

test("elements of one run show the same, others do not, and all share one program", async ({ page }) => {
  const programs: string[] = [];
  page.on("request", (request) => request.url().endsWith(".wasm") && programs.push(request.url()));
  await page.goto("hosts/bare.html");
  for (const run of ["a", "a", "b"]) await put(page, `run="${run}"`);
  await expect(page.locator("upgrade-checklist .uc")).toHaveCount(3);
  const [one, same, other] = [0, 1, 2].map((index) => page.locator("upgrade-checklist").nth(index).locator("[data-step]").first());
  await one!.getByRole("checkbox").check();
  await expect(same!).toHaveAttribute("data-state", "done");
  await expect(other!).toHaveAttribute("data-state", "todo");
  expect(programs).toHaveLength(1);
});

test("what elements of one run cannot keep is asked for while any of them shows it, unless it was saved", async ({ page }) => {
  await page.goto("hosts/bare.html");
  for (let count = 0; count < 3; count++) await put(page, "");
  await expect(page.locator("upgrade-checklist .uc")).toHaveCount(3);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("", "QuotaExceededError");
    };
  });
  const isAsked = () => page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
  const first = page.locator("upgrade-checklist").first();
  expect(await isAsked(), "nothing was done yet").toBe(false);
  await first.locator("[data-step]").first().getByRole("checkbox").check();
  await first.evaluate((element) => element.remove());
  const session = await page.context().newCDPSession(page);
  // What the element leaves is let go of after the browser has forgotten it.
  for (let time = 0; time < 5; time++) {
    await session.send("HeapProfiler.collectGarbage");
    await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
  }
  await expect(first.locator("[data-step]").first()).toHaveAttribute("data-state", "done");
  expect(await isAsked()).toBe(true);
  await Promise.all([page.waitForEvent("download"), first.getByRole("button", { name: "Save it as a file" }).click()]);
  expect(await isAsked(), "it is in a file").toBe(false);
});

test("moved, taken off and put back it keeps what its reader did", async ({ page }) => {
  await bare(page, 'storage="none"');
  const checklist = new Checklist(page);
  await checklist.box(checklist.steps.first()).check();
  await page.evaluate(() => {
    const section = document.body.appendChild(document.createElement("section"));
    section.append(document.querySelector("upgrade-checklist")!);
  });
  await expect(checklist.steps.first()).toHaveAttribute("data-state", "done");

  await page.evaluate(async () => {
    const element = document.querySelector("upgrade-checklist")!;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    if (element.shadowRoot!.querySelector("[data-step]")) throw new Error("it is still drawn");
    document.body.append(element);
  });
  await expect(checklist.steps.first()).toHaveAttribute("data-state", "done");
  await checklist.box(checklist.steps.nth(1)).check();
  await expect(checklist.steps.nth(1)).toHaveAttribute("data-state", "done");
});

test("in another document it looks the same, and back in its own", async ({ page }) => {
  await bare(page, "");
  const element = await page.locator("upgrade-checklist").elementHandle();
  await page.evaluate(() => document.body.append(document.createElement("iframe")));
  const looks = (isInFrame: boolean) =>
    element!.evaluate(async (element, isInFrame) => {
      const place = isInFrame ? document.querySelector("iframe")!.contentDocument! : document;
      place.body.append(element);
      await new Promise((resolve) => setTimeout(resolve));
      const styleOf = (selector: string) => getComputedStyle(element.shadowRoot!.querySelector(selector)!);
      return [getComputedStyle(element).display, styleOf(".uc").containerType, styleOf(".uc-step").display];
    }, isInFrame);
  for (const isInFrame of [false, true, false]) {
    expect(await looks(isInFrame), `in the frame: ${isInFrame}`).toEqual(["block", "inline-size", "block"]);
  }
});

test("moved while it loads it is drawn once, or says once why it cannot be", async ({ page, complaints }) => {
  await page.goto("hosts/bare.html");
  const told: string[] = [];
  await page.exposeFunction("tell", (name: string) => told.push(name));
  await page.evaluate(() => {
    for (const name of ["upgrade-ready", "upgrade-error"]) document.addEventListener(name, () => (window as any).tell(name));
  });
  const move = () =>
    page.evaluate(() => document.body.appendChild(document.createElement("section")).append(document.querySelector("upgrade-checklist")!));
  /** What an element tells that is moved while this file is on its way. */
  const tells = async (name: string, attributes: string, file: string) => {
    told.length = 0;
    await page.route(file, async (route) => {
      await move();
      await route.continue();
    }, { times: 1 });
    await put(page, attributes);
    await expect.poll(() => told).toEqual([name]);
    // Whatever was begun before it was moved comes to its end, too.
    await page.waitForTimeout(500);
    expect(told).toEqual([name]);
    await page.locator("upgrade-checklist").evaluate((element) => element.remove());
  };
  await tells("upgrade-ready", 'loading="eager"', "**/*.wasm");
  await tells("upgrade-error", 'loading="eager" guides="/nowhere.bin"', "**/nowhere.bin");
  complaints.length = 0;
});

test("a host that hears of trouble may at once move the checklist and keep it elsewhere", async ({ page }) => {
  await bare(page, "");
  await page.evaluate(() => {
    Storage.prototype.setItem = function () {
      if (this === localStorage) throw new DOMException("", "QuotaExceededError");
    };
    const dialog = document.body.appendChild(document.createElement("section"));
    document.addEventListener(
      "upgrade-storage-error",
      ({ target }: any) => {
        target.setAttribute("storage", "session");
        dialog.append(target);
      },
      { once: true },
    );
  });
  const checklist = new Checklist(page);
  await checklist.box(checklist.steps.first()).click();
  await expect(page.locator("section > upgrade-checklist")).toHaveCount(1);
  await checklist.box(checklist.steps.nth(1)).check();
  await expect(checklist.steps.nth(1)).toHaveAttribute("data-state", "done");
  await expect(page.locator("upgrade-checklist .uc")).toHaveCount(1);
});

test("a host hears of trouble in the words that its reader is told", async ({ page }) => {
  await bare(page, 'lang="de"');
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("", "QuotaExceededError");
    };
    const told = ((window as any).told = [] as string[]);
    document.addEventListener("upgrade-storage-error", (event: any) => told.push(event.detail.message));
  });
  const checklist = new Checklist(page);
  await checklist.box(checklist.steps.first()).check();
  const notice = page.locator(".uc-notice p").first();
  await expect(notice).toContainText("Browser");
  expect(await page.evaluate(() => (window as any).told)).toEqual([await notice.textContent()]);
});

test("where nothing is to be kept, nothing is said of the storage", async ({ page }) => {
  await page.goto("hosts/bare.html");
  await page.evaluate(() => {
    const told = ((window as any).told = [] as string[]);
    document.addEventListener("upgrade-storage-error", (event: any) => told.push(event.detail.message));
  });
  await put(page, 'storage="none"');
  const checklist = new Checklist(page);
  for (const index of [0, 1, 2]) {
    await checklist.box(checklist.steps.nth(index)).check();
    await expect(checklist.steps.nth(index)).toHaveAttribute("data-state", "done");
  }
  expect(await page.evaluate(() => (window as any).told)).toEqual([]);
  await expect(page.locator(".uc-notice")).toHaveCount(0);
});

test("what is ticked in one storage stays out of the others, and is heard in its own", async ({ page, context }) => {
  const tabs: Record<string, Page> = {};
  for (const storage of ["local", "session", "none"]) {
    const tab = (tabs[storage] = await context.newPage());
    await bare(tab, `storage="${storage}"`);
    // After the checklist's own listener: what that does is done by then.
    await tab.evaluate((key) => {
      (window as any).heard = new Promise<void>((heard) => addEventListener("storage", (event) => event.key === key && heard()));
    }, KEY);
  }
  await bare(page, "");
  const checklist = new Checklist(page);
  await checklist.box(checklist.steps.first()).check();
  for (const [storage, tab] of Object.entries(tabs)) {
    await tab.evaluate(() => (window as any).heard);
    const done = await tab.locator("upgrade-checklist").evaluate((element: any) => element.progress.done);
    expect([storage, done]).toEqual([storage, storage === "local" ? 1 : 0]);
  }
  expect(await tabs["session"]!.evaluate((key) => sessionStorage.getItem(key), KEY)).toBeNull();
});

test("runs are looked for again when another tab has one more, not when it goes on with this one, or a guide of a similar name has", async ({ page, context }) => {
  await bare(page, "");
  await page.evaluate(() => {
    const { key } = Storage.prototype;
    const heard = ((window as any).heard = [] as unknown[]);
    let looked = false;
    Storage.prototype.key = function (index) {
      looked = true;
      return key.call(this, index);
    };
    // After the checklist's own listener, which has looked by then, if it looks.
    addEventListener("storage", (event) => {
      heard.push([event.key, looked]);
      looked = false;
    });
  });
  const other = await context.newPage();
  await other.goto("hosts/bare.html");
  const [similar, ours] = [`upgrade-checklist:v1:${GUIDE}0:default`, `upgrade-checklist:v1:${GUIDE}:night`];
  const text = JSON.stringify({ schema: 1, guide: GUIDE, run: "default", name: { value: "by day", at: 1 } });
  await other.evaluate(([keys, text]) => keys.forEach((key) => localStorage.setItem(key, text)), [[similar, ours, KEY], text] as const);
  await expect.poll(() => page.evaluate(() => (window as any).heard)).toEqual([[similar, false], [ours, true], [KEY, false]]);
  await expect(page.locator(".uc-runs__line"), "what the run itself is called now").toContainText("by day");
});

test("elements that are gone leave nothing behind", async ({ page }) => {
  await bare(page, "");
  const session = await page.context().newCDPSession(page);
  const counted = async () => {
    await session.send("HeapProfiler.collectGarbage");
    return session.send("Memory.getDOMCounters");
  };
  const comeAndGo = (times: number) =>
    page.evaluate(async (times) => {
      for (let time = 0; time < times; time++) {
        const element = document.createElement("upgrade-checklist");
        element.setAttribute("loading", "eager");
        const ready = new Promise((resolve) => element.addEventListener("upgrade-ready", resolve));
        document.body.append(element);
        await ready;
        element.remove();
        await new Promise((resolve) => setTimeout(resolve));
      }
    }, times);
  await comeAndGo(3);
  const before = await counted();
  await comeAndGo(12);
  // As many as before, but for what the browser has not freed yet.
  const more = (name: "nodes" | "jsEventListeners" | "documents") => async () => (await counted())[name] - before[name];
  await expect.poll(more("nodes")).toBeLessThanOrEqual(5);
  await expect.poll(more("jsEventListeners")).toBeLessThanOrEqual(0);
  expect(await more("documents")()).toBe(0);
});

test("far from the screen it waits, unless it shall not", async ({ page }) => {
  const programs: string[] = [];
  page.on("request", (request) => request.url().endsWith(".wasm") && programs.push(request.url()));
  await openLongPage(page);
  await put(page, "", "Not yet.", "");
  await expect(page.getByText("Not yet.")).toBeVisible();
  // The observer has spoken before two frames are over.
  await page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))));
  expect(programs).toEqual([]);
  await page.getByText("Not yet.").scrollIntoViewIfNeeded();
  await new Checklist(page).ready();
  expect(programs).toHaveLength(1);
});

test("it works in a sandboxed frame, which may store nothing", async ({ page, complaints }) => {
  await page.goto("hosts/frame.html");
  const frame = page.frames()[1]!;
  await frame.evaluate(() => document.body.append(document.createElement("upgrade-checklist")));
  const inside = page.frameLocator("iframe");
  const step = inside.locator("[data-step]").first();
  await step.getByRole("checkbox").check();
  await expect(step).toHaveAttribute("data-state", "done");
  await expect(inside.getByRole("alert")).toHaveText(/does not let the page store anything/);
  expect(complaints).toEqual([]);
});

test("under subresource integrity it starts, and with no other program and no other styles", async ({ page, complaints }) => {
  const script = readFileSync("../../dist/upgrade-checklist.js");
  const integrity = `sha384-${createHash("sha384").update(script).digest("base64")}`;
  const html = `<!doctype html><link rel="icon" href="/styles/icon.svg"><script type="module" src="/upgrade-checklist.js" integrity="${integrity}" crossorigin></script><upgrade-checklist>Read this.</upgrade-checklist>`;
  const headers = { "Content-Security-Policy": HOST_POLICY, "Content-Type": "text/html" };
  await page.route("**/hosts/integrity.html", (route) => route.fulfill({ body: html, headers }));
  await page.goto("hosts/integrity.html");
  await new Checklist(page).ready();

  for (const [file, contentType] of [["upgrade-checklist-app_bg.wasm", "application/wasm"], ["styles/upgrade-checklist.css", "text/css"]]) {
    const other = readFileSync(`../../dist/${file}`);
    other[other.length - 1]! ^= 1;
    await page.route(`**/${file}`, (route) => route.fulfill({ body: other, contentType }));
    await page.reload();
    // Which file it is, is told wherever it can be.
    await expect(page.getByRole("alert")).toHaveText(new RegExp(`could not be loaded.*/${file}`));
    await expect(page.getByText("Read this.")).toBeVisible();
    await page.unroute(`**/${file}`);
  }
  // The browser says that the hash is another, which was asked for.
  expect(complaints).not.toEqual([]);
  expect(complaints.every((complaint) => /integrity|failed: .*(wasm|css)/i.test(complaint))).toBe(true);
  await page.close();
  complaints.length = 0;
});

test("a policy without 'wasm-unsafe-eval' is named, and no more is said to be there than is", async ({ page, complaints }) => {
  const headers = { "Content-Security-Policy": HOST_POLICY.replace("'wasm-unsafe-eval'", ""), "Content-Type": "text/html" };
  const body = `<!doctype html><link rel="icon" href="/styles/icon.svg"><script type="module" src="/upgrade-checklist.js"></script><upgrade-checklist>Read this.</upgrade-checklist>`;
  await page.route("**/hosts/refused.html", (route) => route.fulfill({ body, headers }));
  await page.goto("hosts/refused.html");
  await expect(page.getByRole("alert")).toHaveText(/policy of this site.*'wasm-unsafe-eval'\.$/);
  await expect(page.getByText("Read this.")).toBeVisible();
  // It would be no other the next time.
  await expect(page.getByRole("button")).toHaveCount(0);
  await page.close();
  complaints.length = 0;
});

test("where what writes files cannot be had the reader is told, and may try again", async ({ page, complaints }) => {
  await bare(page, "");
  const writer = "**/upgrade-checklist-runbook_bg.wasm";
  await page.route(writer, (route) => route.abort());
  await page.locator(".uc-downloads > summary").click();
  const button = page.getByRole("button", { name: "Plain text", exact: true });
  await button.click();
  const notice = page.locator(".uc-notice", { hasText: "Nothing is lost: please try again, or load the page again." });
  await expect(notice).toBeVisible();

  await page.unroute(writer);
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  expect(download.suggestedFilename()).toBe("openmetadata-1.4.0-default-runbook.txt");
  await expect(notice).toHaveCount(0);
  complaints.length = 0;

  // What was had once is not asked for again, and so is there without a network too.
  await page.route(writer, (route) => route.abort());
  await Promise.all([page.waitForEvent("download"), button.click()]);
  expect(complaints).toEqual([]);
});

/** A page with nothing but one element. */
async function bare(page: Page, attributes: string) {
  await page.goto("hosts/bare.html");
  await put(page, attributes);
  await new Checklist(page).ready();
}

/** Adds an element, as trusted types let a script do it. */
async function put(page: Page, attributes: string, text = "", loading = 'loading="eager"') {
  const pairs = [...`${attributes} ${loading}`.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name, value]) => [name!, value ?? ""]);
  await page.evaluate(
    ({ pairs, text }) => {
      const element = document.createElement("upgrade-checklist");
      pairs.forEach(([name, value]) => element.setAttribute(name!, value!));
      element.appendChild(document.createElement("p")).append(text);
      document.body.append(element);
    },
    { pairs, text },
  );
}

/** A page whose end, where an element is put, is far from the screen. */
async function openLongPage(page: Page) {
  await page.goto("hosts/bare.html");
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("main { display: block; height: 5000px }");
    document.adoptedStyleSheets.push(sheet);
    document.body.append(document.createElement("main"));
  });
}
