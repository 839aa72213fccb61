// The `test` that every spec uses: the built page on its own server, and a browser in which
// any complaint fails the test, whatever else the test looked at.

import { test as base, expect, type BrowserContext } from "@playwright/test";
import { serve, type Server } from "./server.ts";

export { expect };

/** What a complaint may be. */
export const WHAT = "console errors, page errors, policy reports, requests elsewhere, layout shifts, cookies";

export const test = base.extend<{ complaints: string[]; still: boolean; advised: boolean }, { server: Server }>({
  /** Whether nothing may move before the reader has done anything: where the page gives room. */
  still: [false, { option: true }],

  /** Whether the page's author is told in the console what is wrong in it, as there is something. */
  advised: [false, { option: true }],

  server: [
    async ({}, use) => {
      const server = await serve();
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  complaints: [
    async ({ context, baseURL, still, advised }, use) => {
      const complaints: string[] = [];
      await listen(context, new URL(baseURL!).origin, (complaint) => {
        if (!still && complaint.startsWith("layout shift")) return;
        if (advised && complaint.startsWith("console warning: upgrade-checklist: ")) return;
        complaints.push(complaint);
      });
      await use(complaints);
      for (const { name } of await context.cookies()) complaints.push(`cookie: ${name}`);
      expect(complaints, WHAT).toEqual([]);
    },
    { auto: true },
  ],
});

/** Tells of whatever goes wrong in pages whose home is this origin. */
export async function listen(context: BrowserContext, home: string, complain: (complaint: string) => void) {
  context.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      complain(`console ${message.type()}: ${message.text()}`);
    }
  });
  context.on("weberror", (error) => complain(`page error: ${error.error()}`));
  context.on("requestfailed", (request) => complain(`failed: ${request.url()} ${request.failure()?.errorText}`));
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (origin !== home && protocol !== "data:" && protocol !== "blob:") {
      complain(`request to ${request.url()}`);
    }
  });
  context.on("response", (response) => {
    if (response.status() >= 400) complain(`${response.status()} for ${response.url()}`);
  });
  context.on("page", (page) => page.on("websocket", (socket) => complain(`web socket to ${socket.url()}`)));
  await context.exposeBinding("complain", (_, complaint: string) => complain(complaint));
  await context.addInitScript(() => {
    const { complain } = window as unknown as { complain: (complaint: string) => void };
    document.addEventListener("securitypolicyviolation", (event) => {
      complain(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
    let acted = false;
    for (const input of ["pointerdown", "keydown", "input"]) addEventListener(input, () => (acted = true), { capture: true, once: true });
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as unknown as LayoutShift[]) {
        const moved = sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 80) : node?.nodeName));
        if (!acted) complain(`layout shift: ${value} ${moved.join(", ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

type LayoutShift = { value: number; sources: { node?: Node }[] };
