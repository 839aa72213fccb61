// Starts the page. A file of its own, as a strict policy allows no script in the page itself.
try {
  const { default: start } = await import("./upgrade-checklist-app.js");
  await start();
} catch (error) {
  // Nothing else can tell the reader why the page stays empty.
  for (const place of document.querySelectorAll("#upgrade-checklist, [data-guide], [data-guides]")) {
    place.textContent = `This checklist could not start: ${error.message}`;
  }
  throw error;
}
