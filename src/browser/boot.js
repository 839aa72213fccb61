// Starts the page. A file of its own, as a strict policy allows no script in the page itself.
import start from "./upgrade-checklist-app.js";

await start();
