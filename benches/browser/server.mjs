// Serves folders as a good host does: compressed as well as can be, and nothing kept without
// asking whether it is still the same.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const TYPES = {
  ".bin": "application/octet-stream",
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".md": "text/markdown; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** Starts a server on a free port. `folders` says what stands at which first part of an address. */
export async function serve(folders) {
  const files = new Map();
  const read = (path) => {
    if (!files.has(path)) {
      const [, first, rest] = path.match(/^\/([^/]*)\/(.*)$/) ?? [];
      const bytes = readFileSync(join(folders[first] ?? "/nowhere", rest || "index.html"));
      const tag = `"${createHash("sha256").update(bytes).digest("base64url")}"`;
      files.set(path, { body: brotliCompressSync(bytes), tag });
    }
    return files.get(path);
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    try {
      const { body, tag } = read(pathname);
      const isKept = request.headers["if-none-match"] === tag;
      response.writeHead(isKept ? 304 : 200, {
        "Content-Type": TYPES[extname(pathname)] ?? "text/html",
        ...(isKept ? {} : { "Content-Encoding": "br", "Content-Length": body.length }),
        "Cache-Control": "no-cache",
        ETag: tag,
        // Only then does a browser say how much memory a page takes.
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
      });
      response.end(isKept ? undefined : body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
