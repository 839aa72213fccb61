// The checklist's WebAssembly. Fetched only as it was when the script was made, where the
// script knows: `cargo xtask dist` tells it.

import fetched from "./fetched.js";

/* global PROGRAM_INTEGRITY */
const integrity = typeof PROGRAM_INTEGRITY === "string" ? PROGRAM_INTEGRITY : "";

export default () => fetched(new URL("upgrade-checklist-app_bg.wasm", import.meta.url), integrity);

/** Tells this program from its older and newer versions. */
export const version = integrity;
