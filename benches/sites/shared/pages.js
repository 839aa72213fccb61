// The pages that ship, as text: what an alternative would read in the browser.

const files = import.meta.glob("../../../content/**/*.md", { query: "?raw", import: "default", eager: true });

/** Every page by the name that other pages include it by. */
export const pages = Object.fromEntries(
  Object.entries(files).map(([path, text]) => [path.replace(/^.*\/content\//, ""), text]),
);

/** The page to show: the one that ships, or one that the bench serves at `?guide=ADDRESS`. */
export async function guide() {
  const address = new URLSearchParams(location.search).get("guide");
  const text = address ? await (await fetch(address)).text() : pages["openmetadata-1.4.0.md"];
  const [, front, body] = text.match(/^---\n(.*?)\n---\n(.*)$/s);
  return { title: front.match(/^title: (.*)$/m)[1], body };
}
