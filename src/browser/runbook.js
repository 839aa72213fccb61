// Runbooks: what a reader saves to carry elsewhere is written by a WebAssembly module of its
// own. This file and the module are loaded only for that.

import init, { Runbook } from "./upgrade-checklist-runbook.js";
import { once } from "./fetched.js";
import fetchProgram from "./runbook-program.js";

/* global PROGRAM_INTEGRITY */
/** The version of the app that this belongs to, as `program.js` says it. */
const VERSION = typeof PROGRAM_INTEGRITY === "string" ? PROGRAM_INTEGRITY : "";

const program = once(() => init({ module_or_path: fetchProgram() }));

/** The text of a runbook. The app says what it is written of: see `runbook.rs`. Where a newer
 * version came under a page that is still open, the app's order is not what is known here. */
export async function write({ bundle, guide, base, answers, tasks, format }, version) {
  if (version !== VERSION) throw new Error("The program and its writer are of different versions.");
  await program();
  const runbook = Runbook.of(bundle, guide, base);
  Object.entries(answers).forEach((answer) => runbook.answer(...answer));
  tasks.forEach((task) => runbook.task(...task));
  const text = runbook.write(format);
  runbook.free();
  return text;
}
