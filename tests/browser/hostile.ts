// A page that tries everything: each payload of `hostile.json` in each position that content
// can take, with a word of its own beside it, so that a lost text is seen.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

type Tag = { attributes: string[]; alone?: boolean };
type Hostile = { payloads: string[]; tags: Record<string, Tag> };

const { payloads, tags }: Hostile = JSON.parse(
  readFileSync(fileURLToPath(new URL("hostile.json", import.meta.url)), "utf8"),
);

/** The page, the words that must be seen, and the codes that must be seen letter by letter. */
export function page() {
  const words: string[] = [];
  const codes: string[] = [];
  const word = (name: string) => {
    words.push(name);
    return name;
  };
  const sections = payloads.map((payload, index) => {
    const attribute = quoted(payload);
    // What is one line in Markdown stays one.
    const line = payload.replaceAll("\n", " ");
    codes.push(payload.trimEnd());
    const drawn = Object.entries(tags).map(([tag, { attributes, alone }]) => {
      const all = attributes.map((name) => `${name}=${attribute}`).join(" ");
      return alone ? `{% ${tag} ${all} /%}` : `{% ${tag} ${all} %}\n${word(`${tag}${index}`)}\n{% /${tag} %}`;
    });
    return [
      `## ${word(`heading${index}`)} {% #heading${index} severity=${attribute} %}`,
      `${word(`paragraph${index}`)} ${line}`,
      `[${word(`link${index}`)}](${line})`,
      `[${word(`pointy${index}`)}](<${line}> "${line}")`,
      `[${word(`reference${index}`)}][r${index}]`,
      `[r${index}]: ${line}`,
      `<${line}>`,
      `![${word(`image${index}`)}](${line})`,
      `**${word(`strong${index}`)} ${line}**`,
      `> ${word(`quote${index}`)} ${line}`,
      `- ${word(`item${index}`)} ${line}`,
      `| ${word(`head${index}`)} |\n|---|\n| ${word(`cell${index}`)} ${line} |`,
      `~~~${line}\n${payload}\n~~~`,
      `~~~sh {% title=${attribute} caution=${attribute} expect=${attribute} %}\n${payload}\n~~~`,
      ...drawn,
    ].join("\n\n");
  });
  const inputs = payloads.map((payload, index) => {
    const attribute = quoted(payload);
    return [
      `{% choice name="choice${index}" label=${attribute} hint=${attribute} %}`,
      `{% option value=${attribute} label=${attribute} hint=${attribute} /%}`,
      "{% /choice %}",
      `{% input name="input${index}" label=${attribute} hint=${attribute} type="text" default=${attribute} /%}`,
    ].join("\n");
  });
  const front = `---\nid: hostile\ntitle: ${payloads[33]}\nbase: javascript:alert(1)\n---`;
  return { text: [front, ...inputs, "# Phase", ...sections, ""].join("\n\n"), words, codes };
}

/** A string as Markdoc writes it. A control character without an escape cannot stand there. */
function quoted(text: string) {
  const escapes: Record<string, string> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t" };
  return `"${text.replaceAll(/[\\"\n\t]/g, (character) => escapes[character]!).replaceAll(/[\x00-\x1f]/g, "")}"`;
}
