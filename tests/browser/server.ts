// Serves dist/ as a careful host would: right types, and the strictest policy the page allows.
// Below hosts/ it serves pages of others that embed the element, under a stricter one.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import sirv from "sirv";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const here = fileURLToPath(new URL("./", import.meta.url));

// Nothing but the site's own files: no inline script, no inline style, no other host.
const strict = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
];
/** For a page that embeds the element. */
export const HOST_POLICY = [...strict, "frame-src 'self'", "trusted-types 'none'"].join("; ");
/** For the page that ships, which can be installed. */
const PAGE_POLICY = [...strict, "manifest-src 'self'", "trusted-types upgrade-checklist"].join("; ");

export type Server = { url: string; close: () => Promise<void> };

/** Starts on a free port of this machine; resolves when it listens. `more` is what it says of every answer. */
export async function serve(folder = dist, policy = PAGE_POLICY, more: Record<string, string> = {}): Promise<Server> {
  const guarded = (policy: string) => ({
    dev: true,
    setHeaders: (response: { setHeader: (name: string, value: string) => void }) => {
      response.setHeader("Content-Security-Policy", policy);
      // For a sandboxed frame, which is of no origin.
      response.setHeader("Access-Control-Allow-Origin", "*");
      for (const [name, value] of Object.entries(more)) response.setHeader(name, value);
    },
  });
  const files = sirv(folder, guarded(policy));
  const hosts = sirv(here, guarded(HOST_POLICY));
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/hosts/")) hosts(request, response);
    // Browsers ask every site for it, and no site needs to have it.
    else if (request.url === "/favicon.ico") response.writeHead(204).end();
    // Some hosts show a folder's page by its own name only.
    else if (request.url === "/by-name/") response.writeHead(302, { Location: "index.html" }).end();
    else files(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
