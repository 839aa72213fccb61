// The WebAssembly that writes runbooks. Fetched only as it was when the script was made, where
// the script knows: `cargo xtask dist` tells it.

import fetched from "./fetched.js";

/* global RUNBOOK_INTEGRITY */
const integrity = typeof RUNBOOK_INTEGRITY === "string" ? RUNBOOK_INTEGRITY : "";

export default () => fetched(new URL("upgrade-checklist-runbook_bg.wasm", import.meta.url), integrity);
