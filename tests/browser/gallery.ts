// The gallery that `cargo test --test view` leaves: every component in every state, drawn without
// any script, as pages that a browser opens from the disk.

import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../target/gallery/", import.meta.url));

/** The names of its pages, without the one that shows them all. */
export const views = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((name) => name.endsWith(".html") && name !== "index.html")
  .map((name) => name.replace(/\.html$/, ""))
  .sort();

export const addressOf = (view: string) => `file://${folder}${view}.html`;
