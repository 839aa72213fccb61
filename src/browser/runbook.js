// Runbooks: what a reader saves to carry elsewhere is written by a WebAssembly module of its
// own. This file and the module are loaded only for that.

import init, { Runbook } from "./upgrade-checklist-runbook.js";
import fetchProgram from "./runbook-program.js";

/** The text of a runbook. The app says what it is written of: see `runbook.rs`. */
export async function write({ bundle, guide, base, answers, done, format }) {
  await init({ module_or_path: fetchProgram() });
  const runbook = Runbook.of(bundle, guide, base);
  Object.entries(answers).forEach((answer) => runbook.answer(...answer));
  done.forEach((step) => runbook.done(...step));
  const text = runbook.write(format);
  runbook.free();
  return text;
}
