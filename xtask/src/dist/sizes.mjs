// What the files below the current folder weigh: as they are, and as a server would send them.
// Prints JSON by path. In JavaScript because Node's own zlib does this in an instant.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const files = readdirSync(".", { recursive: true }).filter((file) => statSync(file).isFile());
const sizes = files.sort().map((file) => {
  const bytes = readFileSync(file);
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const brotli = brotliCompressSync(bytes).length;
  return [file.replaceAll("\\", "/"), { raw: bytes.length, gzip, brotli }];
});
console.log(JSON.stringify(Object.fromEntries(sizes), null, 2));
