// Pages from a seed, the same on every run.
//
// `balanced` writes what an author may mean: every construct of the language, in each
// other, with every tag closed. `mutated` takes such pages and breaks them; `hostile` puts
// pieces of syntax together in any order.

// A source of numbers in [0, 1), the same for the same seed (mulberry32).
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export class Generator {
  constructor(seed) {
    this.random = numbers(seed);
  }

  upTo(n) {
    return Math.floor(this.random() * n);
  }

  pick(list) {
    return list[this.upTo(list.length)];
  }

  many(least, most, make) {
    return Array.from({ length: least + this.upTo(most - least + 1) }, make);
  }

  // --- Balanced ---

  balanced() {
    const page = this.blocks(0).join('\n').trimStart() + '\n';
    // A rule on the first line would begin front matter.
    return /^[> ]*---/.test(page) ? 'First.\n\n' + page : page;
  }

  blocks(depth) {
    let before = '';
    return this.many(1, 3, (_, index) => {
      const block = this.block(depth).flatMap((line) => line.split('\n'));
      // Not every list may interrupt a paragraph; what follows a table is a row of it, and what
      // follows a definition may be its title.
      const apart = index && (this.random() < 0.75 || /^\d/.test(block[0]) || /^[|[]/.test(before));
      before = block[0];
      return apart ? ['', ...block] : block;
    }).flat();
  }

  block(depth) {
    const name = this.pick(NAMES);
    const inner = () => (depth > 2 ? ['end'] : this.blocks(depth + 1));
    const line = () => this.inline().replace(/\s*\n/g, ' ');
    const cell = () => this.inline().replace(/[|\n]/g, '') + this.pick(['', '', ' {% align="right" %}', ' {% colspan=2 %}']);
    switch (this.upTo(19)) {
      case 0: return ['#'.repeat(1 + this.upTo(6)) + ' ' + line() + this.pick(['', ' {% #x %}', ' {% .c k=1 %}', ' ##'])];
      case 1: return [`{% ${name}${this.attributes()} %}`, ...inner(), `{% /${name} %}`];
      case 2: return [`{% ${name}${this.attributes()} ${this.pick(['', '/ '])}/%}`.replace('/ /', '/ ')];
      case 3: return this.list(inner);
      case 4: {
        const lines = inner();
        const marker = lines.some((line) => line.startsWith(' ')) ? '> ' : this.pick(['>', '> ']);
        return lines.map((line) => marker + line);
      }
      case 5: return this.fence();
      case 6: return [`| ${this.pick(['a', '`a`', '*a*'])} | b |`, this.pick(['|---|---|', '|:-|-:|', '-|:-:']),
        ...this.many(0, 2, () => `| ${cell()} | ${cell()} |`)];
      case 7: return [this.pick(['---', '***', '_ _ _'])];
      case 8: return [this.pick(['[ref]: /target "T"', '[Ref two]: <https://x.example/a b>', "[ref]: /t\n'T'"])];
      case 9: return [`{% ${name}`, '  a=1', `  b=${this.pick(['"x"', '[1,\n 2]', '$v', '{k: "%}"}'])} %}`, ...inner(), `{% /${name} %}`];
      case 10: return this.table(line);
      case 11: return [' '.repeat(1 + this.upTo(6)) + this.inline()];
      case 12: return [`{% if ${this.pick(['$x', 'equals($x, "y")', 'not($x)', 'and($x, or($y, false))'])} %}`, ...inner(),
        ...this.pick([[], ['{% else /%}', 'other'], ['{% else $z /%}', 'other', '', '{% else /%}', 'last']]), '{% /if %}'];
      case 13: return [this.pick(['{% partial file="p.md" /%}', '{% partial file="p.md" variables={a: 1, b: $c} /%}', '{% $block.value %}', '<!-- a comment -->', '<div class="x">', 'a\n===', '    indented'])];
      case 14: return [line() + this.pick(['', ' {% .lead %}', ' {% #p k="v" %}', '{% k=1 %}'])];
      default: return this.inline().split('\n');
    }
  }

  list(inner) {
    const marker = this.pick(['-', '*', '+', '1.', '2)', '10.']);
    const width = marker.length + 1 + this.upTo(2);
    const note = () => this.pick(['', '', ' {% #item %}', ' {% .done k=1 %}']);
    return this.many(1, 3, () => {
      const [first, ...rest] = inner();
      const item = [marker.padEnd(width) + first.trimStart() + (/^[a-z]/i.test(first) ? note() : ''), ...rest.map((line) => line && ' '.repeat(width) + line)];
      return this.random() < 0.3 ? item.concat('') : item;
    }).flat();
  }

  fence() {
    const mark = this.pick(['```', '~~~', '````']);
    const info = this.pick(['', 'js', 'sh {% a=1 %}', 'sh {% process=false %}', '{% #id .c %}', 'yaml title {% k="%}" %}']);
    const content = this.pick([['code'], ['a {% $x %} b', '', '{% if $y %}', 'c', '{% /if %}'], ['<b>', '  in', '', '*x*'],
      ['{% callout a="b" %}x{% /callout %}'], ['{% $user %}@{% text($host) %}'], ['\\{% no /%}', '{%', '"']]);
    return [mark + info, ...content, mark];
  }

  table(line) {
    const row = () => this.many(1, 3, () => '- ' + line().replace(/\|/g, '') + this.pick(['', ' {% colspan=2 %}']));
    const rows = () => this.many(1, 2, () => ['---', ...row()]).flat();
    const body = this.pick([rows(), ['---', '{% if $x %}', ...rows(), '{% else /%}', ...rows(), '{% /if %}'],
      ['---', '- cell', '', '  with two paragraphs', '- next']]);
    return [`{% table${this.pick(['', ' .wide', ' #t k=1'])} %}`, ...row(), ...body, '{% /table %}'];
  }

  attributes() {
    const primary = this.random() < 0.1 ? ' "primary"' : '';
    return primary + this.many(0, 2, () => this.pick([' a=1', ' b="two words"', ' #id', ' .class', ' c=[1, "x"]', ' d={k: true}', ' e=$v.x',
      ' f=equals($a, 1)', ' g="*x* %} |"', ' h=-1.5', ' i=null', ' j="a\\"b\\\\"', ' k=[[], {}]', ' l=default($v, "d")'])).join('');
  }

  inline(depth = 0) {
    const text = this.many(1, 4, () => this.span(depth) + (this.random() < 0.7 ? ' ' : '')).join('').trim();
    // Not to begin a fence.
    return depth === 0 ? text.replace(/^(~~~|```)/, 'x $1') : text;
  }

  span(depth) {
    const inner = () => (depth > 2 ? 'word' : this.inline(depth + 1));
    const name = this.pick(NAMES);
    switch (this.upTo(22)) {
      case 0: return `*${inner()}*`;
      case 1: return `**${inner()}**`;
      case 2: return `_${inner()}_`;
      case 3: return `~~${inner()}~~`;
      case 4: return this.pick(['`code`', '`{% x %}`', '`<b>`', '`a  b`', '`*`', '`` a`b ``', '` `', '`a\nb`']);
      case 5: return `[${depth > 1 ? 'link' : 'a *link* {% icon /%}'}](${this.pick(ADDRESSES)}${this.pick(['', ' "title"', ' "a <b> *c*"', " 'x'", ' (y)'])})`;
      case 6: return `{% ${name}${this.attributes()} %}${inner()}{% /${name} %}`;
      case 7: return `{% ${name}${this.attributes()} /%}`;
      case 8: return `{% ${this.pick(['$x', '$a.b', '$a[0]["k"]', 'text($x)', 'f(1, k="v")'])} %}`;
      case 9: return `{% ${this.pick(['#h', '.c', 'k=1', '#h .c k=[1]'])} %}`;
      case 10: return this.pick(['<https://x.example/a?b=c>', '<a@b.example>', '<br>', '<b>x</b>', 'a < b', '&amp;', '&#65;', '&nope;', '&#126;', '&#42;', '\\*', '\\~', '\\{%', '\\\\']);
      case 11: return this.pick(['[ref]', '[Ref two]', '[text][ref]', '[*text*][Ref  Two]', '[none]', '![i](/i.png)', '![*i* {% x /%}](/i.png "t")', '![i][ref]', '[![i](/i.png)](/to)', '[![a [b](/c) d](/i.png)](/to)']);
      default: return this.pick(WORDS);
    }
  }

  // --- Mutated and hostile ---

  mutated(pages) {
    let page = this.pick(pages);
    // A long page would only be read, again and again, where it was not changed.
    if (page.length > 1500) {
      const start = page.lastIndexOf('\n', this.upTo(page.length)) + 1;
      page = page.slice(start, start + 1500);
    }
    for (let edits = 1 + this.upTo(4); edits > 0; edits--) page = this.edited(page);
    return page;
  }

  edited(page) {
    const at = this.upTo(page.length + 1);
    const end = Math.min(page.length, at + 1 + this.upTo(12));
    switch (this.upTo(6)) {
      case 0: return page.slice(0, at) + page.slice(end);
      case 1: return page.slice(0, at) + this.pick(PIECES) + page.slice(at);
      case 2: return page.slice(0, at) + this.pick(PIECES) + page.slice(end);
      case 3: return page.slice(0, end) + page.slice(at, end) + page.slice(end);
      case 4: {
        const other = this.upTo(page.length + 1);
        return page.slice(0, other) + page.slice(at, end) + page.slice(other);
      }
      default: return page.slice(0, at);
    }
  }

  hostile() {
    // Half of the pages have no tags that open or close, since hardly ever they would match.
    const pieces = this.random() < 0.5 ? PIECES : PIECES.filter((piece) => !/^\{% (\/?[a-z]+)( \$x)? %\}/.test(piece));
    return this.many(1, 24, () => this.pick(pieces)).join('');
  }
}

const NAMES = ['note', 'if', 'tile', 'step'];

const ADDRESSES = ['/to', '/to', '_x_', '<a b>', '#x', 'https://x.example/ä?b=%20', 'mailto:a@b.example', 'a(b)c', './x.md', '', '/a{% $x %}',
  'https://bücher.example/x'];

const WORDS = ['alpha', 'Beta', '12', 'é', 'v5.', '日本', 'foo_bar', 'a*b', '€', 'one  \ntwo', 'soft\nbreak', 'x\\\ny', '2 * 3', '~', '!', '"q"',
  "it's", '-', '(c)', 'a:b', 'www.x.example', '%}', '{', '|'];

const PIECES = ['- ', '1. ', '2) ', '> ', '# ', '## x\n', '{% a %}', '{% /a %}', '{% a b="x" /%}', '{% $x %}', '{% #id %}', '{%', '%}', '{%}', '```', '```\n',
  '~~~', '    ', '\t', '\n', '\n', '\n\n', '\n\n', '\r\n', '\r', '\0', '*', '**', '***', '_', '__', '`', '``', '[', ']', '](', '](/u)', '(', ')', '![', '<', '>', '<a>',
  '<http://a.b>', '<a@b.c>', '<?', '?>', '<!--', '-->', '&amp;', '&', '&#126;', '&#42;', '&#x5F;', '&copy', '&#0;', '\\~', '\\_', '|', '|-|-|\n', '|a|b|\n', '-|-\n', '\\', '\\\n', '"', "'", '---', '---\n', '===', '***\n', '{% table %}\n', '{% /table %}\n',
  '{% if $x %}\n', '{% else /%}\n', '{% /if %}\n', '[r]: /x\n', '[r]: ', '[r]', '[r][r]', '~', '~~', 'é', '日', '\u{feff}', '\v', '\u{a0}', ' ', ' ', '  \n', 'word', 'two words', 'a', 'b',
  '[x](javascript:y)', '![i](data:x)', '[l](/u "t")', '{% a\n b=1 %}', '{% a\n b=1 %} tail', '%', '%41', '%zz', 'https://ä.ö/', ':', '!', '+ ', '* ', '10. ', '=', '{% a=1 %}', '{% .b %}', '{% f($x) %}'];
