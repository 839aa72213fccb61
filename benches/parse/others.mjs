// The parsers that we are compared with, for the bench: the pages' files are the arguments;
// each line of the input, `PARSER PAGE REPEATS`, is answered with the nanoseconds that so many
// readings took.

import Markdoc from "@markdoc/markdoc";
import { marked } from "marked";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const parsers = {
  // A tree, as ours is.
  markdoc: (page) => Markdoc.parse(page),
  // Its tree of tokens, the inline ones included; it knows no tags.
  marked: (page) => marked.lexer(page),
};

const pages = process.argv.slice(2).map((file) => readFileSync(file, "utf8"));
// What is read must be used, or it need not be read.
let used = 0;

for await (const line of createInterface({ input: process.stdin })) {
  const [parser, page, repeats] = line.split(" ");
  const parse = parsers[parser];
  const start = process.hrtime.bigint();
  for (let count = Number(repeats); count > 0; count--) {
    const tree = parse(pages[page]);
    used += (tree.children ?? tree).length;
  }
  console.log(String(process.hrtime.bigint() - start));
}
if (used < 0) console.log(used);
