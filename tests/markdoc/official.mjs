// Writes what npm `@markdoc/markdoc` makes of the pages beside this file, as the tests
// compare it with what we make of them.
//
//   npm install --prefix DIR @markdoc/markdoc@0.5.10
//   NODE_PATH=DIR/node_modules node tests/markdoc/official.mjs
//
// `pages/*.official` are the trees of `pages/*.md`; `generated.jsonl` holds generated
// pages, one a line, each with its tree. What is generated is the same on every run.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const Markdoc = createRequire(import.meta.url)('@markdoc/markdoc');
const here = new URL('.', import.meta.url).pathname;

function value(v) {
  if (v === null || v === undefined || typeof v !== 'object') return v ?? null;
  if (Array.isArray(v)) return v.map(value);
  if (v.$$mdtype === 'Variable') return { $variable: v.path };
  if (v.$$mdtype === 'Function') return { $function: v.name, parameters: value(v.parameters) };
  return Object.fromEntries(Object.keys(v).sort().map((key) => [key, value(v[key])]));
}

function tree(node, indent = '') {
  const name = node.type === 'tag' ? `tag ${node.tag}` : node.type;
  const attributes = Object.keys(node.attributes).filter((key) => node.attributes[key] !== undefined).sort()
    .map((key) => ` ${key}=${JSON.stringify(value(node.attributes[key]))}`).join('');
  return `${indent}${name}${attributes}\n` + node.children.map((child) => tree(child, indent + '  ')).join('');
}

const official = (text) => Markdoc.parse(text).children.map((node) => tree(node)).join('');

for (const name of readdirSync(here + 'pages').filter((name) => name.endsWith('.md'))) {
  writeFileSync(here + 'pages/' + name.replace(/md$/, 'official'), official(readFileSync(here + 'pages/' + name, 'utf8')));
}

// --- Generated pages ---

let state = 20240514;
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const upTo = (n) => Math.floor(random() * n);
const pick = (list) => list[upTo(list.length)];
const names = ['note', 'if', 'tile', 'step'];
const attributes = () => Array.from({ length: upTo(3) }, () => pick(
  [' a=1', ' b="two words"', ' #id', ' .class', ' c=[1, "x"]', ' d={k: true}', ' e=$v.x', ' f=equals($a, 1)', ' g="*x* %} |"'])).join('');

function inline(depth = 0) {
  return Array.from({ length: 1 + upTo(4) }, () => span(depth) + (random() < 0.7 ? ' ' : '')).join('').trim();
}

function span(depth) {
  const inner = () => (depth > 2 ? 'word' : inline(depth + 1));
  const name = pick(names);
  switch (upTo(20)) {
    case 0: return `*${inner()}*`;
    case 1: return `**${inner()}**`;
    case 2: return `_${inner()}_`;
    case 3: return `~~${inner()}~~`;
    case 4: return '`' + pick(['code', '{% x %}', '<b>', 'a  b', '*']) + '`';
    case 5: return `[${depth > 1 ? 'link' : 'a *link* {% icon /%}'}](/to${pick(['', ' "title"', ' "a <b> *c*"', '_x_'])})`;
    case 6: return `{% ${name}${attributes()} %}${inner()}{% /${name} %}`;
    case 7: return `{% ${name}${attributes()} /%}`;
    case 8: return `{% $${pick(['x', 'a.b', 'a[0]["k"]'])} %}`;
    case 9: return `{% ${pick(['#h', '.c', 'k=1'])} %}`;
    case 10: return pick(['<https://x.example/a?b=c>', '<br>', '<b>x</b>', 'a < b', '![i](/i.png)', '&amp;', '\\*', '\\{%', '[ref]']);
    default: return pick(['alpha', 'Beta', '12', 'é', '5.', '日本', 'foo_bar', 'a*b', '€', 'one  \ntwo', 'soft\nbreak']);
  }
}

function block(depth) {
  const name = pick(names);
  const inner = () => (depth > 2 ? ['end'] : blocks(depth + 1));
  switch (upTo(14)) {
    case 0: return ['#'.repeat(1 + upTo(6)) + ' ' + inline().replace(/\s*\n/g, ' ') + pick(['', ' {% #x %}'])];
    case 1: return [`{% ${name}${attributes()} %}`, ...inner(), `{% /${name} %}`];
    case 2: return [`{% ${name}${attributes()} ${pick(['', '/ '])}/%}`.replace('/ /', '/ ')];
    case 3: {
      const marker = pick(['-', '*', '1.', '2)']);
      const width = marker.length + 1 + upTo(2);
      return Array.from({ length: 1 + upTo(3) }, () => inner().map((line, index) =>
        index ? (line && ' '.repeat(width) + line) : marker.padEnd(width) + line).concat(random() < 0.3 ? [''] : [])).flat();
    }
    case 4: return inner().map((line) => pick(['>', '> ', '> ']) + line);
    case 5: {
      const mark = pick(['```', '~~~']);
      return [mark + pick(['', 'js', 'sh {% a=1 %}', 'sh {% process=false %}']),
        ...pick([['code'], ['a {% $x %} b', '', '{% if $y %}', 'c', '{% /if %}'], ['<b>', '  in']]), mark];
    }
    case 6: return ['| a | b |', pick(['|---|---|', '|:-|-:|']), ...Array.from({ length: upTo(3) }, () =>
      `| ${inline().replace(/[|\n]/g, '')} | ${inline().replace(/[|\n]/g, '')} |`)];
    case 7: return [pick(['---', '***'])];
    case 8: return ['[ref]: /target "T"'];
    case 9: return [`{% ${name}`, '  a=1', '  b="x" %}', ...inner(), `{% /${name} %}`];
    case 10: return ['{% table %}', '- ' + inline().replace(/\n/g, ' '), '---', '- ' + inline().replace(/\n/g, ' '), '{% /table %}'];
    case 11: return [' '.repeat(1 + upTo(6)) + inline()];
    default: return inline().split('\n');
  }
}

function blocks(depth = 0) {
  return Array.from({ length: 1 + upTo(3) }, (_, index) => (index && random() < 0.75 ? [''] : []).concat(block(depth))).flat();
}

const generated = [];
while (generated.length < 300) {
  // White space before everything else makes Markdoc lose text: see the divergences.
  const page = blocks().join('\n').trimStart() + '\n';
  const document = Markdoc.parse(page);
  const errors = [...document.walk()].flatMap((node) => node.errors).filter((error) => error.level === 'critical');
  // A page whose tags do not match, or whose table is none, is among the divergences.
  if (errors.length === 0) generated.push(JSON.stringify({ page, tree: official(page) }));
}
writeFileSync(here + 'generated.jsonl', generated.join('\n') + '\n');
