// Starts the page. A file of its own, as a strict policy allows no script in the page itself.

// Where a page is fetched and parsed. Scripts of others give `data-src` to images and frames.
const fetched = "div[data-src], main[data-src], section[data-src], article[data-src]";

try {
  const { default: start, show } = await import("./upgrade-checklist-app.js");
  await start();
  const places = document.querySelectorAll(fetched);
  if (places.length) {
    const { load } = await import("./source.js");
    places.forEach((place) => load(place, show));
  }
} catch (error) {
  // Nothing else can tell the reader why the page stays empty.
  for (const place of document.querySelectorAll(`#upgrade-checklist, [data-guide], [data-guides], ${fetched}`)) {
    place.textContent = `This checklist could not start: ${error.message}`;
  }
  throw error;
}
