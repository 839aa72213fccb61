// The checklist's WebAssembly, where it stands in the page itself: compressed, in Base64.

export default () => unpacked("program");

/** One file holds one version. */
export const version = "";

/** What stands in the element with this id. */
export function unpacked(id) {
  const text = atob(document.getElementById(id).textContent);
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "Content-Type": "application/wasm" } });
}
