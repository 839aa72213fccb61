// Measures the contenders in Chromium. The argument is JSON, see `plan`; the answer is JSON
// on the output: what each contender took in each round, nothing averaged.
//
// Everything goes in rounds in which the contenders take turns, each in a new context of the
// browser, which holds nothing of what was there before.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { serve } from "./server.mjs";

const { chromium } = createRequire(new URL("../../tests/browser/", import.meta.url))("playwright-core");

/**
 * `contenders`: name, folder, and the addresses of the page that ships and of a generated guide,
 * where GUIDE stands for the guide. `guides`: the folder of the generated ones.
 * `rounds` of starts; `sizes` of the generated guides, with the rounds for each; how long, in
 * milliseconds, to go on with each act at most.
 */
const plan = JSON.parse(process.argv[2]);

/** 1.6 Mbit/s with 150 ms there and back, on a machine four times as slow. */
const NETWORKS = {
  loopback: null,
  slow: { conditions: { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 200_000 }, slowdown: 4 },
};

const probe = readFileSync(new URL("probe.js", import.meta.url), "utf8");
const folders = Object.fromEntries(plan.contenders.map(({ name, folder }) => [name, folder]));
const server = await serve({ ...folders, guides: plan.guides });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: [
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--enable-blink-features=ForceEagerMeasureMemory",
    // A frame is painted when it is ready, not when a screen would show it.
    "--disable-frame-rate-limit",
    "--disable-gpu-vsync",
  ],
});

const say = (text) => process.stderr.write(`${text}\n`);

/** Nothing that is measured should take this long; if it does, it waits for what never comes. */
async function tooLong(name) {
  await new Promise((over) => setTimeout(over, 300_000).unref());
  throw new Error(`${name} does not end`);
}

/** Opens an address in a new context, and gives `look` a way to ask the probe. */
async function visit(address, network, look) {
  const context = await browser.newContext({ serviceWorkers: "block", viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    const errors = [];
    page.on("pageerror", (error) => errors.push(error));
    await page.addInitScript({ content: probe });
    let bytes = 0;
    await devtools.send("Network.enable");
    devtools.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    if (network) {
      await devtools.send("Network.emulateNetworkConditions", network.conditions);
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: network.slowdown });
    }
    await devtools.send("Runtime.enable");
    await devtools.send("Runtime.addBinding", { name: "clickAt" });
    devtools.on("Runtime.bindingCalled", async ({ payload }) => {
      const where = { ...JSON.parse(payload), button: "left", clickCount: 1 };
      await devtools.send("Input.dispatchMouseEvent", { type: "mousePressed", ...where });
      await devtools.send("Input.dispatchMouseEvent", { type: "mouseReleased", ...where });
    });
    await page.goto(server.origin + address, { waitUntil: "commit" });
    const ask = (name, ...given) =>
      Promise.race([page.evaluate(([name, given]) => window.probe[name](...given), [name, given]), tooLong(name)]);
    const seen = await look(ask, devtools, () => bytes);
    if (errors.length) throw errors[0];
    return seen;
  } catch (error) {
    throw new Error(`${address}: ${error.message}`);
  } finally {
    await context.close();
  }
}

/** From the navigation to the first paint, and to a checkbox that works. */
const start = ({ shipped }, network) =>
  visit(shipped, network, async (ask) => ({ ...(await ask("working")), paint: await ask("paint") }));

/** What moves where nobody touches anything, and what the page holds. */
const rest = ({ shipped }, network) =>
  visit(shipped, network, async (ask, devtools, bytes) => {
    await ask("ready", 1);
    // What still moves would do so within this time.
    await new Promise((over) => setTimeout(over, 500));
    const rested = { shift: await ask("shift"), elements: await ask("elements"), bytes: bytes() };
    await ask("answer");
    return { ...rested, steps: await ask("steps") };
  });

/** As many measurements as there is time for, at least three. */
async function many(act, most) {
  const end = Date.now() + plan.patience;
  const found = [];
  for (let count = 0; count < most && (count < 3 || Date.now() < end); count++) found.push(await act(count));
  return found;
}

/** Everything in a generated guide, which is worn once: what memory holds is the same in each round. */
const use = ({ generated, kind }, steps, round) =>
  visit(generated.replace("GUIDE", `/guides/${steps}.${kind}`), null, async (ask, devtools) => {
    const remembered = async () => {
      await devtools.send("HeapProfiler.collectGarbage");
      return ask("memory");
    };
    const ready = await ask("ready", steps);
    // Both were seen once, so that neither is slower for being new.
    for (let count = 0; count < 2; count++) await ask("choose");
    const memory = await remembered();
    const choose = await many(() => ask("choose"), 15);
    await ask("tick", 0);
    const tick = await many((count) => ask("tick", (count * 7 + 1) % steps), 25);
    const filter = (await ask("filter", "1")) === null ? [] : await many((count) => ask("filter", count % 2 ? "1" : ""), 9);
    let [after, later] = [null, null];
    if (steps === plan.worn && round === 1) {
      await ask("filter", "");
      await ask("wear", 1000);
      after = await remembered();
      // Every step was ticked by now, and is known to have been: what still grows is lost.
      await ask("wear", 1000);
      later = await remembered();
    }
    return { ready, choose, tick, filter, memory, after, later };
  });

const measured = { browser: browser.version(), start: {}, rest: {}, use: {} };

/** Lets the contenders take turns. */
async function rounds(what, count, measure, into) {
  for (let round = 1; round <= count; round++) {
    for (const contender of plan.contenders) {
      say(`${what}, round ${round} of ${count}: ${contender.name}`);
      (into[contender.name] ??= []).push(await measure(contender, round));
    }
  }
}

try {
  // A browser's very first pages are slow, whosever they are.
  if (plan.rounds) for (const contender of plan.contenders) await start(contender, null);
  for (const [name, network] of Object.entries(NETWORKS)) {
    await rounds(`start, ${name}`, plan.rounds, (contender) => start(contender, network), (measured.start[name] = {}));
    await rounds(`rest, ${name}`, Math.min(plan.rounds, 3), (contender) => rest(contender, network), (measured.rest[name] = {}));
  }
  for (const { steps, rounds: count } of plan.sizes) {
    await rounds(`${steps} steps`, count, (contender, round) => use(contender, steps, round), (measured.use[steps] = {}));
  }
  console.log(JSON.stringify(measured));
} finally {
  await browser.close();
  server.close();
}
