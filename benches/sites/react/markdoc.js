// A page as Markdoc reads it, and as a reader's answers have it: phases, steps, inputs.

import Markdoc from "@markdoc/markdoc";
import { functions } from "../shared/functions.js";
import { slug } from "../shared/run.js";

const { Tag } = Markdoc;

const passage = (render) => ({ render, transform: (node, config) => new Tag(render, {}, node.transformChildren(config)) });
const nothing = { transform: () => [] };

const config = {
  functions: Object.fromEntries(
    Object.entries(functions).map(([name, call]) => [name, { transform: (given) => call(...Object.values(given)) }]),
  ),
  nodes: {
    document: { transform: (node, config) => node.transformChildren(config) },
    heading: {
      transform: (node, config) => {
        const { level, id } = node.attributes;
        return new Tag(`h${level}`, { id }, node.transformChildren(config));
      },
    },
    fence: {
      transform: (node, config) => {
        const { language, title, caution } = node.attributes;
        return new Tag("Snippet", { language, title: title ?? caution }, node.transformChildren(config));
      },
    },
  },
  tags: {
    choice: nothing,
    input: nothing,
    let: nothing,
    note: passage("Note"),
    verify: passage("Verify"),
    undo: passage("Undo"),
    // Its headings stand among those of the page.
    added: {
      transform: (node, config) => {
        const { reason, source = "" } = node.attributes;
        const sources = source.split(" ").filter(Boolean);
        return [...node.transformChildren(config), new Tag("Added", { reason, sources }, [])];
      },
    },
    inlineCalloutContainer: { transform: (node, config) => node.transformChildren(config) },
    inlineCallout: {
      transform: (node, config) => {
        const { bold, href } = node.attributes;
        return new Tag("p", {}, [new Tag("a", { href }, [bold]), " ", ...node.transformChildren(config)]);
      },
    },
  },
};

/** Reads a page and those that it includes, once. */
export function read(body, pages) {
  const partials = Object.fromEntries(Object.entries(pages).map(([name, text]) => [name, Markdoc.parse(text)]));
  return { page: Markdoc.parse(body), partials };
}

/** The guide for some answers. A first choice counts until another is made. */
export function build({ page, partials }, answers) {
  const inputs = [];
  const variables = {};
  const all = { ...config, partials, variables };
  declare([page], all, answers, inputs);
  return { phases: phasesOf(Markdoc.transform(page, all)), inputs };
}

/** Finds the inputs, and gives the variables their values. */
function declare(nodes, config, answers, inputs) {
  for (const node of nodes) {
    if (node.type !== "tag") {
      declare(node.children, config, answers, inputs);
      continue;
    }
    const given = resolved(node.attributes, config);
    const { name } = given;
    if (node.tag === "partial") declare(config.partials[given.file]?.children ?? [], config, answers, inputs);
    else if (node.tag === "let") config.variables[name] = given.value;
    else if (node.tag === "input") {
      config.variables[name] = answers[name] || given.default;
      inputs.push(given);
    } else if (node.tag === "choice") {
      const options = [...node.walk()].filter(({ tag }) => tag === "option").map((option) => option.attributes);
      config.variables[name] = answers[name] ?? options[0].value;
      inputs.push({ ...given, options });
    } else if (node.tag === "if") {
      const isElse = ({ tag }) => tag === "else";
      let holds = given.primary;
      let found = false;
      for (const child of node.children) {
        if (isElse(child)) holds = !found && (resolved(child.attributes, config).primary ?? true);
        else if (holds) declare([child], config, answers, inputs);
        found ||= holds;
      }
    } else declare(node.children, config, answers, inputs);
  }
}

/** A tag's attributes, with the variables' values in place. */
const resolved = (attributes, config) =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, value?.resolve?.(config) ?? value]));

const level = (node) => Number(/^h(\d)$/.exec(node?.name)?.[1] ?? 0);
const words = (node) => (typeof node === "string" ? node : (node?.children ?? []).map(words).join(""));
const isItem = (item) => item.children[0]?.name === "strong";

/** A top heading is a phase, a section without sub-headings a step; of a list whose items
 * open in bold, each item is one. */
function phasesOf(nodes) {
  const sections = [];
  for (const node of nodes) {
    if (level(node)) sections.push({ level: level(node), title: words(node), heading: node, body: [] });
    else sections.at(-1)?.body.push(node);
  }
  const phases = [];
  let groups = [];
  sections.forEach((section, index) => {
    const { title, heading, body } = section;
    if (section.level === 1) {
      phases.push({ title, intro: body, steps: [] });
      groups = [];
      return;
    }
    groups = groups.filter((group) => group.level < section.level);
    const phase = phases.at(-1);
    const path = [phase, ...groups, section].map((part) => slug(part.title)).join("/");
    if (sections[index + 1]?.level > section.level) return groups.push(section);
    const [first] = body;
    if (first?.name === "ul" && first.children.every(isItem)) {
      for (const { children } of first.children) {
        const [strong, ...rest] = children;
        const name = words(strong);
        phase.steps.push({ id: `${path}/${slug(name)}`, title: [name], words: name, group: title, body: rest });
      }
    } else {
      phase.steps.push({ id: heading.attributes.id ?? path, title: heading.children, words: title, body });
    }
  });
  return phases;
}
