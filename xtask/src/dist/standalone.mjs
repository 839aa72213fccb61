// Puts the page together that is one file. Called with the folder of its parts and that of the
// built page. In JavaScript because Node's own zlib and crypto do this in an instant.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const [parts, dist] = process.argv.slice(1);
const read = (file) => readFileSync(file, "utf8").trim();
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const styles = read(`${dist}/styles/upgrade-checklist.css`);
// An inline script ends at the first end tag in it, wherever that stands.
const [early, script] = ["early", "script"].map((name) => read(`${parts}/${name}.js`).replaceAll("</script", "<\\/script"));
const icon = `data:image/svg+xml,${encodeURIComponent(read(`${dist}/styles/icon.svg`))}`;
const packed = (name) => gzipSync(readFileSync(`${dist}/upgrade-checklist-${name}_bg.wasm`), { level: 9 }).toString("base64");
// The hashes stand for the only style and scripts that run, and nothing is fetched.
const policy = [
  "default-src 'none'",
  `script-src ${hash(early)} ${hash(script)} 'wasm-unsafe-eval'`,
  `style-src ${hash(styles)}`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const [, title] = read(`${dist}/index.html`).match(/<title>(.*)<\/title>/);
const [, note] = read(`${dist}/index.html`).match(/(<noscript>[^]*<\/noscript>)/);
writeFileSync(
  `${dist}/standalone.html`,
  `<!doctype html>
<html lang="en" class="uc-page">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${icon}">
<style id="styles">${styles}</style>
<script>${early}</script>
</head>
<body>
${note}
<main><upgrade-checklist heading-level="1" loading="eager" url-state="hash">${read(`${parts}/drawn.html`)}</upgrade-checklist></main>
<script type="application/gzip" id="program">${packed("app")}</script>
<script type="application/gzip" id="runbook">${packed("runbook")}</script>
<script>${script}</script>
</body>
</html>
`,
);
