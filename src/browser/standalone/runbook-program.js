// The WebAssembly that writes runbooks, where it stands in the page itself.

import { unpacked } from "./program.js";

export default () => unpacked("runbook");
