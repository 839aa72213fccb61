// The text of every style, for the checklists' shadow roots. While the page is developed it is
// fetched, so that it is what stands in styles/; `cargo xtask dist` puts the text itself here.

const text = async (file) => (await fetch(new URL(`styles/${file}`, import.meta.url))).text();

const list = await text("upgrade-checklist.css");
const imported = [...list.matchAll(/@import "(.+)";/g)].map(([, file]) => text(file));

export default [list.replaceAll(/@import.+;/g, ""), ...(await Promise.all(imported))].join("\n");
