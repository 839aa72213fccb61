// Debian's Firefox, by geckodriver: another engine, and the basics of embedding hold there too.
// Playwright's own Firefox is another program; here it only runs the tests.

import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { test as base } from "@playwright/test";
import { Builder, By, type WebDriver, type WebElement } from "selenium-webdriver";
import { Options, ServiceBuilder } from "selenium-webdriver/firefox.js";
import { expect } from "./quiet.ts";
import { serve, type Server } from "./server.ts";

// Both a browser and its driver start for each test; a busy machine takes its time.
const patient = expect.configure({ timeout: 60_000 });
const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

type Firefox = { driver: WebDriver; complaints: string[]; requests: string[] };

const test = base.extend<{ firefox: Firefox }, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await serve();
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],

  firefox: async ({}, use) => {
    const driver = await start();
    const complaints: string[] = [];
    const requests: string[] = [];
    await listen(driver, complaints, requests);
    try {
      await use({ driver, complaints, requests });
      expect(complaints, "console errors, page errors, policy reports").toEqual([]);
      expect(await driver.manage().getCookies()).toEqual([]);
    } finally {
      await driver.quit();
    }
  },
});

test.describe("in Firefox", { tag: "@firefox" }, () => {
  test("under the strict policy it works, and a tick stays after a reload", async ({ firefox, server }) => {
    const { driver, requests } = firefox;
    await driver.get(`${server.url}hosts/plain.html`);
    await box(driver).then((box) => box.click());
    await expectState(driver, "done");
    await driver.navigate().refresh();
    await expectState(driver, "done");
    expect(await driver.getTitle()).toBe("A page of its own");
    const { origin } = new URL(server.url);
    expect(requests.filter((url) => new URL(url).origin !== origin && !url.startsWith("data:"))).toEqual([]);
    await picture(driver, "firefox-hostile");
  });

  test("two elements share one program, and one run where they ask for it", async ({ firefox, server }) => {
    const { driver, requests } = firefox;
    await driver.get(`${server.url}hosts/bare.html`);
    await driver.executeScript(() => {
      for (const run of ["a", "a", "b"]) {
        const element = document.body.appendChild(document.createElement("upgrade-checklist"));
        element.setAttribute("run", run);
        element.setAttribute("loading", "eager");
      }
    });
    for (const index of [0, 1, 2]) await expectState(driver, "todo", index);
    await box(driver, 0).then((box) => box.click());
    await expectState(driver, "done", 1);
    await expectState(driver, "todo", 2);
    expect(requests.filter((url) => url.endsWith(".wasm"))).toHaveLength(1);
  });

  test("the page that ships keeps what its reader chose", async ({ firefox, server }) => {
    const { driver } = firefox;
    await driver.get(server.url);
    await expectState(driver, "todo");
    const chosen = () => shadow(driver).then((root) => root.findElement(By.css("fieldset input[value=postgres]")));
    await chosen().then((radio) => radio.click());
    await box(driver).then((box) => box.click());
    await driver.navigate().refresh();
    await expectState(driver, "done");
    expect(await chosen().then((radio) => radio.isSelected())).toBe(true);
    await picture(driver, "firefox");
  });

  test("one file opens from a disk, asks for nothing, and keeps its ticks", async ({ firefox }) => {
    const { driver, requests } = firefox;
    const folder = await mkdtemp(join(tmpdir(), "upgrade-checklist-"));
    try {
      await cp(join(dist, "standalone.html"), join(folder, "checklist.html"));
      const address = pathToFileURL(join(folder, "checklist.html")).href;
      await driver.get(address);
      await expectState(driver, "todo");
      await box(driver).then((box) => box.click());
      await driver.navigate().refresh();
      await expectState(driver, "done");
      expect(requests.filter((url) => url !== address && !url.startsWith("data:"))).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** A Firefox of its own, with an empty profile. */
async function start(): Promise<WebDriver> {
  const options = new Options().addArguments("-headless").windowSize({ width: 1280, height: 900 });
  options.enableBidi();
  // `cargo xtask test` finds them; see xtask/src/tools/known.rs.
  options.setBinary(process.env["FIREFOX"] ?? "/usr/bin/firefox-esr");
  // What it would ask its maker for.
  for (const preference of ["app.update.enabled", "network.captive-portal-service.enabled", "network.connectivity-service.enabled"]) {
    options.setPreference(preference, false);
  }
  const service = new ServiceBuilder(process.env["GECKODRIVER"] ?? "geckodriver");
  return new Builder().forBrowser("firefox").setFirefoxOptions(options).setFirefoxService(service).build();
}

/** Takes down what the browser complains of, and what its pages ask for. */
async function listen(driver: WebDriver, complaints: string[], requests: string[]) {
  const bidi = await (driver as any).getBidi();
  const socket = await bidi.socket;
  socket.on("message", (message: Buffer) => {
    const { method, params } = JSON.parse(message.toString());
    if (method === "network.beforeRequestSent") requests.push(params.request.url);
    if (method === "log.entryAdded" && ["error", "warn"].includes(params.level)) complaints.push(params.text);
  });
  await bidi.subscribe("network.beforeRequestSent");
  await bidi.subscribe("log.entryAdded");
  const functionDeclaration = `() => document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    console.error("policy: " + violatedDirective + " " + blockedURI))`;
  await bidi.send({ method: "script.addPreloadScript", params: { functionDeclaration } });
}

/** The tree within an element, when it holds a checklist. */
async function shadow(driver: WebDriver, index = 0) {
  const element = async () => (await driver.findElements(By.css("upgrade-checklist")))[index]!;
  await patient.poll(async () => driver.executeScript("return arguments[0].matches(':state(ready)')", await element())).toBe(true);
  return (await element()).getShadowRoot();
}

const first = (driver: WebDriver, index?: number) => shadow(driver, index).then((root) => root.findElement(By.css("[data-step]")));

const box = (driver: WebDriver, index?: number): Promise<WebElement> =>
  first(driver, index).then((step) => step.findElement(By.css("input[type=checkbox]")));

async function expectState(driver: WebDriver, state: string, index?: number) {
  await patient.poll(async () => (await first(driver, index)).getAttribute("data-state")).toBe(state);
}

async function picture(driver: WebDriver, name: string) {
  const folder = "../../target/playwright/pictures";
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/${name}.png`, await driver.takeScreenshot(), "base64");
}
