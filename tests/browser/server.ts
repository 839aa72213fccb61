// Serves dist/ as a careful host would: right types, and the strictest policy the page allows.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import sirv from "sirv";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

// Nothing but the page's own files: no inline script, no inline style, no other host.
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

export type Server = { url: string; close: () => Promise<void> };

/** Starts on a free port of this machine; resolves when it listens. */
export async function serve(): Promise<Server> {
  const files = sirv(dist, {
    setHeaders: (response) => response.setHeader("Content-Security-Policy", policy),
  });
  const server = createServer((request, response) => files(request, response));
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
