// The `test` that every spec uses: the built page on its own server, and a browser in which
// any complaint fails the test, whatever else the test looked at.

import { test as base, expect, type BrowserContext } from "@playwright/test";
import { serve, type Server } from "./server.ts";

export { expect };

export const test = base.extend<{ complaints: string[] }, { server: Server }>({
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
    async ({ context, baseURL }, use) => {
      const complaints: string[] = [];
      await listen(context, new URL(baseURL!).origin, (complaint) => complaints.push(complaint));
      await use(complaints);
      expect(complaints, "console errors, page errors, policy reports, requests elsewhere").toEqual([]);
    },
    { auto: true },
  ],
});

async function listen(context: BrowserContext, home: string, complain: (complaint: string) => void) {
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
  await context.exposeBinding("reportViolation", (_, report: string) => complain(`policy: ${report}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { reportViolation } = window as unknown as { reportViolation: (report: string) => void };
      reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
}
