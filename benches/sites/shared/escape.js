// Text in HTML, and a code block with its button, for the libraries that write HTML.

const MARKS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escape = (text) => text.replace(/[&<>"]/g, (mark) => MARKS[mark]);

/** A command: what follows the language is its title. */
export function snippet(info, code) {
  const [language, ...title] = info.split(" ");
  return `<figure class="snippet"><figcaption><span>${escape(title.join(" ") || language)}</span> <button type="button" data-copy>Copy</button></figcaption><pre><code data-language="${escape(language)}">${escape(code)}</code></pre></figure>`;
}

/** Copies the command whose button was pressed. */
export async function copy(event) {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.closest("figure").querySelector("code").textContent);
  button.textContent = "Copied";
}
