// Cuts Markdown into phases and steps, by lines: a top heading is a phase; a section without
// sub-headings is a step; but where it is a list whose items open in bold, each item is one.

import { slug } from "./run.js";

const HEADING = /^(#{1,6}) (.*?)(?: *\{#([\w-]+)\})?$/;
const ITEM = /^- \*\*(.+?)\*\*:? ?/;

/** `[{ title, intro, steps: [{ id, title, group, body }] }]`, all texts being Markdown. */
export function phasesOf(markdown) {
  const sections = [];
  let isCode = false;
  for (const line of markdown.split("\n")) {
    const heading = !isCode && line.match(HEADING);
    if (/^ *```/.test(line)) isCode = !isCode;
    if (heading) sections.push({ level: heading[1].length, title: heading[2], id: heading[3], lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  const phases = [];
  let groups = [];
  sections.forEach((section, index) => {
    const { level, title, id, lines } = section;
    if (level === 1) {
      phases.push({ title, intro: lines.join("\n"), steps: [] });
      groups = [];
      return;
    }
    groups = groups.filter((group) => group.level < level);
    const phase = phases.at(-1);
    const path = [phase, ...groups, section].map((part) => slug(part.title)).join("/");
    const isGroup = sections[index + 1]?.level > level;
    if (isGroup) groups.push(section);
    else if (ITEM.test(lines.find((line) => line.trim()))) phase.steps.push(...items(lines, title, path));
    else phase.steps.push({ id: id ?? path, title, body: lines.join("\n") });
  });
  return phases;
}

function items(lines, group, path) {
  const steps = [];
  for (const line of lines) {
    const [start, title] = line.match(ITEM) ?? [];
    if (start) steps.push({ id: `${path}/${slug(title)}`, title, group, body: line.slice(start.length) });
    else if (steps.length) steps.at(-1).body += `\n${line.replace(/^ {1,2}/, "")}`;
  }
  return steps;
}
