// Writes what npm `@markdoc/markdoc` makes of many pages, one JSON object a line, for
// `tests/official.rs` to compare with what we make of them.
//
//   node main.mjs PAGES…          the trees of these files, and of generated pages
//   node main.mjs --write PAGES…  `x.official` beside each `x.md`, for plain `cargo test`
import { readFileSync, writeFileSync } from 'node:fs';
import { Generator } from './generate.mjs';
import { read } from './tree.mjs';

// How many pages of each kind are generated, and from what seed.
const COUNT = Number(process.env.PAGES ?? 5000);
const SEED = Number(process.env.SEED ?? 20240514);

const [first, ...rest] = process.argv.slice(2);
if (first === '--write') rest.forEach(write);
else compare([first, ...rest]);

function write(path) {
  writeFileSync(path.replace(/md$/, 'official'), read(readFileSync(path, 'utf8')).tree);
}

function compare(paths) {
  const files = paths.map((path) => readFileSync(path, 'utf8'));
  const balanced = generated(1, (generator) => generator.balanced());
  const corpus = [...files, ...balanced];
  print('file', files);
  print('balanced', balanced);
  print('mutated', generated(2, (generator) => generator.mutated(corpus)));
  print('hostile', generated(3, (generator) => generator.hostile()));
}

function generated(kind, make) {
  const generator = new Generator(SEED + kind);
  return Array.from({ length: COUNT }, () => make(generator));
}

function print(kind, pages) {
  for (const page of pages) process.stdout.write(JSON.stringify({ kind, page, ...read(page) }) + '\n');
}
