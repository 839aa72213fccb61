// Fills a page's tags in: a page and a reader's answers go in, plain Markdown comes out, and
// the inputs that the page declares on its way. For the libraries that know Markdown only;
// Markdoc does this itself. A first choice counts until another is made.

import { functions } from "./functions.js";

const TAG = /\{%\s*(.*?)\s*%\}/gs;
const TOKEN = /\s*(?:"((?:[^"\\]|\\.)*)"|(-?\d+(?:\.\d+)?)|\$([\w.]+)|([\w-]+)|(.))/gs;
const WORDS = { true: true, false: false, null: null };

/** What was read before: answers change, pages do not. */
const trees = new Map();

/** The Markdown of a page, and its inputs. */
export function fill(page, pages, answers) {
  const inputs = [];
  const known = {};
  function write(nodes, scope) {
    let text = "";
    for (const node of nodes) text += typeof node === "string" ? node : tag(node, scope, text);
    return text;
  }

  function tag({ name, attributes, primary, branches, children }, scope, before) {
    const look = (value) => evaluate(value, { ...known, ...scope });
    const given = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, look(value)]));
    const inside = () => write(children, scope);
    switch (name) {
      case undefined:
        // A value that stands in the text, or what is said of a heading or a code block.
        if (primary !== undefined) return String(look(primary) ?? "");
        // The latter is its title, which may hold no backtick.
        return given.id ? `{#${given.id}}` : (given.title ?? given.caution ?? "").replaceAll("`", "");
      case "if":
        return write(branches.find((branch) => look(branch.condition))?.children ?? [], scope);
      case "partial": {
        // As deep as the tag stands.
        const indent = before.slice(before.lastIndexOf("\n") + 1).match(/^ *$/)?.[0] ?? "";
        return write(tree(pages[given.file] ?? ""), { ...scope, ...given.variables }).trim().replaceAll("\n", `\n${indent}`);
      }
      case "let":
        known[given.name] = given.value;
        return "";
      case "choice": {
        const options = children.filter((child) => child.name === "option").map((option) => option.attributes);
        known[given.name] = answers[given.name] ?? options[0].value;
        inputs.push({ ...given, options });
        return "";
      }
      case "input":
        known[given.name] = answers[given.name] || given.default;
        inputs.push(given);
        return "";
      case "note":
      case "verify":
      case "undo":
        return `<div class="${name}">\n\n${inside()}\n\n</div>`;
      case "added":
        return `${inside()}\n\n*Added: ${given.reason}* ${(given.source ?? "").replace(/\S+/g, "<$&>")}\n`;
      case "inlineCallout":
        return `**[${given.bold}](${given.href})** ${inside().trim()}`;
      default:
        return inside();
    }
  }

  return { markdown: write(tree(page), {}), inputs };
}

function tree(page) {
  if (!trees.has(page)) trees.set(page, parse(page));
  return trees.get(page);
}

/** A page as texts and tags, each with what stands in it. */
function parse(page) {
  const root = { children: [] };
  const open = [root];
  let end = 0;
  const add = (child) => open.at(-1).children.push(child);
  for (const match of page.matchAll(TAG)) {
    if (match.index > end) add(page.slice(end, match.index));
    end = match.index + match[0].length;
    const tag = read(match[1]);
    if (tag.closes) {
      open.pop();
    } else if (tag.name === "else") {
      branch(open.at(-1), tag.primary ?? true);
    } else {
      add(tag);
      if (tag.name === "if") branch(tag, tag.primary);
      if (tag.name && !tag.isWhole) open.push(tag);
    }
  }
  add(page.slice(end));
  return root.children;
}

/** What follows stands in a new branch of an `if`. */
function branch(tag, condition) {
  tag.branches ??= [];
  tag.children = [];
  tag.branches.push({ condition, children: tag.children });
}

/** What stands between `{%` and `%}`. */
function read(source) {
  if (source[0] === "/") return { closes: true };
  const tokens = [...source.matchAll(TOKEN)].map(([, string, number, variable, word, mark]) => ({
    string: string?.replace(/\\(.)/g, "$1"), number, variable, word, mark,
  }));
  const tag = { attributes: {}, children: [], isWhole: tokens.at(-1).mark === "/" };
  if (tag.isWhole) tokens.pop();
  let at = 0;
  const next = (mark) => tokens[at]?.mark === mark && ++at;

  function value() {
    const { string, number, variable, word } = tokens[at++];
    if (string !== undefined) return string;
    if (number !== undefined) return Number(number);
    if (variable !== undefined) return { variable };
    if (word === undefined) return tokens[at - 1].mark === "[" ? { list: list("]") } : { entries: entries() };
    return next("(") ? { call: word, list: list(")") } : WORDS[word];
  }
  function list(end) {
    const values = [];
    while (!next(end)) next(",") || values.push(value());
    return values;
  }
  function entries() {
    const found = [];
    while (!next("}")) {
      if (next(",")) continue;
      const { word, string } = tokens[at++];
      next(":");
      found.push([word ?? string, value()]);
    }
    return found;
  }

  // A name, unless it is an attribute or a function.
  if (tokens[0].word && !["=", "("].includes(tokens[1]?.mark)) tag.name = tokens[at++].word;
  while (at < tokens.length) {
    if (next("#")) tag.attributes.id = tokens[at++].word;
    else if (tokens[at].word && tokens[at + 1]?.mark === "=") {
      const { word } = tokens[at];
      at += 2;
      tag.attributes[word] = value();
    } else tag.primary = value();
  }
  return tag;
}

function evaluate(value, known) {
  if (value === null || typeof value !== "object") return value;
  if (value.variable) return known[value.variable];
  if (value.entries) return Object.fromEntries(value.entries.map(([key, each]) => [key, evaluate(each, known)]));
  const values = value.list.map((each) => evaluate(each, known));
  return value.call ? functions[value.call]?.(...values) : values;
}
