// A page's official tree, one node a line, as `tree` in `tests/markdoc.rs` writes ours.
import Markdoc from '@markdoc/markdoc';

// What the official implementation makes of a text: its `tree`, and the ids of the
// critical `errors` in it. Where it throws, `throws` says what.
export function read(text) {
  try {
    const document = Markdoc.parse(text);
    const errors = [...document.walk(), document].flatMap((node) => node.errors);
    const critical = errors.filter((error) => error.level === 'critical').map((error) => error.id);
    return { tree: document.children.map((node) => tree(node, '')).join(''), errors: [...new Set(critical)] };
  } catch (error) {
    return { throws: String(error) };
  }
}

function tree(node, indent) {
  const name = node.type === 'tag' ? `tag ${node.tag}` : node.type;
  const attributes = Object.keys(node.attributes).filter((key) => node.attributes[key] !== undefined).sort()
    .map((key) => ` ${key}=${JSON.stringify(value(node.attributes[key]))}`).join('');
  return `${indent}${name}${attributes}\n` + node.children.map((child) => tree(child, indent + '  ')).join('');
}

function value(v) {
  if (v === null || v === undefined || typeof v !== 'object') return v ?? null;
  if (Array.isArray(v)) return v.map(value);
  if (v.$$mdtype === 'Variable') return { $variable: v.path };
  if (v.$$mdtype === 'Function') return { $function: v.name, parameters: value(v.parameters) };
  return Object.fromEntries(Object.keys(v).sort().map((key) => [key, value(v[key])]));
}
