// The text of every style, for the checklists' shadow roots. The page that ships names the same
// file, for what was drawn beforehand, so that it is sent once for both. npm's script carries
// the text, as a bundler would treat a file of styles in its own way.

import fetched from "./fetched.js";

/* global STYLES, STYLES_INTEGRITY */
export default () => (typeof STYLES === "string" ? STYLES : all());

/** Fetched only as it was when the script was made, where the script knows: `cargo xtask dist`
 * tells it, and makes one file of all. While the page is developed, the list names the others. */
async function all() {
  if (typeof STYLES_INTEGRITY === "string") return text("upgrade-checklist.css", STYLES_INTEGRITY);
  const list = await text("upgrade-checklist.css");
  const imported = [...list.matchAll(/@import "(.+)";/g)].map(([, file]) => text(file));
  return [list.replaceAll(/@import.+;/g, ""), ...(await Promise.all(imported))].join("\n");
}

async function text(file, integrity) {
  return (await fetched(new URL(`styles/${file}`, import.meta.url), integrity)).text();
}
