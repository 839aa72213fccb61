// What is written of the element for editors, TypeScript and people is what it is: attributes,
// properties, events with their details, parts, custom properties.

import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import ts from "typescript";
import { expect, test } from "./quiet.ts";

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

/** The declarations, by the names of their interfaces and classes: the names of the members. */
const declared = (() => {
  const source = ts.createSourceFile("element.d.ts", read("dist/npm/upgrade-checklist.d.ts"), ts.ScriptTarget.Latest, true);
  const found: Record<string, { own: string[]; from: string[] }> = {};
  ts.forEachChild(source, (node) => {
    if (!ts.isInterfaceDeclaration(node) && !ts.isClassDeclaration(node)) return;
    const own = [...node.members].flatMap(({ name }) => (name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : []));
    const from = (node.heritageClauses ?? []).flatMap(({ types }) => types.map(({ expression }) => expression.getText()));
    found[node.name!.text] = { own, from };
  });
  const events = [...source.text.matchAll(/"(upgrade-[a-z-]+)": CustomEvent<(\w+)>/g)].map(([, event, detail]) => [event!, detail!] as const);
  const all = (name: string): string[] => (found[name] ? [...found[name].from.flatMap(all), ...found[name].own] : []);
  return { all, events };
})();

const manifest = JSON.parse(read("dist/npm/custom-elements.json"));
const element = manifest.modules[0].declarations[0];
/** Those that every element has, and those that have a name of the page's in theirs, are no properties
 * of the element's own. */
const own = element.attributes.filter(({ fieldName, inheritedFrom }: any) => fieldName && !inheritedFrom);
const names = (list: { name: string }[]) => list.map(({ name }) => name).sort();

test("the manifest is one by its schema", () => {
  const schema = JSON.parse(read("tests/browser/node_modules/custom-elements-manifest/schema.json"));
  const validate = new Ajv({ strict: false }).compile(schema);
  expect(validate(manifest), JSON.stringify(validate.errors)).toBe(true);
});

test("attributes and properties are the same everywhere", async ({ page }) => {
  await page.goto("hosts/bare.html");
  const real = await page.evaluate((attributes) => {
    const element = document.createElement("upgrade-checklist") as any;
    const properties = Object.keys(Object.getPrototypeOf(element));
    const reflected = attributes.map(({ name, fieldName }: any) => {
      element[fieldName] = "x";
      const set = element.getAttribute(name);
      element[fieldName] = null;
      return [fieldName, set, element.hasAttribute(name)];
    });
    return { properties: properties.sort(), reflected };
  }, own);
  expect(real.reflected).toEqual(own.map(({ fieldName }: any) => [fieldName, "x", false]));

  const attributes = names(own);
  expect(declared.all("UpgradeChecklistAttributes").sort()).toEqual(attributes);
  expect(real.properties).toEqual(own.map(({ fieldName }: any) => fieldName).sort());
  expect(declared.all("UpgradeChecklist").filter((name) => name !== "addEventListener" && name !== "HTMLElement").sort()).toEqual(names(element.members));
  for (const readme of ["README.md", "dist/npm/README.md"]) {
    const told = [...read(readme).matchAll(/^\| `([\w-]+)(?:="value")?` \|/gm)].map(([, name]) => name!);
    for (const attribute of names(element.attributes)) expect(told, `${attribute} in ${readme}`).toContain(attribute);
  }
  const { checklist } = await import(new URL("../../dist/npm/markdoc.js", import.meta.url).href);
  // Every element of a page has a language.
  expect(Object.keys(checklist.attributes).filter((name) => name !== "set").sort()).toEqual([...attributes, "lang"].sort());
  const set = { engine: "mysql", port: null, user: undefined, namespace: "" };
  const node = { transformAttributes: () => ({ set }), transformChildren: () => [] };
  expect(checklist.transform(node, {}).attributes).toEqual({ "set-engine": "mysql", "set-namespace": "" });
});

