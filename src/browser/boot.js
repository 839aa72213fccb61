// Starts the page. A file of its own, as a strict policy allows no script in the page itself.
import start from "./upgrade-checklist-app.js";

try {
  await start();
} catch (error) {
  // Without WebAssembly nothing else can tell the reader why the page stays empty.
  for (const place of document.querySelectorAll("#upgrade-checklist, [data-guide]")) {
    place.textContent = `This checklist could not start, as the browser refused its WebAssembly: ${error.message}`;
  }
  throw error;
}
