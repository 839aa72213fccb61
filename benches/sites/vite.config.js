// How the alternatives are built: as their own tools do it, minified, for browsers of today.
// `SITE` names the one to build.

import { svelte } from "@sveltejs/vite-plugin-svelte";

const site = process.env.SITE;

export default {
  root: import.meta.dirname + "/" + site,
  base: "./",
  plugins: site === "svelte" ? [svelte()] : [],
  oxc: { jsx: { runtime: "automatic", importSource: site } },
  build: { target: "esnext", outDir: `../../../target/bench/sites/${site}`, emptyOutDir: true },
};