test("every event that is declared comes, with just what is declared", async ({ page, context }) => {
  expect(declared.events.map(([event]) => event).sort()).toEqual(names(element.events));
  expect(element.events.map(({ name, type }: any) => [name, type.text.match(/<(\w+)>/)[1]]).sort()).toEqual([...declared.events].sort());

  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("hosts/bare.html");
  await page.evaluate((events) => {
    const told: Record<string, string[]> = ((window as any).told = {});
    for (const event of events) {
      document.addEventListener(event, (event) => (told[event.type] = Object.keys((event as CustomEvent).detail).sort()));
    }
    // A later version's run is read and never overwritten, which is told.
    localStorage.setItem("upgrade-checklist:v1:openmetadata-1.4.0:later", '{"schema": 99}');
    for (const attributes of [{ run: "now" }, { run: "later" }, { "guide-id": "unknown" }]) {
      const element = document.createElement("upgrade-checklist");
      for (const [name, value] of Object.entries({ loading: "eager", ...attributes })) element.setAttribute(name, value);
      document.body.append(element);
    }
  }, declared.events.map(([event]) => event));
  const checklist = page.locator("upgrade-checklist").first();
  await checklist.locator("[data-step]").first().getByRole("checkbox").first().check();
  await checklist.locator("fieldset input[value=postgres]").check();
  await checklist.locator("details").evaluateAll((folds: HTMLDetailsElement[]) => folds.forEach((fold) => (fold.open = true)));
  await checklist.locator("figure[data-snippet]").filter({ visible: true }).first().getByRole("button", { name: "Copy" }).click();
  const expected = Object.fromEntries(declared.events.map(([event, detail]) => [event, declared.all(detail).sort()]));
  await expect.poll(() => page.evaluate(() => (window as any).told)).toEqual(expected);
});

test("every part that is declared is there, and no other", async ({ page }) => {
  await page.goto("hosts/bare.html");
  await page.evaluate(() => {
    localStorage.setItem("upgrade-checklist:v1:openmetadata-1.4.0:later", '{"schema": 99}');
    for (const [name, value] of [["run", "later"], ["guide-id", "unknown"]] as const) {
      const element = document.createElement("upgrade-checklist");
      element.setAttribute(name, value);
      element.setAttribute("loading", "eager");
      document.body.append(element);
    }
  });
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expect(page.locator("[data-step]").first()).toBeVisible();
  const parts = await page.locator("[part]").evaluateAll((all) => [...new Set(all.flatMap((element) => [...element.part]))]);
  const states = ["done", "not-applicable", "changed"];
  expect([...new Set([...parts, ...states])].sort()).toEqual(names(element.cssParts));
});

test("every state that is declared comes, and no other", async ({ page }) => {
  await page.goto("hosts/bare.html");
  const found = await page.evaluate(async (declared) => {
    const states = new Set<string>();
    for (const guide of ["openmetadata-1.4.0", "unknown"]) {
      const element = document.createElement("upgrade-checklist");
      element.setAttribute("guide-id", guide);
      element.setAttribute("loading", "eager");
      const told = new Promise((resolve) => ["upgrade-ready", "upgrade-error"].forEach((name) => element.addEventListener(name, resolve)));
      document.body.append(element);
      await told;
      const now = declared.filter((state: string) => element.matches(`:state(${state})`));
      now.forEach((state: string) => states.add(state));
      if (now.length !== 1) states.add("another");
    }
    return [...states].sort();
  }, names(element.cssStates));
  expect(found).toEqual(names(element.cssStates));
});

test("every custom property of the styles is declared, and every one that is declared is used", () => {
  const styles = read("dist/styles/upgrade-checklist.css");
  for (const { name } of element.cssProperties) expect(styles, name).toContain(`var(${name}`);
  const tokens = [...read("styles/tokens.css").matchAll(/^ *(--uc-[\w-]+):/gm)].map(([, name]) => name!);
  // What a rem is within the element is no host's to say.
  expect(tokens.filter((name) => name !== "--uc-rem").sort()).toEqual(names(element.cssProperties));
});
