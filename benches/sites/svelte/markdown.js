// Markdown as HTML. It is our own, and may hold HTML.

import MarkdownIt from "markdown-it";
import { snippet } from "../shared/escape.js";

const markdown = new MarkdownIt({ html: true });
markdown.renderer.rules.fence = (tokens, index) => snippet(tokens[index].info.trim(), tokens[index].content);

export const html = (text) => markdown.render(text);
export const inline = (text) => markdown.renderInline(text);
